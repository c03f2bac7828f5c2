"""The first lines of an answer: what was asked, what that thing is, and the day the answer holds for."""

from __future__ import annotations

from collections.abc import Mapping

from api.terminal.prose import clean, prose
from api.terminal.sheet import Sheet
from graph import schema
from graph.dates import first_day
from graph.model import Node
from queries.answer import Answer
from queries.questions import QUESTIONS


def heading(sheet: Sheet, answer: Answer, about: Mapping[str, Node]) -> None:
    """Print the title; below it for each thing its names and what it is; then the day."""
    # A standard or body that has a number or code is called by it; its titles follow below.
    names = [clean(node.name(sheet.lang)) if node.title() else sheet.name(node) for node in answer.about]
    if answer.question == "search":
        title = sheet.word("search", words=clean(str(answer.asked.get("words", ""))))
    elif question := QUESTIONS.get(answer.question):
        title = clean(question.titled(names, str(answer.asked.get("words", "")))[sheet.lang])
    else:
        title = sheet.word(answer.question, *names)
    sheet.put(prose((title, "bold")))
    for n, ref in enumerate(answer.about):
        node = about.get(ref.id)
        # The names of an organisation are in the title; what else is known of it is told where it is asked about alone.
        if node and (node.label in (schema.STANDARD, *schema.BODIES) or len(answer.about) == 1):
            lead = f"{clean(ref.name(sheet.lang))} " if n else ""
            for line in (*_titles(node), _facts(sheet, node, answer.as_of)):
                sheet.put(prose(lead, line), indent=2)
                lead = ""
    sheet.put(prose((sheet.word("as_of", day=answer.as_of), "dim")), indent=2)


def _titles(node: Node) -> tuple[str, ...]:
    """The title of a standard or body, which is Chinese, and its translation: its number or code alone is in the title line."""
    if node.label not in (schema.STANDARD, *schema.BODIES):
        return ()
    found = (node.properties.get(f"{kind}_{lang}") for lang in ("zh", "en") for kind in ("title", "name"))
    return tuple(dict.fromkeys(str(name) for name in found if name))


def _facts(sheet: Sheet, node: Node, day: str) -> str:
    """What it is in a few words: for a standard its kind, whether it is compulsory, its state and its dates."""
    p = node.properties
    if node.label != schema.STANDARD:
        label = schema.LABELS[node.label]
        words = [schema.word(p["kind"], sheet.lang) if p.get("kind") else label.zh if sheet.lang == "zh" else label.en]
        words += [schema.word(p["ownership"], sheet.lang)] if p.get("ownership") not in (None, "unknown") else []
        words += [str(p["home"])] if p.get("home") else []
        words += [sheet.word("established", day=p["established"])] if p.get("established") else []
        return " · ".join(words)
    words = [schema.word(p["kind"], sheet.lang, node.label)] if p.get("kind") else []
    if isinstance(p.get("mandatory"), bool):
        words.append(sheet.word("mandatory" if p["mandatory"] else "voluntary"))
    if p.get("status") in ("superseded", "withdrawn", "project", "upcoming"):
        words.append(schema.word(p["status"], sheet.lang))
    stage = schema.STAGES.get(str(p.get("stage")))
    if stage and not p.get("published"):
        words.append(sheet.word("stage", stage=stage[sheet.lang == "zh"]))
    if p.get("published"):
        words.append(sheet.word("published", day=p["published"]))
    if p.get("effective"):
        begun = first_day(str(p["effective"])) <= day
        # What is withdrawn is not in force since anything.
        over = p.get("status") in ("superseded", "withdrawn")
        words.append(
            sheet.word("took_effect" if over else "effective" if begun else "not_effective", day=p["effective"])
        )
    return " · ".join(words)
