"""The time that a question asks about, as days of publication: "yesterday", "since March", "in June 2022".

News of a thing is not printed before it happens, so most time words are a lower bound; an upper one has to be said. A
date that names the subject, "the 2022 invasion", "the highest since 2019", "prices last year", is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from assistant.question.dates import AskedDays, asked_days
from ingest.language.dates import dates_in, day_of
from ingest.language.denial import looks_ahead
from ingest.language.english import PIECE

_CUE = re.compile(
    r"(?:\b(?P<word>since|after|before|until|till|up to|as of|as at|between|from|in|within|during|throughout|over|at"
    r"|on|of|for|by) )?(?:\b(?:earlier|so far) )?(?P<the>\bthe )?\Z",
    re.IGNORECASE,
)
_AND = r"(?: (?:and|to|until|till|through) | ?[-–] ?)(?:the )?"
_FROM_DAY = re.compile(rf"\b(?:between|from) (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_AND}\Z", re.IGNORECASE)
# "What happened on 3 June" asks for the news of that day; "a birthday on 3 June" is its subject's own.
_REPORTED = re.compile(
    rf"\b(?:(?:happen|publish|print|post|writ|report|announc|news|headline)\w*|say|said|{PIECE}) "
    r"(?:\w+ ){0,3}\Z",
    re.IGNORECASE,
)
# A question that compares reports has a time for each of them.
_COMPARES = re.compile(
    r"\b(?:in)?consisten(?:t|cy|cies)\b|\bno change|\bcompar\w+|\bdiffer\w*|\bboth\b|\bbetween the\b", re.IGNORECASE
)
# "The first since 2019", "the highest in June": the date is that of what it is compared with.
_COMPARED = re.compile(
    r"\b(?:first|most|least|only|record|worst"
    r"|(?!(?:lat|new|for|prot|arr|inter|r|requ|cont|inv|harv|gu|t|w)est)\w+est)\b[^,.?!]{0,40}\Z",
    re.IGNORECASE,
)
# A year is what is measured or compared as often as when it was reported: "how much did prices rise last year".
_MEASURED = re.compile(
    r"\bhow (?:much|many|far|high|low|fast|large|big|often)\b|\b(?:than|with|to|as|by|for|against|versus) (?:in )?\Z",
    re.IGNORECASE,
)
# The time of a clause about the subject, or of something in passing: "the school that was shut in May".
_ASIDE = re.compile(
    r"(?:\b(?:following|after|before|since|despite)|(?<=\w )(?:when|who|which|that|whose|where))\b[^,.?!]*\Z", re.I
)
_NEWS = rf"(?:news|updates?|developments?|headlines?|word|information|{PIECE})"
_NOW = re.compile(
    r"\b(?:now|nowadays|current(?:ly)?|latest|newest|recent(?:ly)?|lately|these days|so far|at present|at the moment"
    r"|(?-i:today)|tonight|this (?:week|month|year|weekend)|anything new|what(?:['’]s| is) new)\b",
    re.IGNORECASE,
)
# The words that make a time to look in of such a date.
_WITHIN = {
    "day": ("on", "from", "of"),
    "weekday": ("on",),
    "month": ("in", "during", "throughout", "over", "from"),
    "season": ("in", "during", "throughout", "over"),
    "year": ("in", "during", "at"),
}
_DAY, _NEW = timedelta(days=1), timedelta(days=30)
_NEWEST = re.compile(
    rf"\A(?:(?:[\w'’]+ ){{0,5}}?(?:latest|newest|most recent)"
    rf"(?: (?:\w+ )?{_NEWS}\b|(?=\W*\Z|[.,]| (?:on|about|from|in|with)\b))"
    rf"|(?:(?:is|are) there )?any (?:new )?{_NEWS}\b|what(?:['’]s| is) new\b)(?: (?:on|about|with|of)\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Time:
    """Where a question says a time, and the days it means; None is open."""

    start: int
    end: int
    since: date | None
    until: date | None


@dataclass(frozen=True)
class Times:
    """What a question says of time.

    days   the dates that it names
    asked  the times that it asks for
    """

    question: str
    today: date
    days: Sequence[AskedDays]
    asked: Sequence[_Time]

    @classmethod
    def read(cls, question: str, today: date, *, from_year: int = 0) -> Self:
        """A time before `from_year`, when there were no articles yet, is when something happened."""
        said = asked_days(question, today)
        return cls(question, today, said, _times(question, said, today, from_year))

    @property
    def bounds(self) -> tuple[date | None, date | None]:
        """The first and the last day of publication that are asked for; None where that is left open."""
        since = min((one.since for one in self.asked if one.since), default=None)
        until = max((one.until for one in self.asked if one.until), default=None)
        if until and any(one.since and one.since > until for one in self.asked):
            until = None
        return since, until

    @property
    def day(self) -> date | None:
        """The bygone day that is asked for, "on 13 October", where one alone is named."""
        said = [one for one in self.days if one.said == "day"]
        led = len(said) == 1 and _cue(self.question[: said[0].start])[0] in ("on", "from", "of")
        return said[0].first if led and said[0].first <= self.today else None

    @property
    def fresh_from(self) -> date | None:
        """The day from which reports are new enough for a question about the present; None for one about any time.

        That of "this week" or "since March"; for "now", "current" or "recently" some weeks ago.
        """
        since, until = self.bounds
        if since or until:
            return since if until is None else None
        return self.today - _NEW if _NOW.search(self.question) or wants_newest(self.question) else None

    def without(self, *, days: bool = False, latest: bool = True) -> str:
        """The question without the times that it asks for, and without "the latest on" if `latest` is to go.

        A day that it names stays, since articles say it, unless `days` are to go too.
        """
        rest, newest = self.question, _NEWEST.search(self.question) if latest else None
        begins = newest.end() if newest else 0
        for one in reversed(self.asked):
            if one.start >= begins and (days or rest[one.start : one.start + 3].lower() != "on "):
                rest = f"{rest[: one.start].rstrip()} {rest[one.end :].lstrip(' ,')}"
        return " ".join(rest[begins:].split()).replace(" ?", "?")


def wants_newest(question: str) -> bool:
    """Whether it asks for the latest news of something: an order, and no filter."""
    return _NEWEST.search(question) is not None


def moment_meant(text: str, today: date) -> date | None:
    """The end of the last time with a year that a text names, "the 2018 World Cup"; None where it is not past."""
    said = (day_of(one.year, one.month or 12, one.day or 28) for one in dates_in(text, "en", only=True))
    last = max((one for one in said if one and one.year <= today.year), default=today)
    return last if last < today else None


def _cue(before: str) -> tuple[str, bool, int]:
    """The word that leads to a date behind this text, whether "the" does, and where they begin."""
    match = _CUE.search(before)
    assert match is not None  # every text has an end
    return (match["word"] or "").lower(), match["the"] is not None, match.start()


def _times(question: str, said: Sequence[AskedDays], today: date, from_year: int) -> list[_Time]:
    """What the question says of time, in its order; days that are still to come are none."""
    found: list[_Time] = []
    if _COMPARES.search(question):
        return found
    for one in _with_ranges(question, said):
        word, the, start = _cue(question[: one.start])
        named = the and one.said in ("year", "month") and not (one.part or one.relative)  # "the 2019 elections"
        early = one.fixed and (one.last or today).year < from_year and not word.startswith("as ")
        if named or early or (not one.fixed and looks_ahead(question)) or _is_other(question[:start], word, one):
            continue
        since, until = _days(question, start, word, one)
        if (since and since <= today) or (until and not since and until < today):
            found.append(_Time(start, one.end, since, until))
    return found


def _with_ranges(question: str, said: Sequence[AskedDays]) -> list[AskedDays]:
    """The dates, "between March and May 2023" and "from 3 to 10 June" as one."""
    found: list[AskedDays] = []
    for one in said:
        first, start = _range_to(one, question[: one.start], found[-1] if found else None)
        if first and one.last and first <= one.last:
            found = [other for other in found if other.end <= start]
            found.append(replace(one, start=start, first=first, said="range"))
        else:
            found.append(one)
    return found


def _range_to(one: AskedDays, before: str, other: AskedDays | None) -> tuple[date | None, int]:
    """When the range begins that ends with a date, and where it is said; None where there is no range."""
    if one.said == "day" and (lone := _FROM_DAY.search(before)):
        return day_of(one.first.year, one.first.month, int(lone["day"])), lone.start()
    if other is None or one.said == "weekday" or other.said == one.said == "year":
        return None, 0
    word, _, start = _cue(before[: other.start])
    if word not in ("between", "from") or not re.fullmatch(_AND, before[other.end :], re.IGNORECASE):
        return None, 0
    return _in_year(other.first, one.first) if one.fixed and not other.fixed else other.first, start


def _in_year(day: date, after: date) -> date | None:
    """The day in the year of the date that comes after it, or the year before: "from November to March 2023"."""
    same = day_of(after.year, day.month, day.day)
    return same if same is None or same <= after else day_of(after.year - 1, day.month, day.day)


def _is_other(before: str, word: str, one: AskedDays) -> bool:
    """Whether a date behind these words is what something is measured by."""
    if one.relative and not (one.fixed and one.said == "year"):
        return word == "of" and not one.fixed
    return bool(_COMPARED.search(before) or (one.relative and _MEASURED.search(before)))


def _days(question: str, start: int, word: str, one: AskedDays) -> tuple[date | None, date | None]:
    """The days of publication that a date behind that word stands for; none where it is no time to look in."""
    before, dated = question[:start], one.relative or one.said != "year"
    match word:
        case "since":
            return one.first, None
        case "until" | "till" | "up to" | "as of" | "as at" | "by":
            return None, one.last if one.part or one.relative or word != "by" else None
        case "after" | "before" if dated:
            later = word == "after"
            return ((one.last or one.first) + _DAY, None) if later else (None, one.first - _DAY)
    reported = _REPORTED.search(before) is not None
    framing = one.said == "year" and not (any(map(str.isalnum, question[one.end :])) and before)
    enough = reported or framing or (one.said not in ("day", "year") and word != "from")
    within = (word in _WITHIN.get(one.said, ()) or (one.part and word == "at")) and enough
    if not (within or one.relative or one.said in ("week", "range") or (reported and one.said == "weekday")):
        return None, None
    last = one.last + _DAY if one.last and one.said == "day" and not one.relative else one.last
    return one.first, None if _ASIDE.search(before) else last
