"""Records that are given whole, and things that a record itself says to be one."""

from dataclasses import replace

from graph.model import Batch
from graph.store import Store
from tests.graph.contract.builders import NOW, TODAY, Source


def standard(source: Source, status: str, *drafters: str) -> Batch:
    """A record about one standard, given whole."""
    source.nodes.clear()
    source.statements.clear()
    for drafter in drafters:
        source.node(drafter, "Company", record="mentioned", name_en=drafter.removeprefix("org:"))
    source.node("standard:gb-t-1-2020", "Standard", record="r1", number="GB/T 1-2020")
    source.says("standard:gb-t-1-2020", "STATUS", record="r1", value=status)
    for rank, drafter in enumerate(drafters, 1):
        source.says(drafter, "DRAFTED", "standard:gb-t-1-2020", record="r1", rank=rank)
    return replace(source.batch(), whole=(("r1", "standard:gb-t-1-2020"),))


def drafters(store: Store) -> set[str]:
    return {n.node.id for n in store.neighbours("standard:gb-t-1-2020", NOW, types=("DRAFTED",)).neighbours if n.node}


def test_a_record_given_again_replaces_what_it_said_before(store: Store) -> None:
    source = Source("platform")
    other = Source("another")
    store.load(source.dataset, [standard(source, "upcoming", "org:a", "org:b")], on=TODAY, complete=False)
    other.node("standard:gb-t-1-2020", "Standard", number="GB/T 1-2020")
    other.node("org:b", "Company", name_en="b")
    other.says("org:b", "DRAFTED", "standard:gb-t-1-2020")
    store.load(other.dataset, other.batches(), on=TODAY)
    report = store.load(source.dataset, [standard(source, "current", "org:a", "org:c")], on=TODAY, complete=False)
    assert drafters(store) == {"org:a", "org:b", "org:c"}, "what another dataset says stays"
    assert report.closed == 2
    assert store.nodes(["standard:gb-t-1-2020"])["standard:gb-t-1-2020"].properties["status"] == "current"
    again = store.load(source.dataset, [standard(source, "current", "org:a", "org:c")], on=TODAY, complete=False)
    assert (again.added, again.changed, again.closed) == (0, 0, 0)


def test_a_project_becomes_the_standard_whichever_is_loaded_first(store: Store) -> None:
    for number, first in enumerate(("project", "standard")):
        source = Source(f"platform-{number}")
        plan, became = f"standard:2020000{number}-t-469", f"standard:gb-t-{number + 7}-2020"
        project = Source(f"plans-{number}")
        project.node(plan, "Standard", plan_number=f"2020000{number}-T-469")
        source.node(became, "Standard", number=f"GB/T {number + 7}-2020")
        says_so = replace(source.batch(), same=((plan, became),))
        loads = [(project, project.batch()), (source, says_so)]
        for loaded, batch in loads if first == "project" else loads[::-1]:
            store.load(loaded.dataset, [batch], on=TODAY, complete=False)
        assert store.moved(plan) == became
        assert store.nodes([plan])[plan].properties["plan_number"] == f"2020000{number}-T-469"
        assert [hit.node.id for hit in store.search(f"2020000{number}-T-469").hits] == [became]
