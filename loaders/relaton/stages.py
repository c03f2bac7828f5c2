"""What a publisher's word or code for the state of a document says in the schema's words.

ISO and IEC write harmonized stage codes: a stage of two digits that is the stage of GB/T 16733 as well (which was modelled on
it), and a substage that tells how the stage ended (ISO: "International harmonized stage codes"). Others write words; only those that leave
no doubt are translated, all are kept as they are printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.schema import STAGES

__all__ = ["UNKNOWN", "State", "state"]

_UNDER_PUBLICATION = "00"
_DELETED, _WITHDRAWN = "98", "99"

_WORDS: Mapping[str, tuple[str, str]] = {
    # what is printed, in lower case: (status, stage)
    "working draft": ("", "20"),
    "first public working draft": ("", "20"),
    "draft note": ("", "20"),
    "draft registry": ("", "20"),
    "last call working draft": ("", "30"),
    "recommendation": ("", "60"),
    "note": ("", "60"),
    "statement": ("", "60"),
    "published": ("", "60"),
    "final": ("", "60"),
    "in force": ("current", "60"),
    "in-force": ("current", "60"),
    "active": ("current", "60"),
    "superseded": ("superseded", ""),
    "superseded recommendation": ("superseded", ""),
    "withdrawn": ("withdrawn", "95"),
    "retired": ("withdrawn", "95"),
    "rescinded": ("withdrawn", "95"),
    "rescinded recommendation": ("withdrawn", "95"),
    "discontinued": ("withdrawn", "95"),
    "obsolete": ("withdrawn", "95"),
    "obsolete recommendation": ("withdrawn", "95"),
}
"""What was once published need not be in force, and a draft may be long past: where the word does not say, no status is given."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a document stands: `status` and `stage` of the schema ("" where the source does not say), and `printed` as it stands there.

    `coded` tells that it is a harmonized stage code, so that the stage is what the source says and not our reading of a word.
    """

    status: str = ""
    stage: str = ""
    printed: str = ""
    coded: bool = False


UNKNOWN = State()


def state(stage: str, substage: str) -> State:
    """What a stage and substage say.

    >>> state("60", "60"), state("95", "99").status, state("30", "98").status
    (State(status='current', stage='60', printed='60.60', coded=True), 'withdrawn', 'withdrawn')
    >>> state("60", "00").status, state("Working Draft", "").stage, state("Candidate Recommendation Draft", "").stage
    ('project', '20', '')
    """
    if stage in STAGES:
        return State(_status(stage, substage), stage, f"{stage}.{substage}" if substage else stage, coded=True)
    status, known = _WORDS.get(stage.casefold(), ("", ""))
    return State(status, known, stage)


def _status(stage: str, substage: str) -> str:
    """Published documents stay in force through review (90) and the ballot on withdrawal (95) until 95.99; NN.98 ends a project."""
    if stage < "60":
        return "withdrawn" if substage == _DELETED else "project"
    if stage == "60":
        return "project" if substage == _UNDER_PUBLICATION else "current"
    if stage == "95":
        return "withdrawn" if substage in (_WITHDRAWN, "") else "current"
    return "current"
