"""What all pages of the platforms share: reading them with a bound, and their labelled values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from loaders.inputs import Input
from loaders.refusals import Refused
from loaders.samr.fields import text

__all__ = ["LINE_BREAK", "label_of", "labelled", "list_of", "page", "plain_label", "title_in", "value_of", "with_class"]

LARGEST_PAGE = 2 * 1024 * 1024
"""Bytes of one page; real ones have 50 KiB."""

_DEEPEST = 1500
LINE_BREAK = "\u2028"
"""Stands for <br> in the text of a node, which else would be a blank like any other."""

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})")
_NEVER_DEEP = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "dd",
        "dt",
        "embed",
        "hr",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "option",
        "p",
        "param",
        "source",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "track",
        "wbr",
    ]
)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,400})", re.IGNORECASE)


def page(given: Input) -> LexborNode:
    """The body of a page, with a mark for each line break. Raises `Refused` where it is no page that can be read."""
    source = given.text(LARGEST_PAGE)
    open_tags: Counter[str] = Counter()
    for closing, tag in _TAG.findall(source):
        name = tag.lower()
        if name in _NEVER_DEEP:
            continue
        open_tags[name] += -1 if closing else 1
        # Parsing takes the square of the depth.
        if open_tags[name] > _DEEPEST:
            raise Refused(f"is no page of the platform: <{name}> is nested more than {_DEEPEST} times")
    tree = LexborHTMLParser(source.encode("utf-8", "replace"))
    body = tree.body
    if body is None:
        raise Refused("is an empty page")
    for node in body.css("script, style"):
        node.decompose()
    for node in body.css("br"):
        node.replace_with(LINE_BREAK)
    return body


def title_in(head: str) -> str:
    """The title of a page by its beginning.

    >>> title_in("<html><title>国家标准|GB/T 20223-2006</title>")
    '国家标准|GB/T 20223-2006'
    """
    found = _TITLE.search(head)
    return " ".join(found[1].split()) if found else ""


def label_of(node: LexborNode) -> str:
    """The text of a node that labels another: without colon, brackets and blanks.

    中国标准分类号（CCS） and 中国标准分类号 are the same label.
    """
    return plain_label(value_of(node))


def plain_label(written: str) -> str:
    """A label as it is compared.

    >>> plain_label(" 中国标准分类号（CCS）： "), plain_label("所在省（市）")
    ('中国标准分类号', '所在省')
    """
    return re.sub(r"[（(][^（()）]{0,20}[)）]|[\s:：*]", "", written)


def value_of(node: LexborNode) -> str:
    """The text of a node, clean; "" where it says nothing."""
    return text(node.text(deep=True))


def list_of(node: LexborNode) -> str:
    """The text of a node that holds a list, with a separator for each line break."""
    return text(node.text(deep=True).replace(LINE_BREAK, "、"))


def with_class(node: LexborNode, name: str) -> bool:
    """Whether a node has that class."""
    return name in (node.attributes.get("class") or "").split()


def labelled(body: LexborNode, tag: str, label_class: str, value_class: str) -> Iterator[tuple[str, LexborNode]]:
    """Each label with the node of its value, which is the next behind it, in the order of the page.

    `tag` holds both: `div`, or `dt` for the label and `dd` for the value.
    """
    tags = {"dt": "dd"}
    label = ""
    for node in body.css(f"{tag}.{label_class}, {tags.get(tag, tag)}.{value_class}"):
        if with_class(node, label_class):
            label = label_of(node)
        elif label:
            yield label, node
            label = ""
