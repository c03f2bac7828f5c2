"""The platforms whose responses and pages are read, the datasets their records go into, and the documents these cite.

A dataset is one kind of standard on one platform. Its document is the platform's own place for that kind: a record is not a
document of its own, its address is the property `url` of the standard.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph.model import Dataset, Document

__all__ = [
    "COMMITTEES",
    "DATASETS",
    "INDUSTRY_PLATFORM",
    "LOCAL_PLATFORM",
    "OPENSTD",
    "PAGED",
    "RECORD_PAGES",
    "SEARCH",
    "Platform",
    "address_of",
    "openstd_address",
]

_SAMR = "State Administration for Market Regulation (SAMR)"
_TERMS = (
    "public record of a government platform; no licence is stated there, facts are loaded and no text is kept; "
    "see the platform's own terms before passing copies on"
)


@dataclass(frozen=True, slots=True)
class Platform:
    """A place where records of one kind come from: the dataset they go into and the document they cite."""

    dataset: Dataset
    document: Document


def _platform(id: str, title: str, address: str, publisher: str = _SAMR) -> Platform:
    document = Document(Document.id_for(address), title, url=address, publisher=publisher)
    return Platform(Dataset(id, title, licence=_TERMS, publisher=publisher), document)


_NATIONAL = "https://std.samr.gov.cn/gb/search/gbAdvancedSearch?tid="
_ON_NATIONAL = "National platform for standards information (std.samr.gov.cn)"

SEARCH: Mapping[str, Platform] = {
    "plan": _platform("samr-plans", f"{_ON_NATIONAL}: plan projects", f"{_NATIONAL}1"),
    "national": _platform("samr-national", f"{_ON_NATIONAL}: national standards", f"{_NATIONAL}2"),
    "industry": _platform("samr-industry", f"{_ON_NATIONAL}: industry standards", f"{_NATIONAL}3"),
    "local": _platform("samr-local", f"{_ON_NATIONAL}: local standards", f"{_NATIONAL}4"),
    "association": _platform(
        "samr-association", "Association standards on public record (ttbz.org.cn)", "https://www.ttbz.org.cn/", ""
    ),
    "enterprise": _platform(
        "samr-enterprise", "Enterprise standards on public record (qybz.org.cn)", "https://www.qybz.org.cn/", ""
    ),
}
"""Rows of the national platform's search, and of the same shape, by kind of standard (`plan` for projects)."""

INDUSTRY_PLATFORM = _platform(
    "hbba-industry", "Platform for industry standards (hbba.sacinfo.org.cn)", "https://hbba.sacinfo.org.cn/stdList"
)
LOCAL_PLATFORM = _platform(
    "dbba-local", "Platform for local standards (dbba.sacinfo.org.cn)", "https://dbba.sacinfo.org.cn/stdList"
)
OPENSTD = _platform(
    "openstd-pages",
    "Full texts of national standards (openstd.samr.gov.cn)",
    "https://openstd.samr.gov.cn/bzgk/std/",
)
RECORD_PAGES = _platform(
    "samr-pages", f"{_ON_NATIONAL}: pages of standards and projects", "https://std.samr.gov.cn/gb/search/gbDetailed"
)
COMMITTEES = _platform("samr-committees", f"{_ON_NATIONAL}: committees", "https://std.samr.gov.cn/org/orgTcQuery")

DATASETS = frozenset(
    platform.dataset.id
    for platform in (*SEARCH.values(), INDUSTRY_PLATFORM, LOCAL_PLATFORM, OPENSTD, RECORD_PAGES, COMMITTEES)
)
"""The ids of all datasets of the platforms."""

_RECORD = re.compile(r"[0-9A-Fa-f]{16,64}")
_PAGES: Mapping[str, str] = {
    "industry": "https://std.samr.gov.cn/hb/search/stdHBDetailed?id=",
    "local": "https://std.samr.gov.cn/db/search/stdDBDetailed?id=",
    "plan": "https://std.samr.gov.cn/gb/search/gbDetailed?id=",
    "national": "https://std.samr.gov.cn/gb/search/gbDetailed?id=",
}
PAGED = frozenset(_PAGES)
"""The kinds of standards whose records have a page of their own."""


def openstd_address(hash_code: str) -> str:
    """The page on which the text can be read; "" where that is no record's hash.

    >>> openstd_address("3D8664AABD788F6F00C742433CEAEFBC")
    'https://openstd.samr.gov.cn/bzgk/gb/newGbInfo?hcno=3D8664AABD788F6F00C742433CEAEFBC'
    """
    if not _RECORD.fullmatch(hash_code):
        return ""
    return f"https://openstd.samr.gov.cn/bzgk/gb/newGbInfo?hcno={hash_code}"


def address_of(kind: str, record: str, hash_code: str) -> str:
    """The standard's own page: where its text can be read, else its record on the national platform; "" where neither is known."""
    if hash_code and (address := openstd_address(hash_code)):
        return address
    page = _PAGES.get(kind)
    return f"{page}{record}" if page and _RECORD.fullmatch(record) else ""
