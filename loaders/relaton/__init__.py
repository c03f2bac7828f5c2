"""Relaton: bibliographic data of publishers of standards, a YAML file a document, in folders and archives.

The sets of ISO, IEC, ITU, IETF, IEEE, ETSI, 3GPP, W3C and others have one shape with habits of their own; each publisher is a dataset.
A file that its crawler dated (`fetched`) is an older copy in a set whose other files are not dated: where the same document stands in
both, both are records of it, and what the undated one says is shown.

The person who is an author or editor is never loaded; that the organisation behind that person drafted the document follows by a
rule, of medium confidence, since the affiliation is that on the day of the crawl.
"""

from __future__ import annotations

from loaders.relaton.source import RELATON, Relaton

__all__ = ["RELATON", "Relaton"]
