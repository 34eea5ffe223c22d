"""Languages: which one an article or a question is in, its tag and name, its words that only build sentences."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import regex

from ingest.language.english import ASKING, STOPWORDS
from ingest.language.interrogatives import interrogatives

ENGLISH = "en"
# Of 3,000 English headlines cut to two to six words none to .4 % are as sure as this to be in another language.
_SURE = 0.5
# Stop words of English, but for those that a list of another language of stopwords-iso has, too. So many of them in a
# question, or at the beginning of an article, spare loading the identifier; it says the same of 2,990 real articles
# that have them, and 81 in other languages have none.
_ENGLISH_ALONE = STOPWORDS - frozenset(
    "a an are as at be by do for had has have he her i in is it me my of on or so to us was we will you".split()
)
_PLAIN_QUESTION, _PLAIN_ARTICLE = 2, 3
# Of an article the first sentences decide; more text only costs time.
_ENOUGH = 300
_FEWEST = 40
# They write the year first; 03/04/2024 is foreign to them.
_YEAR_FIRST = frozenset({"zh", "ja", "ko", "hu", "lt", "mn"})
_TAG = re.compile(r"([a-zA-Z]{2,3})(?:[-_][\w-]{1,12})?")
_LETTER = regex.compile(r"\p{L}")
# What is written in neither Latin letters nor signs.
_NOT_LATIN = re.compile(
    "[\u0370-\u1dff\u2c00-\u2dff\u2e80-\ua71f\ua840-\ufaff\ufb1d-\ufeff\U00010000-\U0001efff\U00020000-\U0003ffff]"
)
_WORD = regex.compile(r"[\p{L}\p{M}]+")
# A word with a capital inside a sentence, or one such as São at its beginning, before another capital.
_NAME = regex.compile(r"(?<=\s)\p{Lu}[\p{L}\p{M}]*|^(?=\S*[^\x00-\x7F])\p{Lu}[\p{L}\p{M}]*(?=\s+\p{Lu})")
# Languages that share their written function words with one that has a list.
_WRITTEN_AS = {"wuu": "zh", "yue": "zh", "nb": "no", "nn": "no", "bs": "hr", "arz": "ar", "ne": "hi"}
_NOUNS_IN_CAPITALS = frozenset({"de", "lb", "nds", "bar"})
_NAMES = dict(
    pair.split(":")
    for pair in (
        "af:Afrikaans am:Amharic ar:Arabic az:Azerbaijani be:Belarusian bg:Bulgarian bn:Bengali bs:Bosnian "
        "ca:Catalan cs:Czech cy:Welsh da:Danish de:German el:Greek en:English es:Spanish et:Estonian eu:Basque "
        "fa:Persian fi:Finnish fr:French ga:Irish gl:Galician gu:Gujarati he:Hebrew hi:Hindi hr:Croatian "
        "hu:Hungarian hy:Armenian id:Indonesian is:Icelandic it:Italian ja:Japanese ka:Georgian kk:Kazakh "
        "km:Khmer kn:Kannada ko:Korean ku:Kurdish ky:Kyrgyz lo:Lao lt:Lithuanian lv:Latvian mk:Macedonian "
        "ml:Malayalam mn:Mongolian mr:Marathi ms:Malay mt:Maltese my:Burmese nb:Norwegian ne:Nepali nl:Dutch "
        "nn:Norwegian no:Norwegian pa:Punjabi pl:Polish ps:Pashto pt:Portuguese ro:Romanian ru:Russian si:Sinhala "
        "sk:Slovak sl:Slovenian sq:Albanian sr:Serbian sv:Swedish sw:Swahili ta:Tamil te:Telugu th:Thai "
        "tl:Filipino tr:Turkish uk:Ukrainian ur:Urdu uz:Uzbek vi:Vietnamese wuu:Chinese yue:Chinese zh:Chinese"
    ).split()
)


def named(tag: str) -> str | None:
    """The two- or three-letter code of a language tag such as "en-US"; None for anything else."""
    match = _TAG.fullmatch(tag.strip())
    return match[1].lower() if match else None


def day_comes_first(tag: str) -> bool | None:
    """Whether people of that language tag write 3 April as 03/04; None where the tag does not tell."""
    language, _, region = tag.replace("_", "-").lower().partition("-")
    if language not in ("en", ""):
        return language not in _YEAR_FIRST
    return {"us": False, "ph": False}.get(region[:2], True if region and region[:2] != "ca" else None)


def year_comes_first(tag: str) -> bool:
    """Whether people of that language tag write 3 April 2024 as 24.04.03."""
    return tag.replace("_", "-").lower().partition("-")[0] in _YEAR_FIRST


def detect(title: str, text: str) -> str | None:
    """The language that title and text are written in, None where there is too little to tell."""
    sample = f"{title}\n{text}"[:_ENOUGH]
    if len(_words(sample) & _ENGLISH_ALONE) >= _PLAIN_ARTICLE:
        return ENGLISH
    return str(_identifier().classify(sample)[0]) if len(sample) > _FEWEST else None


@lru_cache(maxsize=256)
def language_of(question: str) -> str:
    """The two- or three-letter code of the language of a question; English where it cannot be told."""
    if _LETTER.search(question) is None or (question.isascii() and _is_plainly_english(question)):
        return ENGLISH
    code, probability = _identifier().classify(question)
    code = {"wuu": "zh", "yue": "zh"}.get(str(code), str(code))
    bare = question if question.isascii() else _NAME.sub(" ", question)  # names with accents tell nothing
    words, theirs = _words(bare), function_words(code)
    if question.isascii():
        sure = len(words & function_words(ENGLISH)) > len(words & theirs)  # "Did anyone die": Afrikaans has its "die"
    elif _is_listed(code):
        sure = len(words & STOPWORDS) > len(words & theirs)
    else:  # of a language of whose words few are known, two in English make it that
        sure = bare.isascii() and len(words & function_words(ENGLISH)) > len(words & theirs) + 1
    if sure and not _NOT_LATIN.search(question):
        return ENGLISH
    if not has_latin_letters(question) or probability >= _SURE or theirs & words - function_words(ENGLISH):
        return code
    return ENGLISH


@lru_cache(maxsize=64)
def function_words(language: str) -> frozenset[str]:
    """Words that build sentences and ask questions, and say nothing of what it is about; none where none are listed.

    From stopwords-iso, the largest collection of such lists.
    """
    from stopwordsiso import stopwords

    listed = frozenset(stopwords(_WRITTEN_AS.get(language, language))) if _is_listed(language) else frozenset()
    return listed | interrogatives(_WRITTEN_AS.get(language, language))


def _is_listed(language: str) -> bool:
    from stopwordsiso import has_lang

    return bool(has_lang(_WRITTEN_AS.get(language, language)))


def has_latin_letters(text: str) -> bool:
    """Whether no more than a third of the characters of a text belong to other scripts."""
    return text.isascii() or 3 * len(_NOT_LATIN.findall(text)) <= len(text)


def capitals_name(language: str) -> bool:
    """Whether a capital inside a sentence marks a name; in German it marks every noun."""
    return language not in _NOUNS_IN_CAPITALS


def language_name(code: str) -> str:
    """In English: "Japanese"; the code in quotation marks where it is a rare one."""
    return _NAMES.get(code, f"“{code}”")


def _is_plainly_english(question: str) -> bool:
    first, *_ = question.casefold().split(maxsplit=1)
    return first in ASKING or len(_words(question) & _ENGLISH_ALONE) >= _PLAIN_QUESTION


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
