"""Commands for the questions that are asked of one thing (`queries.questions`): one a question, all with the same options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from api.options import AsJson, AsOf, Bases, Dated, Lang, MinConfidence, PictureFile, StoreAt, legible, view
from api.question_commands import ask
from graph.model import Confidence
from queries.questions import QUESTIONS, Question

Thing = Annotated[
    str, typer.Argument(metavar="THING", help="What is asked about: a number, code, name or id.", callback=legible)
]
For = Annotated[
    str, typer.Option("--for", metavar="ACTOR", help="Who asks: a company, institute or association.", callback=legible)
]
Limit = Annotated[int, typer.Option(min=1, max=200, help="How many items to show at most.")]
LISTED, LISTED_OF_WORDS = 20, 40
Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WORDS]", help="Words in Chinese or English; without any, the whole system.", callback=legible
    ),
]


def add_to(app: typer.Typer) -> None:
    """Register a command for each question."""
    for question in QUESTIONS.values():
        if "command" in question.apart:
            continue
        command = (
            _for_actor(question) if question.for_actor else _of_thing(question) if question.of else _of_words(question)
        )
        app.command(name=question.name, help=f"{question.asks.en}\n\n{question.meaning}", rich_help_panel="Questions")(
            command
        )


def _of_thing(question: Question) -> Callable[..., None]:
    def command(
        thing: Thing,
        limit: Limit = LISTED,
        as_of: AsOf = None,
        min_confidence: MinConfidence = Confidence.LOW,
        basis: Bases = None,
        dated: Dated = False,
        lang: Lang = "en",
        as_json: AsJson = False,
        picture_file: PictureFile = None,
        store: StoreAt = None,
    ) -> None:
        seen = view(as_of, min_confidence, basis, dated=dated)
        ask(lambda at, by: question.ask(at, thing, by, limit=limit), seen, lang, as_json, store, picture_file)

    return command


def _of_words(question: Question) -> Callable[..., None]:
    def command(
        words: Words = None,
        limit: Limit = LISTED_OF_WORDS,
        as_of: AsOf = None,
        min_confidence: MinConfidence = Confidence.LOW,
        basis: Bases = None,
        dated: Dated = False,
        lang: Lang = "en",
        as_json: AsJson = False,
        picture_file: PictureFile = None,
        store: StoreAt = None,
    ) -> None:
        seen, said = view(as_of, min_confidence, basis, dated=dated), " ".join(words or ())
        ask(lambda at, by: question.ask(at, said, by, limit=limit), seen, lang, as_json, store, picture_file)

    return command


def _for_actor(question: Question) -> Callable[..., None]:
    def command(
        thing: Thing,
        actor: For,
        as_of: AsOf = None,
        min_confidence: MinConfidence = Confidence.LOW,
        basis: Bases = None,
        dated: Dated = False,
        lang: Lang = "en",
        as_json: AsJson = False,
        picture_file: PictureFile = None,
        store: StoreAt = None,
    ) -> None:
        seen = view(as_of, min_confidence, basis, dated=dated)
        ask(lambda at, by: question.ask(at, thing, by, actor=actor), seen, lang, as_json, store, picture_file)

    return command
