"""The seam: what every engine can do, as one protocol of operations that mean something in this field.

Two engines implement it, SQLite (embedded) and Neo4j (a server). Operations are coarse: each is one statement, one round
trip, on either engine. Engines return rows in the orders named here, with ties broken by id, so that both give the
same answer. Every read takes a `View` and a bound, and says when the bound was reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, Protocol

from graph.model import (
    Basis,
    Batch,
    Confidence,
    Dataset,
    Direction,
    Document,
    Node,
    NodeRecord,
    Scalar,
    Statement,
    View,
)


@dataclass(frozen=True, slots=True)
class Packed:
    """A batch that was made ready for an engine, in any process; what the bytes are is the engine's own."""

    data: bytes


Packing = Callable[[Batch], Packed | Batch]
"""Makes batches ready; may be sent to another process."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What has been acknowledged so far: it survives a crash from here on."""

    batches: int
    nodes: int
    statements: int


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did to the store, counted in statements and node records of the dataset."""

    dataset: str
    nodes: int
    statements: int
    added: int
    unchanged: int
    changed: int
    closed: int


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of step of a walk: from nodes labelled `of` along statements of `types`.

    `direction` "out" goes from subject to object; facts are "out" and lead nowhere. `to` keeps only far ends with these
    labels, `among` only those with these ids, `qualifiers` only statements with these qualifiers; empty means any. `limit`
    bounds what is taken from one node for this step: the first by (dated first, latest `since` first, rank, far end's id).
    Statements of one type with the same ends, `since` and rank are one thing that is taken, with five of them: the
    firmest of each dataset first.
    """

    types: tuple[str, ...]
    direction: Direction = "out"
    of: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    limit: int = 60
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """Steps taken together, from every node reached so far, `hops` times over (each time from the newly reached).

    `from_new` True starts only from the nodes that the stage before reached first.
    """

    steps: tuple[Step, ...]
    hops: int = 1
    from_new: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a bound was reached: of `total` statements of these types at `node`, `shown` are here."""

    node: str
    types: tuple[str, ...]
    direction: Direction
    shown: int
    total: int


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Nodes by id and the statements between them and about them, ordered by key, with the places that were cut."""

    nodes: Mapping[str, Node]
    statements: tuple[Statement, ...]
    cuts: tuple[Cut, ...] = ()


class Spot(NamedTuple):
    """A node of an outline: its label, and its family (`Node.family`)."""

    label: str
    family: str


class Line(NamedTuple):
    """A statement of an outline: what a choice between many needs. `handle` is the engine's own, `key` a text to order by."""

    handle: int
    key: str
    subject: str
    type: str
    object: str
    qualifier: str
    since: str | None
    observed_on: str | None
    confidence: Confidence
    basis: Basis


