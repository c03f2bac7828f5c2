"""The grammar of committee codes: `SAC/TC 260`, `SAC/TC 114/SC 3`, `SAC/SWG 14`, `SAC/TC 260/WG 5`, `ISO/IEC JTC 1/SC 27`.

People write `TC260`, `TC28SC42`, `TC28/SC42`, `全国信标委 TC 28`; a bare `TC` is China's, as the national platform writes it.
IEC writes a subcommittee with the number of its committee and a letter (`IEC/SC 62B` is of `IEC/TC 62`); a few bodies of
ISO and IEC have a name for a number (`IEC/CISPR`, `ISO/CASCO`, `IEC/SyC SM`, `IEC/ISO JSyC BDC`, the workshop `ISO/WS ESG`).
Ministries and the communications association number theirs alike (`MIIT/TC 1`, `CCSA TC5/WG 3`, `CCSA ST7`): the owner
tells them apart from SAC's.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_OWNER = r"(?:(?P<owner>SAC|ISO/IEC|IEC/ISO|ISO|IEC|CEN/CLC|CENELEC|CEN|ETSI|MIIT|CCSA)[\s/]*)?"
_CODE = re.compile(
    _OWNER + r"(?P<kind>TC|SWG|JTC|PC|JSC|ST|(?<=IEC/)SC|(?<=IEC )SC)\s*(?P<number>\d{1,4})"
    r"(?P<letter>(?<=\d)[A-Z](?![A-Z]))?"
    r"(?:[\s/]*SC\s*(?P<sc>\d{1,3}))?(?:[\s/]*(?P<wgkind>SWG|JWG|WG|TG|AG|SG)\s*(?P<wg>\d{1,3}))?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?P<owner>ISO|IEC)[\s/]+(?:(?P<name>CISPR|CASCO|COPOLCO|DEVCO|REMCO)|(?P<kind>SYC|WS)\s+(?P<field>[A-Z]{2,10}))"
    r"|(?:ISO/IEC|IEC/ISO)[\s/]+(?P<joint>JSYC)\s+(?P<shared>[A-Z]{2,10})",
    re.IGNORECASE,
)
_WRITTEN = {"SYC": "SyC", "JSYC": "JSyC"}
_ANOTHERS = re.compile(r"[A-Za-z0-9]\s*/\s*$")


@dataclass(frozen=True, slots=True)
class CommitteeCode:
    """A committee's code in canonical form, with its parts.

    `owner` is the body that founded it (SAC, ISO, IEC, ISO/IEC ...); `parent` the code one level up, "" at the top.
    `number` is 0 for a body known by a name (`kind` is "CISPR"); `letter` is that of an IEC subcommittee.
    """

    owner: str
    kind: str
    number: int
    subcommittee: int | None = None
    group_kind: str = ""
    group: int | None = None
    letter: str = ""

    def __str__(self) -> str:
        between = "/" if self.owner in ("SAC", "MIIT", "ISO", "IEC", "CEN", "CENELEC", "ETSI") else " "
        head = f"{self.owner}{between}{self.kind}" + (f" {self.number}{self.letter}" if self.number else "")
        if self.subcommittee is not None:
            head += f"/SC {self.subcommittee}"
        return head if self.group is None else f"{head}/{self.group_kind} {self.group}"

    @property
    def slug(self) -> str:
        """The end of the node's id: `sac-tc-260`.

        >>> parse("TC28SC42").slug
        'sac-tc-28-sc-42'
        """
        return re.sub(r"[^a-z0-9]+", "-", str(self).lower())

    @property
    def parent(self) -> str:
        """The code one level up, "" for a committee at the top.

        >>> parse("SAC/TC 114/SC 3").parent, parse("IEC/SC 62B").parent
        ('SAC/TC 114', 'IEC/TC 62')
        """
        if self.group is not None:
            return str(CommitteeCode(self.owner, self.kind, self.number, self.subcommittee, letter=self.letter))
        if self.subcommittee is not None:
            return str(CommitteeCode(self.owner, self.kind, self.number))
        if self.kind == "SC":
            return str(CommitteeCode(self.owner, "TC", self.number))
        return ""

    @property
    def label(self) -> str:
        """`WorkingGroup` for a group within a committee, else `Committee` (a special working group SWG stands alone)."""
        return "WorkingGroup" if self.group is not None else "Committee"


def parse(text: str) -> CommitteeCode | None:
    """Read a committee code in any usual spelling; None where the text is none.

    >>> str(parse("ｔｃ２６０")), str(parse("TC28/SC42")), str(parse("iso/iec jtc1 sc27")), parse("TCL")
    ('SAC/TC 260', 'SAC/TC 28/SC 42', 'ISO/IEC JTC 1/SC 27', None)
    >>> str(parse("IEC SC62B")), str(parse("MIIT/TC1")), str(parse("CCSA TC5WG3")), str(parse("IEC/CISPR"))
    ('IEC/SC 62B', 'MIIT/TC 1', 'CCSA TC 5/WG 3', 'IEC/CISPR')
    >>> str(parse("iec/iso jsyc bdc")), str(parse("ISO/WS ESG")), parse("WS ESG")
    ('IEC/ISO JSyC BDC', 'ISO/WS ESG', None)
    """
    clean = unicodedata.normalize("NFKC", text).strip().strip("()[]")
    if named := _NAMED.fullmatch(clean):
        return _named(named)
    match = _CODE.fullmatch(clean)
    return _code(match) if match and _complete(match) else None


def find(text: str) -> CommitteeCode | None:
    """The first committee code inside a running text.

    >>> str(find("全国汽车标准化技术委员会(SAC/TC 114)归口"))
    'SAC/TC 114'
    >>> find("由CSTM/FC60/TC02归口"), find("TC20B")
    (None, None)
    """
    for match in _CODE.finditer(unicodedata.normalize("NFKC", text)):
        before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
        alone = not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())
        anothers = match["owner"] is None and _ANOTHERS.search(match.string[: match.start()])
        if alone and not anothers and _complete(match):
            return _code(match)
    return None


def _named(match: re.Match[str]) -> CommitteeCode:
    said = {group: (text or "").upper() for group, text in match.groupdict().items()}
    kind, field = said["kind"] or said["joint"], said["field"] or said["shared"]
    # A joint committee that IEC leads, as JTC 3 is.
    owner = "IEC/ISO" if said["joint"] else said["owner"]
    return CommitteeCode(owner, f"{_WRITTEN.get(kind, kind)} {field}" if kind else said["name"], 0)


def _complete(match: re.Match[str]) -> bool:
    # Only an IEC subcommittee carries a letter, and only with a letter is SC a committee of its own.
    return (match["kind"].upper() == "SC") == bool(match["letter"])


def _code(match: re.Match[str]) -> CommitteeCode:
    owner = (match["owner"] or "SAC").upper()
    if match["kind"].upper() == "JTC" and owner in ("SAC", "ISO/IEC", "IEC/ISO"):
        owner = "IEC/ISO" if match["number"] == "3" else "ISO/IEC"
    return CommitteeCode(
        owner,
        match["kind"].upper(),
        int(match["number"]),
        int(match["sc"]) if match["sc"] else None,
        (match["wgkind"] or "").upper(),
        int(match["wg"]) if match["wg"] else None,
        (match["letter"] or "").upper(),
    )
