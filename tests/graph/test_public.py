"""What strangers may see of a store that also holds private datasets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph.model import Batch, Dataset, Document, NodeRecord, Provenance, Statement, View
from graph.names import name_key
from graph.open import open_store
from graph.public import PublicStore
from graph.store import Store

TODAY = date(2026, 11, 25)


def said(dataset: str, record: str) -> Provenance:
    return Provenance(dataset, record, f"doc:{dataset}")


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Store]:
    """A public dataset with CESI, and a team's own with a nickname for it, a secret partner and a seat."""
    store = open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}", create=True)
    cesi = NodeRecord("org:cesi", "Institute", {"name_zh": "中国电子技术标准化研究院"}, said("public", "1"))
    former = Statement(
        "org:cesi", "NAME", said("public", "1"), value="电子工业部标准化研究所", qualifier="former_zh", until="1999"
    )
    store.load(Dataset("public", "Public"), [Batch((Document("doc:public", "A page"),), (cesi,), (former,))], on=TODAY)
    partner = NodeRecord("org:partner", "Company", {"name_zh": "秘密伙伴有限公司"}, said("ours", "1"))
    again = NodeRecord("org:cesi", "Institute", {"province": "北京"}, said("ours", "2"))
    nickname = Statement("org:cesi", "NAME", said("ours", "2"), value="老四院", qualifier="other_zh")
    owned = Statement("org:partner", "OWNED_BY", said("ours", "3"), object="org:cesi")
    private = Batch((Document("doc:ours", "Our list"),), (partner, again), (nickname, owned))
    store.load(Dataset("ours", "Our own", private=True), [private], on=TODAY)
    yield store
    store.close()


@pytest.fixture
def public(whole: Store) -> PublicStore:
    return PublicStore(whole, lambda: TODAY)


def test_the_whole_store_finds_what_is_private(whole: Store) -> None:
    assert [hit.node.id for hit in whole.search("老四院").hits] == ["org:cesi"]
    assert "org:partner" in whole.nodes(["org:partner"])


def test_a_private_name_finds_nothing(public: PublicStore) -> None:
    hits = public.search("老四院")
    assert hits.hits == ()
    assert hits.total == 0
    assert not public.named([name_key("老四院")])


def test_a_private_node_is_not_there(public: PublicStore) -> None:
    assert not public.nodes(["org:partner"])
    assert not public.search("秘密伙伴").hits
    assert not public.named([name_key("秘密伙伴有限公司")])


def test_public_names_still_find_former_ones_too(public: PublicStore) -> None:
    for words in ("中国电子技术标准化研究院", "电子工业部标准化研究所"):
        assert [hit.node.id for hit in public.search(words).hits] == ["org:cesi"]
        assert [n.node.id for n in public.named([name_key(words)])[name_key(words)]] == ["org:cesi"]


def test_a_public_node_has_public_properties_alone(whole: Store, public: PublicStore) -> None:
    assert whole.nodes(["org:cesi"])["org:cesi"].properties["province"] == "北京"
    assert "province" not in public.nodes(["org:cesi"])["org:cesi"].properties


def test_statements_datasets_and_dumps_are_public(whole: Store, public: PublicStore) -> None:
    view = View(as_of=TODAY)
    assert whole.neighbours("org:cesi", view).total > public.neighbours("org:cesi", view).total
    secret = next(n.statement for n in whole.neighbours("org:cesi", view).neighbours if n.statement.type == "OWNED_BY")
    assert not public.statements([secret.key])
    assert [dataset.id for dataset in public.datasets()] == ["public"]
    assert set(public.counts().datasets) == {"public"}
    assert "秘密" not in repr(list(public.dump(private=True)))
