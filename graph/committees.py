"""The grammar of committee codes: `SAC/TC 260`, `SAC/TC 114/SC 3`, `SAC/SWG 14`, `SAC/TC 260/WG 5`, `ISO/IEC JTC 1/SC 27`.

People write `TC260`, `TC28SC42`, `TC28/SC42`, `全国信标委 TC 28`; a bare `TC` is China's, as the national platform writes it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_OWNER = r"(?:(?P<owner>SAC|ISO/IEC|ISO|IEC|CEN/CLC|CENELEC|CEN|ETSI)[\s/]*)?"
_CODE = re.compile(
    _OWNER + r"(?P<kind>TC|SWG|JTC|PC|JSC|SYC)\s*(?P<number>\d{1,4})"
    r"(?:[\s/]*SC\s*(?P<sc>\d{1,3}))?(?:[\s/]*(?P<wgkind>SWG|JWG|WG|TG|AG)\s*(?P<wg>\d{1,3}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CommitteeCode:
    """A committee's code in canonical form, with its parts.

    `owner` is the body that founded it (SAC, ISO, IEC, ISO/IEC ...); `parent` the code one level up, "" at the top.
    """

    owner: str
    kind: str
    number: int
    subcommittee: int | None = None
    group_kind: str = ""
    group: int | None = None

    def __str__(self) -> str:
        head = f"{self.owner} {self.kind} {self.number}" if self.owner != "SAC" else f"SAC/{self.kind} {self.number}"
        if self.owner in ("ISO", "IEC", "CEN", "CENELEC", "ETSI"):
            head = f"{self.owner}/{self.kind} {self.number}"
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

        >>> parse("SAC/TC 114/SC 3").parent
        'SAC/TC 114'
        """
        if self.group is not None:
            return str(CommitteeCode(self.owner, self.kind, self.number, self.subcommittee))
        if self.subcommittee is not None:
            return str(CommitteeCode(self.owner, self.kind, self.number))
        return ""

    @property
    def label(self) -> str:
        """`WorkingGroup` for a group within a committee, else `Committee` (a special working group SWG stands alone)."""
        return "WorkingGroup" if self.group is not None else "Committee"


def parse(text: str) -> CommitteeCode | None:
    """Read a committee code in any usual spelling; None where the text is none.

    >>> str(parse("ｔｃ２６０")), str(parse("TC28/SC42")), str(parse("iso/iec jtc1 sc27")), parse("TCL")
    ('SAC/TC 260', 'SAC/TC 28/SC 42', 'ISO/IEC JTC 1/SC 27', None)
    """
    match = _CODE.fullmatch(unicodedata.normalize("NFKC", text).strip().strip("()[]"))
    return _code(match) if match else None


def find(text: str) -> CommitteeCode | None:
    """The first committee code inside a running text.

    >>> str(find("全国汽车标准化技术委员会(SAC/TC 114)归口"))
    'SAC/TC 114'
    """
    for match in _CODE.finditer(unicodedata.normalize("NFKC", text)):
        before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
        if not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum()):
            return _code(match)
    return None


def _code(match: re.Match[str]) -> CommitteeCode:
    owner = (match["owner"] or ("ISO/IEC" if match["kind"].upper() == "JTC" else "SAC")).upper()
    return CommitteeCode(
        owner,
        match["kind"].upper(),
        int(match["number"]),
        int(match["sc"]) if match["sc"] else None,
        (match["wgkind"] or "").upper(),
        int(match["wg"]) if match["wg"] else None,
    )
