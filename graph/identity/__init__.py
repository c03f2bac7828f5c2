"""Identity of organisations: which may be one, what people judged of them, and how good all that is.

Read in this order: :mod:`graph.identity.blocks` (which names are compared at all), :mod:`graph.identity.candidates` (pairs that
may be one, most likely first), :mod:`graph.identity.judgements` (what a person decided, kept, shared and taken back) and
:mod:`graph.identity.evaluation` (precision and recall on labelled pairs).

Loading merges names with the same key, and names that a source records for one organisation. Everything less certain is a
candidate here, and never more than that until a person has judged it.
"""
