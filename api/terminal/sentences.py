"""What evidence says beside the name of the thing it is shown with, so that no line repeats it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from api.terminal.prose import Prose, clean, prose
from api.terminal.sheet import Sheet
from graph import schema
from queries.answer import Evidence

SAID_AT_ONCE = 4
"""Different statements that are told of one thing before the rest is only counted."""

_IN_BRACKETS = re.compile(r"[(（]([^()（）]+)[)）]")

_PLAIN = ("IN_CHARGE_OF", "ISSUED", "PROPOSED", "SUPERVISES_STANDARD")
"""Relationships that the heading of their group says already: beside the thing asked about only their dates are left."""


def beside(sheet: Sheet, evidence: Evidence, node: str, asked: Collection[str] = ()) -> tuple[str, str]:
    """What the evidence says of `node`, without its name: what it is or does, and to or by whom."""
    says = sheet.text(evidence.says)
    subject = clean(evidence.subject.name(sheet.lang))
    if evidence.object is None:
        return "", _without(says, subject) if evidence.subject.id == node else says
    far = clean(evidence.object.name(sheet.lang))
    if evidence.subject.id == node and evidence.object.id in asked and evidence.type in _PLAIN:
        return "", ", ".join(bracketed(says.rsplit(far, 1)[-1]))
    if evidence.subject.id == node:
        verb, _, rest = _without(says, subject).partition(far)
        return verb.strip(), far + rest
    if evidence.object.id == node and evidence.type in schema.RELATIONSHIPS:
        relationship = schema.RELATIONSHIPS[evidence.type]
        verb = relationship.zh_back if sheet.lang == "zh" else relationship.en_back
        return verb, subject + says.rsplit(far, 1)[-1]
    return "", says


def bracketed(text: str) -> list[str]:
    """What stands in brackets at the end of a sentence: place in a list, degree, dates.

    >>> bracketed(" (#1) (since 2019-05-10)"), bracketed("（2019起）")
    (['#1', 'since 2019-05-10'], ['2019起'])
    """
    return _IN_BRACKETS.findall(text)


def together(sheet: Sheet, evidence: Sequence[Evidence], node: str, asked: Collection[str] = ()) -> tuple[Prose, ...]:
    """One line for all that is said in the same way: `is the superior of A [1], B [2]`."""
    said: dict[str, dict[str, list[Evidence]]] = {}
    for e in evidence:
        verb, rest = beside(sheet, e, node, asked)
        said.setdefault(verb, {}).setdefault(rest, []).append(e)
    return tuple(_line(sheet, verb, list(parts.items())) for verb, parts in said.items())


def _line(sheet: Sheet, verb: str, parts: Sequence[tuple[str, Sequence[Evidence]]]) -> Prose:
    line = prose(verb + (" " if verb and sheet.lang == "en" else ""))
    for n, (rest, same) in enumerate(parts[:SAID_AT_ONCE]):
        line.append(sheet.word("list_joint") if n else "")
        line.append_text(sheet.marked(rest, same) if rest else prose((sheet.marks(same), "dim")))
    if len(parts) > SAID_AT_ONCE:
        line.append(f" +{len(parts) - SAID_AT_ONCE}", "dim")
    return line


def joined(lines: Iterable[Prose], joint: str) -> Prose:
    """Several lines as one."""
    whole = prose()
    for line in lines:
        if not line.plain:
            continue
        whole.append(joint if whole.plain else "")
        whole.append_text(line)
    return whole


def labelled(sheet: Sheet, evidence: Evidence) -> tuple[str, str]:
    """A fact as its topic and what is said on it, without the name of what it is said of."""
    if evidence.type == "STAGE" and str(evidence.value) in schema.STAGES:
        label = schema.FACTS["STAGE"]
        name = schema.STAGES[str(evidence.value)][sheet.lang == "zh"]
        since = sheet.text(evidence.says).rsplit(str(evidence.value), 1)[-1]
        return (label.zh if sheet.lang == "zh" else label.en), f"{evidence.value} {name}{since}"
    rest = _without(sheet.text(evidence.says), clean(evidence.subject.name(sheet.lang)))
    if evidence.type in ("NOTE", "RULE", "FIGURE"):
        topic = clean(schema.word(evidence.qualifier, sheet.lang))
        return topic, _without(rest, topic)
    topic, colon, said = rest.partition("：" if sheet.lang == "zh" else ": ")
    return (topic, said) if colon else ("", rest)


def _without(says: str, name: str) -> str:
    """The sentence without the name it begins with."""
    return says.removeprefix(name).lstrip(" ,:，：") if says.startswith(name) else says
