"""Which kinds of standard a standard belongs to: rules and publishing places hang on these fields.

A kind is a `Field` node with a fixed id (`loaders/curated/fields.csv`): national, industry, food safety ...
"""

from __future__ import annotations

from graph import numbers
from graph.model import Node

SYSTEM = "field:standards-system"
COMMITTEES = "field:technical-committees"

_CONSTRUCTION = range(50000, 60000)
"""Serial numbers kept for national standards of engineering construction (GB 50001 and up), as the numbers themselves show."""

_BY_CODE = {"HJ": "field:kind-environmental", "YY": "field:kind-medical-device"}
_BY_TITLE = {"食品安全国家标准": "field:kind-food-safety"}


def kinds(standard: Node) -> tuple[str, ...]:
    """Ids of the fields of kind that apply, the most particular first.

    A particular kind (food safety, construction, environment) has its own issuer, so the general `national` is left
    out of the list for it.

    >>> kinds(Node("standard:gb-50490-2009", "Standard", {"number": "GB 50490-2009", "kind": "national"}))
    ('field:kind-construction',)
    """
    p = standard.properties
    number = numbers.parse(str(p.get("number", "")))
    title = str(p.get("title_zh", ""))
    for words, field in _BY_TITLE.items():
        if title.startswith(words):
            return (field,)
    if number is None or number.kind == "plan":
        return (f"field:kind-{p['kind']}",) if p.get("kind") else ()
    if number.issuer == "GB" and number.serial.isdigit() and int(number.serial) in _CONSTRUCTION:
        return ("field:kind-construction",)
    if number.issuer in _BY_CODE:
        return (_BY_CODE[number.issuer], f"field:industry-{number.issuer.lower()}")
    if number.kind == "industry":
        return (f"field:industry-{number.issuer.lower()}", "field:kind-industry")
    if number.kind == "national" and number.mandatory is not None:
        particular = "mandatory" if number.mandatory else "recommended"
        return (f"field:kind-national-{particular}", "field:kind-national")
    return (f"field:kind-{number.kind}",)


def undated(standard: Node) -> str | None:
    """Id of the node for the same number without its year: texts that cite no year mean each edition while it is in force.

    >>> undated(Node("standard:gb-t-22239-2019", "Standard", {"number": "GB/T 22239-2019"}))
    'standard:gb-t-22239'
    """
    number = numbers.parse(str(standard.properties.get("number", "")))
    if number is None or number.year is None:
        return None
    family = numbers.parse(number.edition_family)
    return f"standard:{family.slug}" if family else None