@dataclass(frozen=True, slots=True)
class Outline:
    """A subgraph in outline, of which an answer will show little: nodes by id, statements, and the places that were cut."""

    nodes: Mapping[str, Spot]
    lines: tuple[Line, ...]
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A statement at a node and the node at its other end (None for a fact)."""

    statement: Statement
    direction: Direction
    node: Node | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A page of what is said of a node, with honest totals: `totals` counts statements by (type, direction).

    `neighbours` are in order of (type as in the schema, direction, dated first, latest first, rank, id);
    `after` continues the list, "" at its end. `total` counts what the filters match over all pages.
    """

    totals: Mapping[tuple[str, Direction], int]
    neighbours: tuple[Neighbour, ...]
    total: int
    after: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result: the node, which of its names matched, how (`exact`, `prefix`, `words`, `pinyin`, ...), and how well (0 to 1)."""

    node: Node
    name: str
    how: str
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """Search results, best first. `total` counts all matches; where it is a lower bound, `exact` is False."""

    hits: tuple[Hit, ...]
    total: int
    exact: bool = True
    after: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """An actor's record of drafting in an arena. Entities of a group count for the group, once a standard.

    `actor` is the group, or the organisation itself; `entities` those of it that drafted. `drafted` counts distinct standards,
    `led` those where it stands first, `weight` sums 0.5 ** (age in years / half-life) over them (undated: the weight of
    the oldest dated, at least four half-lives), `latest` is the newest date of publication, `standards` the newest few.
    """

    actor: str
    entities: tuple[str, ...]
    drafted: int
    led: int
    weight: float
    latest: str | None
    standards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arena:
    """Who drafts in a set of standards: the strongest `partners` by (weight, drafted, id), and how much stands behind.

    `standards` counts the standards in scope, `with_drafters` those with a drafting list on record, `total` the
    distinct actors. `bounded` tells that only the newest standards of the scope were counted.
    """

    partners: tuple[Partner, ...]
    standards: int
    with_drafters: int
    total: int
    bounded: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """A co-drafting tie of two actors (groups speak for their entities).

    `weight` sums, over the standards they drafted together, 1/(n-1) for n drafting organisations (Newman 2001,
    "Scientific collaboration networks II") times 0.5 ** (age in years / half-life). `standards` are the newest few.
    """

    a: str
    b: str
    weight: float
    shared: int
    latest: str | None
    standards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftingList:
    """A standard as far as its drafting goes: when it was published (else when its list is dated), what kind it is, and who drafted it.

    `drafters` are ids with the foremost rank of each (None: the list has no order), groups for their entities and joint ventures for
    themselves, in order of rank and id; empty where no list is on record. `in_charge` are the ids of those in charge of it, `fields`
    of the fields it is classified under.
    """

    standard: str
    published: str | None
    kind: str
    drafters: tuple[tuple[str, int | None], ...]
    in_charge: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftingLists:
    """The newest standards of a scope, by (dated first, newest first, id). `standards` counts all in scope, `bounded` tells of a cut."""

    lists: tuple[DraftingList, ...]
    standards: int
    bounded: bool = False


@dataclass(frozen=True, slots=True)
class AdoptionYear:
    """The standards of a scope that were published in a year: how many, how many of these adopt to each degree (its closest counts).

    `adopting` and `others` are the newest few that do and that do not, by their records.
    """

    year: int
    standards: int
    degrees: Mapping[str, int]
    adopting: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adoption:
    """Adoption in a scope by year of publication, the newest first; only years in which something was published.

    `total` counts the standards with a date of publication, `undated` those without, which are in no year. `bounded` tells that only
    the newest were counted.
    """

    years: tuple[AdoptionYear, ...]
    undated: int
    total: int
    bounded: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A node that bears a name: how it came to be found (`name`, `former`, `short`, ...) and the name itself."""

    node: Node
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class NamesOf:
    """A node with all its names, now and before, each with its kind (`name`, `former`, `short`, ...), the strongest first.

    `importance` is a whole number that grows with what is said of the node (`graph.finding.importance`).
    """

    id: str
    label: str
    names: tuple[tuple[str, str], ...]
    importance: int


@dataclass(frozen=True, slots=True)
class Change:
    """What loads did to one thing said: it `appeared`, was `changed`, or `vanished` (its dataset no longer says it) on a day.

    Either a `statement`, or a `record` of plain properties, of which `before` holds those it had before the change.
    """

    day: str
    what: Literal["appeared", "changed", "vanished"]
    node: str
    statement: Statement | None = None
    record: NodeRecord | None = None
    before: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes of a time, the newest day first, then by node; with the nodes at their ends.

    `datasets` came on record in that time, as (id, day): what they brought is listed one by one only for nodes that were asked about.
    `marked_since` is the first day from which loads are told apart, None where nothing was loaded. `total` counts the changes there
    are, up to the bound; `bounded` tells that there are more.
    """

    changes: tuple[Change, ...]
    nodes: Mapping[str, Node]
    datasets: tuple[tuple[str, str], ...]
    marked_since: str | None
    total: int
    bounded: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """The size of the store: nodes by label, statements by type and by dataset, open ones only, documents, refusals aside."""

    nodes: Mapping[str, int]
    statements: Mapping[str, int]
    datasets: Mapping[str, int]
    documents: int


@dataclass(frozen=True, slots=True)
class State:
    """What the store is: engine, place, schema version, a revision that changes with every write, and the last load's day."""

    engine: str
    place: str
    schema_version: int
    revision: int
    loaded_on: str | None
    notes: tuple[str, ...] = field(default=())


