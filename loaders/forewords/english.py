"""The set phrases of translated forewords: proposed by, under the jurisdiction of, drafted by, replaces, identical to.

A translation names bodies in English as its translator saw fit, so that what is read here is less sure than the Chinese text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from graph.numbers import StandardNumber, find_all
from loaders.forewords.lists import english_list, joined
from loaders.forewords.model import Adopted, Cover, Foreword, Listed, Printed, Replaced
from loaders.forewords.numbering import CHINESE_KINDS, numbers_behind

__all__ = ["BEGINS_EN", "read_english"]

_KIND = r"(?:national |industry |professional |group )?(?:standards?|documents?|part|specifications?|technical document|guide|code)"
_SELF = rf"(?:this|the present) {_KIND}\b"

BEGINS_EN = re.compile(
    rf"(?:{_SELF}|Part \d+ of) ?(?:is|was|shall|replaces|supersedes|has been|adopts|uses|modifies)\b|"
    r"(?:the )?(?:main |chief )?(?:drafting|drafted) (?:organi[sz]ations?|units?|by)\b",
    re.IGNORECASE,
)
"""How the sentences of a translated foreword begin."""

_PERSONS = re.compile(
    r"(?:the )?(?:main|chief|principal|major|primary|leading)?\s*"
    r"(?:drafters?|drafting (?:staffs?|persons?|personnel|members?)|draftsmen|authors?|"
    r"compilers?|reviewers?|persons? (?:who|in charge))\b(?! (?:organi[sz]ation|unit))",
    re.IGNORECASE,
)
_ORGANISATIONS = re.compile(
    r"(?:the )?(?P<how>(?:main|chief|major|lead(?:ing)?|principal|responsible|participating|participant|other|joint|co-?)[ -]?)*"
    r"(?:(?:drafting|drafted|editing|compiling|development) (?:organi[sz]ations?|units?|institutions?|entities|parties)|"
    r"drafters' organi[sz]ations?|organi[sz]ations? (?:in charge of|responsible for|participating in) (?:the )?drafting|"
    r"(?:participating|participant) (?:organi[sz]ations?|units?|institutions?))"
    rf"(?: (?:of|for|in) (?:{_SELF}|the standard))?\s*(?P<is>:|are\b:?|is\b:?|include\b:?|including\b:?|were\b:?)",
    re.IGNORECASE,
)
_STARTS = re.compile(
    rf"(?:(?<=[.;:] )|(?<=\.)|^)"
    rf"(?={_SELF}|Please note|Attention is|The (?:previous|historical|issuing|drafting|main|chief)|This is the first)"
    rf"|(?={_SELF} (?:is|was|shall|replaces|supersedes|adopts|uses)\b)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?:(?:was|is|are|were|shall be|has been|have been)\s+)?(?:(?:jointly|mainly|also|and)\s+)*(?:"
    r"(?P<proposed>(?:proposed|put forward|initiated|raised)(?:\s+by)?)|"
    r"(?P<charge>(?:prepared )?under (?:the )?(?:(?:centrali[sz]ed|technical) )?"
    r"(?:jurisdiction|management|administration|charge)(?:\s+of)?|"
    r"(?:centrally |technically )?(?:managed|administered|administrated|centrali[sz]ed)(?:\s+(?:by|under))?|"
    r"in the charge of|(?:in |the )?responsibility of)|"
    r"(?P<executed>(?:executed|implemented)\s+by)|"
    r"(?P<drafted>(?:drafted|prepared|developed|compiled|written)\s+by))",
    re.IGNORECASE,
)
_CONNECTOR = re.compile(
    r"(?:[\s,;.]|\b(?:and|it|which|shall be|shall|is|was|are|were|be|also|this standard|this document|this part|falls?)\b)*",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:[\s,;]|\b(?:and|it|which|shall|is|was|are|were|be|also|falls?|both)\b)+$", re.IGNORECASE)

_REPLACES = re.compile(
    rf"{_SELF}[^.;:]{{0,60}}?\b(?P<part>partially |partly |in part )?(?:replaces?|supersedes?|substitutes?(?: for)?)\b(?! of)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:\s|:|in part|partially|partly|the|following|standards?|national|industry|and|\(|“|\")*", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"\.(?=\s+[A-Z(])|\.$|;")
_DEGREES = (
    ("NEQ", re.compile(r"non-?\s?equivalent|not equivalent|\bNEQ\b", re.IGNORECASE)),
    ("MOD", re.compile(r"\bmodif(?:ied|ies|y|ication)\b|\bMOD\b|re-?drafting", re.IGNORECASE)),
    ("IDT", re.compile(r"\bidentical(?:ly)?\b|\bequivalent(?:ly)? adopt|\bIDT\b|translation method", re.IGNORECASE)),
)
_ADOPTS = re.compile(
    rf"{_SELF}[^.;]{{0,120}}?\b(?:adopt(?:s|ed|ion)?|identical|modified|modifies|equivalent)\b", re.IGNORECASE
)
_PART_OF = re.compile(rf"(?:{_SELF}|this) is (?:the )?(?:Part \d+|\w+ part) of (?:the )?(?=[A-Z])", re.IGNORECASE)


_FEW = 50


def read_english(text: str, line: int, cover: Cover) -> Foreword:
    """What the running text of a translated foreword says. Sentences that name persons are dropped before anything else is read."""
    sentences, persons = _sentences(text)
    proposers: list[Printed] = []
    in_charge: list[Printed] = []
    executing: list[Printed] = []
    leading: list[Listed] = []
    taking_part: list[Listed] = []
    refused: list[tuple[str, str]] = []
    for sentence in sentences:
        if label := _ORGANISATIONS.match(sentence):
            follows = "particip" in label[0].lower() or "other" in label[0].lower()
            (taking_part if follows else leading).append(english_list(_to_full_stop(sentence[label.end() :])))
            continue
        for what, listed in _verbs(sentence):
            if what == "drafted":
                leading.append(listed)
            else:
                group = {"proposed": proposers, "charge": in_charge, "executed": executing}[what]
                group += [name for name in listed.names if name not in group]
                refused += [(what, reason) for reason in listed.refused]
    body = " ".join(sentences)
    part_of, no_part = _part_of(body, cover.number)
    return Foreword(
        line=line,
        language="en",
        cover=cover,
        proposers=tuple(proposers),
        in_charge=tuple(in_charge),
        executing=tuple(executing),
        drafting=joined([*leading, *taking_part]),
        replaced=tuple(_replaced(body)),
        adopted=tuple(_adopted(body)),
        part_of=part_of,
        persons=persons,
        refused=(*refused, *no_part),
    )


def _sentences(text: str) -> tuple[list[str], bool]:
    """The text cut before each set phrase, without what names persons."""
    cuts = sorted({found.start() for found in _STARTS.finditer(text)} | _label_starts(text) | {0, len(text)})
    kept: list[str] = []
    persons = False
    dropping = False
    for first, last in pairwise(cuts):
        sentence = text[first:last].strip()
        if _PERSONS.match(sentence):
            persons = dropping = True
        elif _STARTS.match(text, first) or _ORGANISATIONS.match(sentence):
            dropping = False
        if not dropping and sentence:
            kept.append(sentence)
    return kept, persons


def _label_starts(text: str) -> set[int]:
    labels = {found.start() for found in _ORGANISATIONS.finditer(text)}
    people = {
        found.start()
        for found in _PERSONS.finditer(text)
        if re.match(r"[^.;]{0,60}?(?::|\bare\b|\bis\b|\binclude)", text[found.end() : found.end() + 80])
    }
    return labels | people


def _to_full_stop(text: str) -> str:
    """A list up to the full stop that ends it: one that is followed by nothing, or by a sentence that is no name."""
    end = re.search(r"(?<!Ltd)(?<!Inc)(?<!Co)(?<!Corp)(?<!\b[A-Z])\.(?=\s|$)", text)
    return text[: end.start()] if end else text


def _verbs(sentence: str) -> Iterator[tuple[str, Listed]]:
    """In English the name follows: "was proposed by and is under the jurisdiction of X" gives X for both."""
    verbs = list(_VERB.finditer(sentence))
    if not verbs or not re.match(rf"(?:{_SELF}|Part|It|The)\b", sentence, re.IGNORECASE):
        return
    waiting: list[str] = []
    for place, verb in enumerate(verbs):
        waiting.append(str(verb.lastgroup))
        end = verbs[place + 1].start() if place + 1 < len(verbs) else len(sentence)
        between = _TRAILING.sub("", sentence[verb.end() : end])
        between = between[connected.end() :] if (connected := _CONNECTOR.match(between)) else between
        if not between:
            continue
        listed = english_list(_to_full_stop(between))
        yield from ((what, listed) for what in waiting)
        waiting = []


def _replaced(text: str) -> Iterator[Replaced]:
    seen: set[str] = set()
    for phrase in islice(_REPLACES.finditer(text), _FEW):
        partial = phrase["part"] is not None or bool(
            re.search(r"\bin part\b|\bpartially\b|\bpartly\b", phrase[0], re.IGNORECASE)
        )
        for number, first, _ in numbers_behind(text, phrase.end(), _LEAD):
            partial = partial or "part" in text[phrase.end() : first].lower()[:20]
            if number.canonical not in seen and number.kind in CHINESE_KINDS:
                seen.add(number.canonical)
                yield Replaced(number, True if partial else None)


def _adopted(text: str) -> Iterator[Adopted]:
    seen: set[str] = set()
    for phrase in islice(_ADOPTS.finditer(text), _FEW):
        end = _SENTENCE_END.search(text, phrase.end())
        sentence = text[phrase.start() : end.start() if end else len(text)][:400]
        degree = next((word for word, pattern in _DEGREES if pattern.search(sentence)), "unknown")
        for item in find_all(sentence)[:1]:
            number = item.number
            if number.kind in ("international", "foreign") and number.canonical not in seen:
                seen.add(number.canonical)
                yield Adopted(number, degree)


def _part_of(text: str, own: StandardNumber | None) -> tuple[StandardNumber | None, tuple[tuple[str, str], ...]]:
    for phrase in islice(_PART_OF.finditer(text), _FEW):
        numbers = find_all(text[phrase.end() : phrase.end() + 120])
        if not numbers or numbers[0].start > 0 or numbers[0].number.kind not in CHINESE_KINDS:
            continue
        whole = numbers[0].number
        if own and (whole.issuer, whole.serial) != (own.issuer, own.serial):
            return None, (("part relation", f"{own.canonical} cannot be a part of {whole.canonical}"),)
        return whole, ()
    return None, ()
