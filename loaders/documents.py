"""The documents that rows cite: a list of titles beside the tables, and what an address alone tells.

`documents.csv` has the columns source, title, publisher, published and same_as. `source` is what rows write in their
own `source` column: an address, or the name of a document that has none. `same_as` is the source of which this
is a copy on a mirror site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from graph.model import Document
from graph.validation import document_problems
from loaders.refusals import Refusal, Refused
from loaders.tables import Row, Table
from loaders.values import as_date, as_text, clean

__all__ = ["Documents"]

_COLUMNS = ("source", "title", "publisher", "published", "same_as")


class Documents:
    """Gives the document for what a row writes as its source. `refusals` are the rows of the lists that say none."""

    def __init__(self, listed: Mapping[str, Document], refusals: Sequence[Refusal] = ()) -> None:
        self._listed = dict(listed)
        self._by_id = {document.id: document for document in listed.values()}
        self.refusals = tuple(refusals)

    @classmethod
    def read(cls, paths: Iterable[Path]) -> Documents:
        """Read lists of documents; of two entries for one source the later one counts. Raises `TableError`."""
        listed: dict[str, Document] = {}
        refusals: list[Refusal] = []
        for path in paths:
            table = Table.at(path)
            for row in table.rows():
                try:
                    if isinstance(row, Row):
                        source, document = _document(row)
                        listed[source] = document
                    else:
                        refusals.append(row)
                except Refused as refused:
                    refusals.append(Refusal(table.name, row.line, "", refused.reason, refused.part))
        return cls(listed, refusals)

    def cited(self, source: str) -> Iterator[Document]:
        """The document of that source, and the one of which it is a copy."""
        document = self._listed.get(source) or untitled(source)
        yield document
        if document.same_as:
            yield self._by_id.get(document.same_as) or Document(document.same_as, document.title)


def untitled(source: str) -> Document:
    """A document known by its address alone is titled by host and path; one without address by its own words.

    >>> untitled("https://guifanku.com/757703.html?x=1").title, untitled("general knowledge").title
    ('guifanku.com/757703.html', 'general knowledge')
    """
    address = _address(source)
    if not address:
        return Document(Document.id_for(source), source)
    try:
        parts = urlsplit(address)
        host, path = parts.netloc.rpartition("@")[2].removeprefix("www."), unquote(parts.path).rstrip("/")
    except ValueError:  # an address that no browser would take either
        return Document(Document.id_for(source), source)
    return Document(Document.id_for(source), clean(host + path) or source, url=address)


def _address(source: str) -> str:
    scheme = source[:8].casefold()
    return source if scheme.startswith(("http://", "https://")) and " " not in source else ""


def _document(row: Row) -> tuple[str, Document]:
    cells = {column: as_text(row.values.get(column), part=column) or "" for column in _COLUMNS}
    if not cells["source"] or not cells["title"]:
        raise Refused("source and title are both needed")
    document = replace(
        untitled(cells["source"]),
        title=cells["title"],
        publisher=cells["publisher"],
        published=as_date(row.values.get("published"), part="published"),
        same_as=Document.id_for(cells["same_as"]) if cells["same_as"] else "",
    )
    if problems := document_problems(document):
        raise Refused("; ".join(problems))
    return cells["source"], document
