"""Search: candidates from three indexes, in order of importance and within a bound; ranking is `graph.finding`'s."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson

from graph import cursors, finding
from graph.finding import Candidate, Need, Way
from graph.names import name_key
from graph.sqlite import reading
from graph.sqlite.indexing import importance_at, node_at
from graph.sqlite.remembered import Remembered
from graph.sqlite.rows import Terms
from graph.store import Hit, Hits
from graph.wording import ParsedQuery, query

RARE = 300
"""A word that so few things have is looked up alone: their names tell sooner whether they have the rest than the index."""

RAREST = 4
"""Of more words than these the rarest are looked for first: the commonest cost most and tell least."""

FEW = 40
"""Of so few not even two words are looked up together."""

EXPANDED = 16
"""Terms that begin as a word does are looked for one by one up to so many; what has one of more is gathered beforehand."""

SIFTED = 2_000
"""Things that have the other words are looked through up to so many, rather than gathering all that has a common beginning."""

NUMBERS = 5_000
"""Of the numbers that begin as typed, the best are taken from so many."""

_LAST = "\U0010ffff"
_WIDE = {digit: digit + 0xFEE0 for digit in b"0123456789"}


def search(
    connection: sqlite3.Connection,
    terms: Terms,
    remembered: Remembered,
    words: str,
    labels: Sequence[str],
    limit: int,
    after: str,
) -> Hits:
    """See `graph.store.Store.search`."""
    mark = cursors.mark("search", words, tuple(labels))
    offset = cursors.read(after, mark)
    asked = query(words)
    if not (ways := finding.ways(asked)):
        return Hits((), 0)
    keys, exact, possible = _Index(connection, labels).candidates(asked, ways)
    if key := name_key(words):
        named = connection.execute(
            "SELECT node FROM name WHERE key = ? ORDER BY node LIMIT ?", (key, finding.CANDIDATES)
        )
        keys |= {node: None for (node,) in named}
    found = _read(connection, keys, remembered.candidates)
    if labels:
        wanted = set(map(terms.number, labels))
        found = {key: one for key, one in found.items() if one[0] in wanted}
    ranked = finding.ranked(finding.within(asked, possible), (candidate for _, candidate in found.values()))
    page = ranked[offset : offset + limit]
    shown = {one.id for one in page}
    by_id = {candidate.id: key for key, (_, candidate) in found.items() if candidate.id in shown}
    nodes = reading.nodes_by_key(connection, terms, by_id.values(), remembered.nodes, private=True)
    hits = tuple(Hit(nodes[by_id[one.id]], one.match.name, one.match.kind, one.match.quality) for one in page)
    end = offset + len(page)
    return Hits(hits, len(ranked), exact, cursors.write(mark, end) if page and end < len(ranked) else "")


class _Index:
    """The indexes of numbers and of terms, asked for things of some labels."""

    def __init__(self, connection: sqlite3.Connection, labels: Sequence[str]) -> None:
        self._connection = connection
        self._labels = labels

    def candidates(self, asked: ParsedQuery, ways: Sequence[Way]) -> tuple[dict[int, None], bool, list[Way]]:
        """Who may match, whether these are all, and in which ways anything on record can."""
        bound = finding.CANDIDATES
        coded: list[int] = []
        if prefix := finding.code_prefix(asked):
            coded, whole = self._coded(prefix)
            # Who types a number or code in full means what bears it, who begins one that many begin with means those:
            # what else has its letters and digits is not looked for.
            meant = whole or (len(coded) > finding.ENOUGH and finding.is_number(asked))
            if meant and not self._labels:
                return dict.fromkeys(map(node_at, coded[:bound])), len(coded) <= bound, []
        few: dict[int, None] = {}
        many: list[int] = []
        possible: list[Way] = []
        exact = len(coded) <= bound
        for way in ways:
            rare, common = self._having(way)
            few |= dict.fromkeys(rare)
            many += common[:bound]
            exact = exact and len(common) <= bound
            if rare or common:
                possible.append(way)
        places = [*few, *sorted(set(many))[:bound], *coded[:bound]]
        return dict.fromkeys(map(node_at, places)), exact, possible

    def _coded(self, prefix: str) -> tuple[list[int], bool]:
        """The places of what bears a number or code that begins so, and whether one is just that; of many the best."""
        between = (prefix, prefix + _LAST)
        found = self._connection.execute(
            "SELECT folded, place FROM code WHERE folded >= ? AND folded < ? ORDER BY folded, place LIMIT ?",
            (*between, finding.CANDIDATES + 1),
        ).fetchall()
        whole = any(folded == prefix for folded, _ in found)
        if len(found) > finding.CANDIDATES and not whole:
            # The shorter a number, the more of it was typed: the order of the ranking.
            found = self._connection.execute(
                """
                SELECT folded, place FROM (SELECT folded, place FROM code WHERE folded >= ? AND folded < ? LIMIT ?)
                 ORDER BY length(folded), place LIMIT ?
                """,
                (*between, NUMBERS, finding.CANDIDATES + 1),
            ).fetchall()
        return [place for _, place in found], whole

    def _having(self, way: Way) -> tuple[list[int], list[int]]:
        """The places of things that may match in this way: of all, where they are few; else of the most important that
        match, up to one beyond the bound. Of the few some may have only what is rarest of what is needed.
        """
        bound = finding.CANDIDATES + 1
        # A single letter tells next to nothing. The longest terms first: of words and digits they are the rarest.
        telling = [need for need in way.needs if not (need.is_term and len(need.sequences[0][0]) == 1)] or way.needs
        common: list[tuple[int, Need]] = []
        for place, need in sorted(enumerate(telling), key=lambda each: -len(each[1].sequences[0][-1])):
            rare, last = self._rare(need)
            if rare is not None:
                beside = [need, *(near for near in telling[max(0, place - 1) : place + 2] if near.is_term)]
                return (self._match(beside, {}, RARE) if len(rare) > FEW and len(beside) > 2 else rare), []
            if need.is_term:
                common.append((last, need))
        digits = sorted({need.digits for need in telling} - {""})
        beginnings = {last: self._beginning(last) for last in _beginnings(telling) if last not in digits}
        others = [need for need in telling if not need.digits]
        if digits and others:
            having = self._match(others, beginnings, SIFTED + 1)
            sifted = self._sifted(having, digits) if len(having) <= SIFTED else having
            if len(sifted) < bound:
                return sifted, []
        beginnings |= {some: self._beginning(some) for some in digits}
        if len(common) > RAREST:
            # Rows are in order of importance: the rarer a term, the farther its first few hundred reach.
            telling = [need for _, need in sorted(common, key=lambda each: -each[0])[:RAREST]]
        if len(telling) < len(way.needs):
            having = self._match(telling, beginnings, bound)
            if len(having) < bound:
                return having, []
        return [], self._match(way.needs, beginnings, bound)

    def _match(self, needs: Sequence[Need], beginnings: Mapping[str, list[str] | None], limit: int) -> list[int]:
        expression = finding.search_expression(needs, self._labels, beginnings.__getitem__)
        if not expression:
            return []
        found = self._connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?", (expression, limit)
        )
        return [place for (place,) in found]

    def _rare(self, need: Need) -> tuple[list[int] | None, int]:
        """The places of all that has what is needed, or more; None where they are many, with the last that was looked at."""
        found: list[int] = []
        for first, *rest in need.sequences:
            # Of a sequence its first term, whole where others follow.
            between = first, first + _LAST if need.begins and not rest else first + "\0"
            count, last = self._connection.execute(
                "SELECT count(*), max(doc) FROM (SELECT doc FROM word WHERE term >= ? AND term < ? LIMIT ?)",
                (*between, RARE + 1),
            ).fetchone()
            if count > RARE:
                return None, last
            having = self._connection.execute("SELECT doc FROM word WHERE term >= ? AND term < ?", between)
            found += [place for (place,) in having]
        return found, 0

    def _beginning(self, begun: str) -> list[str] | None:
        """The terms that begin so; None where they are many."""
        found: list[str] = []
        start = begun
        while term := self._connection.execute(
            "SELECT term FROM word WHERE term >= ? AND term < ? LIMIT 1", (start, begun + _LAST)
        ).fetchone():
            if len(found) == EXPANDED:
                return None
            found.append(term[0])
            start = term[0] + "\0"
        return found

    def _sifted(self, places: Sequence[int], digits: Sequence[str]) -> list[int]:
        """The places of those that may have the digits in a name: that have them, narrow or wide, in anything shown of them."""
        patterns = [(f"%{some}%", f"%{some.translate(_WIDE)}%") for some in digits]
        has = "(n.properties LIKE ? OR n.properties LIKE ? OR n.names LIKE ? OR n.names LIKE ?)"
        found = self._connection.execute(
            f"""
            SELECT n.place FROM json_each(?) k CROSS JOIN node n ON n.key = k.value
             WHERE {" AND ".join([has] * len(digits))}
            """,
            (_listed(sorted(map(node_at, places))), *(text for pair in patterns for text in pair * 2)),
        )
        return [place for (place,) in found]


def _beginnings(needs: Iterable[Need]) -> Iterator[str]:
    return (sequence[-1] for need in needs if need.begins for sequence in need.sequences)


def _read(
    connection: sqlite3.Connection, keys: Iterable[int], known: dict[int, tuple[int, Candidate]]
) -> dict[int, tuple[int, Candidate]]:
    """The candidates under these keys, with the numbers of their labels. Those in `known` are not read, and what is read is added."""
    asked = list(keys)
    for key, id_, label, properties, names, place, group in connection.execute(
        """
        SELECT n.key, n.id, n.label, n.properties, n.names, n.place, g.id
          FROM json_each(?) k CROSS JOIN node n ON n.key = k.value LEFT JOIN node g ON g.key = n.speaks_for
         WHERE n.place IS NOT NULL
        """,
        (_listed(key for key in asked if key not in known),),
    ):
        extra = [text for _, text in orjson.loads(names)] if names else ()
        texts = finding.texts_of(orjson.loads(properties), extra)
        known[key] = label, Candidate(id_, texts, importance_at(place), group or "")
    return {key: known[key] for key in asked if key in known}


def _listed(numbers: Iterable[int]) -> str:
    return f"[{','.join(map(str, numbers))}]"
