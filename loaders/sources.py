"""Which tables lie under the given paths, which mapping says what each means, and the first pass over them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import MappingError, TableError
from graph.names import column_of_people
from loaders.directory import Directory
from loaders.documents import Documents
from loaders.kinds import tells_a_kind
from loaders.mapping import ROW_KEYS, Mapping, nearest, read_mapping
from loaders.refusals import Refusal, Refused, shown
from loaders.rows import RowReader, content_hash
from loaders.tables import DOCUMENTS, SUFFIXES, Row, Table, is_table
from loaders.values import Value

__all__ = ["Opened", "Packed", "Source", "open_tables"]

_SAMPLE = 60
_NOT_TABLES = (".", "~$")
"""How the names of files begin that office programs leave beside tables."""

_PEOPLE = re.compile(
    r"姓名|起草人|联系人|联络人|经办人|负责人|^contacts?$"
    r"|\b(?:drafters?|persons?|people|contact[ _]?(?:person|name)|(?:first|last|full)[ _]?name|surname|experts?)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Source:
    """A table with its mapping, and what the first pass finds out about it.

    `duplicates` are the records that several rows claim, `unused` the columns that the mapping does not mention, `people` those
    that hold names of people and are never read.
    """

    table: Table
    mapping: Mapping
    reader: RowReader
    shipped: bool
    duplicates: set[int] = field(default_factory=set)
    unused: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()

    @property
    def file(self) -> str:
        """How refusals name the table."""
        return self.table.name

    def rows(self) -> Iterator[Row | Refusal]:
        """The rows without columns that hold names of people."""
        for row in self._read():
            if self.people and isinstance(row, Row):
                yield Row(row.line, {k: v for k, v in row.values.items() if k not in self.people})
            else:
                yield row

    def _read(self) -> Iterator[Row | Refusal]:
        return self.table.rows(sheet=self.mapping.sheet, header=self.mapping.header)

    def record_of(self, row: Row) -> str:
        """The row's record, told apart by content where several rows of the table claim the same. Raises `Refused`."""
        record = self.reader.record_of(row)
        return f"{record}~{content_hash(row.values)}" if hash(record) in self.duplicates else record

    def first_pass(self) -> None:
        """Claim names, and find out which records, columns and values need care. Raises `TableError`, `MappingError`."""
        mapped = self.mapping.columns()
        unwatched = {*self.mapping.ignore, *ROW_KEYS, *self.mapping.worded()}
        seen: set[int] = set()
        columns: dict[str, None] = {}
        samples: dict[str, list[str]] = {}
        for row in self._read():
            if isinstance(row, Refusal):
                continue
            for column, value in row.values.items():
                columns.setdefault(column)
                if not self.shipped and column not in unwatched:  # what ships is looked through by the tests
                    _sample(samples.setdefault(column, []), value)
            try:
                if self.mapping.record:
                    record = hash(self.reader.record_of(row))
                    (self.duplicates if record in seen else seen).add(record)
                if self.reader.left_out(row) is None:
                    self.reader.claim(row)
            except Refused:
                continue  # the second pass refuses it, for the same reason, with its place
        columns = dict.fromkeys((*self.table.header, *columns))
        self.people = frozenset(column for column, sample in samples.items() if _holds_people(column, sample))
        self.unused = tuple(column for column in columns if column not in mapped and column not in self.people)
        self._fitting(columns)

    def _fitting(self, columns: Collection[str]) -> None:
        """Whether table and mapping speak of the same columns. Raises `MappingError` where one must be a slip of the other."""
        if self.shipped and self.unused:
            listed = ", ".join(self.unused)
            raise MappingError(
                f"{self.file}: columns that the mapping neither uses nor ignores: {listed}", field="mapping"
            )
        if self.shipped or not columns:
            return
        lacking = self.mapping.lacking(columns)
        for column, part in lacking.items():
            if near := nearest(column, self.unused):
                raise MappingError(
                    f"{self.file}: {part} of the mapping reads a column {shown(column)}, which the table lacks; did you mean "
                    f"{shown(near)}? If not, put {shown(near)} under [ignore]",
                    field="mapping",
                )
        if self.mapping.says_nothing(columns):
            place = f"line {self.table.header_line} names" if self.table.header else "its columns are"
            raise MappingError(
                f"{self.file}: has none of the columns that the mapping needs, such as {shown(next(iter(lacking)))}; {place} "
                f"{', '.join(map(shown, list(columns)[:8]))}. If another line names the columns, say `header = N` in the mapping",
                field="mapping",
            )
        if lacking and self.table.header:
            self.table.note(f"columns that the mapping reads and the table lacks: {', '.join(lacking)}")


@dataclass(frozen=True, slots=True)
class Opened:
    """The tables that were found, a refusal for each that has no usable mapping, and the documents they may cite.

    `partial` names datasets to which other tables beside these belong.
    """

    sources: tuple[Source, ...]
    refusals: tuple[Refusal, ...]
    partial: frozenset[str]
    documents: Documents
    directory: Directory


