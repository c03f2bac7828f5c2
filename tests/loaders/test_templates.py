"""Templates: what the command writes can be filled in and loaded, and what is filled in wrongly is told by line."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import cast

import openpyxl
import pytest

from graph.errors import InputError
from graph.open import open_store
from loaders.templates import Kind, template, templates, write
from tests.api.cli_running import Cli
from tests.loaders.tabling import Taken, take

ROWS: dict[str, list[dict[str, str]]] = {
    "members": [
        {"body": "SAC/TC 114", "organisation": "清华大学", "role": "副主任委员", "seats": "2", "voting": "是", "since": "2019.5"},
        {"body": "TC260", "working_group": "大数据标准工作组", "organisation": "华为技术有限公司", "role": "组长"},
        {"body": "中国汽车工业协会", "organisation": "同济大学"},
    ],
    "contacts": [
        {"organisation": "SAC/TC 260", "desk": "秘书处", "role": "comments on drafts", "address": "standards@example.org"},
        {"organisation": "工业和信息化部", "desk": "标准处"},
    ],
    "positions": [{"organisation": "清华大学", "standard": "GB/T 22239-2019", "side": "反对", "note": "said in a seminar"}],
    "products": [
        {"company": "华为技术有限公司", "product": "charger X", "standard": "gb18384-2020", "note": "law"},
        {"company": "华为技术有限公司", "product": "charger Y", "standard": "gb18384-2020"},
    ],
    "meetings": [
        {"body": "SAC/TC 114", "meeting": "annual plenary", "date": "2026-05-10", "place": "武汉", "deadline": "2026-4-10",
         "participation": "through a member"},
        {"body": "SAC/TC 260", "date": "2026-06"},
    ],
}  # fmt: skip


def filled(folder: Path, name: str, rows: list[dict[str, str]], kind: Kind = "csv", stem: str = "") -> Path:
    """A template written and filled in, as a person would: in the table, under its header."""
    chosen = template(name)
    table, _ = write(chosen, folder, kind, stem=stem)
    cells = [[row.get(column, "") for column in chosen.columns] for row in rows]
    if kind == "csv":
        with table.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(cells)
    else:
        book = openpyxl.load_workbook(table)
        for row in cells:
            book.worksheets[0].append(row)
        book.save(table)
    return table


def taken(folder: Path, name: str, rows: list[dict[str, str]], kind: Kind = "csv") -> Taken:
    return take([filled(folder, name, rows, kind)])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ROWS)
def test_a_template_loads_empty_and_filled_in(tmp_path: Path, name: str, kind: str) -> None:
    empty = taken(tmp_path / "empty", name, [], cast("Kind", kind))
    assert (empty.nodes, empty.statements, empty.reading.refusals, empty.reading.notes) == ([], [], (), {})
    found = taken(tmp_path / "filled", name, ROWS[name], cast("Kind", kind))
    assert found.reading.refusals == ()
    assert found.reading.unused == {}
    assert len({s.provenance.record for s in found.statements}) == len(ROWS[name])
    (dataset,) = found.reading.datasets
    assert dataset.id == name
    assert dataset.private == (name in ("contacts", "positions", "products"))


def test_each_has_rows_here() -> None:
    assert {each.name for each in templates()} == set(ROWS)


def test_members_are_seats_with_roles(tmp_path: Path) -> None:
    first, lead, third = taken(tmp_path, "members", ROWS["members"]).of_type("MEMBER_OF")
    assert (first.object, first.qualifier, first.since) == ("committee:sac-tc-114", "vice_chair", "2019-05")
    assert first.properties == {"seats": 2, "voting": True}
    assert lead.qualifier == "wg_lead"
    assert third.qualifier == "member"


def test_a_working_group_is_part_of_its_committee(tmp_path: Path) -> None:
    found = taken(tmp_path, "members", ROWS["members"])
    (part,) = found.of_type("PART_OF")
    assert (part.object, part.qualifier) == ("committee:sac-tc-260", "working_group")
    assert found.node(part.subject)["label"] == "WorkingGroup"


def test_a_contact_is_an_office_with_its_address(tmp_path: Path) -> None:
    first, second = taken(tmp_path, "contacts", ROWS["contacts"]).of_type("CONTACT")
    assert (first.subject, first.value, first.qualifier) == ("committee:sac-tc-260", "秘书处", "comments on drafts")
    assert first.properties == {"contact_address": "standards@example.org"}
    assert second.value == "标准处"


def test_two_products_of_one_company_stay_apart(tmp_path: Path) -> None:
    both = taken(tmp_path, "products", ROWS["products"]).of_type("MUST_MEET")
    assert [(s.object, s.qualifier) for s in both] == [
        ("standard:gb-18384-2020", "charger X"),
        ("standard:gb-18384-2020", "charger Y"),
    ]
    assert both[0].key != both[1].key


def test_a_meeting_has_day_place_deadline_and_a_way_in(tmp_path: Path) -> None:
    first, second = taken(tmp_path, "meetings", ROWS["meetings"]).of_type("MEETING")
    assert (first.value, first.qualifier) == ("2026-05-10", "annual plenary")
    assert first.properties == {"place": "武汉", "deadline": "2026-04-10", "participation": "through a member"}
    assert second.value == "2026-06"


WRONG = [
    (
        "members",
        {"body": "TC114", "organisation": "清华大学", "role": "顾问"},
        "role",
        "'顾问' is not in the word list 'role'",
    ),
    ("members", {"body": "TC114", "organisation": "清华大学", "seats": "two"}, "seats", "'two' is not a whole number"),
    ("members", {"body": "TC114", "organisation": "张伟"}, "organisation", "a personal name"),
    ("members", {"organisation": "清华大学"}, "body", "is empty, but every row needs it"),
    ("contacts", {"organisation": "SAC/TC 260"}, "desk", "is empty, but every row needs it"),
    ("contacts", {"organisation": "SAC/TC 260", "desk": "王处长"}, "desk", "a personal name; say which office it is"),
    (
        "products",
        {"company": "清华大学", "product": "x", "standard": "2019-05-10"},
        "standard",
        "is not a standard number",
    ),
    ("products", {"company": "清华大学", "standard": "GB 1"}, "product", "is empty, but every row needs it"),
    ("meetings", {"body": "TC114", "date": "next week"}, "date", "'next week' is not a date"),
    ("meetings", {"body": "TC114", "date": "2026-05-10", "deadline": "soon"}, "deadline", "'soon' is not a date"),
]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(("name", "row", "part", "why"), WRONG)
def test_a_row_filled_in_wrongly_is_refused_with_its_line(
    tmp_path: Path, name: str, row: dict[str, str], part: str, why: str, kind: str
) -> None:
    found = taken(tmp_path, name, [ROWS[name][0], row], cast("Kind", kind))
    (refusal,) = found.reading.refusals
    assert (refusal.line, refusal.part) == (3, part)
    assert why in refusal.reason
    assert "张伟" not in str(refusal)
    assert "王处长" not in str(refusal)
    assert found.statements


def test_a_column_of_people_among_contacts_is_refused_with_the_reason(tmp_path: Path) -> None:
    table = filled(tmp_path, "contacts", [])
    header = table.read_text("utf-8-sig").strip()
    table.write_text(f"{header},联系人\nTC260,秘书处,,,,,,,,张伟\nTC114,秘书处,,,,,,,,王芳\n", "utf-8")
    found = take([table])
    assert found.refusals == [(1, "联系人", "the column holds names of people, which are never loaded")]
    assert len(found.of_type("CONTACT")) == 2


def test_a_header_slightly_changed_is_told(tmp_path: Path, cli: Cli) -> None:
    table = filled(tmp_path, "members", ROWS["members"])
    table.write_text(table.read_text("utf-8-sig").replace("organisation", "organization"), "utf-8")
    done = cli("load", str(table))
    assert done.code == 2
    assert "did you mean 'organization'?" in done.err


# -- the command -------------------------------------------------------------------------------------------------------
@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """On a store of its own that holds nothing."""
    address = f"sqlite:///{tmp_path / 'graph.sqlite'}"
    open_store(address, create=True).close()
    return Cli(address)


def test_templates_are_listed(cli: Cli) -> None:
    done = cli("template")
    assert done.code == 0
    assert all(name in done.out for name in ROWS)
    listed = {each["name"]: each for each in cli("template", "--json").body["templates"]}
    assert listed["meetings"]["columns"]["deadline"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_is_written_filled_in_loaded_and_seen(cli: Cli, tmp_path: Path, kind: str) -> None:
    done = cli("template", "meetings", "--out", str(tmp_path / "new"), "--format", kind, "--as", "our-meetings")
    assert done.code == 0
    assert f"our-meetings.{kind}" in done.out
    table = filled(tmp_path / "filled", "meetings", ROWS["meetings"], cast("Kind", kind), stem="our-meetings")
    (tmp_path / "new" / f"our-meetings.{kind}").write_bytes(table.read_bytes())
    assert cli("load", str(tmp_path / "new")).code == 0
    shown = " ".join(cli("show", "SAC/TC 114", width=200).out.split())
    assert (
        "meeting (annual plenary) 2026-05-10 (place: 武汉; deadline: 2026-04-10; how to take part: through a member)"
        in shown
    )
    zh = cli("show", "SAC/TC 114", "--lang", "zh", width=200).out
    assert "会议" in zh
    assert "截止日期：2026-04-10" in zh
    assert [each["id"] for each in cli("sources", "--json").body["datasets"]] == ["our-meetings"]


def test_what_a_product_must_meet_is_shown_with_the_product(cli: Cli, tmp_path: Path) -> None:
    assert cli("load", str(filled(tmp_path, "products", ROWS["products"]))).code == 0
    shown = cli("show", "华为技术有限公司", width=200).out
    assert "charger X" in shown
    assert "charger Y" in shown
    assert "(private)" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["memebers"],
            "there is no template 'memebers' (did you mean 'members'?); there are contacts, meetings, members, positions, products",
        ),
        (["members", "--format", "docx"], "--format: 'docx' is no kind of table that is written; use csv or xlsx"),
        (["members", "--as", "../x"], "'../x' cannot be the name of a file and dataset"),
    ],
)
def test_what_cannot_be_written_is_one_line(cli: Cli, tmp_path: Path, arguments: list[str], said: str) -> None:
    done = cli("template", *arguments, "--out", str(tmp_path / "t"))
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not (tmp_path / "t").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    table = filled(tmp_path, "members", ROWS["members"])
    before = table.read_bytes()
    with pytest.raises(InputError, match=r"members\.csv is there already"):
        write(template("members"), tmp_path)
    table.unlink()
    with pytest.raises(InputError, match=r"members\.toml is there already"):
        write(template("members"), tmp_path)
    assert not table.exists()
    assert before.startswith("\ufeffbody,".encode())


def test_a_workbook_explains_its_columns_on_a_second_sheet(tmp_path: Path) -> None:
    table, _ = write(template("contacts"), tmp_path, "xlsx")
    book = openpyxl.load_workbook(table)
    assert book.sheetnames == ["contacts", "columns"]
    explained = {row[0]: row[1] for row in book["columns"].iter_rows(values_only=True)}
    assert list(explained)[1:] == list(template("contacts").columns)
    assert "never a person's name" in str(explained["desk"])
