"""The words around a picture: its title, legend, sources, counts, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from api.pictures.drawing import Drawing
from api.pictures.measure import clean
from api.pictures.shapes import looks
from graph import schema
from graph.model import Language
from queries.answer import Answer, Evidence, Source, Text
from queries.questions import QUESTIONS

PRODUCT = "standards-graph"

_QUESTIONS = {
    "oversight": Text("Who decides {0}", "{0}由谁决定"),
    "coalition": Text("Partners on {0} for {1}", "{1}在{0}上的合作伙伴"),
    "influence": Text("Paths from {0} to {1}", "从{0}到{1}的路径"),
    "access": Text("May {0} take part in {1}", "{0}能否参加{1}"),
    "entity": Text("{0} and what is adjacent", "{0}及其关联"),
}
_OVER_A_BODY = Text("Who oversees {0}", "谁主管{0}")
_ABOUT = Text("About {0}", "关于{0}")

WORDS = {
    "as_of": Text("As of {0}", "截至{0}"),
    "drawn": Text("{0} of {1} nodes drawn", "已绘{1}个节点中的{0}个"),
    "sources": Text("Sources", "来源"),
    "legend": Text("Legend", "图例"),
    "documented": Text("a page on record says so", "有页面可查"),
    "dashed": Text("no page on record says so", "尚无页面佐证"),
    "faint": Text("low confidence", "可信度低"),
    "arrow": Text("read along the arrow", "沿箭头方向阅读"),
    "together": Text("without direction: drafted together", "无方向：共同起草"),
    "frame": Text("alike: one line for all in the frame", "同类：一线代表框内各方"),
    "nothing": Text("This answer has no relationships to draw", "此答案没有可绘的关系"),
    "evidence": Text("Evidence", "依据"),
    "careful": Text("Careful", "注意"),
    "says": Text("statement", "陈述"),
    "since": Text("date", "日期"),
    "sure": Text("confidence", "可信度"),
    "where": Text("place in the source", "出处"),
    "unknown": Text("date unknown", "日期不详"),
    "no_page": Text("no page", "无页面"),
    "help": Text(
        "Drag to move, scroll to zoom, click a box or line to see what it says.",
        "拖动可移动，滚动可缩放，点击方框或连线可查看内容。",
    ),
    "reset": Text("Whole picture", "显示全图"),
    "more": Text("and {0} more", "另有{0}条"),
    "bound": Text("{0}: {1} of {2} shown", "{0}：共{2}条，已显示{1}条"),
    "private": Text("holds private statements", "含非公开内容"),
}
_SURE = {"high": Text("high", "高"), "medium": Text("medium", "中"), "low": Text("low", "低")}


def title(answer: Answer, lang: Language) -> str:
    """The question as a heading."""
    names = [clean(node.name(lang), 120) for node in answer.about]
    if asked := QUESTIONS.get(answer.question):
        return asked.titled(names, clean(str(answer.asked.get("words", "")), 120))[lang]
    pattern = _QUESTIONS.get(answer.question, _ABOUT)[lang]
    if answer.question == "oversight" and names and answer.about[0].label in schema.BODIES:
        pattern = _OVER_A_BODY[lang]
    if len(names) < pattern.count("{"):
        pattern = _ABOUT[lang] if names else answer.question
    return pattern.format(*names)


def say(word: str, lang: Language, *values: object) -> str:
    """A phrase of `WORDS` with its values."""
    return WORDS[word][lang].format(*values)


def sure(confidence: str, lang: Language) -> str:
    """A degree of confidence in words."""
    return _SURE[confidence][lang] if confidence in _SURE else clean(confidence)


@dataclass(frozen=True, slots=True)
class Sign:
    """One entry of a legend: a shape in a colour, or a style of line."""

    text: str
    shape: str = ""
    colour: str = ""
    dashed: bool = False
    faint: bool = False
    arrow: bool = True


def legend(drawing: Drawing, lang: Language) -> tuple[Sign, ...]:
    """The labels and styles of line that occur in the drawing, and no others."""
    present = {b.label for b in drawing.boxes}
    known = [name for name in schema.LABELS if name in present] + sorted(present - set(schema.LABELS))
    signs = []
    for name in known:
        en, zh, shape, colour = looks(name)
        signs.append(Sign(zh if lang == "zh" else en, shape, colour))
    if drawing.frames:
        signs.append(Sign(say("frame", lang), "frame"))
    lines = drawing.lines
    if any(line.arrow and not line.dashed for line in lines):
        signs.append(Sign(say("documented", lang)))
    if any(line.dashed for line in lines):
        signs.append(Sign(say("dashed", lang), dashed=True))
    if any(line.faint for line in lines):
        signs.append(Sign(say("faint", lang), faint=True))
    if any(not line.arrow for line in lines):
        signs.append(Sign(say("together", lang), arrow=False))
    return tuple(signs)


def cited(answer: Answer, numbers: Iterable[int]) -> tuple[Source, ...]:
    """The sources with these numbers."""
    wanted = set(numbers)
    return tuple(source for source in answer.sources if source.number in wanted)


def reference(source: Source, lang: Language, *, address: bool = True) -> str:
    """A source on one line: publisher, title, date, and its address unless that is shown apart."""
    title = clean(schema.titled(source.title, lang), 200)
    if address and title and title in source.url:
        title = ""
    publisher = clean(schema.titled(source.publisher, lang), 80)
    parts = [publisher if publisher and publisher not in title else "", title, clean(source.published or "", 20)]
    if address:
        parts.append(clean(source.url, 200))
    return f"[{source.number}] " + ". ".join(part for part in parts if part)


def evidence(answer: Answer) -> tuple[Evidence, ...]:
    """All evidence of the answer, each statement once, in the order of the answer."""
    every = [e for item in answer.items for e in item.evidence]
    every += [e for item in answer.items for hop in item.hops for e in hop.evidence]
    every += [e for finding in answer.findings for e in finding.evidence]
    return tuple({e.statement: e for e in reversed(every)}.values())[::-1]


def counts(answer: Answer, drawing: Drawing, lang: Language, most: int = 12) -> tuple[str, ...]:
    """What is not shown: nodes left out, and bounds that the question reached."""
    said = []
    if drawing.drawn < drawing.total:
        said.append(say("drawn", lang, drawing.drawn, drawing.total))
    cut = [b for b in answer.bounds if b.shown < b.total]
    said += [say("bound", lang, clean(b.what[lang], 120), b.shown, b.total) for b in cut[:most]]
    if len(cut) > most:
        said.append(say("more", lang, len(cut) - most))
    return tuple(said)
