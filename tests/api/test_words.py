"""Chinese pages speak Chinese: what the shipped tables name has a name in both languages, said once in the schema."""

from __future__ import annotations

from fastapi.testclient import TestClient

from graph import schema
from graph.model import Node, Statement
from graph.script import has_han
from graph.store import Store
from tests.api.cli_running import Cli

IN_CHINESE = {"accept-language": "zh"}


def test_every_topic_and_field_on_record_has_a_chinese_name(shipped_store: Store) -> None:
    topics: set[str] = set()
    fields: set[str] = set()
    for record in shipped_store.dump():
        if isinstance(record, Statement) and record.type in ("NOTE", "RULE", "FIGURE"):
            topics.add(record.qualifier)
        if isinstance(record, Node) and record.label == schema.STANDARD and "sector" in record.properties:
            fields.add(str(record.properties["sector"]))
    assert len(topics) > 400
    assert [topic for topic in sorted(topics) if not has_han(schema.word(topic, "zh"))] == []
    assert [name for name in sorted(fields) if not has_han(schema.word(name, "zh", schema.STANDARD))] == []


def test_every_shipped_dataset_and_licence_has_a_chinese_name(shipped_store: Store) -> None:
    said = {text for d in shipped_store.datasets() for text in (d.title, d.licence)}
    assert [text for text in sorted(said) if not has_han(schema.titled(text, "zh"))] == []


def test_the_page_of_what_is_loaded_names_datasets_in_the_language_of_the_reader(client: TestClient) -> None:
    assert "标准类别" in client.get("/sources", headers=IN_CHINESE).text
    english = client.get("/sources").text
    assert "Kinds of standard" in english
    assert "标准类别" not in english
    (fields,) = (d for d in client.get("/v1/sources").json()["datasets"] if d["id"] == "fields")
    assert (fields["title"], fields["title_zh"]) == ("Kinds of standard", "标准类别")


def test_topics_of_rules_are_named_in_page_and_terminal(client: TestClient, shipped_address: str) -> None:
    page = client.get("/entity/SAC/TC 260", headers=IN_CHINESE).text
    shown = Cli(shipped_address).ask("show", "SAC/TC 260", "--lang", "zh").out
    for text in (page, shown):
        assert "密码工作组开放" in text
        assert "cryptography-group-opened" not in text
        assert "cryptography group opened" not in text


def test_what_editors_add_to_titles_of_sources_is_translated_and_the_titles_are_not() -> None:
    added = "GB/T 1-2020 标准, and others (third-party library a.cn)"
    assert schema.titled(added, "zh") == "GB/T 1-2020 标准等（第三方文库a.cn）"
    assert schema.titled(added) == added
    assert schema.titled("TC260: text of the report", "zh") == "TC260: text of the report"


def test_a_neighbour_with_several_roles_is_one_line_with_all_of_them(client: TestClient) -> None:
    page = client.get("/entity/SAC/TC 260").text
    members = page.split("Has as member")[1].split("<section")[0]
    assert members.count("/entity/org:cac") == 1
    line = members.split("/entity/org:cac")[1].split("</li>")[0]
    assert "vice chair" in line
    assert ">chair<" in line


def test_the_terminal_lists_datasets_in_the_language_asked_for(shipped_address: str) -> None:
    cli = Cli(shipped_address)
    listed = cli.ask("sources", "--lang", "zh", width=80)
    assert "标准类别" in listed.out
    assert "Kinds of standard" not in listed.out
    assert "条记录" in listed.lines[-1]
    assert "Kinds of standard" in cli.ask("sources", width=80).out


def test_a_policy_is_summed_up_in_the_language_of_the_reader(client: TestClient) -> None:
    english = client.get("/entity/policy:standardization-law-2017").text
    chinese = client.get("/entity/policy:standardization-law-2017", headers=IN_CHINESE).text
    assert "Only national standards can be mandatory" in english
    assert "强制性标准只保留国家标准一级" in chinese
    assert "强制性标准只保留国家标准一级" not in english
    assert "Only national standards can be mandatory" not in chinese
