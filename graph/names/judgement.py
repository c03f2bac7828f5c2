"""What can be said about a pair of names: each rule with its verdict, likelihood and reason in two
languages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

__all__ = ["RULES", "Finding", "Judgement", "Verdict", "judgement"]

Verdict = Literal["same", "different", "parent", "unsure"]
Side = Literal["a", "b"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judgement on two names.

    Attributes:
        verdict: ``same``, ``different``, ``parent`` (one is a unit or subsidiary of the other) or ``unsure``.
        why: the reason, in English.
        why_zh: the reason, in Chinese.
        rule: the rule that decided; a name that stays.
        parent: which of the two is the larger body, where the verdict is ``parent``.
        likelihood: how likely the two are one body, from 0 to 1. An estimate that puts candidates in order;
            never a ground for merging.
    """

    verdict: Verdict
    why: str
    why_zh: str
    rule: str
    parent: Side | None = None
    likelihood: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: its name, and the details that its reason quotes."""

    rule: str
    detail: str = ""
    parent: Side | None = None
    likelihood: float | None = None

    def exchanged(self) -> Finding:
        """The same finding with the two names exchanged."""
        parent: Side | None = None if self.parent is None else ("b" if self.parent == "a" else "a")
        first, slash, second = self.detail.partition(" / ")
        return replace(self, parent=parent, detail=f"{second} / {first}" if slash else self.detail)


@dataclass(frozen=True, slots=True)
class _Rule:
    verdict: Verdict
    likelihood: float
    why: str
    why_zh: str


RULES: dict[str, _Rule] = {
    "key": _Rule("same", 1.0, "the same name, written differently at most", "同一名称（仅写法不同）"),
    "alias": _Rule(
        "same",
        1.0,
        "both are recorded names of one organisation ({detail})",
        "别名表记载为同一单位的名称（{detail}）",
    ),
    "ambiguous_alias": _Rule(
        "unsure", 0.5, "a recorded name that several organisations share", "该名称在别名表中对应多个单位"
    ),
    "no_name": _Rule("unsure", 0.0, "one of the two is not a name", "其中一项不是名称"),
    "scripts": _Rule(
        "unsure",
        0.1,
        "one is Chinese, the other is not, and no record joins them",
        "中文名与外文名，无记载可证实对应关系",
    ),
    "brackets": _Rule("unsure", 0.9, "the same letters with brackets in another place", "文字相同，仅括号位置不同"),
    "place_written_differently": _Rule(
        "unsure", 0.85, "the same words, with the place written or put differently", "仅地名写法或位置不同"
    ),
    "numbers": _Rule("different", 0.0, "different numbers ({detail})", "序号不同（{detail}）"),
    "unit": _Rule("parent", 0.0, "one is named as a unit of the other", "一方为另一方的下属单位"),
    "head_renamed": _Rule(
        "unsure",
        0.75,
        "the same unit of two bodies of which one took over the other's ({detail})",
        "上级机关先后承接，下属单位名称相同（{detail}）",
    ),
    "head_left_out": _Rule(
        "unsure",
        0.55,
        "one says to whom it belongs, and is named as the other for the rest ({detail})",
        "一方冠有上级名称，其余部分相同（{detail}）",
    ),
    "country_unit": _Rule(
        "parent", 0.1, "one is named as the other's company in a country", "一方为另一方在某国或地区的公司"
    ),
    "read_alike": _Rule(
        "unsure", 0.5, "the Chinese name is read as the other is written", "中文字号的读音与外文名一致"
    ),
    "second_name": _Rule("unsure", 0.7, "one adds a second name in brackets", "一方在括号内另附名称"),
    "campus": _Rule(
        "unsure",
        0.4,
        "one adds a place in brackets: perhaps another site or legal person",
        "一方在括号内注明地点，可能是不同校区或法人",
    ),
    "places": _Rule("different", 0.0, "different places ({detail})", "地域不同（{detail}）"),
    "legal_form": _Rule(
        "unsure",
        0.85,
        "only the legal form differs ({detail}): the same firm may have changed its form",
        "仅组织形式不同（{detail}），可能为改制前后的同一单位",
    ),
    "group_form": _Rule(
        "unsure",
        0.5,
        "a group and a company of the same name: perhaps one, perhaps parent and subsidiary",
        "集团与公司同名，可能为同一单位，也可能为母子公司",
    ),
    "place_added": _Rule("unsure", 0.6, "one says a place that the other leaves out", "一方冠有地名，另一方没有"),
    "kind_of_society": _Rule(
        "different", 0.0, "different kinds of society of one field", "同一领域的不同社会团体（如学会与协会）"
    ),
    "rank_changed": _Rule(
        "unsure",
        0.7,
        "the last word differs as it does when an institute is renamed",
        "末尾称谓不同，可能为更名（如所改院）",
    ),
    "kinds": _Rule("different", 0.02, "different kinds of body ({detail})", "机构性质不同（{detail}）"),
    "slip": _Rule("unsure", 0.85, "differs only as a slip of writing does", "仅有疑似笔误之差"),
    "abbreviation": _Rule("unsure", 0.6, "one may be a shortened form of the other", "一方可能是另一方的简写"),
    "short_name": _Rule("unsure", 0.4, "one may be a short name of the other", "一方可能是另一方的简称"),
    "sibling_units": _Rule(
        "different", 0.03, "two units of one body ({detail})", "同一单位的两个不同下属机构（{detail}）"
    ),
    "same_family": _Rule(
        "unsure",
        0.15,
        "two companies that share their own name: sisters, or one renamed",
        "字号相同，可能为关联公司，也可能为更名",
    ),
    "own_name": _Rule("different", 0.02, "different names of their own ({detail})", "核心名称不同（{detail}）"),
    "unlike": _Rule("different", 0.02, "the names have little in common", "名称差异明显"),
    "alike": _Rule("unsure", 0.3, "similar names, and nothing that decides", "名称相近，无法判定"),
    "word_order": _Rule("unsure", 0.8, "the same words in another order", "用词相同，次序不同"),
    "acronym": _Rule("unsure", 0.4, "one may be the initials of the other", "一方可能是另一方的缩写"),
}


def judgement(found: Finding, a: str, b: str) -> Judgement:
    """Word a finding as a judgement on names ``a`` and ``b``."""
    rule = RULES[found.rule]
    detail = found.detail or f"{a} / {b}"
    return Judgement(
        verdict=rule.verdict,
        why=rule.why.format(detail=detail),
        why_zh=rule.why_zh.format(detail=detail),
        rule=found.rule,
        parent=found.parent,
        likelihood=rule.likelihood if found.likelihood is None else found.likelihood,
    )
