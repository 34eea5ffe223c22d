"""Days, months and years as a text states them, and whether a passage and its article's date support them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain

from assistant.checks.finding import FINE, Finding, partly, unsupported

_MONTHS = (
    "january jan januar janvier enero gennaio janeiro января, february feb februar février febrero febbraio "
    "fevereiro февраля, march mar märz mars marzo março maart марта, april apr avril abril aprile апреля, may mai "
    "mayo maggio maio mei мая, june jun juni juin junio giugno junho июня, july jul juli juillet julio luglio "
    "julho июля, august aug août agosto augustus августа, september sep sept septembre septiembre settembre "
    "setembro сентября, october oct oktober okt octobre octubre ottobre outubro октября, november nov novembre "
    "noviembre novembro ноября, december dec dezember dez décembre diciembre dicembre dezembro декабря"
).split(",")
_WEEKDAYS = (
    "monday montag, tuesday dienstag, wednesday mittwoch, thursday donnerstag, friday freitag, saturday samstag, "
    "sunday sonntag"
).split(",")
_MONTH = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_WEEKDAY = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
_RELATIVE = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "heute": 0, "gestern": -1, "morgen": 1}
_M = "(?P<{}>" + "|".join(sorted(_MONTH, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<{}>1[5-9]\d\d|20\d\d)(?![\w%]|[.,]\d)"
_TH = r"(?:st|nd|rd|th)?"
_FORMS = re.compile(
    "|".join([
        r"(?:(?P<y6>\d{4})年)?(?P<m6>\d{1,2})月(?P<d6>\d{1,2})[日号]",
        r"\b(?P<y1>\d{4})-(?P<m1>\d\d)-(?P<d1>\d\d)\b",
        r"\b(?P<d2>\d{1,2})(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?"
        + _M.format("m2") + r"(?:,?\s" + _YEAR.format("y2") + ")?",
        r"\b" + _M.format("m3") + r"\s(?P<d3>\d{1,2})" + _TH + r"(?![\w:]|[.,]\d)(?:,?\s" + _YEAR.format("y3") + ")?",
        r"\b" + _M.format("m4") + r",?\s" + _YEAR.format("y4"),
        r"(?<![\w$€£.,-])" + _YEAR.format("y5"),
    ]),
    re.IGNORECASE,
)  # fmt: skip
_LONE_MONTH = re.compile(r"(?:(?P<after>\b\w{2,6})\s)?\b" + _M.format("month"), re.IGNORECASE)
_BEFORE_MONTH = frozenset(
    "in since until till by from to of last this next late early mid during after before im "
    "seit ende anfang mitte bis".split()
)
_AMBIGUOUS = frozenset("may march mar mars sun august".split())
_AHEAD = re.compile(
    r"\b(?:will|would|next|due|plan\w{0,4}|expect\w{0,3}|schedul\w{0,4}|set (?:to|for)|until|till|before|from|by)\b"
    r"|\b(?:wird|werden)\b|’ll\b",
    re.I,
)
_SPAN = r"(?:week(?:end)?|month|year|quarter|season|spring|summer|autumn|fall|winter|decade|centur(?:y|ie))s?"
# A time that is told without a date: what happened then did not happen on the day of publication.
_VAGUE = re.compile(
    rf"\b(?:ago|earlier|recently|decades?|(?:last|next|previous|coming|following|past|this) {_SPAN}"
    rf"|(?:in|by|since|until|during) (?:the |early |late )?{_SPAN})\b",
    re.IGNORECASE,
)
_DAY_WORD = re.compile(r"\b(?:" + "|".join([*_WEEKDAY, *_RELATIVE]) + r")\b", re.IGNORECASE)


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
        try:
            return date(self.year or 0, self.month or 0, self.day or 0)
        except ValueError:
            return None


@lru_cache(maxsize=1024)  # of one answer the same passages are read for each of its sentences
def days(text: str) -> tuple[tuple[Day, ...], str]:
    """The dates in a text, and the text with blanks in their place."""
    found: list[Day] = []

    def take(match: re.Match[str]) -> str:
        found.append(_read(match))
        return " " * len(match[0])

    rest = _FORMS.sub(take, text)
    return (*found, *_months(rest), *_words(rest)), rest


def check_dates(text: str, sources: Sequence[tuple[str, date | None]]) -> Finding:
    """Every date of `text` against passages with the days on which their articles were published."""
    stated, _ = days(text)
    if not stated:
        return FINE
    known = list(chain.from_iterable(_known(span, published) for span, published in sources))
    days_out = [_of(published) for span, published in sources if published and _dayless(span)]
    vague = any(_VAGUE.search(span) for span, _ in sources)
    for day in stated:
        if day.year is not None and day.month is None and str(day.year) in _as_digits(text, day.year, sources):
            continue
        if any(_agree(day, other) for other in known):
            continue
        if not any(_agree(day, other) for other in days_out):
            return unsupported(f"{day.said} is not in the cited passage")
        if years := _years(sources) - {other.year for other in stated}:
            return partly(f"{day.said} is when it was published, the cited passage says {min(years)}")
        if vague:
            return partly(f"{day.said} is when it was published, the cited passage tells of another time")
    return FINE


def _as_digits(text: str, year: int, sources: Sequence[tuple[str, date | None]]) -> set[str]:
    """The numbers of the passages. Where the text need not mean a year, "1,500" is 1500, too."""
    told = re.search(rf"\b(?:in|since|by|until|from|during|after|before|year) {year}\b", text)
    spans = [span if told else span.replace(",", "") for span, _ in sources]
    return {number for span in spans for number in re.findall(r"(?<![\d,.])\d+(?![,.]?\d)", span)}


def _years(sources: Sequence[tuple[str, date | None]]) -> set[int]:
    return {day.year for span, _ in sources for day in days(span)[0] if day.year is not None}


def _read(match: re.Match[str]) -> Day:
    fields = {name: value for name, value in match.groupdict().items() if value}
    by_letter = {name[0]: value for name, value in fields.items()}
    month = by_letter.get("m", "").lower()
    return Day(
        said=match[0].strip(),
        year=int(by_letter["y"]) if "y" in by_letter else None,
        month=int(month) if month.isdigit() else _MONTH.get(month),
        day=int(by_letter["d"]) if "d" in by_letter else None,
    )


def _months(text: str) -> Iterator[Day]:
    for match in _LONE_MONTH.finditer(text):
        word, after = match["month"], (match["after"] or "").lower()
        sure = word.lower() not in _AMBIGUOUS or after in _BEFORE_MONTH
        if word[0].isupper() and len(word) > 2 and sure and (len(word) > 3 or word == "May"):
            yield Day(word, month=_MONTH[word.lower()])


def _words(text: str) -> Iterator[Day]:
    for match in _DAY_WORD.finditer(text):
        word = match[0].lower()
        if word in _RELATIVE:
            yield Day(match[0], relative=_RELATIVE[word])
        elif match[0][0].isupper():
            yield Day(match[0], weekday=_WEEKDAY[word])


def _known(span: str, published: date | None) -> Iterator[Day]:
    """What a passage says of time, made explicit by the date of its article where it has one."""
    stated, _ = days(span)
    yield from stated
    if published is not None:
        for day in stated:
            ahead = _AHEAD.search(span) is not None
            yield from (_of(found) for found in _resolved(day, published, ahead=ahead))


def _dayless(span: str) -> bool:
    """Whether a passage names no day and no month, so that it may tell of the day on which it was published."""
    stated, _ = days(span)
    return not any(day.month or day.weekday is not None or day.relative is not None for day in stated)


def _resolved(day: Day, published: date, *, ahead: bool) -> Iterator[date]:
    """The dates that may be meant: the last such weekday, the next if the text looks ahead, the nearest year."""
    if day.relative is not None:
        yield published + timedelta(days=day.relative)
    elif day.weekday is not None:
        back = timedelta(days=(published.weekday() - day.weekday) % 7)
        yield published - back
        if ahead:
            yield published - back + timedelta(days=7)
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
