"""Printed dates: their forms, their precision, and that nothing is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ingest.extract.time.dates import UNKNOWN, When, day_order, from_number, parse
from ingest.language.calendar import calendar
from tests.ingest.language.cldr import LANGUAGES

Width = Literal["full", "long", "medium"]

CAPTURED = datetime(2025, 6, 3, 1, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("2024-05-14", "2024-05-14T00:00:00+00:00", "day"),
        ("2024-05-14T00:00:00", "2024-05-14T00:00:00+00:00", "day"),
        ("2024-05-14T10:30:05Z", "2024-05-14T10:30:05+00:00", "second"),
        ("2024-05-14T10:30:05.123+02:00", "2024-05-14T10:30:05+02:00", "second"),
        ("2024-05-14 10:30", "2024-05-14T10:30:00+00:00", "minute"),
        ("20240514T103005Z", "2024-05-14T10:30:05+00:00", "second"),
        ("20240514", "2024-05-14T00:00:00+00:00", "day"),
        ("Tue, 14 May 2024 10:30:05 GMT", "2024-05-14T10:30:05+00:00", "second"),
        ("Tue, 14 May 2024 10:30:05 -0400 (EDT)", "2024-05-14T10:30:05-04:00", "second"),
        ("23-04-2025", "2025-04-23T00:00:00+00:00", "day"),
        ("23.4.2025", "2025-04-23T00:00:00+00:00", "day"),
        ("04/23/2025", "2025-04-23T00:00:00+00:00", "day"),
        ("October 7, 2026 at 3:15 p.m. EDT", "2026-10-07T15:15:00-04:00", "minute"),
        ("Published: June 3, 2025 9:05 AM ET", "2025-06-03T09:05:00-04:00", "minute"),
        ("Jan. 3, 2025, 9 p.m. ET", "2025-01-03T21:00:00-05:00", "hour"),
        ("10:05 BST, 3 June 2025", "2025-06-03T10:05:00+01:00", "minute"),
        ("Sept. 5, 2025", "2025-09-05T00:00:00+00:00", "day"),
        ("5th September 2025", "2025-09-05T00:00:00+00:00", "day"),
        ("May 2024", "2024-05-01T00:00:00+00:00", "month"),
        ("2024", "2024-01-01T00:00:00+00:00", "year"),
        ("1709643600", "2024-03-05T13:00:00+00:00", "second"),
        ("1709643600000", "2024-03-05T13:00:00+00:00", "second"),
        ("20240514103005", "2024-05-14T10:30:05+00:00", "second"),
        ("202405141030", "2024-05-14T10:30:00+00:00", "minute"),
        ("20240514 103005", "2024-05-14T10:30:05+00:00", "second"),
        ("2024-05-14T24:00:00Z", "2024-05-15T00:00:00+00:00", "second"),
        ("2024-12-31T24:00", "2025-01-01T00:00:00+00:00", "day"),
        ("2024-05-14T10:30:05-04:00[America/New_York]", "2024-05-14T10:30:05-04:00", "second"),
        ("2024-05-14T10:30:05[Europe/Paris][u-ca=gregory]", "2024-05-14T10:30:05+02:00", "second"),
        ("Tue, 14 May 2024 10:30:05 America/New_York", "2024-05-14T10:30:05-04:00", "second"),
        ("Tue, 14 May 2024 10:30:05 -400", "2024-05-14T10:30:05-04:00", "second"),
        ("Tuesday, 14-May-24 10:30:05 UT", "2024-05-14T10:30:05+00:00", "second"),
        ("Tue May 14 10:30:05 CEST 2024", "2024-05-14T10:30:05+02:00", "second"),
        ("14 May 2024 10:30 Central European Summer Time", "2024-05-14T10:30:00+02:00", "minute"),
        ("May 14, 2024, 10:30 a.m. Eastern Daylight Time", "2024-05-14T10:30:00-04:00", "minute"),
        ("14 May 2024 10:30 Moscow Standard Time", "2024-05-14T10:30:00+03:00", "minute"),
        ("14 May 2024 10:30 (Lisbon time)", "2024-05-14T10:30:00+01:00", "minute"),
        ("14 May 2024 10:30 Ruritanian Time", "2024-05-14T00:00:00+00:00", "day"),
        ("14. Mai 2024 um 10:30 Uhr MESZ", "2024-05-14T10:30:00+02:00", "minute"),
        ("mar., 14 mai 2024 à 10h30", "2024-05-14T10:30:00+00:00", "minute"),
        ("martes, 14 de mayo de 2024", "2024-05-14T00:00:00+00:00", "day"),
        ("14 мая 2024 г., 10:30", "2024-05-14T10:30:00+00:00", "minute"),
        ("14 مايو 2024", "2024-05-14T00:00:00+00:00", "day"),
        ("١٤ مايو ٢٠٢٤", "2024-05-14T00:00:00+00:00", "day"),
        ("१४ मई २०२४", "2024-05-14T00:00:00+00:00", "day"),
        ("14 พฤษภาคม 2567", "2024-05-14T00:00:00+00:00", "day"),
        ("2024年5月14日(火) 10時30分", "2024-05-14T10:30:00+00:00", "minute"),
        ("2024년 5월 14일 오후 3시 5분", "2024-05-14T15:05:00+00:00", "minute"),
        ("５ May 2024", "2024-05-05T00:00:00+00:00", "day"),
        ("Tuesday 05/14/2024", "2024-05-14T00:00:00+00:00", "day"),
        ("Sunday 05/06/2026", None, None),
        ("Friday 05/06/2026", "2026-06-05T00:00:00+00:00", "day"),
        ("14 May 1970", "1970-05-14T00:00:00+00:00", "day"),
    ],
)
def test_printed_dates_are_read_with_their_precision(text: str, iso: str | None, precision: str | None) -> None:
    when = parse(text)
    assert when.at == (datetime.fromisoformat(iso) if iso else None)
    assert when.precision == precision


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2024", "never", "9999-12-31T23:59:60+99:99", "0000-00-00", "2999-01-01", "31-02-2024", "14 May 1066",
        "0000-00-00 00:00:00", "0001-01-01T00:00:00Z", "Mon, 30 Nov -0001 00:00:00 +0000", "1970-01-01T00:00:00Z",
        "Wed, 31 Dec 1969 19:00:00 -0500", "January 1, 1970", "6 May 2024 and more", "between 6 and 8 May 2024",
    ],
)  # fmt: skip
def test_what_is_no_certain_date_is_kept_as_it_was_said(text: str) -> None:
    assert parse(text) == When(said=text)


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("21 minutes ago", "2025-06-03T00:39", "minute"),
        ("half an hour ago", "2025-06-03T00:00", "hour"),
        ("an hour ago", "2025-06-03T00:00", "hour"),
        ("a day ago", "2025-06-02T00:00", "day"),
        ("yesterday", "2025-06-02T00:00", "day"),
        ("3 weeks ago", "2025-05-01T00:00", "month"),
        ("2 years ago", "2023-01-01T00:00", "year"),
        ("5h ago", "2025-06-02T20:00", "hour"),
    ],
)
def test_relative_times_count_from_the_capture_and_keep_their_words(text: str, iso: str, precision: str) -> None:
    when = parse(text, captured=CAPTURED)
    at = datetime.fromisoformat(iso).replace(tzinfo=UTC)
    assert when.at
    if precision == "hour":
        assert when.at.replace(minute=0) == at
    else:
        assert when.at == at
    assert (when.precision, when.said) == (precision, text)


@pytest.mark.parametrize("text", ["21 minutes ago", "half an hour ago", "yesterday", "just now"])
def test_without_a_capture_time_a_relative_time_gives_no_date(text: str) -> None:
    assert parse(text) == When(said=text)


@pytest.mark.parametrize("text", ["", " \n", "x" * 500])
def test_nothing_and_endless_text_say_nothing(text: str) -> None:
    assert parse(text) == UNKNOWN


@settings(deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"[0-9a-zA-Z:+./, -]{0,40}", fullmatch=True))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    for captured in (None, CAPTURED):
        when = parse(text, captured=captured)
        assert (when.at is None) == (when.precision is None)
        assert when.at is None or (when.at.tzinfo and 1900 <= when.at.year <= 2100)


@settings(deadline=None)
@given(st.floats() | st.integers())
def test_no_number_makes_the_reader_fail(number: float) -> None:
    when = from_number(number)
    assert when.at is None or 1900 <= when.at.year <= 2100


SETTLED = st.dates(date(2016, 1, 1), date(2030, 12, 31))  # few zones have changed their times by law since
DAYS = st.dates(min_value=date(1902, 1, 1), max_value=date(2100, 12, 30)).filter(lambda day: day.year != 1970)
TIMES = st.times().map(lambda at: at.replace(microsecond=0))
OFFSETS = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
WRITTEN = (
    "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S %z", "%Y%m%dT%H%M%S%z", "%a, %d %b %Y %H:%M:%S %z",
    "%A, %d-%b-%y %H:%M:%S %z", "%a %b %d %H:%M:%S %z %Y", "%B %d, %Y, %I:%M:%S %p %z", "%H:%M:%S %z, %d %B %Y",
    "%d.%m.%Y %H.%M:%S %z", "%Y/%m/%d %H:%M:%S %z", "Published %d %b. %Y at %H:%M:%S %z",
)  # fmt: skip
NOT_READ = {"eu", "mn"}  # CLDR writes them with endings in brackets, and with numbered months


@settings(deadline=None)
@given(st.sampled_from(WRITTEN), DAYS, TIMES, OFFSETS)
def test_every_instant_comes_back_however_it_is_written(form: str, day: date, at: time, offset: timezone) -> None:
    instant = datetime.combine(day, at, offset)
    assume("%y" not in form or 1970 <= day.year < 2070)
    assume(not zero(instant))
    assert parse(instant.strftime(form)).at == instant


@settings(deadline=None)
@given(DAYS, TIMES)
def test_every_stamp_and_unix_time_comes_back(day: date, at: time) -> None:
    instant = datetime.combine(day, at, UTC)
    assert parse(f"{instant:%Y%m%d%H%M%S}").at == instant
    assert parse(f"{instant:%Y%m%d%H%M}").at == instant.replace(second=0)
    assume(day.year > 1976)
    assert parse(str(int(instant.timestamp()))).at == instant
    assert parse(str(int(instant.timestamp() * 1000))).at == instant


@example("cy", "full", date(2000, 1, 18))
@settings(deadline=None)
@given(st.sampled_from(sorted(set(LANGUAGES) - NOT_READ)), st.sampled_from(("full", "long", "medium")), DAYS)
def test_every_day_comes_back_from_every_language(language: str, width: Width, day: date) -> None:
    written = format_date(day, width, locale=language)
    when = parse(written, language=language, day_first=True)
    assert (when.at and when.at.date(), when.precision) == (day, "day")


@settings(deadline=None)
@given(st.sampled_from(sorted(name for name in calendar().zones if name.replace(" ", "").isalpha())), SETTLED, TIMES)
def test_a_zone_in_words_is_that_zone(name: str, day: date, at: time) -> None:
    when = parse(f"{day:%d %B %Y} {at:%H:%M:%S} {name.upper()}")
    kind, key = calendar().zones[name]
    winter, summer = sorted(_ahead(datetime(day.year, month, 2, tzinfo=ZoneInfo(key))) for month in (1, 7))
    there = _ahead(datetime.combine(day, at, ZoneInfo(key)))
    expected = {"standard": {winter}, "daylight": {summer, winter + timedelta(hours=1)}, "generic": {there}}
    assert when.at
    assert _ahead(when.at) in expected[kind]


def _ahead(at: datetime) -> timedelta:
    """By how much the clocks of a moment are ahead of UTC."""
    ahead = at.utcoffset()
    assert ahead is not None
    return ahead


@pytest.mark.parametrize(
    ("lines", "order"),
    [
        (["06/07/2026 06:00", "16/07/2026 06:00"], True),
        (["06/07/2026", "07/16/2026"], False),
        (["06/07/2026", "2026-07-16"], None),
        (["07/16/2026", "16/07/2026"], None),
    ],
)
def test_dates_that_are_unambiguous_tell_the_order_of_the_others(lines: list[str], order: bool | None) -> None:
    assert day_order(lines) is order


def zero(at: datetime) -> bool:
    """Whether it is one of the days that stand for no date."""
    return at.date() in (date(1969, 12, 31), date(1970, 1, 1))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("令和8年7月6日", "2026-07-06"),
        ("令和元年5月1日 10時00分", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("民國115年7月6日", "2026-07-06"),
        ("2026-W28-1", "2026-07-06"),
        ("2026W281", "2026-07-06"),
        ("2026-W28-1T06:00:00Z", "2026-07-06"),
        ("/Date(1783317600000)/", "2026-07-06"),
        ("/Date(1783317600000+0200)/", "2026-07-06"),
        ("Wednesday, 04.03.26", "2026-03-04"),
        ("6 July 2026 10.11.12", "2026-07-06"),
        ("2026-W28", ""),
        ("2026-W60-1", ""),
        ("/Date(-62135596800000)/", ""),
        ("04.03.26", ""),
        ("12.30.45", ""),
    ],
)
def test_eras_weeks_and_the_dates_of_programs_are_read(said: str, day: str) -> None:
    at = parse(said).at
    assert (at.date().isoformat() if at else "") == day


@pytest.mark.parametrize(
    ("said", "language", "day_first", "day"),
    [
        ("04.03.26", "de", True, "2026-03-04"),
        ("26.03.04", "ko", False, "2026-03-04"),
        ("03/04/26", "en-US", False, "2026-03-04"),
        ("13/25/26", "en-GB", True, ""),
    ],
)
def test_a_year_of_two_digits_is_read_in_the_order_of_the_place(
    said: str, language: str, day_first: bool, day: str
) -> None:
    at = parse(said, day_first=day_first, language=language).at
    assert (at.date().isoformat() if at else "") == day
