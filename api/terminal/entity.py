"""What is on record of one thing: its facts by topic, and what it is related to, by kind, with honest counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.terminal.prose import Prose, prose
from api.terminal.sentences import bracketed, joined, labelled
from api.terminal.sheet import Sheet, grid
from api.terminal.trees import branches
from api.terminal.words import SEATS
from graph import schema
from queries.answer import Answer, Evidence, Item, Text
from queries.entity import reads
from queries.evidence import phrase

FACTS_SHOWN = 30
"""Topics of facts that are told; the rest is counted."""


def entity(sheet: Sheet, answer: Answer) -> None:
    """Print the facts, then the neighbours of each kind."""
    _facts(sheet, answer)
    _related(sheet, answer)


def _facts(sheet: Sheet, answer: Answer) -> None:
    order = list(schema.NAME_KINDS)
    evidence = [e for finding in answer.findings for e in finding.evidence]
    names = sorted((e for e in evidence if e.type == "NAME"), key=lambda e: order.index(e.qualifier))
    topics: dict[tuple[str, str], list[tuple[str, Evidence]]] = {}
    for e in (*names, *(e for e in evidence if e.type != "NAME")):
        topic, said = labelled(sheet, e)
        topics.setdefault((e.type, topic), []).append((said, e))
    if not topics:
        return
    sheet.put()
    rows = grid()
    rows.add_column(max_width=max(14, sheet.console.width // 4))
    rows.add_column()
    for (_, topic), parts in list(topics.items())[:FACTS_SHOWN]:
        line = joined((sheet.marked(text, [e]) for text, e in parts), sheet.word("list_joint"))
        rows.add_row(prose((topic, "dim")), line)
    sheet.put(rows, indent=2)
    if len(topics) > FACTS_SHOWN:
        sheet.put(prose((sheet.word("more_json", n=len(topics) - FACTS_SHOWN), "dim")), indent=2)


def _related(sheet: Sheet, answer: Answer) -> None:
    totals = {bound.what: bound.total for bound in answer.bounds}
    groups: dict[Text, list[Item]] = {}
    for item in answer.items:
        groups.setdefault(_reads(item), []).append(item)
    for said, items in groups.items():
        relatives = _relatives(items)
        total = totals.get(said, len(items))
        count = f"{len(relatives):,}"
        if len(items) < total:
            count = sheet.word("statements_of", shown=len(items), total=total)
        elif len(relatives) < total:
            count += f", {sheet.word('statements', n=total)}"
        sheet.put()
        head = prose((sheet.capital(said).rstrip("："), "bold cyan"), (f"  {count}", "dim"))
        branches(sheet, head, [_relative(sheet, same) for same in relatives])
    _further(sheet, answer, groups)


def _reads(item: Item) -> Text:
    return reads(item.role, "out" if item.details.get("direction") == "out" else "in")


def _relatives(items: Sequence[Item]) -> list[list[Item]]:
    """Items of the same thing together: several sources may say the same."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.node.id, []).append(item)
    return list(found.values())


def _relative(sheet: Sheet, same: Sequence[Item]) -> tuple[Prose, Prose]:
    node = same[0].node
    evidence = [e for item in same for e in item.evidence]
    title = f" {sheet.title(node)}" if node.label == schema.STANDARD and node.title() else ""
    kinds: dict[str, list[Evidence]] = {}
    for e in evidence:
        kinds.setdefault(_particulars(sheet, e), []).append(e)
    said = joined((sheet.marked(text, es) for text, es in kinds.items()), sheet.word("list_joint"))
    return prose((sheet.name(node), "bold"), title), said


def _particulars(sheet: Sheet, e: Evidence) -> str:
    """What tells one statement of a kind from another: role or capacity, place in a list, dates."""
    far = e.object.name(sheet.lang) if e.object else ""
    rest = bracketed(sheet.text(e.says).rsplit(far, 1)[-1]) if far else []
    return ", ".join([*_capacity(sheet, e), *rest])


def _capacity(sheet: Sheet, e: Evidence) -> list[str]:
    if e.qualifier in SEATS and e.type in ("MEMBER_OF", "PART_OF"):
        return [SEATS[e.qualifier][sheet.lang == "zh"]]
    own = phrase(e.type, e.qualifier)
    if not e.qualifier or own == phrase(e.type, ""):
        return []
    return [sheet.text(own)]


def _further(sheet: Sheet, answer: Answer, shown: Mapping[Text, Sequence[Item]]) -> None:
    """The kinds of relationship that this page does not come to."""
    left = [bound for bound in answer.bounds if bound.what not in shown and bound.total]
    if left:
        names = sheet.word("list_joint").join(f"{sheet.text(bound.what)} {bound.total:,}" for bound in left)
        sheet.put()
        sheet.put(prose((sheet.word("further", names=names), "dim")), indent=2)
