"""The time that a question asks about, as days of publication: "yesterday", "since March", "in June 2022".

News of a thing is not printed before it happens, so most time words are a lower bound; an upper one has to be said. A
date that names the subject, "the 2022 invasion", "the highest since 2019", "prices last year", is none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.dates import SaidDate, lone_day_at, said_dates
from ingest.language.dates import day_of

_PARTS = (
    r"(?P<part>early|mid|middle|late|beginning|start|first (?:few )?days|first week|end|last days|last week)(?: of)?"
)
_BEGINS = ("early", "beginning", "start", "first")
_PART = rf"(?:{_PARTS}[\s-])?(?:the )?"
_CUE = re.compile(
    r"\b(?P<cue>since|after|before|until|till|up to|as of|as at|between|from|in|during"
    r"|throughout|over|at|on|of|by|last)"
    rf"\s+(?:the )?{_PART}",
    re.IGNORECASE,
)
# "What happened on 3 June" asks for the news of that day; "a birthday on 3 June" is its subject's own.
_REPORTED = re.compile(
    r"\b(?:happen(?:ed|s)?|publish(?:ed)?|print(?:ed)?|posted|writ(?:e|ten)|reported|sa(?:y|id)|announced?|news|headlines"
    r"|articles?|stor(?:y|ies)|reports?)"
    r"\s+(?:\w+\s+){0,2}?\Z",
    re.IGNORECASE,
)
# A question that compares reports has a time for each of them.
_COMPARES = re.compile(
    r"\b(?:in)?consisten\w+|\bno change|\bcompar\w+|\bdiffer\w*|\bboth\b|\bbetween the\b", re.IGNORECASE
)
_AND = re.compile(r"\s(?:and|to|until|till|through)\s|\s?[-–]\s?")
# "The first since 2019", "the highest in June": the date is that of what it is compared with.
_NO_DEGREE = (
    "latest newest forest protest arrest interest rest request quest conquest contest invest harvest guest suggest "
    "digest chest test west midwest northwest southwest nest attest manifest honest modest vest earnest crest pest"
).split()
_COMPARED = re.compile(
    rf"\b(?:first|most|least|only|record|worst|(?!(?:{'|'.join(_NO_DEGREE)})\b)\w+est)\b[^,.?!]{{0,40}}\Z",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|won['’]t|would|going to|set (?:to|for)|due|expected|upcoming|next|later|scheduled|plans? to|ahead)\b",
    re.IGNORECASE,
)
_COUNTS = {word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_COUNTS |= {"a": 1, "an": 1, "one": 1, "couple": 2}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)}|few|several)(?: of)?"
_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_UNIT = rf"(?P<unit>{'|'.join(_DAYS)})s?\b(?!['’])"
_WITHIN = r"\b(?:(?:in|over|during|within|from|for|of) )?"
_PAST = re.compile(
    rf"{_WITHIN}(?:(?:the|this) (?:last|past|previous)|last(?= fortnight)|past(?= fortnight)) (?:{_COUNT}\s)?{_UNIT}",
    re.IGNORECASE,
)
# "Two weeks ago" is no exact day: that of the thing told, and how far off the words may be on either side.
_AGO = re.compile(rf"\b(?:about |around |some )?(?:a )?{_COUNT}\s{_UNIT} (?:ago|back)\b", re.IGNORECASE)
_LOOSE = {"hour": 0, "day": 0, "week": 3, "fortnight": 3, "month": 15, "year": 183}
_LAST = re.compile(r"\b(?:in |during )?last (?P<unit>week|month|year)\b(?!['’])|\b[Ll]ast night\b")
_WEEKEND = re.compile(
    r"\b(?:over|at|on|during|of)? ?(?:the|last|this past|the past|this) weekend\b(?!['’])", re.IGNORECASE
)
_YESTERDAY = re.compile(r"\b(?P<before>(?:[Tt]he )?[Dd]ay before )?[Yy]esterday\b(?!['’])")
_OF_THIS = re.compile(
    rf"\b(?:(?:at|in|since|from|during|towards?|by) )?(?:the )?{_PARTS}[\s-]"
    r"(?P<which>the|this|last) (?P<unit>month|year|week)\b(?!['’])",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"(?<!\bof )(?<!\bby )\b(?:in |so far )?(?:earlier )?this"
    r" (?P<unit>week|month|year|morning|afternoon|evening)\b(?!['’])"
    r"|\b(?:so far |earlier )?(?:today|tonight)\b(?=\s*(?:[?.!]|\Z))|\A(?:Today|Tonight)\b|\bin today['’]s\b"
)
_ASIDE = re.compile(
    r"(?:\b(?:following|after|before|since|despite)|(?<=\w )(?:when|who|which|that|whose|where))\b[^,.?!]*\Z", re.I
)
# "The week of 12 October": the whole of it; "the week beginning 14 October" begins then.
_WEEK = re.compile(
    r"\b(?:(?:in|during|over|for|from|of) )?(?:the )?week (?:of|(?P<begins>beginning|starting|from))"
    r"(?: on)?(?: the)? (?=\w)",
    re.IGNORECASE,
)
# A year is what is measured or compared as often as when it was reported: "how much did prices rise last year".
_MEASURED = re.compile(
    r"\bhow (?:much|many|far|high|low|fast|large|big|often)\b"
    r"|\b(?:than|with|to|as|of|by|for|against|versus) (?:in )?\Z",
    re.IGNORECASE,
)
# A past participle behind its noun makes the time a part of the subject: "the tower built in October", "a law that
# was passed in May"; "which tower was built in October" asks about the month.
_PARTICIPLE = (
    r"(?:\w{2,}(?:ed|en|wn)|born|bought|brought|built|caught|cut|found|fought|held|hit|kept|laid|led|left|lost|made|met"
    r"|paid|put|sent|set|shot|shut|sold|spent|struck|sung|sunk|taught|told|won)"
)
_MODIFIES = re.compile(
    rf"\w \W{{0,2}}(?<!\bwas )(?<!\bwere )\b(?:the|an?|this|that|his|her|its|their) "
    rf"(?:[\w'’-]+,? ){{1,4}}{_PARTICIPLE} \Z",
    re.IGNORECASE,
)
_OF_VERB = re.compile(r"\b(?:was|were|been|be|being|is|are|has|have|had|got|gets?)\s(?:\w+\s)?\w+\s\Z", re.IGNORECASE)
_RELATIVE_CLAUSE = re.compile(r"\w\s(?:that|which|who)\s(?:was|were|had been)\s(?:\w+\s)?\w+\s\Z", re.IGNORECASE)
_NEWS = (
    r"(?:news|updates?|developments?|headlines?|reports?|reporting|articles?|stor(?:y|ies)|coverage|word|information)"
)
_NOW = re.compile(
    r"\b(?:(?i:now|nowadays|currently|current|latest|newest|recent|recently|lately|these days|so far|at present"
    r"|at the moment|right now|today|tonight|this (?:week|month|year|weekend)|anything new)|what(?:['’]s| is) new)\b"
)
_NEW = timedelta(days=30)
_NEWEST = re.compile(
    rf"\A(?:(?:[\w'’]+ ){{0,4}}?(?:latest|newest|most recent) (?:\w+ )?{_NEWS}\b"
    r"|(?:(?:[\w'’]+ ){0,4}?(?:the|me|us) )?(?:very )?(?:latest|newest|most recent)"
    r"(?=\s*(?:[?.!,]|\Z)| (?:on|about|from|in|with)\b)"
    rf"|(?:any|is there any|are there any) (?:new )?{_NEWS}\b|what(?:['’]s| is) new\b)"
    r"(?: (?:on|about|with|of)\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Time:
    """Where a question says a time, and the days it means; None is open."""

    start: int
    end: int
    since: date | None
    until: date | None


def named_times(question: str, today: date, *, from_year: int = 0) -> tuple[date | None, date | None]:
    """The first and the last day of publication that a question asks for; None where it leaves that open.

    A time before `from_year`, when there were no articles yet, is when something happened.
    """
    found = _times(question, today, from_year)
    if not found:
        return None, None
    lower, upper = [one.since for one in found], [one.until for one in found]
    since = None if None in lower else min(filter(None, lower))
    until = None if None in upper else max(filter(None, upper))
    if since is None and until is None:  # "since March and before June" is what both allow
        since, until = max(filter(None, lower), default=None), min(filter(None, upper), default=None)
    return (None, None) if since and until and since > until else (since, until)


def named_day(question: str, today: date) -> date | None:
    """The bygone day that a question asks about, "on 13 October", where it names one alone."""
    said = [one for one in said_dates(question, today) if one.said == "day"]
    cues = {match.end(): match["cue"].lower() for match in _CUE.finditer(question)}
    alone = len(said) == 1 and cues.get(said[0].start) in ("on", "from") and said[0].first <= today
    return said[0].first if alone else None


def without_times(question: str, today: date, *, from_year: int = 0, days: bool = False, latest: bool = True) -> str:
    """The question without the times that its filter stands for, and without "the latest on" if `latest` is to go.

    A day that it names stays, since articles say it, unless `days` are to go too.
    """
    question = _NEWEST.sub("", question).strip() if latest else question
    for one in reversed(_times(question, today, from_year)):
        if days or not re.match(r"on\s", question[one.start : one.end], re.IGNORECASE):
            question = f"{question[: one.start].rstrip()} {question[one.end :].lstrip(' ,')}"
    return " ".join(question.split()).replace(" ?", "?")


def wants_newest(question: str) -> bool:
    """Whether it asks for the latest news of something: an order, and no filter."""
    return _NEWEST.search(question) is not None


def fresh_from(question: str, today: date, *, from_year: int = 0) -> date | None:
    """The day from which reports are new enough for a question about the present; None for one about any time.

    That of "this week" or "since March"; for "now", "current" or "recently" some weeks ago.
    """
    since, until = named_times(question, today, from_year=from_year)
    if since or until:
        return since if until is None else None
    return today - _NEW if _NOW.search(question) or wants_newest(question) else None


def _times(question: str, today: date, from_year: int) -> list[_Time]:
    """What the question says of time, in its order; days that are still to come are none."""
    found: list[_Time] = []
    said = [*_weeks(question, today), *_dated(question, today, from_year), *_relative(question, today)]
    for one in sorted(said, key=lambda one: (one.start, -one.end)):
        past = (one.since is None or one.since <= today) and (one.since or (one.until and one.until < today))
        stated = question[one.start : one.start + 3].lower() == "as "  # "as of 2020" is never a time of the subject
        before = not stated and one.until is not None and one.until.year < from_year
        if past and not before and (not found or one.start >= found[-1].end):
            found.append(one)
    return found


def _relative(question: str, today: date) -> Iterator[_Time]:
    for match in _told(_PAST, question):
        yield _Time(*match.span(), today - _span(match, "one"), None)
    for match in _told(_AGO, question):
        yield _ago(match, today, aside=_ASIDE.search(question[: match.start()]) is not None)
    for match in _YESTERDAY.finditer(question):
        first = today - timedelta(days=2 if match["before"] else 1)
        yield _Time(*match.span(), first, first + timedelta(days=1) if match["before"] else None)
    for match in _WEEKEND.finditer(question):
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        if _AHEAD.search(question) or ("this weekend" in match[0].lower() and 0 < today.weekday() < 5):
            continue  # of a Wednesday this weekend is the next one
        yield _Time(*match.span(), saturday if saturday < today else saturday - timedelta(days=7), None)
    for match in _told(_LAST, question):
        first, last = _before(today, match["unit"])
        aside = match["unit"] is None or _ASIDE.search(question[: match.start()])
        yield _Time(*match.span(), first, None if aside else last)
    for match in _OF_THIS.finditer(question):
        first, last = _within(*_whole(today, match["which"].lower(), match["unit"].lower()), match["part"])
        if last <= today or match["part"].lower().startswith(_BEGINS):
            yield _Time(*match.span(), first, last)
    if not _AHEAD.search(question):
        for match in _PRESENT.finditer(question):
            yield _Time(*match.span(), _begun(today, match["unit"]), None)


def _weeks(question: str, today: date) -> Iterator[_Time]:
    at = {one.start: one for one in reversed(said_dates(question, today))}
    for match in _WEEK.finditer(question):
        said = at.get(match.end())
        if said and said.said == "day":
            back = timedelta(days=0 if match["begins"] else said.first.weekday())
            yield _Time(match.start(), said.end, said.first - back, said.first - back + timedelta(days=6))


def _told(pattern: re.Pattern[str], question: str) -> Iterator[re.Match[str]]:
    """The times of that form, but for a year over which something is counted, compared with, or that of a noun."""
    for match in pattern.finditer(question):
        before = question[: match.start()]
        measured = _MEASURED.search(before) or _COMPARED.search(before) or _modifies(before)
        if not (measured and (match["unit"] or "").lower() == "year"):
            yield match


def _modifies(before: str) -> bool:
    """Whether a time behind these words belongs to a noun, as in "the tower built in October"."""
    if _RELATIVE_CLAUSE.search(before):
        return True
    return _MODIFIES.search(before) is not None and _OF_VERB.search(before) is None


def _span(match: re.Match[str], default: str) -> timedelta:
    """How long "three weeks" are; a few are three."""
    count = (match["count"] or default).lower()
    number = int(count) if count.isdecimal() else _COUNTS.get(count, 3)
    return timedelta(days=math.ceil(min(number, 1000) * _DAYS[match["unit"].lower()]))


def _ago(match: re.Match[str], today: date, *, aside: bool) -> _Time:
    """The days around that one; the morning after tells of it, too."""
    back, loose = _span(match, "one"), timedelta(days=_LOOSE[match["unit"].lower()])
    if not match["count"].isdecimal() and match["count"].lower() not in _COUNTS:
        loose = max(loose, back * 2 / 3)
    if match["unit"].lower() == "year":
        first = date((today - back).year, 1, 1)
        return _Time(*match.span(), first, None if aside else first.replace(month=12, day=31))
    first, last = today - back - loose, today - back + max(loose, timedelta(days=1))
    return _Time(*match.span(), first, None if aside or last >= today else last)


def _whole(today: date, which: str, unit: str) -> tuple[date, date]:
    """This or the last week, month or year from its first day to its last."""
    if unit == "year":
        year = today.year - (which == "last")
        return date(year, 1, 1), date(year, 12, 31)
    first, last = _before(today, unit)
    if which == "last":
        return first, last
    first = last + timedelta(days=1)
    return first, _before(first + timedelta(days=7 if unit == "week" else 31), unit)[1]


def _within(first: date, last: date, part: str | None) -> tuple[date, date]:
    """The third of these days that is meant by their beginning, middle or end; or a week of them."""
    if not part:
        return first, last
    days = timedelta(days=7 if "week" in part.lower() else max(1, ((last - first).days + 1) // 3))
    if part.lower().startswith(_BEGINS):
        return first, first + days - timedelta(days=1)
    if part.lower().startswith("mid"):
        return first + days, last - days
    return last - days + timedelta(days=1), last


def _before(today: date, unit: str | None) -> tuple[date, date]:
    """The whole week, month or year before this one; last night began yesterday."""
    if unit is None:
        return today - timedelta(days=1), today
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7)
        return monday, monday + timedelta(days=6)
    last = today.replace(day=1, month=1 if unit == "year" else today.month) - timedelta(days=1)
    return last.replace(day=1, month=1 if unit == "year" else last.month), last


def _begun(today: date, unit: str | None) -> date:
    """When this week, month or year began. A week counts as seven days: on its Monday it has hardly begun."""
    begun = {"week": today - timedelta(days=7), "month": today.replace(day=1), "year": today.replace(month=1, day=1)}
    return begun.get(unit or "", today)


def _dated(question: str, today: date, from_year: int) -> Iterator[_Time]:
    end = 0
    if _COMPARES.search(question):
        return
    at = {one.start: one for one in reversed(said_dates(question, today))}
    for match in _CUE.finditer(question):
        said = at.get(match.end())
        if match.start() < end or _COMPARED.search(question[: match.start()]):
            continue
        ranges = match["cue"].lower() in {"between", "from"}
        if ranges and (bounds := _range(question, match.end(), at)):
            end = bounds[2]
            yield _Time(match.start(), *bounds[2:], *bounds[:2])
        elif said and not _is_other(question, match, said, from_year) and (days := _days(question, match, said)):
            end = said.end
            yield _Time(match.start(), said.end, *days)


def _is_other(question: str, cue: re.Match[str], said: SaidDate, from_year: int) -> bool:
    """Whether it is before there were articles, a month to come, or the time of a noun or of something in passing."""
    if cue["cue"].lower() in ("as of", "as at"):
        return False
    if said.with_year and said.last.year < from_year:
        return True
    if said.said in ("day", "month", "season") and _modifies(question[: cue.start()]):
        return True
    ahead = said.said in ("month", "season") and not said.with_year and _AHEAD.search(question)
    aside = cue["cue"].lower() == "last" and _ASIDE.search(question[: cue.start()])
    return bool(ahead or aside)


def _days(question: str, cue: re.Match[str], said: SaidDate) -> tuple[date | None, date | None] | None:
    """The days of publication that a date with that word before it stands for, if it does for any."""
    word, part = cue["cue"].lower(), cue["part"]
    first, last = _within(said.first, said.last, part)
    reported = _REPORTED.search(question[: cue.start()]) is not None
    frames = cue.start() == 0 or not any(map(str.isalnum, question[said.end :]))  # begins or ends the question
    days: tuple[date | None, date | None] | None = None
    match word, said.said:
        case _, "weekday":  # what happened on a day is in the papers of that day and later
            wanted = word in {"on", "since"} or reported
            days = (first, None) if wanted and not _AHEAD.search(question) else None
        case "since", _:
            days = None if said.said == "year" and cue[0].casefold().endswith("the ") else (first, None)
        case (("until" | "till" | "up to" | "as of" | "as at"), _):
            days = None, last
        case "by", _ if part:
            days = None, last
        case "after", ("day" | "month" | "season"):
            days = last + timedelta(days=1), None
        case "before", ("day" | "month" | "season"):
            days = None, first - timedelta(days=1)
        case (("on" | "from" | "of"), "day") if reported:
            days = first, last + timedelta(days=1)
        case (("in" | "during" | "throughout" | "over" | "last"), ("month" | "season")):
            days = first, last
        case "at", ("month" | "season") if part:
            days = first, last
        case (("in" | "during" | "from"), "month") if reported:
            days = first, last
        case (("in" | "during" | "at"), "year") if reported or frames:
            days = first, last
    return days


def _range(question: str, at: int, dates: Mapping[int, SaidDate]) -> tuple[date, date, int] | None:
    """ "between March and May 2023", "from 3 to 10 June": its days and where it ends."""
    said = dates.get(at)
    lone = None if said else lone_day_at(question, at)
    begins = said.end if said else lone[1] if lone else None
    joined = _AND.match(question, begins) if begins is not None else None
    other = dates.get(joined.end()) if joined else None
    if other is None or other.said == "weekday" or (said and {said.said, other.said} == {"year"}):
        return None
    first = said.first if said else day_of(other.first.year, other.first.month, lone[0]) if lone else None
    if said and other.with_year and not said.with_year:
        first = _in_year(said.first, other.first)
    return (first, other.last, other.end) if first and first <= other.last else None


def _in_year(day: date, after: date) -> date | None:
    """The day in the year of the date that comes after it, or the year before: "from November to March 2023"."""
    same = day_of(after.year, day.month, day.day)
    return same if same is None or same <= after else day_of(after.year - 1, day.month, day.day)
