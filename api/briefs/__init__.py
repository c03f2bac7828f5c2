"""A brief as a document: Markdown, or one HTML page that prints on two sheets; both in English or Chinese, with numbered sources."""

from __future__ import annotations

from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from api.briefs.words import WORDS
from graph import schema
from graph.errors import InputError
from graph.model import Language
from queries.answer import Source
from queries.brief import Brief, Line

MEDIA_TYPES: Final = {"md": "text/markdown; charset=utf-8", "html": "text/html; charset=utf-8"}
"""The forms of a brief, with their media types."""


def render(brief: Brief, form: str, lang: Language = "en") -> tuple[bytes, str]:
    """The brief in a form of `MEDIA_TYPES`, as UTF-8 bytes with their media type. Raises InputError for another form."""
    if form not in MEDIA_TYPES:
        raise InputError(f"{form[:40]!r} is no form of a brief: use one of {', '.join(MEDIA_TYPES)}", field="format")
    said = markdown(brief, lang) if form == "md" else page(brief, lang)
    # A lone surrogate, which a database may hold, has no bytes in UTF-8.
    return said.encode("utf-8", "replace"), MEDIA_TYPES[form]


def markdown(brief: Brief, lang: Language) -> str:
    """The brief in Markdown: headings, lists, sources by number at the end. What data say cannot become markup."""
    parts = [f"# {_plain(brief.title[lang])}", f"{_plain(brief.standing[lang])} ({WORDS['as_of'][lang]} {brief.as_of})"]
    for section in brief.sections:
        parts.append(f"## {section.heading[lang]}")
        lines = [f"- {_plain(line.text[lang])}{_marks(line, lang)}" for line in section.lines]
        if section.left_out:
            lines.append(f"- *{WORDS['left_out'][lang].format(n=section.left_out)}*")
        parts.append("\n".join(lines))
    parts.append(f"## {WORDS['sources'][lang]}")
    listed = [f"{source.number}. {_plain(reference(source, lang))} {source.url}".rstrip() for source in brief.sources]
    parts += ["\n".join(listed), f"*{WORDS['key'][lang]}*"]
    return "\n\n".join(parts) + "\n"


def page(brief: Brief, lang: Language) -> str:
    """The brief as a page that needs nothing beside itself: no script, no outside address but its sources, a style for print."""
    return _template().render(brief=brief, lang=lang, words=WORDS, reference=reference)


@cache
def _template() -> Template:
    """The page, made ready once."""
    environment = Environment(
        loader=PackageLoader("api.briefs"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("brief.html")


def reference(source: Source, lang: Language) -> str:
    """A source on one line: what it is, who published it, when."""
    title, publisher = schema.titled(source.title, lang), schema.titled(source.publisher, lang)
    parts = [title, publisher if publisher and publisher not in title else "", source.published or ""]
    return ", ".join(part for part in parts if part)


def _marks(line: Line, lang: Language) -> str:
    """The numbers of a line's sources; a star where no page confirms it, a word where it comes from own data."""
    star = "" if line.documented else "\\*"
    numbers = "".join(f"[{number}]" for number in line.sources)
    private = f" ({WORDS['private'][lang]})" if line.private else ""
    return (f" {star}{numbers}" if star or numbers else "") + private


def _plain(text: str) -> str:
    """Text of data in Markdown: signs that would begin markup are escaped, line ends become blanks."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in " ".join(text.split()))
