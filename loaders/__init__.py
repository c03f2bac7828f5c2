"""Sources become statements: one module for each kind of source.

A loader reads documents or tables and hands nodes and statements, each with its source, locator, date and
confidence, to the store. It uses ``graph`` and nothing else of this project. The data that ships with the project
is in ``loaders/curated``, and goes through the same loader as a user's own tables.
"""

from loaders.gathering import keep_apart, read, shipped
from loaders.loading import load
from loaders.outcomes import LoadSummary, Outcome, SourceCounts, TableCounts
from loaders.preview import DryRun, dry_run
from loaders.refusals import Refusal

__all__ = [
    "DryRun",
    "LoadSummary",
    "Outcome",
    "Refusal",
    "SourceCounts",
    "TableCounts",
    "dry_run",
    "keep_apart",
    "load",
    "read",
    "shipped",
]
