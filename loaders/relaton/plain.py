"""YAML as bibliographic data need it: mappings, lists and text, read in bounded memory and time.

Nothing is guessed from how a scalar looks: `2017-10`, `83` and `true` stay the text that stands there, so that no date or
number can be read wrongly or be none. Tags that would build objects, keys that stand twice, mappings and lists that are nested
too deep, and anchors that multiply what they stand for are refused. What nobody asks for is passed over without being built;
so are the names of people and how to reach them, wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from yaml import (
    AliasEvent,
    CSafeLoader,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)

from loaders.refusals import Refused, shown
from loaders.relaton.lines import Plain, by_lines

__all__ = ["DEEPEST", "LARGEST", "Plain", "read"]

DEEPEST = 40
"""Levels of mappings and lists within one another; bibliographic data have some ten."""

LARGEST = 100_000
"""Values in one document, those that an alias repeats counted again each time."""

_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(_CORE + name for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq"))
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
# Of a person only the organisations behind it are read.
_NARROWED: Mapping[str, frozenset[str]] = {"person": frozenset(("affiliation",))}
_BLOCK = re.compile(r"([a-z_-]+):(?:[ ][^\n]*)?\n(?:[ -][^\n]*\n|\n)*")
_ANCHOR = re.compile(r"(?:[:-][ ]+|^[ ]*)&[^\s]", re.MULTILINE)
_STARTS = (MappingStartEvent, SequenceStartEvent)
_ENDS = (MappingEndEvent, SequenceEndEvent)
# Addresses, telephone numbers and what else leads to somebody; and copyright, which is long and says nothing new.
_NEVER = frozenset(("contact", "address", "email", "phone", "logo", "avatar", "abstract", "script", "format"))


def read(text: str, wanted: Collection[str]) -> dict[str, Plain]:
    r"""The mapping that the one document of a YAML text is, with those of its keys that are `wanted`. Raises `Refused`.

    >>> read("docid: [{id: ISO 1, primary: true}]\nabstract: long\ndate: 2017-10", {"docid", "date"})
    {'docid': [{'id': 'ISO 1', 'primary': 'true'}], 'date': '2017-10'}
    """
    keys = frozenset(wanted)
    shortened = _shortened(text, keys)
    found = by_lines(shortened, keys, _NEVER, _NARROWED, DEEPEST)
    if found is not None:
        return found
    if shortened is not text:
        try:
            return _Reading(shortened, keys).document()
        except (YAMLError, Refused):
            pass  # the whole text tells which line is at fault, or that none is
    try:
        return _Reading(text, keys).document()
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" in line {mark.line + 1}" if mark is not None else ""
        problem = str(getattr(error, "problem", "") or "it cannot be read")
        raise Refused(f"is no sound YAML{place}: {shown(problem, length=100)}") from None
    except (ValueError, OverflowError):
        raise Refused("is no sound YAML: it holds what is no text") from None


def _shortened(text: str, wanted: frozenset[str]) -> str:
    """The text without the keys that nobody wants, which are half of most files and cost as much to parse as the rest.

    Only where the text is plainly one block of keys from the first line to the last, and what goes holds no anchor; else
    it stays as it is, and the same is passed over when it is parsed.
    """
    begin = 4 if text.startswith("---\n") else 0
    kept, end = [], begin
    for block in _BLOCK.finditer(text, begin):
        if block.start() != end:
            return text
        end = block.end()
        if block[1] in wanted:
            kept.append(block[0])
        elif "&" in block[0] and _ANCHOR.search(block[0]):
            return text
    return "".join(kept) if kept and end == len(text) else text


@dataclass(slots=True)
class _Reading:
    """One pass over the events of a text."""

    text: str
    wanted: frozenset[str]
    taken: int = 0
    anchored: dict[str, tuple[Plain, int]] = field(default_factory=dict)
    next: Any = None

    def document(self) -> dict[str, Plain]:
        parser = CSafeLoader(self.text)  # for its parser: nothing is constructed by it
        try:
            self.next = parser.get_event
            self.next()  # the beginning of the stream
            if isinstance(self.next(), StreamEndEvent):  # else the beginning of a document
                raise Refused("is empty")
            first = self.next()
            if first.__class__ is not MappingStartEvent:
                raise Refused("is YAML, but not one mapping of a document's keys")
            self._checked(first)
            value = self._mapping(1, self.wanted)
            if not isinstance(self.next(), DocumentEndEvent) or not isinstance(self.next(), StreamEndEvent):
                raise Refused("holds more than one YAML document")
            return value
        finally:
            parser.dispose()

    def _value(self, event: Any, depth: int, only: frozenset[str] | None = None) -> Plain:
        """The value that begins with this event. A mapping gives the keys of `only`, or all."""
        kind = event.__class__
        self.taken += 1
        if kind is ScalarEvent:
            if event.tag is not None or event.anchor is not None:
                self._checked(event)
            text: str = event.value
            value: Plain = None if event.implicit[0] and text in _NOTHING else text
            if event.anchor is not None:
                self.anchored[event.anchor] = (value, 1)
            return value
        if kind is AliasEvent:
            return self._again(event.anchor)
        self._checked(event)
        if depth >= DEEPEST:
            raise Refused(f"is nested more than {DEEPEST} levels deep")
        before = self.taken
        built: Plain = self._mapping(depth + 1, only) if kind is MappingStartEvent else self._list(depth + 1, only)
        if event.anchor is not None:
            self.anchored[event.anchor] = (built, self.taken - before + 1)
        return built

    def _mapping(self, depth: int, only: frozenset[str] | None) -> dict[str, Plain]:
        found: dict[str, Plain] = {}
        following = self.next
        while (event := following()).__class__ is not MappingEndEvent:
            if event.__class__ is not ScalarEvent:
                raise Refused(f"is YAML with a key in line {event.start_mark.line + 1} that is no text")
            key: str = event.value
            event = following()
            if key in _NEVER or (only is not None and key not in only):
                self._pass_over(event)
                continue
            if key in found:
                raise Refused(f"has the key {shown(key)} twice in one mapping (line {event.start_mark.line + 1})")
            found[key] = self._value(event, depth, _NARROWED.get(key))
        return found

    def _list(self, depth: int, only: frozenset[str] | None) -> list[Plain]:
        found: list[Plain] = []
        following = self.next
        while (event := following()).__class__ is not SequenceEndEvent:
            found.append(self._value(event, depth, only))
        return found

    def _pass_over(self, event: Any) -> None:
        """Leave a value out: its events go by, nothing of it is built; anchors in it name nothing."""
        open_ = 0
        while True:
            if event.__class__ in _STARTS:
                open_ += 1
            elif event.__class__ in _ENDS:
                open_ -= 1
            if not open_:
                return
            event = self.next()

    def _again(self, anchor: str) -> Plain:
        if anchor not in self.anchored:
            raise Refused(f"repeats {shown('*' + anchor)}, which stands for nothing that was read before it")
        value, size = self.anchored[anchor]
        self.taken += size
        if self.taken > LARGEST:
            raise Refused(f"has aliases that stand for more than {LARGEST:,} values")
        return value

    def _checked(self, event: Any) -> None:
        if event.tag is not None and event.tag not in _PLAIN_TAGS and event.tag != "!":
            raise Refused(f"has the YAML tag {shown(event.tag)}, which stands for more than text, lists and mappings")
        if self.taken > LARGEST:
            raise Refused(f"has more than {LARGEST:,} values")
