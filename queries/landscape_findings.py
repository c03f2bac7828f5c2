"""What a landscape says as a whole: its summary, findings, what weakens them, and the bounds that were reached."""

from __future__ import annotations

from collections.abc import Iterable

from queries import communities, drafting_trends
from queries.answer import Bound, Caveat, Evidence, Finding, Text
from queries.drafting_fields import FOUND, Measured, Scope
from queries.drafting_trends import SORTS
from queries.evidence import Citations, counted, listed


def summary(scope: Scope, m: Measured, citations: Citations) -> tuple[Text, ...]:
    """The answer in two sentences."""
    name = scope.name
    if not m.n:
        return (Text(f"No drafting list of {name.en} is on record", f"未见{name.zh}的起草单位名单"),)
    said = Text(
        f"{counted(m.n, 'standard')} of {name.en} {'has its' if m.n == 1 else 'have their'} drafting list on record, "
        f"with {counted(len(m.drafters), 'actor')}",
        f"{name.zh}有{m.n}项标准的起草单位名单在案，涉及{len(m.drafters)}家单位",
    )
    if m.n < drafting_trends.SUPPORT:
        few = Text("Too few to say who shapes it; counts alone are listed", "样本过少，无法判断由谁主导，仅列计数")
        return (said, few)
    first = m.drafters[0]
    level = [d for d in m.drafters if d.drafted == first.drafted]
    strongest = listed(citations.ref(d.id) for d in level[:3])
    of = Text(f"{first.drafted} of {m.n} lists", f"{m.n}份名单中的{first.drafted}份")
    each = Text(" each", "各") if len(level) > 1 else Text("", "")
    return (
        said,
        Text(
            f"Most often there: {strongest.en}, on {of.en}{each.en}",
            f"最常见：{strongest.zh}，{each.zh}见于{of.zh}",
        ),
    )


def findings(m: Measured, evidence: tuple[Evidence, ...], this_year: int) -> Iterable[Finding]:
    """Shares of sorts, concentration, the trend, groups; `evidence` are the lists that are cited for counts."""
    if m.enough:
        shares = {name: round(n / m.total, 3) for name, n in m.places.items()}
        en = ", ".join(f"{SORTS[name].en} {share:.0%}" for name, share in shares.items()).replace("%", " %")
        zh = "、".join(f"{SORTS[name].zh}{share:.0%}" for name, share in shares.items())
        text = Text(f"Of {m.total} places on {m.n} lists: {en}", f"{m.n}份名单共{m.total}席：{zh}")
        yield Finding("sorts", text, {"places": m.total, "lists": m.n, **shares}, evidence)
    if m.index is not None:
        level = _LEVELS[(m.index >= drafting_trends.MODERATE) + (m.index >= drafting_trends.HIGH)]
        text = Text(
            f"Drafting is {level.en}: the index of concentration (HHI) is {m.index} of 10,000, "
            f"over {m.total} places of {counted(len(m.drafters), 'actor')}",
            f"起草{level.zh}：集中度指数（HHI）{m.index}（满分10000），按{len(m.drafters)}家共{m.total}席计算",
        )
        yield Finding("concentration", text, {"hhi": m.index, "places": m.total, "actors": len(m.drafters)}, evidence)
    w, last = m.windows, this_year
    if m.rising:
        text = Text(
            f"Who rises is an indication: {len(m.rising)} of {counted(len(m.drafters), 'actor')} passed a test at "
            f"{drafting_trends.CHANCE:.0%}, which some pass by chance where many are compared".replace("%", " %"),
            f"上升仅为迹象：{len(m.drafters)}家中有{len(m.rising)}家通过{drafting_trends.CHANCE:.0%}水平的检验，"
            "比较单位众多时，个别可能出于偶然",
        )
        yield Finding("trend", text, {"recent": w.recent, "before": w.before, "rising": len(m.rising)}, evidence)
    if m.n and not m.rising:
        spans = Text(
            f"{w.recent} ({w.recent_from}-{last}) and {w.before} ({w.before_from}-{w.recent_from - 1})",
            f"{w.recent}份（{w.recent_from}-{last}年）和{w.before}份（{w.before_from}-{w.recent_from - 1}年）",
        )
        text = (
            Text(
                f"Nobody rises beyond chance between {w.before} lists of {w.before_from}-{w.recent_from - 1} "
                f"and {w.recent} of {w.recent_from}-{last}",
                f"对比{w.before_from}-{w.recent_from - 1}年{w.before}份与{w.recent_from}-{last}年{w.recent}份名单，"
                "未见超出偶然的上升",
            )
            if w.enough
            else Text(
                f"Who rises: too few to say; {drafting_trends.SUPPORT} lists are needed in each window, there are {spans.en}",
                f"谁在上升：样本过少，不作判断；两个时段各需{drafting_trends.SUPPORT}份名单，现有{spans.zh}",
            )
        )
        yield Finding("trend", text, {"recent": w.recent, "before": w.before}, evidence)
    yield from _of_network(m, evidence)


