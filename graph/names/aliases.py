"""What names are known to mean: a table of names that people or cited sources have joined, never a guess."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from graph.names.keys import name_key

__all__ = ["NO_ALIASES", "Alias", "AliasTable", "Aliases"]


@dataclass(frozen=True, slots=True)
class Alias:
    """One thing a name is known to mean.

    Attributes:
        id: the organisation.
        kind: what the name is to it: ``name``, ``short``, ``former``, ``english``, ``spelling`` ...
    """

    id: str
    kind: str = "name"


class Aliases(Protocol):
    """A curated table of names. Only what a person or a cited source said belongs in it, never a guess."""

    def known_as(self, key: str) -> Collection[Alias]:
        """Everything the name with this key is known to mean; several where it is ambiguous."""
        ...


@dataclass(frozen=True, slots=True)
class AliasTable:
    """An alias table held in memory, by name key."""

    by_key: Mapping[str, tuple[Alias, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str]]) -> AliasTable:
        """Build a table from rows of name, id and kind."""
        table: dict[str, dict[Alias, None]] = {}
        for name, identity, kind in rows:
            if key := name_key(name):
                table.setdefault(key, {})[Alias(identity, kind)] = None
        return cls({key: tuple(aliases) for key, aliases in table.items()})

    def known_as(self, key: str) -> tuple[Alias, ...]:
        """Everything the name with this key is known to mean."""
        return self.by_key.get(key, ())


NO_ALIASES: Aliases = AliasTable()
