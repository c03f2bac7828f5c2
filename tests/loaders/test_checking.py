"""Checking what records say: quickly, and with the verdict of the whole check."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.model import NodeRecord, Provenance, Scalar, Statement
from graph.schema import FACTS, LABELS, RELATIONSHIPS
from graph.validation import node_problems, statement_problems
from loaders.checking import Checks
from loaders.references import Target

DATES = st.sampled_from([None, "2019", "2019-05", "2019-05-31", "2019-05-01", "2019-13", "", "soon"])
IDS = st.sampled_from(
    ["org:a", "standard:b", "standard:", "", " ", "org:a\n", "committee:c", "field:x", "org:" + "x" * 300]
)
VALUES: st.SearchStrategy[Scalar] = st.sampled_from(
    [
        "",
        "text",
        "current",
        "IDT",
        "95",
        "2019-05",
        "2019-02-30",
        True,
        False,
        0,
        1,
        2**63,
        1.5,
        float("nan"),
        float("inf"),
    ]
)
NAMES = st.sampled_from(
    ["rank", "as_printed", "degree", "partial", "title_zh", "published", "stage", "mandatory", "kind", "colour"]
)
PROPERTIES: st.SearchStrategy[dict[str, Scalar]] = st.dictionaries(NAMES, VALUES, max_size=2)
PROVENANCES = st.builds(Provenance, st.just("d"), IDS | st.just("1"), st.just("doc:1") | IDS, observed_on=DATES)


@st.composite
def statements(draw: st.DrawFn) -> tuple[Statement, Target, Target | None]:
    labels = st.sampled_from([*LABELS, ""])
    on_record = st.sampled_from(["", "Company", "Standard"])
    subject, far = (Target(draw(IDS), draw(labels), "x", on_record=draw(on_record)) for _ in range(2))
    alone = draw(st.booleans())
    said = Statement(
        subject.id,
        draw(st.sampled_from([*RELATIONSHIPS, *FACTS, "SAID"])),
        draw(PROVENANCES),
        "" if alone else far.id,
        draw(VALUES) if alone else None,
        draw(st.sampled_from(["", "centralised", "zh"])),
        draw(DATES),
        draw(DATES),
        draw(PROPERTIES),
    )
    return said, subject, None if alone else far


def labels_of(end: Target | None) -> tuple[str, ...]:
    return () if end is None else (end.label, end.on_record) if end.on_record else (end.label,)


@given(st.lists(statements(), max_size=12))
def test_a_statement_is_judged_as_by_the_whole_check_however_many_were_like_it(
    said: list[tuple[Statement, Target, Target | None]],
) -> None:
    checks = Checks()
    for one, subject, far in said * 2:
        wanted = statement_problems(one, labels_of(subject), labels_of(far))
        assert checks.of_statement(one, subject, far, frozenset()) == wanted


@given(st.lists(st.builds(NodeRecord, IDS, st.sampled_from([*LABELS, "Thing"]), PROPERTIES, PROVENANCES), max_size=12))
def test_a_record_is_judged_as_by_the_whole_check_however_many_were_like_it(records: list[NodeRecord]) -> None:
    checks = Checks()
    for record in records * 2:
        assert checks.of_node(record) == node_problems(record)


def test_after_one_that_is_right_each_further_one_is_looked_at() -> None:
    checks, place = Checks(), Provenance("d", "1", "doc:1")
    company, standard = Target("org:a", "Company", "a"), Target("standard:b", "Standard", "b")

    def problems(rank: int, since: str | None = None, until: str | None = None, record: str = "1") -> tuple[str, ...]:
        at = place if record == "1" else Provenance("d", record, "doc:1")
        said = Statement("org:a", "DRAFTED", at, "standard:b", since=since, until=until, properties={"rank": rank})
        return checks.of_statement(said, company, standard, frozenset())

    assert problems(1) == ()
    assert problems(2, "2019", "2019-05") == ()
    assert problems(2**63)
    assert problems(1, "soon")
    assert problems(1, "soon", "soon")
    assert problems(1, "2020", "2019")
    assert problems(1, record="a\n")
