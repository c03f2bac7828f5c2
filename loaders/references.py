"""A row's words for a node become the node: its id, label and what the words alone say of it.

{ number = "x" }                           a standard, by any spelling of its number
{ committee = "x" }                        a committee or working group by code (`TC260`), else by name;
                                           `parent = "y"` is the body to which a name such as 大数据标准工作组 belongs
{ organisation = "x", label = "Company" }  an organisation by any of its names; a committee's code or name leads to
                                           the committee; without a label the form of the name suggests one
{ policy = "x" }                           a policy by its own id, or by its name
{ field = "x", scheme = "ics" }            a class of ICS, CCS or industry code, a kind of standard, or a named field
{ id = "x" }                               a node's id as written
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from graph import committees, numbers
from graph.model import Basis, Confidence, NodeRecord, Provenance, Scalar
from graph.names import looks_personal, name_key, opaque_id, slug
from graph.schema import ACTORS, COMMITTEE, FIELD, LABELS, ORGANISATIONS, POLICY, STANDARD, WORKING_GROUP
from graph.script import has_han
from loaders.cells import text_at, written
from loaders.directory import Directory, Entry
from loaders.expressions import Scope, standard_number
from loaders.kinds import BODY_LABELS, label_by_name
from loaders.refusals import Refused, shown

if TYPE_CHECKING:
    from loaders.parts import Reference  # a large module, which tables alone need

__all__ = [
    "ID",
    "Target",
    "body",
    "committee_by_code",
    "field_of",
    "label_of_prefix",
    "named_by",
    "numbered",
    "on_record",
    "organisation",
    "resolve",
    "settled",
    "standard",
]

ID = re.compile(r"(org|committee|standard|policy|field):[a-z0-9](?:[a-z0-9._-]{0,250})")

_BEGINS_WITH_CODE = re.compile(r"(?:[A-Z/]+[ /])?(?:TC|SWG|JTC|PC|SYC) ?\d", re.IGNORECASE)
_CODE_IN_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]{3,40})[)）\]]$")
_ACTORS_BY_NAME = (*ORGANISATIONS, COMMITTEE, WORKING_GROUP)
_OF_A_FIELD = {"ics": "ICS", "ccs": "CCS", "industry": "industry code", "kind": "standard_kind", "named": "field"}


@dataclass(frozen=True, slots=True)
class Target:
    """A node as a row means it. `properties` is what the words themselves say (a number, a code, a name).

    `firm` False tells that the label is only suggested by the form of the name. `key` is set where the id was made from
    a name, so that it may turn out to be a node with an id of its own; `plain_key` is the key without the parent's code. `name`
    is how to show it. `on_record` is the label that the store has for it, where that may be another.
    """

    id: str
    label: str
    name: str
    properties: Mapping[str, Scalar] = field(default_factory=dict)
    firm: bool = True
    key: str = ""
    plain_key: str = ""
    on_record: str = ""


def resolve(reference: Reference, scope: Scope, directory: Directory) -> Target | None:
    """The node that the row means, None where the row has nothing there. Raises `Refused`."""
    target = named_by(reference, scope)
    if target is None:
        return None
    try:
        return settled(target, directory)
    except Refused as refused:
        raise refused.at(written(reference.value)) from None


def settled(target: Target, directory: Directory) -> Target:
    """The node that words mean, by all that tables and store know of it. Raises `Refused`."""
    if target.key:
        entry = _found(target, directory)
        if entry is None and target.label in ACTORS and looks_personal(target.name):
            raise Refused("a personal name; names of people are never loaded")
    elif target.label == STANDARD and target.properties:
        became = directory.standard_of(str(target.properties.get("plan_number")))
        return Target(became, STANDARD, target.name) if became else target
    else:
        entry = directory.entry(target.id)
    if entry is None:
        if not target.label:
            raise Refused(f"there is no node {shown(target.id)}")
        return target
    name = entry.name or target.name
    if entry.in_tables or entry.id != target.id:
        # Another row or dataset names it; these words add nothing to what it is called, except a code.
        said = {} if target.key else target.properties
        return Target(entry.id, entry.label, name, said, target.firm and not target.key)
    # Only the store has it, maybe from an earlier load of this very row: what the row says of it must not change by that.
    return replace(target, name=name, label=target.label or entry.label, on_record=entry.label)


def on_record(target: Target, provenance: Provenance) -> NodeRecord:
    """The record of a node that a statement refers to, so that nothing dangles.

    Where the words only say that there is such a node, what kind it is stands by rule.
    """
    if not target.firm or not target.properties:
        p = provenance
        provenance = Provenance(p.dataset, p.record, p.document, p.locator, p.observed_on, Confidence.LOW, Basis.RULE)
    return NodeRecord(target.id, target.label, target.properties, provenance)


def _found(target: Target, directory: Directory) -> Entry | None:
    labels = _ACTORS_BY_NAME if target.label in ACTORS else (target.label,)
    entry = directory.find(target.key, labels, own=target.id, shown_as=target.name)
    if entry is None and target.plain_key != target.key:
        entry = directory.find(target.plain_key, labels, own=target.id, shown_as=target.name)
    return entry


def named_by(reference: Reference, scope: Scope) -> Target | None:
    """The node that the words alone name, before anything else is known. Raises `Refused`."""
    text = text_at(reference.value, scope)
    if text is None:
        return None
    try:
        match reference.kind:
            case "number":
                return standard(text)
            case "committee":
                return committee_by_code(text) or body(text, text_at(reference.parent, scope))
            case "organisation":
                return committee_by_code(text) or organisation(text, text_at(reference.label, scope) or "")
            case "policy":
                return _policy(text)
            case "field":
                return field_of(text, reference.scheme)
        return _id(text, text_at(reference.label, scope) or "")
    except Refused as refused:
        raise refused.at(written(reference.value)) from None


@lru_cache(maxsize=16_384)
def committee_by_code(text: str) -> Target | None:
    """A committee named by its code, alone or in brackets behind its name; None for any other text."""
    code = committees.parse(text)
    if code is None and (bracketed := _CODE_IN_BRACKETS.search(text)):
        code = committees.parse(bracketed[1])
    if code is None:
        return None
    return Target(f"committee:{code.slug}", code.label, str(code), {"code": str(code)})


def label_of_prefix(prefix: str) -> str:
    """The label of ids with that prefix where there is one only; "" for organisations and bodies."""
    labels = [label.name for label in LABELS.values() if label.prefix == prefix]
    return labels[0] if len(labels) == 1 else ""


def _plain_code(text: str) -> str:
    return str(committees.parse(text) or text)


@lru_cache(maxsize=8_192)
def standard(text: str) -> Target:
    """A standard or project by any spelling of its number. Raises `Refused`."""
    return _numbered(standard_number(text))


def numbered(number: numbers.StandardNumber) -> Target:
    """The standard or project with a number that was read already, as by its canonical form."""
    if number.mandatory is None and number.kind == "national":
        return standard(number.canonical)  # 国标22239 does not say what GB 22239 says
    return _numbered(number)


def _numbered(number: numbers.StandardNumber) -> Target:
    return Target(f"standard:{number.slug}", STANDARD, number.canonical, _of_number(number))


def _of_number(number: numbers.StandardNumber) -> dict[str, Scalar]:
    if number.kind == "plan":
        return {"plan_number": number.canonical}
    said: dict[str, Scalar] = {"number": number.canonical, "kind": number.kind}
    if number.mandatory is not None:
        said["mandatory"] = number.mandatory
    return said


@lru_cache(maxsize=4096)
def body(text: str, parent: str | None) -> Target:
    """A committee or group without a code: known by its name, under its parent where the row says which."""
    plain = _key(text)
    key = _key(f"{_plain_code(parent)} {text}") if parent else plain
    of_a_committee = committees.find(text) is not None and _BEGINS_WITH_CODE.match(text) is not None
    id = f"committee:{slug(text)}" if of_a_committee and text.isascii() else _opaque(key, "committee")
    label = WORKING_GROUP if parent or of_a_committee or label_by_name(text) == WORKING_GROUP else COMMITTEE
    return Target(id, label, text, _name(text), firm=False, key=key, plain_key=plain)


@lru_cache(maxsize=32_768)
def organisation(text: str, label: str) -> Target:
    """An organisation by its name alone, before tables and store are asked; "" leaves the label to the form of the name."""
    if label and label not in ACTORS:
        raise Refused(f"{shown(label)} is not a label of an actor")
    key = _key(text)
    suggested = label or label_by_name(text)
    prefix = "committee" if suggested in BODY_LABELS else "org"
    return Target(_opaque(key, prefix), suggested, text, _name(text), firm=bool(label), key=key, plain_key=key)


def _policy(text: str) -> Target:
    plain = text.removeprefix("policy:")
    if ID.fullmatch(f"policy:{plain}"):
        return Target(f"policy:{plain}", POLICY, plain)
    key = _key(text)
    return Target(_opaque(key, "policy"), POLICY, text, _name(text), key=key, plain_key=key)


def field_of(text: str, scheme: str) -> Target:
    """A class of ICS, CCS or industry code, a kind of standard, or a named field. Raises `Refused`."""
    if text.startswith("field:") and ID.fullmatch(text):
        return Target(text, FIELD, text)
    end = slug(text)
    if not end:
        raise Refused(f"{shown(text)} is not the name or code of a field")
    kind = {"kind": _OF_A_FIELD[scheme]}
    if scheme == "named":
        key = _key(text)
        return Target(f"field:{end}", FIELD, text, {**_name(text), **kind}, key=key, plain_key=key)
    if scheme == "ccs":
        end = slug(text.replace(" ", ""))  # `Y 57` is Y57
    said = _name(text) if scheme == "kind" else {"code": text.upper().replace(" ", "")}
    return Target(f"field:{scheme}-{end}", FIELD, text, {**said, **kind})


def _id(text: str, label: str) -> Target:
    match = ID.fullmatch(text)
    if match is None:
        raise Refused(f"{shown(text)} is not the id of a node; ids look like org:huawei-technologies")
    if label and (label not in LABELS or LABELS[label].prefix != match[1]):
        raise Refused(f"the id {shown(text)} does not fit the label {label}")
    return Target(text, label or label_of_prefix(match[1]), text, firm=bool(label))


def _key(text: str) -> str:
    key = name_key(text)
    if not key:
        raise Refused(f"{shown(text)} is not a name")
    return key


def _opaque(key: str, prefix: str) -> str:
    return f"{prefix}:{opaque_id(key).partition(':')[2]}"


def _name(text: str) -> dict[str, Scalar]:
    return {"name_zh" if has_han(text) else "name_en": text}
