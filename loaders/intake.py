"""What a load was given, sorted: inputs of known sources as they come, tables for later, and a refusal for everything else."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from graph.errors import MappingError
from loaders.format import Format
from loaders.formats import Recognised, recognise
from loaders.inputs import Input, walk
from loaders.inputs.limits import HELD, LARGEST_TEXT, MIB
from loaders.looks import ARE_JUDGEMENTS, holds_judgements, looks_like
from loaders.refusals import Refusal, Refused
from loaders.tables import DOCUMENTS, Table, is_table

if TYPE_CHECKING:
    from loaders.sources import Packed

__all__ = ["Intake"]

_PROSE = re.compile(r"(?:readme|licen[cs]e|copying|notice|changelog|authors)(?:[._-].*)?", re.IGNORECASE)
"""Names of files about a collection, which are no part of it."""
_MAPPING = ".toml"


@dataclass(slots=True)
class Intake:
    """Walks over what was given.

    `tables` and `packed` (tables in archives) are known once the walk is over: a table is read twice, and all of them together.
    `mapping` says that everything given is a table, to be read by it. Under `shipped` lie tables only. `refuse` is told of
    what is of no use.
    """

    paths: Sequence[Path]
    formats: Sequence[Format]
    shipped: Path
    refuse: Callable[[Refusal], None]
    mapping: Path | None = None
    tables: list[Path] = field(default_factory=list)
    packed: list[Packed] = field(default_factory=list)
    _held: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    _held_size: int = 0
    _last: Format | None = None
    _given: frozenset[Path] = field(init=False)
    _ours: bool = field(init=False)

    def __post_init__(self) -> None:
        self._given = frozenset(self.paths)
        self.shipped = self.shipped.resolve()
        places = [path.resolve() for path in self.paths]
        self._ours = any(p.is_relative_to(self.shipped) or self.shipped.is_relative_to(p) for p in places)

    def sources(self) -> Iterator[tuple[Input, Recognised]]:
        """Each input of a known source, and what it was taken for. Each must be read before the next is asked for."""
        for given in walk(self.paths):
            if isinstance(given, Refusal):
                self.refuse(given)
                continue
            try:
                taken = self._taken(given)
            except Refused as refused:
                self.refuse(Refusal(given.name, 0, "", refused.reason))
                continue
            if taken is not None:
                yield given, taken
        self._match_held()

    # -- inside ----------------------------------------------------------------------------------------------------
    def _taken(self, given: Input) -> Recognised | None:
        """What the input was taken for; None for a table, or for what belongs to one. Raises `Refused` for everything else."""
        head = given.head
        if head.name == DOCUMENTS or head.name.endswith(_MAPPING) or self._is_prose(given):
            self._set_aside(given)
        elif self._is_shipped(given.path):
            self._table(given, given.path)
        elif self.mapping is None and (
            taken := recognise(head, chain((self._last,), self.formats) if self._last else self.formats)
        ):
            self._last = taken.kind  # what lies together is mostly of one kind
            return taken
        else:
            self._table(given, given.path)
        return None

    def _is_shipped(self, path: Path | None) -> bool:
        return self._ours and path is not None and path.resolve().is_relative_to(self.shipped)

    def _table(self, given: Input, path: Path | None) -> None:
        """Note a table that has a mapping. Raises `Refused` for one that has none, and for what is no table."""
        if holds_judgements(given.head):
            raise Refused(ARE_JUDGEMENTS)
        if path is None and is_table(given.head.name):
            self._hold(given)
            return
        if path is None or not is_table(path.name):
            raise Refused(looks_like(given.head))
        if self._is_shipped(path) and path.resolve().parent != self.shipped:
            return  # what explains the tables
        stem = Table.at(path).stem
        if self.mapping is None and not path.with_name(f"{stem}{_MAPPING}").is_file():
            raise Refused(_no_mapping(stem) if given.head.start else looks_like(given.head))
        self.tables.append(path)

    def _is_prose(self, given: Input) -> bool:
        return given.path not in self._given and _PROSE.fullmatch(given.head.name) is not None

    def _set_aside(self, given: Input) -> None:
        """What is no data itself: a mapping or list of documents, found by the table that it is for, and texts about the collection."""
        if given.path is None and given.head.name.endswith(_MAPPING):
            self._hold(given)
        elif given.path is None and given.head.name == DOCUMENTS:
            raise Refused("is a list of documents, which is read where it lies beside its tables; unpack the archive")
        elif given.path in self._given and given.head.name != DOCUMENTS:
            raise Refused("is a mapping; give the table that it is for, or name it with --mapping")

    def _hold(self, given: Input) -> None:
        """Keep a table or mapping of an archive until all of the archive has been seen."""
        data = given.read(LARGEST_TEXT)
        self._held_size += len(data)
        if self._held_size > HELD:
            raise Refused(f"the tables in these archives are larger than {HELD // MIB} MiB together; unpack them first")
        self._held[given.name] = (given.head.name, data)

    def _match_held(self) -> None:
        if not self._held:
            return
        from loaders.mapping import parse_mapping
        from loaders.sources import Packed

        for name, (file, data) in self._held.items():
            if file.endswith(_MAPPING):
                continue
            table = Table(name, _opener(data), file=file)
            mapping = f"{name[: max(name.rfind('/') + 1, name.rfind(': ') + 2)]}{table.stem}{_MAPPING}"
            try:
                if mapping in self._held:
                    found = parse_mapping(self._held[mapping][1], mapping, stem=table.stem)
                elif self.mapping is None:
                    self.refuse(Refusal(name, 0, "", _no_mapping(table.stem)))
                    continue
                else:
                    found = None
            except MappingError as error:
                self.refuse(Refusal(name, 0, "", str(error)))
                continue
            self.packed.append(Packed(table, found))
        self._held.clear()


def _no_mapping(stem: str) -> str:
    return f"no mapping says what its rows mean; write {stem}{_MAPPING} beside it, or give one with --mapping"


def _opener(data: bytes) -> Callable[[], BinaryIO]:
    return lambda: io.BytesIO(data)
