"""An invented source for tests of loads: rolls of members, `ROLL dataset [total]` and then `organisation;committee` a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graph.model import Dataset, Document
from loaders.format import Announced, Record
from loaders.inputs import Head, Input
from loaders.refusals import Refusal, Refused
from loaders.saying import Saying

_BEGINS = re.compile(rb"ROLL ([a-z-]+)(?: (\d+))?\r?\n")


class Rolls:
    """Reads rolls. A line without a semicolon is refused, one of `-` says nothing that can be loaded."""

    name = "Club: roll of members"

    def dataset(self, head: Head) -> Dataset | None:
        found = _BEGINS.match(head.start)
        return Dataset(found[1].decode(), "Rolls of the club", "free", "The club") if found else None

    def records(self, given: Input) -> Iterator[Record | Refusal | Announced]:
        found = _BEGINS.match(given.head.start)
        assert found
        if found[2]:
            yield Announced(int(found[2]))
        document = Document(Document.id_for("the roll"), "The roll")
        for number, line in given.lines():
            if isinstance(line, Refused):
                yield Refusal(given.name, number, "", line.reason)
            elif number > 1 and line:
                member, _, committee = line.decode().partition(";")
                if not committee:
                    yield Refusal(given.name, number, "", "names no committee")
                else:
                    yield Record(f"{member} in {committee}", number, document, (member, committee), f"line {number}")

    def names(self, record: Record) -> Iterable[str]:
        return (record.values[0],)

    def say(self, record: Record, saying: Saying) -> None:
        member, committee = record.values
        if member == "-":
            raise Refused("names nobody")
        saying.relate(saying.organisation(member), "MEMBER_OF", saying.committee(committee), "member")


ROLLS = (Rolls(),)
