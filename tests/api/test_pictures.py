"""Pictures that can be sent to a client: readable, honest about sources, safe whatever a name holds, complete without network."""

from __future__ import annotations

import csv as tables
import hashlib
import io
import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from api import pictures
from api.pictures.choice import period
from api.pictures.curves import along, inside, overlap
from api.pictures.drawing import Box, Drawing
from api.pictures.layout import drawing_of
from api.pictures.measure import width
from api.pictures.page import VENDORED, network_of
from api.pictures.routing import course, label_bounds
from graph.errors import InputError
from graph.model import Language, View
from graph.store import Store
from queries.access import access
from queries.answer import Answer
from queries.coalition import coalition
from queries.entity import entity
from queries.influence import influence
from queries.oversight import oversight
from tests.api import answers_to_draw as given

ROOT = Path(__file__).parents[2]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
EVERY = [pytest.param(name, lang, id=f"{name}-{lang}") for name in given.SHAPES for lang in LANGUAGES]
SVG = "{http://www.w3.org/2000/svg}"


class Elements(HTMLParser):
    """The elements of a page with their attributes, and what it says outside its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] != "script":
            self.text += data


def _texts(svg: str) -> str:
    """All the text that a reader sees, run together without spaces: lines are broken anywhere."""
    root = ElementTree.fromstring(svg)
    return "".join("".join(e.itertext()) for e in root.iter(f"{SVG}text")).replace(" ", "")


def _drawing(name: str, lang: Language) -> Drawing:
    return drawing_of(given.SHAPES[name](), lang)


# Readable


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_no_two_boxes_overlap_and_all_lie_inside(name: str, lang: Language) -> None:
    drawing = _drawing(name, lang)
    frames = {f.key: f for f in drawing.frames}
    for a, b in itertools.combinations(drawing.boxes, 2):
        assert overlap(a.bounds, b.bounds) == 0, (a.title, b.title)
    for one, other in itertools.combinations(drawing.frames, 2):
        assert overlap(one.bounds, other.bounds) == 0, (one.heading, other.heading)
    for box in drawing.boxes:
        left, top, right, bottom = box.bounds
        assert left >= 0
        assert top >= 0
        assert right <= drawing.width
        assert bottom <= drawing.height
        for frame in drawing.frames:
            shared = overlap(box.bounds, frame.bounds)
            assert shared == (pytest.approx(box.width * box.height, rel=0.01) if frames.get(box.frame) is frame else 0)


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_text_fits_its_box(name: str, lang: Language) -> None:
    for box in _drawing(name, lang).boxes:
        assert all(width(line.text, line.size) <= box.width - 16 for line in box.lines), box.title
        assert sum(line.height for line in box.lines) <= box.height


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_labels_of_lines_stand_clear_of_boxes_and_of_each_other(name: str, lang: Language) -> None:
    drawing = _drawing(name, lang)
    ends = drawing.ends()
    labels = [label_bounds(line, ends) for line in drawing.lines if line.label]
    boxes = [box.bounds for box in drawing.boxes]
    for label in labels:
        area = (label[2] - label[0]) * (label[3] - label[1])
        assert sum(overlap(label, box) for box in boxes) < area * 0.1
    for a, b in itertools.combinations(labels, 2):
        assert overlap(a, b) == 0


def test_rows_run_from_agencies_down_to_standards() -> None:
    at = {box.node: box for box in _drawing("oversight", "en").boxes}
    order = [given.COUNCIL, given.SAMR, given.SAC, given.TC260, given.CESI, given.CYBER]
    assert [at[n.id].y for n in order] == sorted({at[n.id].y for n in order})


def test_a_path_keeps_to_a_lane_of_its_own() -> None:
    drawing = _drawing("influence", "en")
    lanes: dict[str, set[float]] = {}
    for box in drawing.boxes:
        if ":" in box.key:
            lanes.setdefault(box.key.split(":")[0], set()).add(box.y)
    assert len(lanes) == 3
    assert all(len(heights) == 1 for heights in lanes.values())
    assert len({next(iter(heights)) for heights in lanes.values()}) == 3
    assert [h.text for h in sorted(drawing.headings, key=lambda h: h.text)] == [
        "1 · indirect, through a partner",
        "2 · indirect, through a partner",
        "3 · through an association",
        "4 · direct participation",
    ]
    assert len({h.colour for h in drawing.headings}) == 4


def test_a_path_reads_in_the_direction_of_each_statement() -> None:
    drawing = _drawing("influence", "en")
    words = {(line.source, line.target, line.arrow): " ".join(line.label) for line in drawing.lines}
    assert words["end", "1:1", True] == "supervises [2]"
    assert words["start", "1:0", False].startswith("drafted GB/T 45315-2025 together")
    assert words["start", "2:0", False].startswith("drafted 2 standards together")


def test_partners_stand_on_the_side_of_their_origin() -> None:
    drawing = _drawing("coalition", "en")
    at = {box.node: box for box in drawing.boxes}
    middle = at[given.V2X.id].x
    assert all(at[p.id].x < middle for p in (given.CATARC, *given.DOMESTIC))
    assert all(at[p.id].x > middle for p in (*given.FOREIGN, given.INTEL))
    assert {f.heading for f in drawing.frames} == {"Domestic (6)", "Foreign (4)", "Foreign (1)"}


def test_one_line_for_a_frame_says_what_is_true_of_all_in_it() -> None:
    drawing = _drawing("coalition", "en")
    frames = {b.node: b.frame for b in drawing.boxes}
    said = {line.source: " ".join(line.label) for line in drawing.lines}
    assert said[frames[given.CATARC.id]] == "drafted [2]"
    assert said[frames[given.INTEL.id]] == "has a seat here [1]"
    assert said[given.BMW.id] == "drafted (as BMW China Services) [2]"


def test_a_partner_is_a_card_with_seats_and_figures() -> None:
    card = next(b for b in _drawing("coalition", "en").boxes if b.node == given.CATARC.id)
    text = " ".join(line.text for line in card.lines)
    assert "hosts the secretariat of SAC/TC 114 [3] (no page)" in text
    assert "drafted 6 here, led 4, latest 2025-02 [2]" in text
    assert "2 together with BMW Group" in text
    assert card.sources == (2, 3)


def test_parallel_ties_do_not_lie_on_each_other() -> None:
    answer = given.oversight()
    both = (given.link(given.MPS, given.TC260, "OVERSEES", documented=False), *answer.picture.links)
    drawing = drawing_of(replace(answer, picture=replace(answer.picture, links=both)), "en")
    pair = [line for line in drawing.lines if {line.source, line.target} == {given.MPS.id, given.TC260.id}]
    assert len(pair) == 2
    assert pair[0].bend != pair[1].bend


def test_a_star_has_its_superiors_above_and_no_line_across_a_box() -> None:
    drawing = drawing_of(given.neighbours(12), "en")
    at = {box.node: box for box in drawing.boxes}
    assert at[given.TC114.id].y < at[given.V2X.id].y
    ends = drawing.ends()
    for line in drawing.lines:
        points = [along(*course(line, ends), n / 50) for n in range(51)]
        own = {line.source, line.target}
        others = [b for b in drawing.boxes if b.key not in own and b.frame not in own]
        assert [b.title for b in others if any(inside(p, b.bounds) for p in points)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_crowd_is_cut_and_counted(lang: Language) -> None:
    drawing = _drawing("neighbours", lang)
    assert (len(drawing.boxes), drawing.total) == (40, 63)
    assert {given.V2X.id, given.TC114.id} <= {box.node for box in drawing.boxes}
    assert len(drawing.lines) == 3  # one for the committee, one for each frame
    for text in (_texts(pictures.svg(given.neighbours(61), lang)), pictures.html(given.neighbours(61), lang)):
        spaceless = text.replace(" ", "")
        assert {"en": "40of63nodesdrawn", "zh": "已绘63个节点中的40个"}[lang] in spaceless
        assert "1213" in spaceless


# Honest


@pytest.mark.parametrize("lang", LANGUAGES)
def test_title_date_sources_and_legend_are_in_the_picture(lang: Language) -> None:
    answer = given.oversight()
    legend = {
        "en": (
            "Agency",
            "Committee",
            "Institute",
            "Standard",
            "a page on record says so",
            "no page on record",
            "low confidence",
        ),
        "zh": ("主管机关", "技术委员会", "科研院所", "标准", "有页面可查", "尚无页面佐证", "可信度低"),
    }[lang]
    for text in (_texts(pictures.svg(answer, lang)), pictures.html(answer, lang)):
        spaceless = text.replace(" ", "")
        assert {"en": "WhodecidesGB/T22239-2019", "zh": "GB/T22239-2019由谁决定"}[lang] in spaceless
        assert "2026-01-31" in spaceless
        assert "standards-graph" in spaceless
        assert "[1]usito.org.SAC/TC260formedanew.2016-01" in spaceless
        assert "https://example.org/tc260" in spaceless
        for words in legend:
            assert words.replace(" ", "") in spaceless, words
    assert "Company" not in _texts(pictures.svg(answer, lang))
    assert "企业" not in _texts(pictures.svg(answer, lang))


def test_what_no_page_says_is_dashed_and_what_is_unsure_lighter() -> None:
    lines = {(x.source, x.target): x for x in _drawing("oversight", "en").lines}
    assert lines[given.TC260.id, given.CYBER.id].dashed
    assert not lines[given.CESI.id, given.TC260.id].dashed
    assert lines[given.SAMR.id, given.COUNCIL.id].faint
    root = ElementTree.fromstring(pictures.svg(given.oversight()))
    ties = {
        e.findtext(f"{SVG}title"): next(e.iter(f"{SVG}path")).attrib
        for e in root.iter(f"{SVG}g")
        if e.get("class") == "tie"
    }
    assert "stroke-dasharray" in ties["is in charge of; proposed [3]"]
    assert "stroke-dasharray" not in ties["hosts the secretariat of [1]"]
    edges = {e["title"]: e for e in network_of(_drawing("oversight", "en")).edges}
    assert edges["is in charge of; proposed [3]"]["dashes"] == [6, 4]
    assert edges["hosts the secretariat of [1]"]["dashes"] is False


def test_lines_bear_the_marks_of_their_sources() -> None:
    labels = {" ".join(line.label) for line in _drawing("oversight", "en").lines}
    assert "guides [1][2]" in labels
    assert "holds a vice chair of (since 2016-01) [1]" in labels


def test_a_label_has_a_colour_a_shape_and_its_word() -> None:
    shapes = {b.label: (b.colour, b.shape) for b in _drawing("oversight", "en").boxes}
    assert len(set(shapes.values())) == len(shapes)
    assert all(box.lines[0].text.startswith(box.label) for box in _drawing("oversight", "en").boxes)


@pytest.mark.parametrize(("lang", "words"), [("en", "no relationships to draw"), ("zh", "没有可绘的关系")])
def test_an_answer_without_relationships_says_so(lang: Language, words: str) -> None:
    assert words.replace(" ", "") in _texts(pictures.svg(given.nothing(), lang))


def test_the_page_shows_caveats_and_evidence_with_its_source() -> None:
    page = pictures.html(given.oversight())
    assert "Seats are as of 2016" in page
    assert "China Electronics Standardization Institute HOSTS_SECRETARIAT SAC/TC 260" in page
    assert "[1] foreword" in page


# The same every time


def test_same_answer_same_bytes_whatever_the_process() -> None:
    program = (
        "import hashlib; from api import pictures; from tests.api import answers_to_draw as given\n"
        "for make in given.SHAPES.values():\n"
        "    for form in pictures.FORMATS: print(hashlib.sha256(pictures.render(make(), form, 'zh')[0]).hexdigest())"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert len(said[0].split()) == len(given.SHAPES) * len(pictures.FORMATS)


# Safe


@pytest.mark.parametrize("name", given.HOSTILE.values(), ids=given.HOSTILE)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_names_stay_text(name: str, lang: Language) -> None:
    answer = given.named(name)
    svg = pictures.render(answer, "svg", lang)[0]
    root = ElementTree.fromstring(svg)
    allowed = {"svg", "title", "desc", "rect", "g", "text", "path", "polygon", "line"}
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= allowed
    assert not any(key.startswith("on") or "href" in key for e in root.iter() for key in e.attrib)
    page = Elements(pictures.render(answer, "html", lang)[0].decode())
    assert [name for name, _ in page.found if name == "script"] == ["script"] * 3
    assert not {"img", "a", "b", "iframe", "object"} & {name for name, _ in page.found}
    assert not any(key.startswith("on") for _, attributes in page.found for key in attributes)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", page.text)
    graph = nx.parse_graphml(pictures.render(answer, "graphml", lang)[0].decode())
    assert len(graph) == 2
    rows = list(tables.reader(io.StringIO(pictures.render(answer, "csv", lang)[0].decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {22}


def test_a_long_name_is_cut_in_the_picture() -> None:
    for name in ("万" * 10_000, "W" * 10_000):
        drawing = drawing_of(given.named(name), "en")
        assert all(box.width < 200 and box.height < 200 for box in drawing.boxes)
        assert any("…" in line.text for box in drawing.boxes for line in box.lines)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_cell_of_a_table_is_a_formula(cell: str) -> None:
    rows = list(tables.DictReader(io.StringIO(pictures.csv(given.named(cell)), newline="")))
    assert rows[0]["source_zh"] == f"'{cell}"


# pyvis, as it is without us: each trap closed


def test_the_heading_is_escaped() -> None:
    page = pictures.html(given.named("<b>bold</b>"))
    assert "<b>" not in page.split("<script")[0]
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_the_page_loads_nothing_from_outside(name: str, lang: Language) -> None:
    own = pictures.html(given.SHAPES[name](), lang).split('<script type="application/json"')[0]
    assert not re.search(r"<(link|iframe|img|object|embed|base|script)\b", own)
    assert not re.search(r"\bsrc=|@import|url\(", own)
    links = set(re.findall(r'href="([^"]*)"', own))
    assert links <= {s.url for s in given.SOURCES}
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', own)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "http" not in policy[1]


def test_nothing_is_written_and_the_locale_does_not_matter(tmp_path: Path) -> None:
    program = (
        "import sys; from api import pictures; from tests.api import answers_to_draw as given\n"
        "sys.stdout.buffer.write(pictures.render(given.coalition(), 'html', 'zh')[0])"
    )
    environment = {
        **{k: v for k, v in os.environ.items() if k not in ("PYTHONUTF8", "PYTHONIOENCODING")},
        "PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "宝马集团" in done.stdout.decode("utf-8")
    assert list(tmp_path.iterdir()) == []


def test_physics_is_off_and_places_are_ours() -> None:
    for answer in (given.oversight(), given.neighbours(1500)):
        network = network_of(drawing_of(answer, "en"))
        assert json.loads(network.get_network_data()[5])["physics"] == {"enabled": False}
        assert all(node["physics"] is False and "x" in node and "y" in node for node in network.nodes)
        assert len(network.nodes) < 50


def test_the_vendored_library_is_the_published_one() -> None:
    said = VENDORED.joinpath("SOURCE.txt").read_text(encoding="utf-8")
    checksum = re.search(r"sha256 ([0-9a-f]{64}) vis-network\.min\.js", said)
    assert checksum is not None
    assert hashlib.sha256(VENDORED.joinpath("vis-network.min.js").read_bytes()).hexdigest() == checksum[1]
    version = re.search(r"vis-network (\d+\.\d+\.\d+)", said)
    assert version is not None
    assert f"@version {version[1]}" in VENDORED.joinpath("vis-network.min.js").read_text(encoding="utf-8")[:600]
    assert "Apache License" in VENDORED.joinpath("LICENSE-APACHE-2.0").read_text(encoding="utf-8")


# For other programs


def test_graphml_holds_every_node_and_link() -> None:
    answer = given.neighbours(61)
    graph = nx.parse_graphml(pictures.graphml(answer))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (63, 62)
    assert graph.nodes[given.TC114.id] == {
        "label": "Committee", "name_zh": "SAC/TC 114", "name_en": "SAC/TC 114", "role": "",
        "title_zh": "全国汽车标准化技术委员会", "title_en": "", "kind": "",
    }  # fmt: skip
    assert graph.graph["as_of"] == "2026-01-31"


def test_graphml_keeps_parallel_links_with_their_sources(tmp_path: Path) -> None:
    path = tmp_path / "picture.graphml"
    path.write_bytes(pictures.render(given.oversight(), "graphml")[0])
    graph = nx.read_graphml(path)
    between = list(graph.get_edge_data(given.TC260.id, given.CYBER.id).values())
    assert {e["type"] for e in between} == {"IN_CHARGE_OF", "PROPOSED"}
    seat = next(iter(graph.get_edge_data(given.MPS.id, given.TC260.id).values()))
    assert (seat["qualifier"], seat["since"], seat["confidence"], seat["documented"]) == (
        "vice_chair",
        "2016-01",
        "high",
        True,
    )
    assert "usito.org" in seat["sources"]


def test_csv_has_a_row_for_every_link_and_every_other_statement() -> None:
    answer = given.oversight()
    rows = list(tables.DictReader(io.StringIO(pictures.csv(answer), newline="")))
    assert len(rows) == len(answer.picture.links)
    row = next(r for r in rows if r["type"] == "HOSTS_SECRETARIAT")
    assert (row["source_en"], row["target_id"], row["locator"]) == (given.CESI.name_en, given.TC260.id, "foreword")
    assert "usito.org SAC/TC 260 formed anew" in row["sources"]
    paths = list(tables.DictReader(io.StringIO(pictures.csv(given.influence()), newline="")))
    assert {r["type"] for r in paths} == {"DRAFTED", "HOSTS_SECRETARIAT", "OVERSEES", "MEMBER_OF"}


@pytest.mark.parametrize("form", pictures.FORMATS)
def test_every_format_has_its_media_type(form: str) -> None:
    body, media_type = pictures.render(given.oversight(), form, "zh")
    assert "charset=utf-8" in media_type
    assert given.CESI.name_zh in body.decode("utf-8-sig")


def test_another_format_is_refused_with_what_there_is() -> None:
    with pytest.raises(InputError, match="html, svg, graphml, csv") as refused:
        pictures.render(given.oversight(), "png")
    assert refused.value.field == "format"


def test_an_unknown_label_or_question_is_drawn_plainly() -> None:
    stray = given.oversight()
    nodes = (*stray.picture.nodes, replace(given.CESI, id="org:stray", label=""))
    odd: Answer = replace(stray, question="something new", picture=replace(stray.picture, nodes=nodes))
    drawing = drawing_of(odd, "en")
    assert isinstance(next(b for b in drawing.boxes if b.node == "org:stray"), Box)
    assert "About GB/T 22239-2019" in pictures.svg(odd)


# What the shipped data make of it


def _asked(store: Store, view: View) -> Iterator[Answer]:
    yield oversight(store, "GB/T 22239-2019", view)
    yield oversight(store, "GB 2760-2024", view)
    yield coalition(store, "GB/T 45315-2025", "BMW", view)
    yield coalition(store, "SAC/TC 114", "BMW", view)
    yield influence(store, "BMW", "MIIT", view)
    yield influence(store, "Ericsson", "SAC/TC 485", view)
    yield influence(store, "Microsoft", "CAC", view)
    yield access(store, "Microsoft", "SAC/TC 260", view)
    yield entity(store, "SAC/TC 260", view)
    yield entity(store, "MIIT", view)
    yield entity(store, "GB/T 22239-2019", view)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pictures_of_real_answers_are_readable(shipped_store: Store, now: View, lang: Language) -> None:
    for answer in _asked(shipped_store, now):
        drawing = drawing_of(answer, lang)
        assert drawing.boxes, answer.question
        assert drawing.lines, answer.question
        assert len(drawing.boxes) <= 50
        assert drawing.width <= 1700, answer.question
        for a, b in itertools.combinations(drawing.boxes, 2):
            assert overlap(a.bounds, b.bounds) == 0, (answer.question, a.title, b.title)
        assert set(drawing.cited()) <= {s.number for s in answer.sources}
        ends = drawing.ends()
        for line in drawing.lines:
            left, top, right, bottom = label_bounds(line, ends)
            hidden = sum(overlap((left, top, right, bottom), box.bounds) for box in drawing.boxes)
            assert hidden <= 0.35 * (right - left) * (bottom - top), (answer.question, line.title)
        for form in pictures.FORMATS:
            pictures.render(answer, form, lang)


def test_an_event_stands_with_its_day_on_the_line() -> None:
    assert period("SUCCEEDED_BY", "2018-03", None, "en") == " (2018-03)"
    assert period("SUBORDINATE_TO", "2018-03", None, "zh") == "（2018-03起）"
