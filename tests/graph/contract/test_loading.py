"""Loading, loading again, closing, killed loads, undo: what is on record is what was said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from graph.errors import InputError, NotFoundError
from graph.model import Basis, Batch, Confidence, Document, NodeRecord, Provenance, Statement
from graph.store import Progress, Store
from tests.graph.contract import builders
from tests.graph.contract.builders import (
    BMW,
    CESI,
    HUAWEI,
    MLPS_2019,
    NOW,
    SAC,
    SAMR,
    TC260,
    THIRD,
    TODAY,
    Source,
    everything,
)
from tests.graph.contract.conftest import NewStore


def test_what_was_said_is_read_back_whole(store: Store) -> None:
    source = Source()
    source.node(CESI, "Institute")
    source.node(TC260, "Committee")
    said = source.says(
        CESI,
        "HOSTS_SECRETARIAT",
        TC260,
        since="2002",
        until="2030-05",
        observed_on="2016-08-26",
        basis=Basis.TRANSCRIPTION,
        confidence=Confidence.HIGH,
        as_printed="电子技术标准化研究院",
    )
    fact = source.says(TC260, "FIGURE", value="81", qualifier="members", since="2016-01", unit="persons")
    store.load(source.dataset, source.batches(), on=TODAY)
    assert store.statements([said.key, fact.key, "st:0", "nonsense"]) == {said.key: said, fact.key: fact}
    assert store.documents([source.document.id, "doc:none"]) == {source.document.id: source.document}
    assert store.datasets() == (source.dataset,)


@pytest.mark.parametrize(
    ("type_", "value"), [("NOTE", "全国"), ("NOTE", "7"), ("NOTE", "{\"a\": 'b'}"), ("EXISTS", True), ("EXISTS", False)]
)
def test_the_value_of_a_fact_keeps_its_type(store: Store, type_: str, value: str | bool) -> None:
    source = Source()
    source.node(SAC, "Agency")
    said = source.says(SAC, type_, value=value)
    store.load(source.dataset, source.batches(), on=TODAY)
    assert store.statements([said.key])[said.key].value is not None
    assert repr(store.statements([said.key])[said.key].value) == repr(value)


@pytest.mark.parametrize("share", [50, 50.5])
def test_a_number_stays_the_number_it_was(store: Store, share: float) -> None:
    source = Source()
    source.node(BMW, "Company")
    source.node(HUAWEI, "Company")
    said = source.says(BMW, "OWNED_BY", HUAWEI, share=share)
    store.load(source.dataset, source.batches(), on=TODAY)
    assert repr(store.statements([said.key])[said.key].properties["share"]) == repr(share)


def test_progress_counts_what_is_acknowledged_and_readable(store: Store) -> None:
    source = builders.world()
    seen: list[Progress] = []

    def acknowledged(progress: Progress) -> None:
        seen.append(progress)
        assert sum(store.counts().statements.values()) == progress.statements

    report = store.load(source.dataset, source.batches(10), on=TODAY, acknowledged=acknowledged)
    assert [progress.batches for progress in seen] == list(range(1, len(seen) + 1))
    assert (seen[-1].nodes, seen[-1].statements) == (report.nodes, report.statements)
    assert (report.nodes, report.statements) == (len(source.nodes), len(source.statements))
    assert report.added == report.nodes + report.statements
    assert (report.unchanged, report.changed, report.closed) == (0, 0, 0)


def test_counts_are_of_what_is_open(world: Store) -> None:
    counts = world.counts()
    assert counts.nodes["Company"] == 4
    assert counts.statements["DRAFTED"] == 8
    assert counts.datasets == {"curated": sum(counts.statements.values())}
    assert counts.documents == 1


def test_loading_again_changes_nothing(world: Store) -> None:
    before, state = everything(world.dump()), world.state()
    source = builders.world()
    report = world.load(source.dataset, source.batches(3), on=TODAY)
    assert (report.added, report.changed, report.closed) == (0, 0, 0)
    assert report.unchanged == len(source.nodes) + len(source.statements)
    assert everything(world.dump()) == before
    assert world.state() == state


def test_a_changed_row_is_changed_in_place(store: Store) -> None:
    source = Source()
    source.node(HUAWEI, "Company")
    source.node(MLPS_2019, "Standard")
    source.says(HUAWEI, "DRAFTED", MLPS_2019, rank=7)
    store.load(source.dataset, source.batches(), on=TODAY)
    source.statements.clear()
    said = source.says(HUAWEI, "DRAFTED", MLPS_2019, rank=2)
    report = store.load(source.dataset, source.batches(), on=TODAY)
    assert (report.added, report.changed) == (0, 1)
    assert store.statements([said.key])[said.key].properties == {"rank": 2}
    assert store.counts().statements == {"DRAFTED": 1}


def test_a_complete_load_closes_what_is_no_longer_said(world: Store) -> None:
    source = builders.world()
    gone = [s for s in source.statements if s.subject == HUAWEI]
    source.statements = [s for s in source.statements if s.subject != HUAWEI]
    source.nodes = [n for n in source.nodes if n.id != HUAWEI]
    report = world.load(source.dataset, source.batches(), on=date(2025, 7, 1))
    assert report.closed == len(gone) + 1
    assert world.statements([s.key for s in gone]) == {}
    assert world.neighbours(HUAWEI, NOW).total == 0
    assert world.counts().nodes["Company"] == 3
    assert not world.search("华为").hits


def test_what_is_said_again_is_open_again(world: Store) -> None:
    before, counts = everything(world.dump()), world.counts()
    source = builders.world()
    less = Batch(tuple(source.documents), tuple(source.nodes[:9]))
    world.load(source.dataset, [less], on=date(2025, 7, 1))
    assert world.counts() != counts
    report = world.load(source.dataset, source.batches(), on=date(2025, 8, 1))
    assert report.added == 0
    assert everything(world.dump()) == before
    assert world.counts() == counts
    assert world.search("宝马").hits[0].node.id == BMW


def test_a_partial_load_closes_nothing(world: Store) -> None:
    before = everything(world.dump())
    source = Source()
    source.node(HUAWEI, "Company", name_zh="华为技术有限公司", name_en="Huawei Technologies Co., Ltd.")
    report = world.load(source.dataset, source.batches(), on=TODAY, complete=False)
    assert report.closed == 0
    assert everything(world.dump()) == before


def test_one_dataset_never_closes_what_another_says(world: Store) -> None:
    other = Source("other")
    other.node(SAC, "Agency")
    world.load(other.dataset, other.batches(), on=TODAY)
    assert len(world.neighbours(SAC, NOW).neighbours) == 5


def test_a_load_that_breaks_off_keeps_the_acknowledged_batches_and_is_completed_later(store: Store) -> None:
    source = builders.world()

    def broken() -> Iterator[Batch]:
        yield from list(source.batches(10))[:4]
        raise OSError("the disk went away")

    done: list[Progress] = []
    with pytest.raises(OSError, match="the disk went away"):
        store.load(source.dataset, broken(), on=TODAY, acknowledged=done.append)
    assert sum(store.counts().statements.values()) == done[-1].statements > 0
    report = store.load(source.dataset, source.batches(10), on=TODAY)
    assert report.closed == 0
    assert report.unchanged == done[-1].nodes + done[-1].statements
    assert store.counts().datasets == {"curated": len(source.statements)}


def test_loads_that_follow_one_another_end_like_each_by_itself(store: Store, new_store: NewStore) -> None:
    first, second = builders.world(), Source("other")
    second.node(SAC, "Agency", kind="administration")
    second.node("org:tuv-sud", "Company", name_en="TÜV SÜD")
    second.says(SAC, "NAME", value="Standards Office", qualifier="other_en")
    one_by_one = new_store()
    for source in (first, second):
        store.load(source.dataset, source.batches(), on=TODAY, more=source is first)
        one_by_one.load(source.dataset, source.batches(), on=TODAY)
    assert everything(store.dump()) == everything(one_by_one.dump())
    assert store.counts() == one_by_one.counts()
    for words in ("技术", "xinxi anquan", "gbt 22239", "BMW", "TÜV", "Standards Office"):
        assert store.search(words) == one_by_one.search(words)


def test_a_load_that_breaks_off_after_another_makes_both_findable(store: Store) -> None:
    first = builders.world()
    store.load(first.dataset, first.batches(), on=TODAY, more=True)

    def broken() -> Iterator[Batch]:
        yield Batch()
        raise OSError("the disk went away")

    with pytest.raises(OSError, match="the disk went away"):
        store.load(Source("other").dataset, broken(), on=TODAY)
    assert store.search("gbt 22239").hits


def test_a_load_that_breaks_off_closes_nothing(world: Store) -> None:
    before = everything(world.dump())

    def broken() -> Iterator[Batch]:
        yield Batch()
        raise OSError("the disk went away")

    with pytest.raises(OSError, match="the disk went away"):
        world.load(builders.world().dataset, broken(), on=TODAY)
    assert everything(world.dump()) == before


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda s: s.node("org:x", "Firm"), "'Firm' is not a label"),
        (lambda s: s.node("committee:x", "Company"), "the id of a Company begins with 'org:'"),
        (lambda s: s.node("org:x", "Company", colour="red"), "a Company has no property 'colour'"),
        (lambda s: s.node("standard:x", "Standard", published="2019-13"), "published: '2019-13' is not a date"),
        (lambda s: s.node("standard:x", "Standard", mandatory="yes"), "mandatory must be a boolean, not 'yes'"),
        (lambda s: s.node("", "Company"), "the id of a node is empty"),
        (lambda s: s.says(SAC, "LIKES", SAMR), "'LIKES' is not a type of statement"),
        (lambda s: s.says(SAC, "ISSUED", SAMR), "ISSUED leads to Standard, not to"),
        (lambda s: s.says(SAC, "ISSUED"), "ISSUED needs an object"),
        (lambda s: s.says(SAC, "SUBORDINATE_TO", SAC), "to itself"),
        (lambda s: s.says(SAC, "SUBORDINATE_TO", SAMR, rank=1), "SUBORDINATE_TO has no property 'rank'"),
        (lambda s: s.says(SAC, "SUBORDINATE_TO", SAMR, qualifier="deeply"), "takes no qualifier"),
        (lambda s: s.says(SAC, "OWNERSHIP", value="secret"), "OWNERSHIP is one of central_soe"),
        (lambda s: s.says(SAC, "NAME", value="委", qualifier="nickname"), "the kind of name of NAME is one of"),
        (lambda s: s.says(SAC, "NAME", qualifier="zh"), "NAME needs a value"),
        (lambda s: s.says(SAC, "EXISTS", value=True, since="2020", until="2019"), "since 2020 is after until 2019"),
        (lambda s: s.says(SAC, "SUBORDINATE_TO", "org:\ud800"), "nothing is on record under the id"),
        (lambda s: s.says(SAC, "SUBORDINATE_TO", SAMR, record="\ud800"), "cannot be printed"),
        (lambda s: s.node("org:\0", "Company"), "cannot be printed"),
        (lambda s: s.node("org:" + "x" * 400, "Company"), "has 404 characters, more than 300"),
        (lambda s: s.says(SAC, "SUBORDINATE_TO", "org:none"), "nothing is on record under the id 'org:none'"),
    ],
)  # fmt: skip
def test_what_breaks_the_schema_is_refused_and_nothing_of_its_batch_is_kept(
    store: Store, wrong: object, message: str
) -> None:
    source = Source()
    source.node(SAC, "Agency")
    source.node(SAMR, "Agency")
    assert callable(wrong)
    wrong(source)
    with pytest.raises(InputError) as refused:
        store.load(source.dataset, source.batches(), on=TODAY)
    assert message in str(refused.value)
    assert everything(store.dump()) == []
    assert store.counts().nodes == {}


def test_a_document_that_nobody_gave_is_refused(store: Store) -> None:
    source = Source()
    source.node(SAC, "Agency")
    with pytest.raises(InputError, match="nothing is on record about the document 'doc:curated'"):
        store.load(source.dataset, [Batch(nodes=tuple(source.nodes))], on=TODAY)


def test_a_record_of_another_dataset_is_refused(store: Store) -> None:
    source, other = Source(), Source("other")
    source.node(SAC, "Agency")
    with pytest.raises(InputError, match="'curated', but 'other' is being loaded"):
        store.load(other.dataset, source.batches(), on=TODAY)


def test_a_later_source_may_call_an_organisation_something_else(world: Store) -> None:
    """The kind of an organisation may be revised; what was said of it before still stands."""
    other = Source("other", basis=Basis.GENERAL_KNOWLEDGE)
    other.node(CESI, "Company")
    other.node(SAC, "Agency")
    other.says(CESI, "OWNED_BY", SAC)
    world.load(other.dataset, other.batches(), on=TODAY)
    assert world.nodes([CESI])[CESI].label == "Institute"


def test_undo_leaves_what_others_say(world: Store) -> None:
    before, counts = everything(world.dump()), world.counts()
    other = Source("other")
    other.documents.append(Document("doc:only-here", "Only here"))
    other.node(SAC, "Agency", kind="administration")
    other.node("org:tuv-sud", "Company", name_en="TÜV SÜD")
    other.says(SAC, "OVERSEES", SAMR, qualifier="guides")
    world.load(other.dataset, other.batches(), on=TODAY)
    assert world.nodes([SAC])[SAC].properties["kind"] == "administration"
    assert world.undo("other") == 1
    assert everything(world.dump()) == before
    assert world.counts() == counts
    assert [d.id for d in world.datasets()] == ["curated"]
    assert world.nodes(["org:tuv-sud"]) == {}
    assert not world.search("TÜV").hits


def test_undo_of_everything_leaves_nothing(world: Store) -> None:
    assert world.undo("curated") == len(builders.world().statements)
    assert everything(world.dump()) == []
    assert world.counts() == type(world.counts())({}, {}, {}, 0)
    assert not world.search("技术").hits


def test_undo_of_an_unknown_dataset_names_those_on_record(world: Store) -> None:
    with pytest.raises(NotFoundError, match="no dataset 'curates'; on record are: curated"):
        world.undo("curates")


def test_every_write_that_changes_something_changes_the_revision(world: Store) -> None:
    revisions = [world.state().revision]
    other = Source("other")
    other.node(SAC, "Agency")
    for change in (
        lambda: world.load(other.dataset, other.batches(), on=TODAY),
        lambda: world.redirect(THIRD, CESI),
        lambda: world.restore(THIRD),
        lambda: world.undo("other"),
    ):
        change()
        revisions.append(world.state().revision)
    assert revisions == sorted(set(revisions))


def test_the_state_names_the_day_of_the_last_load(new_store: NewStore) -> None:
    store = new_store()
    assert store.state().loaded_on is None
    source = builders.world()
    store.load(source.dataset, source.batches(), on=date(2024, 2, 29))
    assert store.state().loaded_on == "2024-02-29"


def test_two_records_under_one_name_count_together(store: Store) -> None:
    source = Source()
    source.nodes = [
        NodeRecord(SAC, "Agency", {"name_zh": "国家标准化管理委员会"}, Provenance("curated", "1", "doc:curated")),
        NodeRecord(
            SAC,
            "Agency",
            {"name_en": "Standardization Administration of China"},
            Provenance("curated", "1", "doc:curated"),
        ),
    ]
    report = store.load(source.dataset, source.batches(), on=TODAY)
    assert report.nodes == 1
    assert set(store.nodes([SAC])[SAC].properties) == {"name_zh", "name_en"}


def test_two_statements_under_one_key_count_once(store: Store) -> None:
    source = Source()
    source.node(HUAWEI, "Company")
    source.node(MLPS_2019, "Standard")
    said: list[Statement] = [source.says(HUAWEI, "DRAFTED", MLPS_2019, rank=rank) for rank in (4, 3)]
    store.load(source.dataset, source.batches(1), on=TODAY)
    assert store.counts().statements == {"DRAFTED": 1}
    assert store.statements([said[0].key])[said[0].key].properties == {"rank": 3}
