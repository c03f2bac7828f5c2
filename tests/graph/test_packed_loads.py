"""Batches that other processes made ready are copied; what comes out is what the batches themselves give."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from graph.model import Batch, NodeRecord, Provenance, Statement
from graph.sqlite import SqliteStore
from graph.store import Packed
from tests.graph.contract.builders import TODAY, Source
from tests.graph.test_large_loads import record, shown, system

MENTIONED = "mentioned"


def ready(batches: Iterable[Batch]) -> list[Batch]:
    """The batches as a load of a known source gives them."""
    return [replace(batch, checked=True) for batch in batches]


def made(path: Path) -> SqliteStore:
    """A store that knows two institutes already, one of which was merged into the other, and another dataset's standard."""
    store, source = SqliteStore(path, create=True), Source("curated")
    said = Provenance(source.dataset.id, "a", source.document.id)
    nodes = [NodeRecord(f"org:x{n}", "Company", {"name_zh": f"第{n}号研究所", "home": "CN"}, said) for n in (3, 30)]
    store.load(source.dataset, [Batch((source.document,), tuple(nodes)), record(source, 8, [3, 30])], on=TODAY)
    store.redirect("org:x3", "org:x30")
    return store


def both(
    tmp_path: Path, batches: Sequence[Batch], source: Source
) -> tuple[SqliteStore, SqliteStore, list[Packed | Batch]]:
    """Two stores that were given the batches as they are, and made ready."""
    usual, copied = made(tmp_path / "usual.sqlite"), made(tmp_path / "copied.sqlite")
    packing = copied.packing(source.dataset.id, on=TODAY, passing=MENTIONED)
    assert packing is not None
    given = [packing(batch) for batch in batches]
    one = usual.load(source.dataset, batches, on=TODAY)
    other = copied.load(source.dataset, given, on=TODAY)
    assert (other.nodes, other.statements, other.added) == (one.nodes, one.statements, one.added)
    return usual, copied, given


def test_rows_made_ready_are_what_the_batches_are(tmp_path: Path) -> None:
    source = Source("platform")
    usual, copied, given = both(tmp_path, ready(system(source)), source)
    assert all(isinstance(one, Packed) for one in given)
    assert shown(copied) == shown(usual)
    assert list(copied.said_by("platform")) == list(usual.said_by("platform"))
    copied.restore("org:x3")
    usual.restore("org:x3")
    assert shown(copied) == shown(usual), "what was said of the merged node is known"


def test_what_is_on_record_is_compared(tmp_path: Path) -> None:
    source = Source("platform")
    again = [
        record(source, 5, [5, 15, 40], status="withdrawn"),
        record(source, 6, [6, 2]),
        record(source, 80, [41, 42, 43]),
    ]
    usual, copied, given = both(tmp_path, ready([*system(source), *again]), source)
    assert all(isinstance(one, Packed) for one in given)
    assert shown(copied) == shown(usual)


def test_projects_become_what_their_records_say(tmp_path: Path) -> None:
    source = Source("platform")
    plan = record(source, 70, [1])
    became = replace(record(source, 71, [2]), same=(("standard:gb-t-70-2020", "standard:gb-t-71-2020"),))
    early = replace(record(source, 73, [4]), same=(("standard:gb-t-74-2020", "standard:gb-t-73-2020"),))
    late = record(source, 74, [4])
    usual, copied, _ = both(tmp_path, ready([plan, became, early, late]), source)
    assert shown(copied) == shown(usual)
    assert copied.moved("standard:gb-t-70-2020") == usual.moved("standard:gb-t-70-2020") == "standard:gb-t-71-2020"
    assert copied.moved("standard:gb-t-74-2020") == usual.moved("standard:gb-t-74-2020") == "standard:gb-t-73-2020"


def test_half_of_a_character_is_a_lost_one(tmp_path: Path) -> None:
    source = Source("platform")
    said = Provenance("platform", "r1", source.document.id)
    node = NodeRecord("standard:gb-t-1-2020", "Standard", {"title_zh": "标准\ud800"}, said)
    fact = Statement(node.id, "NOTE", said, value="\udfff", qualifier="type of standard")
    batch = Batch((source.document,), (node,), (fact,), whole=(("r1", node.id),), checked=True)
    usual, copied, _ = both(tmp_path, [batch], source)
    assert shown(copied) == shown(usual)


def test_a_dataset_that_is_known_is_taken_as_it_is(tmp_path: Path) -> None:
    store = made(tmp_path / "graph.sqlite")
    assert store.packing("curated", on=TODAY, passing=MENTIONED) is None
