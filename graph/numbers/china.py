"""Numbers of Chinese standards: national, industry, local, association, enterprise, and plans.

Years that were printed with two digits are written with four: `GB 2423-81` is `GB 2423-1981`.
"""

from __future__ import annotations

import re
from typing import Final

from graph.numbers.codes import AMERICAN_STATES, ENGINEERING_CODES, INDUSTRY_CODES, PROVINCES, TELECOM_PAPERS
from graph.numbers.model import Kind, StandardNumber
from graph.numbers.readings import Reading, reading
from graph.numbers.spelling import EARLIEST_CHINESE_YEAR, END, full_year

_BARE_CODES: Final = "|".join((*ENGINEERING_CODES, *TELECOM_PAPERS, *INDUSTRY_CODES))
_PROVINCE: Final = "(?:" + "|".join(PROVINCES) + ")"

# /T recommended, /Z guidance; people also write GBT, GB T, GB-T, GB_T.
_NATURE: Final = r"(?:(?:[ ]?[/_][ ]?|[ -])?(?P<nature>[TZ])[ ]{0,3}-?|[ ]{0,3})"
_PART: Final = r"(?P<part>(?:\.\d{1,3}){1,2})?"
_YEAR: Final = r"(?:[ ]{0,2}(?:-{1,2}|:)[ ]{0,2}(?P<year>\d{4})|-(?P<short>\d{2}))?"
_AMENDMENT: Final = r"""(?:
    [ ]?/?[ ]?XG[ ]?(?P<xg>\d{1,2})(?:[ ]?[-:][ ]?(?P<xgyear>\d{4}))?
  | [ ]?/?[ ]?[《(<]?(?:国家标准|行业标准)?[ ]?
    第[ ]?(?P<sheet>\d{1,2}|[一二三四五六七八九])[ ]?号[ ]?修改单[》)>]?
)?"""
_TAIL: Final = _YEAR + _AMENDMENT + END
EARLIEST_PLAN: Final = 1990
_CHINESE_NUMERALS: Final = "〇一二三四五六七八九"


def _finish(
    found: re.Match[str],
    kind: Kind,
    issuer: str,
    prefix: str,
    serial: str,
    mandatory: bool | None,
    *,
    part: str | None = None,
    separator: str = "-",
    family: str | None = None,
) -> StandardNumber | None:
    """The number from its parts; None when its year is no year of a Chinese standard."""
    number = f"{prefix} {serial}" + (f".{part}" if part else "")
    digits = found["year"] or found["short"]
    year = full_year(digits, EARLIEST_CHINESE_YEAR) if digits else None
    if digits and year is None:
        return None
    dated = f"{number}{separator}{year}" if year else number
    sheet = found["xg"] or found["sheet"]
    amendment = None
    if sheet:
        count = int(sheet) if sheet.isdigit() else _CHINESE_NUMERALS.index(sheet)
        amended = full_year(found["xgyear"], EARLIEST_CHINESE_YEAR) if found["xgyear"] else None
        if found["xgyear"] and amended is None:
            return None
        amendment = f"XG{count}" + (f"-{amended}" if amended else "")
    return StandardNumber(
        canonical=f"{dated}/{amendment}" if amendment else dated,
        kind=kind,
        mandatory=mandatory,
        issuer=issuer,
        prefix=prefix,
        serial=serial,
        edition_family=family or number,
        part=part,
        year=year,
        amendment=amendment,
        amends=dated if amendment else None,
    )


def _part(found: re.Match[str]) -> str | None:
    return found["part"].removeprefix(".") if found["part"] else None


def _with_nature(code: str, found: re.Match[str]) -> tuple[str, bool]:
    nature = found["nature"]
    return (f"{code}/{nature.upper()}", False) if nature else (code, True)


def _national(found: re.Match[str]) -> StandardNumber | None:
    prefix, mandatory = _with_nature("GB", found)
    if prefix == "GB/Z" and found[0][2:3].upper() == "Z" and len(found["serial"]) <= 3:
        return None  # GBZ 2.1 is occupational health; GB/Z written without its slash has more digits.
    return _finish(found, "national", "GB", prefix, found["serial"], mandatory, part=_part(found))


def _spoken_national(found: re.Match[str]) -> StandardNumber | None:
    """国标22239: a national standard of which the speaker does not say whether it is mandatory."""
    return _finish(found, "national", "GB", "GB", found["serial"], None, part=_part(found))


def _other_national(found: re.Match[str]) -> StandardNumber | None:
    """GBJ (construction, until 1990s) and GBZ (occupational health)."""
    code = found["code"].upper()
    if code == "GBZ" and len(found["serial"]) > 3:
        return None
    prefix, mandatory = _with_nature(code, found)
    return _finish(found, "national", code, prefix, found["serial"], mandatory, part=_part(found))


