"""The platforms of the market regulator for standards: saved responses and pages of national, industry and local platforms."""

from __future__ import annotations

from loaders.samr.search import SearchResponse

__all__ = ["SearchResponse"]
