"""Codes that Chinese standard numbers begin with.

A number is only a number when its code is one that somebody issues, so that `AB/T 1-2019` is not mistaken
for an industry standard.
"""

from __future__ import annotations

INDUSTRY_CODES: tuple[str, ...] = (
    "AQ", "BB", "CB", "CH", "CJ", "CY", "DA", "DB", "DL", "DZ", "EJ", "FZ", "GA", "GH", "GM", "GY",
    "HB", "HG", "HJ", "HS", "HY", "JB", "JC", "JG", "JR", "JT", "JY", "KA", "LB", "LD", "LS", "LY",
    "MH", "MR", "MT", "MZ", "NB", "NY", "QB", "QC", "QJ", "QX", "RB", "SB", "SC", "SF", "SH", "SJ",
    "SL", "SN", "SW", "SY", "TB", "TD", "TJ", "TY", "WB", "WH", "WJ", "WM", "WS", "WW", "XB", "XF",
    "YB", "YC", "YD", "YJ", "YS", "YY", "YZ", "ZY",
)  # fmt: skip
"""Industry standards (行业标准代号): the list that the Standardization Administration (SAC) approves and
publishes, as it stood before the reform of 2018, with the codes approved since (KA mine safety, XF fire and
rescue, YJ emergency management, RB certification, SF justice, SW taxation, MR market regulation, NB
energy). TJ is retired."""

ENGINEERING_CODES: tuple[str, ...] = (
    "CJJ",
    "HGJ",
    "JGJ",
    "JTG",
    "JTJ",
    "JTS",
    "SHJ",
    "SYJ",
    "YBJ",
    "YDJ",
    "YSJ",
)
"""Construction standards of an industry (工程建设行业标准): the industry's code and J, or JTG, JTS for
transport."""

TELECOM_PAPERS: tuple[str, ...] = ("YDB", "YDC", "YDN")
"""Technical reports and provisional papers of the telecommunications industry; nobody must follow them."""

AMERICAN_STATES: tuple[str, ...] = ("GA", "MT", "NY", "SC")
"""Industry codes that also stand before a postcode of five digits in the United States."""

PROVINCES: tuple[str, ...] = (
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41",
    "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65",
)  # fmt: skip
"""First two digits of GB/T 2260 for the provinces, autonomous regions and municipalities, which issue local
standards."""

COLON_BODIES: tuple[str, ...] = (
    "BS", "DIN VDE", "DIN", "NF", "UNE", "UNI", "CISPR", "UL", "AS/NZS", "CSA",
)  # fmt: skip
"""Bodies abroad whose numbers are built like ISO's: serial, hyphen, part, colon, year."""
