"""Lists as a team would keep them: committees, associations, and who is a member of which; each with its mapping."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.generated.names import association
from benchmarks.generated.rows import association_code
from benchmarks.generated.system import FIELDS, System

_COMMON = """dataset = "simulated-{stem}"
title = "{title} (simulated)"
licence = "none needed: invented"
publisher = "generated for measurement"
record = "record"

[provenance]
source = {{ text = "generated for measurement" }}
as_of = {{ text = "2025-01-01" }}
confidence = {{ text = "high" }}
basis = {{ text = "page" }}
"""

_COMMITTEES = """
[[node]]
as = "committee"
ref = { committee = "code" }
[node.properties]
name_zh = "name"
level = { text = "national" }

[[node.names]]
kind = "zh"
value = "name"

[[statement]]
type = "HOSTS_SECRETARIAT"
subject = { organisation = "secretariat" }
object = "committee"

[[statement]]
type = "OVERSEES"
subject = { organisation = "guided_by", label = "Agency" }
object = "committee"
qualifier = { text = "guides" }

[[statement]]
type = "MIRRORS"
subject = "committee"
object = { committee = "mirror" }
when = "mirror"

[[statement]]
type = "PART_OF"
subject = "committee"
object = { committee = "parent" }
qualifier = { text = "subcommittee" }
when = "parent"
"""

_ASSOCIATIONS = """
[[node]]
as = "association"
ref = { organisation = "name", label = "Association" }
[node.properties]
name_zh = "name"
code = "code"

[[statement]]
type = "OVERSEES"
subject = { organisation = "supervised_by", label = "Agency" }
object = "association"
qualifier = { text = "supervises" }
"""

_MEMBERS = """
[[statement]]
type = "MEMBER_OF"
subject = {{ organisation = "organisation" }}
object = {{ {reference} }}
qualifier = "role"
properties = {{ seats = "seats" }}
since = "since"
"""

_LEADING = ("chair", "vice_chair", "vice_chair", "secretary_general")


def write(system: System, folder: Path) -> None:
    """Write the four tables and their mappings into the folder."""
    of_a_committee = _MEMBERS.format(reference='committee = "committee"')
    of_an_association = _MEMBERS.format(reference='organisation = "association", label = "Association"')
    for stem, title, mapping, columns, rows in (
        ("committees", "Committees", _COMMITTEES, "code name secretariat guided_by mirror parent", _committees(system)),
        ("associations", "Associations", _ASSOCIATIONS, "name code supervised_by", _associations(system)),
        ("committee-members", "Members of committees", of_a_committee, "committee organisation role seats since", _seats(system)),
        ("association-members", "Members of associations", of_an_association, "association organisation role seats since",
         _memberships(system)),
    ):  # fmt: skip
        _table(folder / f"{stem}.csv", ("record", *columns.split()), rows)
        (folder / f"{stem}.toml").write_text(_COMMON.format(stem=stem, title=title) + mapping, "utf-8")


def _table(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows((number, *row) for number, row in enumerate(rows, start=1))


def _committees(system: System) -> Iterator[tuple[object, ...]]:
    for n in range(system.sizes.committees):
        it = system.committee(n)
        secretariat = system.organisation(n // FIELDS * FIELDS * 7 + it.field)
        mirror = f"ISO/TC {it.code.removeprefix('TC')}" if not it.parent and n % 2 == 0 else ""
        yield it.code, it.name, secretariat, it.agency, mirror, it.parent


def _associations(system: System) -> Iterator[tuple[object, ...]]:
    for n in range(system.sizes.associations):
        yield association(n), association_code(n), system.industries[n % len(system.industries)][1]


def _seats(system: System) -> Iterator[tuple[object, ...]]:
    """Members of committees: the first ones lead."""
    sizes = system.sizes
    each, more = divmod(sizes.committee_members, sizes.committees)
    for n in range(sizes.committees):
        committee = system.committee(n)
        for place, rank in enumerate(system.several(committee.field, each + (n < more))):
            role = _LEADING[place] if place < len(_LEADING) else "member"
            yield committee.code, system.organisation(rank), role, 1 + (place % 7 == 0), _year(n)


def _memberships(system: System) -> Iterator[tuple[object, ...]]:
    """Members of associations."""
    sizes = system.sizes
    each, more = divmod(sizes.association_members, sizes.associations)
    for n in range(sizes.associations):
        for place, rank in enumerate(system.several(n % FIELDS, each + (n < more))):
            role = "vice_chair" if place < 3 else "member"
            yield association(n), system.organisation(rank), role, "", _year(n + place)


def _year(number: int) -> str:
    return str(2015 + number % 10)
