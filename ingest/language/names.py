"""Names in a question, and whether a text holds them: "Kenyan" is held by "Kenya"."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import dropwhile

from ingest.language.english import STOPWORDS
from ingest.language.sentences import OPENING, STOPS
from ingest.language.speech import bare_name
from ingest.language.text import CAPITALS
from ingest.language.tongues import ENGLISH, capitals_name, function_words

_NAME = re.compile(rf"\b[{CAPITALS}][\w’'-]*\w")
_PEOPLE = re.compile(r"(?:ians?|eans?|ans?|ese|ish|is?|ns?)$")  # Georgians, Koreans, Cubans, Chinese, Iraqi, Kenyan
_COUNTRY = re.compile(r"(?:[aeoy]|ia|ea|land)?")
# Lands and peoples whose names do not grow out of one another by an ending.
_LANDS = """
france french | britain british briton britons uk | england english | scotland scottish scots | wales welsh
ireland irish | netherlands holland dutch | spain spanish spaniards | germany german germans | greece greek greeks
turkey turkish turks türkiye | denmark danish danes | norway norwegian norwegians | sweden swedish swedes
finland finnish finns | poland polish poles | switzerland swiss | belgium belgian belgians
portugal portuguese | slovakia slovak slovaks | slovenia slovene slovenian slovenes | czechia czech czechs
croatia croatian croats | serbia serbian serbs | peru peruvian | argentina argentine argentinian
philippines philippine filipino filipinos | thailand thai thais | america american americans usa us
afghanistan afghan afghans | kazakhstan kazakh | uzbekistan uzbek | cyprus cypriot cypriots | emirates emirati
niger nigerien | congo congolese | burma burmese myanmar | iceland icelandic | catalonia catalan
flanders flemish | kosovo kosovar | monaco monegasque | israel israeli
"""
_OTHERWISE = {word: land.split() for land in _LANDS.replace("\n", "|").split("|") for word in land.split()}
_AT_LENGTH = re.compile(
    r"\b(?:(?:(U)nited (S)tates(?: of America)?|(U)nited (K)ingdom|(U)nited (N)ations|(E)uropean (U)nion)\b"
    r"|([UE])\.([A-Z])(?:\.([A-Z]))?\b\.?)"
)
_CAPITALISED = re.compile(rf"\b[{CAPITALS}]\w*(?: (?:(?:and|for|of|on|the) ){{0,2}}[{CAPITALS}]\w*)+")
_INITIALS = range(3, 9)  # letters by which a body is known
_QUARTERS = frozenset("north south east west northern southern eastern western central new".split())
_ROOT = 4  # letters that a country and its people have at least in common
_SPELT_ALIKE = 5  # letters from which two spellings of a name are taken for one


def names_in(question: str, language: str = ENGLISH) -> list[str]:
    """Capitalised words of a question that are names: not its first word, unless the rest is in capitals too.

    None where the language writes every noun with a capital, and none of the words that build its sentences.
    """
    if not capitals_name(language):
        return []
    found = []
    question = in_short(question)
    built = frozenset() if language == ENGLISH else function_words(language)
    for match in _NAME.finditer(question):
        before = question[: match.start()].rstrip(OPENING)
        starts = not before or before[-1] in STOPS
        word = re.sub(r"[’']s$", "", match[0])
        if (not starts or (word.isupper() and len(word) > 1)) and not _titles(word) and word.casefold() not in built:
            found.append(word)
    return list(dict.fromkeys(found))


def in_short(text: str) -> str:
    """The text with "US" for "U.S." and "United States", and so for others that are known by their initials."""
    return _AT_LENGTH.sub(lambda found: "".join(filter(None, found.groups())), text)


def initials_in(text: str) -> set[str]:
    """What bodies named in a text are known by: "NRA" for "the National Rifle Association of America".

    The initials of capitalised words that stand together: of all of them, and of those before an "of" or "for". Two
    letters stand for too much: "PM" is no Paul Marsh.
    """
    found: set[str] = set()
    for run in _CAPITALISED.findall(text):
        initials = ""
        for word in dropwhile(lambda one: one.casefold() in STOPWORDS, run.split()):
            if word[0].isupper():
                initials += word[0]
            else:
                found.add(initials)
        found.add(initials)
    return {one for one in found if len(one) in _INITIALS}


def _titles(word: str) -> bool:
    """Whether it says no more than "Minister", "The", "Monday" or "South": alone it names nobody and nothing."""
    return word.casefold() in _QUARTERS or bare_name(f"{word} Name") == "Name"


def same_people(name: str, words: Collection[str]) -> bool:
    """Whether lower-case words hold the country of a people, or the people of a country."""
    name = name.casefold()
    if any(other in words for other in _OTHERWISE.get(name, ()) if other != name):
        return True
    alike = (word for word in words if word.startswith(name[:_ROOT]))
    return any(_of_one_land(name, word) or _of_one_land(word, name) for word in alike)


def _of_one_land(people: str, country: str) -> bool:
    root = _PEOPLE.sub("", people)
    return (
        _ROOT <= len(root) < len(people)
        and country.startswith(root)
        and _COUNTRY.fullmatch(country, len(root)) is not None
    )


def spelt_alike(name: str, words: Collection[str]) -> bool:
    """Whether lower-case words hold another spelling: the same beginning."""
    start = name.casefold()[:_SPELT_ALIKE]
    return len(start) == _SPELT_ALIKE and any(word.startswith(start) for word in words)
