"""The middle of each answer, as its question is best read: roles, partners, paths, access, neighbours, results."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.console import Group

from api.terminal.access import access
from api.terminal.entity import entity
from api.terminal.grouped import grouped
from api.terminal.prose import prose
from api.terminal.sentences import joined, together
from api.terminal.sheet import Sheet, grid, table
from api.terminal.trees import branches
from graph import schema
from queries.answer import Answer, Item
from queries.oversight import ROLES
from queries.questions import QUESTIONS

PARTS_OF_WHY = ("this_standard", "seat")
"""Parts of a partner's score whose reasons are words; the others are figures with columns of their own."""


def oversight(sheet: Sheet, answer: Answer) -> None:
    """Who decides, by role: each with what it does there."""
    asked = {node.id for node in answer.about}
    for role in dict.fromkeys(item.role for item in answer.items):
        leaves = []
        for item in (item for item in answer.items if item.role == role):
            said = joined(together(sheet, item.evidence, item.node.id, asked), sheet.word("list_joint"))
            leaves.append((prose((sheet.name(item.node), "bold")), said))
        sheet.put()
        branches(sheet, prose((sheet.capital(ROLES[role][1]), "bold cyan")), leaves)
    if not answer.items:
        sheet.put()
        sheet.put(prose((sheet.word("nothing_shown"), "yellow")), indent=2)


def coalition(sheet: Sheet, answer: Answer) -> None:
    """The partners as a table: who, their part in the matter, and figures of drafting here and together."""
    _summary(sheet, answer)
    if not answer.items:
        return
    sheet.put()
    whys = [_why(sheet, item) for item in answer.items]
    # Where nobody has a part in the matter itself, that is no column.
    columns = ("partner", *(("why",) if any(whys) else ()), "here", "together", "score")
    rows = table("#", *(sheet.word(n) for n in columns), right=("#",))
    outside = sheet.word("not_listed" if answer.about[0].label == schema.STANDARD else "no_seat")
    for item, why in zip(answer.items, whys, strict=True):
        d = item.details
        name, other = item.node.name(sheet.lang), item.node.name("en" if sheet.lang == "zh" else "zh")
        below = " · ".join(part for part in (other if other != name else "", _home(sheet, item)) if part)
        who = Group(prose((name, "bold")), prose((below, "dim")))
        led = sheet.word("led", n=d["led"]) if d.get("led") else ""
        here = _count(d.get("drafted"), d.get("latest"), led)
        rows.add_row(
            prose((str(item.rank), "dim")),
            who,
            *([sheet.marked(why, item.evidence) if why else prose((outside, "dim"))] if any(whys) else []),
            prose(here) if why else sheet.marked(here, item.evidence),
            prose(_count(d.get("co_drafted"), d.get("co_drafted_latest"))),
            f"{item.score:.2f}",
        )
    sheet.put(rows)
    _more(sheet, answer)


def _why(sheet: Sheet, item: Item) -> str:
    """A partner's part in the matter itself: its seats, its place on the list."""
    told = (sheet.text(part.why) for part in item.parts if part.name in PARTS_OF_WHY and part.value > 0)
    return sheet.word("list_joint").join(told)


def influence(sheet: Sheet, answer: Answer) -> None:
    """The paths, each as its steps."""
    _summary(sheet, answer)
    for item in answer.items:
        sheet.put()
        reason = sheet.text(item.reason)
        if not item.hops:
            row = grid(1)
            row.add_row(prose((f"{item.rank}.", "bold")), sheet.marked(reason, item.evidence))
            sheet.put(row, indent=2)
            continue
        way = reason.split("：" if sheet.lang == "zh" else ":")[0]
        head = prose((f"{item.rank}. {way}", "bold"), (f"  {item.score:.2f}", "dim"))
        steps = [(prose(), sheet.marked(sheet.text(hop.says), hop.evidence)) for hop in item.hops]
        branches(sheet, head, steps, indent=2)


def search(sheet: Sheet, answer: Answer) -> None:
    """Results, best first: the name, what it is, and by which name it was found where that is another."""
    if not answer.items:
        sheet.put()
        sheet.put(prose((sheet.word("nothing"), "yellow")), indent=2)
        return
    _summary(sheet, answer)
    sheet.put()
    rows = table("#", sheet.word("name"), sheet.word("kind"), right=("#",))
    for item in answer.items:
        name = sheet.name(item.node)
        title = sheet.title(item.node) if item.node.label == schema.STANDARD else ""
        matched = str(item.details.get("matched") or "")
        other = matched and matched not in f"{name} {title}"
        label = schema.LABELS[item.node.label]
        rows.add_row(
            prose((str(item.rank), "dim")),
            prose(
                (name, "bold"),
                f" {title}" if title else "",
                (f"  {sheet.word('found_as', other=matched)}" if other else "", "dim"),
            ),
            label.zh if sheet.lang == "zh" else label.en,
        )
    sheet.put(rows)
    _more(sheet, answer)


def _summary(sheet: Sheet, answer: Answer) -> None:
    sheet.put()
    for text in answer.summary:
        sheet.put(prose(sheet.text(text)), indent=2)


def _more(sheet: Sheet, answer: Answer) -> None:
    left = answer.total - len(answer.items)
    if left > 0 and not answer.after:
        sheet.put(prose((sheet.word("more", n=left), "dim")), indent=2)


def _home(sheet: Sheet, item: Item) -> str:
    """Country and ownership of a partner; what is unknown is called so."""
    ownership = item.details.get("ownership")
    words = [
        item.details.get("home"),
        schema.word(ownership, sheet.lang) if ownership not in (None, "unknown") else None,
    ]
    return ", ".join(str(part) for part in words if part) or sheet.word("origin_unknown")


def _count(number: object, latest: object, more: str = "") -> str:
    """A figure with the year of the newest that it counts."""
    if not number:
        return "-"
    figures = ", ".join(part for part in (str(number), more) if part)
    return f"{figures} · {str(latest)[:4]}" if latest else figures


BODIES: Mapping[str, Callable[[Sheet, Answer], None]] = {
    "oversight": oversight,
    "coalition": coalition,
    "influence": influence,
    "access": access,
    "entity": entity,
    "search": search,
    **dict.fromkeys(QUESTIONS, grouped),
}
"""How the items of each question's answer are printed."""
