"""Numbers built like ISO's: publisher, kind of document, serial, hyphens and parts, colon and year, supplements.

ISO and IEC (with whoever publishes with them), European standards and national adoptions
(`BS EN ISO 9001:2015`), CISPR, JIS. The forms are those of ISO's own catalogue, as the Relaton data set has
them; between IEC and the kind of document stands a blank (`IEC TR 62653:2012`), as IEC prints it. In China the
year often follows a hyphen (`ISO 9001-2015`): a last group that looks like a year is one, except for ISO 10303,
whose parts run past 2000.
"""

from __future__ import annotations

import re
from typing import Final

from graph.numbers.codes import COLON_BODIES
from graph.numbers.model import Kind, StandardNumber
from graph.numbers.readings import Reading, reading
from graph.numbers.spelling import END, full_year, looks_like_year

_PARTNERS: Final = ("ISO", "IEC", "CISPR", "IEEE", "ASTM", "SAE", "CIE", "HL7", "ASME", "OECD", "UNDP", "ITU")
_STAGES: Final = "PWI|NWIP|NP|AWI|WD|CDV|CD|FDIS|DIS|PRF"
_TYPES: Final = "TS|TR|PAS|ISP|TTA|DATA|GUIDE|R"
_STEP: Final = "10303"
_ITERATED_TYPES: Final = ("TS", "TR", "PAS")
ITERATED: Final = "draft"
"""The stage of a number such as ISO/TR 17716.2: only a draft comes again under one number, but which one it is is not said."""

_LANGUAGES: Final = r"(?:[ ]?\((?:[EFRSCAD]|en|fr|zh)(?:[/,][ ]?(?:[EFRSCAD]|en|fr|zh)){0,3}\))?"
_TAIL: Final = rf"""
    (?P<serial>\d{{1,6}}) (?P<parts>(?:-(?:[A-Z]{{0,2}}\d{{1,5}}[A-Z]{{0,2}}|[A-Z](?![A-Z0-9]))){{0,4}})
    (?:\.(?P<iteration>\d)(?!\d))?
    (?:[ ]?:[ ]?(?P<year>\d{{4}})(?:-(?P<month>[01]\d)(?!\d))?|[ ]?\((?P<bracket>\d{{4}})\))?
    {_LANGUAGES}
    (?P<supplements>(?:(?:[ ]?[/+][ ]?(?:(?:{_STAGES})[ ])?|[ ](?=AMD|COR|ADD))
        (?:AMD|COR|ADD|EXT|SUPPL|(?:FD|PD|D)AMD?|(?:FD|PD|D)COR|AC|A)
        (?:[. ]{{0,2}}\d{{1,3}}(?:\.\d)?)?(?:[:-]\d{{4}})?){{0,3}})
    {_LANGUAGES}
    (?:[ ]CSV)?
    {END}"""

_SUPPLEMENT: Final = re.compile(
    rf"(?P<join>[ ]?[/+][ ]?|[ ])(?:(?P<stage>{_STAGES})[ ])?(?P<name>[A-Z]+)"
    r"(?:[. ]{0,2}(?P<count>\d{1,3}(?:\.\d)?))?(?:[:-](?P<year>\d{4}))?",
    re.IGNORECASE,
)
_NAMES: Final = {
    "AMD": "Amd",
    "COR": "Cor",
    "ADD": "Add",
    "EXT": "Ext",
    "SUPPL": "Suppl",
    "DAMD": "DAM",
    "FDAMD": "FDAM",
    "PDAMD": "PDAM",
    "A": "Amd",
    "AC": "Cor",
}


