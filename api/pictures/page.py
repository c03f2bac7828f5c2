"""A picture as one HTML page to walk around in: made with pyvis, complete in itself, safe to send and to open without network.

pyvis holds the nodes and edges; the page around them is our own template. pyvis's own page loads Bootstrap from a content network
even when told to be in line, does not escape its heading, writes titles with a link as markup, copies a folder into the working
directory and encodes files by locale (0.3.2). None of that is used here. Titles are plain text: vis-network shows a string
as text and only an element as markup, and data hold no elements.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.pictures.choice import documented
from api.pictures.drawing import Box, Drawing, Frame, Line
from api.pictures.layout import drawing_of
from api.pictures.measure import clean
from api.pictures.routing import label_size
from api.pictures.vector import EDGE, FONTS, INK, sign_mark, svg, tint
from api.pictures.wording import PRODUCT, WORDS, counts, evidence, legend, reference, say, sure, title
from graph import schema
from graph.model import Language
from queries.answer import Answer, Evidence

if TYPE_CHECKING:
    from pyvis.network import Network

VENDORED = files("api").joinpath("static", "vendor", "vis-network")
"""The vis-network library as it is served and put into pages; `SOURCE.txt` beside it says which."""
_ROWS = 400
"""Rows of evidence in a page; the rest is counted."""
_TEMPLATES = Environment(
    loader=PackageLoader("api.pictures"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=False,
    auto_reload=False,
)


def html(answer: Answer, lang: Language = "en") -> str:
    """The answer's picture as a page, with legend, evidence, numbered sources and date. Same answer, same bytes."""
    drawing = drawing_of(answer, lang)
    network = network_of(drawing)
    rows = [_row(e, lang) for e in evidence(answer)]
    caveats = [clean(c.text[lang], 600) for c in answer.caveats]
    if len(rows) > _ROWS:
        caveats.append(say("more", lang, len(rows) - _ROWS))
    return _TEMPLATES.get_template("picture.html.j2").render(
        tag="zh-Hans" if lang == "zh" else "en",
        policy=content_security_policy(),
        product=PRODUCT,
        fonts=FONTS,
        title=title(answer, lang),
        summary=[clean(text[lang], 600) for text in answer.summary],
        as_of=say("as_of", lang, clean(answer.as_of, 40)),
        counts=counts(answer, drawing, lang),
        size=(round(max(drawing.width, 640)), round(max(drawing.height, 200))),
        say={name: words[lang] for name, words in WORDS.items()},
        still=svg(answer, lang),
        signs=[{"mark": sign_mark(sign), "text": sign.text} for sign in legend(drawing, lang)],
        caveats=caveats,
        rows=rows[:_ROWS],
        sources=[
            {"number": s.number, "text": reference(s, lang, address=False), "href": _address(s.url)}
            for s in answer.sources
        ],
        data=_embedded(_data(network, drawing)),
        vendor=_vendored(),
        script=_script(),
    )


def content_security_policy() -> str:
    """The policy under which the page works: its own two scripts by their checksums, no address at all.

    The page carries it itself; a server that sends the page should send the same.
    """
    scripts = " ".join(f"'sha256-{_checksum(text)}'" for text in (_vendored(), _script()))
    # The vendored library puts a style element into the page, so that styles in line have to be allowed.
    return f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def network_of(drawing: Drawing) -> Network:
    """The drawing as a pyvis network: places given, physics off, titles plain text."""
    # Here and not above: pyvis imports IPython, which nothing else needs.
    from pyvis.network import Network

    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(_OPTIONS))
    for frame in drawing.frames:
        _add(
            network,
            frame,
            {"shape": "frame", "fill": "#f5f6f8", "edge": "#b9c0c9", "heading": frame.heading, "lines": []},
        )
    for box in drawing.boxes:
        _add(network, box, _painted(box))
    for line in drawing.lines:
        network.add_edge(line.source, line.target, **_edge(line))
    return network


