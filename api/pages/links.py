"""Addresses of pages and of the API behind them, and names in running text as links.

Language, day and filters of the page one is on go with every link, so that a walk stays in the same view.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import quote, urlencode

from fastapi import Request
from markupsafe import Markup, escape

from graph.model import Language, NodeRef
from queries.answer import Answer, Evidence
from queries.questions import place_of

KEPT = ("lang", "as_of", "undated", "min_confidence", "basis")
"""Parameters that go along with links."""

MOST_NAMES = 400
"""How many names are looked for in the sentences of one page: the longest first."""

Pairs = Sequence[tuple[str, str]]


class Links:
    """The addresses that the page of one request needs."""

    def __init__(self, request: Request, lang: Language) -> None:
        self.lang = lang
        self.path = quote(request.scope["path"], safe="/:")
        self.given: Pairs = request.query_params.multi_items()
        self.kept: Pairs = [(name, value) for name, value in self.given if name in KEPT and value]

    def to(self, path: str, **parameters: str | int | None) -> str:
        """An address of a page, with the view that is kept. A parameter that is a Python word ends in an underscore."""
        own = [(name.rstrip("_"), str(value)) for name, value in parameters.items() if value not in (None, "")]
        return _address(path, [*own, *self.kept])

    def entity(self, node: NodeRef | str, **parameters: str | int | None) -> str:
        """The page of a thing."""
        id = node if isinstance(node, str) else node.id
        return self.to(f"/entity/{quote(id, safe=':')}", **parameters)

    def instead(self, **changed: str | None) -> str:
        """This page's own address with some parameters changed, or left out where None."""
        names = {name.rstrip("_"): value for name, value in changed.items()}
        pairs = [(name, value) for name, value in self.given if name not in names and name != "after"]
        pairs += [(name, value) for name, value in names.items() if value is not None]
        return _address(self.path, pairs)

    def corrected(self, wrong: str, node: NodeRef) -> str:
        """This page's own address with the name that was not understood replaced by an id; else the thing's own page."""
        if not any(value.strip() == wrong for _, value in self.given):
            return self.entity(node)
        return _address(self.path, [(name, node.id if value.strip() == wrong else value) for name, value in self.given])

    def api(self, answer: Answer, form: str = "") -> str:
        """Where the API serves this answer, as JSON or in a form such as `svg`."""
        return data_address(answer, [*self.kept_for_api(), *self._page()], form)

    def kept_for_api(self) -> Pairs:
        """The kept view, with the page's language said aloud."""
        return [*(pair for pair in self.kept if pair[0] != "lang"), ("lang", self.lang)]

    def _page(self) -> Pairs:
        return [(name, value) for name, value in self.given if name in ("type", "direction", "after", "label")]


def data_address(answer: Answer, parameters: Pairs, form: str = "") -> str:
    """The address of an answer's data. Things are named by id, so that it means the same tomorrow."""
    ending = f".{form}" if form else ""
    ids = [quote(ref.id, safe=":") for ref in answer.about]
    about = [ref.id for ref in answer.about]
    if answer.question == "search":
        return _address("/v1/search", [("q", str(answer.asked["words"])), *parameters])
    if answer.question == "entity":
        path = f"/v1/entities/{ids[0]}/adjacent{ending}"
        return _address(path, parameters)
    if answer.question == "influence":
        return _address(f"/v1/influence{ending}", [("from", about[0]), ("to", about[1]), *parameters])
    if answer.question == "access":
        return _address(f"/v1/access{ending}", [("actor", about[0]), ("body", about[1]), *parameters])
    if answer.question == "changes":
        own = [("since", str(answer.asked["since"])), *(("about", id) for id in about)]
        return _address(f"/v1/changes{ending}", [*own, *parameters])
    if not answer.about:
        return _address(f"/v1/{answer.question}{ending}", [("q", str(answer.asked["words"])), *parameters])
    place = place_of(answer.about[0].label)
    extra = [("for", about[1])] if len(about) > 1 else []
    return _address(f"/v1/{place}/{ids[0]}/{answer.question}{ending}", [*extra, *parameters])


def _address(path: str, pairs: Pairs) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path


class Names:
    """Turns the names of things in a sentence into links to their pages.

    >>> ref = NodeRef("committee:tc260", "Committee", "SAC/TC 260", "SAC/TC 260")
    >>> print(Names([ref], "en", lambda ref: "/e/" + ref.id)("CESI runs SAC/TC 260 & more"))
    CESI runs <a href="/e/committee:tc260">SAC/TC 260</a> &amp; more
    """

    def __init__(self, refs: Iterable[NodeRef], lang: Language, address: Callable[[NodeRef], str]) -> None:
        named = {name: ref for ref in refs for name in (ref.name_zh, ref.name(lang)) if len(name) > 1}
        longest = sorted(named, key=len, reverse=True)[:MOST_NAMES]
        self._links = {name: f'<a href="{escape(address(named[name]))}">{escape(name)}</a>' for name in longest}
        self._pattern = re.compile("|".join(map(_whole, longest))) if longest else None
        self._done: dict[str, Markup] = {}

    def __call__(self, text: str) -> Markup:
        """The sentence as markup, everything else in it escaped."""
        if self._pattern is None:
            return escape(text)
        if text not in self._done:
            parts, end = [], 0
            for match in self._pattern.finditer(text):
                parts += [str(escape(text[end : match.start()])), self._links[match.group()]]
                end = match.end()
            # Safe: the names and all between them have been escaped.
            self._done[text] = Markup("".join([*parts, str(escape(text[end:]))]))  # noqa: S704
        return self._done[text]


def _whole(name: str) -> str:
    """A pattern for the name that does not begin or end inside a longer word."""
    before = r"(?<![A-Za-z0-9])" if name[0].isascii() and name[0].isalnum() else ""
    after = r"(?![A-Za-z0-9])" if name[-1].isascii() and name[-1].isalnum() else ""
    return before + re.escape(name) + after


def refs_of(answer: Answer) -> list[NodeRef]:
    """Every thing that an answer names."""
    said: list[Evidence] = [e for item in answer.items for e in item.evidence]
    said += [e for finding in answer.findings for e in finding.evidence]
    found = [*answer.about, *answer.picture.nodes, *(item.node for item in answer.items)]
    found += [ref for e in said for ref in (e.subject, e.object) if ref]
    return list({ref.id: ref for ref in found if ref.label}.values())


def outside(url: str) -> str:
    """The address of a source where a browser may follow it (http and https alone), else nothing."""
    return url if re.match(r"https?://[^\s]+$", url, re.IGNORECASE) else ""


def host(url: str) -> str:
    """The host of an address, for people who decide whether to follow it.

    >>> host("https://www.usito.org/news/2016?x=1")
    'usito.org'
    """
    match = re.match(r"https?://(?:www\.)?([^/:?#\s]+)", url, re.IGNORECASE)
    return match[1] if match else ""
