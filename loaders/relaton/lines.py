"""YAML as nearly all files have it, read line by line: twice as fast as a parser of all YAML.

Files of one set are written by one program, which uses a small part of YAML: keys and lists in block style, text plain or in single
quotes, folded over lines where it is long. Whatever goes beyond that (anchors, tags, flow style, escapes, comments, text in blocks, a
key that stands twice) is left to the parser of all YAML by `None`; what this reading gives is what that one would give.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import NoReturn

__all__ = ["Plain", "by_lines"]

Plain = str | None | list["Plain"] | dict[str, "Plain"]
"""What a value is: text, nothing, a list, or a mapping."""

_LINES = re.compile(r"^( *)(- )?(?:([A-Za-z_][A-Za-z0-9_-]*):(?: (.+))?|(.+))$", re.MULTILINE)
_ODD = re.compile("[^\n -~\u00a1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_NOTHING = frozenset(("~", "null", "Null", "NULL"))


def by_lines(
    text: str, wanted: Container[str], never: Container[str], narrowed: Mapping[str, frozenset[str]], deepest: int
) -> dict[str, Plain] | None:
    r"""The mapping that a text is, None where it is not written in the few ways that are read here.

    `wanted` are the keys at the top; keys of `never` are left out everywhere; under a key of `narrowed` only the keys given
    for it are read. More than `deepest` levels are not read.

    >>> by_lines("a:\n- b: 'it''s'\n  c: long\n    text\nd: 1\n", {"a"}, (), {}, 9)
    {'a': [{'b': "it's", 'c': 'long text'}]}
    >>> by_lines("a: [1, 2]\n", {"a"}, (), {}, 9) is None
    True
    """
    if _ODD.search(text) or not text.endswith("\n") or "\n\n" in text:
        return None
    begin = 4 if text.startswith("---\n") else 0
    lines = _LINES.findall(text, begin)
    if not lines or lines[0][0] or lines[0][1] or len(lines) != text.count("\n", begin):
        return None
    lines.append(_END)
    reading = _Lines(lines, never, narrowed, deepest)
    try:
        found = reading.mapping(0, 1, wanted)
    except _Unusual:
        return None
    return found if reading.at == len(lines) - 1 else None


class _Unusual(Exception):  # noqa: N818 - not an error: the other reading takes over
    """The text goes beyond what is read here."""


_Line = tuple[str, str, str, str, str]
"""A line in pieces: blanks before it, hyphen, key, what stands behind the key, and, where there is no key, the text."""

_END: _Line = ("", "", "", "", "...")


@dataclass(slots=True)
class _Lines:
    lines: list[_Line]
    never: Container[str]
    narrowed: Mapping[str, frozenset[str]]
    deepest: int
    at: int = 0

    def mapping(self, indent: int, depth: int, only: Container[str] | None) -> dict[str, Plain]:
        """The keys that begin in this column. The first may stand behind a hyphen: its mapping is an item of a list."""
        found: dict[str, Plain] = {}
        lines, never = self.lines, self.never
        blanks, hyphen, key, rest, _ = lines[self.at]
        while key and len(blanks) + len(hyphen) == indent:
            self.at += 1
            if key in never or (only is not None and key not in only):
                self.skip(indent)
            elif key in found:
                self.unusual()
            elif rest:
                found[key] = self.scalar(rest, indent)
            else:
                blanks, hyphen = lines[self.at][:2]
                column = len(blanks)
                if column > indent or (column == indent and hyphen):
                    found[key] = self.node(column, depth + 1, self.narrowed.get(key))
                else:
                    found[key] = None
            blanks, hyphen, key, rest, _ = lines[self.at]
            if hyphen:
                break
        if len(blanks) > indent:
            self.unusual()
        return found

    def node(self, indent: int, depth: int, only: Container[str] | None) -> Plain:
        """The mapping or list that begins on this line."""
        lines = self.lines
        blanks, hyphen, key, _, text = lines[self.at]
        if depth > self.deepest or not (hyphen or key):
            self.unusual()
        if not hyphen:
            return self.mapping(indent, depth, only)
        found: list[Plain] = []
        while hyphen and len(blanks) == indent:
            if key:
                found.append(self.mapping(indent + 2, depth + 1, only))
            else:
                self.at += 1
                found.append(self.scalar(text, indent))
            blanks, hyphen, key, _, text = lines[self.at]
        if len(blanks) > indent:
            self.unusual()
        return found

    def scalar(self, text: str, indent: int) -> str | None:
        """A text that begins behind a key or hyphen, with the lines on which it goes on."""
        first = text[0]
        if first == "'":
            return self.quoted(text, indent)
        if first == '"':
            if len(text) < 2 or text[-1] != '"' or '"' in text[1:-1] or "\\" in text:
                self.unusual()
            return text[1:-1]
        if first in _INDICATORS:
            self.unusual()
        while len(self.lines[self.at][0]) > indent:
            text += self.next_line(text)
        if ": " in text or " #" in text or "  " in text or text[-1] in ": " or first == " ":
            self.unusual()
        return None if text in _NOTHING else text

    def quoted(self, text: str, indent: int) -> str:
        inner = text[1:]
        while not (inner.endswith("'") and "'" not in inner[:-1].replace("''", "")):
            if "'" in inner.replace("''", "") or len(self.lines[self.at][0]) <= indent:
                self.unusual()
            inner += self.next_line(inner)
        return inner[:-1].replace("''", "'")

    def next_line(self, text: str) -> str:
        """The next line as it goes on with a text: one blank for the break and the blanks around it."""
        _, hyphen, key, rest, more = self.lines[self.at]
        line = hyphen + (f"{key}: {rest}" if rest else f"{key}:" if key else more)
        if text[-1:] == " " or line[-1] == " " or line[0] == "#":
            self.unusual()
        self.at += 1
        return f" {line}"

    def skip(self, indent: int) -> None:
        """Leave out what stands under a key in this column."""
        blanks, hyphen = self.lines[self.at][:2]
        while len(blanks) > indent or (hyphen and len(blanks) == indent):
            self.at += 1
            blanks, hyphen = self.lines[self.at][:2]

    def unusual(self) -> NoReturn:
        raise _Unusual
