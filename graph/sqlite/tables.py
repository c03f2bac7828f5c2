"""The tables of a store in SQLite, as migrations: each entry takes a store from one schema version to the next.

Ids are text at the edge and whole numbers inside. Dates are kept as given, and as numbers (`20180301`) where they are
compared; an undated statement has `since_lo` 0, so that one column orders and filters. The two indexes of `statement`
hold all that a `View` asks, so that counting and ordering never touch the rows.
"""

from __future__ import annotations

from collections.abc import Mapping

APPLICATION_ID = 0x53744772
"""`StGr`, in the file's header: tells our files from other databases."""

NO_RANK = 1_000_000
"""The rank of a statement that has none: after all that have."""

NO_END = 99991231
"""`until_hi` of a statement that is not known to have ended."""

DEFERRED: Mapping[str, str] = {
    "statement_hash": "CREATE UNIQUE INDEX statement_hash ON statement (dataset, hash)",
    "statement_out": """
        CREATE INDEX statement_out ON statement
            (subject, live, type, since_lo DESC, rank, object, until_hi, confidence, basis, dataset)
    """,
}
"""Indexes that a large load does without; see `graph.sqlite.bulk`."""

_FIRST = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE term (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE dataset (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, licence TEXT NOT NULL,
    publisher TEXT NOT NULL, private INTEGER NOT NULL, loaded_on TEXT
);

CREATE TABLE document (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, url TEXT NOT NULL,
    publisher TEXT NOT NULL, published TEXT, same_as TEXT NOT NULL
);
-- Which datasets speak of a document: the last one that goes takes it along.
CREATE TABLE cited (dataset INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (document, dataset)) WITHOUT ROWID;
CREATE INDEX cited_dataset ON cited (dataset);

-- `into_key` leads to the node that a merged one became, `speaks_for` to the group of an entity; `known` says whether an
-- open record speaks of it, `private` whether a private dataset does; `tallied` is the label under which it is counted,
-- `place` its row in the search index, and `names` the names it has beside its properties.
CREATE TABLE node (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, label INTEGER NOT NULL, properties TEXT NOT NULL,
    published TEXT, is_group INTEGER NOT NULL DEFAULT 0, family TEXT, into_key INTEGER,
    speaks_for INTEGER, known INTEGER NOT NULL DEFAULT 1, private INTEGER NOT NULL DEFAULT 0,
    tallied INTEGER, place INTEGER, names TEXT
);
CREATE INDEX node_family ON node (family) WHERE family IS NOT NULL;
CREATE INDEX node_into ON node (into_key) WHERE into_key IS NOT NULL;

CREATE TABLE record (
    key INTEGER PRIMARY KEY, node INTEGER NOT NULL, dataset INTEGER NOT NULL, record TEXT NOT NULL,
    label INTEGER NOT NULL, properties TEXT NOT NULL, document INTEGER NOT NULL, locator TEXT NOT NULL,
    observed_on TEXT, confidence INTEGER NOT NULL, basis INTEGER NOT NULL, closed_on TEXT
);
CREATE UNIQUE INDEX record_node ON record (node, dataset, record);
CREATE INDEX record_dataset ON record (dataset);

CREATE TABLE statement (
    key INTEGER PRIMARY KEY, hash BLOB NOT NULL, dataset INTEGER NOT NULL,
    subject INTEGER NOT NULL, type INTEGER NOT NULL, object INTEGER,
    since_lo INTEGER NOT NULL, rank INTEGER NOT NULL, until_hi INTEGER NOT NULL,
    confidence INTEGER NOT NULL, basis INTEGER NOT NULL, live INTEGER NOT NULL, closed_on TEXT,
    record TEXT NOT NULL, document INTEGER NOT NULL, locator TEXT NOT NULL, observed_on TEXT,
    qualifier TEXT NOT NULL, since TEXT, until TEXT, value TEXT, properties TEXT
);
{"".join(f"{index};" for index in DEFERRED.values())}
CREATE INDEX statement_in ON statement
    (object, live, type, since_lo DESC, rank, subject, until_hi, confidence, basis, dataset)
    WHERE object IS NOT NULL;

-- Merges by id, so that they survive a dataset that is taken out and loaded again.
CREATE TABLE redirect (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX redirect_new ON redirect (new);
-- Statements that count for another node since a merge: the ends as they were said, and the key they are shown under.
CREATE TABLE restated (statement INTEGER PRIMARY KEY, subject INTEGER NOT NULL, object INTEGER, hash BLOB NOT NULL);
CREATE INDEX restated_subject ON restated (subject);
CREATE INDEX restated_object ON restated (object);
CREATE INDEX restated_hash ON restated (hash);

-- Nodes that are behind what was loaded: 1 in their importance alone, 3 in properties, names and search terms as well.
CREATE TABLE pending (node INTEGER PRIMARY KEY, what INTEGER NOT NULL);

CREATE TABLE tally (what TEXT NOT NULL, name INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (what, name)) WITHOUT ROWID;

CREATE TABLE name (
    key TEXT NOT NULL, node INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (key, node, kind, name)
) WITHOUT ROWID;
CREATE TABLE code (folded TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (folded, place)) WITHOUT ROWID;
-- The tokenizer splits at blanks only: the terms come ready from graph.finding. Rows are numbered by importance.
CREATE VIRTUAL TABLE search USING fts5(terms, content='', detail=none, columnsize=0, tokenize='ascii');
"""

_SECOND = """
-- The words of the search index in their order, one row for each thing that has one: what the beginning of a word can stand for.
CREATE VIRTUAL TABLE word USING fts5vocab(search, instance);
-- Entities of groups are few: they are found here without a look at the wide rows of nodes.
CREATE INDEX node_speaks ON node (key, speaks_for) WHERE speaks_for IS NOT NULL;
"""

_THIRD = """
-- What came with which day's loads: the largest numbers in use before the first of them. Numbers only grow, so this dates each row.
CREATE TABLE mark (day TEXT PRIMARY KEY, statement INTEGER NOT NULL, record INTEGER NOT NULL) WITHOUT ROWID;
-- The properties of a record or statement before a load of that day changed them.
CREATE TABLE revised (
    kind TEXT NOT NULL, row INTEGER NOT NULL, day TEXT NOT NULL, properties TEXT, PRIMARY KEY (kind, row, day)
) WITHOUT ROWID;
CREATE INDEX revised_day ON revised (day);
CREATE INDEX statement_closed ON statement (closed_on) WHERE closed_on IS NOT NULL;
CREATE INDEX record_closed ON record (closed_on) WHERE closed_on IS NOT NULL;
ALTER TABLE dataset ADD COLUMN begun_on TEXT;
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _SECOND, _THIRD)
"""The script that leads from version n to n + 1 stands at place n."""
