"""What a table says that cannot be loaded: refused, with the place and the reason, while the rest is loaded."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Refusal", "Refused", "shown"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refusal: `line` of `file` (1 is the first; 0 means the file as a whole), the row's `record`, the reason.

    `left_out` tells that the table itself asks for it (its `left_out` column); everything else is a fault.
    `part` names the column or item when only that was refused, "" when the whole row was.
    """

    file: str
    line: int
    record: str
    reason: str
    part: str = ""
    left_out: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        record = f" ({self.record})" if self.record else ""
        part = f"{self.part}: " if self.part else ""
        return f"{place}{record}: {part}{self.reason}"


class Refused(Exception):  # noqa: N818 - it is a verdict on a row, caught where rows are counted
    """Raised inside the reading of one row; becomes a `Refusal` once file and line are known."""

    def __init__(self, reason: str, *, part: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.part = part

    def at(self, part: str) -> Refused:
        """The same, said of that part of the row unless it already names one; a list item stands before its key."""
        if not self.part or self.part.startswith("@"):
            return Refused(self.reason, part=part + self.part.removeprefix("@") if self.part else part)
        return self


def shown(value: object, *, length: int = 40) -> str:
    r"""A value as a reason quotes it: one line, printable, cut.

    >>> shown("20l9-05\x00"), shown("x" * 99, length=5)
    ("'20l9-05'", "'xxxxx...'")
    """
    text = "".join(c if c.isprintable() else " " for c in str(value)[: length + 1]).strip()
    return repr(text if len(text) <= length else text[:length] + "...")
