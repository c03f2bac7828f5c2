"""Partners by origin: what is asked about in the middle, domestic partners on the left, all others on the right.

A partner is a card: its name, the seats it holds here, how much it drafted here, and what it shares with who asks. A group is one card,
whichever of its entities the sources name. Partners that stand to the matter in the same way share a frame and a line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from api.pictures.choice import choose, documented, marks, short
from api.pictures.drawing import SMALL, Box, Drawing, Frame, Line, Words
from api.pictures.layered import MARGIN, line
from api.pictures.measure import balanced, clean, width, wrap
from api.pictures.routing import crossed, routed
from api.pictures.shapes import Block, box, framed, single
from graph import schema
from graph.model import Language, NodeRef
from queries.answer import Answer, Evidence, Item, Text
from queries.evidence import phrase

MOST_CARDS = 24
_CARD = 176.0
_BETWEEN, _DOWN, _UP = 150.0, 26.0, 84.0
_ORIGINS = {
    "domestic": Text("Domestic", "境内"),
    "foreign": Text("Foreign", "境外"),
    "joint_venture": Text("Joint venture", "合资"),
    "unknown": Text("Origin unknown", "来源不详"),
}
_DRAFTED = Text("drafted {0} here", "在此起草{0}项")
_LED = Text(", led {0}", "，牵头{0}项")
_LATEST = Text(", latest {0}", "，最近{0}")
_SHARED = Text("{0} together with {1}", "与{1}共同起草{0}项")
_ITS_STANDARDS = Text("drafted its standards", "起草其标准")
_SEATED = Text("has a seat here", "在此有席位")
_SEATS = frozenset({"HOSTS_SECRETARIAT", "MEMBER_OF"})
_MATTERS = Text("drafted in this field", "在本领域起草")
_AS = Text(" (as {0})", "（以{0}名义）")
_NO_PAGE = Text(" (no page)", "（无页面）")
_MORE = Text("{0} and {1} more", "{0}等{2}个组织")


def sides(answer: Answer, lang: Language) -> Drawing:
    """The drawing of a coalition."""
    about, asker = answer.about[0], answer.about[1] if len(answer.about) > 1 else None
    partners = [item for item in answer.items if item.role == "partner"][:MOST_CARDS]
    own = {item.node.id: _own(item) for item in partners}
    blocks: list[Block] = []
    lines: list[Line] = []
    sided: dict[str, str] = {}
    groups: dict[tuple[str, int], list[Item]] = {}
    for item in partners:
        groups.setdefault((_origin(item), _standing(item, about, own)), []).append(item)
    for (origin, standing), group in sorted(
        groups.items(), key=lambda pair: (list(_ORIGINS).index(pair[0][0]), pair[0][1])
    ):
        cards = [_card(item, asker, own[item.node.id], lang) for item in group]
        heading = ("{}（{}）" if lang == "zh" else "{} ({})").format(_ORIGINS[origin][lang], len(group))
        block = framed(f"frame:{origin}:{standing}", heading, cards, 2 if len(cards) > 3 else 1)
        blocks.append(block)
        sided[block.key] = "left" if origin == "domestic" else "right"
        lines += _lines(block.key, about, group, own, lang, len(lines))
    middle, ties = _middle(answer, about, asker, own, lang)
    blocks += middle
    lines += ties
    return _arranged(blocks, sided, lines, answer, len(partners))


def _middle(
    answer: Answer, about: NodeRef, asker: NodeRef | None, own: Mapping[str, set[str]], lang: Language
) -> tuple[list[Block], list[Line]]:
    """Committees in charge over what is asked about, and who asks below it."""
    nodes = {node.id: node for node in answer.picture.nodes}
    charge = [tie for tie in choose(answer).ties if tie.links[0].type == "IN_CHARGE_OF" and tie.target == about.id]
    lines = [line(tie, 1000 + n, lang) for n, tie in enumerate(charge)]
    blocks = [single(box(nodes[id], lang)) for id in dict.fromkeys(tie.source for tie in charge)]
    blocks.append(single(box(about, lang, "asked")))
    if asker is None:
        return blocks, lines
    blocks.append(single(box(asker, lang, "asker")))
    if asked_by := _of_asker(answer, about, asker, own, lang):
        lines.append(asked_by)
    return blocks, lines


def _of_asker(
    answer: Answer, about: NodeRef, asker: NodeRef, own: Mapping[str, set[str]], lang: Language
) -> Line | None:
    """What ties who asks to what is asked about. Evidence of drafting that speaks of no partner speaks of the asker."""
    partners = {name for names in own.values() for name in names}
    mine = {
        e.statement: e
        for item in answer.items
        for e in item.evidence
        if item.role == "partner" and e.type == "DRAFTED" and e.object and e.subject.name("zh") not in partners
    }
    here = [e for e in mine.values() if e.object and e.object.id == about.id]
    return _drafting("line:asker", asker, about, here, list(mine.values()), lang)


def _arranged(
    blocks: Sequence[Block], sided: Mapping[str, str], lines: Sequence[Line], answer: Answer, partners: int
) -> Drawing:
    """The columns, with the middle one close together, or as high as the others where lines would run behind it."""
    columns = [[b for b in blocks if sided.get(b.key) == side] for side in ("left", None, "right")]
    others = len(columns[1])
    tallest = max(_height(column, _UP if n == 1 else _DOWN) for n, column in enumerate(columns))
    stretched = (tallest - _height(columns[1], 0.0)) / max(1, others - 1)
    found = []
    for up in (_UP, stretched):
        placed, frames, width_ = _placed(columns, tallest, up)
        drawing = Drawing(
            width_, round(tallest + 2 * MARGIN, 1), placed, frames, tuple(lines), (), partners + others,
            max(answer.total, partners) + others,
        )  # fmt: skip
        found.append(routed(drawing))
    return min(found, key=crossed)


def _placed(
    columns: Sequence[Sequence[Block]], tallest: float, up: float
) -> tuple[tuple[Box, ...], tuple[Frame, ...], float]:
    placed: list[Box] = []
    frames: list[Frame] = []
    x = MARGIN
    for n, column in enumerate(columns):
        if not column:
            continue
        wide = max(block.width for block in column)
        gap = up if n == 1 else _DOWN
        y = MARGIN + (tallest - _height(column, gap)) / 2
        for block in column:
            some, frame = block.placed(x + wide / 2, y + block.height / 2)
            placed += some
            frames += frame
            y += block.height + gap
        x += wide + _BETWEEN
    return tuple(placed), tuple(frames), round(x - _BETWEEN + MARGIN, 1)


def _height(column: Sequence[Block], gap: float) -> float:
    return sum(block.height for block in column) + gap * max(0, len(column) - 1)


def _origin(item: Item) -> str:
    origin = str(item.details.get("origin") or "unknown")
    return origin if origin in _ORIGINS else "unknown"


def _own(item: Item) -> set[str]:
    """The Chinese names under which sources speak of the partner: its own and those of its entities."""
    entities = item.details.get("entities")
    return {item.node.name("zh"), *(entities if isinstance(entities, tuple) else ())}


def _said(item: Item, own: set[str]) -> list[Evidence]:
    """What the item's evidence says of the partner itself; the rest is about who asks."""
    return [e for e in item.evidence if e.object and (e.subject.id == item.node.id or e.subject.name("zh") in own)]


