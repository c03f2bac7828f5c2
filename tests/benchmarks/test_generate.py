"""The invented system: the same each time, of the sizes asked for, and nothing that the loader would refuse."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from benchmarks.generate import generate
from benchmarks.generated import names
from benchmarks.generated.sizes import UPDATE, Sizes
from benchmarks.generated.system import FIELDS
from graph.open import open_store
from loaders import load

SCALE = 0.0003


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    generate(folder, SCALE)
    return folder


def test_the_same_seed_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    generate(tmp_path, SCALE)
    files = sorted(path.relative_to(written) for path in written.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert all((written / file).read_bytes() == (tmp_path / file).read_bytes() for file in files)


def test_another_seed_gives_other_rows(written: Path, tmp_path: Path) -> None:
    generate(tmp_path, SCALE, seed=2)
    file = Path("all/national.jsonl.gz")
    assert (written / file).read_bytes() != (tmp_path / file).read_bytes()


def test_the_sizes_are_those_asked_for(written: Path) -> None:
    sizes = Sizes.at(SCALE)
    for kind in ("national", "industry", "local", "association", "enterprise"):
        with gzip.open(written / "all" / f"{kind}.jsonl.gz") as lines:
            numbers = [json.loads(line)["C_STD_CODE"] for line in lines]
        assert len(numbers) == len(set(numbers)) == getattr(sizes, kind)
    day = json.loads((written / "update" / "day.json").read_bytes())
    assert len(day["rows"]) == day["total"] == UPDATE


def test_names_are_never_given_twice() -> None:
    few = [*range(3000), *range(296_000, 297_003)]
    assert len({names.organisation(n, FIELDS) for n in few}) == len(few)
    assert len({names.association(n) for n in range(2997)}) == 2997


def test_nothing_of_it_is_refused(written: Path, tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "graph.sqlite"), create=True)
    try:
        summary = load(store, [written / "all"], on=date(2026, 1, 1))
        counts = store.counts()
    finally:
        store.close()
    assert [str(refusal) for refusal in summary.refusals] == []
    assert counts.nodes["Standard"] >= Sizes.at(SCALE).standards
    assert counts.nodes["Committee"] >= Sizes.at(SCALE).committees
