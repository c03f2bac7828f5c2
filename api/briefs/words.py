"""What a brief says beside its lines, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from queries.answer import Text

WORDS: Mapping[str, Text] = {
    "as_of": Text("as of", "截至"),
    "sources": Text("Sources", "来源"),
    "left_out": Text("{n} more on record", "另有{n}项在案"),
    "private": Text("own data", "自有数据"),
    "key": Text(
        "A star marks what no page on record confirms. What is not on record is unknown, not absent.",
        "星号表示尚无网页佐证。未见记录即为未知，并非不存在。",
    ),
}
