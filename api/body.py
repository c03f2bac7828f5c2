"""The JSON of a body: the same bytes over HTTP and from the command line's `--json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson


def encode(body: object) -> bytes:
    r"""The JSON of a body, with a newline at its end: dataclasses as objects, mappings of any kind as objects, sets in order.

    >>> encode({"number": "GB/T 22239-2019", "title_zh": "基本要求"}).decode()
    '{"number":"GB/T 22239-2019","title_zh":"基本要求"}\n'
    """
    return orjson.dumps(body, default=_plain, option=orjson.OPT_APPEND_NEWLINE)


def _plain(value: object) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
