"""What overlaps with a field: other committees and association standards in the same classes of ICS and CCS.

Rule. The classes are those of the standards in scope, the most frequent first; of a class that was asked about that class with those below
it. A committee overlaps that is in charge of standards there and is none of those asked about; where no committee was asked about,
each that shares a class with another. Association standards overlap that are classified there. General classes of CCS (A00, L09) are left
out, for they hold all sorts. That two stand in one class is a reason to look, not a finding of conflict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Node, View
from graph.store import DraftingList, Store

CLASSES = 8
"""Classes of the scope that are looked into at most."""

STANDARDS = 1_000
"""Standards of these classes that are looked through, the newest."""

_CCS = "field:ccs-"
_CLASS = ("field:ics-", _CCS)
_GENERAL = ("00", "09")
"""How codes of CCS end for standards of a branch in general."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A committee with its standards in the classes, or an association standard (then `standards` is itself)."""

    role: str
    id: str
    classes: tuple[str, ...]
    standards: tuple[str, ...]
    published: str | None


def overlaps(
    store: Store, scope: Sequence[DraftingList], about: Node | None, own: Sequence[str], view: View, *, limit: int
) -> tuple[Overlap, ...]:
    """Committees with most standards there, then association standards, the newest; `limit` of each; `own` were asked about."""
    looked = classes(scope)
    if about is not None and about.id.startswith(_CLASS):
        looked = tuple(field for field in looked if field.startswith(about.id))
    whole = about is not None and about.id.startswith(_CLASS)
    rows = scope if whole else ()
    if looked and not whole:
        rows = store.drafting_lists(view, fields=looked, limit=STANDARDS).lists
    found = {row.standard: row for row in (*rows, *(row for row in scope if not own))}
    wanted = set(looked)
    if not own:
        wanted = _disputed(tuple(found.values()), wanted)
    charge: dict[str, list[DraftingList]] = {}
    for row in found.values():
        for body in row.in_charge:
            if body.startswith("committee:") and body not in own and wanted & set(row.fields):
                charge.setdefault(body, []).append(row)
    committees = sorted(charge, key=lambda body: (-len(charge[body]), body))
    result = [
        Overlap(
            "committee", body, _shared(charge[body], wanted), tuple(row.standard for row in charge[body]),
            charge[body][0].published,
        )
        for body in committees[:limit]
    ]  # fmt: skip
    associations = sorted((row for row in found.values() if row.kind == "association"), key=lambda row: row.standard)
    associations.sort(key=lambda row: row.published or "", reverse=True)
    result += [
        Overlap("association", row.standard, _shared([row], set(looked)), (row.standard,), row.published)
        for row in associations[:limit]
        if row.in_charge == () or not set(row.in_charge) & set(own)
    ]
    return tuple(result)


def _disputed(rows: Sequence[DraftingList], wanted: set[str]) -> set[str]:
    """Those of these classes in which several committees are in charge of standards; a committee and its subcommittees are one."""
    heads: dict[str, set[str]] = {}
    for row in rows:
        for field in wanted & set(row.fields):
            heads.setdefault(field, set()).update(
                body.split("-sc-")[0] for body in row.in_charge if body.startswith("committee:")
            )
    return {field for field, found in heads.items() if len(found) > 1}


def classes(scope: Sequence[DraftingList]) -> tuple[str, ...]:
    """The classes of ICS and CCS under which the standards are, the most frequent first."""
    times = Counter(
        field
        for row in scope
        for field in row.fields
        if field.startswith(_CLASS) and not (field.startswith(_CCS) and field.endswith(_GENERAL))
    )
    return tuple(sorted(times, key=lambda field: (-times[field], field))[:CLASSES])


def _shared(rows: Sequence[DraftingList], wanted: set[str]) -> tuple[str, ...]:
    times = Counter(field for row in rows for field in row.fields if field in wanted)
    return tuple(sorted(times, key=lambda field: (-times[field], field)))
