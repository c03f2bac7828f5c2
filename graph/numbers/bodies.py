"""Numbers of the bodies abroad that each count in their own way: ITU, IEEE, ETSI, 3GPP, W3C, IETF and
more.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from graph.numbers.model import Kind, StandardNumber
from graph.numbers.readings import Reading, reading
from graph.numbers.spelling import END, full_year


def _dated(
    found: re.Match[str], kind: Kind, issuer: str, prefix: str, serial: str, *, family: str = ""
) -> StandardNumber | None:
    """A number that ends in a hyphen and a year, or has none."""
    year = full_year(found["year"]) if found["year"] else None
    if found["year"] and year is None:
        return None
    number = f"{prefix} {serial}"
    return StandardNumber(
        f"{number}-{year}" if year else number,
        kind,
        None,
        issuer,
        prefix,
        serial,
        family or number,
        year=year,
    )


def _itu(found: re.Match[str]) -> StandardNumber | None:
    """ITU-T X.1205 (04/2008), as ITU lists its recommendations: with the month, for one year may see two
    editions.

    CCITT is what ITU-T was called until 1993; its recommendations kept their numbers.
    """
    former = (found["former"] or "").upper()
    sector = {"CCITT": "T", "CCIR": "R"}.get(former) or found["sector"].upper()
    serial = re.sub(r"[ ]", "", found["serial"]).upper()
    prefix = f"ITU-{sector}"
    family = f"{prefix} {re.sub(r'-[0-9]+$', '', serial)}"
    month, digits = found["month"], found["year"] or found["plainyear"]
    year = full_year(digits) if digits else None
    if (digits and year is None) or (month and not 1 <= int(month) <= 12):
        return None
    dated = f"{prefix} {serial}"
    if year:
        dated += f" ({int(month):02}/{year})" if month else f" ({year})"
    amendment = None
    if found["supplement"]:
        name = {"A": "Amd", "C": "Cor", "E": "Err"}[found["supplement"][0].upper()]
        amendment = f"{name} {int(found['count'])}"
        if found["supplementdate"]:
            amendment += f" ({found['supplementdate']})"
    return StandardNumber(
        f"{dated}/{amendment}" if amendment else dated,
        "international",
        None,
        prefix,
        prefix,
        serial,
        family,
        year=year,
        amendment=amendment,
        amends=dated if amendment else None,
    )


def _split_letters(serial: str) -> tuple[str, str]:
    number = serial.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return number, serial.removeprefix(number)


def _ieee(found: re.Match[str]) -> StandardNumber | None:
    """IEEE 802.3-2018; a project carries P (P2413), which its standard drops."""
    number, letters = _split_letters(found["serial"].upper())
    if number.startswith("802.") and number != "802.1":
        letters = letters.lower()  # 802.11ax, 802.3bt are amendments
    elif number == "802.1" and len(letters) > 2:
        stem = len(letters) - 2
        letters = letters[:stem] + letters[stem:].lower()  # 802.1Qbv amends 802.1Q
    serial = number + letters
    project = "P" if found["project"] else ""
    return _dated(found, "international", "IEEE", "IEEE", f"{project}{serial}", family=f"IEEE {serial}")


def _etsi(found: re.Match[str]) -> StandardNumber | None:
    """ETSI TS 102 690 V1.1.1, EN 301 549 V3.2.1: the version is the edition, the month adds nothing."""
    kind = found["type"].upper()
    if not found["etsi"] and (kind != "EN" or found["series"][0] != "3"):
        return None
    prefix = "EN" if kind == "EN" else f"ETSI {kind}"
    serial = f"{found['series']} {found['count']}"
    part = found["parts"].removeprefix("-") or None
    number = f"{prefix} {serial}" + (f"-{part}" if part else "")
    version = f" V{found['version']}" if found["version"] else ""
    return StandardNumber(number + version, "foreign", None, "ETSI", prefix, serial, number, part=part)


_RELEASES: Final = {"PH1": "Ph1", "PH2": "Ph2", "PH1-DCS": "Ph1-DCS", "PH1-EXT": "Ph1-EXT", "UMTS": "UMTS"}


def _threegpp(found: re.Match[str]) -> StandardNumber | None:
    """3GPP TS 23.501:Rel-15/15.2.0, the form of the Relaton data set.

    From release 4 on the version of a specification under change control begins with its release (3GPP TR
    21.900), so that `TS 23.501 V15.2.0` says the release as well; not in the GSM series, 01 to 13.
    """
    prefix = f"3GPP {found['type'].upper()}"
    part = found["parts"].removeprefix("-") or None
    suffix = found["suffix"] or ""
    serial = found["serial"] + (suffix.upper() if len(suffix) == 1 else suffix.lower())
    number = f"{prefix} {serial}" + (f"-{part}" if part else "")
    release, version = (found["release"] or "").upper(), found["version"]
    if count := re.fullmatch(r"(?:REL-|RELEASE[ ])(\d+)", release):
        release = f"Release {count[1]}" if len(count[1]) == 4 else f"Rel-{int(count[1])}"
    release = _RELEASES.get(release, release)
    if version and not release and int(serial[:2]) > 20 and int(version.split(".")[0]) >= 4:
        release = f"Rel-{int(version.split('.')[0])}"
    edition = f":{release}/{version}" if release and version else f":{release}" if release else ""
    if version and not release:
        edition = f"/{version}"
    return StandardNumber(number + edition, "international", None, "3GPP", prefix, serial, number, part=part)


# What people write after W3C without meaning a document; its short names are words too (`W3C dom`).
_WORDS_AFTER_W3C: Final = frozenset((
    "and", "board", "chapter", "china", "community", "consortium", "council", "documents", "group",
    "groups", "host", "in", "is", "member", "members", "membership", "note", "notes", "of", "office",
    "offices", "on", "or", "process", "recommendation", "recommendations", "report", "reports",
    "specification", "specifications", "staff", "standard", "standards", "team", "the", "website",
    "working", "workshop", "workshops",
))  # fmt: skip


def _w3c(found: re.Match[str]) -> StandardNumber | None:
    """W3C REC-xml-20081126: status, short name, day; the short name alone is the latest edition.

    Early documents are named by their file: `W3C WD-css1-960726.html`, which stays, for there may be one of each.
    """
    name = found["name"].lower()
    file = (found["file"] or "").lower()
    status = (found["status"] or "").upper()
    day = found["day"]
    year = full_year(day[:-4]) if day else None
    if day and not (year and 1 <= int(day[-4:-2]) <= 12 and 1 <= int(day[-2:]) <= 31):
        return None
    if not status and name in _WORDS_AFTER_W3C:
        return None
    serial = f"{status}-{name}" if status else name
    number = f"W3C {serial}" + (f"-{day}" if day else "") + file
    return StandardNumber(number, "international", None, "W3C", "W3C", serial, f"W3C {name}", year=year)


def _w3c_page(found: re.Match[str]) -> StandardNumber | None:
    """W3C REC-css2-19980512/fonts: a page of a document. Without day, status and hyphen (`W3C HTML/CSS`) it is two words."""
    document, page = _w3c(found), found["page"].lower()
    if document is None or not (document.year or "-" in document.serial):
        return None
    canonical, family = f"{document.canonical}/{page}", f"W3C {document.serial}/{page}"
    return replace(document, canonical=canonical, edition_family=family, part=page)


def _rfc(found: re.Match[str]) -> StandardNumber | None:
    number = f"RFC {int(found['serial'])}"
    return StandardNumber(number, "international", None, "IETF", "RFC", str(int(found["serial"])), number)


def _astm(found: re.Match[str]) -> StandardNumber | None:
    """ASTM D638-14: two digits for the year, a letter for the next in it, e1 for editorial changes."""
    serial = found["serial"].upper()
    digits = found["year"]
    year = full_year(digits) if digits else None
    if digits and year is None:
        return None
    number = f"ASTM {serial}"
    edition = ""
    if year:
        edition = f"-{year % 100:02}" if 1950 <= year < 2050 else f"-{year}"
        edition += (found["letter"] or "").lower() + (found["editorial"] or "").lower()
        if found["approved"]:
            edition += f"({found['approved']}){(found['editorial2'] or '').lower()}"
    return StandardNumber(number + edition, "foreign", None, "ASTM", "ASTM", serial, number, year=year)


def _sae(found: re.Match[str]) -> StandardNumber | None:
    serial = f"{found['series']}{found['count']}".upper()
    number, day = f"SAE {serial}", found["day"]
    year = full_year(day[:4]) if day else None
    if day and (year is None or not 1 <= int(day[4:]) <= 12):
        return None
    return StandardNumber(
        f"{number}_{day}" if day else number, "foreign", None, "SAE", "SAE", serial, number, year=year
    )


def _asme(found: re.Match[str]) -> StandardNumber | None:
    return _dated(found, "foreign", "ASME", "ASME", found["serial"].upper())


def _ansi(found: re.Match[str]) -> StandardNumber | None:
    prefix = f"ANSI/{re.sub(r'[ ]?/[ ]?', '/', found['with']).upper()}" if found["with"] else "ANSI"
    return _dated(found, "foreign", "ANSI", prefix, found["serial"].upper())


def _gost(found: re.Match[str]) -> StandardNumber | None:
    """GOST R 57580.1-2017, also in Cyrillic; years of two digits are written with four."""
    russian = "GOST R" if found["russian"] else "GOST"
    adopted = f" {found['adopted'].upper().strip()}" if found["adopted"] else ""
    return _dated(found, "foreign", "GOST", f"{russian}{adopted}", found["serial"])


def _american_military(found: re.Match[str]) -> StandardNumber | None:
    kind, letter = found["kind"].upper(), (found["letter"] or "").upper()
    family = f"MIL-{kind}-{found['serial']}"
    return StandardNumber(
        f"{family}{letter}", "foreign", None, "MIL", f"MIL-{kind}", f"{found['serial']}{letter}", family
    )


_W3C: Final = (
    r"W3C[ .](?:(?P<status>REC|PR|CRD|CR|WD|NOTE|DNOTE|PER|CRY|DRY|REG|STMT|SPSD|OBSL|DISC|RSCND)-)?"
    r"(?P<name>[A-Z0-9][A-Z0-9._+]{0,40}(?:-(?!\d{6}(?:\d\d)?(?![A-Z0-9_]))[A-Z0-9._+]{1,40}){0,12}?)"
    r"(?:-(?P<day>\d{6}(?:\d\d)?)(?P<file>\.html?(?![A-Z0-9_]))?)?"
)
_W3C_END: Final = r"(?![A-Z0-9_-])"
_PARTS: Final = r"(?P<parts>(?:-\d{1,2}){0,3})"

OTHERS: Final[tuple[Reading, ...]] = (
    reading(
        rf"""(?:Recommendation[ ])?(?:ITU[ ]?-?[ ]?(?P<sector>[TR])|(?P<former>CCITT|CCIR))
        (?:[ ]Rec(?:\.|ommendation)?)?[ ]{{1,2}}
        (?P<serial>[A-Z]{{1,3}}[ ]?\.[ ]?\d{{1,5}}(?:\.\d{{1,4}}){{0,3}}
        (?:/[A-Z]\.\d{{1,5}}(?:\.\d{{1,4}})?)?(?:-\d{{1,2}}(?!\d))?)
        (?:[ ]?\([ ]?(?:(?P<month>\d{{1,2}})/)?(?P<year>\d{{4}})[ ]?\)|[ ]?[:-][ ]?(?P<plainyear>\d{{4}}))?
        (?:[ ]?[/ ][ ]?(?P<supplement>Amd|Amendment|Cor|Corrigendum|Err)[. ]{{1,2}}(?P<count>\d{{1,2}})
           (?:[ ]?\((?P<supplementdate>(?:\d\d/)?\d{{4}})\))?)?{END}""",
        _itu,
    ),
    reading(
        rf"IEEE(?:[ ]Std\.?|[ ]Standard)?[ -]?(?P<project>P)?"
        rf"(?P<serial>[A-Z]?\d{{1,5}}(?:\.\d{{1,4}}){{0,2}}[A-Z]{{0,4}}"
        rf"(?:-(?!(?:19|20)\d\d(?!\d))\d{{4,5}}[A-Z]?)?)(?:[ ]?[-:][ ]?(?P<year>\d{{4}}))?{END}",
        _ieee,
    ),
    reading(
        rf"(?P<etsi>ETSI[ /])?(?P<type>EN|TS|TR|ES|EG|GS|GR|SR|ETS|I-ETS)[ ]?"
        rf"(?P<series>[123]\d\d)[ ]?(?P<count>\d{{3}}){_PARTS}"
        rf"(?:[ ,:]{{1,2}}V[ ]?(?P<version>\d{{1,2}}\.\d{{1,2}}\.\d{{1,2}}))?(?:[ ]?\(\d{{4}}-\d\d\))?{END}",
        _etsi,
    ),
    reading(
        rf"""3GPP[ ](?P<type>TS|TR)[ ]?(?P<serial>\d\d\.\d{{2,3}})(?P<suffix>U|DCS|EXT)?{_PARTS}
        (?:(?:[ ]?:[ ]?|[ ,]{{1,2}}\(?)
        (?P<release>(?:Rel-|Release[ ])\d{{1,4}}|R9[6-9]|R00|Ph1-DCS|Ph1-EXT|Ph[12]|UMTS)\)?)?
        (?:(?:/|[ ,]{{1,2}}|[ ]?:[ ]?)V?[ ]?(?P<version>\d{{1,2}}\.\d{{1,2}}\.\d{{1,2}}))?
        (?:[ ]?\(\d{{4}}-\d\d\))?{END}""",
        _threegpp,
    ),
    reading(rf"{_W3C}/(?P<page>[A-Z0-9][A-Z0-9._-]{{0,60}}){_W3C_END}", _w3c_page),
    reading(rf"{_W3C}{_W3C_END}", _w3c),
    reading(rf"(?:IETF[ ]?)?RFC[ -]?(?P<serial>\d{{1,5}}){END}", _rfc),
    reading(
        rf"ASTM[ ]?(?P<serial>[A-G]\d{{1,4}}M?(?:/[A-G]\d{{1,4}}M?)?)"
        rf"(?:[ ]?[-:][ ]?(?P<year>\d{{4}}|\d{{2}})(?P<letter>[A-D])?"
        rf"(?P<editorial>E\d)?(?:\((?P<approved>\d{{4}})\)(?P<editorial2>E\d)?)?)?{END}",
        _astm,
    ),
    reading(
        rf"SAE[ ]?(?P<series>J|AS|ARP|AMS|AIR)[ ]?"
        rf"(?P<count>\d{{1,5}}[A-Z]?(?:/\d{{1,3}}|-\d{{1,3}})?)(?:_(?P<day>\d{{6}}))?{END}",
        _sae,
    ),
    reading(
        rf"ASME[ ]?(?P<serial>[A-Z]{{1,3}}\d{{1,4}}(?:\.\d{{1,3}}){{0,3}}[A-Z]?)"
        rf"(?:[ ]?-[ ]?(?P<year>\d{{4}}))?{END}",
        _asme,
    ),
    reading(
        rf"ANSI(?:[ ]?[/ ][ ]?(?P<with>(?:[A-Z]{{2,8}}|C63)(?:[ ]?/[ ]?[A-Z]{{2,8}})?(?=[ ])))?[ ]?"
        rf"(?P<serial>[A-Z]{{0,3}}\d{{1,5}}(?:\.\d{{1,5}}){{0,3}}[A-Z]?(?:\([A-Z]\))?)"
        rf"(?:[ ]?-[ ]?(?P<year>\d{{4}}))?{END}",
        _ansi,
    ),
    reading(
        rf"(?:GOST|ГОСТ)(?P<russian>[ ]?[RР](?=[ ]))?[ ]?(?P<adopted>(?:ISO/IEC|ISO|IEC)[ ])?"
        rf"(?P<serial>\d{{1,5}}(?:\.\d{{1,4}}){{0,3}}(?:-\d{{1,2}}(?=-))?)"
        rf"(?:[ ]?-[ ]?(?P<year>\d{{4}}|\d{{2}}))?{END}",
        _gost,
    ),
    reading(
        rf"MIL[ -](?P<kind>STD|DTL|PRF|HDBK|SPEC)[ -](?P<serial>\d{{1,6}})(?P<letter>[A-Z])?{END}",
        _american_military,
    ),
)

OTHER_STARTS: Final = (
    r"Recommendation ITU|ITU|CCITT|CCIR|IEEE|ETSI|EN|TS|TR|3GPP|W3C|IETF|RFC|ASTM|SAE|ASME|ANSI|GOST|ГОСТ|MIL"
)
