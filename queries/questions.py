"""The questions that are asked of one thing, as every surface offers them: the API, the command line, pages and pictures derive from here.

Each question is a module of `queries` that bears its name and has the function of that name, the headings of its groups of items
(`ROLES`) and, where it has them, the figures that a table of its items shows (`COLUMNS`) and what it weighs (`WEIGHTS`). A module is
imported when its question is asked: a command must not wait for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import cast

from graph import schema
from graph.model import View
from graph.store import Store
from queries.answer import Answer, Text

PLACES: Mapping[str, tuple[str, ...]] = {
    "standards": (schema.STANDARD,),
    "committees": schema.BODIES,
    "actors": schema.ORGANISATIONS,
    "fields": (schema.FIELD,),
}
"""Where in the API a thing of each label is asked about."""


THE_SYSTEM = Text("the standards system", "标准体系")


@dataclass(frozen=True, slots=True)
class Question:
    """A question about one thing, some also for an actor.

    `of` are the labels it may be asked of. `title` is the title of its answer, with {0} for the thing and {1} for the actor,
    `heading` the same without them, `asks` the question in a line, `meaning` what documentation says of it. `listed` tells that
    `limit` bounds its items, `by_words` that it may also be asked of words that name no one thing, `nameless` what it is
    about where nothing is named. `example` is a real thing to ask about, and a real actor. `apart` lists the
    surfaces (command, address, page) that have a module of their own for it.
    """

    name: str
    of: tuple[str, ...]
    title: Text
    heading: Text
    asks: Text
    meaning: str
    for_actor: bool = False
    listed: bool = False
    by_words: bool = False
    nameless: Text = THE_SYSTEM
    apart: tuple[str, ...] = ()
    example: tuple[str, str] = ("", "")

    def ask(
        self, store: Store, asked: str, view: View, *, actor: str = "", limit: int = 0, words: bool = False
    ) -> Answer:
        """The answer; `words` tells that what is asked may be words that find nothing.

        Raises NotFoundError, AmbiguousError, InputError as `queries.resolve.one`.
        """
        given: dict[str, object] = {}
        if self.for_actor:
            given["actor"] = actor
        if self.listed and limit:
            given["limit"] = limit
        if self.by_words and self.of:
            given["words"] = words
        return cast("Answer", getattr(self._module(), self.name)(store, asked, view, **given))

    @property
    def roles(self) -> Mapping[str, Text]:
        """The headings of its groups of items, in the order of the answer."""
        return cast("Mapping[str, Text]", self._module().ROLES)

    @property
    def columns(self) -> Mapping[str, Text]:
        """The figures of an item (`Item.details`) that a table shows, with their heads."""
        return cast("Mapping[str, Text]", getattr(self._module(), "COLUMNS", {}))

    @property
    def weights(self) -> Mapping[str, float]:
        """What its ranking weighs."""
        return cast("Mapping[str, float]", getattr(self._module(), "WEIGHTS", {}))

    @property
    def places(self) -> tuple[str, ...]:
        """Where in the API it is asked."""
        return tuple(place for place, labels in PLACES.items() if set(labels) & set(self.of))

    def titled(self, names: Sequence[str], words: str = "") -> Text:
        """The title of an answer about things of these names, in one language; where it is about none, about the words asked for."""
        given = [*names] or ([words.strip()] if words.strip() else [])
        en = self.title.en.format(*(given or [self.nameless.en]))
        zh = self.title.zh.format(*(given or [self.nameless.zh]))
        return Text(en, zh)

    def _module(self) -> ModuleType:
        return import_module(f"queries.{self.name}")


QUESTIONS: Mapping[str, Question] = {
    question.name: question
    for question in (
        Question(
            "status",
            (schema.STANDARD, *schema.BODIES, *schema.ORGANISATIONS, schema.FIELD),
            Text("Where {0} stands", "{0}的进展"),
            Text("Where it stands", "进展"),
            Text("What stage is it in, and what is due when?", "处于哪个阶段，何时有何节点？"),
            "The stage of a standard with its dates, the next deadline, the days from publication to effect, its five-year review, "
            "what it replaces and what replaces it. Of a committee, field or actor: its standards that wait for something, the most "
            "pressing first.",
            listed=True,
            example=("GB/T 22239-2019", ""),
        ),
        Question(
            "portfolio",
            schema.ORGANISATIONS,
            Text("Portfolio of {0}", "{0}的标准组合"),
            Text("Portfolio", "标准组合"),
            Text(
                "Which standards touch a company, and what is to be done about each?",
                "哪些标准涉及该公司，各应如何应对？",
            ),
            "The standards that a company's products must meet, as its own list says, and those that it drafted, the most pressing first: "
            "mandatory and soon in force, mandatory, made compulsory, divergent, in drafting; each with a next step.",
            listed=True,
            nameless=Text("the list", "清单"),
            apart=("command",),
            example=("Huawei", ""),
        ),
        Question(
            "changes",
            (),
            Text("What changed on record: {0}", "记录变动：{0}"),
            Text("What changed", "变动"),
            Text(
                "What appeared, changed or vanished on record since a day?", "自某日起，哪些记录新增、变更或不再记载？"
            ),
            "What loads brought, changed and no longer say since a day, everywhere or around standards, committees and actors that are "
            "watched.",
            listed=True,
            nameless=Text("everything", "全部"),
            apart=("command", "address", "page"),
        ),
        Question(
            "context",
            (),
            Text("The background of {0}", "{0}的背景"),
            Text("Background", "背景"),
            Text("Which figures, surveys and policies bear on a matter?", "哪些数据、调查和政策与此相关？"),
            "Figures of the standards system, what surveys among companies found, and the timeline of policies, each with source and date. "
            "With words only what speaks of them; without words the whole system.",
            listed=True,
            by_words=True,
            example=("adoption", ""),
        ),
        Question(
            "landscape",
            (*schema.BODIES, schema.FIELD),
            Text("The landscape of {0}", "{0}的格局"),
            Text("Landscape", "格局"),
            Text("Who shapes a field, who rises, and what overlaps?", "谁主导该领域，谁在上升，有何重叠？"),
            "Who drafts most and who rises, sorts of drafters by year, concentration, groups that draft together and brokers between "
            "them, committees and association standards in the same classes; of a committee, a field, a class of ICS or CCS, or of words. "
            "Each figure has its n; below a stated support it is too few to say.",
            listed=True,
            by_words=True,
            nameless=Text("a field", "领域"),
            example=("SAC/TC 114", ""),
        ),
        Question(
            "divergence",
            (schema.STANDARD, *schema.BODIES, *schema.ORGANISATIONS, schema.FIELD),
            Text("What {0} departs from", "{0}的采标与差异"),
            Text("What it departs from", "采标与差异"),
            Text("Does it adopt an international standard, and must it be met?", "是否采用国际标准，是否必须执行？"),
            "What a standard adopts, to what degree, from which edition and whether that is current; mandatory, voluntary, or voluntary "
            "but made compulsory by a text in force that says so. Of a committee, field or actor: the share of its national standards that "
            "adopt, by years of publication, beside the official figures.",
            listed=True,
            example=("GB/T 22239-2019", ""),
        ),
        Question(
            "priorities",
            (schema.STANDARD, *schema.BODIES, *schema.ORGANISATIONS, schema.FIELD),
            Text("Which policies name {0}", "哪些政策点名{0}"),
            Text("Which policies name it", "相关政策"),
            Text(
                "Which plans and policies name it, and how does an argument align?",
                "哪些规划和政策点名，如何据以主张？",
            ),
            "Plans, yearly key points and policies that name a standard, committee, field or actor: itself, by its field, its committee, "
            "its class or its kind; those in force first, then the newest; and which stated aim it could be argued to serve.",
            listed=True,
            example=("GB/T 22239-2019", ""),
        ),
        Question(
            "channels",
            (schema.STANDARD,),
            Text("Channels to {0}", "参与{0}的渠道"),
            Text("Channels", "参与渠道"),
            Text("Which doors are open, until when, through whom?", "哪些渠道开放，截至何时，经由何方？"),
            "Direct participation, written comments, associations and the indirect way at the present stage: open, closed, by invitation "
            "only or unknown, through whom, at what effort, and what companies found. Days for comments by the rule for its kind.",
            for_actor=True,
            example=("GB/T 45315-2025", "BMW"),
        ),
        Question(
            "cautions",
            (schema.STANDARD, *schema.BODIES, *schema.ORGANISATIONS),
            Text("Cautions about {0}", "关于{0}的注意事项"),
            Text("Cautions", "注意事项"),
            Text("What on record calls for caution?", "哪些记录值得警惕？"),
            "What is on record against relying on a standard, committee, association or actor: of itself, its body, its kind, and of the "
            "whole system only where that bears; the nearest first.",
            listed=True,
            example=("T/CCSA 311.1-2021", ""),
        ),
    )
}
"""Every question of this kind, by name."""


def place_of(label: str) -> str:
    """Where in the API things of a label are asked about.

    >>> place_of("WorkingGroup"), place_of("Company")
    ('committees', 'actors')
    """
    return next((place for place, labels in PLACES.items() if label in labels), "entities")
