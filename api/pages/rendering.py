"""From a template and what it shows to a response: one environment an application, everything escaped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from api.figures import figure
from api.pages import links, reading
from api.pages.words import PARTS, WORDS
from api.parameters import LANGUAGES, language
from api.problems import Problem
from graph import schema
from graph.model import Language, NodeRef
from queries.answer import Item, Text
from queries.paths import CHANNELS
from queries.questions import QUESTIONS


def environment() -> Environment:
    """The templates, with the functions that all of them use."""
    env = Environment(
        loader=PackageLoader("api", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "outside": links.outside,
        "host": links.host,
        "thousands": lambda n: f"{n:,}",
        "capital": lambda text: text[:1].upper() + text[1:],
    }
    env.globals |= {
        "bars": reading.bars,
        "starred": reading.starred,
        "labels": schema.LABELS,
        "documented": reading.documented,
        "channels": CHANNELS,
        "questions": QUESTIONS,
    }
    return env


def wanted(request: Request) -> bool:
    """Whether the request is one of a person's: outside the API, and by something that reads pages."""
    path = request.scope["path"]
    machine = path.startswith(("/v1/", "/static/")) or path in ("/healthz", "/readyz", "/openapi.json")
    return not machine and "text/html" in request.headers.get("accept", "text/html")


def render(request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """A page in the language of the request."""
    lang = language(request)
    address = links.Links(request, lang)
    env: Environment = request.app.state.templates
    common: dict[str, Any] = {
        "lang": lang,
        "languages": [(code, {"en": "English", "zh": "中文"}[code], address.instead(lang=code)) for code in LANGUAGES],
        "t": partial(_word, lang),
        "link": address,
        "say": partial(_say, lang),
        "name": partial(_name, lang),
        "other": partial(_other, lang),
        "label": partial(_label, lang),
        "term": partial(_term, lang),
        "captions": partial(_captions, lang),
        "capacity": partial(_capacity, lang),
        "titled": partial(_titled, lang),
        "located": partial(_located, lang),
        "figure": partial(_figure, lang),
        "bare": partial(reading.bare, lang),
        "edition": request.app.state.edition,
        "query": request.query_params,
    }
    html = env.get_template(template).render({**common, **context})
    # A lone surrogate in data that was loaded must not break the page that shows it.
    return HTMLResponse(html.encode("utf-8", "replace"), status)


def problem(
    request: Request, said: Problem, headers: Mapping[str, str] | None = None, *, wrong: str = ""
) -> HTMLResponse:
    """A problem as a page, with the nearest or possible things as links that ask the same again instead of `wrong`."""
    said_of = {"problem": said, "fields": said.errors, "wrong": wrong}
    page = render(request, "problem.html", said_of, said.status)
    page.headers.update(headers or {})
    return page


def _word(lang: Language, key: str) -> str:
    return WORDS[key][lang]


def _figure(lang: Language, item: Item, name: str) -> str:
    return figure(item, name, lang)


def _say(lang: Language, text: Text) -> str:
    return text[lang]


def _name(lang: Language, ref: NodeRef) -> str:
    return ref.name(lang)


def _other(lang: Language, ref: NodeRef) -> str:
    """The name in the other language, or for a standard its title, where that says more."""
    second = ref.name_zh if lang == "en" else ref.name_en
    return second if second and second != ref.name(lang) else (ref.title(lang) if ref.label in _TITLED else "")


def _captions(lang: Language, ref: NodeRef) -> list[str]:
    """What stands under the name of the thing that a page is about: its title or name in the reader's language, then the other."""
    first, second = (ref.title_zh, ref.title_en) if lang == "zh" else (ref.title_en, ref.title_zh)
    called = (first, second) if first or second else (_other(lang, ref),)
    return [text for text in dict.fromkeys(called) if text]


_TITLED = (schema.STANDARD, schema.COMMITTEE, schema.WORKING_GROUP)


def _term(lang: Language, key: str) -> str:
    """A part of a score, or a value of the schema such as a role or a kind, in words."""
    return PARTS[key][lang] if key in PARTS else schema.word(key.removeprefix("level:"), lang)


def _capacity(lang: Language, kind: str, qualifier: str) -> str:
    """Role or capacity in a relationship of that type, as a noun where there is one."""
    if f"{kind}.{qualifier}" not in schema.WORDS and (kind, qualifier) in schema.PHRASES:
        return schema.PHRASES[kind, qualifier][lang == "zh"]
    return schema.word(qualifier, lang, kind)


def _titled(lang: Language, title: str) -> str:
    return schema.titled(title, lang)


def _located(lang: Language, locator: str) -> str:
    return schema.located(locator, lang)


def _label(lang: Language, ref: NodeRef) -> str:
    if ref.kind == "group":
        return "集团" if lang == "zh" else "Group"
    known = schema.LABELS.get(ref.label)
    return (known.zh if lang == "zh" else known.en) if known else ""
