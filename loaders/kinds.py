"""The label of an organisation by the form of its name: a rule of low confidence, for names that no source classifies.

Chinese names end in what the body is; English ones say it in a word. The rules are tried in order and the first that
fits decides. What a source says of the organisation always wins over this.
"""

from __future__ import annotations

import re
from functools import lru_cache

from graph.names import name_key
from graph.schema import AGENCY, ASSOCIATION, COMMITTEE, COMPANY, INSTITUTE, WORKING_GROUP

__all__ = ["BODY_LABELS", "label_by_name", "tells_a_kind"]

BODY_LABELS = frozenset({COMMITTEE, WORKING_GROUP})

# A legal form after one of these words is that of an institute that was made into a company.
_RESEARCH = "研究院|研究总院|研究所|研究中心|设计院|勘察院|科学院|检测中心|检验中心|认证中心|质检中心|检测院|检验院|计量院|测试中心"
_LEGAL = r"(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司|集团|\(集团\)"


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        WORKING_GROUP,
        _words(
            r"(?:标准|技术|专项|特别|专题|任务|研究)[^公司]{0,12}(?:工作组|任务组|研究组)$",
            r"working group|\btask (?:group|force)\b",
        ),
    ),
    (
        COMMITTEE,
        _words(
            r"标准化?(?:分)?技术委员会|分技术委员会|标准化(?:分)?委员会$|标准化总体组|标委会",
            r"(?:sub)?technical committee|\bsubcommittee\b|standardi[sz]ation (?:technical )?committee",
        ),
    ),
    (
        INSTITUTE,
        _words(
            rf"(?:{_RESEARCH})(?:\([^()]*\))?(?:{_LEGAL})$",
            rf"(?:检测|检验|认证|测评|计量|质检)[^,]{{0,8}}(?:{_LEGAL})$",
        ),
    ),
    (
        COMPANY,
        _words(
            r"公司$|公司\(|集团$|厂$|总厂|分公司|银行$",
            r"\b(?:co|corp|company|inc|ltd|llc|gmbh|ag|plc|bv|nv|se|sa|spa|kk|oyj?|pte|holdings?|group)$",
            r"\b(?:co ltd|corporation)\b",
        ),
    ),
    (
        ASSOCIATION,
        _words(
            r"协会|学会|联合会|商会|联盟|促进会|研究会|基金会|公会$|合作组织|理事会$|产业链联合体",
            r"\b(?:association|society|alliance|federation|chamber|consortium|union|forum|institution)\b",
            r"international organi[sz]ation|electrotechnical commission",
        ),
    ),
    (
        INSTITUTE,
        _words(
            r"(?:研究室|研究中心|大学|学院|学校|医院|中心|实验室|监测站|检验站|测试站|试验站|试验场|推广站|总站|院|所|园)"
            r"(?:\([^()]*\))?$",
            r"(?:出版社|图书馆|博物馆|基地)$",
            r"\b(?:university|institute|academy|laborator(?:y|ies)|college|school|hospital|cent(?:er|re))\b",
        ),
    ),
    (
        AGENCY,
        _words(
            r"(?:部|局|厅|署|办公室|委员会|国务院|人民政府|法院|检察院|海关|总队|司令部|委|办)$|^国家.*(?:局|委)",
            r"\b(?:ministry|administration|commission|bureau|agency|department|government|council|authority)\b",
            r"\b(?:office|customs)\b",
        ),
    ),
)


def label_by_name(name: str) -> str:
    """The label that the form of a name suggests; `Company` where it suggests nothing.

    >>> label_by_name("华为技术有限公司"), label_by_name("中国电子技术标准化研究院"), label_by_name("中国汽车工业协会")
    ('Company', 'Institute', 'Association')
    >>> label_by_name("工业和信息化部"), label_by_name("全国汽车标准化技术委员会"), label_by_name("Tsinghua University")
    ('Agency', 'Committee', 'Institute')
    >>> label_by_name("中国汽车技术研究中心有限公司"), label_by_name("Siemens")
    ('Institute', 'Company')
    """
    return _fitting(name) or COMPANY


def tells_a_kind(name: str) -> bool:
    """Whether the form of a name says what kind of body it is, as names of people never do.

    >>> tells_a_kind("华为技术有限公司"), tells_a_kind("Siemens")
    (True, False)
    """
    return bool(_fitting(name))


@lru_cache(maxsize=65_536)
def _fitting(name: str) -> str:
    key = name_key(name)
    return next((label for label, pattern in _RULES if pattern.search(key)), "")
