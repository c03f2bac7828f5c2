"""The same files in networkx, the whole graph in memory, asked the same by the plainest means: what our store stands beside.

    python -m benchmarks.full.peer FOLDER

builds the graph from what `benchmarks.generate` wrote, and prints JSON: seconds to build, memory, milliseconds of each question.
It has no sources, no search, no names in other spellings, no dates of validity, and nothing of it outlives the process.
"""

from __future__ import annotations

import csv
import gzip
import heapq
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import networkx as nx
import orjson

RUNS = 100
TODAY = 2025
HALF_LIFE = 5.0
UPWARDS = ("IN_CHARGE_OF", "HOSTS_SECRETARIAT", "OVERSEES", "SUPERVISES_STANDARD", "PART_OF", "ISSUED")

Graph: TypeAlias = "nx.MultiGraph[str]"
"""One adjacency: walks go both ways, and the graph is held once."""


def build(folder: Path) -> Graph:
    """Read all rows and lists into one graph; an edge is keyed by its type, and `to` tells its direction."""
    graph: Graph = nx.MultiGraph()
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path) as lines:
            for line in lines:
                _row(graph, orjson.loads(line))
    for row in _table(folder / "committees.csv"):
        graph.add_node(row["code"], name=row["name"])
        graph.add_edge(row["secretariat"], row["code"], "HOSTS_SECRETARIAT", to=row["code"])
        graph.add_edge(row["guided_by"], row["code"], "OVERSEES", to=row["code"])
        if row["parent"]:
            graph.add_edge(row["code"], row["parent"], "PART_OF", to=row["parent"])
    for row in _table(folder / "associations.csv"):
        graph.add_edge(row["supervised_by"], row["name"], "OVERSEES", to=row["name"])
    for name, body in (("committee-members", "committee"), ("association-members", "association")):
        for row in _table(folder / f"{name}.csv"):
            graph.add_edge(row["organisation"], row[body], "MEMBER_OF", to=row[body], role=row["role"])
    return graph


def _row(graph: Graph, row: dict[str, str]) -> None:
    number, year = row["C_STD_CODE"], int(row["ISSUE_DATE"][:4])
    graph.add_node(number, title=row["C_C_NAME"], status=row["STATE"], published=row["ISSUE_DATE"], year=year)
    units = row["DRAFT_UNIT"].split("、")
    for rank, unit in enumerate(units, start=1):
        graph.add_edge(unit, number, "DRAFTED", to=number, rank=rank)
    if row["STD_DOMAIN"] == "企业标准":
        graph.add_edge(units[0], number, "ISSUED", to=number)
    if code := row.get("TM_CODE") or row.get("TA_CODE"):
        graph.add_edge(code, number, "IN_CHARGE_OF", to=number)
    if agency := row.get("CD_NAME"):
        graph.add_edge(agency, number, "SUPERVISES_STANDARD", to=number)
    if adopted := row.get("ADOPT_STD_CODE"):
        graph.add_edge(number, adopted, "ADOPTS", to=adopted, degree=row["ADOPT_TYPE"])
    for replaced in filter(None, row.get("TOTAL_REPE", "").split(",")):
        graph.add_edge(number, replaced, "REPLACES", to=replaced)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def look_up(graph: Graph, node: str) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """A node with its first neighbours."""
    found = [(other, kind) for other, edges in graph.adj[node].items() for kind in edges]
    return dict(graph.nodes[node]), found[:40]


def oversight(graph: Graph, standard: str) -> set[str]:
    """Who stands above: whoever is in charge, and upwards from there, four steps."""
    reached, new = {standard}, [standard]
    for _ in range(4):
        found = [
            other
            for node in new
            for other, edges in graph.adj[node].items()
            for kind, edge in edges.items()
            if kind in UPWARDS and (edge["to"] == node) != (kind == "PART_OF") and other not in reached
        ]
        reached.update(found)
        new = list(dict.fromkeys(found))
    return reached


def coalition(graph: Graph, committee: str) -> list[tuple[str, float]]:
    """Who drafts in what a committee is in charge of: the sixty strongest, late standards counting more."""
    weights: defaultdict[str, float] = defaultdict(float)
    for standard, edges in graph.adj[committee].items():
        if "IN_CHARGE_OF" in edges:
            weight = 0.5 ** ((TODAY - graph.nodes[standard]["year"]) / HALF_LIFE)
            for actor, said in graph.adj[standard].items():
                if "DRAFTED" in said:
                    weights[actor] += weight
    return heapq.nlargest(60, weights.items(), key=lambda item: item[1])


def path(graph: Graph, actor: str, committee: str) -> list[str]:
    """One shortest path, without weights; none where the actor has only standards of its own."""
    try:
        found: list[str] = nx.bidirectional_shortest_path(graph, actor, committee)
    except nx.NetworkXNoPath:
        return []
    return found


def timed(action: Callable[[int], object]) -> list[float]:
    """Milliseconds of each run, after some that do not count."""
    taken = []
    for number in range(RUNS + 10):
        begun = time.perf_counter()
        action(number)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken[10:]


def main(folder: Path) -> dict[str, Any]:
    """Build, ask, and say what it took."""
    written = json.loads((folder / "written.json").read_text("utf-8"))
    begun = time.perf_counter()
    graph = build(folder / "all")
    seconds = time.perf_counter() - begun
    random = Random(7)
    standards = written["standards"]["national"]
    nodes = [*standards, *written["organisations"], *written["committees"]]
    committees = [code for code in written["committees"] if code in graph]
    actors = [name for name in (*written["popular"], *written["organisations"]) if name in graph]
    asked = {
        "entity": timed(lambda _: look_up(graph, random.choice(nodes))),
        "oversight": timed(lambda _: oversight(graph, random.choice(standards))),
        "coalition": timed(lambda _: coalition(graph, random.choice(committees))),
        "influence": timed(lambda _: path(graph, random.choice(actors), random.choice(committees))),
    }
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "seconds": seconds,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1024**2,
        "nodes": graph.number_of_nodes(),
        "edges": graph.number_of_edges(),
        "questions": asked,
    }


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1])), sys.stdout)
