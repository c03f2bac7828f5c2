"""How many standards of a scope adopt another, by year of publication.

Nothing of this is kept; it is computed when asked. Which standards adopt comes out of the index once for all of the scope, and years
are added up here.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence

from graph import schema
from graph.model import View
from graph.sqlite import rows
from graph.sqlite.reading import private_datasets
from graph.sqlite.rows import Terms
from graph.store import Adoption, AdoptionYear

STANDARDS = 60_000
"""The newest standards of a scope that are counted: more than there are national ones."""


def adoption(
    connection: sqlite3.Connection, terms: Terms, scope: Sequence[str], view: View, kind: str, limit: int
) -> Adoption:
    """See `graph.store.Store.adoption`."""
    hidden = () if view.private else private_datasets(connection)
    shown = rows.shown_in(view, hidden, "s")
    listed, charged, classed = (terms.number(name) for name in ("DRAFTED", "IN_CHARGE_OF", "CLASSIFIED_AS"))
    asked = rows.given(rows.keys_of(connection, scope).values())
    found = connection.execute(
        f"""
        SELECT n.key, n.id, n.published FROM (
            SELECT s.object AS standard FROM statement s
             WHERE s.subject IN {rows.GIVEN} AND s.type IN ({listed}, {charged}) AND {shown}
             UNION SELECT s.subject FROM statement s WHERE s.object IN {rows.GIVEN} AND s.type = {classed} AND {shown}
        ) JOIN node n ON n.key = standard
         WHERE json_extract(n.properties, '$.kind') = ?
           AND coalesce(json_extract(n.properties, '$.status'), '') <> 'project'
           AND (n.published IS NULL OR n.published <= ?)
         ORDER BY n.published IS NULL, n.published DESC, n.id
        """,
        (asked, asked, kind, view.as_of.isoformat()),
    ).fetchall()
    dated = [row for row in found if row[2] is not None]
    newest = dated[:STANDARDS]
    closest = dict(
        connection.execute(
            f"""
            SELECT s.subject, min(CASE json_extract(s.properties, '$.degree') {_places()} ELSE {len(_DEGREES)} END)
              FROM statement s
             WHERE s.subject IN {rows.GIVEN} AND s.type = {terms.number("ADOPTS")} AND {shown} GROUP BY s.subject
            """,
            (rows.given(key for key, _, _ in newest),),
        ).fetchall()
    )
    years: dict[int, list[tuple[int, str]]] = {}
    for key, id_, published in newest:
        years.setdefault(int(published[:4]), []).append((key, id_))
    return Adoption(
        years=tuple(_year(year, standards, closest, limit) for year, standards in years.items()),
        undated=len(found) - len(dated),
        total=len(dated),
        bounded=len(newest) < len(dated),
    )


def _year(year: int, standards: Sequence[tuple[int, str]], closest: dict[int, int], limit: int) -> AdoptionYear:
    degrees = Counter(closest[key] for key, _ in standards if key in closest)
    names = (*_DEGREES, "unknown")
    return AdoptionYear(
        year,
        len(standards),
        {names[place]: n for place, n in sorted(degrees.items())},
        tuple(id_ for key, id_ in standards if key in closest)[:limit],
        tuple(id_ for key, id_ in standards if key not in closest)[:limit],
    )


_DEGREES = tuple(degree for degree in schema.PROPERTIES["degree"].values if degree != "unknown")
"""The degrees of adoption from the closest."""


def _places() -> str:
    return " ".join(f"WHEN '{degree}' THEN {place}" for place, degree in enumerate(_DEGREES))