_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "tooltipDelay": 120,
        "zoomSpeed": 0.6,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {"chosen": True},
    "edges": {"selectionWidth": 1.2, "hoverWidth": 0.8},
}


def _add(network: Network, node: Box | Frame, drawn: Mapping[str, object]) -> None:
    framed = isinstance(node, Frame) or bool(node.frame)
    network.add_node(
        node.key,
        label=" ",
        shape="custom",
        title=node.title if isinstance(node, Box) else node.heading,
        x=node.x,
        y=node.y,
        physics=False,
        # What stands in a frame stays there, and so does the frame.
        fixed=framed,
        size=round(max(node.width, node.height) / 2, 1),
        drawn={**drawn, "width": node.width, "height": node.height},
    )


def _painted(box: Box) -> dict[str, object]:
    lines = [
        {
            "text": w.text,
            "size": w.size,
            "height": round(w.height, 2),
            "bold": w.weight == "bold",
            "soft": w.tone == "soft",
        }
        for w in box.lines
    ]
    fill = tint(box.colour, 0.2 if box.strong else 0.09)
    return {"shape": box.shape, "fill": fill, "edge": box.colour, "strong": box.strong, "heading": "", "lines": lines}


def _edge(line: Line) -> dict[str, Any]:
    colour = line.colour or EDGE
    smooth: object = False
    if line.bend:
        smooth = {"enabled": True, "type": "curvedCW" if line.bend > 0 else "curvedCCW", "roundness": abs(line.bend)}
    return {
        "id": line.key,
        "title": line.title,
        "arrows": {"to": {"enabled": line.arrow, "scaleFactor": 0.6}},
        "color": {"color": colour, "highlight": colour, "hover": colour, "opacity": 0.45 if line.faint else 1.0},
        "dashes": [6, 4] if line.dashed else False,
        "width": 2.2 if line.colour else 1.4,
        "smooth": smooth,
        "drawn": {
            "label": line.label,
            "wide": label_size(line.label)[0],
            "ink": line.colour or INK,
            "bend": line.bend,
            "at": line.at,
            "statements": line.statements,
        },
    }


def _data(network: Network, drawing: Drawing) -> dict[str, object]:
    nodes, edges, _, _, _, options = network.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
        "size": {"width": drawing.width, "height": drawing.height},
        "fonts": FONTS,
        "headings": [{"text": h.text, "x": h.x, "y": h.y, "colour": h.colour or INK} for h in drawing.headings],
    }


def _embedded(data: object) -> str:
    r"""JSON that may stand inside a script element: nothing in it can end the element or open a comment.

    >>> _embedded({"a": "</script><!--"})
    '{"a":"\\u003c/script\\u003e\\u003c!--"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _row(e: Evidence, lang: Language) -> dict[str, str]:
    dated = e.since or e.until
    period = f"{e.since or ''}–{e.until}" if e.until else (e.since or "")
    observed = say("as_of", lang, clean(e.observed_on or "", 20)) if e.observed_on else ""
    marks = "".join(f"[{n}]" for n in e.sources)
    grounds = sure(e.confidence, lang)
    if not documented(e):
        grounds += "；" + say("no_page", lang) if lang == "zh" else ", " + say("no_page", lang)
    return {
        "statement": clean(e.statement, 80),
        "says": clean(e.says[lang], 600),
        "date": clean(period, 40) if dated else observed or say("unknown", lang),
        "sure": grounds,
        "where": f"{marks} {clean(schema.located(e.locator, lang), 200)}".strip(),
    }


def _address(url: str) -> str:
    """The address if it is one that a reader may follow, else nothing: a `javascript:` address never becomes a link."""
    address = clean(url, 2000)
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


@cache
def _vendored() -> str:
    text = VENDORED.joinpath("vis-network.min.js").read_text(encoding="utf-8")
    # The map of its sources is not shipped; a browser's tools would look for it.
    return text.split("//# sourceMappingURL=")[0].rstrip()


@cache
def _script() -> str:
    return files("api.pictures").joinpath("templates", "picture.js").read_text(encoding="utf-8").strip()


def _checksum(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
