"""Rows as the national platform's search gives them, one a standard, of all five kinds."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from random import Random

from benchmarks.generated.names import WORDS, association, letters, organisation
from benchmarks.generated.popularity import zipf
from benchmarks.generated.system import FIELDS, Committee, System

Row = dict[str, str]

NATIONAL, INDUSTRY, LOCAL, ASSOCIATION, ENTERPRISE = "国家标准", "行业标准", "地方标准", "团体标准", "企业标准"
FIRST_NATIONAL, FIRST_OTHER = 900_001, 90_001
"""Numbers begin where real ones have not come to."""

LATEST = 2025
"""Year in which the invented system ends."""

COMPANY_EXPONENT = 0.5
_TRADES, _KINDS, _THINGS, _ASPECTS = (tuple(WORDS[name].items()) for name in ("trades", "kinds", "things", "aspects"))
_TYPES = ("产品", "方法", "基础", "管理", "安全")
_ADOPTERS = ("ISO", "IEC", "ISO/IEC")


def national(system: System) -> Iterator[Row]:
    """National standards; one third adopts an international one, some replace an older edition."""
    random = system.random
    for n in range(system.sizes.national):
        yield national_row(system, n, _year(random))


def national_row(system: System, n: int, year: int) -> Row:
    """One national standard."""
    random = system.random
    committee = system.any_committee()
    mark = "GB" if random.random() < 0.06 else "GB/T"
    number = f"{mark} {FIRST_NATIONAL + n}"
    row = _row(system, f"{number}-{year}", year, committee.field, NATIONAL)
    row["STD_NATURE"] = "强制性" if mark == "GB" else "推荐性"
    row["TABLE_NAME"] = "BV_GB"
    row["ISSUE_ANN_NO"] = f"{year}年第{1 + n % 30}号"
    row["OPEN_HASH_CODE"] = f"{n * 0x9E3779B97F4A7C15 & (1 << 128) - 1:032X}"
    row["C_PLAN_CODE"] = f"{year - 2}{n % 9000 + 1000}-{'Q' if mark == 'GB' else 'T'}-{300 + n // 9000}"
    row["CD_NAME"] = committee.agency
    _in_charge(row, committee)
    row["DRAFT_UNIT"] = "、".join(system.drafters(committee.field))
    row["DRAFT_STAFF"] = "不应入库"
    row["TOTAL_REPE"] = f"{number}-{year - 5 - n % 9}" if random.random() < 0.4 else ","
    if n % 3 == 0:
        row["ADOPT_TYPE"] = ("IDT", "MOD", "NEQ")[int(random.random() ** 2 * 3)]
        row["ADOPT_STD_CODE"] = f"{_ADOPTERS[n % 9 // 3]} {FIRST_NATIONAL + n}:{year - 2 - n % 5}"
    return row


def industry(system: System) -> Iterator[Row]:
    """Industry standards, most of them with a committee in charge; all are voluntary, as the law has it since 2018."""
    random = system.random
    codes = zipf(len(system.industries), 0.5, random)
    issued = [0] * len(system.industries)
    for _ in range(system.sizes.industry):
        code = codes()
        number, issued[code] = issued[code], issued[code] + 1
        letter, agency = system.industries[code]
        year, committee = _year(random), system.any_committee()
        row = _row(system, f"{letter}/T {FIRST_OTHER + number}-{year}", year, committee.field, INDUSTRY)
        row["STD_NATURE"] = "推荐性"
        row["CD_NAME"] = agency
        if random.random() < 0.7:
            _in_charge(row, committee)
        row["DRAFT_UNIT"] = "、".join(system.drafters(committee.field))
        yield row


def local(system: System) -> Iterator[Row]:
    """Local standards, under the bureau of market regulation of the province."""
    random, codes = system.random, tuple(WORDS["provinces"].items())
    for n in range(system.sizes.local):
        code, province = codes[n % len(codes)]
        year, field = _year(random), int(random.random() * FIELDS)
        row = _row(system, f"DB{code}/T {FIRST_OTHER + n // len(codes)}-{year}", year, field, LOCAL)
        row["STD_NATURE"] = "推荐性"
        row["CD_NAME"] = f"{province}市场监督管理局"
        row["DRAFT_UNIT"] = "、".join(system.drafters(field))
        yield row


def associations(system: System) -> Iterator[Row]:
    """Association standards, each body's own in turn."""
    random, count = system.random, system.sizes.associations
    for n in range(system.sizes.association):
        body, year = n % count, _year(random, since=2015)
        field = body % FIELDS
        number = f"T/{association_code(body)} {n // count + 1:03}-{year}"
        row = _row(system, number, year, field, ASSOCIATION)
        row["ISSUE_UNIT"] = association(body)
        row["DRAFT_UNIT"] = "、".join(system.drafters(field))
        yield row


