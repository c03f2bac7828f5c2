"""Large loads go another way through the engine; what comes out is the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from graph import workers
from graph.errors import WorkerError
from graph.model import Basis, Batch, Confidence, NodeRecord, Provenance, Statement
from graph.sqlite import SqliteStore, bulk, debut
from tests.graph.contract.builders import NOW, TODAY, Source, everything

ASKED = ("技术", "xinxi jishu", "gbt 7", "T7", "第12号研究所", "biaozhun")


def record(source: Source, number: int, drafters: Sequence[int], status: str = "current") -> Batch:
    """A standard as the record of a platform gives it, whole, with the nodes that it mentions."""
    name = f"r{number}"
    said = Provenance(source.dataset.id, name, source.document.id)
    mentioned = Provenance(
        source.dataset.id, "mentioned", source.document.id, confidence=Confidence.LOW, basis=Basis.RULE
    )
    id_ = f"standard:gb-t-{number}-2020"
    properties = {"number": f"GB/T {number}-2020", "title_zh": f"信息技术 标准{number}", "kind": "national"}
    nodes = [NodeRecord(id_, "Standard", properties, said)]
    statements = [Statement(id_, "STATUS", said, value=status)]
    for rank, drafter in enumerate(drafters, 1):
        organisation = f"org:x{drafter}"
        nodes.append(NodeRecord(organisation, "Institute", {"name_zh": f"第{drafter}号研究所"}, mentioned))
        statements.append(Statement(organisation, "DRAFTED", said, object=id_, properties={"rank": rank}))
    return Batch((source.document,), tuple(nodes), tuple(statements), whole=((name, id_),))


def system(source: Source, standards: Iterable[int] = range(1, 60)) -> Iterator[Batch]:
    """Some standards, each drafted by three of twenty institutes."""
    for number in standards:
        yield record(source, number, [(number * step) % 20 for step in (1, 3, 7)])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path / "graph.sqlite", create=True)
    yield made
    made.close()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """What else takes a million records, from a few on."""
    monkeypatch.setattr(bulk, "LARGE", 12)
    monkeypatch.setattr(debut, "MANY", 5)
    monkeypatch.setattr(debut, "AT_ONCE", 7)


def shown(store: SqliteStore) -> Mapping[str, Any]:
    """Everything that can be seen of a store."""
    return {
        "dump": everything(store.dump()),
        "counts": store.counts(),
        "found": [store.search(words) for words in ASKED],
        "named": store.named(["第12号研究所", "信息技术 标准7"]),
        "around": store.neighbours("org:x1", NOW),
    }


@pytest.fixture
def expected(tmp_path: Path) -> Mapping[str, Any]:
    """The same system after a usual load."""
    source, usual = Source("platform"), SqliteStore(tmp_path / "usual.sqlite", create=True)
    usual.load(source.dataset, system(source), on=TODAY)
    before = shown(usual)
    usual.close()
    return before


def test_a_large_load_gives_what_a_usual_one_gives(
    store: SqliteStore, expected: Mapping[str, Any], large: None
) -> None:
    source, missing = Source("platform"), list[bool]()

    def look(_: object) -> None:
        with store._reading() as reader:
            missing.append(bulk.deferred(reader))

    store.load(source.dataset, system(source), on=TODAY, acknowledged=look)
    assert True in missing, "the load was not taken for a large one"
    with store._reading() as reader:
        assert not bulk.deferred(reader)
    assert shown(store) == expected


def test_records_that_a_large_load_gives_twice_are_one(
    store: SqliteStore, expected: Mapping[str, Any], large: None
) -> None:
    source = Source("platform")

    def twice() -> Iterator[Batch]:
        for number, batch in enumerate(system(source)):
            yield batch
            if number % 20 == 19:
                yield batch

    store.load(source.dataset, twice(), on=TODAY)
    assert shown(store) == expected


def test_a_large_load_that_is_broken_off_is_completed(
    store: SqliteStore, expected: Mapping[str, Any], large: None
) -> None:
    source = Source("platform")

    def broken_off() -> Iterator[Batch]:
        for number, batch in enumerate(system(source)):
            if number == 30:
                raise KeyboardInterrupt
            yield batch

    with pytest.raises(KeyboardInterrupt):
        store.load(source.dataset, broken_off(), on=TODAY)
    assert store.counts().nodes["Standard"] == 30
    assert store.neighbours("org:x1", NOW).total, "reading goes on without the indexes"
    assert [note for note in store.state().notes if "broken off" in note]
    store.load(source.dataset, system(source), on=TODAY)
    assert store.state().notes == ()
    assert shown(store) == expected


def test_names_that_were_not_entered_yet_are_entered_by_the_next_write(
    store: SqliteStore, expected: Mapping[str, Any], large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, rounds = Source("platform"), []
    entered = debut._enter

    def interrupted(*arguments: Any) -> None:
        rounds.append(arguments)
        if len(rounds) == 4:
            raise KeyboardInterrupt
        entered(*arguments)

    with monkeypatch.context() as other:
        other.setattr(debut, "_enter", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.load(source.dataset, system(source), on=TODAY)
    assert store.search("技术").total < expected["found"][0].total
    store.load(source.dataset, system(source), on=TODAY)
    assert shown(store) == expected


def test_an_error_of_the_work_comes_back_and_one_process_that_is_ended_is_named() -> None:
    assert list(workers.mapped(len, ["a", "bb", "ccc", ""], processes=2)) == [1, 2, 3, 0]
    with pytest.raises(TypeError):
        list(workers.mapped(len, cast("list[str]", [1]), processes=1))
    with pytest.raises(WorkerError, match="run it again"):
        list(workers.mapped(exit_at_once, ["a"], processes=1))


def exit_at_once(_: str) -> None:
    """What a system that has no memory left does to a process."""
    import os

    os._exit(9)
