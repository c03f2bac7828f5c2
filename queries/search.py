"""Finding things by any of their names, in Chinese, English, pinyin, short or former form, or by number in any spelling."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import InputError
from graph.model import View
from graph.store import Hit, Store
from queries.answer import Answer, Caveat, Item, Part, Picture, Text
from queries.resolve import LONGEST, every

LARGEST = 100
"""Most results on one page."""


def search(
    store: Store, words: str, view: View, *, labels: Sequence[str] = (), limit: int = 20, after: str = ""
) -> Answer:
    """Everything whose names hold the words, best first; what is meant exactly (a number, a code, a name) before the rest.

    A number or code in full means what bears it, and the beginning of a Chinese number that says its kind (`GB/T 222`) means the
    numbers that begin so, where they are more than 20; what else has these words is found with fewer, and with labels.
    Nothing found is an empty answer, not an error. Raises InputError for empty or overlong words, CursorError for a cursor of another
    search.
    """
    text = words.strip()
    if not text:
        raise InputError("words are empty; give a name, a number or a word", field="words")
    if len(text) > LONGEST:
        raise InputError(f"words have {len(text)} characters; at most {LONGEST} are searched", field="words")
    hits = store.search(text, labels=labels, limit=min(limit, LARGEST), after=after)
    items = [_item(hit) for hit in hits.hits]
    total = hits.total
    if not after:
        meant = [node for node in every(store, text, as_of=view.as_of) if not labels or node.label in labels]
        by_id = {item.node.id: item for item in items}
        first = [by_id.get(node.id) or _item(Hit(node, text, "exact", 1.0)) for node in meant]
        items = [*first, *(item for item in items if item not in first)]
        total = max(total, len(items))
    ranked = tuple(
        Item(rank, i.role, i.node, i.score, i.parts, i.reason, i.evidence, i.hops, i.details)
        for rank, i in enumerate(items, start=1)
    )
    more = f"at least {total}" if not hits.exact else str(total)
    return Answer(
        question="search",
        asked={"words": words, "labels": ",".join(labels) or None, "limit": limit},
        about=(),
        as_of=view.as_of.isoformat(),
        summary=(Text(f"{more} found", f"找到{'至少' if not hits.exact else ''}{total}项"),),
        items=ranked,
        findings=(),
        caveats=() if hits.exact else (Caveat("lower_bound", Text("The total is a lower bound", "总数为下限")),),
        sources=(),
        picture=Picture((), ()),
        total=total,
        after=hits.after,
    )


def _item(hit: Hit) -> Item:
    how = Text(f"{hit.how}: {hit.name}", f"{_HOW.get(hit.how, hit.how)}：{hit.name}")
    return Item(
        0,
        hit.node.label,
        hit.node.ref,
        round(hit.score, 6),
        (Part("match", hit.score, 1.0, how),),
        Text(f"found as {hit.name}", f"匹配“{hit.name}”"),
        (),
        details={"how": hit.how, "matched": hit.name},
    )


_HOW = {
    "exact": "完全匹配",
    "prefix": "前缀匹配",
    "words": "词语匹配",
    "pinyin": "拼音匹配",
    "number": "编号匹配",
}
