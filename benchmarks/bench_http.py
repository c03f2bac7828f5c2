"""Each question over HTTP on the shipped data, by one client that keeps its connection: the whole way, bytes to bytes.

Every question is asked about several things in turn, so that no figure stands for one lucky page of the store, and each time as of
another day, so that none is an answer that the server remembers.
"""

import http.client
import itertools
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from benchmarks.bench_start import served
from benchmarks.measure import Measurement, measure
from queries.questions import QUESTIONS, Question

BOUND = 20.0
"""Milliseconds that any of the first questions may take."""
BOUND_TO_ACT_ON, BOUND_OF_BRIEF, BOUND_OF_SECTOR = 30.0, 150.0, 300.0
"""The same for answers to act on, for a brief, and for the landscape of a whole sector."""
RUNS = 60
WARM_UP = 6

NEWEST = date(2026, 11, 25)
"""The first day that is asked about."""

STANDARDS = ("GB/T 22239-2019", "GB/T 45315-2025", "GB/T 7714-2015", "GB 2760-2024", "HJ 1330-2023", "GB 50490-2009")
COMMITTEES = ("SAC/TC 260", "SAC/TC 114", "SAC/TC 485", "SAC/TC 28")
ACTORS = ("BMW", "Qualcomm", "Microsoft", "Ericsson", "Huawei")


def _path(path: str, **parameters: str) -> str:
    asked = {name.rstrip("_"): value for name, value in parameters.items()}
    return f"{path}?{urlencode(asked)}" if asked else path


def _under(kind: str, names: tuple[str, ...], question: str, **parameters: str) -> list[str]:
    return [_path(f"/v1/{kind}/{quote(name, safe='')}/{question}", **parameters) for name in names]


def questions() -> dict[str, list[str]]:
    """Give each question with the addresses it is asked at."""
    return {
        "search": [
            _path("/v1/search", q=q) for q in ("信安标委", "技术", "xinxi anquan", "gbt 22239", "automobile", "BMW")
        ],
        "resolve": [
            _path("/v1/resolve", q=q) for q in ("工信部", "TC260", "国标22239", "Standardization Administration")
        ],
        "entity": [f"/v1/entities/{quote(name, safe='')}" for name in (*ACTORS, *COMMITTEES, *STANDARDS)],
        "adjacent": [
            f"/v1/entities/{quote(name, safe='')}/adjacent?limit=200" for name in ("SAMR", "SAC", *COMMITTEES)
        ],
        "oversight of a standard": _under("standards", STANDARDS, "oversight"),
        "oversight of a committee": _under("committees", COMMITTEES, "oversight"),
        "coalition on a standard": _under("standards", STANDARDS[:2], "coalition", for_="BMW"),
        "coalition in a committee": _under("committees", COMMITTEES, "coalition", for_="Huawei"),
        "influence": [_path("/v1/influence", from_=a, to=b) for a in ACTORS for b in (*COMMITTEES[:3], "MIIT", "CAC")],
        "access": [_path("/v1/access", actor=a, body=b) for a in ACTORS for b in COMMITTEES[:3]],
    }


def to_act_on() -> dict[str, tuple[list[str], float]]:
    """Give each question to act on with the addresses it is asked at, and its bound."""
    of_things = {
        question.name: [
            *(
                _under("standards", STANDARDS, question.name, **_for(question))
                if "standards" in question.places
                else ()
            ),
            *(
                _under("committees", COMMITTEES, question.name, **_for(question))
                if "committees" in question.places
                else ()
            ),
            *(_under("actors", ACTORS, question.name, **_for(question)) if "actors" in question.places else ()),
        ]
        for question in QUESTIONS.values()
        if question.of
    }
    bounded = {name: (paths, BOUND_TO_ACT_ON) for name, paths in of_things.items()}
    bounded["context"] = (
        [_path("/v1/context", q=q) for q in ("", "foreign", "新能源汽车", "adoption")],
        BOUND_TO_ACT_ON,
    )
    watched = [_path("/v1/changes", since="2026-01"), _path("/v1/changes", since="2026-01", about="SAC/TC 260")]
    bounded["changes"] = (watched, BOUND_TO_ACT_ON)
    bounded["brief"] = (_under("standards", STANDARDS[:4], "brief", for_="BMW"), BOUND_OF_BRIEF)
    sector = [*_under("fields", ("35.040", "43.020"), "landscape"), _path("/v1/landscape", q="信息安全")]
    bounded["landscape of a sector"] = (sector, BOUND_OF_SECTOR)
    return bounded


def _for(question: Question) -> dict[str, str]:
    return {"for_": "BMW"} if question.for_actor else {}


PAGES = {
    "page: first": ["/"],
    "page: oversight": [_path("/oversight", standard=name) for name in STANDARDS],
    "page: coalition": [_path("/coalition", standard=STANDARDS[1], for_="BMW")],
    "page: entity": [f"/entity/{quote(name, safe='')}" for name in (*ACTORS, *COMMITTEES)],
}
"""Pages for people, for which nothing was promised but that they do not make anybody wait."""


def run() -> Iterator[Measurement]:
    """Measure every question, then the pages."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "graph.sqlite") as address:
        client = http.client.HTTPConnection(urlsplit(address).netloc)
        asked: dict[str, tuple[list[str], float | None]] = {name: (paths, BOUND) for name, paths in questions().items()}
        asked |= {**to_act_on(), **{name: (paths, None) for name, paths in PAGES.items()}}
        for name, (paths, bound) in asked.items():
            turn = partial(_next, client, _each_as_of_another_day(paths))
            yield measure(name, turn, runs=RUNS, warm_up=WARM_UP, bound=bound)
        yield measure("nothing new: 304", lambda: _unchanged(client), runs=RUNS, warm_up=WARM_UP, bound=BOUND)
        client.close()


def _each_as_of_another_day(paths: list[str]) -> Iterator[str]:
    """The addresses in turn for ever, each time as of a day that was not asked about before."""
    for n, path in enumerate(itertools.cycle(paths)):
        day = NEWEST - timedelta(days=n)
        yield (
            path if path.startswith("/v1/resolve") or path == "/" else f"{path}{'&' if '?' in path else '?'}as_of={day}"
        )


def _next(client: http.client.HTTPConnection, turn: Iterator[str]) -> None:
    _get(client, next(turn))


def _get(client: http.client.HTTPConnection, path: str) -> None:
    client.request("GET", path)
    got = client.getresponse()
    body = got.read()
    if got.status != http.HTTPStatus.OK:
        message = f"{path}: {got.status} {body[:200]!r}"
        raise RuntimeError(message)


def _unchanged(client: http.client.HTTPConnection) -> None:
    path = "/v1/schema"
    client.request("GET", path)
    first = client.getresponse()
    first.read()
    client.request("GET", path, headers={"If-None-Match": str(first.headers["ETag"])})
    again = client.getresponse()
    again.read()
    if again.status != http.HTTPStatus.NOT_MODIFIED:
        message = f"{path}: {again.status} for what has not changed"
        raise RuntimeError(message)
