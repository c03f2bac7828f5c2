"""A walk through pairs of organisations that may be one: each is shown, somebody answers, and what is answered is done."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from api.options import legible, today, view
from api.output import complain, errors, output
from api.terminal.review import put_proposal, reads, said
from api.terminal.sheet import Sheet
from graph.errors import InputError
from graph.identity.judgements import VERDICTS, JudgedPair, checked_role
from graph.identity.register import Register
from graph.model import Language
from graph.names.judgement import Verdict
from graph.store import Store
from queries.identity import Proposal, proposals

SKIP, QUIT = "skip", "quit"
_FIRST_LETTERS = {"": SKIP, "q": QUIT, **{verdict[0]: verdict for verdict in VERDICTS}}


@dataclass(slots=True)
class Walk:
    """A walk through candidates. `role` is asked for at the first judgement where it is None; `judged` counts what was judged."""

    store: Store
    lang: Language
    role: str | None
    note: str
    judged: int = 0
    register: Register = field(init=False)

    def __post_init__(self) -> None:
        if self.role is not None:
            self.role = checked_role(self.role)
        self.register = Register(self.store, today())

    def run(self, limit: int, of: Sequence[str]) -> bool:
        """Go through at most `limit` pairs; gives whether there were any."""
        with errors().status("comparing names ...") as status:
            found = proposals(
                self.store,
                view(None),
                limit=limit,
                of=of,
                register=self.register,
                told=lambda n: status.update(f"comparing names ... {n:,} pairs"),
            )
        if not found.proposals:
            output().say(said("none", self.lang))
            return False
        sheet = Sheet(output(), self.lang)
        for number, one in enumerate(found.proposals, 1):
            if self._settled(one):
                continue
            put_proposal(sheet, number, len(found.proposals), one)
            if not self._ask(one):
                break
        left = max(0, found.total - self.judged)
        output().say(said("left" if found.exact else "left_at_least", self.lang, judged=self.judged, left=left), "dim")
        return True

    def _settled(self, one: Proposal) -> bool:
        """Whether a judgement made meanwhile has settled this pair, too."""
        a, b = one.a.about.id, one.b.about.id
        return self.register.decided(a, b) or self.store.moved(a) is not None or self.store.moved(b) is not None

    def _ask(self, one: Proposal) -> bool:
        """Ask until the answer can be used. Gives False where somebody quits or the input ends."""
        while (line := self._line("ask")) is not None:
            answer = _FIRST_LETTERS.get(line.lower(), line.lower())
            if answer in (SKIP, QUIT):
                return answer == SKIP
            try:
                for verdict in VERDICTS:
                    if answer == verdict:
                        return self._keep(one, verdict)
            except InputError as error:
                complain(error)
                continue
            output().say(said("again", self.lang))
        return False

    def _keep(self, one: Proposal, verdict: Verdict) -> bool:
        """Ask what else must be known and keep the judgement. Gives False where the input ends."""
        first, second = one.a.about, one.b.about
        if verdict == "parent":
            which = self._line("which")
            if which is None:
                return False
            if which not in ("1", "2"):
                raise InputError(said("one_or_two", self.lang))
            first, second = (first, second) if which == "1" else (second, first)
        if self.role is None:
            given = self._line("role")
            if given is None:
                return False
            self.role = checked_role(given)
        names = first.name("zh"), second.name("zh")
        day = today().isoformat()
        judged = JudgedPair(first.id, names[0], second.id, names[1], verdict, self.role, day, self.note)
        output().say(reads(self.register.judge(judged)))
        self.judged += 1
        return True

    def _line(self, asked: str) -> str | None:
        """A line that somebody writes; None at the end of input."""
        output().print(said(asked, self.lang), end="", style="bold")
        line = sys.stdin.readline()
        if not line:
            output().print()
            return None
        return " ".join(legible(line).split())
