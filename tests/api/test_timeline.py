"""The timeline of policies as a picture: readable, in order, with its sources, the same bytes each time."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree

import pytest

from api import pictures
from graph.model import Language, View
from graph.store import Store
from queries.context import context

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("words", ["", "foreign", "新能源汽车", "zzz"])
def test_it_is_well_formed_and_nothing_overlaps(shipped_store: Store, now: View, words: str, lang: Language) -> None:
    answer = context(shipped_store, words, now)
    content, media_type = pictures.render(answer, "svg", lang)
    assert media_type.startswith("image/svg+xml")
    assert content == pictures.render(answer, "svg", lang)[0]
    root = ElementTree.fromstring(content)
    for group in root.iter(f"{SVG}g"):
        rows: dict[float, list[float]] = {}
        for text in group.iter(f"{SVG}text"):
            rows.setdefault(float(text.attrib["x"]), []).append(float(text.attrib["y"]))
        for places in rows.values():
            assert places == sorted(places)
            assert all(b - a >= 10 for a, b in itertools.pairwise(places)), places


def test_policies_stand_in_order_with_their_years(shipped_store: Store, now: View) -> None:
    svg = pictures.render(context(shipped_store, "foreign", now), "svg", "en")[0].decode()
    years = [int(year) for year in re.findall(r'font-weight="bold" text-anchor="end">(\d{4})<', svg)]
    assert years == sorted(years)
    assert len(years) == len(set(years)) > 2
    assert "[1]" in svg


def test_what_is_superseded_is_hollow(shipped_store: Store, now: View) -> None:
    svg = pictures.render(context(shipped_store, "Standardization Law", now), "svg", "en")[0].decode()
    assert 'fill="#ffffff" stroke="#b9c0c7"' in svg


def test_nothing_found_says_so(shipped_store: Store, now: View) -> None:
    svg = pictures.render(context(shipped_store, "zzz", now), "svg", "zh")[0].decode()
    assert "无可绘的记录" in svg
