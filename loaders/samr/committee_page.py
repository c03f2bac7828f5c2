"""Saved pages of std.samr.gov.cn on one committee (`orgDetailView?tcCode=TC28%2FSC42`).

Only the labels below are read: the page also names the secretary general and contacts, who are persons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from graph import committees
from graph.committees import CommitteeCode
from graph.model import Basis, Confidence, Dataset
from loaders.format import Record
from loaders.inputs import Head, Input
from loaders.refusals import Refusal, Refused, shown
from loaders.samr import lists
from loaders.samr.page_kinds import kind_of_page
from loaders.samr.page_parts import label_of, list_of, page, value_of
from loaders.samr.platforms import COMMITTEES
from loaders.saying import Saying

__all__ = ["CommitteePage"]

_ADDRESS = "https://std.samr.gov.cn/search/orgDetailView?tcCode="
_CODE = "委员会编号"
_READ = frozenset(
    {
        _CODE, "委员会全称", "英文全称", "委员会简称", "负责专业范围", "本届届号", "筹建单位", "业务指导单位", "对口/相关联国际组织",
        "秘书处所在单位", "秘书处承担单位", "所在省", "成立日期",
    }
)  # fmt: skip
_LISTS = frozenset({"筹建单位", "业务指导单位", "对口/相关联国际组织", "秘书处所在单位", "秘书处承担单位"})
_NOTES = (("负责专业范围", "scope"), ("本届届号", "terms"), ("所在省", "province of the secretariat"))


@dataclass(slots=True)
class _Committee:
    """What a page says of a committee: its code, and the values by label."""

    code: CommitteeCode
    values: dict[str, str] = field(default_factory=dict)

    def all(self, *labels: str) -> tuple[str, ...]:
        """The bodies that stand at these labels."""
        return tuple(dict.fromkeys(name for label in labels for name in lists.names(self.values.get(label, ""))[0]))


class CommitteePage:
    """Names, scope, secretariat, guidance and international counterparts of a committee."""

    name = "SAMR platform: page of a committee"

    def dataset(self, head: Head) -> Dataset | None:
        """See `loaders.samr.page_kinds`."""
        return COMMITTEES.dataset if kind_of_page(head) == "committee" else None

    def records(self, given: Input) -> Iterator[Record | Refusal]:
        """One record: the committee."""
        values: dict[str, str] = {}
        label = ""
        for node in page(given).css("dt, dd, th, td"):
            if label:
                values.setdefault(label, list_of(node) if label in _LISTS else value_of(node))
                label = ""
            elif (found := label_of(node)) in _READ:
                label = found
        code = committees.parse(values.get(_CODE, ""))
        if code is None:
            written = values.get(_CODE, "")
            reason = (
                f"{shown(written)} is not the code of a committee"
                if written
                else "a page of a committee without its code"
            )
            raise Refused(reason, part=_CODE if written else "")
        yield Record(str(code), 0, COMMITTEES.document, _Committee(code, values))

    def names(self, record: Record) -> Iterable[str]:
        """The bodies that the page names."""
        found: _Committee = record.values
        yield str(found.code)
        if found.code.parent:
            yield found.code.parent
        yield from found.all(*_LISTS)

    def say(self, record: Record, saying: Saying) -> None:
        """The committee with its names, and who hosts, guides and founded it."""
        found: _Committee = record.values
        values = found.values
        saying.provenance = saying.on(Basis.PAGE, Confidence.HIGH)
        committee = saying.committee(str(found.code))
        own = quote(str(found.code).removeprefix("SAC/").replace(" ", ""), safe="")
        properties = {
            "code": str(found.code),
            "name_zh": values.get("委员会全称"),
            "name_en": values.get("英文全称"),
            "kind": _kind(found.code),
            "level": "national" if found.code.owner == "SAC" else None,
            "url": _ADDRESS + own,
        }
        saying.describe(committee, properties, main=True)
        for label, kind in (("委员会全称", "zh"), ("英文全称", "en"), ("委员会简称", "short_zh")):
            saying.fact(committee, "NAME", values.get(label), kind)
        if found.code.parent:
            saying.relate(committee, "PART_OF", saying.committee(found.code.parent), "subcommittee")
        for name in found.all("秘书处所在单位", "秘书处承担单位"):
            with saying.part("秘书处所在单位"):
                host = saying.organisation(name)
                saying.relate(host, "HOSTS_SECRETARIAT", committee, properties={"as_printed": name})
        for label, capacity in (("业务指导单位", "guides"), ("筹建单位", "founded")):
            for name in found.all(label):
                with saying.part(label):
                    saying.relate(saying.organisation(name), "OVERSEES", committee, capacity)
        for name in found.all("对口/相关联国际组织"):
            with saying.part("对口/相关联国际组织"):
                if committees.parse(name) is None:
                    raise Refused(f"{shown(name)} is not the code of a committee")
                saying.relate(committee, "MIRRORS", saying.committee(name))
        for label, topic in _NOTES:
            saying.fact(committee, "NOTE", values.get(label), topic)


def _kind(code: CommitteeCode) -> str | None:
    """What kind of committee a code is of; None for a group, whose label says it."""
    if code.group is not None:
        return None
    if code.subcommittee is not None:
        return "subcommittee"
    return "special working group" if code.kind == "SWG" else "technical committee"
