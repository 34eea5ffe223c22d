"""Rules that alter a sentence of an article, or say the same in other words.

A rule takes a Source and yields the drafts that it can make of it; none where the sentence has nothing of the kind.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from zlib import crc32

from assistant.checks.dates import days
from assistant.compose.draft import Draft
from assistant.evidence.evidence import Evidence
from ingest.language.quotations import quoted
from ingest.language.speech import speaker_of

Rule = Callable[["Source"], Iterator[Draft]]

_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = (
    "January February March April May June July August September October November December"
).split()  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.,:-])\d{1,3}(?:,\d{3})+(?![\w.,]\d)|(?<![\w.,:/-])\d+(?:\.\d+)?(?![\w:/-]|[.,]\d)")
_UNITS = (
    "percent:percentage points", "per cent:percentage points", "million:billion", "billion:million",
    "thousand:million", "metres:kilometres", "meters:kilometers", "kilometres:metres", "miles:kilometres",
    "minutes:hours", "hours:days", "days:weeks", "weeks:months", "months:years", "years:months",
    "tonnes:kilograms", "tons:kilograms", "feet:metres", "dollars:euros", "euros:dollars", "pounds:dollars",
    "hectares:acres", "acres:hectares",
)  # fmt: skip
_COUNTED = (
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|half a))"
)
_SPELT = "zero one two three four five six seven eight nine ten eleven twelve".split()
_NAME = re.compile(r"(?<=[a-z,] )(?!I\b)[A-Z][a-z]{3,}\b")
_FULL_NAME = re.compile(r"(?<=[a-z] )[A-Z][a-z]{3,}(?: [A-Z][a-z]{3,})*\b(?=[ .,])")
_OPPOSITE = (
    "rose:fell", "fell:rose", "increased:decreased", "increase:decrease", "won:lost", "lost:won",
    "more than:fewer than", "support:oppose",
    "approved:rejected", "rejected:approved", "opened:closed", "closed:opened", "began:ended", "accepted:refused",
    "before:after", "after:before", "first:last", "legal:illegal", "likely:unlikely", "killed:injured",
)  # fmt: skip
_NOT_NAMES = {*_WEEKDAYS, *_MONTHS, "English", "German", "French", "Christmas", "Easter"}
_AUXILIARY = re.compile(r"\b(is|are|was|were|will|would|has|have|had|can|could|should|must)\b(?! not\b|n[’']t)")
_DENIES = re.compile(r"\b(?:no|not|never|nor|none|nothing|without)\b|n[’']t\b")
_SAID_AFTER = re.compile(
    r"^(?P<what>[^“”\"]{30,}),(?: (?:according to|said) [^,“”\"]{3,60}| [^,“”\"]{3,40} (?:said|says))\.$"
)
_SAID_BEFORE = re.compile(
    r"^(?P<who>[A-Z][^,“”\"]{2,60}) (?:said|says|argued|warned)(?: that)? (?P<what>[^“”\"]{30,})$"
)
_QUOTE_THEN_NAME = re.compile(r"^[“\"](?P<words>[^“”\"]{15,}?),[”\"] said (?P<who>[A-Z][^“”\",.]{3,40})\.$")
_ON_DAY = re.compile(rf"(?<=\bon )(?P<day>{'|'.join(_WEEKDAYS)})\b")
_DAY_MONTH = re.compile(rf"\b(?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS)})\b(?! \d{{4}})")
_OPENER = re.compile(
    r"^(?P<when>(?:On|In|Since|By|At|After|Before) [^,“”\"]{3,40}), (?P<what>(?:the|a|an)\b[^“”\"]+)\.$", re.I
)
_ASIDE = re.compile(r"(?<=\w), (?:a|an|the|who|which) [^,“”\"\d]{5,60},(?= [a-z])")
_NONSENSE = (
    "Nobody asked us, and nobody will", "We were promised far more than that", "It is the last time that I sign",
    "They knew about it for years", "I would do it again tomorrow", "This is where the money went",
)  # fmt: skip
_SAME = dict(
    pair.split(":")
    for pair in (
        "began:started", "about:around", "more than:over", "bought:purchased", "nearly:almost", "said that:said",
        "because:as", "children:kids", "shut:closed", "needed:required", "almost:nearly", "built:constructed",
        "however,:but", "people:persons", "get:receive", "help:assist", "big:large", "began to:started to",
        "the start of:the beginning of", "asked:requested", "told:informed", "showed:demonstrated", "while:whereas",
        "also :", "still :", "very :", "already :", "meanwhile, :", "the end of:the close of", "may:might",
        "during:in the course of", "near:close to", "start:begin", "house:home", "job:post", "keep:retain",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """A sentence, and what is offered beside it: others of its article, and of other articles."""

    own: Evidence
    neighbours: tuple[Evidence, ...]
    strangers: tuple[Evidence, ...]

    @property
    def text(self) -> str:
        return " ".join(self.own.span.text.split())

    @property
    def chance(self) -> random.Random:
        """The same for the same sentence, in every run."""
        return random.Random(crc32(self.text.encode()))

    def draft(self, text: str, *keys: str, speaker: str | None = None, quotation: str | None = None) -> Draft:
        """A draft that cites the sentence, unless it is given other keys."""
        told = Draft.of(text, *(keys or (self.own.key,)))
        return replace(told, speaker=speaker or told.speaker, quotation=quotation)


def number_altered(source: Source) -> Iterator[Draft]:
    dated = {str(part) for day in days(source.text)[0] for part in (day.year, day.day) if part}
    for match in _NUMBER.finditer(source.text):
        if match[0] in dated:
            continue
        value = float(match[0].replace(",", ""))
        factor = source.chance.choice((1.2, 1.5, 0.7))
        other = f"{value * factor + 1:,.1f}" if "." in match[0] else f"{round(value * factor) + 2:,}"
        if other not in source.text:
            yield source.draft(_put(source.text, match, other))


def unit_altered(source: Source) -> Iterator[Draft]:
    for pair in _UNITS:
        unit, other = pair.split(":")
        match = re.search(rf"{_COUNTED}[\w.,-]* {unit}\b", source.text)
        if match and not re.search(rf"\b{other}\b", source.text):
            yield source.draft(_put(source.text, match, match[0].removesuffix(unit) + other))
    if match := re.search(r"[$€£](?=\d)", source.text):
        yield source.draft(_put(source.text, match, {"$": "€", "€": "£", "£": "$"}[match[0]]))


def date_shifted(source: Source) -> Iterator[Draft]:
    for words, step in ((_WEEKDAYS, 2), (_MONTHS, 4)):
        for match in re.finditer(rf"\b(?:{'|'.join(words)})\b", source.text):
            other = words[(words.index(match[0]) + step) % len(words)]
            if other not in source.text and (match[0] != "May" or re.search(r"\d\s$", source.text[: match.start()])):
                yield source.draft(_put(source.text, match, other))
    for match in re.finditer(r"\b(?:in|since|of) (?P<year>(?:19|20)\d\d)\b(?!-)", source.text):
        year = int(match["year"])
        yield source.draft(source.text[: match.start("year")] + str(year - 3) + source.text[match.end("year") :])


def name_swapped(source: Source) -> Iterator[Draft]:
    names = [match for match in _NAME.finditer(source.text) if match[0] not in _NOT_NAMES]
    others = [
        match[0]
        for one in (*source.strangers, *source.neighbours)
        for match in _NAME.finditer(one.span.text)
        if match[0] not in _NOT_NAMES
        and match[0] not in f"{source.own.article.title} {source.text} {source.own.before}"
    ]
    if names and others:
        yield source.draft(_put(source.text, source.chance.choice(names), source.chance.choice(others)))


def first_name_swapped(source: Source) -> Iterator[Draft]:
    """The name with which a sentence begins, where another sentence has it, too."""
    told = " ".join((source.own.article.title, *(one.span.text for one in source.neighbours)))
    first = re.match(r"(?!I\b)[A-Z][a-z]{3,}\b(?= [a-z])", source.text)
    if first and first[0] not in _NOT_NAMES and re.search(rf"[a-z,] {first[0]}\b", told):
        for one in source.strangers:
            other = _NAME.search(one.span.text)
            if other and other[0] not in f"{told} {source.text} {source.own.before}" and other[0] not in _NOT_NAMES:
                yield source.draft(_put(source.text, first, other[0]))


def numbers_exchanged(source: Source) -> Iterator[Draft]:
    dated = {str(part) for day in days(source.text)[0] for part in (day.year, day.day) if part}
    found = [match for match in _NUMBER.finditer(source.text) if match[0] not in dated]
    if len(found) > 1 and found[0][0] != found[1][0] and not quoted(source.text):
        yield source.draft(_exchanged(source.text, *found[:2]))


def names_exchanged(source: Source) -> Iterator[Draft]:
    """Not those of one list, whose order says nothing."""
    found = [match for match in _FULL_NAME.finditer(source.text) if match[0] not in _NOT_NAMES]
    if quoted(source.text) or len({match[0] for match in found}) < len(found):
        return
    for one, other in pairwise(found):
        between = source.text[one.end() : other.start()]
        if len(re.findall(r"[a-z]{3,}", between)) > 2 and not re.search(r"\b(?:and|or)\b|,", between):
            yield source.draft(_exchanged(source.text, one, other))


def hedge_dropped(source: Source) -> Iterator[Draft]:
    """What could happen will."""
    match = re.search(r"\b(?:could|might|may)\b(?= [a-z]+ )(?! (?:not|only|have|be able)\b)", source.text)
    if match and not quoted(source.text) and not re.search(r"\b(?:if|whether|unless)\b", source.text):
        yield source.draft(_put(source.text, match, "will"))


def turned_round(source: Source) -> Iterator[Draft]:
    """One word for its opposite."""
    for pair in _OPPOSITE:
        match = re.search(rf"\b{pair.split(':')[0]}\b", source.text)
        if match and not quoted(source.text):
            yield source.draft(_put(source.text, match, pair.split(":")[1]))


def speaker_swapped(source: Source) -> Iterator[Draft]:
    speaker = speaker_of(source.text)
    if speaker is None:
        return
    for one in (*source.neighbours, *source.strangers):
        other = speaker_of(one.span.text)
        if other and not set(other.split()) & set(source.text.split()):
            yield source.draft(source.text.replace(speaker, other), speaker=other)


def quotation_altered(source: Source) -> Iterator[Draft]:
    """One word of it, in the sentence and in what is given as the quotation."""
    for words in quoted(source.text):
        inside = list(re.finditer(r"\b[a-z]{4,}\b", words))
        others = [word for one in source.neighbours for word in re.findall(r"\b[a-z]{4,}\b", one.span.text)]
        others = [word for word in others if word not in words]
        if len(words.split()) > 3 and inside and others:
            altered = _put(words, source.chance.choice(inside), source.chance.choice(others))
            yield source.draft(source.text.replace(words, altered), quotation=altered)


def quotation_invented(source: Source) -> Iterator[Draft]:
    if speaker := speaker_of(source.text):
        words = source.chance.choice(_NONSENSE)
        yield source.draft(f"“{words},” said {speaker}.", speaker=speaker, quotation=words)


def attribution_dropped(source: Source) -> Iterator[Draft]:
    match = _SAID_AFTER.match(source.text) or _SAID_BEFORE.match(source.text)
    if match and Draft.of(match["what"]).kind == "fact":
        yield source.draft(match["what"][0].upper() + match["what"][1:].rstrip(".") + ".")


def negated(source: Source) -> Iterator[Draft]:
    """A denial put in or taken out, outside of what is quoted."""
    if quoted(source.text):
        return
    if match := re.search(r"(?<=[a-z] )not ", source.text):
        yield source.draft(_put(source.text, match, ""))
    elif not _DENIES.search(source.text) and (match := _AUXILIARY.search(source.text)):
        yield source.draft(_put(source.text, match, f"{match[0]} not"))


def key_unknown(source: Source) -> Iterator[Draft]:
    yield source.draft(source.text, "0123abcd")


def key_of_another(source: Source) -> Iterator[Draft]:
    if source.strangers:
        yield source.draft(source.text, source.strangers[0].key)


def number_spelt(source: Source) -> Iterator[Draft]:
    """12 for twelve and twelve for 12, 1200 for 1,200, % for per cent."""
    text = source.text
    for value, word in enumerate(_SPELT[2:], 2):
        if match := re.search(rf"(?<=[a-z] ){word}\b(?!-)", text):
            yield source.draft(_put(text, match, str(value)))
        if match := re.search(rf"(?<=[a-z] ){value}(?= [a-z])", text):
            yield source.draft(_put(text, match, word))
    if match := re.search(r"\d,(?=\d{3}\b)", text):
        yield source.draft(_put(text, match, match[0][0]))
    if match := re.search(r"(?<=\d) per ?cent\b|(?<=\d)%", text):
        yield source.draft(_put(text, match, "%" if "cent" in match[0] else " per cent"))


def date_rewritten(source: Source) -> Iterator[Draft]:
    """The weekday as a date, by the article's own; March 14 for 14 March."""
    published = source.own.article.published
    if published and (match := _ON_DAY.search(source.text)) and not re.search(r"\bnext\b|\bwill\b", source.text):
        day = published.date()
        while _WEEKDAYS[day.weekday()] != match["day"]:
            day -= timedelta(days=1)
        yield source.draft(_put(source.text, match, f"{match['day']}, {day.day} {_MONTHS[day.month - 1]} {day.year}"))
    if match := _DAY_MONTH.search(source.text):
        yield source.draft(_put(source.text, match, f"{match['month']} {match['day']}"))


