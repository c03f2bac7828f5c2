"""Judgements on two organisations: what follows from each, that they can be taken back, shared, and outlive a reload."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.errors import InputError, NotFoundError
from graph.identity.judgements import DATASET, JudgedPair, RefusedLine, checked_role, read_file, written
from graph.identity.register import Register, stays
from graph.names.judgement import Verdict
from graph.store import Store
from tests.graph.contract import builders
from tests.graph.contract.builders import (
    BMW_CHINA,
    BMW_SERVICES,
    CATARC,
    CESI,
    HUAWEI,
    MIIT,
    NOW,
    SAC,
    TC260,
    THIRD,
    TODAY,
    Source,
    everything,
)
from tests.graph.contract.conftest import NewStore

DAY = "2025-05-30"
OPAQUE = "org:abcdefghij234"


def judged(
    a: str, b: str, verdict: Verdict, *, role: str = "standards desk", on: str = DAY, note: str = ""
) -> JudgedPair:
    return JudgedPair(a, f"name of {a}", b, f"name of {b}", verdict, role, on, note)


def graph_of(store: Store) -> list[str]:
    """What the store holds beside judgements."""
    return [line for line in everything(store.dump()) if "judgements" not in line]


def drafted(store: Store, id: str) -> int:
    return store.neighbours(id, NOW, types=["DRAFTED"]).total


def test_same_makes_one_node_of_two_and_taking_it_back_makes_two_again(world: Store) -> None:
    before = graph_of(world)
    register = Register(world, TODAY)
    kept = register.judge(judged(BMW_SERVICES, BMW_CHINA, "same", note="one company"))
    assert {kept.a, kept.b} == {BMW_SERVICES, BMW_CHINA}
    assert world.moved(kept.a) == kept.b
    assert drafted(world, kept.a) == drafted(world, kept.b) == 2
    (said,) = world.neighbours(kept.b, NOW, types=["JUDGED"]).neighbours
    assert said.statement.qualifier == "same_as"
    assert said.statement.value == f"name of {kept.b}"
    assert said.statement.properties == {
        "judged_by": "standards desk",
        "as_printed": f"name of {kept.a}",
        "note": "one company",
    }
    assert said.statement.provenance.observed_on == DAY
    register.take_back(BMW_CHINA, BMW_SERVICES)
    assert world.moved(kept.a) is None
    assert graph_of(world) == before
    assert Register(world, TODAY).judgements == ()


def test_the_readable_id_stays_then_the_one_of_which_more_is_said(world: Store) -> None:
    more = Source("more")
    more.node(OPAQUE, "Company", name_zh="华为技术公司")
    more.node("org:aaa", "Company", name_zh="甲")
    for n in range(9):
        more.says(OPAQUE, "NOTE", value=f"note {n}", qualifier="topic", record=str(n))
    world.load(more.dataset, more.batches(), on=TODAY)
    nodes = world.nodes([HUAWEI, OPAQUE, "org:aaa", CESI])
    assert stays(world, nodes[OPAQUE], nodes[HUAWEI], TODAY) == HUAWEI
    assert stays(world, nodes["org:aaa"], nodes[HUAWEI], TODAY) == HUAWEI
    kept = Register(world, TODAY).judge(judged(HUAWEI, OPAQUE, "same"))
    assert (kept.a, kept.b, kept.name_a) == (OPAQUE, HUAWEI, f"name of {OPAQUE}")
    assert world.moved(OPAQUE) == HUAWEI


@pytest.mark.parametrize(
    ("parent", "unit", "type", "qualifier"),
    [(MIIT, CESI, "SUBORDINATE_TO", ""), (HUAWEI, BMW_CHINA, "PART_OF", "entity"), (CATARC, CESI, "PART_OF", "entity")],
)
def test_parent_says_to_whom_a_unit_belongs(world: Store, parent: str, unit: str, type: str, qualifier: str) -> None:
    register = Register(world, TODAY)
    register.judge(judged(parent, unit, "parent"))
    found = world.neighbours(unit, NOW, types=[type], direction="out").neighbours
    (said,) = [one.statement for one in found if one.statement.provenance.dataset == DATASET.id]
    assert (said.object, said.qualifier, said.provenance.basis) == (parent, qualifier, "user")
    register.judge(judged(unit, parent, "parent"))
    assert world.neighbours(unit, NOW, types=[type], direction="out").total == len(found) - 1
    register.take_back(parent, unit)
    assert not list(world.said_by(DATASET.id))


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_what_is_only_remembered_is_decided_and_changes_nothing(world: Store, verdict: Verdict) -> None:
    before = graph_of(world)
    register = Register(world, TODAY)
    assert not register.decided(CESI, CATARC)
    register.judge(judged(CATARC, CESI, verdict))
    again = Register(world, TODAY)
    assert again.decided(CESI, CATARC)
    assert again.decided(CATARC, CESI)
    assert not again.decided(CATARC, THIRD)
    assert again.judgements == (judged(CATARC, CESI, verdict),)
    assert graph_of(world) == before


def test_a_judgement_holds_for_what_was_merged_into_its_nodes(world: Store) -> None:
    register = Register(world, TODAY)
    register.judge(judged(THIRD, CESI, "different"))
    kept = register.judge(judged(THIRD, CATARC, "same"))
    for each in (register, Register(world, TODAY)):
        assert each.decided(kept.b, CESI)
        with pytest.raises(
            InputError, match="were judged different on 2025-05-30 by standards desk; take that back first"
        ):
            each.judge(judged(kept.b, CESI, "same"))
    assert world.moved(CESI) is None


def test_a_changed_mind_replaces_the_judgement_and_what_followed(world: Store) -> None:
    before = graph_of(world)
    register = Register(world, TODAY)
    kept = register.judge(judged(BMW_SERVICES, BMW_CHINA, "same"))
    register.judge(judged(BMW_SERVICES, BMW_CHINA, "different", role="legal"))
    assert world.moved(kept.a) is None
    assert [(one.verdict, one.role) for one in Register(world, TODAY).judgements] == [("different", "legal")]
    assert graph_of(world) == before


def test_judging_again_changes_nothing_and_completes_what_was_broken_off(world: Store) -> None:
    register = Register(world, TODAY)
    kept = register.judge(judged(BMW_SERVICES, BMW_CHINA, "same"))
    revision = world.state().revision
    assert register.judge(judged(BMW_CHINA, BMW_SERVICES, "same", role="another")) == kept
    assert world.state().revision == revision
    world.restore(kept.a)  # as a process leaves it that is killed between the judgement and the merge
    Register(world, TODAY).judge(judged(BMW_SERVICES, BMW_CHINA, "same"))
    assert world.moved(kept.a) == kept.b


def test_a_judgement_outlives_the_dataset_and_holds_when_it_is_loaded_again(world: Store) -> None:
    register = Register(world, TODAY)
    kept = register.judge(judged(BMW_SERVICES, BMW_CHINA, "same"))
    register.judge(judged(MIIT, CESI, "parent"))
    register.judge(judged(THIRD, CATARC, "unsure"))
    before, judgements = everything(world.dump()), register.judgements
    source = builders.world()
    world.load(source.dataset, source.batches(), on=TODAY)
    assert everything(world.dump()) == before
    world.undo("curated")
    assert Register(world, TODAY).judgements == judgements
    world.load(source.dataset, source.batches(), on=TODAY)
    assert everything(world.dump()) == before
    assert world.moved(kept.a) == kept.b


def test_what_cannot_be_judged(world: Store) -> None:
    register = Register(world, TODAY)
    with pytest.raises(NotFoundError, match="'org:none'"):
        register.judge(judged("org:none", SAC, "same"))
    with pytest.raises(InputError, match="no organisation but a Committee"):
        register.judge(judged(SAC, TC260, "same"))
    with pytest.raises(InputError, match="are one already"):
        register.judge(judged(SAC, SAC, "different"))
    kept = register.judge(judged(BMW_SERVICES, BMW_CHINA, "same"))
    with pytest.raises(InputError, match="are one already"):
        Register(world, TODAY).judge(judged(kept.a, kept.a, "same"))
    with pytest.raises(NotFoundError, match="were not judged"):
        register.take_back(SAC, MIIT)
    assert register.judgements == (kept,)


def test_a_judgement_that_fails_leaves_the_one_before(world: Store) -> None:
    register = Register(world, TODAY)
    register.judge(judged(THIRD, CESI, "different"))
    kept = register.judge(judged(THIRD, CATARC, "same"))
    register.judge(judged(kept.b, HUAWEI, "unsure"))
    with pytest.raises(InputError):
        register.judge(replace(judged(kept.b, CESI, "same")))
    assert world.moved(kept.a) == kept.b
    assert len(Register(world, TODAY).judgements) == 3


def test_judgements_are_taken_back_by_name_too(world: Store) -> None:
    register = Register(world, TODAY)
    register.judge(judged(BMW_SERVICES, BMW_CHINA, "same"))
    register.take_back(f"name of {BMW_CHINA}", f"NAME OF {BMW_SERVICES}")
    assert register.judgements == ()
    assert world.moved(BMW_CHINA) is None
    assert world.moved(BMW_SERVICES) is None


def test_a_file_of_judgements_does_in_another_store_what_it_did_in_the_first(new_store: NewStore) -> None:
    first, second = new_store(), new_store()
    source = builders.world()
    for store in (first, second):
        store.load(source.dataset, source.batches(), on=TODAY)
    register = Register(first, TODAY)
    register.judge(judged(BMW_SERVICES, BMW_CHINA, "same"))
    register.judge(judged(MIIT, CESI, "parent", note='a "note", with commas'))
    register.judge(judged(THIRD, CATARC, "different"))
    text = written(register.judgements)
    other = Register(second, TODAY)
    done = other.take_in("shared.csv", read_file("shared.csv", text.encode()))
    assert (done.added, done.changed, done.unchanged, done.refused) == (3, 0, 0, ())
    assert everything(second.dump()) == everything(first.dump())
    again = other.take_in("shared.csv", read_file("shared.csv", text.encode()))
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    assert written(Register(second, TODAY).judgements) == text


def test_a_file_finds_organisations_by_name_and_the_later_judgement_counts(world: Store) -> None:
    register = Register(world, TODAY)
    register.judge(judged(THIRD, CATARC, "different", on="2025-01-01"))
    lines = [
        "id_a,name_a,id_b,name_b,verdict,role,date",
        f"org:elsewhere,华为技术有限公司,,CESI,different,legal,{DAY}",
        f"{THIRD},,{CATARC},,unsure,legal,2025-02-02",
        f"{THIRD},,{CATARC},,same,legal,2024-12-31",
        f"org:nowhere,没有这个单位,{CATARC},,same,legal,{DAY}",
    ]
    done = register.take_in("f.csv", read_file("f.csv", "\n".join(lines).encode()))
    assert (done.added, done.changed, done.unchanged) == (1, 1, 0)
    assert [(one.line, one.reason) for one in done.refused] == [
        (4, "here judged unsure on 2025-02-02 by legal"),
        (5, "nothing is on record under org:nowhere or the name '没有这个单位'"),
    ]
    assert register.decided(HUAWEI, CESI)
    assert all(isinstance(one, RefusedLine) for one in done.refused)


@pytest.mark.parametrize("role", ["张三", "Zhang Wei", "John Smith", "x@example.org", "张教授", "", "  ", "r" * 81])
def test_a_role_is_never_a_person(role: str) -> None:
    with pytest.raises(InputError):
        checked_role(role)


@pytest.mark.parametrize("role", ["government affairs", "政府事务部", "高级经理", "Legal Counsel", "analyst"])
def test_roles(role: str) -> None:
    assert checked_role(f" {role} ") == role
