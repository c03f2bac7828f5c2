"""The whole picture, drawn or not, for other programs: GraphML for graph tools, CSV for spreadsheets."""

from __future__ import annotations

import csv as tables
import io
import re
from xml.etree import ElementTree

import networkx as nx
from networkx.readwrite.graphml import GraphMLWriter

from api.pictures.choice import documented
from api.pictures.wording import evidence
from queries.answer import Answer, Evidence, Link

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "statement", "source_id", "source_label", "source_zh", "source_en", "type", "qualifier",
    "target_id", "target_label", "target_zh", "target_en", "value", "since", "until", "observed_on", "confidence", "basis",
    "documented", "locator", "says_en", "says_zh", "sources",
)  # fmt: skip
"""Columns of the CSV, in order. `source_id` and `target_id` are the ends of the statement, `sources` its documents."""


def graphml(answer: Answer) -> str:
    """All nodes and links of the picture as GraphML, with the answer's question and date on the graph.

    Several links between two nodes stay apart. What XML cannot hold is left out of texts.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(question=_xml(answer.question), as_of=_xml(answer.as_of))
    for node in answer.picture.nodes:
        graph.add_node(
            _xml(node.id),
            label=_xml(node.label),
            name_zh=_xml(node.name_zh),
            name_en=_xml(node.name_en),
            title_zh=_xml(node.title_zh),
            title_en=_xml(node.title_en),
            kind=_xml(node.kind),
            role=_xml(answer.picture.roles.get(node.id, "")),
        )
    for link in answer.picture.links:
        graph.add_edge(
            _xml(link.source),
            _xml(link.target),
            type=_xml(link.type),
            qualifier=_xml(link.qualifier),
            since=_xml(link.since or ""),
            until=_xml(link.until or ""),
            confidence=_xml(link.confidence),
            documented=link.documented,
            statements=_xml(" ".join(link.statements)),
            sources=_xml(_documents(answer, link.sources)),
        )
    writer = GraphMLWriter(graph, prettyprint=True, named_key_ids=True)
    # Its own text form writes Chinese as numbers of characters.
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(writer.xml, encoding="unicode") + "\n"


def csv(answer: Answer) -> str:
    """The statements behind the picture, one row each, with a first row of names, lines ended as RFC 4180 has them.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    out = io.StringIO()
    rows = tables.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    known = {e.statement: e for e in evidence(answer)}
    shown: set[str] = set()
    for link in answer.picture.links:
        rows.writerow([_cell(text) for text in _of_link(answer, link, known)])
        shown.update(link.statements)
    for e in known.values():
        if e.statement not in shown:
            rows.writerow([_cell(text) for text in _of_evidence(answer, e)])
    return out.getvalue()


def _of_link(answer: Answer, link: Link, known: dict[str, Evidence]) -> list[str]:
    """A link's row; its evidence, where the answer cites it, adds place, day and sentence."""
    e = next((known[key] for key in link.statements if key in known), None)
    return [
        " ".join(link.statements), *_end(answer, link.source), link.type, link.qualifier, *_end(answer, link.target),
        "", link.since or "", link.until or "", (e.observed_on or "") if e else "", link.confidence,
        e.basis if e else "", "yes" if link.documented else "no", e.locator if e else "",
        e.says.en if e else "", e.says.zh if e else "", _documents(answer, link.sources),
    ]  # fmt: skip


def _end(answer: Answer, id: str) -> tuple[str, str, str, str]:
    node = next((node for node in answer.picture.nodes if node.id == id), None)
    return (id, node.label, node.name_zh, node.name_en) if node else (id, "", "", "")


def _of_evidence(answer: Answer, e: Evidence) -> list[str]:
    far = e.object
    return [
        e.statement, e.subject.id, e.subject.label, e.subject.name_zh, e.subject.name_en, e.type, e.qualifier,
        *((far.id, far.label, far.name_zh, far.name_en) if far else ("", "", "", "")),
        "" if e.value is None else str(e.value), e.since or "", e.until or "", e.observed_on or "", e.confidence, e.basis,
        "yes" if documented(e) else "no", e.locator, e.says.en, e.says.zh,
        _documents(answer, e.sources),
    ]  # fmt: skip


def _documents(answer: Answer, numbers: tuple[int, ...]) -> str:
    by_number = {source.number: source for source in answer.sources}
    found = [by_number[n] for n in numbers if n in by_number]
    return " | ".join(" ".join(x for x in (s.publisher, s.title, s.published or "", s.url) if x) for s in found)


def _xml(text: str) -> str:
    return _NOT_IN_XML.sub("", text)


def _cell(text: str) -> str:
    return guarded(_xml(text))


def guarded(text: str) -> str:
    """A cell that no spreadsheet runs as a formula: one that begins like one gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text
