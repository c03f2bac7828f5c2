"""The questions over HTTP: which are asked about what, and one client that asks them one after the other."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

import orjson

from benchmarks.measure import Measurement

SUBJECTS = 100
"""Different things that each question is asked about."""
ROUNDS = 2
"""How often each is asked while it is measured, after one round that is not."""

BOUNDS = {
    "search": 10.0,
    "entity": 5.0,
    "oversight": 5.0,
    "coalition": 25.0,
    "influence": 50.0,
}
"""Milliseconds under which the 95th percentile should stay."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the addresses at which it is asked."""

    name: str
    paths: tuple[str, ...]

    @property
    def bound(self) -> float:
        """The bound of its kind, which begins its name."""
        return BOUNDS[self.name.partition(":")[0]]


def questions(written: dict[str, Any], seed: int = 7) -> tuple[Question, ...]:
    """Every question, about many things from the busiest to the least, as `written` names them."""
    random = Random(seed)
    of_kind: dict[str, list[str]] = {kind: _some(random, numbers) for kind, numbers in written["standards"].items()}
    led = _some(random, [*of_kind["national"], *of_kind["industry"], *of_kind["local"]])
    committees = [f"SAC/{code.replace('SC', '/SC ').replace('TC', 'TC ')}" for code in written["committees"]]
    actors, popular = written["organisations"], written["popular"]
    everything = [
        *(f"/v1/standards/{quote(number, safe='')}/oversight" for number in led),
        *(f"/v1/committees/{quote(code, safe='')}/oversight" for code in committees),
    ]
    return (
        Question("search: number", _search(number[:-5] for number in _mixed(random, of_kind))),
        Question("search: beginning of a number", _search(number[:-7] for number in _mixed(random, of_kind))),
        Question("search: name", _search(_some(random, actors))),
        Question("search: words", _search(WORDS)),
        Question("entity: standard", _entities(led)),
        Question("entity: organisation", _entities(_some(random, actors))),
        Question("entity: popular organisation", _entities(popular)),
        Question("entity: committee", _entities(committees)),
        Question("oversight", tuple(_some(random, everything))),
        Question("coalition: on a standard", _coalition(random, "standards", of_kind["national"], popular)),
        Question("coalition: in a committee", _coalition(random, "committees", committees, popular)),
        Question("influence: popular to committee", _influence(random, popular, committees)),
        Question("influence: any to committee", _influence(random, actors, committees)),
    )


WORDS = (
    *(
        "智能装备",
        "传感器",
        "试验方法",
        "车载",
        "数据安全",
        "新能源",
        "高温阀门",
        "检测中心",
        "研究院",
        "术语",
        "轴承",
        "机器人",
    ),
    *("标准化技术委员会", "行业协会", "便携式仪器", "工业和信息化部", "国家标准化管理委员会"),
    *("connectors", "test methods", "data security"),
    *("high-temperature valves", "photovoltaics", "marine bearings", "vocabulary", "robots", "safety requirements"),
    *("zhineng zhuangbei", "xinnengyuan", "chuanganqi", "shiyan fangfa"),
)
"""What people type when they have no number: fields, things, names, in three scripts."""


def _search(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"/v1/search?{urlencode({'q': text})}" for text in words)


def _entities(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"/v1/entities/{quote(name, safe='')}" for name in names)


def _coalition(random: Random, kind: str, about: list[str], actors: list[str]) -> tuple[str, ...]:
    return tuple(
        f"/v1/{kind}/{quote(random.choice(about), safe='')}/coalition?{urlencode({'for': random.choice(actors)})}"
        for _ in range(SUBJECTS)
    )


def _influence(random: Random, actors: list[str], committees: list[str]) -> tuple[str, ...]:
    return tuple(
        f"/v1/influence?{urlencode({'from': random.choice(actors), 'to': random.choice(committees)})}"
        for _ in range(SUBJECTS)
    )


def _mixed(random: Random, of_kind: dict[str, list[str]]) -> list[str]:
    return _some(random, [number for numbers in of_kind.values() for number in numbers])


def _some(random: Random, among: list[str]) -> list[str]:
    return random.sample(among, min(SUBJECTS, len(among)))


class Client:
    """One connection that is kept, as an API client would keep it."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(address, timeout=60)

    def status(self, path: str) -> int:
        """Ask, read the whole answer, and give its status."""
        self._connection.request("GET", path)
        got = self._connection.getresponse()
        got.read()
        return got.status

    def json(self, path: str) -> Any:
        """Ask and read the answer. Raises RuntimeError where it is none."""
        self._connection.request("GET", path)
        got = self._connection.getresponse()
        body = got.read()
        if got.status != http.HTTPStatus.OK:
            message = f"{path}: {got.status} {body[:300]!r}"
            raise RuntimeError(message)
        return orjson.loads(body)

    def timed(self, path: str) -> float:
        """Milliseconds from asking until the whole answer is there. Raises RuntimeError where it is none."""
        begun = time.perf_counter()
        self._connection.request("GET", path)
        got = self._connection.getresponse()
        body = got.read()
        taken = (time.perf_counter() - begun) * 1000
        if got.status != http.HTTPStatus.OK:
            message = f"{path}: {got.status} {body[:300]!r}"
            raise RuntimeError(message)
        return taken

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


def first_and_later(client: Client, question: Question) -> tuple[Measurement, Measurement]:
    """What a question took when it was asked about each thing for the first time, and what after that."""
    first = [client.timed(path) for path in question.paths]
    later = [client.timed(path) for _ in range(ROUNDS) for path in question.paths]
    return (
        Measurement(f"{question.name}, first time", tuple(first), question.bound),
        Measurement(question.name, tuple(later), question.bound),
    )