def enterprises(system: System) -> Iterator[Row]:
    """Enterprise standards: the record is short, the company drafts alone or with another. Every organisation has one at least."""
    random, count = system.random, system.sizes.organisations
    drawn = zipf(count, COMPANY_EXPONENT, random)
    issued = array("I", bytes(4 * count))
    for n in range(system.sizes.enterprise):
        rank = n if n < count else drawn()
        issued[rank] += 1
        year = _year(random, since=2015)
        units = organisation(rank, FIELDS)
        if random.random() < 0.05:
            units = f"{units}、{system.organisation(rank + 1)}"
        yield {
            "id": _id(random),
            "C_STD_CODE": f"Q/N{letters(rank, 4)} {issued[rank]:03}-{year}",
            "C_C_NAME": _titles(random, rank % FIELDS)[0],
            "STATE": "现行" if random.random() < 0.9 else "废止",
            "STD_DOMAIN": ENTERPRISE,
            "ISSUE_DATE": f"{year}-{1 + n % 12:02}-{1 + n % 28:02}",
            "DRAFT_UNIT": units,
        }


def association_code(number: int) -> str:
    """The code that an association's standards carry."""
    return f"ZZ{letters(number, 3)}"


def _row(system: System, number: str, year: int, field: int, domain: str) -> Row:
    """What all but enterprise standards have."""
    random = system.random
    month, day = 1 + int(random.random() * 12), 1 + int(random.random() * 28)
    coming = year == LATEST and month > 6
    title, title_en = _titles(random, field)
    return {
        "id": _id(random),
        "C_STD_CODE": number,
        "C_C_NAME": title if random.random() < 0.98 else f"<b>{title}</b>",
        "C_E_NAME": title_en,
        "STATE": "即将实施" if coming else "现行" if random.random() < 0.92 else "废止",
        "STD_TYPE": _TYPES[day % len(_TYPES)],
        "STD_DOMAIN": domain,
        "ISSUE_DATE": f"{year}-{month:02}-{day:02}",
        "ACT_DATE": f"{year + month // 7}-{(month + 5) % 12 + 1:02}-01",
        "ICS": f"{1 + 2 * (field % 48):02}.{40 + 20 * (month % 4):03}",
        "CCS": f"{chr(65 + field % 25)}{' ' if day == 1 else ''}{10 + day:02}",
    }


def _in_charge(row: Row, committee: Committee) -> None:
    row["TA_CODE"] = committee.parent or committee.code
    row["TA_NAME"] = committee.parent_name or committee.name
    if committee.parent:
        row["TM_CODE"], row["TM_NAME"] = committee.code, committee.name


def _titles(random: Random, field: int) -> tuple[str, str]:
    """A title in Chinese and in English."""
    trade, trade_en = _TRADES[field % len(_TRADES)]
    kind, kind_en = _KINDS[int(random.random() * len(_KINDS))]
    thing, thing_en = _THINGS[int(random.random() * len(_THINGS))]
    aspect, aspect_en = _ASPECTS[int(random.random() * len(_ASPECTS))]
    return f"{trade} {kind}{thing}{aspect}", f"{trade_en} - {kind_en} {thing_en} - {aspect_en}"


def _id(random: Random) -> str:
    return f"{random.getrandbits(128):032X}"


def _year(random: Random, since: int = 1999) -> int:
    """A year of publication; the system grows, so that late ones are more likely."""
    return since + int(random.random() ** 0.6 * (LATEST + 1 - since))
