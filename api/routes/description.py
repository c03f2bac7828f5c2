"""What the description of the API (OpenAPI) says beside the routes themselves: problems, pictures, real examples."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from api.problems import MEDIA_TYPE, Problem

TITLE = "standards-graph"

SUMMARY = "Who decides, who drafts, and how to reach them in China's standards system: cited answers as JSON."

DESCRIPTION = """\
Everything is somebody's statement: each item of an answer cites statements (`evidence`), each statement names its documents
(`sources`), and what no page confirms says so (`basis`, `confidence`). What is not on record is unknown, not absent.

* Things are named by **id**, **number** or **any name**, in Chinese or English. An unknown name is answered with the nearest
  on record (404), an ambiguous one with all it may mean (409), a merged id with the way to the one that stays (308).
* `as_of` asks about a day; undated statements are included, marked, unless `undated=false`.
* Lists come in pages: `total` counts all, `after` continues.
* Responses carry an `ETag`; ask again with `If-None-Match`.
* Errors are [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) problem details.
"""

TAGS = [
    {"name": "questions", "description": "Who decides, who would stand with us, by which path, may we sit there."},
    {"name": "pictures", "description": "The same answers drawn, or as a graph or table for other programs."},
    {"name": "find", "description": "From words to things."},
    {"name": "entities", "description": "What is on record of one thing, and what is around it."},
    {"name": "catalogue", "description": "What the graph can say, and what has been loaded."},
    {"name": "health", "description": "Whether the server lives and can answer."},
]


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "model": Problem, "content": {MEDIA_TYPE: {}}}


UNAVAILABLE: dict[int | str, dict[str, Any]] = {
    503: _problem("The store cannot serve now; `Retry-After` says when to ask again")
}

PROBLEMS: dict[int | str, dict[str, Any]] = {
    304: {"description": "Not changed since the answer with this `If-None-Match`"},
    308: {"description": "The id was merged into another, or the thing is of another kind; `Location` has the place"},
    404: _problem("Nothing by that name; `nearest` lists what comes close"),
    409: _problem("Several things by that name; `candidates` lists them"),
    422: _problem("A parameter that cannot be used; `errors` names it"),
    **UNAVAILABLE,
}
"""What any question may answer instead."""


def example(name: str) -> dict[int | str, dict[str, Any]]:
    """The response 200 with a real answer as its example, shortened (`api/examples/`)."""
    path = resources.files("api") / "examples" / f"{name}.json"
    if not path.is_file():
        return {}
    return {200: {"content": {"application/json": {"example": json.loads(path.read_text("utf-8"))}}}}


_DRAWN = ("image/svg+xml", "text/html", "application/graphml+xml", "text/csv")

PICTURES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer, drawn or as a table",
        "content": {media_type: {"schema": {"type": "string"}} for media_type in _DRAWN},
    }
}
"""What the addresses of pictures send."""