def _supplements(text: str, european: bool) -> str:
    """Amendments in canonical form: `/Amd 1:2020` (ISO, IEC), `/A1:2013` (EN), `+AMD1:2012` (merged)."""
    written = []
    for found in _SUPPLEMENT.finditer(text):
        name, count = found["name"].upper(), found["count"] or ""
        year = f":{found['year']}" if found["year"] else ""
        stage = f"{found['stage'].upper()} " if found["stage"] else ""
        if european:
            join = "+" if "+" in found["join"] else "/"
            name = {"AMD": "A", "COR": "AC"}.get(name, name)
            written.append(f"{join}{stage}{name}{count}{year}")
        elif "+" in found["join"]:
            name = {"A": "AMD", "AC": "COR"}.get(name, name)
            written.append(f"+{stage}{name}{count}{year}")
        else:
            written.append(f"/{stage}{_NAMES.get(name, name)}{' ' + count if count else ''}{year}")
    return "".join(written)


def _finish(
    found: re.Match[str],
    kind: Kind,
    issuer: str,
    prefix: str,
    *,
    family_prefix: str | None = None,
    stage: str | None = None,
    letter: str = "",
    european: bool = False,
) -> StandardNumber | None:
    parts = [part.upper() for part in found["parts"].split("-")[1:]]
    digits = found["year"] or found["bracket"]
    if not digits and parts and looks_like_year(parts[-1]) and found["serial"] != _STEP:
        digits = parts.pop()
    year = full_year(digits) if digits else None
    if digits and year is None:
        return None
    if found["iteration"] and (stage is None or (stage == ITERATED and (year or found["supplements"]))):
        return None
    serial = f"{letter}{found['serial']}"
    document = "-".join((serial, *parts))
    number = f"{prefix} {document}" + (f".{found['iteration']}" if found["iteration"] else "")
    # DIN dates its editions by month (DIN EN ISO 9001:2015-11); elsewhere the month is no part of the number.
    month = f"-{found['month']}" if found["month"] and issuer == "DIN" else ""
    dated = f"{number}:{year}{month}" if year else number
    supplements = _supplements(found["supplements"], european)
    return StandardNumber(
        canonical=dated + supplements,
        kind=kind,
        mandatory=None,
        issuer=issuer,
        prefix=prefix,
        serial=serial,
        edition_family=f"{family_prefix or prefix} {document}",
        part="-".join(parts) or None,
        year=year,
        amendment=supplements[1:] or None,
        amends=dated if supplements else None,
        stage=stage,
    )


def _split_draft(written: str) -> tuple[str, str]:
    """`DTS` and `FDTR` are a stage and a type in one word; the stage is what the type does not say."""
    for kind in ("TS", "TR", "PAS", "ISP", "GUIDE"):
        if written.endswith(kind) and written != kind:
            return written.removesuffix(kind), kind
    return "", written


def _typed(publisher: str, stage: str, kind: str) -> str:
    """Publisher, stage and type as ISO writes them: `ISO/CD TS`, `ISO/IEC DIS`, `ISO Guide`, `IEC TR`."""
    words = [word.replace("GUIDE", "Guide") for word in (stage, kind) if word]
    if not words:
        return publisher
    slash = publisher == "ISO" and words[0] != "Guide"
    return f"{publisher}{'/' if slash else ' '}{' '.join(words)}"


def _international(found: re.Match[str]) -> StandardNumber | None:
    bodies = re.split(r"[ ]?[/_][ ]?|[ -]", found["publisher"].upper())
    if len(set(bodies)) != len(bodies):
        return None
    publisher = "/".join(sorted(bodies, key=_PARTNERS.index))
    stage, written = (found["stage"] or "").upper(), (found["type"] or "").upper()
    draft, kind = _split_draft(written)
    if draft and stage:
        return None
    if found["iteration"] and kind in _ITERATED_TYPES:
        draft = draft or ITERATED
    return _finish(
        found,
        "international",
        publisher,
        _typed(publisher, stage, written),
        family_prefix=_typed(publisher, "", kind),
        stage=stage or draft or None,
    )


def _workshop(found: re.Match[str]) -> StandardNumber | None:
    """IWA 14-1:2013, an international workshop agreement of ISO; CD IWA 45 while it is drafted."""
    stage = (found["stage"] or "").upper()
    prefix = f"{stage} IWA" if stage else "IWA"
    return _finish(found, "international", "ISO", prefix, family_prefix="IWA", stage=stage or None)