def _on(about: NodeRef, item: Item, own: Mapping[str, set[str]]) -> list[Evidence]:
    return [e for e in _said(item, own[item.node.id]) if e.object and e.object.id == about.id and e.type == "DRAFTED"]


def _standing(item: Item, about: NodeRef, own: Mapping[str, set[str]]) -> int:
    """What ties the partner to the matter: 0 drafted it, 1 drafted in its field, 2 a seat alone, 3 neither."""
    if _on(about, item, own):
        return 0
    types = {e.type for e in _said(item, own[item.node.id])}
    return 1 if "DRAFTED" in types else 2 if types & _SEATS else 3


def _lines(
    key: str, about: NodeRef, group: Sequence[Item], own: Mapping[str, set[str]], lang: Language, number: int
) -> list[Line]:
    """The line of a frame: all of them drafted what is asked about, or else its standards, or in its field."""
    here = [e for item in group for e in _on(about, item, own)]
    every = [e for item in group for e in _said(item, own[item.node.id]) if e.type == "DRAFTED"]
    seats = [e for item in group for e in _said(item, own[item.node.id]) if e.type in _SEATS]
    if not every and seats:
        return [_line(f"line:{number}", key, about, seats, _SEATED[lang], lang)]
    found = _drafting(f"line:{number}", key, about, here, every, lang)
    return [found] if found else []


