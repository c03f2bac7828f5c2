"""What a Chinese name of an organisation is made of: places, numbers, legal form, kind of body, and its own
words.

The vocabulary is that of the registration rules (a company's name is place, own name, trade, legal form:
企业名称登记管理规定 of 2020, article 6) and of the names found in forewords of standards.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from graph.names.keys import LEGAL_FORM, chinese_number
from graph.names.places import PLACE_PATTERN, canonical_place, contains

__all__ = ["FORM_WORDS", "Parts", "is_complete", "is_legal_form", "is_unit", "parts_of", "place_conflict"]

Body = Literal["company", "university", "society", "committee", "institute", "agency", ""]

_LEGAL_END = re.compile(rf"{LEGAL_FORM}$")
_LEGAL_ONLY = re.compile(rf"(?:\(集团\)|集团|控股|总)*{LEGAL_FORM}?$")

_BODIES: tuple[tuple[Body, str], ...] = (
    ("company", r"公司|集团|\(有限合伙\)|有限合伙|合作社|银行|厂|商行"),
    ("committee", "委员会|工作组|专家组|标委会"),
    ("society", "协会|学会|联合会|商会|促进会|研究会|联盟|基金会|总会|分会"),
    ("university", "大学|学院|学校"),
    ("agency", "部|委|局|厅|司|海关|总队|人民政府|法院|检察院|办公室"),
    ("institute", "研究所|研究院|科学院|设计院|检测院|检验院|总院|分院|院|所|中心|站|实验室|图书馆|医院|馆"),
)
_BODY_ENDS = tuple((body, re.compile(f"(?:{pattern})$")) for body, pattern in _BODIES)

#: How a complete name ends, so that what follows it is a unit of it.
_COMPLETE = re.compile(
    r"(?:公司|集团|大学|学院|研究院|研究所|科学院|设计院|总院|分院|协会|学会|联合会|商会|委员会|中心|总局|管理局|监督局|监管局|气象局|"
    r"铁路局|测绘局|民航局|知识产权局|药品监督管理局|能源局|粮食局|林业局|烟草局|公安部|交通部|铁道部|农业部|农业农村部|商务部|"
    r"工业和信息化部|信息产业部|电子工业部|交通运输部|自然资源部|应急管理部|生态环境部|卫生部|水利部|教育部|建设部|住房和城乡建设部|"
    r"工业部|总公司|总社|银行|海关|医院|总站|总队|证券交易所|期货交易所|图书馆|省政府|人民政府)$"
)
_UNIT_END = re.compile(
    r"(?:公司|分公司|研究院|研究所|学院|大学|学校|中学|分院|分所|分局|分行|支行|中心|实验室|部|司|处|室|局|所|院|厂|站|医院|委员会|分会|协会|学会|"
    r"办公室|工作组|小组|事业群|出版社|图书馆|基地|集团|总队|大队|检验所|有限合伙|办事处|代表处|代表机构|联合会|联盟|杂志社|编辑部|车间|院系|台)"
    r"(?:\([^()]*\))?$"
)
#: Two names that only seem to be one inside the other, because a word goes on (银行业协会, 大学生体育协会).
_WORD_GOES_ON = re.compile("银行(?=业|间)|大学(?=生(?!态|物|命))|部(?=门|队)")
_ANOTHER_BODY = re.compile("^(?:管理)?(?:协会|学会|联合会|联盟|商会)$")
_STARTS_WITH_FORM = re.compile(rf"^(?:\(集团\)|集团|控股)*{LEGAL_FORM}")
_UNIT_MARK = re.compile("^(?:分|附属|下属|直属|第[0-9])")

_NUMBERED = re.compile(
    r"第([0-9]+|[〇一二三四五六七八九十百]+)|(?<![0-9a-z.])([0-9]+)(?![0-9a-z.])"
    r"|([〇一二三四五六七八九十百]+)(?=(?:研究)?(?:院|所|厂|局|部|站|司|室|分院|分局))"
)

_ORGANISATION_END = "公司|集团|大学|学院|院|所|局|部|行|总社|协会|学会|中心|国网|国家|全国|委员会|研究院"
_PLACE = re.compile(PLACE_PATTERN)
_PLACE_BEFORE = re.compile(rf"(?:^|\(|{_ORGANISATION_END})$")
_PLACE_AFTER = re.compile("分公司|分院|分行|分局|分所|办事处|海关")

#: Words that many bodies share; what is left without them is the body's own name.
_SHARED = re.compile(
    "股份|集团|控股|有限|责任|公司|实业|产业|科技|技术|发展|投资|制造|工业|工程|服务|贸易|商贸|销售|国际|信息|网络|智能|数字|数据|软件|通信|电子|电气|"
    "电器|电力|汽车|银行|保险|电梯|轮胎|橡胶|陶瓷|期货|证券|出版社|出版|食品|药业|医药|纺织|服饰|钢铁|化工|材料|能源|环保|检测|检验|认证|监督|质量|产品|计量|测试|"
    "测评|研究|设计|科学|研发|标准化|标准|管理|咨询|文化|传媒|机械|设备|半导体|家用|生活|厨房|环境|热处理|家电|照明|饮水|系统|移动|"
    "大学|学院|研究院|研究所|研究总院|院|所|中心|总局|管理局|局|厅|协会|学会|联合会|商会|促进会|委员会|分技术|全国|国家|中国|国网|总站|站"
)
#: The last word of an institute, university, society or agency.
_TYPE_END = re.compile(
    "(?:标准化(?:分)?技术委员会|(?:产品)?质量监督(?:检验|检测)(?:检测)?(?:研究)?(?:中心|院|所|站)|质量(?:检验检测|监督|检验|监测|检测)中心|质检中心|"
    "信息安全测评中心|出入境检验检疫局|机关事务管理局|技术推广中心|(?:质量和)?标准(?:化|技术)?研究院|计量(?:质量)?(?:检测|科学)?研究院|"
    "(?:科学)?(?:技术)?(?:设计)?研究(?:设计)?(?:总)?[院所]|研究中心|大学|学院|科学院|协会|学会|联合会|商会|中心|委员会|局|厅|部|院|所|站)$"
)


FORM_WORDS = re.compile("股份|集团|控股|有限|责任|公司")
#: What an institute's name may begin with that says whose it is, not what it is about.
_HEAD = re.compile(
    "^(?:国家|全国|中国|(?:工业和信息化|信息产业|电子工业|邮电|交通运输|交通|铁道|公安|农业|建设|机械工业)部)"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """A Chinese name taken apart.

    Attributes:
        key: the name's key.
        flat: the key without the bracket characters.
        bare: the key without its legal form.
        skeleton: the key with each place replaced by ``@`` and the bracketed places by ``(@)``.
        places: the places, in order, without the word for their rank.
        numbers: the ordinal and other whole numbers, in order.
        legal: the legal form at the end, or nothing.
        body: the kind of body the name's last word says.
        own: the body's own words: without places, legal form and words that many names share.
        trade: the key without brackets, legal form and the words for group and holding.
        subject: the words before the last word of an institute, without places (``电梯`` of a test centre).
    """

    key: str
    flat: str
    bare: str
    skeleton: str
    places: tuple[str, ...]
    numbers: tuple[int, ...]
    legal: str
    body: Body
    own: str
    subject: str
    trade: str


def is_complete(name: str) -> bool:
    """Whether the name ends as a whole organisation does, so that what follows is a unit of it."""
    return _COMPLETE.search(name) is not None


def is_unit(rest: str, of: str) -> bool:
    """Whether what follows a complete name names a unit (``深圳研究生院``) and not another word of it."""
    if _UNIT_MARK.search(rest):
        return True
    if _STARTS_WITH_FORM.search(rest) or _ANOTHER_BODY.search(rest) or is_legal_form(rest):
        return False
    seam = _WORD_GOES_ON.search(of + rest, max(0, len(of) - 2))
    return _UNIT_END.search(rest) is not None and (seam is None or seam.end() != len(of))


def is_legal_form(rest: str) -> bool:
    """Whether this is nothing but a legal form or the word for group (or nothing at all)."""
    return _LEGAL_ONLY.fullmatch(rest) is not None


def _places(key: str) -> tuple[str, tuple[str, ...]]:
    """Mask the places of a key: those it begins with, in brackets, after a complete name, or a branch."""
    masked, places, position = "", [], 0
    for found in _PLACE.finditer(key):
        before = masked + key[position : found.start()]
        if _PLACE_BEFORE.search(before) or before.endswith("@") or _PLACE_AFTER.match(key, found.end()):
            masked, position = before + "@", found.end()
            places.append(canonical_place(found[0]))
    return masked + key[position:], tuple(places)


@lru_cache(maxsize=16_384)
def parts_of(key: str) -> Parts:
    """Take a Chinese name's key apart."""
    form = _LEGAL_END.search(key)
    bare = key[: form.start()] if form else key
    skeleton, places = _places(key)
    numbers = []
    for found in _NUMBERED.finditer(key):
        number = chinese_number(found[1] or found[2] or found[3])
        if number is not None:
            numbers.append(number)
    ending = re.sub(r"\([^()]*\)$", "", key)
    body: Body = next((body for body, pattern in _BODY_ENDS if pattern.search(ending)), "")
    words = re.sub("[@()]", "", _LEGAL_END.sub("", skeleton))
    return Parts(
        key=key,
        flat=re.sub("[()]", "", key),
        bare=bare,
        skeleton=skeleton,
        places=places,
        numbers=tuple(numbers),
        legal=form[0] if form else "",
        body=body,
        own=_SHARED.sub("", words),
        subject=_HEAD.sub("", _TYPE_END.sub("", words)),
        trade=FORM_WORDS.sub("", re.sub("[()]", "", bare)),
    )


_NATIONAL = re.compile("^(?:国家|全国)")


def place_conflict(a: Parts, b: Parts) -> Literal["apart", "within", ""]:
    """How the places of two names disagree once the places both have are set aside.

    Returns:
        ``apart`` where each has a place the other lacks, ``within`` where that is a province and its own
        city, and nothing where they do not disagree or only one of them says a place.
    """
    first, second = Counter(a.places), Counter(b.places)
    left, right = list((first - second).elements()), list((second - first).elements())
    if _NATIONAL.sub("@", a.skeleton) == b.skeleton or a.skeleton == _NATIONAL.sub("@", b.skeleton):
        # 全国水产技术推广总站 against 重庆市水产技术推广总站; but 国家 and 中国 may stand for each other.
        return "apart" if {*left, *right} - {"中国"} else ""
    if not left or not right:
        return ""
    if any(contains(x, y) or contains(y, x) for x in left for y in right):
        return "within"
    return "apart"
