"""A file of forewords cut into forewords: where a cover or number begins another standard, and where a foreword ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.numbers import StandardNumber
from loaders.forewords.chinese import BEGINS
from loaders.forewords.covers import after_replaces, is_heading, number_line, own_number
from loaders.forewords.english import BEGINS_EN
from loaders.forewords.text import Line, compact, running

__all__ = ["GOES_ON", "PAGE", "Draft", "drafts"]

PAGE = re.compile(
    r"[-–—]?\s*(?:[IVXLivxl]{1,6}|[\u2160-\u217f]{1,4}|\d{1,3})\s*[-–—]?|"
    r"第\s*\d+\s*页(?:\s*[,/]?\s*共\s*\d+\s*页)?|Page\s+\d+(?:\s+of\s+\d+)?|\d+\s*/\s*\d+",
    re.IGNORECASE,
)
"""A line that is only the number of a page."""
GOES_ON = re.compile(r"[,、;:—和及与由为照据]$")
"""How a line ends that the next one goes on with."""

_STOP = re.compile(
    r"引言|目次|目录|(?:ISO|IEC|ISO/IEC)(?:前言|引言|foreword)|1\.?范围|范围|introduction|contents|1\.?scope|scope|附录[A-Z][^。,;]{0,60}",
    re.IGNORECASE,
)
_WITHIN_A_SENTENCE = re.compile(r"[,、;—和及与由为照据见的了在]$|[^。.!?》):\w]$")
_TITLE_PAGE = re.compile(
    r"(?:ICS:?\d{2}|UDC[\d:.]+)|中华人民共和国.{0,12}(?:标准|规范|规程)$|(?:团体|企业)标准$", re.IGNORECASE
)
_CLOSED = re.compile(r"[。.!?》)]$")
_CLAUSE = re.compile(r"\d{1,2}(?:\.\d+){0,4}\s+[^\s.…]+$")
_AHEAD = 60
_TITLE_LINES = 6
_ON_A_TITLE_PAGE = 10
_BROKEN_EARLY = 12
_OF_A_LINE = 300
"""Characters of a line by which it is known."""


@dataclass(slots=True)
class Draft:
    """A foreword while its lines are gathered: what stands above it, its heading, and its own lines."""

    cover: list[Line] = field(default_factory=list)
    heading: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    begun: bool = False
    stopped: bool = False
    number: StandardNumber | None = None

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return (self.cover or self.heading or self.body)[0].number

    def begin(self) -> None:
        """What comes now is the foreword itself."""
        self.begun = True
        self.number = own_number(self.cover)

    def take(self, line: Line, following: Sequence[Line]) -> None:
        """Take a line that begins nothing new. `following` are some lines behind it, for a phrase that is broken."""
        if not self.begun and _opens(line.text, following):
            self.begin()
        if not self.begun:
            self.cover.append(line)
        elif not self.stopped:
            self.stopped = _STOP.fullmatch(_shape(line.text)) is not None and self._may_stop(_shape(line.text))
            if not self.stopped:
                self.body.append(line)

    def _may_stop(self, shape: str) -> bool:
        """Whether the line before is complete: a line may be broken before 范围 and behind it."""
        if not self.body:
            return True
        before = self.body[-1].text
        if _CLOSED.search(before) or PAGE.fullmatch(before) or number_line(before):
            return True
        return shape.casefold() in ("引言", "目次", "introduction") and not _WITHIN_A_SENTENCE.search(before)


def drafts(lines: Sequence[Line]) -> Iterator[Draft]:
    """The forewords of a file, each with what stands above it."""
    draft = Draft()
    for place, line in enumerate(lines):
        if is_heading(line.text) or _heads_with_title(line.text):
            if not _is_real(lines, place):
                continue
            if draft.begun and _shape(line.text).startswith("附加说明"):
                draft.stopped = False  # what standards before 1993 say at their end belongs to the same standard
                continue
            if draft.begun:
                yield draft
                draft = Draft()
            if not is_heading(line.text):
                draft.cover.append(line)
            draft.heading.append(line)
            draft.begin()
        elif draft.begun and _begins_another(lines, place, draft.number):
            yield draft
            draft = Draft([line])
        else:
            draft.take(line, lines[place + 1 : place + 4])
    if draft.cover or draft.body:
        yield draft


def _shape(text: str) -> str:
    return compact(text[:_OF_A_LINE])


def _opens(text: str, following: Sequence[Line] = ()) -> bool:
    """Whether a foreword begins with this line, or with it and those that go on with a phrase broken on it."""
    shape = _shape(text)
    if shape.startswith("本") and len(shape) < _BROKEN_EARLY:
        shape += "".join(_shape(line.text) for line in following)
    return BEGINS.match(shape) is not None or BEGINS_EN.match(text[:_OF_A_LINE]) is not None


def _heads_with_title(text: str) -> bool:
    return len(text) < _OF_A_LINE and compact(text).endswith("前言") and number_line(text) is not None


def _is_real(lines: Sequence[Line], place: int) -> bool:
    """Whether a foreword follows, and not the next line of a table of contents."""
    ahead: list[str] = []
    for line in lines[place + 1 : place + 1 + _AHEAD]:
        if is_heading(line.text) or _STOP.fullmatch(_shape(line.text)):
            break
        ahead.append(line.text[:_OF_A_LINE])
    joined = running(ahead).text
    return BEGINS.search(joined) is not None or BEGINS_EN.search(joined) is not None


def _begins_another(lines: Sequence[Line], place: int, own: StandardNumber | None) -> bool:
    """Whether the title page or number of another standard begins here."""
    text = lines[place].text
    if _TITLE_PAGE.match(_shape(text)):
        number = own_number(lines[place : place + _ON_A_TITLE_PAGE])
        return number is not None and number != own
    found = number_line(text)
    if found is None or found[0] == own or not found[0].year:
        return False
    before = lines[place - 1].text
    if after_replaces(lines, place) or GOES_ON.search(text) or GOES_ON.search(before):
        return False
    # The line before may have lost its full stop, but then the foreword must begin at once.
    closed = _CLOSED.search(before) or PAGE.fullmatch(before)
    return _foreword_follows(lines, place, found[0], _AHEAD if closed else 2, headed=own is None)


def _foreword_follows(lines: Sequence[Line], place: int, number: StandardNumber, ahead: int, *, headed: bool) -> bool:
    """Whether a foreword begins under the number, within so many lines.

    Where the number of the foreword that is being read is not known yet, this may be it, at the head of its second page:
    then only a heading (`headed`) begins another.
    """
    for distance, line in enumerate(lines[place + 1 : place + 1 + ahead]):
        if is_heading(line.text) or _heads_with_title(line.text):
            return True
        if _opens(line.text):
            return not headed and distance < _TITLE_LINES
        another = number_line(line.text)
        if (another and another[0] != number) or _CLAUSE.match(line.text[:_OF_A_LINE]):
            return False
    return False
