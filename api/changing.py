"""Changes as a feed (Atom, RFC 4287), and the day from which they are asked for."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote
from xml.etree import ElementTree as Xml

from graph.dates import first_day
from graph.errors import InputError
from graph.model import Language
from queries.answer import Answer, Item
from queries.questions import QUESTIONS

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
_AUTHORITY = "standards-graph,2026"
"""Begins the ids of entries (tag URIs, RFC 4151), which stay the same wherever the feed is served."""


def day_of(text: str) -> date:
    """The day that `since` names: of a month or year its first. Raises DateError, InputError for nothing.

    >>> day_of("2026-11").isoformat()
    '2026-11-01'
    """
    if not text.strip():
        raise InputError("since is empty; give a day, month or year, such as 2026-11-01", field="since")
    return date.fromisoformat(first_day(text.strip(), field="since"))


def feed(answer: Answer, address: str, lang: Language) -> bytes:
    """An answer about changes as an Atom feed: one entry for each day and thing, the newest first. `address` is the feed's own."""
    Xml.register_namespace("", _ATOM)
    root = Xml.Element(
        f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-Hans" if lang == "zh" else "en"}
    )
    question = QUESTIONS[answer.question]
    names = [node.name(lang) for node in answer.about]
    _text(root, "title", question.titled([", ".join(names)] if names else [])[lang])
    _text(root, "id", f"tag:{_AUTHORITY}:changes/{quote(','.join(node.id for node in answer.about)) or 'all'}")
    newest = max((str(item.details["day"]) for item in answer.items), default=str(answer.asked["since"]))
    _text(root, "updated", f"{newest}T00:00:00Z")
    Xml.SubElement(Xml.SubElement(root, f"{{{_ATOM}}}author"), f"{{{_ATOM}}}name").text = "standards-graph"
    Xml.SubElement(root, f"{{{_ATOM}}}link", {"rel": "self", "href": _clean(address)})
    for item in answer.items:
        _entry(root, item, lang)
    content: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _entry(root: Xml.Element, item: Item, lang: Language) -> None:
    day, what = str(item.details["day"]), QUESTIONS["changes"].roles[item.role][lang]
    entry = Xml.SubElement(root, f"{{{_ATOM}}}entry")
    title = " ".join(part for part in (item.node.name(lang), item.node.title(lang)) if part)
    _text(entry, "title", f"{title}: {what}" if lang == "en" else f"{title}：{what}")
    _text(entry, "id", f"tag:{_AUTHORITY}:change/{day}/{item.role}/{quote(item.node.id, safe=':')}")
    _text(entry, "updated", f"{day}T00:00:00Z")
    Xml.SubElement(entry, f"{{{_ATOM}}}link", {"rel": "alternate", "href": f"/entity/{quote(item.node.id, safe=':')}"})
    _text(entry, "summary", item.reason[lang])


def _text(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, f"{{{_ATOM}}}{name}").text = _clean(text)


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff")
