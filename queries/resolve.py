"""From what a person writes to the node that is meant: an id, a number, a committee code, or any name on record.

Nothing is picked silently. A number without a year means the edition in force on the day asked about; a corporate
group's name means the group; a name that fits several things gives them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from graph import committees, numbers
from graph.dates import first_day
from graph.errors import AmbiguousError, InputError, NotFoundError
from graph.model import Node, NodeRef
from graph.names import name_key
from graph.store import Named, Store

NEAREST = 5
"""How many candidates an unknown name is answered with."""

BEGINNINGS = 8
"""How many beginnings of an unknown name are looked for."""

LONGEST = 500
"""Longest text, in characters, that is looked up as a name, number or id."""


def one(
    store: Store, text: str, *, labels: Sequence[str] = (), as_of: date, field: str = "name", wanted: str = ""
) -> Node:
    """The one thing meant by `text`, of one of these labels (empty: any).

    Raises NotFoundError with the nearest candidates, AmbiguousError with all that bear the name, InputError for text that
    cannot be a name. `field` names the parameter in messages, `wanted` the kind of thing ("a standard or a committee").
    """
    asked = text.strip()
    if not asked:
        raise InputError(f"{field} is empty; give a name, a number or an id", field=field)
    if len(asked) > LONGEST:
        raise InputError(f"{field} has {len(asked)} characters; names and numbers have at most {LONGEST}", field=field)
    found = [node for node in every(store, asked, as_of=as_of) if not labels or node.label in labels]
    if len(found) == 1:
        return found[0]
    if found:
        candidates = [node.ref for node in found]
        listed = "; ".join(f"{ref.name('en')} ({ref.id})" for ref in candidates[:NEAREST])
        raise AmbiguousError(
            f"{asked!r} fits {len(found)} things: {listed}. Ask again with one of these ids",
            asked=asked,
            candidates=candidates,
        )
    nearest = near(store, asked, labels)
    hint = (
        "Nearest: " + "; ".join(f"{ref.name('en')} ({ref.id})" for ref in nearest)
        if nearest
        else "Nothing on record comes near it"
    )
    raise NotFoundError(f"No {wanted or 'entry'} on record by {asked[:80]!r}. {hint}", asked=asked, nearest=nearest)


def every(store: Store, text: str, *, as_of: date) -> tuple[Node, ...]:
    """All things that `text` may mean, most likely first; empty where nothing bears the name exactly."""
    text = text.strip()
    by_id = store.nodes([text]).get(text) if ":" in text else None
    if by_id:
        return (by_id,)
    if code := committees.parse(text):
        id = f"committee:{code.slug}"
        if node := store.nodes([id]).get(id):
            return (node,)
    if (number := numbers.parse(text)) and (editions := _editions(store, number, as_of)):
        return editions
    key = name_key(text)
    return _named(store.named([key]).get(key, ())) if key else ()


def near(store: Store, text: str, labels: Sequence[str] = ()) -> tuple[NodeRef, ...]:
    """The closest things on record to a text that names none: for a number its other editions and kinds, then by search."""
    found: dict[str, NodeRef] = {}
    if number := numbers.parse(text):
        for editions in store.editions(_families(number)).values():
            found |= {node.id: node.ref for node in editions}
    queries = [text, *([number.edition_family] if number else []), *text.split(), *_beginnings(text)]
    for words in dict.fromkeys(queries):
        if len(found) >= NEAREST:
            break
        hits = store.search(words, labels=labels, limit=NEAREST)
        found |= {hit.node.id: hit.node.ref for hit in hits.hits if hit.node.id not in found}
    return tuple(found.values())[:NEAREST]


def _beginnings(text: str) -> tuple[str, ...]:
    """Shorter and shorter beginnings of a name, for one with a slip in it: most names begin with what tells them apart.

    A few Latin letters tell nothing, so that of a Latin name at least two thirds are kept.

    >>> _beginnings("华为技木"), _beginnings("Tesla")
    (('华为技', '华为'), ('Tesl',))
    """
    steps = max(1, len(text) // BEGINNINGS)
    shortest = max(4, len(text) * 2 // 3) if text.isascii() else 2
    return tuple(text[:end].strip() for end in range(len(text) - steps, shortest - 1, -steps))[:BEGINNINGS]


def in_force(editions: Sequence[Node], as_of: date) -> Node:
    """Of several editions of a standard the one in force on the day: the newest that had taken effect (an undated date counts as
    the beginning of the number's year); before the first took effect, the first.

    Raises ValueError for no editions.
    """
    day = as_of.isoformat()

    def begins(node: Node) -> str:
        stated = node.properties.get("effective") or node.properties.get("published")
        number = numbers.parse(str(node.properties.get("number", "")))
        year = str(number.year) if number and number.year else None
        return first_day(str(stated) if stated else year)

    ordered = sorted(editions, key=lambda node: (begins(node), node.id))
    if not ordered:
        raise ValueError("no editions")
    started = [node for node in ordered if begins(node) <= day]
    alive = [node for node in started if node.properties.get("status") not in ("withdrawn", "project", "upcoming")]
    return (alive or started or ordered[:1])[-1]


def _editions(store: Store, number: numbers.StandardNumber, as_of: date) -> tuple[Node, ...]:
    id = f"standard:{number.slug}"
    if number.year is not None and (node := store.nodes([id]).get(id)):
        return (node,)
    families = _families(number)
    editions = {family: _dated(nodes) for family, nodes in store.editions(families).items()}
    if number.year is not None:
        # `GB 22239-2019` is how many people write GB/T 22239-2019: the year decides which edition, not the kind.
        same_year = [
            node
            for family in families
            for node in editions.get(family, ())
            if (parsed := numbers.parse(str(node.properties.get("number", "")))) and parsed.year == number.year
        ]
        return tuple(same_year)
    found = [in_force(editions[family], as_of) for family in families if editions.get(family)]
    spoken = number.mandatory is None
    if len(found) > 1 and editions.get(number.edition_family) and not spoken:
        return (in_force(editions[number.edition_family], as_of),)
    return tuple(found)


def _dated(editions: Sequence[Node]) -> tuple[Node, ...]:
    """The editions with a year; a number without one, as some texts cite it, stands for itself only where there is no other."""
    dated = tuple(
        node
        for node in editions
        if (number := numbers.parse(str(node.properties.get("number", "")))) and number.year is not None
    )
    return dated or tuple(editions)


def _families(number: numbers.StandardNumber) -> tuple[str, ...]:
    """The numbers without year that a person may mean, likeliest first."""
    parsed = (numbers.parse(candidate) for candidate in number.candidates())
    return tuple(dict.fromkeys(one.edition_family for one in parsed if one))


def _named(named: Sequence[Named]) -> tuple[Node, ...]:
    """The distinct nodes, less those that a stronger reading leaves out: a group answers for its entities, and a name in
    use wins over one that was somebody's former name.
    """
    nodes = {n.node.id: n.node for n in named}
    groups = [node for node in nodes.values() if node.family == "group"]
    if len(groups) == 1:
        return (groups[0],)
    in_use = {n.node.id: n.node for n in named if not n.kind.startswith("former")}
    return tuple((in_use or nodes).values())
