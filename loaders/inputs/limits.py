"""How much of what is given is read: nothing that a file claims of itself is believed beyond these bounds."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.refusals import Refused

__all__ = [
    "GIB",
    "HEAD",
    "HELD",
    "LARGEST_ARCHIVE",
    "LARGEST_DIRECTORY",
    "LARGEST_HEADER",
    "LARGEST_MEMBER",
    "LARGEST_TEXT",
    "LONGEST_LINE",
    "MIB",
    "MOST_MEMBERS",
    "RATIO",
    "RATIO_FROM",
    "UNPACKING_MEMORY",
    "Meter",
]

MIB = 1024 * 1024
GIB = 1024 * MIB

HEAD = 64 * 1024
"""Bytes at the beginning of an input by which it is recognised."""

LARGEST_TEXT = 64 * MIB
"""Bytes of an input that is read as a whole; what can be longer is streamed."""

LONGEST_LINE = 16 * MIB
"""Bytes of one line; a longer one is refused and not held."""

LARGEST_MEMBER = 16 * GIB
"""Bytes of one file in an archive, unpacked."""

LARGEST_ARCHIVE = 64 * GIB
"""Bytes of all files of an archive together, or of one packed file, unpacked."""

RATIO, RATIO_FROM = 1000, 64 * MIB
"""More than this many bytes unpacked from one is a trap, once this much was unpacked: texts shrink to a hundredth at most."""

MOST_MEMBERS = 1_000_000
"""Files of one archive that are looked at."""

LARGEST_DIRECTORY = 32 * MIB
"""Bytes of the list of members that a zip archive carries: some 300,000 members, all of which are in memory at once."""

LARGEST_HEADER = MIB
"""Bytes that a tar archive may write about one member before its content."""

UNPACKING_MEMORY = 256 * MIB
"""Bytes that unpacking one stream may take; the strongest usual setting of xz takes 65 MiB."""

HELD = 256 * MIB
"""Bytes of tables and mappings of archives that are held until their archives have been read: a table is read twice."""


@dataclass(slots=True)
class Meter:
    """Counts what was unpacked from how much, and refuses what no honest archive does.

    `packed` is how many bytes were read, or how large the whole is; `largest` bounds what may be unpacked of it.
    """

    largest: int
    packed: int = 0
    unpacked: int = 0

    def take(self, size: int) -> None:
        """Count bytes that were unpacked. Raises `Refused`."""
        self.unpacked += size
        if self.unpacked > self.largest:
            raise Refused(f"unpacks to more than {self.largest // GIB or 1} GiB")
        if self.unpacked > RATIO_FROM and self.unpacked > RATIO * self.packed:
            raise Refused(f"unpacks to more than {RATIO:,} times its size; no data does that")
