"""The platforms' words in the graph's words: status, stage of a project, degree of adoption, form of a project."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from loaders.refusals import Refused, shown

__all__ = ["COMPULSORY", "FORMS", "degree_in", "is_of_a_project", "kind_named", "stage_of", "status_of"]

_STATUS: Mapping[str, str] = {
    "现行": "current",
    "现行有效": "current",
    "有效": "current",
    "即将实施": "upcoming",
    "未实施": "upcoming",
    "废止": "withdrawn",
    "已废止": "withdrawn",
    "作废": "withdrawn",
    "已作废": "withdrawn",
    "废止转行标": "withdrawn",
    "被代替": "superseded",
    "已被代替": "superseded",
    "被替代": "superseded",
    "已代替": "superseded",
}

# GB/T 16733-1997 names the stages; the platform writes 正在… for the one a project is in.
_STAGE: Mapping[str, str] = {
    "预阶段": "00",
    "立项": "10",
    "正在立项": "10",
    "下达计划": "10",
    "已下达": "10",
    "起草": "20",
    "正在起草": "20",
    "征求意见": "30",
    "正在征求意见": "30",
    "审查": "40",
    "正在审查": "40",
    "批准": "50",
    "正在批准": "50",
    "审批": "50",
    "正在审批": "50",
    "报批": "50",
    "正在报批": "50",
    "正在出版": "60",
    "发布": "60",
    "已发布": "60",
    "正在发布": "60",
}
_ENDED = frozenset({"终止", "已终止", "撤销", "已撤销", "终止计划", "取消", "已取消"})

COMPULSORY: Mapping[str, bool] = {
    "强制性": True,
    "强制": True,
    "强标": True,
    "推荐性": False,
    "推荐": False,
    "推标": False,
    "指导性技术文件": False,
    "指导性": False,
    "指导": False,
    "指导标": False,
}
"""What the platform's word for the nature of a standard says of its being compulsory."""

FORMS: Mapping[str, str] = {"制定": "new standard", "Z": "new standard", "修订": "revision", "X": "revision"}
"""Whether a project makes a standard or revises one."""

_KINDS = (
    ("计划", "plan"),
    ("国家标准", "national"),
    ("行业标准", "industry"),
    ("地方标准", "local"),
    ("团体标准", "association"),
    ("企业标准", "enterprise"),
)

_KIND_OF = dict(_KINDS)

# 非等效 and 等效 (the word before 2001) go before 等同 so that the longer is found first.
_DEGREES = (
    ("NEQ", "NEQ"),
    ("非等效", "NEQ"),
    ("IDT", "IDT"),
    ("等同", "IDT"),
    ("MOD", "MOD"),
    ("修改", "MOD"),
    ("EQV", "MOD"),
    ("等效", "MOD"),
)


def status_of(word: str) -> str:
    """The status that the word of the record means. Raises `Refused`.

    >>> status_of("现行"), status_of("即将实施"), status_of("被代替")
    ('current', 'upcoming', 'superseded')
    """
    found = _STATUS.get(word)
    if found is None:
        raise Refused(f"{shown(word)} is no known status of a standard")
    return found


def is_of_a_project(word: str) -> bool:
    """Whether the word says how far a project is, and not whether a standard is in force."""
    return word in _STAGE or word in _ENDED


def stage_of(word: str) -> tuple[str, str]:
    """Status and stage code of a project ("" where the word does not say it). Raises `Refused`.

    >>> stage_of("正在审查"), stage_of("已发布"), stage_of("已终止")
    (('project', '40'), ('', '60'), ('withdrawn', ''))
    """
    if word in _ENDED:
        return "withdrawn", ""
    stage = _STAGE.get(word)
    if stage is None:
        raise Refused(f"{shown(word)} is no known stage of a project")
    return ("" if stage == "60" else "project"), stage


def kind_named(domain: str) -> str:
    """The kind that the platform's word for a level names (`plan` for projects), "" where it names none.

    >>> kind_named("国家标准计划"), kind_named("行业标准"), kind_named("")
    ('plan', 'industry', '')
    """
    if not domain:
        return ""
    return _KIND_OF.get(domain) or next((kind for word, kind in _KINDS if word in domain), "")


@lru_cache(maxsize=4_096)
def degree_in(written: str) -> str:
    """The degree of adoption that a text names, "" where it names none.

    >>> degree_in("ISO 8124-1:2018 MOD"), degree_in("非等效采用"), degree_in("ISO 9000:2015")
    ('MOD', 'NEQ', '')
    """
    upper = written.upper()
    return next((degree for word, degree in _DEGREES if word in upper), "")
