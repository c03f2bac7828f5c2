"""Who drafts: the record of actors in a set of standards, and the ties between those who drafted together.

Nothing of this is kept; it is computed when asked, within bounds: the newest standards of an arena or of an actor. A
corporate group speaks for its entities, once for a standard, however many of them drafted it.

A drafting list comes out of the index as one row, and is added up here: two thousand places on lists take less time than
two thousand rows.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nlargest

from graph import weights
from graph.model import View
from graph.sqlite import rows
from graph.sqlite.reading import private_datasets
from graph.sqlite.rows import Row, Terms
from graph.store import Arena, Partner, Tie

ARENA_STANDARDS = 4_000
"""The newest standards of a scope that are counted."""

ACTOR_STANDARDS = 400
"""The newest standards of an actor that are counted for its ties."""

NEWEST_FEW = 5
"""How many standards are named with a partner or tie."""

"""Numbers that a statement is given as one value, so that its text stays the same."""


class Drafting:
    """Reads about drafting in one view."""

    def __init__(self, connection: sqlite3.Connection, terms: Terms, view: View, half_life: float) -> None:
        self._db, self._terms, self._view, self._half_life = connection, terms, view, half_life
        self._hidden = () if view.private else private_datasets(connection)
        self._drafted, self._part_of = terms.number("DRAFTED"), terms.number("PART_OF")

    def arena(self, committees: Sequence[str], standards: Sequence[str], limit: int) -> Arena:
        """See `graph.store.Store.arena`."""
        scope = f"""
            SELECT s.object AS standard FROM statement s
             WHERE s.subject IN {rows.GIVEN} AND s.type = {self._terms.number("IN_CHARGE_OF")} AND {self._shown("s")}
             UNION SELECT value FROM json_each(?)
        """
        keys = [rows.given(self._keys(ids).values()) for ids in (committees, standards)]
        newest, total = self._newest(scope, keys, ARENA_STANDARDS)
        weight = self._weights(newest)
        lists = self._ranks(newest)
        speaker = self._speakers({entity for listed in lists.values() for entity in listed})
        heard = {standard: _heard(listed, speaker) for standard, listed in lists.items()}
        weight = _added_up(heard, weight)
        first = _contenders(weight, limit)
        drafted, own = _drafted(first, heard), _entities_of(first, lists, speaker)
        ids = self._ids({*first, *(entity for entities in own.values() for entity in entities)})
        strongest = sorted(first, key=lambda one: (-_rounded(weight[one]), -len(drafted[one]), ids[one]))[:limit]
        partners = [
            Partner(
                actor=ids[one],
                entities=tuple(sorted({ids[entity] for entity in own[one]})),
                drafted=len(drafted[one]),
                led=sum(min(lists[standard].get(entity, 2) for entity in own[one]) == 1 for standard in drafted[one]),
                weight=_rounded(weight[one]),
                latest=_latest(newest, drafted[one]),
                standards=_named(newest, drafted[one]),
            )
            for one in strongest
        ]
        return Arena(
            partners=tuple(partners),
            standards=total,
            with_drafters=len(lists),
            total=len(weight),
            bounded=total > len(newest),
        )

    def ties(
        self, actors: Sequence[str], among: Sequence[str] | None, also: Sequence[str], limit: int
    ) -> tuple[Tie, ...]:
        """See `graph.store.Store.ties`."""
        only = None if among is None else set(self._keys(among).values())
        besides = set(self._keys(also).values())
        given = {key: None for id_ in rows.askable(actors) for key in self._keys([id_]).values()}
        names = self._ids(given)
        return tuple(tie for key in given for tie in self._ties_of(key, names[key], only, besides, limit))

    def _ties_of(self, actor: int, id_: str, only: set[int] | None, besides: set[int], limit: int) -> list[Tie]:
        own, itself = self._entities(actor)
        newest, _ = self._newest(
            "SELECT value AS standard FROM json_each(?)", [rows.given(self._drafted_by(own))], ACTOR_STANDARDS
        )
        published = self._weights(newest)
        lists = {standard: listed for standard, listed in self._drafters(newest).items() if len(listed) > 1}
        share = {standard: published[standard] / (len(listed) - 1) for standard, listed in lists.items()}
        speaker = self._speakers(set().union(*lists.values()))
        heard = {standard: _heard(listed, speaker) - {actor, itself} for standard, listed in lists.items()}
        if only is not None:
            heard = {standard: listed & only for standard, listed in heard.items()}
        weight = _added_up(heard, share)
        first = _contenders(weight, limit if only is None else len(weight)) | (besides & weight.keys())
        drafted, ids = _drafted(first, heard), self._ids(first)
        order = sorted(first, key=lambda one: (-_rounded(weight[one]), ids[one]))
        return [
            Tie(
                id_,
                ids[one],
                _rounded(weight[one]),
                len(drafted[one]),
                _latest(newest, drafted[one]),
                _named(newest, drafted[one]),
            )
            for place, one in enumerate(order)
            if only is not None or place < limit or one in besides
        ]

    # -- which standards ---------------------------------------------------------------------------------------------
    def _entities(self, actor: int) -> tuple[set[int], int]:
        """The organisations that count for an actor, and the actor that it speaks for itself."""
        found = self._db.execute(
            f"""
            SELECT entity, {self._speaker("entity")} FROM (
                SELECT s.subject AS entity FROM statement s
                 WHERE s.object = ?1 AND s.type = {self._part_of} AND {self._shown("s")}
                 UNION SELECT ?1)
            """,
            (actor,),
        ).fetchall()
        speaker = dict(found)
        return {entity for entity in speaker if speaker[entity] == actor} | {actor}, speaker[actor]

    def _drafted_by(self, entities: Iterable[int]) -> set[int]:
        """The standards on whose lists these stand: the newest by the date of the list, and all whose list has no date."""
        listed = f"SELECT DISTINCT s.object FROM statement s WHERE s.subject = ? AND s.type = {self._drafted} AND {self._shown('s')}"
        newest = f"{listed} AND s.since_lo > 0 ORDER BY s.since_lo DESC LIMIT {ACTOR_STANDARDS}"
        undated = f"{listed} AND s.since_lo = 0"
        return {
            standard
            for entity in entities
            for statement in (newest, undated)
            for (standard,) in self._db.execute(statement, (entity,))
        }

    def _newest(self, scope: str, values: Sequence[str], bound: int) -> tuple[dict[int, tuple[str, str | None]], int]:
        """The newest standards of a scope, with id and date of publication, and how many there are."""
        undated = "OR published IS NULL" if self._view.undated else ""
        found = self._db.execute(
            f"""
            SELECT key, id, published, count(*) OVER () FROM (
                SELECT n.key, n.id, coalesce(n.published, (
                           SELECT max(s.since) FROM statement s
                            WHERE s.object = n.key AND s.type = {self._drafted} AND {self._shown("s")}
                       )) AS published
                  FROM ({scope}) JOIN node n ON n.key = standard)
             WHERE published <= ? {undated}
             ORDER BY published IS NULL, published DESC, id LIMIT ?
            """,
            (*values, self._view.as_of.isoformat(), bound),
        ).fetchall()
        return {key: (id_, published) for key, id_, published, _ in found}, found[0][3] if found else 0

    def _weights(self, newest: Mapping[int, tuple[str, str | None]]) -> dict[int, float]:
        published = {key: date for key, (_, date) in newest.items()}
        return weights.decayed(published, self._view.as_of, self._half_life)

    # -- who drafted them --------------------------------------------------------------------------------------------
    def _drafters(self, standards: Iterable[int]) -> dict[int, set[int]]:
        """For each of these standards that has a drafting list its organisations."""
        return {
            standard: set(map(int, drafters.split(",")))
            for standard, drafters in self._lists("s.object, group_concat(s.subject)", standards)
        }

    def _ranks(self, standards: Iterable[int]) -> dict[int, dict[int, int]]:
        """For each of these standards that has a drafting list its organisations, with the foremost rank of each."""
        lists = {}
        for standard, drafters, ranks in self._lists(
            "s.object, group_concat(s.subject), group_concat(s.rank)", standards
        ):
            places = list(zip(map(int, drafters.split(",")), map(int, ranks.split(",")), strict=True))
            listed = dict(places)
            if len(listed) < len(places):
                for drafter, rank in places:
                    listed[drafter] = min(rank, listed[drafter])
            lists[standard] = listed
        return lists

    def _lists(self, columns: str, standards: Iterable[int]) -> Iterable[Row]:
        return self._db.execute(
            f"""
            SELECT {columns} FROM statement s
             WHERE s.object IN {rows.GIVEN} AND s.type = {self._drafted} AND {self._shown("s")} GROUP BY s.object
            """,
            (rows.given(standards),),
        )

    def _speakers(self, entities: Iterable[int]) -> dict[int, int]:
        """For those of these organisations that are part of a group in the view, the group. Few are part of any."""
        return {
            entity: actor
            for entity, actor in self._db.execute(
                f"SELECT n.key, {self._speaker('n.key')} FROM node n INDEXED BY node_speaks "
                f"WHERE n.key IN {rows.GIVEN} AND n.speaks_for IS NOT NULL",
                (rows.given(entities),),
            )
            if actor != entity
        }

    def _speaker(self, entity: str) -> str:
        """The group that an organisation is part of in the view, else itself."""
        return f"""
            CASE WHEN (SELECT speaks_for FROM node WHERE key = {entity}) IS NULL THEN {entity} ELSE coalesce((
                SELECT g.key FROM statement p JOIN node g ON g.key = p.object
                 WHERE p.subject = {entity} AND p.type = {self._part_of} AND {self._shown("p")} AND g.is_group = 1
                 ORDER BY p.qualifier = 'joint_venture', g.id LIMIT 1), {entity}) END
        """

    # -- inside ------------------------------------------------------------------------------------------------------
    def _shown(self, alias: str) -> str:
        return rows.shown_in(self._view, self._hidden, alias)

    def _keys(self, ids: Sequence[str]) -> dict[str, int]:
        return rows.keys_of(self._db, ids)

    def _ids(self, keys: Iterable[int]) -> dict[int, str]:
        return dict(
            self._db.execute(f"SELECT key, id FROM node WHERE key IN {rows.GIVEN}", (rows.given(keys),)).fetchall()
        )


def _heard(listed: Collection[int], speaker: Mapping[int, int]) -> set[int]:
    """Those for whom the organisations of a list speak."""
    if speaker.keys().isdisjoint(listed):
        return set(listed)
    return {speaker.get(entity, entity) for entity in listed}


def _added_up(heard: Mapping[int, Iterable[int]], weight: Mapping[int, float]) -> dict[int, float]:
    """For each actor the weight of all its standards."""
    total: defaultdict[int, float] = defaultdict(float)
    for standard, actors in heard.items():
        each = weight[standard]
        for actor in actors:
            total[actor] += each
    return total


def _contenders(weight: Mapping[int, float], limit: int) -> set[int]:
    """The actors that can be among the first few: of equals the number of standards or the id will decide."""
    last = nlargest(limit, weight.values())[-1:]
    return {actor for actor, each in weight.items() if last and each >= last[0] - 10**-weights.DECIMALS}


def _drafted(actors: set[int], heard: Mapping[int, set[int]]) -> dict[int, list[int]]:
    """The standards of each of these actors."""
    found: dict[int, list[int]] = {actor: [] for actor in actors}
    for standard, listed in heard.items():
        for actor in actors & listed:
            found[actor].append(standard)
    return found


def _rounded(weight: float) -> float:
    return round(weight, weights.DECIMALS)


def _entities_of(
    actors: Collection[int], lists: Mapping[int, Mapping[int, int]], speaker: Mapping[int, int]
) -> dict[int, set[int]]:
    """The organisations for which each of these actors speaks on these lists, its own among them."""
    found: dict[int, set[int]] = {actor: set() for actor in actors}
    for listed in lists.values():
        for entity in listed:
            if (actor := speaker.get(entity, entity)) in found:
                found[actor].add(entity)
    return found


def _latest(newest: Mapping[int, tuple[str, str | None]], standards: Iterable[int]) -> str | None:
    return max((date for key in standards if (date := newest[key][1]) is not None), default=None)


def _named(newest: Mapping[int, tuple[str, str | None]], standards: Iterable[int]) -> tuple[str, ...]:
    """The ids of the newest few, among those of one day in order of id."""
    found = sorted((newest[key] for key in standards), key=lambda one: one[0])
    found.sort(key=lambda one: one[1] or "", reverse=True)
    return tuple(id_ for id_, _ in found[:NEWEST_FEW])
