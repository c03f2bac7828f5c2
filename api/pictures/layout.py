"""Which arrangement an answer gets: lanes for paths, two sides for partners, a star round one thing, else rows by role."""

from __future__ import annotations

from api.pictures.choice import choose
from api.pictures.drawing import Drawing
from api.pictures.lanes import lanes
from api.pictures.layered import layered
from api.pictures.sides import sides
from api.pictures.star import hub, star
from graph.model import Language
from queries.answer import Answer


def drawing_of(answer: Answer, lang: Language) -> Drawing:
    """The drawing of an answer: the same for the same answer, on every machine."""
    if any(item.hops for item in answer.items):
        return lanes(answer, lang)
    if answer.about and any(item.role == "partner" for item in answer.items):
        return sides(answer, lang)
    choice = choose(answer)
    if middle := hub(choice):
        return star(choice, middle, answer.picture.roles, lang)
    return layered(choice, answer.picture.roles, lang)
