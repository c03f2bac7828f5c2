"""What something looks like that is of no known kind: what its owner is told, so that he knows what to do with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from loaders.inputs import Head

__all__ = ["ARE_JUDGEMENTS", "holds_judgements", "looks_like"]

ARE_JUDGEMENTS = "judgements are taken in by `standards-graph review --import FILE`"
"""What whoever gives judgements to a load is told."""


_BEGINS: Mapping[bytes, str] = {
    b"%PDF": "a PDF; save its text as a text file first",
    b"\xd0\xcf\x11\xe0": "a document of an old office program; save it as .xlsx, .csv or text",
    b"PK": "a document of an office program; save it as .xlsx, .csv or text",
    b"7z\xbc\xaf": "a 7-Zip archive; pack it as .zip or .tar.xz",
    b"Rar!": "a RAR archive; pack it as .zip or .tar.xz",
    b"\x28\xb5\x2f\xfd": "packed with zstd; pack it as .gz or .xz",
    b"SQLite format 3": "a database; `--store` names the one to load into",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
_YAML = re.compile(r"(?:---|%YAML)?\s*[\w.-]+:(?:\s|$)")
_HTML = re.compile(r"<(?:!doctype )?html\b", re.IGNORECASE)
_LOOKED_AT = 4096


def looks_like(head: Head) -> str:
    """What an input of no known kind looks like, as the reason for which it is refused.

    >>> looks_like(Head("a.html", b"<!DOCTYPE html><title>News</title>", True)), looks_like(Head("b", b"", True))
    ('an HTML page of no known layout', 'an empty file')
    """
    if not head.start.strip(b"\0"):
        return "a file of nothing but zeros" if head.start else "an empty file"
    for magic, what in _BEGINS.items():
        if head.start.startswith(magic):
            return what
    text = head.text[:_LOOKED_AT].lstrip("\ufeff \t\r\n")
    if not text:
        return "a file of nothing but blanks"
    if "\0" in text or text.count("\ufffd") * 10 > len(text):
        return "bytes that are no text in UTF-8, UTF-16 or GB18030"
    return _text(text)


def holds_judgements(head: Head) -> bool:
    """Whether the first line has the columns of a file of judgements, as `review` exports it.

    >>> holds_judgements(Head("a.csv", b"id_a,name_a,id_b,name_b,verdict,role,date,note", True))
    True
    """
    if b"id_a" not in head.start[:_LOOKED_AT].lower():
        return False
    from graph.identity.judgements import COLUMNS  # which most loads have no use for

    line = head.text[:_LOOKED_AT].lstrip("\ufeff").partition("\n")[0]
    return {cell.strip(' "\r').lower() for cell in line.split(",")}.issuperset(COLUMNS[:7])


def _text(text: str) -> str:
    if text.startswith("<"):
        return "an HTML page of no known layout" if _HTML.search(text) else "XML of no known kind"
    if text.startswith(("{", "[")):
        return "JSON without rows or records of a known source"
    if _YAML.match(text):
        return "YAML that is no bibliographic record of a known kind"
    return "a text of no known kind; a foreword is known by 前言 or by its set phrases"
