"""Files and connections: opening a store, many readers beside one writer, and plain words for what goes wrong.

Write-ahead logging lets readers, also of other processes, go on while one process writes. Each read takes a connection
from a pool and sees one state of the store from beginning to end.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from graph.errors import (
    StoreDamagedError,
    StoreError,
    StoreLockedError,
    StoreMissingError,
    StoreReadOnlyError,
    StoreSchemaError,
)
from graph.sqlite import bulk
from graph.sqlite.tables import APPLICATION_ID, MIGRATIONS

READER_CACHE_KIB = 8_192
WRITER_CACHE_KIB = 131_072
LOG_PAGES = 8_192
"""Pages that the log may gather before they are moved into the file."""


class Files:
    """The file of a store, and the connections to it.

    Args:
        path: the database file.
        readonly: refuse to write, whatever the file allows.
        create: make the file, and its folder, where there is none.
        patience: seconds to wait for another writer before giving up.
        migrations: the scripts from version to version.

    Raises:
        StoreMissingError, StoreDamagedError, StoreSchemaError, StoreReadOnlyError: see each class.
    """

    def __init__(
        self,
        path: Path,
        *,
        readonly: bool = False,
        create: bool = False,
        patience: float = 2.0,
        migrations: Sequence[str] = MIGRATIONS,
    ) -> None:
        self.path = path
        self.readonly = readonly
        self.patience = patience
        self._migrations = tuple(migrations)
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._closed = False
        self._immutable = False
        self._find(create=create)
        with _plain_words(path):
            self._check(create=create)

    @property
    def schema_version(self) -> int:
        """The version that this program writes."""
        return len(self._migrations)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person who looks after the store should know about how it is open."""
        if self._immutable:
            return (
                "its folder cannot be written: read as it is, changes by others are not seen; nothing can be loaded into it",
            )
        if self.readonly or not _writable(self.path):
            return ("open for reading only; nothing can be loaded into it",)
        return ()

    def close(self) -> None:
        """Close every connection that is not in use; those in use close when they are given back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that reads one state of the store."""
        with _plain_words(self.path):
            connection = self._take()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                self._give_back(connection)

    @contextlib.contextmanager
    def writing(self, *, more: bool = False, bare: bool = False) -> Iterator[sqlite3.Connection]:
        """The connection that writes, with the right to do so held until the end; transactions are the caller's.

        `more` says that another write follows at once, which then moves the log into the file; `bare` that the caller knows
        when it needs the indexes that a large load left out.

        Raises:
            StoreReadOnlyError: the store was opened, or can only be opened, for reading.
            StoreLockedError: another process, or another thread of this one, is writing.
        """
        if self.readonly or self._immutable or not _writable(self.path):
            raise StoreReadOnlyError(
                f"the store {self.path} can only be read here; load into a store that can be written"
            )
        if not self._writing.acquire(timeout=self.patience):
            raise self._locked()
        try:
            with _plain_words(self.path), self._alone():
                connection = self._connect("rw")
                try:
                    connection.execute(f"PRAGMA cache_size = -{WRITER_CACHE_KIB}")
                    connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
                    connection.execute("PRAGMA journal_size_limit = 67108864")
                    connection.execute("PRAGMA threads = 2")
                    if not bare and bulk.deferred(connection):
                        with _transaction(connection):
                            bulk.restore(connection)
                    yield connection
                finally:
                    if connection.in_transaction:
                        connection.rollback()
                    # Whoever copies the file alone gets all of it; readers that are busy put this off to a later write.
                    if not more:
                        with contextlib.suppress(sqlite3.Error):
                            connection.execute("PRAGMA wal_checkpoint (TRUNCATE)")
                    connection.close()
        finally:
            self._writing.release()

    @contextlib.contextmanager
    def transaction(self, connection: sqlite3.Connection, *, derived: bool = False) -> Iterator[None]:
        """A transaction that is written as a whole or not at all, and is on the disk when it ends.

        What is `derived` from what was written, and is made again where it is missing, gets there with what is written next.
        """
        connection.execute(f"PRAGMA synchronous = {'NORMAL' if derived else 'FULL'}")
        with _transaction(connection):
            yield

    def _find(self, *, create: bool) -> None:
        if self.path.is_dir():
            raise StoreDamagedError(f"{self.path} is a folder; name the file of a store in it")
        if self.path.exists():
            return
        if not create:
            missing = "file" if self.path.parent.is_dir() else "folder"
            named = self.path if missing == "file" else self.path.parent
            raise StoreMissingError(f"there is no {missing} {named}; load something first, or name another store")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise StoreReadOnlyError(f"the folder {self.path.parent} cannot be made: {reason}") from error
        if not _writable(self.path):
            raise StoreReadOnlyError(f"no store can be made in {self.path.parent}, which cannot be written")

    def _check(self, *, create: bool) -> None:
        if not self.path.exists():
            self._found()
            return
        with contextlib.closing(self._first_look()) as connection:
            application, version = _stamp(connection)
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if (application, version, tables) == (0, 0, 0):
            # Nobody's yet: a new file, or one whose making was broken off.
            if not create:
                raise StoreDamagedError(f"{self.path} is empty and not a store; load something into it first")
            self._found()
            return
        if application != APPLICATION_ID:
            raise StoreDamagedError(f"{self.path} is not a store of standards-graph; name another file")
        if version > self.schema_version:
            raise StoreSchemaError(
                f"the store {self.path} has schema version {version}, this program knows {self.schema_version}; "
                "install a newer standards-graph"
            )
        if version < self.schema_version:
            self._bring_up_to_date(version)

    def _found(self) -> None:
        with self._alone(), contextlib.closing(self._connect("rwc")) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            with _transaction(connection):
                if _stamp(connection) == (0, 0):
                    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    self._migrate(connection, 0)

    def _bring_up_to_date(self, version: int) -> None:
        if self.readonly or self._immutable or not _writable(self.path):
            raise StoreSchemaError(
                f"the store {self.path} has schema version {version}, older than {self.schema_version}, and cannot be "
                "brought up to date where it can only be read; open it once where it can be written"
            )
        with self._alone(), contextlib.closing(self._connect("rw")) as connection, _transaction(connection):
            self._migrate(connection, _stamp(connection)[1])

    def _migrate(self, connection: sqlite3.Connection, version: int) -> None:
        for script in self._migrations[version:]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {self.schema_version}")

    def _first_look(self) -> sqlite3.Connection:
        """Open for reading; where even the log's index cannot be made beside the file, take the file as it is."""
        try:
            return self._connect("ro")
        except sqlite3.OperationalError:
            log = self.path.with_name(self.path.name + "-wal")
            if not os.access(self.path, os.R_OK) or (log.exists() and log.stat().st_size):
                raise
            self._immutable = True
            return self._connect("ro")

    def _connect(self, mode: str) -> sqlite3.Connection:
        address = f"file:{quote(str(self.path.absolute()))}?mode={mode}"
        if self._immutable:
            address += "&immutable=1"
        connection = sqlite3.connect(
            address,
            uri=True,
            timeout=self.patience,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
        )
        if mode == "ro":
            try:
                connection.execute("PRAGMA query_only = 1")
                connection.execute(f"PRAGMA cache_size = -{READER_CACHE_KIB}")
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            except sqlite3.Error:
                connection.close()
                raise
        return connection

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise StoreError(f"the store {self.path} was closed; open it again")
            if self._idle:
                return self._idle.pop()
        return self._connect("ro")

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if connection.in_transaction:
            connection.rollback()
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the right to write. A lock on a file of its own: the system lets go of it when the process dies."""
        lock = sqlite3.connect(
            self.path.with_name(self.path.name + "-writer"), timeout=self.patience, isolation_level=None
        )
        try:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                if _busy(error):
                    raise self._locked() from error
                raise
            yield
        finally:
            lock.close()

    def _locked(self) -> StoreLockedError:
        return StoreLockedError(
            f"another load is writing to {self.path}; wait until it has finished, or load into another store"
        )


def _stamp(connection: sqlite3.Connection) -> tuple[int, int]:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version


def _statements(script: str) -> Iterator[str]:
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""
    if gathered.strip():
        yield gathered


def _writable(path: Path) -> bool:
    return os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _busy(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextlib.contextmanager
def _plain_words(path: Path) -> Iterator[None]:
    """Turn what SQLite raises about a file into the project's own errors."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if _busy(error):
            message = f"another program is writing to {path}; wait until it has finished, and try again"
            raise StoreLockedError(message) from error
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT):
            message = (
                f"{path} is not a store of standards-graph, or it is damaged ({error}); restore a copy or load again"
            )
            raise StoreDamagedError(message) from error
        if code == sqlite3.SQLITE_READONLY:
            raise StoreReadOnlyError(f"the store {path} can only be read here ({error})") from error
        if code == sqlite3.SQLITE_CANTOPEN:
            message = f"the store {path} cannot be opened; check that this user may read it and its folder"
            raise (StoreError(message) if path.exists() else StoreMissingError(message)) from error
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM):
            raise StoreError(f"the store {path} cannot be read or written ({error}); check the disk") from error
        raise
