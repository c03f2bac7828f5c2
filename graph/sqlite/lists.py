"""The drafting lists of a scope as compact rows: which standard, when, whose, under whom and in which fields.

A list comes out of the index as one row. Groups speak for their entities here, so that who reads the rows counts each actor once; joint
ventures, which belong to several, stand for themselves.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from graph.model import View
from graph.sqlite import rows
from graph.sqlite.drafting import Drafting
from graph.sqlite.rows import Terms
from graph.sqlite.tables import NO_RANK
from graph.store import DraftingList, DraftingLists

_ICS, _CCS = "field:ics-", "field:ccs-"


class Lists(Drafting):
    """Reads the drafting lists of scopes in one view."""

    def __init__(self, connection: sqlite3.Connection, terms: Terms, view: View) -> None:
        super().__init__(connection, terms, view, half_life=1.0)

    def of(
        self, committees: Sequence[str], fields: Sequence[str], standards: Sequence[str], limit: int
    ) -> DraftingLists:
        """See `graph.store.Store.drafting_lists`."""
        charged, classed = self._terms.number("IN_CHARGE_OF"), self._terms.number("CLASSIFIED_AS")
        scope = f"""
            SELECT s.object AS standard FROM statement s
             WHERE s.subject IN {rows.GIVEN} AND s.type = {charged} AND {self._shown("s")}
             UNION SELECT s.subject FROM statement s
             WHERE s.object IN {rows.GIVEN} AND s.type = {classed} AND {self._shown("s")}
             UNION SELECT value FROM json_each(?)
        """
        keys = (self._keys(committees).values(), self._with_those_below(fields), self._keys(standards).values())
        newest, total = self._newest(scope, [rows.given(each) for each in keys], limit)
        lists = self._ranks(newest)
        speaker = self._speakers({entity for listed in lists.values() for entity in listed})
        in_charge = self._gathered(newest, "object", "subject", charged)
        classes = self._gathered(newest, "subject", "object", classed)
        kinds = dict(
            self._db.execute(
                f"SELECT key, json_extract(properties, '$.kind') FROM node WHERE key IN {rows.GIVEN}",
                (rows.given(newest),),
            ).fetchall()
        )
        named = {speaker.get(entity, entity) for listed in lists.values() for entity in listed}
        ids = self._ids({*named, *(key for found in (*in_charge.values(), *classes.values()) for key in found)})
        return DraftingLists(
            tuple(
                DraftingList(
                    id_,
                    published,
                    kinds[key] or "",
                    _ranked(lists.get(key, {}), speaker, ids),
                    tuple(sorted(ids[one] for one in in_charge.get(key, ()))),
                    tuple(sorted(ids[one] for one in classes.get(key, ()))),
                )
                for key, (id_, published) in newest.items()
            ),
            total,
            total > len(newest),
        )

    def _speaker(self, entity: str) -> str:
        """The group of which an organisation is an entity in the view, else itself: a joint venture stands for itself."""
        return f"""
            coalesce((
                SELECT g.key FROM statement p JOIN node g ON g.key = p.object
                 WHERE p.subject = {entity} AND p.type = {self._part_of} AND {self._shown("p")} AND g.is_group = 1
                   AND p.qualifier IN ('entity', '')
                 ORDER BY g.id LIMIT 1), {entity})
        """

    def _gathered(self, standards: Iterable[int], near: str, far: str, kind: int) -> dict[int, set[int]]:
        """For each of these standards the far ends of its statements of a type."""
        found = self._db.execute(
            f"""
            SELECT s.{near}, group_concat(s.{far}) FROM statement s
             WHERE s.{near} IN {rows.GIVEN} AND s.type = {kind} AND {self._shown("s")} GROUP BY s.{near}
            """,
            (rows.given(standards),),
        )
        return {key: set(map(int, ends.split(","))) for key, ends in found}

    def _with_those_below(self, fields: Sequence[str]) -> list[int]:
        """The keys of fields; with a class of ICS all that its code begins, with a letter of CCS all of that letter."""
        found: dict[int, None] = {}
        for field in rows.askable(fields):
            low, high = field, field
            if field.startswith(_ICS):
                low, high = f"{field}-", f"{field}."
            elif field.startswith(_CCS) and len(field) == len(_CCS) + 1:
                high = f"{field}~"
            for (key,) in self._db.execute(
                "SELECT coalesce(into_key, key) FROM node WHERE id = ? OR (id > ? AND id < ?)", (field, low, high)
            ):
                found[key] = None
        return list(found)


def _ranked(
    listed: Mapping[int, int], speaker: Mapping[int, int], ids: Mapping[int, str]
) -> tuple[tuple[str, int | None], ...]:
    """Those on a list with the foremost rank of each, in order of rank and id; None where the list has no order."""
    first: dict[int, int] = {}
    for entity, rank in listed.items():
        actor = speaker.get(entity, entity)
        first[actor] = min(rank, first.get(actor, rank))
    order = sorted((rank, ids[actor]) for actor, rank in first.items())
    return tuple((id_, None if rank >= NO_RANK else rank) for rank, id_ in order)