def _european(found: re.Match[str]) -> StandardNumber | None:
    """EN, alone or adopted by a member (`BS EN ISO 9001:2015`), alone or adopting ISO or IEC."""
    words = (found["member"], found["european"], found["adopted"])
    prefix = " ".join(re.sub(r"[ ]?/[ ]?", "/", word.strip(" -")).upper() for word in words if word)
    prefix = prefix.replace("PREN", "prEN")
    draft = re.match(r"(?:FprEN|prEN)", prefix)
    issuer = (found["member"] or "EN").strip().upper()
    family = re.sub(r"(?:Fp|p)rEN", "EN", prefix)
    stage = draft[0].removesuffix("EN") if draft else None
    if not draft and len(found["serial"]) == 6 and not found["member"]:
        return None  # EN 301 549 and its like are ETSI's.
    return _finish(found, "foreign", issuer, prefix, family_prefix=family, stage=stage, european=True)


def _foreign(found: re.Match[str]) -> StandardNumber | None:
    body = re.sub(r"[ ]+", " ", found["body"].upper())
    adopted = found["adopted"]
    prefix = f"{body} {re.sub(r'[ ]?/[ ]?', '/', adopted.strip(' -')).upper()}" if adopted else body
    kind: Kind = "international" if body == "CISPR" else "foreign"
    issuer = body.split(" ")[0]
    return _finish(found, kind, issuer, prefix, european=body in ("BS", "DIN", "NF", "UNE", "UNI"))


def _japanese(found: re.Match[str]) -> StandardNumber | None:
    """JIS B 0205-4:2001, KS X 1001:2004: a letter for the field stands before the serial."""
    body = found["body"].upper()
    return _finish(found, "foreign", body, body, letter=f"{found['field'].upper()} ")


_ADOPTED: Final = r"(?P<adopted>(?:ISO[ ]?/[ ]?IEC|ISO|IEC)(?:[ ]?/[ ]?(?:TS|TR)|[ ](?:TS|TR))?[ -]?)?"
_JOIN: Final = r"(?:[ ]?[/_][ ]?|[ -])"
_PARTNER: Final = "|".join(_PARTNERS)
_BODIES: Final = "|".join(re.escape(body).replace(r"\ ", "[ ]") for body in COLON_BODIES)

ISO_LIKE: Final[tuple[Reading, ...]] = (
    reading(
        rf"""(?P<publisher>(?:ISO|IEC|IEEE(?=[ ]?/[ ]?(?:ISO|IEC)))(?:{_JOIN}(?:{_PARTNER})(?![A-Z])){{0,3}})
        (?:{_JOIN}(?P<stage>{_STAGES})(?![A-Z]))?
        (?:{_JOIN}(?P<type>(?:PD|FD|D)?(?:TS|TR|PAS|ISP|GUIDE)|{_TYPES}))?[ ]{{0,2}}-?{_TAIL}""",
        _international,
    ),
    reading(rf"(?:ISO[ ]?/[ ]?)?(?:(?P<stage>{_STAGES})[ /])?IWA[ ]?{_TAIL}", _workshop),
    reading(
        rf"""(?:(?P<member>BS|DIN|NF|UNE|UNI)[ -])?(?P<european>FprEN|prEN|EN)
        (?:[ ]?[ /-][ ]?|(?=\d)){_ADOPTED}{_TAIL}""",
        _european,
    ),
    reading(rf"(?P<body>{_BODIES})[ -]?{_ADOPTED}{_TAIL}", _foreign),
    reading(rf"(?P<body>JIS|KS)[ ]?(?P<field>[A-Z])[ ]?{_TAIL}", _japanese),
)

ISO_LIKE_STARTS: Final = rf"ISO|IEC|IEEE|(?:(?:{_STAGES})[ ])?IWA|(?:Fpr|pr)?EN|{_BODIES}|JIS|KS"
