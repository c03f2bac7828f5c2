"""Pairs of organisations that may be one, side by side, and figures of identity, for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group

from api.terminal.prose import Prose, prose
from api.terminal.sheet import Sheet, grid, table
from graph import schema
from graph.identity.evaluation import OUTCOMES, Evaluation, Judged
from graph.identity.judgements import JudgedPair
from graph.model import NodeRef
from queries.identity import Proposal, Side

LINES = 4
"""Lines that one cell has at most."""

TITLE = 40
"""Characters of a standard's title that are shown."""

_WORDS: Mapping[str, tuple[str, str]] = {
    "names": ("names", "名称"),
    "kind": ("kind", "类别"),
    "home": ("home", "所属国家或地区"),
    "statements": ("statements", "记录条数"),
    "drafted": ("standards drafted", "参与起草标准"),
    "sources": ("said by", "数据来源"),
    "id": ("id", "标识"),
    "compared": ("compared", "比较的名称"),
    "together": (
        "Both stand in the drafting list of {listed}: most likely they are two.",
        "两者同列于{listed}的起草单位，很可能不是同一单位。",
    ),
    "ask": (
        "same, different, parent, unsure, skip or quit? ",
        "same 同一 / different 不同 / parent 上下级 / unsure 不确定 / skip 跳过 / quit 退出：",
    ),
    "which": ("Which is the parent, 1 or 2? ", "哪一个是上级，1 还是 2？"),
    "role": (
        'In which role do you judge (such as "government affairs"; no name of a person)? ',
        "以何种身份判定（如“政府事务”；不得填写人名）：",
    ),
    "again": ("Answer with one of these words, or its first letter.", "请输入其中一个词或其首字母。"),
    "one_or_two": ("answer 1 or 2", "请回答 1 或 2"),
    "left": ("{judged:,} judged; {left:,} left to judge", "已判定 {judged:,} 对；待判定 {left:,} 对"),
    "left_at_least": (
        "{judged:,} judged; at least {left:,} left to judge",
        "已判定 {judged:,} 对；待判定至少 {left:,} 对",
    ),
    "none": ("Nothing to judge.", "没有待判定的单位。"),
    "unknown": ("unknown", "未知"),
}


def said(name: str, lang: str, **values: object) -> str:
    """One of this module's own words in a language."""
    return _WORDS[name][lang == "zh"].format(**values)


def reads(one: JudgedPair) -> str:
    """A judgement as one line."""
    what = {
        "same": "the same as {}; its id leads there",
        "different": "another organisation than {}",
        "parent": "the parent of {}",
        "unsure": "not decided beside {}",
    }[one.verdict]
    return f"{one.name_a} ({one.a}): " + what.format(f"{one.name_b} ({one.b})")


def put_proposal(sheet: Sheet, number: int, total: int, one: Proposal) -> None:
    """One pair with the evidence of both sides."""
    lang = sheet.lang
    sheet.heading(f"{number} / {total}")
    sheet.put(prose(sheet.text(one.why), (f"  {one.likelihood:.0%}", "dim")))
    made = grid(2)
    made.add_row(prose(""), prose(("1", "bold")), prose(("2", "bold")))
    rows = (
        ("names", [_lines(side.names) for side in (one.a, one.b)]),
        ("kind", [_kind(side, lang) for side in (one.a, one.b)]),
        ("home", [prose(side.home or (said("unknown", lang), "dim")) for side in (one.a, one.b)]),
        ("statements", [prose(f"{side.statements:,}") for side in (one.a, one.b)]),
        ("drafted", [_drafted(sheet, side) for side in (one.a, one.b)]),
        ("sources", [_lines(side.sources) for side in (one.a, one.b)]),
        ("id", [prose((side.about.id, "dim")) for side in (one.a, one.b)]),
    )
    for name, cells in rows:
        made.add_row(prose((said(name, lang), "dim")), *cells)
    sheet.put(made, indent=2)
    if one.together:
        listed = ", ".join(node.name(lang) for node in one.together)
        sheet.put(prose((said("together", lang, listed=listed), "yellow")), indent=2)


def _lines(texts: Sequence[str], *, most: int = LINES) -> Group:
    """One below the other; a sign where there are more."""
    return Group(*(prose(text) for text in texts[:most]), *([prose(("…", "dim"))] if len(texts) > most else []))


def _kind(side: Side, lang: str) -> Prose:
    label = schema.LABELS[side.about.label]
    kind = schema.word(side.about.kind, lang, side.about.label) if side.about.kind else ""
    return prose(label.zh if lang == "zh" else label.en, (f" ({kind})" if kind else "", "dim"))


def _drafted(sheet: Sheet, side: Side) -> Group:
    def line(node: NodeRef) -> str:
        title = sheet.title(node)
        return f"{node.name(sheet.lang)} {title if len(title) <= TITLE else title[:TITLE] + '…'}".strip()

    return _lines([f"{side.drafted:,}", *map(line, side.standards)])


def put_evaluation(sheet: Sheet, name: str, found: Evaluation) -> None:
    """The figures of one part of the labelled pairs, and the table of confusion."""
    sheet.heading(f"{name}: {found.pairs:,} pairs")
    figures = grid(2)
    for caption, value in (
        ("precision of what is merged", found.precision),
        ("recall of what is merged", found.recall_merged),
        ("recall of what is merged or proposed", found.recall_reached),
        ("precision of what is proposed", found.proposed_precision),
    ):
        figures.add_row(prose(caption), prose("-" if value is None else f"{value:.4f}"))
    sheet.put(figures, indent=2)
    made = table("truth", *OUTCOMES, right=OUTCOMES)
    for label, counts in found.confusion.items():
        if sum(counts.values()):
            made.add_row(prose(label), *(f"{counts[outcome]:,}" for outcome in OUTCOMES))
    sheet.put(made, indent=2)


def put_errors(sheet: Sheet, errors: Sequence[Judged]) -> None:
    """The worst errors: what the pair is, what was made of it, and by which rule."""
    sheet.heading("Errors, the worst first")
    made = table("truth", "made of it", "rule", "a", "b")
    for one in errors:
        made.add_row(
            prose(one.pair.label),
            prose(one.outcome),
            prose((one.judged.rule, "dim")),
            prose(one.pair.a),
            prose(one.pair.b),
        )
    sheet.put(made, indent=2)
