"""Commands about identity: what the grammar makes of a number, and whether two names are one organisation."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from api.evaluate_commands import evaluate
from api.names_on_record import NamesOnRecord
from api.options import AsJson, Lang, StoreAt, language, legible, store_address, today
from api.output import output, print_body, reading
from api.review_commands import review
from graph import schema

# The grammar and the store are imported when they are needed: `--help` must not wait for them.
LONGEST_LINE = 100_000
"""Characters of a text that are looked at."""


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (number, names, review):
        app.command(rich_help_panel="Identity")(command)
    app.add_typer(evaluate, name="evaluate", rich_help_panel="Identity")


def number(
    texts: Annotated[
        list[str] | None, typer.Argument(help="Texts to read; else lines on standard input.", metavar="TEXT")
    ] = None,
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """What the grammar of standard numbers makes of each text; exit code 1 where none holds a number."""
    words = language(lang)
    found = 0
    rows = (_read(text[:LONGEST_LINE]) for text in (texts or _lines()))
    if as_json:
        for row in rows:
            found += row["number"] is not None
            print_body(row)
    else:
        listed = list(rows)
        found = sum(row["number"] is not None or bool(row["inside"]) for row in listed)
        _print_numbers(listed, zh=words == "zh")
    if not found:
        raise typer.Exit(1)


def _lines() -> Iterator[str]:
    """The lines of standard input. What is not UTF-8 in them is read as far as it goes."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").lstrip("\ufeff").rstrip("\r\n")


def _read(text: str) -> dict[str, object]:
    """One text as the grammar reads it; `number` is None where it is none, `inside` holds the numbers of a running text.

    >>> _read("GB18384-2020")["number"], _read("2019-05-10")["number"]
    ('GB 18384-2020', None)
    """
    from graph import numbers

    text = legible(text)
    found = numbers.parse(text)
    fields = ("number", "kind", "mandatory", "issuer", "year", "part", "amendment", "family", "may_mean")
    row: dict[str, object] = dict.fromkeys(fields)
    if found:
        row |= {
            "number": found.canonical,
            "kind": found.kind,
            "mandatory": found.mandatory,
            "issuer": found.issuer,
            "year": found.year,
            "part": found.part,
            "amendment": found.amendment,
            "family": found.edition_family,
            "may_mean": list(found.candidates()),
        }
    inside = [] if found else [one.number.canonical for one in numbers.find_all(text)]
    return {"input": text, **row, "inside": inside}


def _print_numbers(rows: Iterable[dict[str, object]], *, zh: bool) -> None:
    from api.terminal.prose import prose
    from api.terminal.sheet import Sheet, table

    heads = (
        ("文本", "标准号", "类别", "强制性", "发布者代号", "年份")
        if zh
        else ("text", "number", "kind", "mandatory", "issuer", "year")
    )
    made = table(*heads)
    yes = {True: ("yes", "是"), False: ("no", "否")}
    for row in rows:
        inside = row["inside"]
        within = ", ".join(inside) if isinstance(inside, list) else ""
        stated = f"{'文中有' if zh else 'within:'} {within}" if within else "-"
        mandatory = row["mandatory"]
        made.add_row(
            prose(str(row["input"])),
            prose((str(row["number"]), "bold") if row["number"] else (stated, "" if within else "dim")),
            prose(schema.word(row["kind"], "zh" if zh else "en") if row["kind"] else ""),
            yes[mandatory][zh] if isinstance(mandatory, bool) else "",
            prose(str(row["issuer"] or "")),
            str(row["year"] or ""),
        )
    Sheet(output(), "zh" if zh else "en").put(made)


def names(
    a: Annotated[str, typer.Argument(help="A name of an organisation.", metavar="A")],
    b: Annotated[str, typer.Argument(help="Another.", metavar="B")],
    lang: Lang = "en",
    as_json: AsJson = False,
    store: StoreAt = None,
) -> None:
    """Whether two names mean one organisation, by what is known so far, and why."""
    from graph.names import name_key
    from graph.names.compare import compare

    words = language(lang)
    a, b = (legible(text)[:LONGEST_LINE] for text in (a, b))
    with reading(store_address(store), today()) as at:
        judged = compare(a, b, NamesOnRecord(at))
    parent = {"a": a, "b": b}.get(judged.parent or "")
    if as_json:
        body = {
            "a": a,
            "b": b,
            "verdict": judged.verdict,
            "why": judged.why,
            "why_zh": judged.why_zh,
            "rule": judged.rule,
            "likelihood": judged.likelihood,
            "parent": parent,
            "keys": [name_key(a), name_key(b)],
        }
        print_body(body)
        return
    from api.terminal.prose import prose
    from api.terminal.sheet import Sheet

    reads = {
        "same": ("same", "同一单位"),
        "different": ("different", "不同单位"),
        "parent": ("parent and unit", "上下级单位"),
        "unsure": ("unsure", "无法确定"),
    }
    why = judged.why_zh if words == "zh" else judged.why
    said = prose((reads[judged.verdict][words == "zh"], "bold"), "：" if words == "zh" else ": ", why)
    if parent:
        said.append_text(prose(f"（上级为{parent}）" if words == "zh" else f" (the parent is {parent})"))
    Sheet(output(), words).put(said)
