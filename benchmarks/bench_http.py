"""Each question over HTTP on the shipped data, by one client that keeps its connection: the whole way, bytes to bytes.

Every question is asked about several things in turn, so that no figure stands for one lucky page of the store.
"""

import http.client
import itertools
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from benchmarks.bench_start import served
from benchmarks.measure import Measurement, measure

BOUND = 20.0
"""Milliseconds that any answer may take."""
RUNS = 60
WARM_UP = 6

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
        for asked, bound in ((questions(), BOUND), (PAGES, None)):
            for name, paths in asked.items():
                yield measure(
                    name, partial(_next, client, itertools.cycle(paths)), runs=RUNS, warm_up=WARM_UP, bound=bound
                )
        yield measure("nothing new: 304", lambda: _unchanged(client), runs=RUNS, warm_up=WARM_UP, bound=BOUND)
        client.close()


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
