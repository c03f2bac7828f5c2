"""The embedded engine: one file, no server, many readers beside one writer.

Read in this order: `tables` (what is kept), `connection` (files, locks, versions), `rows`, then writing (`writing`, `batches`,
`settling`, `said`, `indexing`, `moving`, `removing`) and reading (`reading`, `around`, `drafting`, `searching`); `store` puts
them behind the protocol.
"""

from graph.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
