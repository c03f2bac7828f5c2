"""Questions that the first page offers: real ones, each with an answer on the shipped data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from queries.answer import Text


@dataclass(frozen=True, slots=True)
class Example:
    """A question in words, and the page that answers it."""

    text: Text
    path: str
    parameters: Mapping[str, str]


EXAMPLES = (
    Example(Text("Who decides GB/T 22239-2019, the baseline for classified protection of cybersecurity?",
                 "网络安全等级保护基本要求 GB/T 22239-2019 由谁决定？"),
            "/oversight", {"standard": "GB/T 22239-2019"}),
    Example(Text("Who would stand with BMW on GB/T 45315-2025, cars that talk to each other over LTE?",
                 "在车用LTE直连通信标准 GB/T 45315-2025 上，谁会与宝马同行？"),
            "/coalition", {"standard": "GB/T 45315-2025", "for": "BMW"}),
    Example(Text("How does Qualcomm reach SAC/TC 114, the committee for road vehicles?",
                 "高通如何触达汽车标委会 SAC/TC 114？"),
            "/influence", {"from": "Qualcomm", "to": "SAC/TC 114"}),
    Example(Text("May Microsoft sit in SAC/TC 260, the committee for cybersecurity?",
                 "微软能否参加网安标委 SAC/TC 260？"),
            "/access", {"actor": "Microsoft", "body": "SAC/TC 260"}),
)  # fmt: skip
