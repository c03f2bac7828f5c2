"""Reading around a node: pages, walks, bounds, and what a view shows."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import CursorError, InputError
from graph.model import Basis, Confidence, Statement, View
from graph.store import Cut, Neighbour, Stage, Step, Store
from graph.walking import ALIKE
from tests.graph.contract.builders import (
    AQSIQ,
    BMW,
    BMW_CHINA,
    CAICT,
    CATARC,
    CESI,
    HUAWEI,
    MIIT,
    MLPS_2019,
    NOW,
    SAC,
    SAMR,
    SC34,
    TC114,
    TC260,
    THIRD,
    TODAY,
    V2X,
    Source,
)


def test_neighbours_come_in_the_order_of_the_schema_with_totals(world: Store) -> None:
    found = world.neighbours(V2X, NOW)
    assert found.totals == {("ISSUED", "in"): 2, ("IN_CHARGE_OF", "in"): 1, ("DRAFTED", "in"): 4}
    assert [n.node.id if n.node else "" for n in found.neighbours] == [
        SAC, SAMR, TC114, CATARC, "org:caict", HUAWEI, BMW_CHINA,
    ]  # fmt: skip
    assert (found.total, found.after) == (7, "")
    assert {n.direction for n in found.neighbours} == {"in"}


def test_facts_are_neighbours_without_a_node(world: Store) -> None:
    found = world.neighbours(TC260, NOW, types=["NAME"])
    assert [(n.direction, n.node) for n in found.neighbours] == [("out", None)] * 3
    assert found.totals[("IN_CHARGE_OF", "out")] == 1, "totals are of all that is said"
    assert found.total == 3


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 40])
def test_pages_together_are_the_whole_list(world: Store, limit: int) -> None:
    whole = world.neighbours(SAC, NOW).neighbours
    pages: list[Neighbour] = []
    after = ""
    while True:
        page = world.neighbours(SAC, NOW, limit=limit, after=after)
        assert page.total == len(whole)
        assert len(page.neighbours) <= limit
        pages += page.neighbours
        after = page.after
        if not after:
            break
    assert tuple(pages) == whole


@pytest.mark.parametrize("cursor", ["x", "!!", "W10", "e30", "信", "9" * 999, "WyJhIiwgLTFd"])
def test_a_cursor_that_nobody_made_is_refused(world: Store, cursor: str) -> None:
    with pytest.raises(CursorError, match="is not a page cursor of this list"):
        world.neighbours(SAC, NOW, after=cursor)
    with pytest.raises(CursorError, match="is not a page cursor of this list"):
        world.search("技术", after=cursor)


def test_a_cursor_of_another_list_is_refused(world: Store) -> None:
    cursor = world.neighbours(SAC, NOW, limit=1).after
    for other in (
        lambda: world.neighbours(SAMR, NOW, after=cursor),
        lambda: world.neighbours(SAC, NOW, types=["ISSUED"], after=cursor),
        lambda: world.neighbours(SAC, View(date(2016, 1, 1)), after=cursor),
        lambda: world.search("技术", after=cursor),
    ):
        with pytest.raises(CursorError):
            other()


def test_around_an_unknown_node_there_is_nothing(world: Store) -> None:
    found = world.neighbours("org:none", NOW)
    assert (found.totals, found.neighbours, found.total) == ({}, (), 0)
    assert world.expand(["org:none"], [Stage((Step(("DRAFTED",)),))], NOW).nodes == {}


def superiors(store: Store, view: View) -> set[str]:
    return {n.node.id for n in store.neighbours(SAC, view, types=["SUBORDINATE_TO"]).neighbours if n.node}


@pytest.mark.parametrize(
    ("as_of", "superior"),
    [
        (date(2017, 6, 1), {AQSIQ}),
        (date(2018, 2, 28), {AQSIQ}),
        (date(2018, 3, 1), {AQSIQ, SAMR}),
        (date(2018, 3, 31), {AQSIQ, SAMR}),
        (date(2018, 4, 1), {SAMR}),
        (date(2001, 9, 30), set()),
    ],
)
def test_as_of_shows_what_may_have_been_true_on_the_day(world: Store, as_of: date, superior: set[str]) -> None:
    assert superiors(world, View(as_of)) == superior


def test_undated_statements_are_shown_behind_dated_ones_or_not_at_all(store: Store) -> None:
    source = Source()
    source.node(TC260, "Committee")
    for id_ in ("org:a", "org:b", "org:c", "org:d"):
        source.node(id_, "Company")
    source.says("org:a", "MEMBER_OF", TC260, qualifier="member")
    source.says("org:b", "MEMBER_OF", TC260, qualifier="member", until="2030")
    source.says("org:c", "MEMBER_OF", TC260, qualifier="member", since="2016-01-14")
    source.says("org:d", "MEMBER_OF", TC260, qualifier="observer", since="2016-02")
    store.load(source.dataset, source.batches(), on=TODAY)
    found = store.neighbours(TC260, NOW).neighbours
    assert [n.node.id for n in found if n.node] == ["org:d", "org:c", "org:b", "org:a"]
    dated = store.neighbours(TC260, View(TODAY, undated=False))
    assert [n.node.id for n in dated.neighbours if n.node] == ["org:d", "org:c", "org:b"]
    assert dated.totals == {("MEMBER_OF", "in"): 3}


def test_a_view_filters_by_confidence_and_ground(store: Store) -> None:
    source = Source()
    source.node(TC260, "Committee")
    for number, (confidence, basis) in enumerate((c, b) for c in Confidence for b in Basis):
        id_ = source.node(f"org:{number}", "Company")
        source.says(id_, "MEMBER_OF", TC260, qualifier="member", confidence=confidence, basis=basis)
    store.load(source.dataset, source.batches(), on=TODAY)
    assert store.neighbours(TC260, View(TODAY, min_confidence=Confidence.MEDIUM)).total == 12
    assert store.neighbours(TC260, View(TODAY, min_confidence=Confidence.HIGH)).total == 6
    documented = frozenset(basis for basis in Basis if basis.documented)
    assert store.neighbours(TC260, View(TODAY, bases=documented)).total == 9
    assert store.neighbours(TC260, View(TODAY, bases=frozenset())).total == 0


def test_every_statement_that_is_shown_is_one_that_the_view_includes(world: Store) -> None:
    for as_of in (date(1990, 1, 1), date(2018, 3, 15), TODAY):
        for view in (View(as_of), View(as_of, undated=False), View(as_of, min_confidence=Confidence.HIGH)):
            keys = {n.statement.key for n in world.neighbours(SAC, view).neighbours}
            said = [thing for thing in world.dump() if isinstance(thing, Statement)]
            assert keys == {s.key for s in said if SAC in (s.subject, s.object) and view.shows(s)}


def test_private_datasets_are_left_out_on_demand_with_all_they_say(world: Store) -> None:
    own = Source("own-list", private=True)
    own.node(HUAWEI, "Company", province="广东")
    own.node("org:secret", "Company", name_zh="深圳市某某有限公司")
    own.node(TC114, "Committee")
    own.says(HUAWEI, "MEMBER_OF", TC114, qualifier="observer")
    own.says("org:secret", "MEMBER_OF", TC114, qualifier="observer")
    world.load(own.dataset, own.batches(), on=TODAY)
    public = View(TODAY, private=False)
    assert world.neighbours(TC114, NOW, types=["MEMBER_OF"]).total == 2
    assert world.neighbours(TC114, public, types=["MEMBER_OF"]).total == 0
    walk = (Stage((Step(("MEMBER_OF", "DRAFTED", "IN_CHARGE_OF"), "in"), Step(("IN_CHARGE_OF",)))),) * 2
    everyone, outside = (world.expand([TC114, "org:secret"], walk, view).nodes for view in (NOW, public))
    assert everyone[HUAWEI].properties["province"] == "广东"
    assert "province" not in outside[HUAWEI].properties
    assert "org:secret" in everyone
    assert "org:secret" not in outside
    for private in (True, False):
        told = " ".join(repr(thing) for thing in world.dump(private=private))
        assert ("广东" in told, "org:secret" in told, "own-list" in told) == (private,) * 3


UP = Stage((Step(("IN_CHARGE_OF", "ISSUED"), "in"),))
SECRETARIAT = Stage((Step(("HOSTS_SECRETARIAT",), "in", of=("Committee",)),), from_new=True)


def test_a_walk_takes_steps_in_stages(world: Store) -> None:
    found = world.expand([MLPS_2019], [UP, SECRETARIAT], NOW)
    assert set(found.nodes) == {MLPS_2019, TC260, SAC, SAMR, CESI}
    assert [s.key for s in found.statements] == sorted(s.key for s in found.statements)
    assert {s.type for s in found.statements} == {"IN_CHARGE_OF", "ISSUED", "HOSTS_SECRETARIAT"}
    assert found.cuts == ()


def test_hops_go_on_from_what_was_newly_reached(world: Store) -> None:
    up = Step(("PART_OF", "OVERSEES"), "out"), Step(("OVERSEES",), "in")
    assert set(world.expand([SC34], [Stage(up)], NOW).nodes) == {SC34, TC114}
    assert set(world.expand([SC34], [Stage(up, hops=2)], NOW).nodes) == {SC34, TC114, MIIT}
    assert set(world.expand([SC34], [Stage(up, hops=9)], NOW).nodes) == {SC34, TC114, MIIT}


def test_a_stage_starts_from_all_that_was_reached_or_from_the_new(world: Store) -> None:
    drafters = Stage((Step(("DRAFTED",), "in"),))
    issued = Step(("ISSUED",), "in")
    assert SAC in world.expand([V2X], [drafters, Stage((issued,))], NOW).nodes
    assert SAC not in world.expand([V2X], [drafters, Stage((issued,), from_new=True)], NOW).nodes


def test_steps_can_be_limited_to_labels_and_qualifiers(world: Store) -> None:
    only = Step(("DRAFTED",), "in", to=("Company",))
    assert set(world.expand([V2X], [Stage((only,))], NOW).nodes) == {V2X, HUAWEI, BMW_CHINA}
    guides = Step(("OVERSEES",), "in", qualifiers=("supervises",))
    assert set(world.expand([TC114], [Stage((guides,))], NOW).nodes) == {TC114}
    other = Step(("DRAFTED",), "in", of=("Policy",))
    assert set(world.expand([V2X], [Stage((other,))], NOW).nodes) == {V2X}


def test_facts_are_taken_and_lead_nowhere(world: Store) -> None:
    found = world.expand([BMW], [Stage((Step(("NAME", "OWNERSHIP")),), hops=3)], NOW)
    assert set(found.nodes) == {BMW}
    assert len(found.statements) == 3


def test_a_step_takes_the_first_of_its_order_and_says_what_it_left(world: Store) -> None:
    step = Step(("DRAFTED", "ISSUED"), "in", limit=3)
    found = world.expand([V2X], [Stage((step,))], NOW)
    assert set(found.nodes) == {V2X, CATARC, "org:caict", HUAWEI}
    assert found.cuts == (Cut(V2X, ("DRAFTED", "ISSUED"), "in", 3, 6),)


def test_a_walk_stops_at_its_bound_and_says_where(world: Store) -> None:
    step = Step(("DRAFTED",), "in")
    found = world.expand([V2X, MLPS_2019], [Stage((step,))], NOW, bound=3)
    assert len(found.statements) == 3
    assert set(found.nodes) == {V2X, MLPS_2019, THIRD, HUAWEI, CATARC}
    assert found.cuts == (Cut(V2X, ("DRAFTED",), "in", 1, 4),)
    assert world.expand([V2X], [Stage((step,))], NOW, bound=4).cuts == ()


def test_a_statement_taken_twice_counts_once(world: Store) -> None:
    twice = Stage((Step(("DRAFTED",), "in"), Step(("DRAFTED",), "in")))
    found = world.expand([V2X], [twice, twice], NOW, bound=4)
    assert len(found.statements) == 4
    assert found.cuts == ()


def test_less_than_nothing_is_no_bound(world: Store) -> None:
    for ask in (
        lambda: world.neighbours(SAC, NOW, limit=-1),
        lambda: world.expand([SAC], [], NOW, bound=-1),
        lambda: world.search("技术", limit=-1),
        lambda: world.arena([TC114], [], NOW, limit=-1),
        lambda: world.ties([CATARC], NOW, limit=-1),
    ):
        with pytest.raises(InputError, match="must be 0 or more, not -1"):
            ask()
    assert world.neighbours(SAC, NOW, limit=0).neighbours == ()
    assert world.search("技术", limit=0).hits == ()


def test_a_step_may_lead_among_given_nodes_only(world: Store) -> None:
    step = Step(("DRAFTED",), "in", ("Standard",), among=(HUAWEI, CAICT, "org:nobody"))
    found = world.expand([V2X, MLPS_2019], (Stage((step,)),), NOW)
    assert {(s.subject, s.object) for s in found.statements} == {
        (HUAWEI, V2X),
        (CAICT, V2X),
        (HUAWEI, MLPS_2019),
    }
    assert set(found.nodes) == {V2X, MLPS_2019, HUAWEI, CAICT}
    assert found.cuts == (), "what was not asked for is not cut off"
    nobody = world.expand([V2X], (Stage((Step(("DRAFTED",), "in", among=("org:nobody",)),)),), NOW)
    assert nobody.statements == ()


def test_what_many_records_say_alike_is_taken_once_with_a_few_that_say_it(store: Store) -> None:
    source = Source()
    for sub in (1, 2, 3):
        source.node(f"committee:tc-1-sc-{sub}", "Committee")
        for record in range(9):
            source.says(f"committee:tc-1-sc-{sub}", "PART_OF", "committee:tc-1", record=f"{sub}-{record}")
    source.node("committee:tc-1", "Committee")
    store.load(source.dataset, source.batches(), on=TODAY)
    step = Step(("PART_OF",), "in", limit=2)
    found = store.expand(["committee:tc-1"], [Stage((step,))], NOW)
    assert set(found.nodes) == {"committee:tc-1", "committee:tc-1-sc-1", "committee:tc-1-sc-2"}
    assert len(found.statements) == 2 * ALIKE
    assert found.cuts == (Cut("committee:tc-1", ("PART_OF",), "in", 2, 3),)
    hub = store.expand(["committee:tc-1"], [Stage((Step(("PART_OF",), "in", limit=3),))], NOW)
    assert set(hub.nodes) == {"committee:tc-1", *(f"committee:tc-1-sc-{sub}" for sub in (1, 2, 3))}


def test_an_outline_is_what_a_walk_reaches_and_leads_to_its_statements(world: Store) -> None:
    for view in (NOW, View(date(2018, 1, 1)), View(TODAY, private=False)):
        whole = world.expand([MLPS_2019, BMW], [UP, SECRETARIAT], view)
        outline = world.outline([MLPS_2019, BMW], [UP, SECRETARIAT], view)
        assert {id: (node.label, node.family) for id, node in whole.nodes.items()} == dict(outline.nodes)
        assert outline.cuts == whole.cuts
        behind = world.behind(outline.lines)
        assert sorted(s.key for s in behind.values()) == [s.key for s in whole.statements]
        for line in outline.lines:
            said = behind[line.handle]
            assert (line.subject, line.type, line.object) == (said.subject, said.type, said.object)
            assert (line.since, line.confidence) == (said.since, said.provenance.confidence)


def test_where_statements_of_some_types_lead(world: Store) -> None:
    found = world.reached([HUAWEI, CAICT, V2X, "org:nobody"], ["DRAFTED"], NOW)
    assert found == {HUAWEI: frozenset({V2X, MLPS_2019}), CAICT: frozenset({V2X})}
    assert world.reached([HUAWEI], ["DRAFTED"], View(date(1990, 1, 1), undated=False)) == {}
