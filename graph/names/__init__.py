"""Names of organisations: when two spellings are one name, and when two names are two bodies.

Read in this order: :mod:`graph.names.keys` (the key under which all spellings of one name meet),
:mod:`graph.names.places` (provinces and cities, since a branch of Beijing is not one of Shanghai),
:mod:`graph.names.parts` (what a name is made of), :mod:`graph.names.compare` (the judgement on a pair, by the rules of
:mod:`graph.names.chinese` or :mod:`graph.names.english`) and :mod:`graph.names.people` (refusing personal names).
"""

from graph.names.compare import NO_ALIASES, Alias, Aliases, AliasTable, Judgement, Verdict, compare
from graph.names.keys import core_key, name_key, opaque_id, slug
from graph.names.people import column_of_people, looks_personal, may_name_somebody

__all__ = [
    "NO_ALIASES",
    "Alias",
    "AliasTable",
    "Aliases",
    "Judgement",
    "Verdict",
    "column_of_people",
    "compare",
    "core_key",
    "looks_personal",
    "may_name_somebody",
    "name_key",
    "opaque_id",
    "slug",
]
