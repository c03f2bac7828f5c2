"""The exception tree: everything this project raises on purpose.

    StandardsGraphError
    ├── InputError            what the user gave cannot be used (exit 2, HTTP 422)
    │   ├── DateError         not a date, month or year
    │   ├── CursorError       a page cursor that this server did not make
    │   ├── MappingError      a mapping file that cannot be followed
    │   └── TableError        a file of records that cannot be read at all
    ├── NotFoundError         nothing by that name or number (exit 1, HTTP 404), with the nearest candidates
    ├── AmbiguousError        several things by that name (exit 1, HTTP 409), with the candidates
    └── StoreError            the store cannot serve (exit 2, HTTP 503)
        ├── StoreMissingError     no such file or folder
        ├── StoreLockedError      another writer holds it
        ├── StoreReadOnlyError    it cannot be written here
        ├── StoreSchemaError      written by a newer version of this program
        ├── StoreDamagedError     not one of our databases, or broken
        └── WorkerError           a process that worked for a load was ended from outside

Each message names what was wrong, where, and what to do; none needs a traceback to be understood.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.model import NodeRef


class StandardsGraphError(Exception):
    """Base of all errors that are part of the interface."""


class InputError(StandardsGraphError):
    """Something the user gave cannot be used; `field` names which parameter or column it was."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class DateError(InputError):
    """Text that is not a date of the form 2019, 2019-05 or 2019-05-10."""


class CursorError(InputError):
    """A page cursor that is malformed or belongs to another list."""


class MappingError(InputError):
    """A mapping file that cannot be followed; the message names the file and the key."""


class TableError(InputError):
    """A file of records that cannot be read at all; single bad rows are refused and listed instead."""


class NotFoundError(StandardsGraphError):
    """Nothing is known under this name, number or id.

    `asked` is what the user wrote; `nearest` are the closest things on record, best first.
    """

    def __init__(self, message: str, *, asked: str = "", nearest: Sequence[NodeRef] = ()) -> None:
        super().__init__(message)
        self.asked = asked
        self.nearest = tuple(nearest)


class AmbiguousError(StandardsGraphError):
    """The name fits several things; `candidates` lists them, and nothing is picked silently."""

    def __init__(self, message: str, *, asked: str = "", candidates: Sequence[NodeRef] = ()) -> None:
        super().__init__(message)
        self.asked = asked
        self.candidates = tuple(candidates)


class StoreError(StandardsGraphError):
    """The store cannot serve the request now."""


class StoreMissingError(StoreError):
    """The file or folder of the store does not exist."""


class StoreLockedError(StoreError):
    """Another process is writing; try again when it has finished."""


class StoreReadOnlyError(StoreError):
    """The store is on a read-only file or folder, and this operation writes."""


class StoreSchemaError(StoreError):
    """The store was written by a newer version of this program."""


class StoreDamagedError(StoreError):
    """The file is not a store of this program, or it is broken."""


class WorkerError(StoreError):
    """A process that worked for a load was ended from outside; what was acknowledged is kept, running it again completes it."""