def words_exchanged(source: Source) -> Iterator[Draft]:
    """Words for others of the same meaning, outside of what is quoted."""
    if quoted(source.text):
        return
    text, many = source.text, 0
    for word, other in _SAME.items():
        exchanged = re.sub(
            rf"(?<=[a-z] ){re.escape(word)}(?= )" if word[-1] != " " else rf"\b{word}", other, text, count=1
        )
        many += exchanged != text
        text = exchanged
        if many == 3:
            break
    if many >= 2 or (many and len(text.split()) < 20):
        yield source.draft(text)


def clauses_reordered(source: Source) -> Iterator[Draft]:
    if match := _OPENER.match(source.text):
        when, what = match["when"], match["what"]
        yield source.draft(f"{what[0].upper()}{what[1:]} {when[0].lower()}{when[1:]}.")


def aside_dropped(source: Source) -> Iterator[Draft]:
    if not quoted(source.text) and (match := _ASIDE.search(source.text)):
        yield source.draft(_put(source.text, match, ""))


def speech_reordered(source: Source) -> Iterator[Draft]:
    """“…,” said Holm: Holm said “…”; and in straight quotation marks."""
    if match := _QUOTE_THEN_NAME.match(source.text):
        yield source.draft(
            f'{match["who"]} said: "{match["words"]}."', speaker=match["who"], quotation=match["words"]
        )
    elif (match := _SAID_BEFORE.match(source.text)) and Draft.of(match["what"]).kind == "fact":
        yield source.draft(f"According to {match['who']}, {match['what']}", speaker=match["who"])


