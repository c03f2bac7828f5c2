"""Words of names in Latin letters: which many names share, which say a country, and legal forms that only one country has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from graph.names.places import english_places

__all__ = [
    "FORM_COUNTRIES",
    "GENERAL_WORDS",
    "SMALL_WORDS",
    "initials_of",
    "is_place",
    "places_of",
    "plain_words",
    "telling_words",
]

_SMALL = "of and for the in on de des du la le et und für per der die e y a an at by to"
SMALL_WORDS = frozenset(_SMALL.split())

_GENERAL = (
    "technologies technology technical tech communications communication telecommunications telecommunication telecom "
    "telecoms electronics electronic electric electrical networks network networking systems system solutions solution "
    "mobile wireless international global worldwide group holdings holding research development r d rd institute "
    "institut center centre laboratories laboratory lab labs software services service company corporation corp co ltd "
    "limited inc incorporated digital information industry industries industrial products product devices device "
    "semiconductor semiconductors automotive automobile auto motor motors science sciences scientific engineering national "
    "state federal european operations enterprise enterprises trading sales business consulting academy association society "
    "federation union alliance office ministry department bureau administration agency university college school standards "
    "standardization standardisation testing test inspection certification equipment machinery materials energy power "
    "manufacturing management investment innovation branch division china chinese distribution investments security "
    "computer data cloud media financial finance insurance bank medical pharmaceutical pharmaceuticals chemical chemicals "
    "food steel iron oil gas petroleum cable optical instruments appliances home household smart intelligent new "
    "first second third fourth fifth sixth seventh eighth ninth tenth quality supervision"
)
GENERAL_WORDS = frozenset(_GENERAL.split())
"""Words that tell no organisation from another by themselves."""

_COUNTRIES = {
    "cn": "prc",
    "gb": "uk britain england",
    "us": "us usa america americas",
    "de": "germany deutschland duesseldorf düsseldorf munich münchen berlin",
    "fr": "france paris",
    "in": "india bangalore bengaluru mumbai delhi",
    "jp": "japan nippon tokyo osaka",
    "kr": "korea seoul",
    "se": "sweden sverige stockholm",
    "fi": "finland helsinki",
    "dk": "denmark danmark",
    "no": "norway norge",
    "nl": "netherlands nederland holland",
    "be": "belgium belgique",
    "at": "austria österreich",
    "ch": "switzerland suisse schweiz",
    "it": "italy italia",
    "es": "spain españa",
    "pt": "portugal",
    "ie": "ireland",
    "hu": "hungary",
    "pl": "poland polska",
    "cz": "czechia",
    "ro": "romania",
    "gr": "greece",
    "tr": "turkey türkiye",
    "ru": "russia",
    "il": "israel",
    "sg": "singapore",
    "my": "malaysia",
    "th": "thailand",
    "vn": "vietnam",
    "id": "indonesia",
    "ph": "philippines",
    "au": "australia",
    "nz": "nz zealand",
    "ca": "canada ottawa toronto",
    "mx": "mexico",
    "br": "brazil brasil",
    "za": "africa",
    "ae": "emirates uae",
    "tw": "taiwan taipei",
    "hk": "hongkong",
    "lu": "luxembourg",
    # Regions stand beside countries: a company for Europe is not the one of Germany.
    "eu": "europe emea",
    "asia": "asia apac",
    "nordic": "nordic",
    "benelux": "benelux",
}
_COUNTRY_OF = {word: code for code, words in _COUNTRIES.items() for word in words.split()}

FORM_COUNTRIES = {
    "gmbh": "de", "ag": "de", "kg": "de", "kgaa": "de", "ohg": "de", "ab": "se", "oy": "fi", "oyj": "fi", "bv": "nl",
    "nv": "nl", "sas": "fr", "sarl": "fr", "sasu": "fr", "spa": "it", "srl": "it", "asa": "no", "kk": "jp", "pvt": "in",
    "private": "in", "aktiengesellschaft": "de", "aktiebolag": "se",
    "aktieselskab": "dk", "plc": "gb", "sprl": "be",
}  # fmt: skip
"""Legal forms that only one country has; a Swiss ``AG`` or a Belgian ``NV`` says its country in another word."""

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=16_384)
def plain_words(key: str) -> tuple[str, ...]:
    """The words of a key, without the marks on letters.

    >>> plain_words("telefónica germany gmbh")
    ('telefonica', 'germany', 'gmbh')
    """
    if not key.isascii():
        letters = unicodedata.normalize("NFKD", key)
        key = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return tuple(_WORD.findall(key))


_PLAIN_COUNTRY_OF = {plain_words(word)[0]: code for word, code in _COUNTRY_OF.items()}


@lru_cache(maxsize=4_096)
def places_of(key: str) -> frozenset[tuple[str, str]]:
    """The places that a key names, each as country code and place ("" for the country itself).

    ``China`` at the beginning belongs to the name (China Mobile); in brackets or behind the name it is a place.

    >>> sorted(places_of("china mobile us research center"))
    [('us', '')]
    >>> sorted(places_of("nokia solutions and networks(shanghai)ltd")), sorted(places_of("ericsson(china)communications"))
    ([('cn', 'shanghai')], [('cn', '')])
    """
    words = plain_words(key)
    found = {(_PLAIN_COUNTRY_OF[word], "") for word in words if word in _PLAIN_COUNTRY_OF}
    spaced = f" {' '.join(words)} "
    for place in english_places():
        if place in spaced and f" {place} " in spaced and (place != "china" or words[0] != "china"):
            found.add(("cn", "" if place == "china" else place))
    if ("hk", "") in found or ("cn", "hong kong") in found:
        found = {("hk", "") if code in ("hk", "cn") else (code, place) for code, place in found}
    return frozenset(found)


def is_place(word: str) -> bool:
    """Whether a plain word names a country or a place in China."""
    return word in _PLAIN_COUNTRY_OF or word in english_places()


def telling_words(words: tuple[str, ...]) -> frozenset[str]:
    """The words that tell an organisation from others: no general word, place, legal form or single letter."""
    return frozenset(
        word
        for word in words
        if len(word) > 1
        and word not in GENERAL_WORDS
        and word not in SMALL_WORDS
        and word not in FORM_COUNTRIES
        and not is_place(word)
    )


def initials_of(words: Iterable[str]) -> frozenset[str]:
    """The first letters of some words, with the small words and without them, and with a number for a letter said three times (W3C)."""
    listed = list(words)
    found = {"".join(word[0] for word in listed), "".join(word[0] for word in listed if word not in SMALL_WORDS)}
    return frozenset(found | {_REPEATED.sub(lambda run: f"{run[1]}{len(run[0])}", letters) for letters in found})


_REPEATED = re.compile(r"([a-z])\1\1+")
