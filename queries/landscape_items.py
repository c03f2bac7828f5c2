"""The items of a landscape, each with what is cited for it: the newest lists, dates of publication, classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph import schema
from graph.model import NodeRecord, NodeRef, Statement, View
from graph.store import Stage, Step, Store
from queries import drafting_trends
from queries.answer import Evidence, Text
from queries.drafting_fields import Measured, Scope
from queries.drafting_trends import SORTS, Drafter
from queries.evidence import Citations, counted, listed
from queries.overlaps import Overlap
from queries.speakers import TO_SPEAKERS, speakers

YEARS = 12
"""Years that are listed, the newest."""

RISING, BROKERS, COMMUNITIES, OVERLAPPING = 5, 5, 8, 8
"""How many of each are listed."""

CITED = 2
"""Standards that are cited for one item."""

DRAWN = 12
"""Drafters in the picture."""

_LISTS = (
    Stage(
        (
            Step(("DRAFTED",), "in", (schema.STANDARD,), limit=120),
            Step(("IN_CHARGE_OF",), "in", (schema.STANDARD,), limit=10),
            Step(("CLASSIFIED_AS",), "out", (schema.STANDARD,), limit=20),
        )
    ),
    TO_SPEAKERS,
)

Row = tuple[str, NodeRef, Text, tuple[Evidence, ...], Mapping[str, str | int | float | None]]
"""An item before it is numbered: its role, thing, reason, evidence and figures."""


class Rows:
    """Puts figures into rows. What is cited for them is read once."""

    def __init__(
        self, store: Store, scope: Scope, m: Measured, found: Sequence[Overlap], view: View, limit: int
    ) -> None:
        self._scope, self._m, self._overlaps, self._view, self._limit = scope, m, found, view, limit
        self._by = {d.id: d for d in m.drafters}
        self._shown = m.drafters[:limit]
        named = [*self._shown, *(self._by[r.id] for r in m.rising[:RISING])]
        named += [self._by[b.id] for b in m.network.brokers[:BROKERS]]
        cited = [id for d in named for id in d.standards[:CITED]]
        cited += [id for c in m.network.communities[:COMMUNITIES] for id in c.standards[:CITED]]
        self._yearly = [id for y in m.years[:YEARS] for id in y.standards[:CITED]]
        cited += [*self._yearly, *(id for o in found for id in o.standards[:CITED])]
        starts = list(dict.fromkeys((*([scope.about.id] if scope.about else ()), *cited)))
        self._graph = store.expand(starts, _LISTS, view)
        extra = {d.id for d in named} | {id for c in m.network.communities for id in (*c.members[:3], *c.fields)}
        extra |= {id for o in found for id in (o.id, *o.classes)}
        missing = store.nodes(sorted(extra - self._graph.nodes.keys()))
        self._records = store.records(
            [*dict.fromkeys((*self._yearly, *(o.id for o in found if o.role == "association")))], view
        )
        self._known = {**missing, **self._graph.nodes}
        self.citations = Citations(store, view, self._known)
        spoken = speakers(self._graph.nodes, self._graph.statements)
        self._lists: dict[tuple[str, str], list[Statement]] = {}
        self._first: dict[str, Statement] = {}
        for s in self._graph.statements:
            if s.type == "DRAFTED":
                self._lists.setdefault((spoken.get(s.subject, s.subject), s.object), []).append(s)
                first = self._first.get(s.object)
                if first is None or _rank(s) < _rank(first):
                    self._first[s.object] = s

    @property
    def all(self) -> tuple[Row, ...]:
        """Every row, in the order of the answer."""
        return (
            *self._drafters(),
            *self._rising(),
            *self._years(),
            *self._communities(),
            *self._brokers(),
            *self._overlapping(),
        )

    @property
    def lists(self) -> tuple[Evidence, ...]:
        """The newest lists by their lead drafters: what is cited for counts of all."""
        newest = [self._first[id] for id in self._yearly if id in self._first]
        return self.citations.cite((newest or list(self._first.values()))[:5])

    @property
    def drawn(self) -> tuple[Statement, ...]:
        """Who of the strongest stands on which of the cited lists, and how these belong to what was asked about."""
        about = self._scope.about
        drawn = [s for d in self._shown[:DRAWN] for s in self._places(d.id, d.standards)]
        near, far = {s.subject for s in drawn}, {s.object for s in drawn}
        for s in self._graph.statements:
            of_group = s.type == "PART_OF" and s.subject in near and s.object in self._by
            charged = s.type == "IN_CHARGE_OF" and about and s.subject == about.id and s.object in far
            classed = s.type == "CLASSIFIED_AS" and about and s.object == about.id and s.subject in far
            if of_group or charged or classed:
                drawn.append(s)
        return tuple(drawn)

    def _drafters(self) -> Iterable[Row]:
        n = self._m.n
        for d in self._shown:
            share = round(d.drafted / n, 3) if n >= drafting_trends.SUPPORT else None
            led = Text(f", led {d.led}", f"，牵头{d.led}项") if d.led else Text("", "")
            says = Text(
                f"on {d.drafted} of {counted(n, 'list')}{led.en}", f"见于{n}份起草单位名单中的{d.drafted}份{led.zh}"
            )
            details = {"drafted": d.drafted, "n": n, "led": d.led, "latest": d.latest}
            details |= {"share": f"{share:.0%}".replace("%", " %") if share is not None else None}
            details |= {"sort": self._sort(d.id)}
            yield "drafter", self.citations.ref(d.id), says, self._cite(d), details

    def _rising(self) -> Iterable[Row]:
        w, last = self._m.windows, self._view.as_of.year
        for r in self._m.rising[:RISING]:
            says = Text(
                f"on {r.recent} of {w.recent} lists of {w.recent_from}-{last}, "
                f"before that on {r.before} of {w.before} ({w.before_from}-{w.recent_from - 1})",
                f"{w.recent_from}-{last}年{w.recent}份名单中见于{r.recent}份；"
                f"此前（{w.before_from}-{w.recent_from - 1}年）{w.before}份中见于{r.before}份",
            )
            details = {
                "recent": r.recent,
                "recent_n": w.recent,
                "before": r.before,
                "before_n": w.before,
                "chance": r.chance,
            }
            yield "rising", self.citations.ref(r.id), says, self._cite(self._by[r.id]), details

    def _years(self) -> Iterable[Row]:
        for y in self._m.years[:YEARS]:
            newest = self.citations.ref(y.standards[0])
            node = self._scope.about.ref if self._scope.about else newest
            said = ", ".join(f"{SORTS[name].en} {n}" for name, n in y.places.items())
            said_zh = "、".join(f"{SORTS[name].zh}{n}" for name, n in y.places.items())
            as_newest = Text(f", the newest {newest.name('en')}", f"，最新为{newest.name('zh')}")
            says = Text(
                f"{y.year}: {counted(len(y.standards), 'list')}{as_newest.en}; {counted(y.total, 'place')}: {said}",
                f"{y.year}年：名单{len(y.standards)}份{as_newest.zh}；共{y.total}席：{said_zh}",
            )
            evidence = [
                *self.citations.cite(self._first[id] for id in y.standards[:CITED] if id in self._first),
                *self._dated(y.standards[:CITED]),
            ]
            details = {"year": y.year, "lists": len(y.standards), "actors": y.actors, "places": y.total, **y.places}
            yield "year", node, says, tuple(evidence), details

    def _communities(self) -> Iterable[Row]:
        for number, c in enumerate(self._m.network.communities[:COMMUNITIES], start=1):
            strongest = listed(self.citations.ref(id) for id in c.members[:3])
            more = len(c.members) - 3
            and_more = Text(f" and {more} more", f"等{len(c.members)}家") if more > 0 else Text("", "")
            in_fields = listed(self.citations.ref(id) for id in c.fields)
            fields = Text(f", in {in_fields.en}", f"，领域：{in_fields.zh}") if c.fields else Text("", "")
            says = Text(
                f"Group {number}: {strongest.en}{and_more.en}; {counted(len(c.standards), 'list')} together{fields.en}",
                f"群体{number}：{strongest.zh}{and_more.zh}；共同名单{len(c.standards)}份{fields.zh}",
            )
            statements = [
                s for id in c.standards[:CITED] for member in c.members for s in self._lists.get((member, id), ())
            ]
            details = {"group": number, "members": len(c.members), "lists": len(c.standards)}
            yield "community", self.citations.ref(c.members[0]), says, self.citations.cite(statements), details

    def _brokers(self) -> Iterable[Row]:
        others = self._m.network.actors - 1
        for b in self._m.network.brokers[:BROKERS]:
            groups = ", ".join(str(number + 1) for number in b.into[:COMMUNITIES])
            groups_zh = "、".join(str(number + 1) for number in b.into[:COMMUNITIES])
            says = Text(
                f"on {b.betweenness:.0%} of the shortest paths between others, drafts with {b.contacts} of {others}, "
                f"in groups {groups}; constraint {b.constraint:.2f}".replace("%", " %"),
                f"位于其他单位间{b.betweenness:.0%}的最短路径上，与{others}家中的{b.contacts}家共同起草，"
                f"连接群体{groups_zh}；约束系数{b.constraint:.2f}",
            )
            details = {
                "betweenness": b.betweenness,
                "constraint": b.constraint,
                "contacts": b.contacts,
                "n": self._m.network.actors,
            }
            yield "broker", self.citations.ref(b.id), says, self._cite(self._by[b.id]), details

    def _overlapping(self) -> Iterable[Row]:
        for o in self._overlaps:
            ref = self.citations.ref(o.id)
            named = listed(self.citations.ref(id) for id in o.classes[:3])
            if o.role == "committee":
                says = Text(
                    f"{counted(len(o.standards), 'standard')} in {named.en}",
                    f"在{named.zh}类目下有{len(o.standards)}项标准",
                )
            else:
                says = (
                    Text(f"in {named.en}", f"属{named.zh}") if o.classes else Text("found by the words", "由检索词找到")
                )
            cited = [
                s for s in self._graph.statements
                if (s.type == "CLASSIFIED_AS" and s.subject in o.standards[:CITED] and s.object in o.classes)
                or (o.role == "committee" and s.type == "IN_CHARGE_OF" and s.subject == o.id and s.object in o.standards[:CITED])
            ]  # fmt: skip
            evidence = self.citations.cite(cited)
            if o.role == "association":
                evidence += self.citations.of_records(
                    self._records.get(o.id, ()), ("title_zh", "title_en", "published")
                )
            yield o.role, ref, says, evidence, {"standards": len(o.standards), "latest": o.published}

    def _places(self, actor: str, standards: Iterable[str]) -> list[Statement]:
        return [s for id in standards for s in self._lists.get((actor, id), ())]

    def _cite(self, drafter: Drafter) -> tuple[Evidence, ...]:
        return self.citations.cite(self._places(drafter.id, drafter.standards[:CITED]))

    def _dated(self, standards: Iterable[str]) -> tuple[Evidence, ...]:
        records: list[NodeRecord] = [record for id in standards for record in self._records.get(id, ())[:1]]
        return self.citations.of_records(records, ("published",))

    def _sort(self, actor: str) -> str:
        node = self._known.get(actor)
        return drafting_trends.sort_of(node) if node else "unknown"


def _rank(s: Statement) -> tuple[int, str]:
    rank = s.properties.get("rank")
    return (rank if isinstance(rank, int) else 10_000, s.key)
