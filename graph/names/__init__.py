"""Names of organisations: when two spellings are one name, and when two names are two bodies.

Read in this order: :mod:`graph.names.keys` (the key under which all spellings of one name meet),
:mod:`graph.names.places` (provinces and cities, since a branch of Beijing is not one of Shanghai),
:mod:`graph.names.parts` (what a name is made of), :mod:`graph.names.compare` (the judgement on a pair, by the rules of
:mod:`graph.names.chinese` or :mod:`graph.names.english`) and :mod:`graph.names.people` (refusing personal names).
"""

# What compares two names is imported from its own module: loading and finding, which use the rest, need not wait for it.
from graph.names.keys import core_key, name_key, opaque_id, slug
from graph.names.people import column_of_people, looks_personal, may_name_somebody

__all__ = [
    "column_of_people",
    "core_key",
    "looks_personal",
    "may_name_somebody",
    "name_key",
    "opaque_id",
    "slug",
]