def quotation_shortened(source: Source) -> Iterator[Draft]:
    """A run of its words, given to its speaker."""
    speaker, quotations = speaker_of(source.text), quoted(source.text)
    if speaker and quotations and len(words := quotations[0].split()) > 8:
        part = " ".join(words[1:7]).strip(" ,.;")
        yield source.draft(f"{speaker} spoke of “{part}”.", speaker=speaker, quotation=part)


def two_joined(source: Source) -> Iterator[Draft]:
    """With the sentence beside it, citing both."""
    other = source.neighbours[0] if source.neighbours else None
    if other and not quoted(source.text + other.span.text) and len((source.text + other.span.text).split()) < 55:
        joined = f"{source.text.rstrip('.')}, and {' '.join(other.span.text.split())}"
        yield source.draft(joined, source.own.key, other.key)


ALTERED: Mapping[str, Rule] = {
    "number altered": number_altered,
    "unit altered": unit_altered,
    "date shifted": date_shifted,
    "name swapped": name_swapped,
    "name at the beginning swapped": first_name_swapped,
    "names exchanged": names_exchanged,
    "numbers exchanged": numbers_exchanged,
    "could made will": hedge_dropped,
    "word made its opposite": turned_round,
    "speaker swapped": speaker_swapped,
    "quotation altered by one word": quotation_altered,
    "quotation invented": quotation_invented,
    "attribution dropped": attribution_dropped,
    "claim negated": negated,
    "key unknown": key_unknown,
    "key of another article": key_of_another,
}
NOT_OFFERED = frozenset({"key unknown", "key of another article"})  # nothing but the key could lead to the sentence
REPHRASED: Mapping[str, Rule] = {
    "number spelt otherwise": number_spelt,
    "date written otherwise": date_rewritten,
    "words exchanged": words_exchanged,
    "clauses reordered": clauses_reordered,
    "aside dropped": aside_dropped,
    "speech reordered": speech_reordered,
    "quotation shortened": quotation_shortened,
    "two sentences joined": two_joined,
}


def _exchanged(text: str, one: re.Match[str], other: re.Match[str]) -> str:
    return text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]


def _put(text: str, match: re.Match[str], other: str) -> str:
    return text[: match.start()] + other + text[match.end() :]
