"""Judging which organisations are one: `review` walks through candidates, keeps judgements, shares them and takes them back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.options import AsJson, Lang, StoreAt, language, legible, store_address, today, view
from api.output import complain, errors, output, print_body, reading
from graph.errors import InputError, StoreMissingError

# What reads and writes is imported when it is needed: `--help` must not wait for it.
if TYPE_CHECKING:
    from api.terminal.sheet import Sheet
    from graph.identity.judgements import JudgedPair
    from graph.identity.register import Register
    from graph.names.judgement import Verdict
    from graph.store import Store
    from queries.identity import Proposal

REFUSALS_SHOWN = 50

_ANSWERS = {
    "same": "same",
    "different": "different",
    "parent": "parent",
    "unsure": "unsure",
    "skip": "skip",
    "quit": "quit",
}
_SHORT = {"s": "same", "d": "different", "p": "parent", "u": "unsure", "": "skip", "k": "skip", "q": "quit"}


def review(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many pairs to go through.")] = 20,
    of: Annotated[str | None, typer.Option("--of", metavar="NAME", help="Only pairs with this organisation.")] = None,
    role: Annotated[
        str | None, typer.Option("--as", metavar="ROLE", help="The role in which you judge; never a person's name.")
    ] = None,
    judge: Annotated[
        tuple[str, str, str] | None,
        typer.Option(
            metavar="A B VERDICT",
            help="Judge one pair: same, different, parent (A is the parent of B) or unsure. A and B are names or ids.",
        ),
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why, for those who read the judgement later.")] = "",
    back: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--take-back", metavar="A B", help="Take the judgement on this pair back, and what followed from it."
        ),
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write all judgements as CSV, to be shared; - for standard output."),
    ] = None,
    take_in: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Take the judgements of such a file in.")
    ] = None,
    lang: Lang = "en",
    as_json: AsJson = False,
    store: StoreAt = None,
) -> None:
    """Go through pairs of organisations that may be one, with the evidence of both, and judge them.

    The answer `same` makes one node of the two, and the old id leads to the new one; every judgement can be taken back.
    """
    chosen = [
        name
        for name, given in (("--judge", judge), ("--take-back", back), ("--export", export), ("--import", take_in))
        if given
    ]
    if len(chosen) > 1:
        raise InputError(f"goes with none of {', '.join(chosen[1:])}", field=chosen[0])
    address, words = store_address(store), language(lang)
    if export is not None:
        _export(address, export)
    elif take_in is not None:
        _import(address, take_in, as_json)
    elif judge is not None:
        _judge(address, judge, role, note, as_json)
    elif back is not None:
        _take_back(address, back, as_json)
    elif as_json:
        _list(address, limit, of)
    else:
        with _writing(address) as at:
            _Walk(at, words, role, legible(note)).run(limit, of)


@contextmanager
def _writing(address: str | None) -> Iterator[Store]:
    """The store, open for writing; made and filled with the shipped data where there is none yet."""
    from api.opening import fill
    from graph.open import open_store

    try:
        at = open_store(address)
    except StoreMissingError:
        errors().say("First use: loading the shipped data ...", "dim")
        fill(address, on=today())
        at = open_store(address)
    try:
        yield at
    finally:
        at.close()


def _register(at: Store) -> Register:
    from graph.identity.register import Register

    return Register(at, today())


def _list(address: str | None, limit: int, of: str | None) -> None:
    from queries.identity import proposals

    with reading(address, today()) as at:
        found = proposals(at, view(None), limit=limit, of=_ids(at, of))
    print_body(found)
    if not found.proposals:
        raise typer.Exit(1)


def _ids(at: Store, name: str | None) -> tuple[str, ...]:
    return () if name is None else (_organisation(at, name, field="of")[0],)


def _organisation(at: Store, text: str, *, field: str) -> tuple[str, str]:
    """The id and a name of an organisation that somebody wrote; a merged id stays as it is written."""
    from graph.schema import ORGANISATIONS
    from queries import resolve

    text = legible(text)
    node = resolve.one(at, text, labels=ORGANISATIONS, as_of=today(), field=field, wanted="organisation")
    return (text.strip() if ":" in text and at.moved(text.strip()) else node.id), node.ref.name("zh")


def _verdict(text: str) -> Verdict:
    from graph.identity.judgements import VERDICTS

    for verdict in VERDICTS:
        if text.strip().lower() == verdict:
            return verdict
    raise InputError(f"the verdict is one of {', '.join(VERDICTS)}, not {legible(text)[:40]!r}", field="--judge")


def _judge(address: str | None, given: tuple[str, str, str], role: str | None, note: str, as_json: bool) -> None:
    from graph.identity.judgements import LONGEST_NOTE, JudgedPair, checked_role

    verdict, who = _verdict(given[2]), checked_role(legible(role or ""))
    with _writing(address) as at:
        a, name_a = _organisation(at, given[0], field="--judge")
        b, name_b = _organisation(at, given[1], field="--judge")
        asked = JudgedPair(a, name_a, b, name_b, verdict, who, today().isoformat(), legible(note)[:LONGEST_NOTE])
        _report(_register(at).judge(asked), as_json)


def _take_back(address: str | None, pair: tuple[str, str], as_json: bool) -> None:
    with _writing(address) as at:
        taken = _register(at).take_back(legible(pair[0]).strip(), legible(pair[1]).strip())
    if as_json:
        print_body(_body(taken))
    else:
        output().say(f"taken back: {taken.name_a} ({taken.a}) was judged {_reads(taken)}")


def _report(kept: JudgedPair, as_json: bool) -> None:
    if as_json:
        print_body(_body(kept))
    else:
        output().say(f"{kept.name_a} ({kept.a}): {_reads(kept)}")


def _reads(one: JudgedPair) -> str:
    what = {
        "same": "the same as {}; its id leads there",
        "different": "another organisation than {}",
        "parent": "the parent of {}",
        "unsure": "not decided beside {}",
    }[one.verdict]
    return what.format(f"{one.name_b} ({one.b})")


def _body(one: JudgedPair) -> dict[str, str]:
    from graph.identity.judgements import COLUMNS

    cells = (one.a, one.name_a, one.b, one.name_b, one.verdict, one.role, one.on, one.note)
    return dict(zip(COLUMNS, cells, strict=True))


def _export(address: str | None, out: Path) -> None:
    from graph.identity.judgements import written

    with reading(address, today()) as at:
        judgements = _register(at).judgements
    text = written(judgements)
    if str(out) == "-":
        sys.stdout.write(text)
        return
    try:
        out.write_text(text, "utf-8")
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error.strerror}", field="--export") from None
    output().say(f"{out}: {len(judgements):,} judgements")


def _import(address: str | None, file: Path, as_json: bool) -> None:
    from graph.identity.judgements import LARGEST_FILE, read_file

    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}", field="--import") from None
    given = read_file(file.name, data)
    with _writing(address) as at:
        done = _register(at).take_in(file.name, given)
    if as_json:
        print_body(done)
    else:
        output().say(f"{file.name}: {done.added:,} new, {done.changed:,} changed, {done.unchanged:,} unchanged")
        for refused in done.refused[:REFUSALS_SHOWN]:
            complain(str(refused))
        if len(done.refused) > REFUSALS_SHOWN:
            complain(f"and {len(done.refused) - REFUSALS_SHOWN:,} more; --json lists them")
    if done.refused:
        raise typer.Exit(2)


@dataclass(slots=True)
class _Walk:
    """A walk through candidates: shows each and does what is answered, until there are no more or somebody quits."""

    store: Store
    lang: str
    role: str | None
    note: str
    judged: int = 0
    register: Register = field(init=False)

    def run(self, limit: int, of: str | None) -> None:
        """Go through them."""
        from api.terminal.review import put_proposal, said
        from queries.identity import proposals

        self.register = _register(self.store)
        sheet = self._sheet()
        with errors().status("comparing names ...") as status:
            found = proposals(
                self.store,
                view(None),
                limit=limit,
                of=_ids(self.store, of),
                register=self.register,
                told=lambda n: status.update(f"comparing names ... {n:,} pairs"),
            )
        if not found.proposals:
            output().say(said("none", self.lang))
            raise typer.Exit(1)
        for number, one in enumerate(found.proposals, 1):
            if self._passed(one):
                continue
            put_proposal(sheet, number, len(found.proposals), one)
            if not self._ask(one):
                break
        more = "" if found.exact else "at least "
        output().say(f"{self.judged:,} judged; {more}{max(0, found.total - self.judged):,} left to judge", "dim")

    def _sheet(self) -> Sheet:
        from api.terminal.sheet import Sheet

        return Sheet(output(), "zh" if self.lang == "zh" else "en")

    def _passed(self, one: Proposal) -> bool:
        """Whether a judgement made meanwhile has settled this pair, too."""
        a, b = one.a.about.id, one.b.about.id
        return self.register.decided(a, b) or self.store.moved(a) is not None or self.store.moved(b) is not None

    def _ask(self, one: Proposal) -> bool:
        """Ask until the answer is one of the words. Gives False where somebody quits or has no more to say."""
        from api.terminal.review import said

        while True:
            answer = self._line(said("ask", self.lang))
            word = None if answer is None else _SHORT.get(answer, _ANSWERS.get(answer))
            if answer is None or word == "quit":
                return False
            if word == "skip":
                return True
            if word is None:
                output().say(said("again", self.lang))
                continue
            try:
                if not self._keep(one, _verdict(word)):
                    return False
            except InputError as error:
                complain(error)
                continue
            return True

    def _keep(self, one: Proposal, verdict: Verdict) -> bool:
        from api.terminal.review import said
        from graph.identity.judgements import JudgedPair, checked_role

        first, second = one.a.about, one.b.about
        if verdict == "parent":
            which = self._line(said("which", self.lang))
            if which not in ("1", "2"):
                if which is not None:
                    raise InputError("answer 1 or 2", field="parent")
                return False
            first, second = (first, second) if which == "1" else (second, first)
        if self.role is None and (given := self._line(said("role", self.lang), lower=False)) is not None:
            self.role = checked_role(given)
        if self.role is None:
            return False
        who = checked_role(legible(self.role))
        day = today().isoformat()
        names = [node.name("zh") for node in (first, second)]
        kept = self.register.judge(JudgedPair(first.id, names[0], second.id, names[1], verdict, who, day, self.note))
        self.judged += 1
        _report(kept, as_json=False)
        return True

    def _line(self, prompt: str, *, lower: bool = True) -> str | None:
        """A line that somebody writes; None at the end of input."""
        output().print(prompt, end="", style="bold")
        line = sys.stdin.readline()
        if not line:
            output().print()
            return None
        text = " ".join(legible(line).split())
        return text.lower() if lower else text
