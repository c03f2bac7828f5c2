"""Saved pages of the platforms become statements."""

from __future__ import annotations

import pytest

from tests.loaders.samr_reading import FIXTURES, NEVER, announced, kinds_of, read


def page(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def test_the_page_of_a_standard_on_openstd() -> None:
    found = read(page("openstd_page.html"))
    standard = "standard:gb-t-20223-2006"
    assert (found.dataset, found.refusals) == ("openstd-pages", [])
    assert found.node(standard) == {
        "number": "GB/T 20223-2006",
        "kind": "national",
        "mandatory": False,
        "title_zh": "棉短绒",
        "title_en": "Cotton linter",
        "stage": "95",
        "ics": "59.060.10",
        "ccs": "B32",
        "published": "2006-03-10",
        "effective": "2006-09-01",
        "url": "https://openstd.samr.gov.cn/bzgk/gb/newGbInfo?hcno=083B48FA72DBD3B9BDE74507BC31736A",
    }
    assert (found.one("STATUS").value, found.one("STATUS").since) == ("withdrawn", None), "since when is not said"
    assert [found.node(issuer)["name_zh"] for issuer, _, _ in found.said("ISSUED")] == [
        "中华人民共和国国家质量监督检验检疫总局",
        "中国国家标准化管理委员会",
    ]
    assert found.node(found.one("IN_CHARGE_OF").subject) == {"name_zh": "市场监管总局"}
    assert found.notes() == {"remark": "2006-09-01实施"}
    assert {s.provenance.record for s in found.statements} == {"083B48FA72DBD3B9BDE74507BC31736A"}


def test_the_sign_of_adoption_is_noted() -> None:
    found = read(page("openstd_page_adopting.html"))
    assert found.node("standard:gb-t-1.1-2000")["title_zh"] == "标准化工作导则 第1部分:标准的结构和编写规则"
    assert found.notes() == {"adoption on the record": "采用国际标准"}


def test_a_list_of_openstd() -> None:
    found = read(page("openstd_list.html"))
    assert found.refusals == []
    assert [(s.subject, s.value, s.since) for s in found.statements if s.type == "STATUS"] == [
        ("standard:gb-t-1.1-2000", "withdrawn", None),
        ("standard:gb-t-1.1-2009", "withdrawn", None),
        ("standard:gb-t-1.1-2020", "current", "2020-10-01"),
    ]
    assert found.node("standard:gb-t-1.1-2020")["published"] == "2020-03-31"
    assert found.notes() == {"adoption on the record": "采用国际标准"}
    assert announced(page("openstd_list.html")) == 3


def test_a_row_of_a_list_never_stands_for_the_page_of_the_standard() -> None:
    of_list = {s.provenance.record for s in read(page("openstd_list.html")).statements}
    of_page = {s.provenance.record for s in read(page("openstd_page_adopting.html")).statements}
    assert not of_list & of_page


def test_a_broken_row_of_a_list_is_refused_and_the_rest_taken() -> None:
    found = read(page("openstd_list.html").replace(b">GB/T 1.1-2009<", b">GB/X<"))
    assert {s.subject for s in found.statements} == {"standard:gb-t-1.1-2000", "standard:gb-t-1.1-2020"}
    assert [refusal.reason for refusal in found.refusals] == ["'GB/X' is not a standard number"]


def test_the_page_of_a_standard_on_the_national_platform() -> None:
    found = read(page("record_page.html"))
    standard = "standard:gb-t-223.59-2008"
    assert (found.dataset, found.refusals) == ("samr-pages", [])
    assert found.node(standard)["title_zh"].startswith("钢铁及合金")
    assert (
        found.node(standard)["url"]
        == "https://std.samr.gov.cn/gb/search/gbDetailed?id=71F772D75B9FD3A7E05397BE0A0AB82A"
    )
    assert found.said("IN_CHARGE_OF") == [
        ("committee:sac-tc-183", standard, "centralised"),
        ("committee:sac-tc-183-sc-5", standard, "executing"),
    ]
    drafted = {found.node(s.subject)["name_zh"]: s.properties["rank"] for s in found.statements if s.type == "DRAFTED"}
    assert drafted == {"马鞍山钢铁股份有限公司": 1, "钢铁研究总院": 2}
    assert found.said("REPLACES") == [(standard, "standard:gb-t-223.59-1987", "")]
    assert "223.61" not in repr(found.statements), "similar standards have nothing to do with it"
    assert found.one("STATUS").value == "current"


def test_the_page_of_a_project() -> None:
    found = read(page("plan_page.html"))
    project = "standard:20255258-t-339"
    assert (found.one("STATUS").value, found.one("STAGE").value) == ("project", "20")
    assert found.said("REPLACES") == [(project, "standard:gb-t-32861-2016", "")]
    assert found.one("ADOPTS").properties == {"degree": "IDT"}
    assert {subject for subject, _, _ in found.said("IN_CHARGE_OF")} == {
        "committee:sac-tc-114",
        "committee:sac-tc-114-sc-13",
    }
    assert found.notes() == {"kind of project": "revision"}


def test_the_page_of_a_committee() -> None:
    found = read(page("committee_page.html"))
    committee = "committee:sac-tc-28-sc-42"
    assert (found.dataset, found.refusals) == ("samr-committees", [])
    assert found.node(committee) == {
        "code": "SAC/TC 28/SC 42",
        "name_zh": "全国信息技术标准化技术委员会人工智能分技术委员会",
        "name_en": "Artificial intelligence",
        "kind": "subcommittee",
        "level": "national",
        "url": "https://std.samr.gov.cn/search/orgDetailView?tcCode=TC28%2FSC42",
    }
    assert found.node(found.one("HOSTS_SECRETARIAT").subject) == {"name_zh": "中国电子技术标准化研究院"}
    assert {qualifier for _, _, qualifier in found.said("OVERSEES")} == {"guides", "founded"}
    assert found.said("MIRRORS") == [(committee, "committee:iso-iec-jtc-1-sc-42", "")]
    assert found.said("PART_OF") == [(committee, "committee:sac-tc-28", "subcommittee")]
    assert found.notes() == {"scope": "人工智能", "terms": "1", "province of the secretariat": "北京市"}


@pytest.mark.parametrize("name", ["record_page.html", "plan_page.html", "committee_page.html"])
def test_names_of_persons_are_nowhere(name: str) -> None:
    found = read(page(name))
    assert NEVER not in repr(found)


def test_a_page_without_its_number_says_what_is_missing() -> None:
    found = read("<title>国家标准|x</title><body><p>404</p></body>".encode(), "a.html")
    assert found.reasons() == ["a.html: a page of openstd.samr.gov.cn without the heading 标准号"]
    found = read("<title>国家标准 - 全国标准信息公共服务平台</title><body></body>".encode(), "b.html")
    assert found.reasons() == ["b.html: a page of std.samr.gov.cn without the label 标准号 or 计划号"]
    found = read(page("committee_page.html").replace(b"TC28/SC42", b""), "c.html")
    assert found.reasons() == ["c.html: a page of a committee without its code"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html><title>百度百科</title><dl><dt class='basicInfo-item name'>中文名</dt><dd class='basicInfo-item value'>某</dd></dl>",
        "<html><title>标准</title><a href='https://openstd.samr.gov.cn/'>国家标准全文公开系统</a><table><td>GB/T 1-2000</td></tr></table>",
        "标准号：GB/T 1-2000 中文标准名称 标准状态 tdlist",
    ],
)
def test_a_page_of_another_site_is_none_of_ours(text: str) -> None:
    assert kinds_of(text.encode()) == []


def test_a_page_that_looks_like_all_has_one_kind() -> None:
    assert len(kinds_of(b"".join(page(name.name) for name in sorted(FIXTURES.glob("*.html"))))) == 1


def test_a_page_nested_without_end_is_refused() -> None:
    data = page("openstd_page.html").replace(b"</body>", b"<div>" * 200_000 + b"</body>")
    assert "nested" in read(data).reasons()[0]


def test_pages_in_gb18030_and_utf_16() -> None:
    usual = read(page("openstd_page.html"))
    for encoding in ("gb18030", "utf-16"):
        data = page("openstd_page.html").decode().encode(encoding)
        assert read(data).statements == usual.statements
