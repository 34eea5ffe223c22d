"""Character n-grams: how texts in other languages than English are indexed and compared.

Runs of four letters need no stemmer and no list of words, and find parts of compounds (McNamee and Mayfield,
"Character N-Gram Tokenization for European Language Text Retrieval", 2004); of Arabic and Hebrew, whose roots have
three letters, runs of three. Chinese, Japanese and Korean are cut into pairs, as Lucene's CJKAnalyzer does.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import regex

from ingest.language.interrogatives import interrogatives
from ingest.language.scripts import SIGNS, begins_unspaced, has_unspaced
from ingest.language.tongues import function_words

_SIZE = 4
_ROOT = 3  # letters of a root in Semitic languages, with others before, between and behind them
_RUN = regex.compile(
    rf"(?V1)(?P<paired>[{SIGNS}]+)|(?P<number>\p{{Nd}}+)|(?P<word>[[\p{{L}}\p{{M}}\u200c]--[{SIGNS}]]+)"
)
_ROOTED = regex.compile(r"[\p{Arabic}\p{Hebrew}]")
_ARTICLE = regex.compile(r"^[وفبك]?ال(?=..)|^لل(?=..)")  # and what is written before it, after Larkey's light stemmer
_HIRAGANA = regex.compile(r"\p{Hiragana}")
_IN_PAIRS = regex.compile(rf"[{SIGNS}]")
# Marks that may be written or left out: accents, Arabic vowels, Hebrew points. Elsewhere they are vowels.
_OPTIONAL = regex.compile(r"(?<=[\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}])\p{M}+")


def grams(text: str) -> list[str]:
    """The n-grams of a text: pairs and their halves, whole numbers, runs of letters with `_` before each word."""
    return [gram for run in _RUN.finditer(folded_text(text)) for gram in (*_of_run(run), *(run["paired"] or ()))]


def telling_grams(question: str, language: str) -> dict[str, float]:
    """The n-grams of what a question is about, and what each counts; all of them, where it is made of function words.

    A word counts as much as the root of its length, so that a long name does not outweigh the rest of the question.
    In Japanese no pair that begins with hiragana: these are endings and particles, or two words.
    """
    found: dict[str, float] = {}
    for run in _RUN.finditer(without_function_words(question, language)):
        inside = [gram for gram in _of_run(run) if not _HIRAGANA.match(gram)]
        length = _SIZE if begins_unspaced(run[0]) else len(inside)
        found |= dict.fromkeys(inside, length**-0.5)
    return found or dict.fromkeys(grams(question), 1.0)


def without_function_words(question: str, language: str) -> str:
    """The question without the words that only build sentences; those of two letters also inside unspaced writing.

    In scripts of Southeast Asia only the question words: shorter words are parts of others there.
    """
    listed = _folded(function_words(language))
    text = " ".join(word for word in _words(folded_text(question)) if word not in listed)
    if has_unspaced(text):
        paired = _IN_PAIRS.search(text) is not None
        inner = [word for word in (listed if paired else _folded(interrogatives(language))) if len(word) > 1]
        unspaced = sorted(filter(begins_unspaced, inner), key=len, reverse=True)
        text = regex.sub("|".join(map(regex.escape, unspaced)), " ", text) if unspaced else text
    return text


def folded_text(text: str) -> str:
    """In one case and one form: compatible characters as one, without the marks that may be left out."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("ı", "i")
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _OPTIONAL.sub("", unicodedata.normalize("NFD", text)))


def _folded(words: Iterable[str]) -> set[str]:
    return {folded_text(word) for word in words}


def _words(text: str) -> Iterator[str]:
    return (run[0] for run in _RUN.finditer(text))


def _of_run(run: regex.Match[str]) -> list[str]:
    text = run[0]
    if run["number"]:
        return [text]
    if run["paired"]:
        return _runs(text, 2)
    if _ROOTED.match(text):
        return _runs(_ARTICLE.sub("", text), _ROOT)
    return _runs(text if begins_unspaced(text) else f"_{text}", _SIZE)


def _runs(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(max(len(text) - size, 0) + 1)]