def _of_network(m: Measured, evidence: tuple[Evidence, ...]) -> Iterable[Finding]:
    net = m.network
    values = {"actors": net.actors, "lists": m.n, "modularity": net.modularity}
    if not m.n:
        return
    if not net.enough:
        text = Text(
            f"Groups and brokers: too few to say; {communities.SUPPORT} lists and as many actors on two or more of them are needed, "
            f"here are {m.n} and {net.actors}",
            f"群体与中介：样本过少，不作判断；需{communities.SUPPORT}份名单及见于两份以上的{communities.SUPPORT}家单位，"
            f"现有{m.n}份、{net.actors}家",
        )
    elif not net.communities:
        text = Text(
            f"The {net.actors} actors on two lists or more fall into no clear groups (modularity {net.modularity:.2f}), "
            "so that nobody is named a broker",
            f"见于两份以上名单的{net.actors}家未形成明显群体（模块度{net.modularity:.2f}），故不称中介",
        )
    else:
        text = Text(
            f"The {net.actors} actors on two lists or more fall into {counted(len(net.communities), 'group')} "
            f"(modularity {net.modularity:.2f}); that they draft together is an indication, not an alliance",
            f"见于两份以上名单的{net.actors}家分为{len(net.communities)}个群体（模块度{net.modularity:.2f}）；"
            "共同起草只是迹象，不等于结盟",
        )
    yield Finding("groups", text, values, evidence)


def caveats(scope: Scope, m: Measured) -> Iterable[Caveat]:
    """What is missing, and what would fill it."""
    if not scope.lists.lists:
        yield Caveat(
            "no_standards",
            Text(
                f"Load standards of {scope.name.en} with their drafting organisations to see its landscape",
                f"载入{scope.name.zh}的标准及其起草单位，即可查看格局",
            ),
        )
        return
    without = len(scope.lists.lists) - m.n
    if without:
        yield Caveat(
            "without_lists",
            Text(
                f"{counted(without, 'standard')} of {scope.name.en} on record {'has' if without == 1 else 'have'} no drafting list "
                "and count for nothing here; load forewords to fill this",
                f"{scope.name.zh}另有{without}项标准未见起草单位名单，未计入；载入前言可补全",
            ),
        )
    if m.n < drafting_trends.SUPPORT:
        yield Caveat(
            "few",
            Text(
                f"Shares, trends and concentration are given from {drafting_trends.SUPPORT} lists on; "
                f"here {'is' if m.n == 1 else 'are'} {m.n}",
                f"满{drafting_trends.SUPPORT}份名单才给出占比、趋势和集中度；此处为{m.n}份",
            ),
        )
    undated = sum(row.published is None for row in m.lists)
    if undated:
        yield Caveat(
            "undated",
            Text(
                f"{counted(undated, 'list')} without a date {'is' if undated == 1 else 'are'} in no year",
                f"另有{undated}份名单无日期，未计入各年",
            ),
        )
    unknown = m.places.get("unknown", 0)
    if m.enough and unknown > m.total / 10:
        yield Caveat(
            "unknown_sorts",
            Text(
                f"Of {unknown} of {m.total} places it is not on record whether the company is domestic, foreign or state-owned: "
                "shares of these are floors",
                f"{m.total}席中有{unknown}席的企业性质（内资、外资、国有）未见记录，相应占比为下限",
            ),
        )
    if scope.words:
        yield Caveat(
            "by_words",
            Text(
                f"The standards are those whose numbers or titles hold {scope.words!r}: others on the matter are not counted",
                f"仅计编号或名称含“{scope.words}”的标准，涉及该主题的其他标准未计入",
            ),
        )
    yield Caveat(
        "sample",
        Text(
            "Counts are of what is loaded, a sample: shares hold for the lists on record, not for all standards of the field",
            "统计对象为已载入的样本；占比仅适用于在案名单，不代表该领域全部标准",
        ),
    )


def bounds(scope: Scope, m: Measured, limit: int) -> Iterable[Bound]:
    """Where only a part was counted or listed."""
    net = m.network
    if scope.lists.bounded:
        what = Text(f"{scope.name.en}: standards counted, the newest", f"{scope.name.zh}：计入的标准（最新）")
        yield Bound(what, len(scope.lists.lists), scope.lists.standards)
    if len(m.drafters) > limit:
        yield Bound(Text("drafters listed, the most frequent", "所列起草单位（最常见）"), limit, len(m.drafters))
    if scope.found > FOUND:
        yield Bound(Text("standards that the words find", "检索词找到的标准"), FOUND, scope.found)
    if net.eligible > net.actors:
        yield Bound(Text("actors in groups, the most frequent", "计入群体的单位（最常见）"), net.actors, net.eligible)


_LEVELS = (
    Text("spread over many", "较为分散"),
    Text("moderately concentrated", "中度集中"),
    Text("highly concentrated", "高度集中"),
)
