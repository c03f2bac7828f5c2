"""What a person judged of two organisations: one record a pair, kept as a fact, and shared as a CSV file.

A judgement names both organisations by id and by the name they had, the verdict, the *role* of who judged (never a person), and the
day. Of a pair judged ``parent``, the first is the parent; of one judged ``same``, the first leads to the second from then on.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from graph.dates import last_day
from graph.errors import DateError, InputError, TableError
from graph.model import Basis, Confidence, Dataset, Document, Provenance, Statement
from graph.names import looks_personal, may_name_somebody, name_key
from graph.names.judgement import Verdict
from graph.validation import clean

__all__ = [
    "COLUMNS",
    "DATASET",
    "VERDICTS",
    "JudgedPair",
    "RefusedLine",
    "checked_role",
    "read_file",
    "read_statement",
    "statements_of",
    "written",
]

VERDICTS: tuple[Verdict, ...] = ("same", "different", "parent", "unsure")
COLUMNS = ("id_a", "name_a", "id_b", "name_b", "verdict", "role", "date", "note")

DATASET = Dataset(
    "judgements",
    "Judgements on the identity of organisations",
    licence="your own",
    publisher="the users of this store",
)
"""Public, since what follows from a judgement (one node in the place of two) is seen by everybody: so its ground is, too."""

DOCUMENT = Document("doc:judgements", "Judgements on the identity of organisations, made with `standards-graph review`")

LONGEST_ROLE = 80
LONGEST_NOTE = 500
LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of a file of judgements that is read."""

_QUALIFIERS = {"same": "same_as", "different": "different_from", "parent": "parent_of", "unsure": "unsure_of"}
_VERDICT_OF: dict[str, Verdict] = {_QUALIFIERS[verdict]: verdict for verdict in VERDICTS}
_BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A judgement: `a` and `b` by id, the names they had, the verdict, the role of who judged, the day, and a note.

    `line` is where it stands in the file that it was read from, 0 for none.
    """

    a: str
    name_a: str
    b: str
    name_b: str
    verdict: Verdict
    role: str
    on: str
    note: str = ""
    line: int = field(default=0, compare=False)

    @property
    def pair(self) -> frozenset[str]:
        """The two ids, whichever comes first."""
        return frozenset((self.a, self.b))

    @property
    def record(self) -> str:
        """The record under which it is kept: both ids, as they were judged."""
        return f"{self.a}{_BETWEEN}{self.b}"

    def says_as(self, other: JudgedPair) -> bool:
        """Whether two judgements on one pair say the same of it: of a parent, which of the two it is matters."""
        return self.verdict == other.verdict and (self.verdict != "parent" or self.a == other.a)


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line of a file of judgements that cannot be taken, and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


def checked_role(text: str) -> str:
    """The role of who judges, cleaned. Raises InputError for none, for a long one, and for what looks like a person's name.

    >>> checked_role(" government affairs ")
    'government affairs'
    >>> checked_role("Zhang Wei")
    Traceback (most recent call last):
    ...
    graph.errors.InputError: this looks like the name of a person, which is never kept; write a role, such as "government affairs"
    """
    role = " ".join(clean(text).split())
    if not name_key(role):
        raise InputError(
            'say in which role you judge, such as "government affairs"; names of people are not kept', field="role"
        )
    if len(role) > LONGEST_ROLE:
        raise InputError(f"a role has at most {LONGEST_ROLE} characters, not {len(role)}", field="role")
    if may_name_somebody(role):
        raise InputError(
            'this looks like the name of a person, which is never kept; write a role, such as "government affairs"',
            field="role",
        )
    return role


# -- as statements -----------------------------------------------------------------------------------------------------


def statements_of(judged: JudgedPair, part_of: tuple[str, str] | None = None) -> tuple[Statement, ...]:
    """The statements of a judgement; `part_of` is the type and qualifier by which a unit is said to belong to its parent."""
    provenance = Provenance(
        DATASET.id, judged.record, DOCUMENT.id, f"judged by {judged.role}", judged.on, Confidence.HIGH, Basis.USER
    )
    properties = {"judged_by": judged.role, "as_printed": judged.name_a}
    if judged.note:
        properties["note"] = judged.note
    said = Statement(
        judged.a,
        "JUDGED",
        provenance,
        value=judged.name_b,
        qualifier=_QUALIFIERS[judged.verdict],
        properties=properties,
    )
    if judged.verdict != "parent" or part_of is None:
        return (said,)
    kind, qualifier = part_of
    return said, Statement(judged.b, kind, provenance, object=judged.a, qualifier=qualifier)


def read_statement(said: Statement) -> JudgedPair | None:
    """The judgement that a statement holds; None for a statement that follows from one."""
    a, between, b = said.provenance.record.partition(_BETWEEN)
    if said.type != "JUDGED" or not between:
        return None
    return JudgedPair(
        a=a,
        name_a=str(said.properties.get("as_printed", "")),
        b=b,
        name_b=str(said.value),
        verdict=_VERDICT_OF[said.qualifier],
        role=str(said.properties.get("judged_by", "")),
        on=said.provenance.observed_on or "",
        note=str(said.properties.get("note", "")),
    )


# -- as a file -----------------------------------------------------------------------------------------------------------


def written(judgements: Iterable[JudgedPair]) -> str:
    """Judgements as CSV, in order of their ids, so that two exports can be compared line by line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in sorted(judgements, key=lambda one: (one.a, one.b)):
        writer.writerow((one.a, one.name_a, one.b, one.name_b, one.verdict, one.role, one.on, one.note))
    return out.getvalue()


