"""The standard that an identifier of Relaton means.

Nearly all identifiers are numbers of the grammar (`ISO/IEC 27001:2022`, `3GPP TS 23.501:Rel-15/15.2.0`, `RFC 2119`). The others, some
twenty in the sets of ISO and W3C, are names that their publisher gave, as of the directives (`ISO/IEC DIR 1 ISO SUP:2019`): the
node's id is made of the whole of it, and its `number` is the identifier as it stands, which the grammar does not read, so that
nobody takes it for an edition of another.
"""

from __future__ import annotations

import re
from functools import lru_cache

from graph import numbers
from graph.model import Scalar
from graph.names import opaque_id
from graph.numbers import StandardNumber
from graph.schema import STANDARD
from loaders import references
from loaders.references import Target
from loaders.refusals import Refused, shown

__all__ = ["edition_is_known", "is_iso", "named", "number_of"]

_LONGEST = 200
_BETWEEN = re.compile(r"[^a-z0-9.]+")
_ISO_AND_IEC = frozenset(("ISO", "IEC"))
_INTERNATIONAL = frozenset(
    ("ISO", "IEC", "ITU-T", "ITU-R", "ITU", "IETF", "RFC", "W3C", "3GPP", "IEEE", "BIPM", "OIML", "CIE")
)


@lru_cache(maxsize=16_384)
def number_of(docid: str) -> StandardNumber | None:
    """The number that the identifier is, None where the grammar knows none."""
    return numbers.parse(docid)


@lru_cache(maxsize=16_384)
def named(docid: str) -> Target:
    """The node of the document. Raises `Refused` for an identifier without a letter or digit.

    >>> named("ISO/IEC 27001:2022").id, named("ISO/IEC DIR 1 ISO SUP:2019").id
    ('standard:iso-iec-27001-2022', 'standard:iso-iec-dir-1-iso-sup-2019')
    """
    number = number_of(docid)
    if number is not None:
        if number.mandatory is None and number.kind != "plan":
            return Target(
                f"standard:{number.slug}", STANDARD, number.canonical, {"number": number.canonical, "kind": number.kind}
            )
        return references.standard(docid)
    end = _BETWEEN.sub("-", docid.lower()).strip("-.")
    if not end:
        raise Refused(f"{shown(docid)} is not the identifier of a document")
    if len(end) > _LONGEST or not docid.isascii():
        end = opaque_id(docid.casefold()).partition(":")[2]
    said: dict[str, Scalar] = {"number": docid[:_LONGEST]}
    if docid.replace("/", " ").split(" ", 1)[0] in _INTERNATIONAL:
        said["kind"] = "international"
    return Target(f"standard:{end}", STANDARD, docid, said)


def is_iso(number: StandardNumber | None) -> bool:
    """Whether ISO or IEC, alone or with others, counts it: their editions are told apart by the year.

    >>> is_iso(number_of("ISO/IEC 27001:2022")), is_iso(number_of("RFC 2119")), is_iso(number_of("EN ISO 9001:2015"))
    (True, False, False)
    """
    return number is not None and not _ISO_AND_IEC.isdisjoint(number.issuer.split("/"))


def edition_is_known(number: StandardNumber | None) -> bool:
    """Whether the identifier says which edition or draft is meant.

    `ISO 9241-112` does not: it means the edition in force, whichever that is. Where numbers have no years (RFC 2119), they do.

    >>> edition_is_known(number_of("ISO 9241-112")), edition_is_known(number_of("ISO/DIS 55000")), edition_is_known(number_of("RFC 2119"))
    (False, True, True)
    """
    return number is None or not is_iso(number) or number.year is not None or number.stage is not None