class Store(Protocol):
    """One graph, kept somewhere. Reads never block each other; one process writes at a time."""

    # -- writing -------------------------------------------------------------------------------------------------
    def load(
        self,
        dataset: Dataset,
        batches: Iterable[Batch | Packed],
        *,
        on: date,
        complete: bool | Callable[[], bool] = True,
        more: bool = False,
        acknowledged: Callable[[Progress], None] | None = None,
    ) -> LoadReport:
        """Write a dataset, each batch in a transaction of its own, then make its names findable.

        Statements and node records have keys, so loading again changes nothing. When `complete`, what the dataset said
        before and no longer says is closed with the date `on` (kept, but no longer shown); a partial load closes nothing.
        Where only reading shows whether the dataset is given whole, `complete` is asked when all batches have been written.
        A load that was killed leaves the acknowledged batches; running it again completes it. `more` says that another
        load follows at once: then names are made findable by that one, for both, which spares a node that both speak of
        being written twice.
        """

    def packing(self, dataset: str, *, on: date, passing: str) -> Packing | None:
        """What makes batches of the next load of a dataset ready in other processes; None where they are taken as they are.

        `on` is the day of the load; records called `passing` only mention nodes, so that the first for a node and ground counts.
        """

    def undo(self, dataset: str) -> int:
        """Take a dataset out again: its statements, its node records, and nodes that nothing else speaks of.

        Gives the number of statements removed. Raises NotFoundError for a dataset that was never loaded.
        """

    def redirect(self, old: str, new: str) -> None:
        """Merge the node `old` into `new`: its statements count for `new`, its id leads there. Raises NotFoundError."""

    def restore(self, old: str) -> None:
        """Take a merge back: statements return to the node they were said of."""

    # -- one thing -----------------------------------------------------------------------------------------------
    def moved(self, id: str) -> str | None:
        """The id that a merged id leads to, None where `id` was not merged."""

    def nodes(self, ids: Sequence[str]) -> Mapping[str, Node]:
        """The nodes with these ids, unknown ones left out; a merged id gives the node that stays."""

    def records(self, ids: Sequence[str], view: View) -> Mapping[str, tuple[NodeRecord, ...]]:
        """What open records that the view shows say of the plain properties of these nodes, each with its source, the firmest first.

        Nodes of which no such record speaks are left out; of a merged id what is said of the node that stays.
        """

    def documents(self, ids: Sequence[str]) -> Mapping[str, Document]:
        """The documents with these ids."""

    def datasets(self) -> tuple[Dataset, ...]:
        """All datasets, by id."""

    def statements(self, keys: Sequence[str]) -> Mapping[str, Statement]:
        """Single statements by key."""

    # -- finding -------------------------------------------------------------------------------------------------
    def named(self, keys: Sequence[str], *, labels: Sequence[str] = ()) -> Mapping[str, tuple[Named, ...]]:
        """For each name key (`graph.names.name_key`), the nodes that bear such a name now or did.

        In order of the kind of name, strongest first, then by id.
        """

    def editions(self, families: Sequence[str]) -> Mapping[str, tuple[Node, ...]]:
        """For each number without year (`GB/T 22239`), the standards that are editions of it, newest first."""

    def search(self, words: str, *, labels: Sequence[str] = (), limit: int = 20, after: str = "") -> Hits:
        """Full-text search over all names, titles, numbers and codes; best first by `graph.wording`, importance, id.

        A number or code in full means what bears it; only where `labels` are given, also what has it as words. The same goes
        for the beginning of more than `graph.finding.ENOUGH` numbers, where it says their kind (`graph.finding.is_number`).
        """

    def known_names(self, labels: Sequence[str], *, after: str = "", limit: int = 2000) -> tuple[NamesOf, ...]:
        """The nodes of these labels with all their names, in order of id, at most `limit` beginning behind the id `after`.

        Merged ids are left out: their names count for the node that stays. An empty page is the end.
        """

    # -- reading around --------------------------------------------------------------------------------------------
    def neighbours(
        self,
        id: str,
        view: View,
        *,
        types: Sequence[str] = (),
        direction: Direction | None = None,
        limit: int = 40,
        after: str = "",
    ) -> Neighbours:
        """A page of the statements at a node, with totals by type. Raises CursorError for an `after` of another list."""

    def expand(self, starts: Sequence[str], stages: Sequence[Stage], view: View, *, bound: int = 4000) -> Subgraph:
        """Walk from `starts` through `stages`; at most `bound` statements in all. Start nodes are included; unknown ones left out."""

    def outline(self, starts: Sequence[str], stages: Sequence[Stage], view: View, *, bound: int = 4000) -> Outline:
        """What `expand` reaches, in outline."""

    def behind(self, lines: Sequence[Line]) -> Mapping[int, Statement]:
        """The statements that stand behind lines of an outline, by handle; those taken away since then are left out."""

    def reached(self, ids: Sequence[str], types: Sequence[str], view: View) -> Mapping[str, frozenset[str]]:
        """For each of these nodes the ids of all that its statements of these types lead to; those that lead nowhere are left out."""

    # -- drafting --------------------------------------------------------------------------------------------------
    def arena(
        self,
        committees: Sequence[str],
        standards: Sequence[str],
        view: View,
        *,
        half_life: float = 5.0,
        limit: int = 60,
    ) -> Arena:
        """Who drafts in the standards that these committees are in charge of, together with the given standards."""

    def ties(
        self,
        actors: Sequence[str],
        view: View,
        *,
        among: Sequence[str] | None = None,
        also: Sequence[str] = (),
        half_life: float = 5.0,
        limit: int = 60,
    ) -> tuple[Tie, ...]:
        """Co-drafting ties around these actors (groups or organisations): for each the strongest `limit` and those with `also`,
        or those with `among` only.

        In order of (a as given, weight falling, b). At most the newest 400 standards of an actor are counted: by the date of the
        drafting list, or of publication where the list has none.
        """

    def drafting_lists(
        self,
        view: View,
        *,
        committees: Sequence[str] = (),
        fields: Sequence[str] = (),
        standards: Sequence[str] = (),
        limit: int = 2_000,
    ) -> DraftingLists:
        """The newest `limit` standards that these committees are in charge of, that are classified under these fields, and these.

        A class of ICS stands for all classes that its code begins, one letter of CCS for all classes of that letter.
        """

    # -- adoption --------------------------------------------------------------------------------------------------
    def adoption(self, scope: Sequence[str], view: View, *, kind: str = "national", limit: int = 5) -> Adoption:
        """How many standards of a kind adopt another, by year of publication, up to the day of the view; projects are left out.

        The scope is what the given committees are in charge of, the given organisations drafted, and what is classified under the given
        fields; each standard counts once. At most the newest 60,000 are counted, and `limit` of each sort named a year.
        """

    # -- the whole ---------------------------------------------------------------------------------------------------
    def changes(self, since: date, view: View, *, ids: Sequence[str] = (), limit: int = 200) -> Changes:
        """What appeared, changed and vanished with loads of the day `since` or later: everywhere, or at the nodes `ids`.

        Of the view its grounds and private datasets count, not its day: this is about what came on record, not about what was true. A
        statement that a dataset dropped and later says again is not told as having appeared twice.
        """

    def said_by(self, dataset: str) -> Iterable[Statement]:
        """All open statements of one dataset, streamed in order of key; none for a dataset that is not there."""

    def counts(self) -> Counts:
        """The size of the store, from counts kept at load."""

    def state(self) -> State:
        """What the store is and when it changed."""

    def dump(self, *, private: bool = False) -> Iterable[Node | Statement | Document]:
        """Everything, streamed in order of id and key: documents, nodes, then open statements."""

    def close(self) -> None:
        """Let go of files and connections; idempotent."""