def _drafting(
    key: str, source: NodeRef | str, about: NodeRef, here: Sequence[Evidence], every: Sequence[Evidence], lang: Language
) -> Line | None:
    """The line of those who drafted what is asked about (`here`), else its standards, or others of its field."""
    said, words = here, phrase("DRAFTED", "")[lang]
    if not here:
        said, words = every, (_ITS_STANDARDS if about.label in schema.BODIES else _MATTERS)[lang]
    if not said:
        return None
    if isinstance(source, NodeRef):
        names = dict.fromkeys(clean(e.subject.name(lang), 60) for e in said if e.subject.id != source.id)
        if names:
            words += _AS[lang].format(("、" if lang == "zh" else ", ").join(names))
    return _line(key, source if isinstance(source, str) else source.id, about, said, words, lang)


def _line(key: str, source: str, about: NodeRef, said: Sequence[Evidence], words: str, lang: Language) -> Line:
    numbers = sorted({n for e in said for n in e.sources})
    joint = "" if lang == "zh" else " "
    return Line(
        key,
        source,
        about.id,
        balanced(f"{words}{joint}{marks(numbers)}", SMALL, 130, 4),
        f"{words}{joint}{marks(numbers, 99)}",
        dashed=not any(documented(e) for e in said),
        faint=all(e.confidence == "low" for e in said),
        sources=tuple(numbers),
        statements=tuple(e.statement for e in said),
    )


def _card(item: Item, asker: NodeRef | None, own: set[str], lang: Language) -> Box:
    """A partner's box with what speaks for it."""
    plain = box(item.node, lang, room=_CARD)
    facts = [*_seats(_said(item, own), lang), *_figures(item, asker, own, lang)]
    rows = [Words(text, SMALL) for fact in facts for text in wrap(fact, SMALL, _CARD, 3)]
    words = (*plain.lines, *rows)
    widest = max(width(w.text, w.size * (1.06 if w.weight == "bold" else 1)) for w in words)
    return replace(
        plain,
        lines=words,
        width=round(max(plain.width, widest + 32), 1),
        height=round(plain.height + sum(w.height for w in rows), 1),
        title="\n".join([plain.title, *facts]),
        sources=tuple(sorted({n for e in _said(item, own) for n in e.sources})),
    )


def _seats(said: Sequence[Evidence], lang: Language) -> list[str]:
    """The partner's seats and secretariats, each kind once: the first body by name, the others counted."""
    kinds: dict[tuple[str, str], list[Evidence]] = {}
    for e in said:
        if e.type in _SEATS and e.object:
            kinds.setdefault((e.type, e.qualifier), []).append(e)
    facts = []
    for (type_, qualifier), same in kinds.items():
        bodies = sorted({e.object.name(lang) for e in same if e.object}, key=lambda name: (len(name), name))
        first = clean(bodies[0], 60)
        listed = first if len(bodies) == 1 else _MORE[lang].format(first, len(bodies) - 1, len(bodies))
        words = clean(phrase(type_, qualifier)[lang])
        joint = "" if lang == "zh" else " "
        verb = words.removesuffix("其秘书处") + "秘书处：" if words.endswith("其秘书处") else words
        unseen = "" if any(documented(e) for e in same) else _NO_PAGE[lang]
        facts.append(f"{verb}{joint}{listed} {marks(n for e in same for n in e.sources)}{unseen}")
    return facts


def _figures(item: Item, asker: NodeRef | None, own: set[str], lang: Language) -> list[str]:
    facts = []
    drafted = item.details.get("drafted")
    if isinstance(drafted, int) and drafted:
        text = _DRAFTED[lang].format(drafted)
        if led := item.details.get("led"):
            text += _LED[lang].format(led)
        if latest := item.details.get("latest"):
            text += _LATEST[lang].format(short(str(latest)))
        numbers = [n for e in _said(item, own) if e.type == "DRAFTED" for n in e.sources]
        facts.append(f"{text} {marks(numbers)}")
    shared = item.details.get("co_drafted")
    if isinstance(shared, int) and shared and asker:
        facts.append(_SHARED[lang].format(shared, clean(asker.name(lang), 40)))
    return facts
