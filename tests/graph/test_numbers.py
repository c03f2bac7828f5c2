"""The grammar of standard numbers: what is one, what is none, and which spellings are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.numbers import StandardNumber, find_all, parse
from graph.numbers.codes import INDUSTRY_CODES, PROVINCES
from graph.numbers.grammar import by_grammar
from graph.numbers.usual import usual

CANONICAL = (
    "GB/T 22239-2019", "GB 18384-2020", "GB/Z 41599-2022", "GB/T 20438.1-2017", "GB/T 7714", "GB/T 8-2021",
    "GB/T 19903.121-2008", "GB 50490-2009", "GB 2760-2024", "GB/T 32918.1", "GB 18384-2020/XG1-2021",
    "GBJ 16-1987", "GBZ 2.1-2019", "GBZ/T 300.1-2017", "GJB 9001C-2017", "JJF 1059.1-2012", "JJG 196-2006",
    "JJF(电子) 0001-2019", "YD/T 2038-2009", "YD/T 1843.2-2015", "JR/T 0294.1-2024", "YY 0286.2-2006",
    "NB/SH/T 0860-2013", "HJ 1330-2023", "SJ/Z 9021.4-1987", "SC 3001-1989", "GM/T 0099-2020",
    "QC/T 804-2022", "YD/C 079-2009", "YDB 101-2012", "TSG D0001-2009", "JTG D30-2015", "JTG F80/1-2017",
    "JTG/T D31-02-2013", "JTG/T 3360-01-2018", "CJJ/T 8-2011", "DB/T 1-2000", "DB11/T 1375-2021", "DB11/ 153-2002",
    "DB12/ 106-2015", "DB3212/T 1-2019", "DB4502/T 0043-2022", "DBJ/T 45-003-2016", "DG/TJ 08-2045-2008",
    "T/CSAE 53-2020", "T/ZZB 0001-2015", "T/GDCKCJH 024-2020", "T/CCSA 311.1-2021", "T/CPQS E00043-2022",
    "T/GZSX 055.6-2019", "T/CAMET 04010.2", "T/CECS G:D21-01-2019", "CECS 241:2008", "Q/GDW 10595-2021",
    "Q/320282 ABC 01-2021", "Q/CUP 054.2-2013", "Q/JLY 0001S-2019", "20193257-T-469", "20170002-Q-339",
    "2021-0626T-YD", "ISO 26262-1:2018", "ISO 105-E04:2013", "ISO 1998-7", "ISO/IEC 27001:2022",
    "ISO/IEC/IEEE 8802-1Q:2024/Amd 35", "ISO/TS 15530-1:2013", "ISO/IEC TR 29110-5-1-4:2018",
    "ISO/DIS 4009", "ISO/CD TS 18671.2", "ISO/DTS 44007", "ISO/FDIS 2789:2022",
    "ISO Guide 34:2000/Cor 1:2003", "ISO 26262-1:2018/Amd 1:2020", "IWA 14-1:2013", "CD IWA 45",
    "ISO/IEC 8802-3:1996/DAM 1", "ISO 12572:2016/CD Amd 1", "ISO/TR 17716.2", "ISO/DTR 17716.2",
    "ISO 3758:1991/Suppl:1993", "ISO/IEC 15938-3:2002/Amd 2:2006/Cor 1:2007", "ISO/TS 10303-2012:2019",
    "IEC 61508-1:2010", "IEC TR 62854:2014", "IEC 60601-2-31:1994+AMD1:1998", "CISPR 32:2015",
    "ITU-T X.1205 (04/2008)", "ITU-T G.984.3 (01/2014)/Amd 1 (05/2020)", "ITU-R BT.601-7",
    "IEEE 802.3-2018", "IEEE 802.11ax-2021", "IEEE 802.1Qbv-2015", "IEEE C37.118.1-2011", "IEEE P2413",
    "EN 301 549 V3.2.1", "ETSI TS 102 690 V1.1.1", "EN ISO 9001:2015", "EN 60601-1:2006/A1:2013",
    "BS EN ISO 9001:2015", "prEN 1234", "DIN EN ISO 9001:2015-11", "3GPP TS 38.331",
    "3GPP TS 23.501:Rel-15/15.2.0", "3GPP TS 11.20dcs:Ph1-DCS/3.6.0", "W3C REC-xml-20081126",
    "W3C xmlschema11-2", "W3C dom", "W3C WD-css1-960726.html", "W3C REC-css2-19980512/fonts", "W3C wca-terms/01",
    "RFC 8446", "ASTM D638-14", "ASTM D4169-16(2020)", "JIS B 0205-4:2001",
    "SAE J3016_202104", "UL 2580", "ANSI C78.1381", "ANSI H35.1(M)-2006", "ANSI/ASHRAE 90.1-2019",
    "GOST 10923-1993", "MIL-STD-810H",
)  # fmt: skip

SPELLINGS = {
    "GB/T 22239-2019": (
        "gb/t 22239-2019", "GBT22239-2019", "GB/T22239—2019", "GB／T　２２２３９－２０１９",
        "GB/T 22239 - 2019", "GB/T 22239:2019", "《GB/T 22239-2019》", " GB/T\u00a022239–2019 ",
        "GB/T 22239−2019", "GB/T 22239‑2019", "GB/T 22239―2019", "GB/T 22239——2019", "GB⁄T 22239‐2019",
        "国标GB/T 22239-2019", "GB_T 22239-2019", "GB/T\u200b22239-2019", "gb-t-22239-2019",
        "GB/T 22239-2019/ISO 9001:2015", "GB/T 22239-2019。", "国家标准：GB/T 22239-2019",
    ),
    "GB/T 22239": ("GBT22239", "gbt 22239", "GB/T22239", "《GB/T 22239》", "国标GB/T 22239"),
    "GB 18384-2020": ("GB18384-2020", "gb 18384—2020", "国标18384-2020"),
    "GB 2423-1981": ("GB 2423-81",),
    "GB/Z 41599-2022": ("GBZ 41599-2022", "GB/Z41599-2022"),
    "GB 2760-2014/XG1": ("GB 2760-2014《第1号修改单》", "GB 2760-2014 国家标准第一号修改单"),
    "DB11/ 153-2002": ("DB11/153-2002", "DB11 153-2002", "db 11/ 153—2002"),
    "DB11/T 1375-2021": ("DB11/T1375-2021", "DB 11/T 1375-2021", "db11t 1375-2021"),
    "YD/T 2038-2009": ("YDT 2038-2009", "yd/t2038-2009"),
    "T/CSAE 53-2020": ("T/CSAE53-2020", "t/csae 53—2020", "T／CSAE 53－2020"),
    "ISO 9001:2015": ("ISO9001-2015", "iso 9001：2015", "ISO 9001:2015(E)", "ISO 9001 (2015)"),
    "ISO/IEC 27001:2022": ("ISO IEC 27001-2022", "IEC/ISO 27001:2022", "iso/iec27001:2022"),
    "ISO 26262-1:2018/Amd 1:2020": ("ISO 26262-1:2018/AMD1:2020", "ISO 26262-1:2018 Amd.1:2020"),
    "IEC TR 62854:2014": ("IEC/TR 62854:2014",),
    "IEC 60601-2-31:1994+AMD1:1998": ("IEC 60601-2-31:1994+A1:1998", "IEC 60601-2-31:1994+AMD1:1998 CSV"),
    "ITU-T X.1205 (04/2008)": ("ITU-T Rec. X.1205 (04/2008)", "Recommendation ITU-T X.1205 (4/2008)"),
    "ITU-T G.812": ("CCITT G.812",),
    "IEEE 802.11-2020": ("IEEE Std 802.11™-2020", "IEEE Std. 802.11-2020"),
    "EN 301 549 V3.2.1": ("ETSI EN 301 549 V3.2.1 (2021-03)", "EN 301549 v3.2.1"),
    "3GPP TS 23.501:Rel-15/15.2.0": ("3GPP TS 23.501 V15.2.0", "3GPP TS 23.501:REL-15/15.2.0"),
    "ISO/IEC 8802-3:1996/DAM 1": ("ISO/IEC 8802-3:1996/DAmd 1", "ISO/IEC 8802-3:1996/DAmd.1"),
    "ISO 10002:2004/Cor 1:2009": ("ISO 10002:2004/Cor 1:2009(E)", "ISO 10002:2004/COR1:2009 (E)"),
    "CD IWA 45": ("ISO/CD IWA 45", "cd iwa 45"),
    "3GPP TS 29.215/2.0.0": ("3GPP TS 29.215 V2.0.0",),
    "W3C REC-xml-20081126": ("W3C.REC-xml-20081126", "w3c rec-xml-20081126"),
    "RFC 8446": ("IETF RFC 8446", "RFC8446"),
    "ASTM D638-14": ("ASTM D638-2014",),
    "GOST 10923-1993": ("ГОСТ 10923-93",),
}  # fmt: skip

NO_NUMBERS = (
    "", "GB", "GB/T", "国标", "2019-05-10", "2019.5.1", "2019/05/10", "010-88888888", "+86 10 8888 8888",
    "400-810-1234", "35.040.40", "L80", "100029", "978-7-5066-1234-5", "AB/T 1-2019", "DB99/T 1-2019",
    "Q/A", "T/T", "T/T 30-2019", "ISO/TC 22", "SC 27", "ISO/IEC JTC 1/SC 27", "SAC/TC 260", "TC260",
    "HS 8471.30", "NY 10001-2020", "GB/T 22239-8888", "GB/T 22239-2019 信息安全", "GB 5000-8000",
    "W3C members", "TC260-PG-20222A", "v1.2.3", "20199999-X-469", "29999999-T-469", "DB1115-2019",
    "ISO 2000 people", "GB/T 1\n\n\n\n-2019 x", "W3C HTML/CSS", "W3C members/board", "ISO/TR 14121.2:2012", "ISO 9001.2",
    "IEC 61508.1", "CD 45", "ISO/WS ESG", "IEC/ISO JSyC BDC",
)  # fmt: skip

INNOCENT = (
    "公告日期2019-05-10，2019.5.1起施行，2019/05/10", "电话010-88888888、+86 10 8888 8888、400-810-1234",
    "ICS 35.040.40 CCS L80", "内存8 GB 2666 MHz，16GB 3200", "Team GB 2020", "价格GB 500元", "v1.2.3",
    "New York, NY 10001-2020", "ISBN 978-7-5066-1234-5, ISSN 1000-2020", "Q/A 2019 T/T 30 days",
    "ISO 2000 people", "https://example.com/GB/T-22239-2019 www.example.cn/GB18384-2020",
    "a@gb18384-2020.cn", "SY 2020-2021", "t/km 100-2000", "TEL HB 010-88888888",
    "ISO/IEC JTC 1/SC 27, ISO/TC 22, SAC/TC 260", "ISO 400, f/8", "IEEE 2020 conference",
    "EN 2019, en 1990", "W3C members", "HS 8471.30", "SH600519", "AB/T 1-2019", "GB 5000-8000", "SB 5",
    "MT 2019-2020", "2021年GB 2000年", "版本V1.0-2019", "ISO/TR 14121.2, W3C wca-terms/01, a CD of IWA, ISO/WS ESG",
)  # fmt: skip


UNDATED = ("W3C xmlschema11-2", "W3C dom", "W3C wca-terms/01", "ISO/TR 17716.2")
"""Numbers that are read where they stand alone only: in a sentence they may be any two words, or another number with a point in it."""


def read(text: str) -> StandardNumber:
    number = parse(text)
    assert number is not None, text
    return number


@pytest.mark.parametrize("text", CANONICAL)
def test_a_canonical_number_reads_as_itself_and_is_found_in_chinese_and_english(text: str) -> None:
    assert str(read(text)) == text
    assert str(read(text.lower())) == text
    family = read(text).edition_family
    assert str(read(family)) == read(family).edition_family == family
    for sentence in (f"应符合《{text}》的要求", f"as laid down in {text}, and so on", f"代替{text}，"):
        found = find_all(sentence)
        if text in UNDATED:
            assert found == ()
            continue
        if text == "W3C REC-css2-19980512/fonts":  # what follows a slash may be another word
            assert [str(one.number) for one in found] == ["W3C REC-css2-19980512"]
            continue
        assert [str(one.number) for one in found] == [text]
        assert sentence[found[0].start : found[0].end] == text


@pytest.mark.parametrize(("canonical", "text"), [(key, text) for key, texts in SPELLINGS.items() for text in texts])
def test_spellings_meet(canonical: str, text: str) -> None:
    assert str(read(text)) == canonical
    assert read(text) == read(canonical)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("text", INNOCENT)
def test_nothing_is_found_where_nothing_is(text: str) -> None:
    assert find_all(text) == ()


@pytest.mark.parametrize(
    ("text", "kind", "mandatory", "issuer", "year", "family"),
    [
        ("GB 18384-2020", "national", True, "GB", 2020, "GB 18384"),
        ("GB/T 22239-2019", "national", False, "GB", 2019, "GB/T 22239"),
        ("GB/Z 41599-2022", "national", False, "GB", 2022, "GB/Z 41599"),
        ("国标22239", "national", None, "GB", None, "GB 22239"),
        ("GJB 9001C-2017", "national", None, "GJB", 2017, "GJB 9001"),
        ("YD/T 2038-2009", "industry", False, "YD", 2009, "YD/T 2038"),
        ("YY 0053-2016", "industry", True, "YY", 2016, "YY 0053"),
        ("DB11/ 153-2002", "local", True, "DB11", 2002, "DB11/ 153"),
        ("DB3212/T 1-2019", "local", False, "DB3212", 2019, "DB3212/T 1"),
        ("T/CSAE 53-2020", "association", False, "CSAE", 2020, "T/CSAE 53"),
        ("Q/GDW 10595-2021", "enterprise", None, "GDW", 2021, "Q/GDW 10595"),
        ("20170002-Q-339", "plan", True, "339", 2017, "20170002-Q-339"),
        ("20193257-T-469", "plan", False, "469", 2019, "20193257-T-469"),
        ("2021-0626T-YD", "plan", False, "YD", 2021, "2021-0626T-YD"),
        ("ISO/IEC 27001:2022", "international", None, "ISO/IEC", 2022, "ISO/IEC 27001"),
        ("ISO/DIS 4009", "international", None, "ISO", None, "ISO 4009"),
        ("ISO/CD TS 18671.2", "international", None, "ISO", None, "ISO/TS 18671"),
        ("ITU-T X.1205 (04/2008)", "international", None, "ITU-T", 2008, "ITU-T X.1205"),
        ("3GPP TS 23.501 V15.2.0", "international", None, "3GPP", None, "3GPP TS 23.501"),
        ("W3C REC-xml-20081126", "international", None, "W3C", 2008, "W3C xml"),
        ("EN 301 549 V3.2.1", "foreign", None, "ETSI", None, "EN 301 549"),
        ("ASTM D638-14", "foreign", None, "ASTM", 2014, "ASTM D638"),
    ],
)
def test_what_a_number_says(
    text: str, kind: str, mandatory: bool | None, issuer: str, year: int | None, family: str
) -> None:
    number = read(text)
    said = (number.kind, number.mandatory, number.issuer, number.year, number.edition_family)
    assert said == (kind, mandatory, issuer, year, family)


def test_parts_drafts_and_amendments() -> None:
    assert (read("GB/T 20438.1-2017").serial, read("GB/T 20438.1-2017").part) == ("20438", "1")
    assert read("ISO/IEC TR 29110-5-1-4:2018").part == "5-1-4"
    assert read("ISO/FDIS 2789:2022").stage == "FDIS"
    amendment = read("GB 18384-2020/XG1-2021")
    assert (amendment.amendment, amendment.amends, amendment.year) == ("XG1-2021", "GB 18384-2020", 2020)
    assert amendment.edition_family == "GB 18384"
    assert read("ISO 26262-1:2018/Amd 1:2020").amends == "ISO 26262-1:2018"


def test_drafts_are_told_from_what_is_published() -> None:
    assert (read("CD IWA 45").stage, read("CD IWA 45").edition_family) == ("CD", "IWA 45")
    assert (read("ISO/TR 17716.2").stage, read("ISO/TR 17716.2").edition_family) == ("draft", "ISO/TR 17716")
    assert read("ISO/DTR 17716.2").stage == "D"
    assert read("ISO/IEC 8802-3:1996/DAmd 1").amends == "ISO/IEC 8802-3:1996"


def test_a_page_of_a_document_is_no_edition_of_it() -> None:
    page, document = read("W3C REC-CSS2-19980512/fonts"), read("W3C REC-CSS2-19980512")
    assert (page.part, page.year) == ("fonts", 1998)
    assert page.edition_family != document.edition_family
    (found,) = find_all("W3C REC-xml-20081126/ISO 9001")[:1]
    assert str(found.number) == "W3C REC-xml-20081126"


def test_candidates_leave_the_choice_between_gb_and_gbt_to_who_knows() -> None:
    assert read("国标22239").candidates() == ("GB 22239", "GB/T 22239", "GB/Z 22239")
    assert read("GB 9254.1-2021").candidates() == ("GB 9254.1-2021", "GB/T 9254.1-2021", "GB/Z 9254.1-2021")
    assert read("GBT22239").candidates() == ("GB/T 22239",)
    assert read("YD 1-2009").candidates() == ("YD 1-2009",)


def test_slugs_are_readable_and_tell_all_numbers_apart() -> None:
    assert read("GB/T 22239-2019").slug == "gb-t-22239-2019"
    assert read("ISO/IEC 27001:2022").slug == "iso-iec-27001-2022"
    assert read("ITU-T X.1205 (04/2008)").slug == "itu-t-x.1205-2008-04"
    close = (
        *CANONICAL, "ISO/TS 10303-2012", "ISO/TS 10303:2012", "T/CECS-CBIMU 1-2017", "T/CECS/CBIMU 1-2017",
        "W3C wca-terms-01", "W3C WD-css1-960726",
        "ITU-R BT.601 (10/2014)", "ITU-R BT.601-10 (2014)", "EN 60601-1:2006+A1:2013", "GB 2760-2014/XG1",
    )  # fmt: skip
    assert len({read(text).slug for text in close}) == len(close)
    assert all(read(text).slug.isascii() and not set(read(text).slug) & set(" /()") for text in close)


def test_numbers_sort_as_people_count() -> None:
    order = ["GB/T 2-2019", "GB/T 10", "GB/T 10-1999", "GB/T 10-2019", "GB/T 10.2-2001", "GB/T 10.10-2001"]
    backwards = list(reversed(order))
    assert sorted(backwards, key=lambda text: read(text).sort_key) == order


def test_numbers_in_running_text_in_order_and_with_their_places() -> None:
    text = (
        "代替GB/T 22239—2008，参见GB/T\u200b25069-2022、gb18384-2020、ISO/IEC 27001:2022和YY 0505；"
        "计划号20193257-T-469。"
    )
    found = find_all(text)
    assert [(str(one.number), text[one.start : one.end]) for one in found] == [
        ("GB/T 22239-2008", "GB/T 22239—2008"),
        ("GB/T 25069-2022", "GB/T\u200b25069-2022"),
        ("GB 18384-2020", "gb18384-2020"),
        ("ISO/IEC 27001:2022", "ISO/IEC 27001:2022"),
        ("YY 0505", "YY 0505"),
        ("20193257-T-469", "20193257-T-469"),
    ]


def test_words_behind_a_number_do_not_hide_it() -> None:
    text = "GB/T 22239名称、GB/T 35273 standard, ISO 9001 companies, ISO 27001-certified"
    assert [str(one.number) for one in find_all(text)] == ["GB/T 22239", "GB/T 35273", "ISO 9001", "ISO 27001"]


def test_both_halves_of_a_double_number_are_found() -> None:
    found = find_all("GB/T 19001-2016/ISO 9001:2015")
    assert [str(one.number) for one in found] == ["GB/T 19001-2016", "ISO 9001:2015"]


YEARS = st.none() | st.integers(1950, 2049)
SERIALS = st.integers(100, 99999)


@st.composite
def chinese_numbers(draw: st.DrawFn) -> str:
    code = draw(
        st.sampled_from(("GB/T", "GB/Z", "GB"))
        | st.sampled_from(INDUSTRY_CODES).map(lambda code: f"{code}/T")
        | st.sampled_from(PROVINCES).map(lambda code: f"DB{code}/T")
        | st.from_regex(r"\A[A-Z]{2,8}\Z").map(lambda code: f"T/{code}")
        | st.from_regex(r"\A[A-Z]{2,8}\Z").map(lambda code: f"Q/{code}")
    )
    part, year = draw(st.none() | st.integers(1, 99)), draw(YEARS)
    serial = draw(SERIALS)
    return f"{code} {serial}" + (f".{part}" if part else "") + (f"-{year}" if year else "")


@st.composite
def numbers_abroad(draw: st.DrawFn) -> str:
    publishers = ("ISO", "IEC", "ISO/IEC", "ISO/TS", "ISO/IEC TR", "EN ISO", "ISO/IEC/IEEE")
    publisher = draw(st.sampled_from(publishers))
    parts = draw(st.lists(st.integers(1, 99), max_size=3))
    year = draw(YEARS)
    return f"{publisher} {'-'.join(map(str, [draw(SERIALS), *parts]))}" + (f":{year}" if year else "")


@st.composite
def drafts_and_pages(draw: st.DrawFn) -> str:
    year, count = draw(st.integers(1950, 2049)), draw(st.integers(1, 9))
    stage = draw(st.sampled_from(("NP", "AWI", "WD", "CD", "DIS", "FDIS", "PRF")))
    amendment = draw(st.sampled_from(("DAM", "FDAM", "PDAM", "DCOR", "FDCOR", f"{stage} Amd", f"{stage} Cor")))
    serial = draw(SERIALS)
    short = draw(st.from_regex(r"\A[a-z][a-z0-9]{0,8}-[a-z][a-z0-9]{0,8}\Z"))
    day = draw(st.sampled_from(("", "-19980512", "-960726", "-19980512.html")))
    page = draw(st.from_regex(r"\A[a-z0-9][a-z0-9_-]{0,12}\Z").filter(lambda text: not text.endswith("-")))
    return draw(
        st.sampled_from(
            (
                f"ISO/IEC {serial}-{count}:{year}/{amendment} {count}",
                f"{stage} IWA {serial}",
                f"ISO/TR {serial}.{count}",
                f"ISO/DTS {serial}.{count}",
                f"W3C REC-{short}{day}/{page}",
                f"W3C {short}{day}",
            )
        )
    )


NUMBERS = chinese_numbers() | numbers_abroad() | drafts_and_pages() | st.sampled_from(CANONICAL)
DASHES = st.sampled_from("-‐‑‒–—―−－")


@given(NUMBERS)
def test_canonical_numbers_and_families_survive_the_round_trip(text: str) -> None:
    number = read(text)
    assert str(number) == text
    assert parse(str(number)) == number
    assert read(number.edition_family).edition_family == number.edition_family


@given(chinese_numbers(), DASHES, st.booleans(), st.booleans(), st.booleans())
def test_dash_case_width_and_blanks_do_not_matter(text: str, dash: str, small: bool, wide: bool, spaced: bool) -> None:
    written = text.replace("-", f" {dash} " if spaced else dash)
    written = written.lower() if small else written
    if wide:
        written = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in written)
        written = written.replace(" ", "\u3000")
    assert str(read(f"  《{written}》 ")) == text


@given(
    st.from_regex(
        r"(?:Q/[A-Z0-9]{1,6}|T/[A-Z0-9]{1,6}|GB|GB/[TZ]|DB[1-6][1-6](?:\d\d)?(?:/T)?|(?:YD|DB|SC|TJ|GA|QB|TB|ZZ)(?:/T)?) ?"
        r"\d{1,8}(?:\.\d{1,4}){0,3}-(?:19|20|21)\d\d(?:\n|/XG1)?",
        fullmatch=True,
    )
    | chinese_numbers().map(str)
)
def test_the_usual_forms_are_read_as_the_whole_grammar_reads_them(text: str) -> None:
    quickly = usual(text)
    if quickly is not None:
        assert repr(quickly) == repr(by_grammar(text))


@given(NUMBERS, NUMBERS)
def test_different_numbers_have_different_slugs(one: str, other: str) -> None:
    assert (read(one).slug == read(other).slug) == (one == other)
    assert (read(one).sort_key == read(other).sort_key) == (one == other)


@given(
    chinese_numbers().filter(lambda text: not text.startswith("GB ")),
    st.sampled_from(("。", "的", "》", ", ", " and")),
)
def test_numbers_are_found_where_they_stand(text: str, after: str) -> None:
    sentence = f"按照{text}{after}"
    assert [(str(one.number), one.start, one.end) for one in find_all(sentence)] == [(text, 2, 2 + len(text))]


@given(st.text(max_size=200) | st.text(alphabet="GBTISOQDYD/ -.:—0123456789国标()", max_size=200))
def test_any_text_is_read_without_error_and_what_is_found_is_a_number(text: str) -> None:
    number = parse(text)
    assert number is None or parse(str(number)) == number
    last = 0
    for found in find_all(text):
        assert last <= found.start < found.end <= len(text)
        assert parse(str(found.number)) == found.number
        last = found.end


@pytest.mark.parametrize(
    "piece",
    ["GB/T ", "1", "GB/T 1-", "T/A", "Q/AB ", "ISO/", "ISO 1-1-1-1-", "W3C.a-", " ", "/", "-1", "a@", "www."],
)
def test_hostile_texts_are_read_in_linear_time(piece: str) -> None:
    """Quadratic reading would not come back from a hundred thousand characters."""
    find_all(piece * (100_000 // len(piece)))
    assert parse(piece * (100_000 // len(piece))) is None
