"""The last lines of an answer: what else is on record, what to be careful of, what was cut, and the sources cited above."""

from __future__ import annotations

from rich.cells import cell_len

from api.terminal.prose import clean, prose
from api.terminal.sheet import DOUBTFUL, UNDOCUMENTED, Sheet, grid
from graph import schema
from queries.answer import Answer, Source

BOUNDS_SHOWN = 6
"""Places where a bound was reached that are listed."""


def closing(sheet: Sheet, answer: Answer) -> None:
    """Print what follows the items of every answer."""
    if answer.after:
        sheet.put(prose((sheet.word("next", after=answer.after), "dim")), indent=2)
    _findings(sheet, answer)
    if answer.caveats:
        sheet.put()
        sheet.put(prose((sheet.word("careful"), "bold yellow")))
        sheet.bullets(prose(sheet.text(caveat.text)) for caveat in answer.caveats)
    if answer.question != "entity":
        _bounds(sheet, answer)
    _sources(sheet, answer)


def _findings(sheet: Sheet, answer: Answer) -> None:
    """Figures and judgements, less what the first lines said already; an entity's facts have their own place."""
    if answer.question == "entity":
        return
    said = {sheet.text(text) for text in answer.summary}
    findings = [finding for finding in answer.findings if sheet.text(finding.text) not in said]
    if findings:
        sheet.heading(sheet.word("also"))
        sheet.bullets(sheet.marked(sheet.text(finding.text), finding.evidence) for finding in findings)


def _bounds(sheet: Sheet, answer: Answer) -> None:
    cut = [bound for bound in answer.bounds if bound.shown < bound.total]
    if cut:
        sheet.heading(sheet.word("bounded"))
        lines = (f"{sheet.text(b.what)}: {sheet.word('of', shown=b.shown, total=b.total)}" for b in cut)
        sheet.bullets((prose(line) for line in lines), most=BOUNDS_SHOWN)


def _sources(sheet: Sheet, answer: Answer) -> None:
    """The sources that are cited above, each with its address unbroken, so that it can be opened or copied."""
    cited = [source for source in answer.sources if source.number in sheet.cited]
    if not cited:
        return
    signs = {UNDOCUMENTED: "no_page", DOUBTFUL: "doubtful"}
    sheet.heading(sheet.word("sources"))
    for sign, name in signs.items():
        if sign in sheet.signs:
            sheet.put(prose((sheet.word(name), "dim")), indent=2)
    margin = len(f"[{cited[-1].number}]") + 1
    for source in cited:
        _source(sheet, source, margin)


def _source(sheet: Sheet, source: Source, margin: int) -> None:
    url = clean(source.url)
    title = clean(schema.titled(source.title, sheet.lang))
    # A page without a title is listed by its address, which says it once.
    named = [] if title and url.split("//", 1)[-1].removeprefix("www.").startswith(title) else [title]
    said = ", ".join(
        part for part in (*named, clean(schema.titled(source.publisher, sheet.lang)), source.published or "") if part
    )
    number = f"[{source.number}]".ljust(margin)
    room = sheet.console.width - 2 - margin
    together = f"{said}  {url}".strip()
    lines = [together] if not said or not url or cell_len(together) <= room else [said, url]
    for n, line in enumerate(lines):
        lead = number if n == 0 else " " * margin
        if line == said:
            row = grid(0)
            row.add_row(prose((lead, "dim")), prose(line))
            sheet.put(row, indent=2)
        else:
            # Past the edge rather than broken: a terminal still opens an address that it wraps itself.
            sheet.console.print(prose("  ", (lead, "dim"), (line, "dim")), soft_wrap=True)
