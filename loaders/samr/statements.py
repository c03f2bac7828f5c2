"""What the record of a standard says, in the graph's words. Every response and page of the platforms is said here."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from graph.model import Basis, Confidence, NodeRecord, Provenance, Scalar
from graph.names import column_of_people
from graph.numbers.codes import INDUSTRY_CODES
from graph.schema import ASSOCIATION, BODIES
from loaders import references
from loaders.refusals import Refused
from loaders.samr.entries import Body, Entry
from loaders.saying import Saying, Target

__all__ = ["say"]

_KINDS = frozenset({"national", "industry", "local", "association", "enterprise", "international"})
_INDUSTRIES = frozenset(INDUSTRY_CODES)
_NAMES = "names beside codes"
"""The record of a dataset under which names of committees and classes stand."""

_SHORT = 7
"""Characters of a name, on average, in a list in which most could be persons; organisations have some twelve."""


def say(entry: Entry, saying: Saying) -> None:
    """Say all that the record holds. Raises `Refused` where it names no standard."""
    number = entry.number or entry.plan
    if number is None:
        raise entry.faults[0] if entry.faults else Refused("names neither a standard number nor a plan number")
    if entry.faults:
        saying.refused.extend(entry.faults)
    # A platform's own record of a standard, as it is published: nothing is likelier to be true.
    saying.provenance = saying.on(Basis.PAGE, Confidence.HIGH)
    standard = saying.numbered(number)
    _describe(entry, standard, saying)
    _state(entry, standard, saying)
    _classes(entry, standard, saying)
    _bodies(entry, standard, saying)
    if entry.drafting:
        _drafting(entry, standard, saying)
    if entry.replaces or entry.replaced_by or entry.adopts:
        _other_standards(entry, standard, saying)
    for topic, value in entry.notes:
        saying.fact(standard, "NOTE", value, topic)


def _describe(entry: Entry, standard: Target, saying: Saying) -> None:
    by_number = entry.mandatory_by_number
    said: dict[str, Scalar | None] = {}
    if entry.plan is not None:
        said["plan_number"] = entry.plan.canonical
    said["title_zh"], said["title_en"] = entry.title_zh, entry.title_en
    said["kind"] = entry.kind
    said["mandatory"] = entry.mandatory if by_number is None else by_number
    if entry.ics or entry.ccs:
        said["ics"], said["ccs"] = ", ".join(entry.ics), ", ".join(entry.ccs)
    said["stage"] = _stage(entry)
    said["sector"] = entry.sector
    said["published"], said["effective"] = entry.published, entry.effective
    said["url"] = entry.url
    saying.describe(standard, said, main=True)
    if entry.number is not None and entry.plan is not None:
        saying.same(saying.numbered(entry.plan), standard)


def _stage(entry: Entry) -> str | None:
    """The stage that a published standard is at for good: no statement of its own, as a project's, which goes on."""
    if entry.project:
        return None
    if entry.status in ("withdrawn", "superseded"):
        return "95"
    return "60" if entry.published or entry.status else None


def _state(entry: Entry, standard: Target, saying: Saying) -> None:
    """Status and stage, with the days from which they hold: a record itself has only those of publication and effect."""
    status, published, effective = entry.status, entry.published, entry.effective
    if status == "current":
        saying.fact(standard, "STATUS", status, since=effective or published)
    elif status == "upcoming":
        # What is to come into force is no longer to come once that day has passed.
        until = effective if effective and (published or "") < effective else None
        saying.fact(standard, "STATUS", status, since=published, until=until)
    elif status:
        saying.fact(standard, "STATUS", status, since=entry.withdrawn)
    if entry.project:
        saying.fact(standard, "STAGE", entry.stage)


def _classes(entry: Entry, standard: Target, saying: Saying) -> None:
    for code in entry.ics:
        field = _class(code, "ics")
        if name := entry.ics_names.get(code):
            _call(field, name, saying)
        saying.relate(standard, "CLASSIFIED_AS", field)
    for code in entry.ccs:
        saying.relate(standard, "CLASSIFIED_AS", _class(code, "ccs"))
    kind = entry.kind
    if kind == "industry":
        number = entry.number or entry.plan
        if number is not None and number.issuer in _INDUSTRIES:
            saying.relate(standard, "CLASSIFIED_AS", _class(number.issuer, "industry"))


@lru_cache(maxsize=16_384)
def _class(code: str, scheme: str) -> Target:
    return references.field_of(code, scheme)


