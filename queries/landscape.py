"""Who shapes a field: who drafts most, who rises, sorts of drafters by year, concentration, communities and brokers, what overlaps.

Rule. The field is what a committee with its subcommittees is in charge of, what is classified under a field (a class of ICS with those
below it), or the standards that words find (`queries.drafting_fields`); at most the newest 2,000. Counts are of standards whose drafting
list is on record (`queries.drafting_trends`, `queries.communities`); each has its n, and below the support named there an answer says
"too few to say". Overlap is what others have in the same classes of ICS and CCS (`queries.overlaps`). All of it counts what is loaded,
which is a sample of what there is.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph.model import View
from graph.store import Store
from queries.answer import Answer, Item, Text
from queries.drafting_fields import drafting_actors, measured, scope_of
from queries.landscape_findings import bounds, caveats, findings, summary
from queries.landscape_items import OVERLAPPING, Rows
from queries.overlaps import overlaps

LISTED = 15
"""How many drafters an answer lists unless asked otherwise."""

ROLES: Mapping[str, Text] = {
    "drafter": Text("who drafts most", "起草最多的单位"),
    "rising": Text("who rises", "上升的单位"),
    "year": Text("by year of publication", "按发布年份"),
    "community": Text("who drafts together", "共同起草的群体"),
    "broker": Text("brokers between groups", "群体之间的中介单位"),
    "committee": Text("committees in the same classes", "同类目下的标委会"),
    "association": Text("association standards in the same classes", "同类目下的团体标准"),
}

COLUMNS: Mapping[str, Text] = {
    "share": Text("Of lists", "占比"),
    "latest": Text("Latest", "最近"),
}


def landscape(store: Store, asked: str, view: View, *, limit: int = LISTED, words: bool = False) -> Answer:
    """Who shapes the drafting of a committee, a field or class, or of what the words `asked` find.

    Words that find nothing have an answer that says so where `words` allows it. Raises NotFoundError where they have not,
    AmbiguousError and InputError as `queries.resolve.one`.
    """
    scope = scope_of(store, asked, view, words=words)
    m = measured(scope, drafting_actors(store, scope.lists.lists, view), view)
    found = overlaps(store, scope.lists.lists, scope.about, scope.committees, view, limit=OVERLAPPING)
    rows = Rows(store, scope, m, found, view, limit)
    items = tuple(
        Item(n, role, node, 1.0, (), says, evidence, details=details)
        for n, (role, node, says, evidence, details) in enumerate(rows.all, start=1)
    )
    about = scope.about
    said = tuple(findings(m, rows.lists, view.as_of.year))
    return Answer(
        question="landscape",
        asked={"about": asked, **({} if about else {"words": asked})},
        about=(about.ref,) if about else (),
        as_of=view.as_of.isoformat(),
        summary=summary(scope, m, rows.citations),
        items=items,
        findings=said,
        caveats=tuple(caveats(scope, m)),
        picture=rows.citations.picture(rows.drawn, {about.id: "asked"} if about else {}),
        sources=rows.citations.sources(),
        bounds=tuple(bounds(scope, m, limit)),
        total=len(items),
    )
