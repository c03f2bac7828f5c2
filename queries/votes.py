"""The arithmetic of a vote in a committee: what it needs, who has it, and the smallest mixed set that carries it.

Rule. Votes are counted by person, units hold seats: a seat on record without a number counts as one. By the committee rules (national:
the Measures for technical committees, AQSIQ Order 191 of 2017 as revised by SAMR Order 31 of 2020) a vote stands where at least the
quorum takes part, at least the approval share of the votes cast is for, and not more than the opposition share against. The shares are
taken from the rules on record, else from `DEFAULTS`, and can be passed in; how sure each is, is told. Where seats are known for
less than `KNOWN_SHARE` of the members, or the number of members is unknown, nothing is computed: what drafting suggests is
an indication and no result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from graph.errors import InputError
from graph.model import Statement

KNOWN_SHARE = Fraction(9, 10)
"""Part of the members whose seats must be on record before a vote is computed: with a tenth unknown, three votes of thirty, a
result can still turn; with more it is a guess."""

DEFAULTS: Mapping[str, Fraction] = {
    "quorum": Fraction(3, 4),
    "approval": Fraction(2, 3),
    "opposition": Fraction(1, 4),
    "side_max": Fraction(1, 2),
}
"""Quorum of the members; share of the votes cast that must be for, and that may be against; largest share of one interested side."""

LIMITS: Mapping[str, int] = {"members_min": 25, "per_unit_max": 3}
"""Fewest members of a national committee, and most persons of one organisation in it."""

RULES: Mapping[str, str] = {
    "quorum": "tc-vote-quorum",
    "approval": "tc-vote-approval",
    "opposition": "tc-vote-opposition-max",
    "side_max": "tc-interest-share-max",
    "members_min": "tc-members-min",
    "per_unit_max": "tc-members-per-unit-max",
}
"""By which rule on record each figure is given."""

NO_VOTE = ("observer", "liaison", "o_member", "wg_lead", "wg_member")
"""Roles without a vote in the committee itself."""

Camp = Literal["domestic", "foreign"]


@dataclass(frozen=True, slots=True)
class Rules:
    """The figures of a vote, each with the statements that give it (none: the default, which no page confirms here)."""

    quorum: Fraction
    approval: Fraction
    opposition: Fraction
    side_max: Fraction
    members_min: int
    per_unit_max: int
    said: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """An organisation with its voting seats in a committee. `standing` is larger the more it matters: it decides between equals."""

    id: str
    seats: int
    origin: str
    standing: float = 0.0

    @property
    def camp(self) -> Camp | None:
        """Whether it counts as domestic or foreign; joint ventures count as foreign, for half their owner is."""
        if self.origin in ("foreign", "joint_venture"):
            return "foreign"
        return "domestic" if self.origin == "domestic" else None


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote that can be computed, all members taking part.

    `present` must take part, `needed` must be for, at most `opposed` may be against. `foreign` and `domestic` are seats of each.
    `carrying` is the smallest set, the asker with it, that has `needed` seats, mixed where it can be; empty where all together have not.
    """

    members: int
    known: int
    present: int
    needed: int
    opposed: int
    domestic: int
    foreign: int
    carrying: tuple[Holder, ...]


def rules(statements: Sequence[Statement], given: Mapping[str, Fraction] | None = None) -> Rules:
    """The rules of a vote as statements on record give them; `given` shares count before these.

    Raises InputError for a share that is none.
    """
    by_name = {
        name: [s for s in statements if s.type == "RULE" and s.qualifier == rule] for name, rule in RULES.items()
    }
    shares = {name: _share(by_name[name]) or share for name, share in DEFAULTS.items()}
    for name, share in (given or {}).items():
        if name not in DEFAULTS or not 0 < share <= 1:
            message = f"{name[:40]}={share} is no share of a vote; there are: {', '.join(DEFAULTS)}, each above 0 and at most 1"
            raise InputError(message, field="rule")
        shares[name] = share
    limits = {name: _whole(by_name[name]) or limit for name, limit in LIMITS.items()}
    return Rules(
        shares["quorum"],
        shares["approval"],
        shares["opposition"],
        shares["side_max"],
        limits["members_min"],
        limits["per_unit_max"],
        tuple(s for name, found in by_name.items() if name not in (given or {}) for s in found),
    )


