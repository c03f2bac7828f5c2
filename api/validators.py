"""Entity tags: an answer that has not changed is not computed or sent again.

A tag covers what an answer depends on: the store's revision, this program's own code, the day, the language and the full
address. It is weak (`W/`), because a proxy may compress what it passes on.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from fastapi import Request
from fastapi.responses import Response

from api.catalogue import revision
from api.parameters import StoreOf, language, today
from graph.store import Store

ROOT = Path(__file__).resolve().parent.parent


class NotModified(Exception):  # noqa: N818  (a status, not an error)
    """The client has this answer already, under the given tag."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


def edition() -> str:
    """A mark of this program's own code and templates: an upgrade makes every tag anew."""
    digest = hashlib.sha256()
    for package in ("graph", "queries", "api"):
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix in (".py", ".html", ".css", ".js") and path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def tag(request: Request, store: Store, edition: str) -> str:
    """The tag of the answer to a request, whether it can be answered or not."""
    parts = (
        revision(store.state()),
        edition,
        today().isoformat(),
        language(request),
        str(request.scope["path"]),
        request.scope["query_string"].decode("latin-1"),
    )
    return f'W/"{hashlib.sha256(chr(31).join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]}"'


def matches(request: Request, tag: str) -> bool:
    """Whether the client says that it has the answer with this tag."""
    asked = request.headers.get("if-none-match", "")
    if not asked:
        return False
    return asked.strip() == "*" or tag.removeprefix("W/") in (t.strip().removeprefix("W/") for t in asked.split(","))


def not_modified(tag: str) -> Response:
    """The response to who has the answer with this tag."""
    return Response(status_code=304, headers={"etag": tag, "cache-control": "private, no-cache"})


async def check(request: Request, store: StoreOf) -> None:
    """Give the request its tag, for the response to carry. Raises NotModified where the client already has that answer."""
    request.state.etag = found = getattr(request.state, "tag", "") or tag(request, store, request.app.state.edition)
    if matches(request, found):
        raise NotModified(found)
