"""The national standards bodies that are members of ISO, by the acronym that ISO gives them.

ISO Open Data has the acronym and a number only. Names and countries of the larger bodies are added here as general knowledge
(they are those of ISO's list of members); a body that is not listed here is known by its acronym. Acronyms of members are
unique among members, but not among organisations (ISS is Serbia's institute and somebody else's short name), so a
member has an id of its own and is never found by its acronym alone.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["MEMBERS", "ON_RECORD"]

ON_RECORD: Mapping[str, str] = {"SAC": "org:sac", "ANSI": "org:ansi"}
"""Members that the shipped data describe, and their ids there."""

MEMBERS: Mapping[str, tuple[str, str]] = {
    # acronym: (name, country by ISO 3166-1 alpha-2)
    "ABNT": ("Associação Brasileira de Normas Técnicas", "BR"),
    "AFNOR": ("Association Française de Normalisation", "FR"),
    "ANSI": ("American National Standards Institute", "US"),
    "ASI": ("Austrian Standards International", "AT"),
    "ASRO": ("Romanian Standards Association", "RO"),
    "BDS": ("Bulgarian Institute for Standardization", "BG"),
    "BELST": ("State Committee for Standardization of the Republic of Belarus", "BY"),
    "BIS": ("Bureau of Indian Standards", "IN"),
    "BPS": ("Bureau of Philippine Standards", "PH"),
    "BSI": ("British Standards Institution", "GB"),
    "BSN": ("Badan Standardisasi Nasional", "ID"),
    "CYS": ("Cyprus Organization for Standardization", "CY"),
    "DGN": ("Dirección General de Normas", "MX"),
    "DIN": ("Deutsches Institut für Normung", "DE"),
    "DS": ("Danish Standards", "DK"),
    "DSM": ("Department of Standards Malaysia", "MY"),
    "EOS": ("Egyptian Organization for Standardization and Quality", "EG"),
    "EVS": ("Estonian Centre for Standardisation and Accreditation", "EE"),
    "GOST R": ("Federal Agency on Technical Regulating and Metrology", "RU"),
    "HZN": ("Croatian Standards Institute", "HR"),
    "ICONTEC": ("Instituto Colombiano de Normas Técnicas y Certificación", "CO"),
    "ILNAS": (
        "Institut luxembourgeois de la normalisation, de l'accréditation, de la sécurité et qualité des produits et services",
        "LU",
    ),
    "IMANOR": ("Institut Marocain de Normalisation", "MA"),
    "INN": ("Instituto Nacional de Normalización", "CL"),
    "INSO": ("Iran National Standards Organization", "IR"),
    "IPQ": ("Instituto Português da Qualidade", "PT"),
    "IRAM": ("Instituto Argentino de Normalización y Certificación", "AR"),
    "ISS": ("Institute for Standardization of Serbia", "RS"),
    "IST": ("Icelandic Standards", "IS"),
    "ITCHKSAR": ("Innovation and Technology Commission of Hong Kong", "HK"),
    "JISC": ("Japanese Industrial Standards Committee", "JP"),
    "KATS": ("Korean Agency for Technology and Standards", "KR"),
    "KEBS": ("Kenya Bureau of Standards", "KE"),
    "LST": ("Lithuanian Standards Board", "LT"),
    "LVS": ("Latvian Standard", "LV"),
    "MSZT": ("Hungarian Standards Institution", "HU"),
    "NBN": ("Bureau for Standardisation of Belgium", "BE"),
    "NC": ("Oficina Nacional de Normalización", "CU"),
    "NEN": ("Royal Netherlands Standardization Institute", "NL"),
    "NQIS ELOT": ("National Quality Infrastructure System, Hellenic Organization for Standardization", "GR"),
    "NSAI": ("National Standards Authority of Ireland", "IE"),
    "NZSO": ("New Zealand Standards Organisation", "NZ"),
    "PKN": ("Polish Committee for Standardization", "PL"),
    "PSQCA": ("Pakistan Standards and Quality Control Authority", "PK"),
    "SA": ("Standards Australia", "AU"),
    "SABS": ("South African Bureau of Standards", "ZA"),
    "SAC": ("Standardization Administration of China", "CN"),
    "SASO": ("Saudi Standards, Metrology and Quality Organization", "SA"),
    "SCC": ("Standards Council of Canada", "CA"),
    "SE UkrNDNC": ("Ukrainian Research and Training Centre of Standardization, Certification and Quality", "UA"),
    "SFS": ("Finnish Standards Association", "FI"),
    "SII": ("Standards Institution of Israel", "IL"),
    "SIS": ("Swedish Institute for Standards", "SE"),
    "SIST": ("Slovenian Institute for Standardization", "SI"),
    "SLSI": ("Sri Lanka Standards Institution", "LK"),
    "SN": ("Standards Norway", "NO"),
    "SNV": ("Swiss Association for Standardization", "CH"),
    "SON": ("Standards Organisation of Nigeria", "NG"),
    "SSC": ("Singapore Standards Council", "SG"),
    "STAMEQ": ("Directorate for Standards, Metrology and Quality of Viet Nam", "VN"),
    "TISI": ("Thai Industrial Standards Institute", "TH"),
    "TSE": ("Turkish Standards Institution", "TR"),
    "UNE": ("Asociación Española de Normalización", "ES"),
    "UNI": ("Ente Italiano di Normazione", "IT"),
    "UNIT": ("Instituto Uruguayo de Normas Técnicas", "UY"),
    "UNMZ": ("Czech Office for Standards, Metrology and Testing", "CZ"),
    "UNMS SR": ("Slovak Office of Standards, Metrology and Testing", "SK"),
}