def shares(given: Sequence[str]) -> dict[str, Fraction]:
    """Shares of a vote as people write them, each as name:share. Raises InputError for one that cannot be read.

    >>> shares(["approval:3/5", "quorum:0.5"])
    {'approval': Fraction(3, 5), 'quorum': Fraction(1, 2)}
    """
    found = {}
    for text in given:
        name, _, share = text.partition(":")
        try:
            found[name.strip()] = Fraction(share.strip())
        except (ValueError, ZeroDivisionError):
            message = f"{text[:60]!r} is no rule of a vote; write name:share, such as approval:2/3, with a name of: {', '.join(DEFAULTS)}"
            raise InputError(message, field="rule") from None
    return found


def _share(said: Sequence[Statement]) -> Fraction | None:
    for s in said:
        try:
            share = Fraction(str(s.value))
        except (ValueError, ZeroDivisionError):
            continue
        if 0 < share <= 1:
            return share
    return None


def _whole(said: Sequence[Statement]) -> int | None:
    return next((int(str(s.value)) for s in said if str(s.value).isdigit()), None)


def computed(holders: Sequence[Holder], members: int | None, asker: str, by: Rules) -> Vote | None:
    """The vote among these holders of seats in a committee of `members`; None where too little is known.

    >>> seats = [Holder(f"org:{n}", 1, "domestic" if n > 6 else "foreign") for n in range(30)]
    >>> vote = computed(seats, 30, "org:0", rules([]))
    >>> vote.needed, vote.present, vote.opposed, len(vote.carrying)
    (20, 23, 7, 20)
    """
    known = sum(holder.seats for holder in holders)
    if members is None or members <= 0 or known > members or known < KNOWN_SHARE * members:
        return None
    needed = ceil(by.approval * members)
    seats = {camp: sum(h.seats for h in holders if h.camp == camp) for camp in ("domestic", "foreign")}
    return Vote(
        members,
        known,
        ceil(by.quorum * members),
        needed,
        floor(by.opposition * members),
        seats["domestic"],
        seats["foreign"],
        smallest(holders, needed, asker),
    )


def smallest(holders: Sequence[Holder], needed: int, asker: str) -> tuple[Holder, ...]:
    """The fewest holders, the asker among them where it has seats, that hold `needed` seats together; mixed where one exchange does it.

    Between equal seats who has the greater standing comes first. Empty where all together have not enough.

    >>> [h.id for h in smallest([Holder("a", 1, "foreign"), Holder("b", 3, "foreign"), Holder("c", 2, "domestic")], 4, "a")]
    ['a', 'b']
    >>> [h.id for h in smallest([Holder("a", 1, "foreign"), Holder("b", 3, "foreign"), Holder("c", 3, "domestic")], 4, "a")]
    ['a', 'c']
    """
    own = [holder for holder in holders if holder.id == asker]
    others = sorted((h for h in holders if h.id != asker), key=lambda h: (-h.seats, -h.standing, h.id))
    chosen = list(own)
    while others and sum(h.seats for h in chosen) < needed:
        chosen.append(others.pop(0))
    held = sum(h.seats for h in chosen)
    if held < needed:
        return ()
    camps = {h.camp for h in chosen}
    missing = {"domestic", "foreign"} - camps
    if missing and chosen[len(own) :]:
        last = chosen[-1]
        other = next((h for h in others if h.camp in missing and held - last.seats + h.seats >= needed), None)
        if other:
            chosen[-1] = other
    return tuple(chosen)


def voting_seats(statements: Iterable[Statement], committees: Sequence[str]) -> dict[str, int]:
    """Voting seats of each member of these committees: what says that somebody sits there, each person counted once.

    An office (chair, secretary general) and a membership of the same organisation are the same person unless seats are numbered.
    """
    numbered: dict[str, int] = {}
    offices: dict[str, set[str]] = {}
    for s in statements:
        if (
            s.type != "MEMBER_OF"
            or s.object not in committees
            or s.qualifier in NO_VOTE
            or s.properties.get("voting") is False
        ):
            continue
        seats = s.properties.get("seats")
        if isinstance(seats, int) and seats > 0:
            numbered[s.subject] = max(seats, numbered.get(s.subject, 0))
        offices.setdefault(s.subject, set()).add(s.qualifier)
    return {id: numbered.get(id, max(1, len(held - {"member"}))) for id, held in offices.items()}
