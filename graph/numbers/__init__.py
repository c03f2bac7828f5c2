"""The grammar of standard numbers: one parser, one canonical form, whatever the spelling."""

from graph.numbers.grammar import find_all, parse
from graph.numbers.model import Found, Kind, StandardNumber

__all__ = ["Found", "Kind", "StandardNumber", "find_all", "parse"]
