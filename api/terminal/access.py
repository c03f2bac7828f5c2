"""How access reads: the verdict, the seats, then what is said by stage of work, and what other ways there are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.terminal.prose import Prose, prose
from api.terminal.sentences import joined, labelled, together
from api.terminal.sheet import Sheet, grid
from queries.access import ROLES
from queries.answer import Answer, Evidence, Item

_CHANNELS = {
    "channel-direct": "direct",
    "channel-written-comments": "written_comments",
    "channel-association": "association",
    "channel-indirect": "indirect",
}

_TOLD_BY = {"practice": ("in practice", "实践中", "实际"), "national_security": ("national security", "国家安全")}
"""Words by which a note tells the ground of access itself."""

_ASPECT = re.compile(r"[a-z]+: ")
"""Notes on a channel that tell one side of it begin so (`effort: ...`); the one that says what it is does not."""


def access(sheet: Sheet, answer: Answer) -> None:
    """Print the verdict and, group by group, what it rests on."""
    sheet.put()
    for text in answer.summary:
        sheet.put(prose((sheet.text(text), "bold")), indent=2)
    for role in dict.fromkeys(item.role for item in answer.items):
        sheet.heading(sheet.capital(ROLES[role][1]))
        rows = grid()
        rows.add_column(max_width=max(16, sheet.console.width // 3))
        rows.add_column()
        for label, said in _rows(sheet, role, [item for item in answer.items if item.role == role]):
            rows.add_row(prose((label, "bold")), said)
        sheet.put(rows, indent=2)


def _rows(sheet: Sheet, role: str, items: Sequence[Item]) -> list[tuple[str, Prose]]:
    if role == "alternative":
        return [_channel(sheet, item) for item in items]
    if role in ("access", "general_access"):
        return _by_stage(sheet, [e for item in items for e in item.evidence])
    if role == "group_access":
        said = ((item, _by_stage(sheet, item.evidence)) for item in items)
        return [
            (
                sheet.name(item.node),
                joined((_led(sheet, stage, line) for stage, line in rows), sheet.word("list_joint")),
            )
            for item, rows in said
        ]
    return [_seat(sheet, item) for item in items]


def _seat(sheet: Sheet, item: Item) -> tuple[str, Prose]:
    """Who sits there, which may be an entity of the group that asks, and as what."""
    holder = item.evidence[0].subject
    return sheet.name(holder), joined(together(sheet, item.evidence, holder.id), sheet.word("list_joint"))


def _led(sheet: Sheet, stage: str, line: Prose) -> Prose:
    whole = prose(stage, "：" if sheet.lang == "zh" else ": ")
    whole.append_text(line)
    return whole


def _by_stage(sheet: Sheet, evidence: Sequence[Evidence]) -> list[tuple[str, Prose]]:
    """What is said on each stage of work, with the ground where the source gives one."""
    stages: dict[str, list[Prose]] = {}
    for e in evidence:
        stage, said = labelled(sheet, e)
        stages.setdefault(stage, []).append(sheet.marked(said + _ground(sheet, e, said), [e]))
    return [(stage, joined(lines, sheet.word("list_joint"))) for stage, lines in stages.items()]


def _ground(sheet: Sheet, e: Evidence, said: str) -> str:
    """Why access is as it is, unless what is said has told that already."""
    ground = str(e.properties.get("ground", "unknown"))
    if ground == "unknown" or any(word in said for word in _TOLD_BY.get(ground, ())):
        return ""
    return sheet.word("with_ground", ground=sheet.word(f"ground_{ground}"))


def _channel(sheet: Sheet, item: Item) -> tuple[str, Prose]:
    """What a channel is; of what else is said of it only the number."""
    told = next((e for e in item.evidence if not _ASPECT.match(str(e.value))), item.evidence[0])
    _, said = labelled(sheet, told)
    more = len(item.evidence) - 1
    line = sheet.marked(said, item.evidence)
    if more:
        line.append(f"  +{more}", "dim")
    return sheet.word(_CHANNELS.get(told.qualifier, "other_way")), line