@dataclass(frozen=True, slots=True)
class Packed:
    """A table that lies in an archive, and the mapping beside it there (None where there is none)."""

    table: Table
    mapping: Mapping | None


def open_tables(
    paths: Sequence[Path],
    mapping: Path | None,
    shipped: Path,
    directory: Directory,
    *,
    packed: Sequence[Packed] = (),
) -> Opened:
    """Find the tables and their mappings. Raises `TableError` and `MappingError` where there is nothing to load.

    Of several tables those without a mapping are refused and the others opened. `shipped` is the project's own folder, whose
    tables must be complete, and whose list of documents holds for all.
    """
    tables, lists = _found(paths) if paths or not packed else ([], [])
    given = read_mapping(mapping) if mapping is not None else None
    sources: list[Source] = []
    refusals: list[Refusal] = []
    beside: set[Path] = set()
    for path in tables:
        ours = path.resolve().is_relative_to(shipped.resolve())
        table = Table.at(path, name=path.name if ours else "")
        try:
            sources.append(_source(table, given or _beside(path, table), directory, shipped=ours))
            beside.add(_mapping_of(path, table).resolve())
        except MappingError as error:
            if (len(tables) == 1 and not packed) or ours:
                raise
            refusals.append(Refusal(table.name, 0, "", str(error)))
    for found in packed:
        if (chosen := given or found.mapping) is None:
            refusals.append(Refusal(found.table.name, 0, "", _no_mapping(found.table)))
        else:
            sources.append(_source(found.table, chosen, directory, shipped=False))
    if not sources:
        raise MappingError("; ".join(refusal.reason for refusal in refusals), field="mapping")
    everywhere = [shipped / DOCUMENTS] if (shipped / DOCUMENTS).is_file() else []
    documents = Documents.read([*everywhere, *lists])
    return Opened(tuple(sources), tuple(refusals), _partial(sources, beside), documents, directory)


def _source(table: Table, mapping: Mapping, directory: Directory, *, shipped: bool) -> Source:
    prefix = "" if mapping.dataset == table.stem.lower().replace(" ", "-") else f"{table.stem}/"
    document = f"{mapping.title or mapping.dataset} ({table.file})"
    return Source(table, mapping, RowReader(mapping, directory, document, prefix, shipped), shipped)


def _partial(sources: Sequence[Source], opened: Collection[Path]) -> frozenset[str]:
    """Datasets of which a mapping beside these tables tells that another table belongs to them, too."""
    beside = {path.resolve() for folder in {p.parent for p in opened} for path in folder.glob("*.toml")} - set(opened)
    here = {source.mapping.dataset for source in sources}
    found: set[str] = set()
    for path in beside if here else ():
        try:
            found.add(str(tomllib.loads(path.read_text("utf-8")).get("dataset", "")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            continue  # whatever it is, it is not the mapping of a table that was loaded with these
    return frozenset(found & here)


def _mapping_of(path: Path, table: Table) -> Path:
    return path.with_name(f"{table.stem}.toml")


def _no_mapping(table: Table) -> str:
    return f"{table.name}: no mapping says what its rows mean; write {table.stem}.toml beside it, or give one with --mapping"


def _beside(path: Path, table: Table) -> Mapping:
    beside = _mapping_of(path, table)
    if not beside.is_file():
        raise MappingError(_no_mapping(table), field="mapping")
    return read_mapping(beside)


def _found(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The tables and lists of documents under these paths, each once, in order of their names."""
    tables: dict[Path, Path] = {}
    lists: dict[Path, Path] = {}
    for path in paths:
        try:
            inside = _inside(path)
            if path.is_file() and (listed := path.parent / DOCUMENTS).is_file():
                lists.setdefault(listed.resolve(), listed)
        except OSError as error:
            raise TableError(f"{path}: cannot be read ({error.strerror or error})", field="path") from None
        for found in inside:
            (lists if found.name == DOCUMENTS else tables).setdefault(found.resolve(), found)
    if not tables:
        raise TableError(f"{', '.join(map(str, paths)) or 'no path'}: there is no table to load", field="path")
    return sorted(tables.values()), sorted(lists.values())


def _inside(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise TableError(f"{path}: no such file or folder", field="path")
    inside = sorted(
        p for p in path.iterdir() if is_table(p.name) and not p.name.startswith(_NOT_TABLES) and p.is_file()
    )
    if not inside:
        raise TableError(f"{path}: has no table in it; known are {', '.join(SUFFIXES)}", field="path")
    return inside


def _holds_people(column: str, sample: Sequence[str]) -> bool:
    """Judged by what the column holds; where it is called as if it held people, by whether it holds bodies instead."""
    if column_of_people(sample):
        return True
    if not _PEOPLE.search(column) or not any(text.strip() for text in sample):
        return False
    return sum(map(tells_a_kind, sample)) * 2 < len(sample)


def _sample(sample: list[str], value: Value) -> None:
    if len(sample) < _SAMPLE:
        listed = value if isinstance(value, list) else (value,)
        sample.extend(text[:100] for text in listed[: _SAMPLE - len(sample)] if isinstance(text, str))
