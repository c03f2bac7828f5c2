"""What changed between loads: what appeared, was changed or vanished since a day, everywhere or around things that are watched.

Rule. It is about what came on record, not about what became true: a standard of 1990 that was loaded yesterday appeared yesterday. What a
dataset no longer says has vanished from it, which does not make it false. A dataset that came as a whole is told as one; around
things that are watched each of its statements counts. Changes of a day to one thing stand together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from graph import schema
from graph.errors import InputError
from graph.model import Node, Scalar, View
from graph.store import Change, Changes, Store
from queries.answer import Answer, Bound, Caveat, Evidence, Finding, Item, Text
from queries.evidence import Citations, counted, in_one
from queries.resolve import one
from queries.speakers import speaker

LISTED = 50
"""How many things with changes are listed unless asked otherwise."""

LOOKED_AT = 5000
"""Changes that are looked at, the newest first."""

WATCHED = 500
"""Most things that are watched at once."""

TOLD = 3
"""Statements of one thing that its line tells; the rest is counted and cited."""

ROLES: Mapping[str, Text] = {
    "appeared": Text("appeared", "新出现"),
    "changed": Text("changed", "有变更"),
    "vanished": Text("no longer said by its dataset", "其数据集不再记载"),
}

_QUIET = ("name_zh", "name_en", "title_zh", "title_en", "kind")
"""Plain properties that say nothing to a reader where they come with all others: the name is there already."""


def changes(store: Store, since: date, view: View, *, about: Sequence[str] = (), limit: int = LISTED) -> Answer:
    """What changed on record since the day `since`, around the things `about` (none: everywhere).

    Raises NotFoundError, AmbiguousError, InputError as `queries.resolve.one`; InputError for more things than can be watched.
    """
    if len(about) > WATCHED:
        raise InputError(f"{len(about)} things are watched; at most {WATCHED} at once", field="about")
    watched = [
        one(store, text, as_of=view.as_of, field="about", wanted="standard, committee or actor") for text in about
    ]
    ids = list(dict.fromkeys(id for node in watched for id in _voices(store, node, view)))
    found = store.changes(since, view, ids=ids, limit=LOOKED_AT)
    nodes = {**found.nodes, **{node.id: node for node in watched}}
    citations = Citations(store, view, nodes)
    together = _together(found.changes)
    shown = list(together.items())[:limit]
    items = tuple(
        Item(
            n, what, citations.ref(id), 1.0, (), *_told(said, citations),
            details={"day": day, "changes": len(said)},
        )
        for n, ((day, what, id), said) in enumerate(shown, start=1)
    )  # fmt: skip
    linked = [
        c.statement for _, said in shown for c in said if c.statement and c.statement.object and c.what == "appeared"
    ]
    return Answer(
        question="changes",
        asked={"since": since.isoformat(), "about": ", ".join(about) or None, "words": ""},
        about=tuple(node.ref for node in watched),
        as_of=view.as_of.isoformat(),
        summary=(_summary(since, together, watched),),
        items=items,
        findings=_datasets(store, found),
        caveats=_caveats(since, found),
        picture=citations.picture(linked[:200], {node.id: "asked" for node in watched}),
        sources=citations.sources(),
        bounds=(Bound(Text("things with changes", "有变动的条目"), len(shown), len(together)),)
        if len(shown) < len(together)
        else (),
        total=len(together),
    )


def _voices(store: Store, node: Node, view: View) -> tuple[str, ...]:
    """The thing, and for a group or successor all that it speaks for."""
    return speaker(store, node, view).ids if node.label in schema.ORGANISATIONS else (node.id,)


def _together(found: Sequence[Change]) -> dict[tuple[str, str, str], list[Change]]:
    """The changes of a day to one thing, the newest day first, in the order of `ROLES`."""
    groups: dict[tuple[str, str, str], list[Change]] = {}
    for change in found:
        groups.setdefault((change.day, change.what, change.node), []).append(change)
    order = list(ROLES)
    keys = sorted(groups, key=lambda key: (order.index(key[1]), key[2]))
    return {key: groups[key] for key in sorted(keys, key=lambda key: key[0], reverse=True)}


def _told(said: Sequence[Change], citations: Citations) -> tuple[Text, tuple[Evidence, ...]]:
    """What changed of one thing, as a sentence, and what says so."""
    stated = citations.cite(c.statement for c in said if c.statement)
    before = {c.statement.key: c.before for c in said if c.statement and c.what == "changed"}
    plain = [(c, e) for c in said if c.record for e in citations.of_records([c.record], _names(c))]
    lines = [_line(c, e) for c, e in plain]
    if before:
        lines += [_restated(e, before[e.statement]) for e in stated[:TOLD] if e.statement in before]
    elif stated:
        lines.append(in_one(stated[:TOLD]))
    more = max(0, len(stated) - TOLD)
    en, zh = "; ".join(dict.fromkeys(t.en for t in lines)), "；".join(dict.fromkeys(t.zh for t in lines))
    if more:
        en, zh = f"{en}; and {more} more", f"{zh}；另有{more}项"
    return Text(en or "a record of it", zh or "一条记录"), (*(e for _, e in plain), *stated)


def _names(change: Change) -> tuple[str, ...]:
    """The plain properties that a line tells: those that changed, else those that say more than the name."""
    p = change.record.properties if change.record else {}
    if change.what == "changed":
        return (
            tuple(name for name in p if p[name] != change.before.get(name) and name in schema.PROPERTIES)
            or tuple(p)[:1]
        )
    told = tuple(name for name in p if name in schema.PROPERTIES and name not in _QUIET)
    return told[:TOLD] or tuple(name for name in p if name in schema.PROPERTIES)[:1]


def _line(change: Change, evidence: Evidence) -> Text:
    """A record's plain properties; of a changed one with what stood there before."""
    if change.what != "changed":
        return evidence.says
    parts = [(schema.PROPERTIES[n], evidence.properties[n], change.before.get(n)) for n in evidence.properties]
    en = "; ".join(
        f"{p.en} now {now}" + (f", before {old}" if old is not None else ", before not on record")
        for p, now, old in parts
    )
    zh = "；".join(
        f"{p.zh}现为{now}" + (f"，原为{old}" if old is not None else "，此前未见记录") for p, now, old in parts
    )
    return Text(f"{evidence.subject.name('en')}: {en}", f"{evidence.subject.name('zh')}：{zh}")


