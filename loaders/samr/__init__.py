"""The platforms of the market regulator for standards: saved responses and pages of national, industry and local platforms."""

from __future__ import annotations

from loaders.format import Format
from loaders.samr.committee_page import CommitteePage
from loaders.samr.openstd import OpenstdList, OpenstdPage
from loaders.samr.record_page import RecordPage
from loaders.samr.search import SearchResponse
from loaders.samr.sisters import SisterResponse

__all__ = ["FORMATS", "CommitteePage", "OpenstdList", "OpenstdPage", "RecordPage", "SearchResponse", "SisterResponse"]

FORMATS: tuple[Format, ...] = (
    SearchResponse(),
    SisterResponse(),
    OpenstdPage(),
    OpenstdList(),
    RecordPage(),
    CommitteePage(),
)
"""Every kind of response and page that is read. No two of them take the same input."""
