"""Whole answers that were given before: people walk back and forth, and many ask the same.

An answer is remembered by its entity tag, which covers all that it depends on (`api.validators`): a load, another day, language or
address is another tag, so nothing that is remembered can be out of date. Only what was answered well and carries that tag is kept,
never an error. What is kept stays in this process and has a bound in bytes; what was not asked for longest goes first.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import validators
from api.opened import OpenedStore
from graph.errors import StoreError

ROOM = 16 * 1024 * 1024
"""Bytes of answers that are remembered, packed: some thousands."""

_OVERHEAD = 2_000
"""Bytes that an answer takes beside its body: headers, tag, place."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was sent: its headers, its body packed, and the route that gave it."""

    headers: tuple[tuple[bytes, bytes], ...]
    packed: bytes
    route: Any

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.packed) + _OVERHEAD


class Answers:
    """Answers by their tags, within `room` bytes.

    >>> answers = Answers(room=10_000)
    >>> for tag in "abcde":
    ...     answers.keep(tag, Given((), b"x" * 100, None))
    >>> [tag for tag in "abcde" if answers.get(tag)]
    ['b', 'c', 'd', 'e']
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._held = 0
        self._given: OrderedDict[str, Given] = OrderedDict()

    def get(self, tag: str) -> Given | None:
        """The answer with this tag, which then is the last that will go."""
        given = self._given.get(tag)
        if given is not None:
            self._given.move_to_end(tag)
        return given

    def keep(self, tag: str, given: Given) -> None:
        """Remember an answer, and forget others where there is no room; one that would take most of it is not kept."""
        if given.size * 4 > self._room or tag in self._given:
            return
        self._given[tag] = given
        self._held += given.size
        while self._held > self._room:
            self._held -= self._given.popitem(last=False)[1].size


class Remembering:
    """The layer of the application that gives an answer again.

    Args:
        app: what is inside, which finds the answer.
        opened: the store that is served.
        edition: the mark of this program's own code.
        room: bytes of answers that are remembered.
    """

    def __init__(self, app: ASGIApp, opened: OpenedStore, edition: str, room: int = ROOM) -> None:
        self._app = app
        self._opened = opened
        self._edition = edition
        self._answers = Answers(room)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the answer that is remembered, or pass the request on and remember what comes back."""
        request = Request(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        tag = self._tag(request) if request else ""
        given = self._answers.get(tag)
        if given is None or request is None:
            sent = _Sent(send)
            if tag:
                scope.setdefault("state", {})["tag"] = tag  # so that it need not be worked out again
            await self._app(scope, receive, sent)
            # It carries the tag where a route has checked it; a load may have come between.
            if sent.is_whole and tag and scope.get("state", {}).get("etag") == tag:
                packed = zlib.compress(b"".join(sent.body), 1)
                self._answers.keep(tag, Given(tuple(sent.headers), packed, scope.get("route")))
            return
        scope["route"] = given.route  # for the log
        if validators.matches(request, tag):
            await validators.not_modified(tag)(scope, receive, send)
            return
        scope.setdefault("state", {})["etag"] = tag
        await send({"type": "http.response.start", "status": 200, "headers": list(given.headers)})
        await send({"type": "http.response.body", "body": zlib.decompress(given.packed)})

    def _tag(self, request: Request) -> str:
        """The tag of the answer; "" where there can be none: the store does not answer, or it is nothing that the store knows."""
        if not self._opened.is_open or request.scope["path"].startswith("/static/"):
            return ""
        try:
            return validators.tag(request, self._opened.get(), self._edition)
        except StoreError:
            return ""


class _Sent:
    """Passes an answer on and keeps its parts."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.body: list[bytes] = []
        self.is_whole = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self.headers = list(message["headers"])
        elif message["type"] == "http.response.body":
            self.body.append(message.get("body", b""))
            self.is_whole = self._status == 200 and not message.get("more_body", False)
        await self._send(message)