def _restated(evidence: Evidence, before: Mapping[str, Scalar]) -> Text:
    """A statement whose particulars changed, with what they were."""
    now = evidence.properties
    names = [n for n in schema.PROPERTIES if n in {*now, *before} and now.get(n) != before.get(n)]
    said = [(schema.PROPERTIES[n], now.get(n, "-"), before.get(n, "-")) for n in names]
    en = "; ".join(f"{p.en} now {is_}, before {was}" for p, is_, was in said)
    zh = "；".join(f"{p.zh}现为{is_}，原为{was}" for p, is_, was in said)
    return Text(f"{evidence.says.en}: {en}", f"{evidence.says.zh}：{zh}")


def _summary(since: date, together: Mapping[tuple[str, str, str], Sequence[Change]], watched: Sequence[Node]) -> Text:
    counts = {role: sum(1 for _, what, _ in together if what == role) for role in ROLES}
    of = [node.ref for node in watched[:TOLD]]
    around = (
        Text(f" around {', '.join(r.name('en') for r in of)}", f"{'、'.join(r.name('zh') for r in of)}相关")
        if of
        else Text("", "")
    )
    some_en = ", ".join(f"{n} {_COUNTED[role][0]}" for role, n in counts.items() if n) or "nothing changed on record"
    some_zh = "，".join(f"{_COUNTED[role][1]}{n}项" for role, n in counts.items() if n) or "记录未见变动"
    return Text(f"Since {since.isoformat()}{around.en}: {some_en}", f"{since.isoformat()}以来{around.zh}：{some_zh}")


_COUNTED: Mapping[str, tuple[str, str]] = {
    "appeared": ("with something new", "新增"),
    "changed": ("changed", "变更"),
    "vanished": ("of which something is no longer said", "不再记载"),
}


def _datasets(store: Store, found: Changes) -> tuple[Finding, ...]:
    """The datasets that came as a whole."""
    if not found.datasets:
        return ()
    known = {dataset.id: dataset for dataset in store.datasets()}
    named = [(known[id], day) for id, day in found.datasets if id in known]
    en = "; ".join(f"{dataset.title} ({day})" for dataset, day in named)
    zh = "；".join(f"{schema.titled(dataset.title, 'zh')}（{day}）" for dataset, day in named)
    text = Text(
        f"{counted(len(named), 'dataset')} came on record as a whole: {en}", f"整体新载入的数据集{len(named)}个：{zh}"
    )
    return (Finding("datasets", text, {"datasets": len(named)}),)


def _caveats(since: date, found: Changes) -> tuple[Caveat, ...]:
    if found.marked_since is None:
        text = Text("Loads of this store are told apart from its next load on", "本库自下次载入起方能区分各次载入")
        return (Caveat("no_marks", text),)
    if found.marked_since > since.isoformat():
        text = Text(
            f"Loads are told apart since {found.marked_since}; what came before that day is not known by its day",
            f"自{found.marked_since}起方能区分各次载入；此前的变动日期未知",
        )
        return (Caveat("marked_later", text),)
    return ()
