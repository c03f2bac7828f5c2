"""Answers for people at a terminal: tables and trees in colour, Chinese aligned, sources numbered below."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line
from rich.tree import Tree

from graph import schema
from graph.model import Language, NodeRef
from queries import access, oversight
from queries.answer import Answer, Evidence, Item, Source

UNDOCUMENTED = "*"
"""Marks what no page on record confirms."""

_WORDS = {
    "as_of": ("as of", "截至"),
    "careful": ("Careful", "注意"),
    "sources": ("Sources", "来源"),
    "no_page": ("no page on record confirms it", "尚无网页佐证"),
    "more": ("and {n} more; ask with a larger --limit", "另有{n}项；可用 --limit 增加"),
    "nothing": ("Nothing found", "未找到"),
    "partner": ("partner", "伙伴"),
    "home": ("home", "所属"),
    "why": ("why", "理由"),
    "score": ("score", "得分"),
    "together": ("together", "共同起草"),
    "kind": ("kind", "类别"),
    "name": ("name", "名称"),
    "what": ("what it is", "说明"),
    "next": ("next page: --after {after}", "下一页：--after {after}"),
}


def word(name: str, lang: Language, **values: object) -> str:
    """One of the terminal's own words in that language."""
    return _WORDS[name][lang == "zh"].format(**values)


def show(console: Console, answer: Answer, lang: Language) -> None:
    """Print an answer."""
    console.print(_heading(answer, lang))
    for text in answer.summary if answer.question != "oversight" else ():
        console.print(Padding(Line(clean(text[lang])), (0, 0, 0, 2)))
    console.print()
    console.print(_body(answer, lang))
    for finding in answer.findings:
        if answer.question == "entity":
            continue
        marks = _marks(e for e in finding.evidence)
        console.print(Padding(Line(f"• {clean(finding.text[lang])} {marks}".rstrip()), (0, 0, 0, 2)))
    _footer(console, answer, lang)


def clean(text: str) -> str:
    r"""Text that cannot steer a terminal: control characters left out.

    >>> clean("a\x1b[31mb")
    'a[31mb'
    """
    return "".join(c for c in text if c.isprintable() or c == "\n").replace("\n", " ")


def name_of(node: NodeRef, lang: Language) -> str:
    """A node's name in both languages where it has both: the asked language first."""
    first, second = node.name(lang), node.name("en" if lang == "zh" else "zh")
    if node.label in schema.BODIES:
        second = node.hint or second
    shown = first if first == second else f"{first} {second}"
    return clean(shown)


def _heading(answer: Answer, lang: Language) -> Line:
    line = Line()
    for n, node in enumerate(answer.about):
        if n:
            line.append(" → " if answer.question in ("influence", "access") else " · ", "dim")
        line.append(name_of(node, lang), "bold")
        if node.hint and node.label == schema.STANDARD:
            line.append(f" {clean(node.hint)}")
    line.append(f"  {word('as_of', lang)} {answer.as_of}", "dim")
    return line


def _body(answer: Answer, lang: Language) -> RenderableType:
    if not answer.items:
        return Padding(Line(word("nothing", lang), "yellow"), (0, 0, 1, 2))
    match answer.question:
        case "search":
            return _search(answer, lang)
        case "coalition":
            return _partners(answer, lang)
        case "influence":
            return _paths(answer, lang)
        case "entity":
            return _entity(answer, lang)
        case _:
            return _roles(answer, lang)


def _search(answer: Answer, lang: Language) -> Table:
    table = _table("#", word("name", lang), word("what", lang), word("kind", lang), "id")
    for item in answer.items:
        label = schema.LABELS[item.node.label]
        table.add_row(
            str(item.rank),
            escape(name_of(item.node, lang)),
            escape(clean(schema.word(item.node.hint, lang)) if item.node.label not in schema.BODIES else ""),
            label.zh if lang == "zh" else label.en,
            escape(item.node.id),
        )
    return table


def _partners(answer: Answer, lang: Language) -> Table:
    table = _table(
        "#", word("partner", lang), word("home", lang), word("why", lang), word("together", lang), word("score", lang)
    )
    for item in answer.items:
        d = item.details
        known = (d.get("home"), schema.word(d["ownership"], lang) if d.get("ownership") else None)
        home = ", ".join(str(part) for part in known if part) or "?"
        shared = str(d["co_drafted"]) if d.get("co_drafted") else "-"
        table.add_row(
            str(item.rank),
            escape(name_of(item.node, lang)),
            home,
            escape(f"{clean(item.reason[lang])} {_marks(item.evidence)}"),
            shared,
            f"{item.score:.2f}",
        )
    return table


