"""Which tables lie under the given paths, which mapping says what each means, and the first pass over them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import MappingError, TableError
from graph.names import column_of_people
from loaders.directory import Directory
from loaders.documents import FILE_NAME, Documents
from loaders.kinds import tells_a_kind
from loaders.mapping import ROW_KEYS, Mapping, read_mapping
from loaders.refusals import Refusal, Refused
from loaders.rows import RowReader, content_hash
from loaders.tables import SUFFIXES, Row, Table
from loaders.values import Value

__all__ = ["Opened", "Source", "open_tables"]

_SAMPLE = 60
_PEOPLE = re.compile(
    r"姓名|起草人|联系人|负责人"
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
        for row in self.table.rows():
            if self.people and isinstance(row, Row):
                yield Row(row.line, {k: v for k, v in row.values.items() if k not in self.people})
            else:
                yield row

    def record_of(self, row: Row) -> str:
        """The row's record, told apart by content where several rows of the table claim the same. Raises `Refused`."""
        record = self.reader.record_of(row)
        return f"{record}~{content_hash(row.values)}" if hash(record) in self.duplicates else record

    def first_pass(self) -> None:
        """Claim names, and find out which records, columns and values need care. Raises `TableError`, `MappingError`."""
        mapped = self.mapping.columns()
        watched = mapped - set(self.mapping.ignore) - set(ROW_KEYS)
        seen: set[int] = set()
        columns: dict[str, None] = {}
        samples: dict[str, list[str]] = {}
        for row in self.table.rows():
            if isinstance(row, Refusal):
                continue
            for column, value in row.values.items():
                columns.setdefault(column)
                if column in watched and not self.shipped:  # what ships is looked through by the tests
                    _sample(samples.setdefault(column, []), value)
            try:
                if self.mapping.record:
                    record = hash(self.reader.record_of(row))
                    (self.duplicates if record in seen else seen).add(record)
                if self.reader.left_out(row) is None:
                    self.reader.claim(row)
            except Refused:
                continue  # the second pass refuses it, for the same reason, with its place
        self.people = frozenset(column for column, sample in samples.items() if _holds_people(column, sample))
        self.unused = tuple(column for column in columns if column not in mapped)
        if self.shipped and self.unused:
            listed = ", ".join(self.unused)
            raise MappingError(
                f"{self.file}: columns that the mapping neither uses nor ignores: {listed}", field="mapping"
            )


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


def open_tables(paths: Sequence[Path], mapping: Path | None, shipped: Path, directory: Directory) -> Opened:
    """Find the tables and their mappings. Raises `TableError` and `MappingError` where there is nothing to load.

    Of several tables those without a mapping are refused and the others opened. `shipped` is the project's own folder, whose
    tables must be complete, and whose list of documents holds for all.
    """
    tables, lists = _found(paths)
    given = read_mapping(mapping) if mapping is not None else None
    sources: list[Source] = []
    refusals: list[Refusal] = []
    for path in tables:
        ours = path.resolve().is_relative_to(shipped.resolve())
        table = Table(path, name=path.name if ours else "")
        try:
            chosen = given or _beside(path)
        except MappingError as error:
            if len(tables) == 1 or ours:
                raise
            refusals.append(Refusal(table.name, 0, "", str(error)))
            continue
        prefix = "" if chosen.dataset == path.stem.lower().replace(" ", "-") else f"{path.stem}/"
        document = f"{chosen.title or chosen.dataset} ({path.name})"
        sources.append(Source(table, chosen, RowReader(chosen, directory, document, prefix, ours), ours))
    if not sources:
        raise MappingError("; ".join(refusal.reason for refusal in refusals), field="mapping")
    everywhere = [shipped / FILE_NAME] if (shipped / FILE_NAME).is_file() else []
    documents = Documents.read([*everywhere, *lists])
    return Opened(tuple(sources), tuple(refusals), _partial(sources), documents, directory)


def _partial(sources: Sequence[Source]) -> frozenset[str]:
    """Datasets of which a mapping beside these tables tells that another table belongs to them, too."""
    opened = {source.table.path.with_suffix(".toml").resolve() for source in sources}
    beside = {path.resolve() for folder in {p.parent for p in opened} for path in folder.glob("*.toml")} - opened
    here = {source.mapping.dataset for source in sources}
    found: set[str] = set()
    for path in beside if here else ():
        try:
            found.add(str(tomllib.loads(path.read_text("utf-8")).get("dataset", "")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            continue  # whatever it is, it is not the mapping of a table that was loaded with these
    return frozenset(found & here)


def _beside(table: Path) -> Mapping:
    beside = table.with_suffix(".toml")
    if not beside.is_file():
        raise MappingError(
            f"{table}: no mapping says what its rows mean; write {beside.name} beside it, or give one with --mapping",
            field="mapping",
        )
    return read_mapping(beside)


def _found(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The tables and lists of documents under these paths, each once, in order of their names."""
    tables: dict[Path, Path] = {}
    lists: dict[Path, Path] = {}
    for path in paths:
        try:
            inside = _inside(path)
            if path.is_file() and (listed := path.parent / FILE_NAME).is_file():
                lists.setdefault(listed.resolve(), listed)
        except OSError as error:
            raise TableError(f"{path}: cannot be read ({error.strerror or error})", field="path") from None
        for found in inside:
            (lists if found.name == FILE_NAME else tables).setdefault(found.resolve(), found)
    if not tables:
        raise TableError(f"{', '.join(map(str, paths)) or 'no path'}: there is no table to load", field="path")
    return sorted(tables.values()), sorted(lists.values())


def _inside(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise TableError(f"{path}: no such file or folder", field="path")
    inside = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and p.is_file())
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
