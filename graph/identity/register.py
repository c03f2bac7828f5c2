"""All judgements of a store: made, changed, taken back and taken in from a file, with what follows from each.

`same` merges the two nodes (the one that stays is the one with a readable id, else the one of which more is said, else the first by
id), `parent` says that one is part of the other, `different` and `unsure` are only remembered, so that nobody is asked again. Each
judgement is written before what follows from it: after a crash, judging again (or taking the file in again) completes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.errors import InputError, NotFoundError
from graph.identity.judgements import DATASET, DOCUMENT, JudgedPair, RefusedLine, read_statement, statements_of
from graph.model import Batch, Node, View
from graph.names import name_key
from graph.schema import AGENCY, ORGANISATIONS, RELATIONSHIPS
from graph.store import Store

__all__ = ["Register", "TakenIn", "stays"]

_OPAQUE = re.compile("org:[a-z2-7]{13}")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of the judgements of a file: how many were new, replaced an older one, were there already; and refused lines."""

    added: int
    changed: int
    unchanged: int
    refused: tuple[RefusedLine, ...]


class Register:
    """The judgements of a store, read once. `on` is the day of what is written now."""

    def __init__(self, store: Store, on: date) -> None:
        self._store, self._on = store, on
        self._by_pair: dict[frozenset[str], JudgedPair] = {}
        for said in store.said_by(DATASET.id):
            if judged := read_statement(said):
                self._by_pair[judged.pair] = judged
        self._ends: dict[frozenset[str], JudgedPair] = {}
        self._follow_merges()

    @property
    def judgements(self) -> tuple[JudgedPair, ...]:
        """All judgements, in order of their ids."""
        return tuple(sorted(self._by_pair.values(), key=lambda one: (one.a, one.b)))

    def decided(self, a: str, b: str) -> bool:
        """Whether somebody has judged these two nodes, or nodes that were merged into them."""
        return frozenset((a, b)) in self._ends

    def judge(self, judged: JudgedPair) -> JudgedPair:
        """Keep a judgement, do what follows from it, and give it as it is kept (of `same`, the first id leads to the second).

        A judgement on the same pair is replaced, and what followed from it taken back. Raises NotFoundError for an id that is not
        on record, InputError for what is no organisation, for two ids of one node, and where another judgement stands against it.
        """
        before = self._by_pair.get(judged.pair)
        if before and before.says_as(judged):
            self._complete(before)
            return before
        if before:
            self._undo(before)
            del self._by_pair[before.pair]
            self._follow_merges()
        try:
            kept = self._settled(judged)
        except (InputError, NotFoundError):
            if before:
                self._by_pair[before.pair] = before
                self._complete(before)
                self._follow_merges()
            raise
        self._by_pair[kept.pair] = kept
        self._write([kept] if before is None else None)
        self._complete(kept)
        self._note_ends(kept)
        return kept

    def take_back(self, a: str, b: str) -> JudgedPair:
        """Forget the judgement on two organisations, given by id or by the names they were judged under; what followed is undone.

        Raises NotFoundError where they were not judged.
        """
        judged = self._by_pair.get(frozenset((a, b))) or self._by_names(a, b)
        if judged is None:
            raise NotFoundError(f"{a[:80]!r} and {b[:80]!r} were not judged; `review --export` lists what was", asked=a)
        self._undo(judged)
        del self._by_pair[judged.pair]
        self._write(None)
        self._follow_merges()
        return judged

    def take_all_back(self) -> int:
        """Undo what followed from all judgements, as must be done before their dataset is taken out; gives how many merges ended."""
        merged = [
            one for one in self._by_pair.values() if one.verdict == "same" and self._store.moved(one.a) is not None
        ]
        for one in merged:
            self._store.restore(one.a)
        return len(merged)

    def take_in(self, file: str, given: Iterable[JudgedPair | RefusedLine]) -> TakenIn:
        """Take judgements in, as from a file: those on record already change nothing, of two that disagree the later day counts.

        Lines that cannot be taken are listed, and the rest is taken.
        """
        added = changed = unchanged = 0
        refused: list[RefusedLine] = []
        for one in given:
            if isinstance(one, RefusedLine):
                refused.append(one)
                continue
            try:
                known = self._identified(one)
                before = self._by_pair.get(known.pair)
                if self._holds_already(known, before):
                    unchanged += 1
                elif before and before.on >= known.on:
                    refused.append(
                        RefusedLine(file, one.line, f"here judged {before.verdict} on {before.on} by {before.role}")
                    )
                else:
                    self.judge(known)
                    added, changed = added + (before is None), changed + (before is not None)
            except (InputError, NotFoundError) as error:
                refused.append(RefusedLine(file, one.line, str(error)))
        return TakenIn(added, changed, unchanged, tuple(refused))

    # -- inside ----------------------------------------------------------------------------------------------------
    def _follow_merges(self) -> None:
        """The judgements by the nodes that their ids count for now."""
        self._ends = {}
        for judged in self._by_pair.values():
            ends = frozenset(self._end(id) for id in judged.pair)
            if len(ends) == 2:
                self._ends.setdefault(ends, judged)

    def _note_ends(self, judged: JudgedPair) -> None:
        """Bring `_ends` up to date after one more judgement: of the ids it names, those that were merged lead further now."""
        if judged.verdict != "same":
            self._ends[judged.pair] = judged
            return
        gone, last = judged.a, self._end(judged.b)
        moved = {pair: one for pair, one in self._ends.items() if gone in pair}
        for pair, one in moved.items():
            del self._ends[pair]
            if len(pair - {gone} | {last}) > 1:
                self._ends.setdefault(pair - {gone} | {last}, one)

    def _end(self, id: str) -> str:
        return self._store.moved(id) or id

    def _settled(self, judged: JudgedPair) -> JudgedPair:
        """The judgement on the nodes that stay, in the order in which it is kept."""
        nodes = self._store.nodes([judged.a, judged.b])
        a, b = (self._organisation(id, nodes.get(id)) for id in (judged.a, judged.b))
        if a.id == b.id:
            raise InputError(
                f"{judged.a} and {judged.b} are one already; take that back first where they are not", field="judge"
            )
        against = self._ends.get(frozenset((a.id, b.id)))
        if against and not against.says_as(judged):
            raise InputError(
                f"{against.a} and {against.b} were judged {against.verdict} on {against.on} by {against.role}; "
                "take that back first",
                field="judge",
            )
        names = judged.name_a or a.ref.name("zh"), judged.name_b or b.ref.name("zh")
        judged = replace(judged, a=a.id, name_a=names[0], b=b.id, name_b=names[1])
        if judged.verdict == "same":
            return _turned(judged) if stays(self._store, a, b, self._on) == a.id else judged
        return judged if judged.verdict == "parent" or judged.a < judged.b else _turned(judged)

    def _organisation(self, id: str, node: Node | None) -> Node:
        if node is None:
            raise NotFoundError(f"nothing is on record under the id {id[:80]!r}", asked=id)
        if node.label not in ORGANISATIONS:
            raise InputError(f"{id} is no organisation but a {node.label}", field="judge")
        return node

    def _identified(self, judged: JudgedPair) -> JudgedPair:
        """A judgement of another store with the ids that its organisations have here: by id, else by their names."""
        a = self._known_as(judged.a, judged.name_a)
        b = self._known_as(judged.b, judged.name_b)
        return replace(judged, a=a, b=b)

    def _known_as(self, id: str, name: str) -> str:
        if id and (self._store.nodes([id]) or any(id in pair for pair in self._by_pair)):
            return id
        key = name_key(name)
        bearers = self._store.named([key], labels=ORGANISATIONS).get(key, ()) if key else ()
        own = [one for one in bearers if one.kind == "name"] or list(bearers)
        if len(own) != 1:
            how = "several organisations bear" if own else "nothing is on record under"
            raise NotFoundError(f"{how} {id or '(no id)'} or the name {name[:80]!r}", asked=id or name)
        return own[0].node.id

    def _holds_already(self, judged: JudgedPair, before: JudgedPair | None) -> bool:
        if before is not None:
            if before.says_as(judged):
                self._complete(before)
                return True
            return False
        if self._end(judged.a) == self._end(judged.b):
            return judged.verdict == "same"
        against = self._ends.get(frozenset((self._end(judged.a), self._end(judged.b))))
        return against is not None and against.says_as(judged)

    def _by_names(self, a: str, b: str) -> JudgedPair | None:
        wanted = sorted((name_key(a), name_key(b)))
        found = [
            one
            for one in self._by_pair.values()
            if any(
                sorted((name_key(x), name_key(y))) == wanted for x in (one.a, one.name_a) for y in (one.b, one.name_b)
            )
        ]
        return found[0] if len(found) == 1 else None

    def _complete(self, judged: JudgedPair) -> None:
        """Do what follows from a judgement, where it is not done."""
        if judged.verdict == "same" and self._end(judged.a) != self._end(judged.b):
            self._store.redirect(judged.a, judged.b)

    def _undo(self, judged: JudgedPair) -> None:
        if judged.verdict == "same" and self._store.moved(judged.a) is not None:
            self._store.restore(judged.a)

    def _write(self, only: Sequence[JudgedPair] | None) -> None:
        """Write some judgements beside the others, or all, so that what is no longer among them is closed."""
        judgements = list(self._by_pair.values()) if only is None else only
        labels = {
            id: node.label for id, node in self._store.nodes([id for one in judgements for id in one.pair]).items()
        }
        batches = [
            Batch(
                documents=(DOCUMENT,),
                statements=tuple(s for one in part for s in statements_of(one, _belongs(one, labels))),
            )
            for part in (judgements[start : start + _AT_ONCE] for start in range(0, len(judgements), _AT_ONCE))
        ]
        self._store.load(DATASET, batches, on=self._on, complete=only is None)


def stays(store: Store, a: Node, b: Node, on: date) -> str:
    """Which of two nodes stays when they are merged: the one with a readable id, of which more is said, or the first by id."""
    view = View(on)

    def order(node: Node) -> tuple[bool, int, str]:
        said = sum(store.neighbours(node.id, view, limit=0).totals.values())
        return (_OPAQUE.fullmatch(node.id) is not None, -said, node.id)

    return min((a, b), key=order).id


def _turned(judged: JudgedPair) -> JudgedPair:
    """The same judgement with its two organisations exchanged."""
    return replace(judged, a=judged.b, name_a=judged.name_b, b=judged.a, name_b=judged.name_a)


def _belongs(judged: JudgedPair, labels: Mapping[str, str]) -> tuple[str, str] | None:
    """By which type and qualifier the second is said to belong to the first, where that was judged and both are on record."""
    parent, unit = labels.get(judged.a), labels.get(judged.b)
    if judged.verdict != "parent" or parent is None or unit is None:
        return None
    under_it, over_it = RELATIONSHIPS["SUBORDINATE_TO"].ends
    if parent == AGENCY and unit in under_it and parent in over_it:
        return ("SUBORDINATE_TO", "")
    return ("PART_OF", "entity")