def _military(found: re.Match[str]) -> StandardNumber | None:
    """GJB 9001C-2017: the letter counts the editions, so the family goes without it."""
    prefix, mandatory = _with_nature("GJB", found)
    part = _part(found)
    bare = found["serial"]
    family = f"{prefix} {bare}" + (f".{part}" if part else "")
    letter = (found["letter"] or "").upper()
    serial, part = (bare, f"{part}{letter}") if part else (f"{bare}{letter}", None)
    binding = None if mandatory else False
    return _finish(found, "national", "GJB", prefix, serial, binding, part=part, family=family)


def _metrology(found: re.Match[str]) -> StandardNumber | None:
    """JJF and JJG: metrology norms and verification regulations; a region or industry may stand in
    brackets.
    """
    code = found["code"].upper()
    prefix = f"{code}({found['region']})" if found["region"] else code
    kind: Kind = "industry" if found["region"] else "national"
    return _finish(found, kind, code, prefix, found["serial"], None, part=_part(found))


def _industry(found: re.Match[str]) -> StandardNumber | None:
    code = found["code"].upper()
    prefix, mandatory = _with_nature(code, found)
    if found["second"]:
        prefix, mandatory = f"{code}/SH" + ("/T" if found["nature"] else ""), not found["nature"]
    if code == "DB" and mandatory and found[0][2:3].isdigit():
        return None  # DB1115-2019 may be seismology or a local standard whose serial is missing.
    if mandatory and not found["year"] and (len(found["serial"]) < 3 or code == "HS"):
        return None  # SC 27 is a subcommittee, HS 8471.30 a tariff heading.
    if mandatory and code in AMERICAN_STATES and len(found["serial"]) >= 5:
        return None  # NY 10001 is a postcode; these industries count to four digits.
    if code in TELECOM_PAPERS:
        mandatory = False
    return _finish(found, "industry", code, prefix, found["serial"], mandatory, part=_part(found))


def _transport(found: re.Match[str]) -> StandardNumber | None:
    """JTG D30-2015, JTG F80/1-2017: transport engineering counts with a letter for the field, since 2017 with four
    digits, and has parts of two digits (`JTG/T 3360-01-2018`), which are never a year.
    """
    prefix, mandatory = _with_nature("JTG", found)
    return _finish(found, "industry", "JTG", prefix, found["serial"].upper(), mandatory)


def _telecom_reference(found: re.Match[str]) -> StandardNumber | None:
    """YD/C: reference documents of the telecommunications industry."""
    return _finish(found, "industry", "YD", "YD/C", found["serial"], False, part=_part(found))


def _special_equipment(found: re.Match[str]) -> StandardNumber | None:
    return _finish(found, "industry", "TSG", "TSG", found["serial"].upper(), True)


def _local(found: re.Match[str]) -> StandardNumber | None:
    """DB11/T 1375-2021; the code of a mandatory one keeps its slash, `DB11/ 153-2002`, as the rules on local
    standards of 1990 write it.
    """
    code = f"DB{found['region']}"
    nature = found["nature"]
    slash = (found["slash"] or "").strip()
    if not nature and not slash and (not found["gap"] or found[0][2] == " "):
        return None  # DB 11-2000 is seismology.
    if not nature and slash == "-" and not found["year"]:
        return None  # DB1115-2019 may lack a serial or be seismology.
    prefix = f"{code}/{nature.upper()}" if nature else f"{code}/"
    return _finish(found, "local", code, prefix, found["serial"], not nature, part=_part(found))


def _local_construction(found: re.Match[str]) -> StandardNumber | None:
    code = {"DGTJ": "DG/TJ"}.get(found["code"].upper().replace("/", ""), found["code"].upper())
    prefix = f"{code}/T" if found["nature"] else code
    mandatory = not found["nature"] and code != "DG/TJ"
    serial = f"{found['region']}-{found['serial']}"
    return _finish(found, "local", code, prefix, serial, mandatory)


def _association(found: re.Match[str]) -> StandardNumber | None:
    code = (found["code"] or found["glued"]).upper()
    serial = (found["serial"] or found["road"]).upper()
    return _finish(found, "association", code, f"T/{code}", serial, False, part=_part(found))


def _cecs(found: re.Match[str]) -> StandardNumber | None:
    """CECS 241:2008, the construction association's form before T/CECS; it prints a colon."""
    return _finish(found, "association", "CECS", "CECS", found["serial"], False, separator=":")


def _enterprise(found: re.Match[str]) -> StandardNumber | None:
    if found["region"] is None and found["code"][-1].isdigit() and not found["gap"]:
        return None
    code = " ".join(word for word in (found["region"], found["code"], found["branch"]) if word).upper()
    serial = found["serial"] + (found["food"] or "").upper()
    return _finish(found, "enterprise", code, f"Q/{code}", serial, None, part=_part(found))


def _plan(found: re.Match[str]) -> StandardNumber | None:
    """20193257-T-469: year, count, nature (Q mandatory, T recommended, Z guidance), code of the ministry."""
    return _planned(found, "{year}{serial}-{nature}-{issuer}")


