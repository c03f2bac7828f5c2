"""Who drafts: the record of actors in a set of standards, and the ties between those who drafted together.

Nothing of this is kept; it is computed when asked, within bounds: the newest standards of an arena or of an actor. A
corporate group speaks for its entities, once for a standard, however many of them drafted it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

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


class Drafting:
    """Reads about drafting in one view."""

    def __init__(self, connection: sqlite3.Connection, terms: Terms, view: View, half_life: float) -> None:
        self._db, self._terms, self._view, self._half_life = connection, terms, view, half_life
        self._hidden = () if view.private else private_datasets(connection)
        self._drafted, self._part_of = terms.number("DRAFTED"), terms.number("PART_OF")

    def arena(self, committees: Sequence[str], standards: Sequence[str], limit: int) -> Arena:
        """See `graph.store.Store.arena`."""
        in_charge = self._terms.number("IN_CHARGE_OF")
        scope = f"""
            SELECT s.object AS standard FROM statement s
             WHERE s.subject IN ({rows.numbers(self._keys(committees).values())}) AND s.type = {in_charge} AND {self._shown("s")}
             UNION SELECT key FROM node WHERE key IN ({rows.numbers(self._keys(standards).values())})
        """
        newest, total = self._newest(scope, ARENA_STANDARDS)
        found = self._db.execute(
            f"""
            WITH {self._spoken()}
            SELECT n.id, count(*), sum(rank = 1), round(sum(weight), {weights.DECIMALS}) AS strength,
                   group_concat(standard), group_concat(entities), count(*) OVER (),
                   (SELECT count(DISTINCT standard) FROM drafted)
              FROM spoken JOIN node n ON n.key = spoken.actor
             GROUP BY actor ORDER BY strength DESC, count(*) DESC, n.id LIMIT ?
            """,
            (self._weighted(newest), limit),
        ).fetchall()
        entities = self._ids({int(key) for row in found for key in row[5].split(",")})
        partners = tuple(
            Partner(
                actor=row[0],
                entities=tuple(sorted({entities[int(key)] for key in row[5].split(",")})),
                drafted=row[1],
                led=row[2],
                weight=row[3],
                latest=_latest(newest, row[4]),
                standards=_named(newest, row[4]),
            )
            for row in found
        )
        return Arena(
            partners=partners,
            standards=total,
            with_drafters=found[0][7] if found else 0,
            total=found[0][6] if found else 0,
            bounded=total > len(newest),
        )

    def ties(self, actors: Sequence[str], among: Sequence[str] | None, limit: int) -> tuple[Tie, ...]:
        """See `graph.store.Store.ties`."""
        only = None if among is None else self._keys(among).values()
        given = {key: None for id_ in rows.askable(actors) for key in self._keys([id_]).values()}
        names = self._ids(given)
        return tuple(tie for key in given for tie in self._ties_of(key, names[key], only, limit))

    def _ties_of(self, actor: int, id_: str, only: Iterable[int] | None, limit: int) -> list[Tie]:
        own, speaker = self._entities(actor)
        scope = f"""
            SELECT DISTINCT s.object AS standard FROM statement s
             WHERE s.subject IN ({rows.numbers(own)}) AND s.type = {self._drafted} AND {self._shown("s")}
        """
        newest, _ = self._newest(scope, ACTOR_STANDARDS)
        if not newest:
            return []
        among = "" if only is None else f"AND actor IN ({rows.numbers(only)})"
        bound = f"LIMIT {limit}" if only is None else ""
        found = self._db.execute(
            f"""
            WITH {self._spoken()},
            size AS (SELECT standard, count(*) AS drafters FROM drafted GROUP BY standard)
            SELECT n.id, count(*), round(sum(weight / (drafters - 1)), {weights.DECIMALS}) AS strength, group_concat(standard)
              FROM spoken JOIN size USING (standard) JOIN node n ON n.key = spoken.actor
             WHERE actor NOT IN ({rows.numbers({actor, speaker})}) AND drafters > 1 {among}
             GROUP BY actor ORDER BY strength DESC, n.id {bound}
            """,
            (self._weighted(newest),),
        )
        return [
            Tie(id_, other, strength, shared, _latest(newest, standards), _named(newest, standards))
            for other, shared, strength, standards in found
        ]

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

    def _newest(self, scope: str, bound: int) -> tuple[dict[int, tuple[str, str | None]], int]:
        """The newest standards of a scope, with id and date of publication, and how many there are."""
        as_of = self._view.as_of.isoformat()
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
            (as_of, bound),
        ).fetchall()
        return {key: (id_, published) for key, id_, published, _ in found}, found[0][3] if found else 0

    def _weighted(self, newest: Mapping[int, tuple[str, str | None]]) -> str:
        published = {key: date for key, (_, date) in newest.items()}
        return json.dumps(weights.decayed(published, self._view.as_of, self._half_life))

    def _spoken(self) -> str:
        """Tables of a statement that is given standards with weights: who drafted them, and for whom they speak."""
        return f"""
            scope AS (SELECT CAST(key AS INTEGER) AS standard, value AS weight FROM json_each(?)),
            drafted AS MATERIALIZED (
                SELECT s.subject AS entity, standard, weight, min(s.rank) AS rank
                  FROM scope CROSS JOIN statement s ON s.object = standard AND s.type = {self._drafted} AND {self._shown("s")}
                 GROUP BY standard, s.subject),
            speaker AS MATERIALIZED (
                SELECT entity, {self._speaker("entity")} AS actor FROM (SELECT DISTINCT entity FROM drafted)),
            spoken AS (
                SELECT actor, standard, weight, min(rank) AS rank, group_concat(entity) AS entities
                  FROM drafted JOIN speaker USING (entity) GROUP BY actor, standard)
        """

    def _speaker(self, entity: str) -> str:
        """The group that an organisation is part of in the view, else itself. Few are part of any in whatever view."""
        return f"""
            CASE WHEN (SELECT speaks_for FROM node WHERE key = {entity}) IS NULL THEN {entity} ELSE coalesce((
                SELECT g.key FROM statement p JOIN node g ON g.key = p.object
                 WHERE p.subject = {entity} AND p.type = {self._part_of} AND {self._shown("p")} AND g.is_group = 1
                 ORDER BY p.qualifier = 'joint_venture', g.id LIMIT 1), {entity}) END
        """

    def _shown(self, alias: str) -> str:
        return rows.shown_in(self._view, self._hidden, alias)

    def _keys(self, ids: Sequence[str]) -> dict[str, int]:
        return {
            id_: key
            for part in rows.parts(rows.askable(ids))
            for id_, key in self._db.execute(
                f"SELECT id, coalesce(into_key, key) FROM node WHERE id IN ({rows.marks(part)})", part
            )
        }

    def _ids(self, keys: Iterable[int]) -> dict[int, str]:
        return {
            key: id_
            for part in rows.parts(keys)
            for key, id_ in self._db.execute(f"SELECT key, id FROM node WHERE key IN ({rows.marks(part)})", part)
        }


def _latest(newest: Mapping[int, tuple[str, str | None]], standards: str) -> str | None:
    dates = [date for key in standards.split(",") if (date := newest[int(key)][1]) is not None]
    return max(dates, default=None)


def _named(newest: Mapping[int, tuple[str, str | None]], standards: str) -> tuple[str, ...]:
    keys: set[int] = {int(key) for key in standards.split(",")}
    found: list[Row] = [(newest[key][1] or "", newest[key][0]) for key in keys]
    found.sort(key=lambda one: one[1])
    found.sort(key=lambda one: one[0], reverse=True)
    return tuple(id_ for _, id_ in found[:NEWEST_FEW])
