"""What every request and response passes through: a number and a log line, safe headers, entity tags, HEAD, known hosts.

A log line has the method, the template of the path, the status, milliseconds and the request's id. It never has the
words that were asked: they may hold somebody's name.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import body, pages, problems

log = logging.getLogger("standards_graph.requests")

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""What pages may do: nothing inline, nothing from outside, in nobody's frame."""

HEADERS: Mapping[str, str] = {
    "content-security-policy": PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""Headers of every response that does not set its own."""

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Traffic:
    """The outermost layer of the application.

    Args:
        app: what is inside.
        hosts: names under which the server may be called; empty or "*" for any.
    """

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...] = ()) -> None:
        self._app = app
        self._hosts = frozenset(hosts) - {"*"} if "*" not in hosts else frozenset()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request in and its response out."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        id = given if _ID.fullmatch(given) else uuid.uuid4().hex
        exchange = _Exchange(scope, send, id)
        inner = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        inner.setdefault("state", {})
        try:
            if self._hosts and _name(headers.get("host", "")) not in self._hosts:
                await _plain(problems.HOST, inner)(inner, receive, exchange.send)
            else:
                exchange.inner = inner
                await self._app(inner, receive, exchange.send)
        except Exception:  # whatever it is, the client gets a problem and the log the rest
            log.exception("unexpected", extra={"request_id": id, "path": _template(inner)})
            if exchange.status:
                raise
            await _plain(problems.UNEXPECTED, inner)(inner, receive, exchange.send)
        finally:
            log.info(
                "request",
                extra={
                    "method": scope["method"],
                    "path": _template(inner),
                    "status": exchange.status,
                    "ms": round((time.perf_counter() - exchange.began) * 1000, 2),
                    "request_id": id,
                },
            )


class _Exchange:
    """One request's answer on its way out."""

    def __init__(self, scope: Scope, send: Send, id: str) -> None:
        self.status = 0
        self.began = time.perf_counter()
        self.inner: Scope = scope
        self._send = send
        self._id = id
        self._head = scope["method"] == "HEAD"

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers["x-request-id"] = self._id
            tag = self.inner.get("state", {}).get("etag")
            if tag and self.status == 200:
                headers["etag"] = tag
                # May be kept, but is asked about each time: a load can change any answer.
                headers.setdefault("cache-control", "private, no-cache")
                headers.add_vary_header("Accept-Language")
            elif self.inner["path"].startswith("/static/") and self.status in (200, 304):
                # An address with the edition in it never means anything else.
                lasting = self.inner["query_string"].startswith(b"v=")
                headers.setdefault("cache-control", "public, max-age=31536000, immutable" if lasting else "no-cache")
            else:
                headers.setdefault("cache-control", "no-store")
        elif self._head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)


def _name(host: str) -> str:
    """The host's name without its port."""
    return host.rsplit(":", 1)[0] if re.search(r":\d+$", host) else host


def _template(scope: Scope) -> str:
    """The path as the route spells it, without what was filled in."""
    route = scope.get("route")
    path = getattr(route, "path_format", None) or getattr(route, "path", None)
    return str(path) if path else "(none)"


def _plain(kind: problems.Kind, scope: Scope) -> Response:
    """The problem, as a page where a person looks at pages."""
    request = Request(scope)
    said = problems.problem(kind, kind.meaning.en, instance=str(scope["path"])[:200])
    if "app" in scope and pages.wanted(request):
        return pages.problem(request, said)
    return Response(body.encode(said), kind.status, media_type=problems.MEDIA_TYPE)