def _industry_plan(found: re.Match[str]) -> StandardNumber | None:
    """2021-0626T-YD: the same of an industry standard, with the industry's code."""
    return _planned(found, "{year}-{serial}{nature}-{issuer}")


def _planned(found: re.Match[str], form: str) -> StandardNumber | None:
    year = full_year(found["year"], EARLIEST_PLAN)
    if year is None:
        return None
    nature, serial, issuer = found["nature"].upper(), found["serial"], found["issuer"].upper()
    number = form.format(year=year, serial=serial, nature=nature, issuer=issuer)
    return StandardNumber(number, "plan", nature == "Q", issuer, nature, serial, number, year=year)


_SERIAL: Final = r"(?P<serial>[1-9]\d{0,5})"
_ZERO_SERIAL: Final = r"(?P<serial>\d{1,5})"

CHINESE: Final[tuple[Reading, ...]] = (
    reading(rf"GB{_NATURE}{_SERIAL}{_PART}{_TAIL}", _national),
    reading(rf"国标[ ]?号?[ ]?:?[ ]?{_SERIAL}{_PART}{_TAIL}", _spoken_national),
    reading(rf"(?P<code>GB[JZ]){_NATURE}{_SERIAL}{_PART}{_TAIL}", _other_national),
    reading(rf"GJB{_NATURE}{_SERIAL}{_PART}(?P<letter>[A-K])?{_TAIL}", _military),
    reading(
        rf"(?P<code>JJ[FG])[ ]?(?:\([ ]?(?P<region>[\u4e00-\u9fff]{{1,6}})[ ]?\))?[ ]?"
        rf"{_ZERO_SERIAL}{_PART}{_TAIL}",
        _metrology,
    ),
    reading(
        rf"DB[ ]?(?P<region>{_PROVINCE}(?:\d\d){{0,2}})(?P<slash>[ ]?[/_-][ ]?)?"
        rf"(?P<nature>[TZ])?(?P<gap>[ ]{{0,3}})-?{_ZERO_SERIAL}{_PART}{_TAIL}",
        _local,
    ),
    reading(
        rf"(?P<code>DBJ|DGJ|DG/?TJ)(?:/?(?P<nature>T))?[ ]?"
        rf"(?P<region>{_PROVINCE}|0[1-9])-(?P<serial>\d{{1,4}}){_TAIL}",
        _local_construction,
    ),
    reading(rf"YD[ ]?/[ ]?C[ ]?{_ZERO_SERIAL}{_PART}{_TAIL}", _telecom_reference),
    reading(rf"JTG{_NATURE}(?P<serial>[A-H]\d\d(?:/\d|-\d\d(?!\d))?|\d{{4}}-\d\d(?!\d)){_TAIL}", _transport),
    reading(rf"(?P<code>{_BARE_CODES})(?P<second>/SH(?=[ /T\d]))?{_NATURE}{_ZERO_SERIAL}{_PART}{_TAIL}", _industry),
    reading(rf"TSG[ ]?(?P<serial>[A-Z]?\d{{2,4}}){_TAIL}", _special_equipment),
    reading(
        rf"T[ ]?/[ ]?(?:(?P<code>[A-Z][A-Z0-9]{{1,11}}(?:[-/][A-Z]{{1,8}}){{0,2}})[ ]{{1,3}}"
        rf"|(?P<glued>[A-Z]{{2,12}}))"
        rf"(?:(?P<serial>[A-Z]?\d{{1,7}}){_PART}|(?P<road>[A-Z]:[A-Z]\d\d-\d\d)){_TAIL}",
        _association,
    ),
    reading(rf"CECS[ ]?(?P<serial>\d{{1,5}}){_TAIL}", _cecs),
    reading(
        rf"Q[ ]?/[ ]?(?:(?P<region>\d{{4,8}})[ ]?)?"
        rf"(?P<code>(?:\d\d)?[A-Z]{{2}}[A-Z0-9]{{0,10}}?(?:/[A-Z]{{1,6}})?)"
        rf"(?:[ ](?P<branch>[A-Z]{{1,6}}))?(?P<gap>[ ]{{0,3}})"
        rf"(?P<serial>\d{{1,8}}){_PART}[ ]?(?P<food>S)?{_TAIL}",
        _enterprise,
    ),
    reading(
        rf"(?P<year>\d{{4}})(?P<serial>\d{{4}})[ ]?-[ ]?(?P<nature>[TQZ])[ ]?-[ ]?(?P<issuer>\d{{3}}){END}",
        _plan,
    ),
    reading(
        rf"(?P<year>\d{{4}})-(?P<serial>\d{{4}})(?P<nature>[TQZ])-(?P<issuer>{_BARE_CODES}){END}",
        _industry_plan,
    ),
)
"""Each pattern with what builds the number from a match; the first that builds one wins."""

CHINESE_STARTS: Final = (
    rf"GB|国标|GJB|JJ[FG]|DBJ|DG|TSG|CECS|[TQ][ ]?/|\d{{8}}[ ]?-|\d{{4}}-\d{{4}}[TQZ]-|DB|{_BARE_CODES}"
)
