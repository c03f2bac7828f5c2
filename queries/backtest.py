"""How good coalitions are: drafting lists of the past are hidden, and asked for.

Rule. A *case* is a standard with a day of publication, a committee in charge and at least two drafting organisations on record; of
standards with the same title (versions, parts printed alike) the earliest alone, for the list of the next one mostly repeats it. The
question is put as on the day before: every list of that day or later is hidden by `as_of`, the standard's own among them. The
committee is asked for partners of the lead drafter, and what comes back is compared with who drafted with it in fact; entities count
for their groups and predecessors for successors on both sides.

Measures. hit@10: part of the cases with at least one true partner among the first ten; recall@10: part of the true partners among the first
ten, in the mean; MRR: mean of 1/place of the first true partner (0 where there is none). Intervals are percentile
bootstraps over cases (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13), seeded.

What it cannot show: seats and offices without a date are known to the question also where they are younger than the case; and who is not
on record in the committee before cannot be found by anybody.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from graph import schema
from graph.model import Node, Statement, View
from graph.store import Store
from queries.coalition import coalition
from queries.partners import WEIGHTS
from queries.speakers import TO_SPEAKERS, speakers

FIRST = 10
"""How many places of a ranking count for hit and recall."""

SHOWN = 60
"""How many partners are asked for: all that a coalition scores."""

FEWEST = 50
"""Cases below which a result is called thin: an interval of hit@10 is then wider than a quarter."""

RESAMPLES = 1000
SEED = 1

Ranking = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A standard whose list is hidden: its day, the committee, its lead drafter and those who drafted with it."""

    standard: str
    day: date
    committee: str
    lead: str
    partners: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tried:
    """A case with the ranking of each method, and the parts of each candidate's score in ours."""

    case: Case
    rankings: Mapping[str, Ranking]
    parts: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Score:
    """What a method reached over all cases."""

    hit_at_10: float
    recall_at_10: float
    mrr: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """Scores of coalition and of the baselines over `cases`, of which in `found` a true partner was known to the committee at all.

    `interval` is the 95 % interval of coalition's hit@10, `ratio` how many times the best baseline's it is, with the interval of that.
    """

    cases: int
    found: int
    coalition: Score
    baselines: Mapping[str, Score]
    best: str
    interval: tuple[float, float]
    ratio: float | None
    ratio_interval: tuple[float, float] | None


BASELINES: Mapping[str, str] = {
    "committee_frequent": "those who drafted most in the committee",
    "committee_recent": "the same, newer standards counting more",
    "co_drafters_frequent": "those who drafted most often with the lead",
    "co_drafters_recent": "the same, newer and smaller lists counting more",
    "co_drafters_then_committee": "co_drafters_recent, then committee_recent",
}
"""The methods that coalition is compared with, each a plain count."""

OURS = "coalition"


def cases(store: Store, datasets: Sequence[str], *, most: int = 0) -> tuple[Case, ...]:
    """All cases in these datasets, the earliest first; with `most`, so many spread evenly over time."""
    lists: dict[str, list[Statement]] = defaultdict(list)
    charge: dict[str, set[str]] = defaultdict(set)
    for dataset in datasets:
        for s in store.said_by(dataset):
            if s.type == "DRAFTED":
                lists[s.object].append(s)
            elif s.type == "IN_CHARGE_OF":
                charge[s.object].add(s.subject)
    several = [id for id, said in lists.items() if id in charge and len({s.subject for s in said}) > 1]
    nodes = _nodes(store, [*several, *{body for id in several for body in charge[id]}])
    earliest: dict[str, tuple[str, str]] = {}
    for id in several:
        published, title = _dated(nodes.get(id))
        if published and (published, id) < earliest.get(title, ("9999", "")):
            earliest[title] = (published, id)
    found = []
    for published, id in sorted(earliest.values()):
        bodies = sorted(b for b in charge[id] if b in nodes and nodes[b].label in schema.BODIES)
        case = _case(store, id, date.fromisoformat(published), bodies[0], lists[id]) if bodies else None
        found += [case] if case else []
    step = max(1.0, len(found) / most) if most else 1.0
    return tuple(found[int(n * step)] for n in range(int(len(found) / step)))


def _nodes(store: Store, ids: Sequence[str], at_once: int = 500) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for n in range(0, len(ids), at_once):
        found |= store.nodes(ids[n : n + at_once])
    return found


def _dated(standard: Node | None) -> tuple[str, str]:
    """Day of publication, "" without a full one, and title."""
    p = standard.properties if standard else {}
    published = str(p.get("published") or "")
    return published if len(published) == len("2020-01-01") else "", str(
        p.get("title_zh") or p.get("title_en") or p.get("number")
    )


def _case(store: Store, id: str, day: date, committee: str, said: Sequence[Statement]) -> Case | None:
    ordered = sorted(said, key=lambda s: (s.properties.get("rank", 99), s.subject))
    drafters = list(dict.fromkeys(s.subject for s in ordered))
    around = store.expand(drafters, (TO_SPEAKERS,), View(day))
    spoken = speakers(around.nodes, around.statements)
    heard = list(dict.fromkeys(spoken.get(one, one) for one in drafters))
    return Case(id, day, committee, heard[0], frozenset(heard[1:])) if len(heard) > 1 else None


