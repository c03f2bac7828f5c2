"""Who stands in a Relaton file: who published and wrote the document, and which committee or group is in charge of it.

Persons are not read, save for the organisations behind them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.relaton.lines import Plain
from loaders.relaton.shapes import each, first, text_of

__all__ = ["Body", "Organisation", "bodies_in", "contributors"]

_COMMITTEES = ("technical_committee", "committee", "subcommittee", "workgroup", "working_group", "group")
_WORDS_OF_NUMBERED = {"technical_committee": "TC", "committee": "TC", "subcommittee": "SC", "workgroup": "WG"}
_PLACEHOLDERS = frozenset(
    (
        "waiting for new company",
        "unknown",
        "unknown working group",
        "unknown company",
        "retired friends of etsi",
        "n/a",
        "none",
        "tbd",
        "individual",
        "independent",
        "self-employed",
        "unaffiliated",
        "no affiliation",
    )
)
"""What stands for an organisation or group where there is none."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as it is printed, and its abbreviation where the file gives one."""

    name: str
    abbreviation: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A committee or group in charge: by its identifier (a code, mostly), and by its name."""

    identifier: str
    name: str = ""


def contributors(
    value: Plain,
) -> tuple[tuple[Organisation, ...], tuple[Organisation, ...], tuple[Organisation, ...], list[Body]]:
    """Publishers, organisations that wrote, organisations behind persons who wrote or edited, and groups of an organisation.

    That a publisher is an author of what it publishes says nothing of who drafted it: it is listed as publisher only.
    """
    publishers: dict[Organisation, None] = {}
    authors: dict[Organisation, None] = {}
    affiliations: dict[Organisation, None] = {}
    bodies: list[Body] = []
    for one in each(value):
        roles = {text_of(role.get("type") or role.get("content")) for role in each(one.get("role"))}
        if "person" in one:
            for affiliation in each(first(one["person"]).get("affiliation")):
                if (found := _organisation(first(affiliation.get("organization")))) and roles & {"author", "editor"}:
                    affiliations.setdefault(found)
            continue
        given = first(one.get("organization"))
        found = _organisation(given)
        if found is None:
            continue
        if "publisher" in roles:
            publishers.setdefault(found)
        groups = list(_subdivisions(given, found))
        bodies += groups
        if "author" in roles and not groups:
            authors.setdefault(found)
    for publisher in publishers:
        authors.pop(publisher, None)
    return tuple(publishers), tuple(authors), tuple(affiliations), bodies


def _organisation(value: dict[str, Plain]) -> Organisation | None:
    name, abbreviation = text_of(value.get("name")).strip('" '), text_of(value.get("abbreviation"))
    name = name or abbreviation
    if len(name) < 2 or _is_nobody(name):
        return None
    return Organisation(name, abbreviation if abbreviation != name else "")


def _subdivisions(value: dict[str, Plain], of: Organisation) -> Iterator[Body]:
    """The committee or group of an organisation: `subdivision` of v1.5; the most particular one, which is the last."""
    last: Body | None = None
    for one in each(value.get("subdivision")):
        name, identifier = text_of(one.get("name") or one.get("content")), text_of(one.get("identifier"))
        if (name or identifier) and not _is_nobody(name):
            last = Body(identifier, name if identifier else f"{of.abbreviation or of.name} {name}")
    if last is not None:
        yield last


def bodies_in(value: Plain, docid: str) -> list[Body]:
    """The groups of an `editorialgroup`: committees under their levels (ISO, IEC, OGC ...), or a plain list of groups (3GPP).

    A plain list names who is in charge (`prime`), who helps and who once was: only the first is taken.
    """
    found: list[Body] = []
    owner = docid.split(" ", 1)[0]
    for one in each(value):
        levels = [key for key in _COMMITTEES if one.get(key)]
        if levels:
            found += _by_level(one, levels, owner)
            continue
        name = text_of(one.get("name") or one.get("content")).strip('"')
        several = "/" in name or "," in name
        if text_of(one.get("type")) in ("prime", "") and len(name) > 1 and not several and not _is_nobody(name):
            found.append(Body(f"{owner} {name}"))
    return found


def _by_level(one: dict[str, Plain], levels: list[str], owner: str) -> list[Body]:
    """The lowest level that is given; without an identifier its code is built from the numbers of the levels."""
    lowest = levels[-1]
    found: list[Body] = []
    for body in each(one[lowest]):
        name, identifier = text_of(body.get("name") or body.get("content")), text_of(body.get("identifier"))
        if not identifier and (number := text_of(body.get("number"))):
            above = [
                f"{text_of(over.get('type')) or _WORDS_OF_NUMBERED.get(level, '')} {text_of(over.get('number'))}"
                for level in levels[:-1]
                for over in [first(one[level])]
                if over.get("number")
            ]
            identifier = "/".join(
                (
                    owner.split("/TC")[0],
                    *above,
                    f"{text_of(body.get('type')) or _WORDS_OF_NUMBERED.get(lowest, '')} {number}",
                )
            )
        if identifier or (name and not _is_nobody(name)):
            found.append(Body(identifier, name if identifier else f"{owner} {name}"))
    return found


def _is_nobody(name: str) -> bool:
    return name.casefold() in _PLACEHOLDERS
