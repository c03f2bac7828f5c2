"""ISO Open Data: the technical committees of ISO, as JSON lines (ODC-By 1.0: name the source).

A committee has its members (national standards bodies, which participate as P-members or observe as O-members), the member that holds
its secretariat, its place under a parent, and those in liaison with it: other committees, and organisations. That a country is a P-member
of a committee does not say which of its own committees mirrors it, so no mirror is said.
"""

from __future__ import annotations

from loaders.iso.committees import COMMITTEES, Committees

__all__ = ["COMMITTEES", "Committees"]