def tried(store: Store, case: Case) -> Tried:
    """The rankings of all methods for a case, as of the day before it."""
    view = View(case.day - timedelta(days=1))
    answer = coalition(store, case.committee, case.lead, view, limit=SHOWN)
    parts = {item.node.id: {part.name: part.value for part in item.parts} for item in answer.items}
    arena = [p for p in store.arena((case.committee,), (), view, limit=SHOWN * 3).partners if p.actor != case.lead]
    ties = store.ties([case.lead], view, limit=SHOWN * 3)
    committee = {
        "committee_frequent": _ranked({p.actor: (p.drafted,) for p in arena}),
        "committee_recent": _ranked({p.actor: (p.weight,) for p in arena}),
    }
    together = {
        "co_drafters_frequent": _ranked({t.b: (t.shared,) for t in ties}),
        "co_drafters_recent": _ranked({t.b: (t.weight,) for t in ties}),
    }
    both = dict.fromkeys((*together["co_drafters_recent"], *committee["committee_recent"]))
    rankings = {OURS: tuple(parts), **committee, **together, "co_drafters_then_committee": tuple(both)}
    return Tried(case, rankings, parts)


def _ranked(scores: Mapping[str, tuple[float, ...]]) -> Ranking:
    return tuple(sorted(scores, key=lambda id: (*(-score for score in scores[id]), id)))


def weighted(tries: Sequence[Tried], weights: Mapping[str, float]) -> tuple[Tried, ...]:
    """The same with coalition's ranking by other weights."""
    return tuple(
        replace(t, rankings={**t.rankings, OURS: _ranked({
            id: (sum(weights[name] * value for name, value in parts.items()),) for id, parts in t.parts.items()})})
        for t in tries
    )  # fmt: skip


def tuned(tries: Sequence[Tried], *, trials: int = 400) -> Mapping[str, float]:
    """The weights, of `trials` drawn at random and those in use, with the best hit@10 and MRR together on these cases."""
    draw = random.Random(SEED)  # noqa: S311 - a search that can be repeated, no secret
    best, best_score = dict(WEIGHTS), -1.0
    for n in range(trials + 1):
        drawn = {name: draw.random() ** 2 for name in WEIGHTS} if n else dict(WEIGHTS)
        whole = sum(drawn.values())
        weights = {name: value / whole for name, value in drawn.items()}
        score = measured(weighted(tries, weights), OURS)
        if score.hit_at_10 + score.mrr > best_score:
            best, best_score = weights, score.hit_at_10 + score.mrr
    return best


def measured(tries: Sequence[Tried], method: str) -> Score:
    """What a method reached over these cases."""
    rows = [_reached(t, method) for t in tries]
    n = max(1, len(rows))
    hit, recall, mrr = (sum(column) / n for column in zip(*rows, strict=True)) if rows else (0.0, 0.0, 0.0)
    return Score(hit, recall, mrr)


def _reached(one: Tried, method: str) -> tuple[float, float, float]:
    ranking, partners = one.rankings[method], one.case.partners
    first = partners.intersection(ranking[:FIRST])
    place = next((n for n, id in enumerate(ranking, start=1) if id in partners), 0)
    return float(bool(first)), len(first) / len(partners), 1 / place if place else 0.0


def backtest(tries: Sequence[Tried]) -> Backtest:
    """Coalition beside the baselines, with intervals."""
    scores = {name: measured(tries, name) for name in BASELINES}
    best = max(scores, key=lambda name: (scores[name].hit_at_10, name))
    ours = measured(tries, OURS)
    hits = [(_reached(t, OURS)[0], _reached(t, best)[0]) for t in tries]
    theirs = scores[best].hit_at_10
    return Backtest(
        cases=len(tries),
        found=sum(1 for t in tries if any(t.case.partners.intersection(ranking) for ranking in t.rankings.values())),
        coalition=ours,
        baselines=scores,
        best=best,
        interval=_interval(hits, lambda rows: sum(own for own, _ in rows) / len(rows)),
        ratio=ours.hit_at_10 / theirs if theirs else None,
        ratio_interval=_interval(hits, _ratio) if theirs else None,
    )


def _ratio(rows: Sequence[tuple[float, float]]) -> float:
    """Hits of ours for each of the baseline's; a draw without a hit of either says that both are equal."""
    own, other = sum(a for a, _ in rows), sum(b for _, b in rows)
    return own / other if other else (own or 1.0)


def _interval(
    rows: Sequence[tuple[float, float]], of: Callable[[Sequence[tuple[float, float]]], float]
) -> tuple[float, float]:
    if not rows:
        return (0.0, 0.0)
    draw = random.Random(SEED)  # noqa: S311 - resampling that can be repeated, no secret
    drawn = sorted(of(draw.choices(rows, k=len(rows))) for _ in range(RESAMPLES))
    return drawn[round(RESAMPLES * 0.025)], drawn[round(RESAMPLES * 0.975) - 1]
