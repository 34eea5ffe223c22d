"""Days, months and years as a text states them, and whether a passage and its article's date support them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain

from assistant.checks.finding import FINE, Finding, partly, unsupported
from ingest.language.calendar import calendar
from ingest.language.dates import SaidDate, dates_in, day_of, even
from ingest.language.denial import to_come
from ingest.language.tongues import ENGLISH, language_of

_RELATIVE = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "heute": 0, "gestern": -1}
_WORD = re.compile(r"[^\W\d_]+")
_OF_AMOUNT = re.compile(r"(?:[$€£.,-]|\d\s)$")  # before a number that is no year
_IN_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|from|to|of|last|next|late|early|mid|during|after|before|this)\s$", re.I
)
_DAY = r"(?P<day>[12]?\d|3[01])\b"
_BEFORE = re.compile(rf"\b{_DAY}\s?(?:[-–]|and|to|or)\s?$")  # "7 and" 8 June
# June 7"-8", June 7" and 8, 2026"; not "and 8 people", nor "-2 July".
_AFTER = re.compile(
    rf"(?:[-–]|(?P<apart>\s(?:and|to|or)\s)){_DAY}(?(apart)(?! \w)|(?! [A-Z]))(?![.,:]?\d|%)"
    r"(?:,? (?P<year>(?:19|20)\d\d)\b)?"
)
# A time that is told without a date: what happened then did not happen on the day of publication.
_VAGUE = re.compile(r"\b(?:ago|earlier|recently|last|next|previous|coming|following|past)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Day:
    """A date, as far as it is stated."""

    said: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    relative: int | None = None

    @property
    def exact(self) -> date | None:
        return day_of(self.year, self.month, self.day)


@lru_cache(maxsize=1024)  # of one answer the same passages are read for each of its sentences
def days(text: str) -> tuple[tuple[Day, ...], str]:
    """The dates in a text, and the text with blanks in place of those with figures."""
    rest, found = even(text), []
    for language in dict.fromkeys((ENGLISH, language_of(text))):
        for said in list(dates_in(rest, language, only=True)):
            if _is_date(said, rest):
                for start, end, day in _together(said, rest):
                    found.append(replace(day, said=text[start:end]))
                    rest = rest[:start] + " " * (end - start) + rest[end:]
    return (*found, *_words(rest)), rest


def check_dates(text: str, sources: Sequence[tuple[str, date | None]]) -> Finding:
    """Every date of `text` against passages with the days on which their articles were published."""
    stated, _ = days(text)
    if not stated:
        return FINE
    known = list(chain.from_iterable(_known(span, published) for span, published in sources))
    days_out = [_of(published) for span, published in sources if published and _dayless(span)]
    for day in stated:
        if any(_agree(day, other) for other in known) or _is_number(day, sources):
            continue
        if not any(_agree(day, other) for other in days_out):
            return unsupported(f"{day.said} is not in the cited passage")
        if years := {other.year for other in known if other.year and other.said} - {other.year for other in stated}:
            return partly(f"{day.said} is when it was published, the cited passage says {min(years)}")
        if any(_VAGUE.search(span) for span, _ in sources):
            return partly(f"{day.said} is when it was published, the cited passage tells of another time")
    return FINE


def _is_date(said: SaidDate, text: str) -> bool:
    """Not the 2000 of $2000, nor a small word that is a month elsewhere in a sentence: "it may"."""
    words, before = text[said.start : said.end], text[: said.start]
    if said.month is None:
        return not _OF_AMOUNT.search(before) and not text.startswith("%", said.end)
    name = _WORD.search(words)
    if name is None:
        return True
    alone = said.day is None and said.year is None
    sure = name[0].casefold() not in {"may", "march"} or _IN_MONTH.search(before) is not None
    return not alone or (name[0][0].isupper() and len(name[0]) > 2 and sure)


def _together(said: SaidDate, text: str) -> Iterator[tuple[int, int, Day]]:
    """Where a date stands, and another day of its month beside it: "7 and 8 June", "June 7-8"."""
    own = Day("", said.year, said.month, said.day)
    before = after = None
    if said.month and said.day:
        before, after = _BEFORE.search(text[: said.start]), _AFTER.match(text, said.end)
    if after and after["year"]:
        own = replace(own, year=int(after["year"]))
    yield said.start, said.end, own
    for beside in filter(None, (before, after)):
        yield *beside.span("day"), replace(own, day=int(beside["day"]))


def _is_number(day: Day, sources: Sequence[tuple[str, date | None]]) -> bool:
    """Whether what looks like a year is a number of the passages: "1,500" is 1500, too."""
    bare = day.year is not None and day.month is None
    pattern = rf"(?<![\d.]){day.year}(?!\.?\d)"
    return bare and any(re.search(pattern, span) or re.search(pattern, span.replace(",", "")) for span, _ in sources)


def _words(text: str) -> Iterator[Day]:
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        if word in _RELATIVE:
            yield Day(match[0], relative=_RELATIVE[word])
        elif match[0][0].isupper() and len(word) > 3 and word in calendar().weekdays:
            yield Day(match[0], weekday=calendar().weekdays[word])


def _known(span: str, published: date | None) -> Iterator[Day]:
    """What a passage says of time, made explicit by the date of its article where it has one."""
    stated, _ = days(span)
    yield from stated
    if published is not None:
        ahead = bool(to_come(span)) or "until" in span
        yield from (_of(found) for day in stated for found in _resolved(day, published, ahead=ahead))


def _dayless(span: str) -> bool:
    """Whether a passage names no day and no month, so that it may tell of the day on which it was published."""
    stated, _ = days(span)
    return not any(day.month or day.weekday is not None or day.relative is not None for day in stated)


def _resolved(day: Day, published: date, *, ahead: bool) -> Iterator[date]:
    """The dates that may be meant: the last such weekday, the next if the text looks ahead, the nearest year."""
    if day.relative is not None:
        yield published + timedelta(days=day.relative)
    elif day.weekday is not None:
        last = published - timedelta(days=(published.weekday() - day.weekday) % 7)
        yield last
        if ahead:
            yield last + timedelta(days=7)
    elif day.month and day.year is None:
        years = (published.year, published.year - 1, published.year + 1)
        possible = [exact for year in years if (exact := replace(day, year=year, day=day.day or 1).exact)]
        yield from sorted(possible, key=lambda exact: abs(exact - published))[:1]
    elif exact := day.exact:
        yield exact


def _of(day: date) -> Day:
    return Day("", day.year, day.month, day.day, day.weekday())


def _agree(stated: Day, known: Day) -> bool:
    """All that is stated is known and the same."""
    if stated.relative is not None:
        return stated.relative == known.relative
    pairs = ((stated.year, known.year), (stated.month, known.month), (stated.day, known.day))
    weekday = known.weekday if known.weekday is not None else (known.exact.weekday() if known.exact else None)
    return all(mine is None or mine == theirs for mine, theirs in (*pairs, (stated.weekday, weekday)))
