"""An answer as its groups of items: under each heading who or what, the reason, and the figures that the question shows."""

from __future__ import annotations

from api.figures import figure
from api.terminal.prose import Prose, clean, prose
from api.terminal.sheet import Sheet, grid, table
from graph import schema
from queries.answer import Answer, Item
from queries.questions import QUESTIONS


def grouped(sheet: Sheet, answer: Answer) -> None:
    """Print the summary and each group of items, as a table where the question has figures for one."""
    question = QUESTIONS[answer.question]
    asked = {node.id for node in answer.about}
    sheet.put()
    for text in answer.summary:
        sheet.put(prose((sheet.text(text), "bold")), indent=2)
    for role in dict.fromkeys(item.role for item in answer.items):
        items = [item for item in answer.items if item.role == role]
        sheet.heading(sheet.capital(question.roles[role]))
        columns = [name for name in question.columns if any(item.details.get(name) not in (None, ()) for item in items)]
        rows = (
            table(sheet.word("name"), *(sheet.text(question.columns[name]) for name in columns)) if columns else grid()
        )
        for item in items:
            figures = (prose(figure(item, name, sheet.lang)) for name in columns)
            rows.add_row(_said(sheet, item, asked), *figures)
        sheet.put(rows, indent=2)
    left = answer.total - len(answer.items)
    if left > 0 and not answer.after:
        sheet.put(prose((sheet.word("more", n=left), "dim")), indent=2)


def _said(sheet: Sheet, item: Item, asked: set[str]) -> Prose:
    """The name of the thing, unless it was asked about or the reason names it, and the reason with its marks."""
    reason, own = sheet.text(item.reason), clean(item.node.name(sheet.lang))
    named = not own or own in reason or item.node.id in asked
    title = sheet.title(item.node) if item.node.label == schema.STANDARD else ""
    line = prose() if named else prose((sheet.name(item.node), "bold"), (f" {title}" if title else "", "dim"), "  ")
    line.append_text(sheet.marked(reason, item.evidence))
    return line
