"""How good identity is, measured on labelled pairs of names: precision and recall, a table of confusion, and the errors.

A pair has one of four outcomes: `merged` (loading makes one node of the two names), `proposed` (a person is asked), `parent` (one
is taken for a unit of the other), or `apart`. Pairs whose truth nobody knows (label `unsure`) are shown in the table and count in
no figure.

The labelled pairs that ship are split in two by a hash of their names: `tuned`, whose errors the rules were mended by, and
`held_out`, whose errors were not used. The figures of the second half are those to trust. Many of these pairs are recorded names of
one body; with the names on record they are merged by the record, so what rules can do is shown by the names alone.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from graph.errors import TableError
from graph.identity.blocks import blocks_of
from graph.identity.candidates import is_proposed
from graph.names import name_key
from graph.names.compare import NO_ALIASES, Aliases, Judgement, compare

__all__ = [
    "LABELS",
    "OUTCOMES",
    "Evaluation",
    "LabelledPair",
    "Outcome",
    "evaluate",
    "is_held_out",
    "read_pairs",
    "shipped_pairs",
]

Outcome = Literal["merged", "proposed", "parent", "apart"]
OUTCOMES: tuple[Outcome, ...] = ("merged", "proposed", "parent", "apart")
LABELS = ("same", "different", "parent", "unsure")

LARGEST = 16 * 1024 * 1024
"""Bytes of a file of labelled pairs that is read."""

_ERRORS_LISTED = 100


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two names and the truth about them: `same`, `different`, `parent` (one is a unit of the other) or `unsure`."""

    a: str
    b: str
    label: str
    why: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with what was made of it."""

    pair: LabelledPair
    outcome: Outcome
    judged: Judgement

    @property
    def gravity(self) -> tuple[int, float]:
        """How bad an error is: two bodies merged is the worst, then one body never found, then a useless question. (0, 0) for none."""
        same = self.pair.label == "same"
        if self.pair.label == "unsure":
            return (0, 0.0)
        if self.outcome == "merged" and not same:
            return (4, self.judged.likelihood)
        if self.outcome in ("apart", "parent") and same:
            return (3, 1 - self.judged.likelihood)
        if self.outcome == "parent" and self.pair.label == "different":
            return (2, 0.0)
        if self.outcome == "proposed" and not same:
            return (1, self.judged.likelihood)
        return (0, 0.0)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures for some pairs; None where there is nothing to divide by.

    `precision` is the share of merged pairs that are one body, `recall_merged` the share of pairs of one body that are merged,
    `recall_reached` the share of them that are merged or proposed, `proposed_precision` the share of proposed pairs that are one
    body. `confusion` counts pairs by label and outcome.
    """

    pairs: int
    precision: float | None
    recall_merged: float | None
    recall_reached: float | None
    proposed_precision: float | None
    confusion: Mapping[str, Mapping[Outcome, int]]
    errors: tuple[Judged, ...]


def evaluate(pairs: Iterable[LabelledPair], known: Aliases = NO_ALIASES) -> Evaluation:
    """Judge each pair as loading and `review` would, and compare with the label. `known` are the names on record."""
    judged = [_judge(pair, known) for pair in pairs]
    counted = {label: dict.fromkeys(OUTCOMES, 0) for label in LABELS}
    for one in judged:
        counted[one.pair.label][one.outcome] += 1
    same = counted["same"]
    others = [counted[label] for label in ("different", "parent")]
    total = sum(same.values())
    merged = same["merged"] + sum(other["merged"] for other in others)
    proposed = same["proposed"] + sum(other["proposed"] for other in others)
    errors = sorted(
        (one for one in judged if one.gravity[0]), key=lambda one: (*(-g for g in one.gravity), one.pair.a, one.pair.b)
    )
    return Evaluation(
        pairs=len(judged),
        precision=_share(same["merged"], merged),
        recall_merged=_share(same["merged"], total),
        recall_reached=_share(same["merged"] + same["proposed"], total),
        proposed_precision=_share(same["proposed"], proposed),
        confusion=counted,
        errors=tuple(errors[:_ERRORS_LISTED]),
    )


def _judge(pair: LabelledPair, known: Aliases) -> Judged:
    judged = compare(pair.a, pair.b, known)
    outcome: Outcome = "apart"
    if judged.verdict == "same":
        outcome = "merged"
    elif judged.verdict == "parent":
        outcome = "parent"
    elif is_proposed(judged) and not blocks_of(pair.a).isdisjoint(blocks_of(pair.b)):
        outcome = "proposed"
    return Judged(pair, outcome, judged)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def is_held_out(pair: LabelledPair) -> bool:
    """Whether a pair belongs to the half that the rules were not made on: by a hash of its names, whichever comes first."""
    text = "\x1f".join(sorted((name_key(pair.a), name_key(pair.b))))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=2).digest()[0] % 2 == 1


def shipped_pairs() -> tuple[LabelledPair, ...]:
    """The labelled pairs that ship with the project: names in the tables of the shipped data and in work items of 3GPP."""
    return read_pairs("pairs.csv", (files("graph.identity") / "pairs.csv").read_bytes())


def read_pairs(name: str, data: bytes) -> tuple[LabelledPair, ...]:
    r"""The pairs of a CSV file with the columns a, b and label (others are left out of account).

    Raises TableError, with the line, for a file that is no such table or a row without two names and a known label.

    >>> read_pairs("p.csv", "a,b,label\n浙江大学,武汉大学,different\n".encode())[0].label
    'different'
    """
    if len(data) > LARGEST:
        raise TableError(f"{name}: is larger than {LARGEST // 1024 // 1024} MiB", field="file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(f"{name}: is not UTF-8 (byte {error.start + 1})", field="file") from None
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise TableError(f"{name}: is no CSV that can be read: {error}", field="file") from None
    heads = [head.strip().lower() for head in rows[0]] if rows else []
    missing = [wanted for wanted in ("a", "b", "label") if wanted not in heads]
    if missing:
        raise TableError(f"{name}:1: has no column {', '.join(missing)}; the columns are a, b, label", field="file")
    columns = [heads.index(wanted) for wanted in ("a", "b", "label")]
    why = heads.index("why") if "why" in heads else -1
    return tuple(_pair(name, line, row, columns, why) for line, row in enumerate(rows[1:], 2) if any(row))


def _pair(name: str, line: int, row: Sequence[str], columns: Sequence[int], why: int) -> LabelledPair:
    a, b, label = (row[column].strip() if column < len(row) else "" for column in columns)
    if not name_key(a) or not name_key(b):
        raise TableError(f"{name}:{line}: has no two names in the columns a and b", field="file")
    if label.lower() not in LABELS:
        raise TableError(f"{name}:{line}: the label is one of {', '.join(LABELS)}, not {label[:40]!r}", field="file")
    return LabelledPair(a, b, label.lower(), row[why].strip() if 0 <= why < len(row) else "", line)
