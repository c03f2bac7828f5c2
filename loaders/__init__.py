"""Sources become statements: one module for each kind of source.

A loader reads documents or tables and hands nodes and statements, each with its source, locator, date and
confidence, to the store. It uses ``graph`` and nothing else of this project. The data that ships with the project
is in ``loaders/curated``, and goes through the same loader as a user's own tables.
"""

from loaders.loading import LoadSummary, dry_run, load, read, shipped
from loaders.reading import Reading, TableCounts
from loaders.refusals import Refusal

__all__ = ["LoadSummary", "Reading", "Refusal", "TableCounts", "dry_run", "load", "read", "shipped"]