def _call(target: Target, name: str, saying: Saying) -> None:
    """Say what a committee or class is called. It stands once for each in the dataset, however many records print it:
    a name is not the standard's, and must not go when a later record has only the code.
    """
    said = saying.provenance
    provenance = Provenance(said.dataset, _NAMES, said.document, "", said.observed_on, said.confidence, said.basis)
    saying.nodes.append(NodeRecord(target.id, target.label, {**target.properties, "name_zh": name}, provenance))


def _bodies(entry: Entry, standard: Target, saying: Saying) -> None:
    for body in entry.in_charge:
        _in_charge(body, "centralised", standard, saying)
    for body in entry.executing:
        _in_charge(body, "executing", standard, saying)
    for name in entry.supervising:
        with saying.part("supervising agency"):
            saying.relate(saying.organisation(name), "SUPERVISES_STANDARD", standard)
    for name in entry.proposing:
        with saying.part("proposer"):
            saying.relate(saying.organisation(name), "PROPOSED", standard, since=entry.dated)
    for name in entry.issuing:
        with saying.part("issuing body"):
            saying.relate(saying.organisation(name), "ISSUED", standard, since=entry.dated)
    if not entry.issuing and not entry.project:
        _issued_by_rule(entry, standard, saying)


def _in_charge(body: Body, capacity: str, standard: Target, saying: Saying) -> None:
    with saying.part("committee in charge" if capacity == "centralised" else "executing committee"):
        printed = {"as_printed": body.name} if body.name else {}
        if not body.code:
            saying.relate(saying.organisation(body.name), "IN_CHARGE_OF", standard, capacity, properties=printed)
            return
        committee = saying.committee(body.code)
        if body.name:
            _call(committee, body.name, saying)
        saying.relate(committee, "IN_CHARGE_OF", standard, capacity, properties=printed)
        if body.parent:
            saying.relate(committee, "PART_OF", saying.committee(body.parent), "subcommittee")


def _issued_by_rule(entry: Entry, standard: Target, saying: Saying) -> None:
    """Who issued it by its number: the association whose code the number has, the enterprise that leads the drafting.

    The number of an association standard holds the association's code (团体标准管理规定 of 2019); an enterprise standard is
    made by the enterprise, alone or with others (Standardization Law of 2017, article 19).
    """
    number = entry.number
    if number is None or number.kind not in ("association", "enterprise"):
        return
    with saying.part("issuing body"):
        if number.kind == "association":
            code = f"T/{number.issuer}"
            issuer = saying.organisation(code, ASSOCIATION)
            if issuer.key:
                issuer = replace(issuer, properties={**issuer.properties, "code": code})
        elif entry.drafting:
            issuer = saying.organisation(entry.drafting[0])
            if issuer.label in BODIES:
                return
        else:
            return
        by_rule = saying.on(Basis.RULE, Confidence.MEDIUM)
        saying.relate(issuer, "ISSUED", standard, since=entry.dated, provenance=by_rule)


def _drafting(entry: Entry, standard: Target, saying: Saying) -> None:
    if len("".join(entry.drafting)) <= _SHORT * len(entry.drafting) and column_of_people(entry.drafting):
        saying.refused.append(
            Refused("a list of names of people, which are never loaded", part="drafting organisations")
        )
        return
    since = entry.dated
    said: set[str] = set()
    for rank, name in enumerate(entry.drafting, 1):
        try:
            organisation = saying.organisation(name)
            if organisation.id not in said:
                said.add(organisation.id)
                printed: dict[str, Scalar] = {"rank": rank}
                if organisation.name != name:
                    printed["as_printed"] = name
                saying.relate(organisation, "DRAFTED", standard, since=since, properties=printed)
        except Refused as refused:
            saying.refused.append(refused.at(f"drafting organisation {rank}"))
    if entry.cut:
        saying.fact(standard, "NOTE", "cut short by the source", "drafting list")


def _other_standards(entry: Entry, standard: Target, saying: Saying) -> None:
    since = None if entry.project else entry.effective or entry.published
    for number, partial in entry.replaces:
        with saying.part("replaced standard"):
            properties = {"partial": True} if partial else {}
            saying.relate(standard, "REPLACES", saying.standard(number), since=since, properties=properties)
    for number in entry.replaced_by:
        with saying.part("replacing standard"):
            saying.relate(saying.standard(number), "REPLACES", standard)
    for number, degree in entry.adopts:
        with saying.part("adopted standard"):
            adoption: dict[str, Scalar] = {"degree": degree} if degree else {}
            saying.relate(standard, "ADOPTS", saying.standard(number), properties=adoption)