def _paths(answer: Answer, lang: Language) -> Group:
    trees: list[RenderableType] = []
    for item in answer.items:
        head = f"[bold]{item.rank}.[/] "
        if not item.hops:
            trees.append(
                Padding(f"{head}{escape(clean(item.reason[lang]))} {escape(_marks(item.evidence))}", (0, 0, 1, 2))
            )
            continue
        way = item.reason[lang].split("：" if lang == "zh" else ":")[0]
        tree = Tree(f"{head}[bold]{escape(clean(way))}[/] [dim]({item.score:.2f})[/]", guide_style="dim")
        for hop in item.hops:
            tree.add(f"{escape(clean(hop.says[lang]))} {escape(_marks(hop.evidence))}")
        trees.append(Padding(tree, (0, 0, 1, 2)))
    return Group(*trees)


def _entity(answer: Answer, lang: Language) -> Group:
    parts: list[RenderableType] = [
        Padding(Line(f"{clean(finding.text[lang])} {_marks(finding.evidence)}"), (0, 0, 0, 2))
        for finding in answer.findings
    ]
    parts.append(Line())
    totals = {bound.what.en: bound.total for bound in answer.bounds}
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in answer.items:
        groups.setdefault((item.role, str(item.details.get("direction"))), []).append(item)
    for (kind, direction), items in groups.items():
        r = schema.RELATIONSHIPS[kind]
        en, zh = (r.en, r.zh) if direction == "out" else (r.en_back, r.zh_back)
        total = totals.get(en, len(items))
        count = f"{len(items)}" if len(items) == total else f"{len(items)} / {total}"
        tree = Tree(f"[bold]{zh if lang == 'zh' else en}[/] [dim]{count}[/]", guide_style="dim")
        for item in items:
            tree.add(f"{escape(name_of(item.node, lang))} {escape(_marks(item.evidence))}")
        parts.append(Padding(tree, (0, 0, 0, 2)))
    return Group(*parts)


def _roles(answer: Answer, lang: Language) -> Tree:
    tree = Tree("", hide_root=True, guide_style="dim")
    for role in dict.fromkeys(item.role for item in answer.items):
        items = [item for item in answer.items if item.role == role]
        reads = {**oversight.ROLES, **access.ROLES}[role][1][lang]
        branch = tree.add(f"[bold cyan]{reads}[/]")
        for item in items:
            leaf = branch.add(f"[bold]{escape(name_of(item.node, lang))}[/]")
            for evidence in item.evidence[:4]:
                leaf.add(f"[dim]{escape(clean(evidence.says[lang]))} {escape(_marks([evidence]))}[/]")
            if len(item.evidence) > 4:
                leaf.add(f"[dim]+{len(item.evidence) - 4}[/]")
    return tree


def _marks(evidence: Iterable[Evidence]) -> str:
    """Numbers of the sources, and a star where no page confirms any of it."""
    cited = list(evidence)
    numbers = dict.fromkeys(number for e in cited for number in e.sources)
    star = UNDOCUMENTED if cited and not any(_documented(e) for e in cited) else ""
    shown = "".join(f"[{number}]" for number in list(numbers)[:6])
    return f"{star}{shown}" + ("…" if len(numbers) > 6 else "")


def _documented(evidence: Evidence) -> bool:
    return evidence.basis in ("page", "transcription", "user")


def _footer(console: Console, answer: Answer, lang: Language) -> None:
    if answer.total > len(answer.items):
        console.print(Line(word("more", lang, n=answer.total - len(answer.items)), "dim"))
    if answer.after:
        console.print(Line(word("next", lang, after=answer.after), "dim"))
    if answer.caveats:
        console.print()
        console.print(Line(word("careful", lang), "bold yellow"))
        for caveat in answer.caveats:
            console.print(Padding(Line(f"• {clean(caveat.text[lang])}"), (0, 0, 0, 2)))
    if answer.sources:
        console.print()
        starred = f"  {UNDOCUMENTED} {word('no_page', lang)}" if _any_star(answer) else ""
        console.print(Line.assemble((word("sources", lang), "bold"), (starred, "dim")))
        for source in answer.sources:
            console.print(Padding(_source(source), (0, 0, 0, 2)))


def _any_star(answer: Answer) -> bool:
    return any(not _documented(e) for item in answer.items for e in item.evidence)


def _source(source: Source) -> Line:
    parts = [source.title, source.publisher, source.published or "", source.url if source.url != source.title else ""]
    return Line(f"[{source.number}] " + ", ".join(clean(part) for part in parts if part), "dim")


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for name in columns:
        table.add_column(name, justify="right" if name == "#" else "left", overflow="fold")
    return table
