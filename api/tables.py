"""A portfolio as a table to take away and work on: CSV or Excel, one row a standard, with owner, next step and date."""

from __future__ import annotations

import csv
import io
from typing import Final

from api.figures import figure
from api.pictures.exchange import guarded
from graph.errors import InputError
from graph.model import Language
from loaders.workbook_writing import workbook
from queries.answer import Answer, Text
from queries.questions import QUESTIONS

MEDIA_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The forms of a table, with their media types."""

_HEADS = (
    Text("rank", "序号"), Text("number", "编号"), Text("title", "名称"), Text("group", "类别"), Text("why", "依据"),
)  # fmt: skip
_LAST = (Text("id", "标识"), Text("sources", "来源"), Text("own data", "自有数据"))


def render(answer: Answer, form: str, lang: Language = "en") -> tuple[bytes, str]:
    """The items of an answer as a table, with the figures of its question. Raises InputError for a form that is none of `MEDIA_TYPES`."""
    if form not in MEDIA_TYPES:
        raise InputError(f"{form[:40]!r} is no form of a table: use one of {', '.join(MEDIA_TYPES)}", field="out")
    table = rows(answer, lang)
    return (_csv(table) if form == "csv" else workbook({answer.as_of: table})), MEDIA_TYPES[form]


def rows(answer: Answer, lang: Language) -> list[list[str]]:
    """The table, its heads first."""
    question = QUESTIONS[answer.question]
    columns = question.columns
    heads = [text[lang] for text in (*_HEADS, *columns.values(), *_LAST)]
    by_number = {source.number: source for source in answer.sources}
    table = [heads]
    for item in answer.items:
        numbers = dict.fromkeys(n for e in item.evidence for n in e.sources)
        sources = " | ".join(s.url or s.title for n in numbers if (s := by_number.get(n)))
        private = any(e.private for e in item.evidence)
        figures = ["" if item.details.get(name) is None else figure(item, name, lang) for name in columns]
        table.append([
            str(item.rank), item.node.name(lang), item.node.title(lang), question.roles[item.role][lang], item.reason[lang], *figures,
            item.node.id, sources, {"en": "yes", "zh": "是"}[lang] if private else "",
        ])  # fmt: skip
    return table


def _csv(table: list[list[str]]) -> bytes:
    """Lines ended as RFC 4180 has them, behind a mark without which spreadsheets read Chinese as something else."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([[guarded(cell) for cell in row] for row in table])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")