def read_file(name: str, data: bytes) -> Iterator[JudgedPair | RefusedLine]:
    """The judgements of a CSV file line by line; a line that cannot be taken is given with its reason.

    Raises TableError for a file that is no table of judgements.
    """
    if len(data) > LARGEST_FILE:
        raise TableError(f"{name}: is larger than {LARGEST_FILE // 1024 // 1024} MiB", field="file")
    try:
        rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        heads = [head.strip().lower() for head in next(rows, [])]
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{name}: is no CSV in UTF-8: {error}", field="file") from None
    missing = [column for column in COLUMNS[:7] if column not in heads]
    if missing:
        columns = ", ".join(COLUMNS)
        raise TableError(
            f"{name}:1: is no table of judgements: it has no column {', '.join(missing)} (the columns are {columns})",
            field="file",
        )
    places = [heads.index(column) if column in heads else -1 for column in COLUMNS]
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield RefusedLine(name, rows.line_num, f"no line of CSV: {error}")
            return
        if any(cell.strip() for cell in row):
            yield _line(name, rows.line_num, row, places)


def _line(name: str, line: int, row: Sequence[str], places: Sequence[int]) -> JudgedPair | RefusedLine:
    cells = [" ".join(clean(row[place]).split()) if 0 <= place < len(row) else "" for place in places]
    id_a, name_a, id_b, name_b, verdict, role, on, note = cells
    if not (id_a or name_a) or not (id_b or name_b):
        return RefusedLine(name, line, "names no two organisations")
    if verdict not in VERDICTS:
        return RefusedLine(name, line, f"the verdict is one of {', '.join(VERDICTS)}, not {verdict[:40]!r}")
    for given in (name_a, name_b):
        if looks_personal(given):
            return RefusedLine(name, line, "a name of a person in the place of an organisation's")
    try:
        role, day = checked_role(role), last_day(on, field="date")
    except (DateError, InputError) as error:
        return RefusedLine(name, line, str(error) if not isinstance(error, DateError) else f"no date: {on[:40]!r}")
    return JudgedPair(
        id_a, name_a, id_b, name_b, VERDICTS[VERDICTS.index(verdict)], role, day, note[:LONGEST_NOTE], line
    )
