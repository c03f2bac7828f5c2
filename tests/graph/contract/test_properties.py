"""What holds for every graph: order and batches do not matter, loading twice is loading once, bounds are bounds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Basis, Batch, Confidence, NodeRecord, Statement, View
from graph.store import Stage, Step
from tests.graph.contract.builders import TODAY, Source, everything
from tests.graph.contract.conftest import NewStore

ACTORS = [f"org:{letter}" for letter in "abcd"]
STANDARDS = [f"standard:{letter}" for letter in "xyz"]
NAMES = ["华为技术有限公司", "Huawei", "BMW", "宝马", "标准"]
DATES = [None, "2001", "2018-03", "2018-03-17", "2024"]

checked = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@st.composite
def sources(draw: st.DrawFn, id: str = "curated") -> Source:
    """Draw a dataset: all nodes, some records that disagree, some drafting, groups, names and facts."""
    source = Source(id)
    for actor in ACTORS:
        record = source.node(actor, draw(st.sampled_from(["Company", "Institute"])), record="0")
        assert record
    for standard in STANDARDS:
        source.node(standard, "Standard", number=f"GB/T {ord(standard[-1])}-2019", record="0")
    for number in range(draw(st.integers(0, 6))):
        actor = draw(st.sampled_from(ACTORS))
        properties = {"name_zh": draw(st.sampled_from(NAMES)), "kind": draw(st.sampled_from(["group", "firm"]))}
        source.node(actor, draw(st.sampled_from(["Company", "Institute"])), record=str(number + 1), **properties)
    for number in range(draw(st.integers(0, 20))):
        _say(draw, source, str(number))
    return source


def _say(draw: st.DrawFn, source: Source, record: str) -> None:
    actor = draw(st.sampled_from(ACTORS))
    say = partial(
        source.says,
        actor,
        record=record,
        since=draw(st.sampled_from(DATES)),
        basis=draw(st.sampled_from(list(Basis))),
        confidence=draw(st.sampled_from(list(Confidence))),
    )
    match draw(st.sampled_from(["DRAFTED", "PART_OF", "NAME", "OWNERSHIP"])):
        case "DRAFTED":
            rank = draw(st.integers(1, 9))
            say("DRAFTED", draw(st.sampled_from(STANDARDS)), rank=rank)
        case "PART_OF":
            whole = draw(st.sampled_from([other for other in ACTORS if other != actor]))
            say("PART_OF", whole, qualifier="entity")
        case "NAME":
            say("NAME", value=draw(st.sampled_from(NAMES)), qualifier="short_zh")
        case _:
            say("OWNERSHIP", value=draw(st.sampled_from(["private", "public", "unknown"])))


def result(new_store: NewStore, loads: Sequence[tuple[Source, Sequence[Batch]]]) -> tuple[object, ...]:
    """Load into a fresh store, and give all that can be asked of it."""
    store = new_store()
    for source, batches in loads:
        store.load(source.dataset, batches, on=TODAY)
    view = View(TODAY)
    answer = (
        everything(store.dump()),
        store.counts(),
        [store.search(name) for name in NAMES],
        [store.neighbours(id_, view) for id_ in (*ACTORS, *STANDARDS)],
        store.arena([], STANDARDS, view),
        store.ties(ACTORS, view),
    )
    store.close()
    return answer


@checked
@given(st.data())
def test_order_and_batches_do_not_change_the_result(new_store: NewStore, data: st.DataObject) -> None:
    source = data.draw(sources())
    first = result(new_store, [(source, [source.batch()])])
    nodes: list[NodeRecord] = data.draw(st.permutations(source.nodes))
    statements: list[Statement] = data.draw(st.permutations(source.statements))
    source.nodes, source.statements = nodes, statements
    size = data.draw(st.integers(1, 7))
    assert result(new_store, [(source, list(source.batches(size)))]) == first


@checked
@given(sources("a"), sources("b"))
def test_the_order_of_datasets_does_not_change_the_result(new_store: NewStore, a: Source, b: Source) -> None:
    one = result(new_store, [(a, [a.batch()]), (b, [b.batch()])])
    assert result(new_store, [(b, [b.batch()]), (a, [a.batch()])]) == one


@checked
@given(sources(), st.integers(1, 5))
def test_loading_twice_is_loading_once(new_store: NewStore, source: Source, size: int) -> None:
    batches = list(source.batches(size))
    once = result(new_store, [(source, batches)])
    assert result(new_store, [(source, batches), (source, batches)]) == once


@checked
@given(sources("a"), sources("b"))
def test_a_dataset_that_was_taken_out_leaves_no_trace(new_store: NewStore, a: Source, b: Source) -> None:
    store = new_store()
    store.load(a.dataset, [a.batch()], on=TODAY)
    before = (everything(store.dump()), store.counts(), [store.search(name) for name in NAMES])
    store.load(b.dataset, [b.batch()], on=TODAY)
    store.undo("b")
    assert (everything(store.dump()), store.counts(), [store.search(name) for name in NAMES]) == before
    store.close()


@checked
@given(sources(), st.permutations(ACTORS))
def test_a_merge_that_was_taken_back_leaves_no_trace(new_store: NewStore, source: Source, ids: list[str]) -> None:
    store = new_store()
    store.load(source.dataset, [source.batch()], on=TODAY)
    before = (everything(store.dump()), store.counts(), [store.search(name) for name in NAMES])
    old, new, last, _ = ids
    store.redirect(old, new)
    store.redirect(new, last)
    store.restore(new)
    store.restore(old)
    assert (everything(store.dump()), store.counts(), [store.search(name) for name in NAMES]) == before
    store.close()


@checked
@given(sources(), st.integers(0, 12), st.integers(1, 4), st.integers(1, 3))
def test_a_walk_never_exceeds_its_bound(new_store: NewStore, source: Source, bound: int, limit: int, hops: int) -> None:
    store = new_store()
    store.load(source.dataset, [source.batch()], on=TODAY)
    steps = (Step(("DRAFTED", "PART_OF"), limit=limit), Step(("DRAFTED", "PART_OF"), "in", limit=limit))
    whole = store.expand(ACTORS[:1], [Stage(steps, hops)], View(TODAY))
    found = store.expand(ACTORS[:1], [Stage(steps, hops)], View(TODAY), bound=bound)
    assert len(found.statements) <= bound
    assert {s.key for s in found.statements} <= {s.key for s in whole.statements}
    assert (len(found.statements) < len(whole.statements)) <= bool(found.cuts)
    ends = {end for s in found.statements for end in (s.subject, s.object)} | {ACTORS[0]}
    assert set(found.nodes) == ends
    store.close()
