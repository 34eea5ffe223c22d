"""Printed dates: their forms, their precision, and that nothing is invented."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.dates import UNKNOWN, When, from_number, parse

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
    ],
)
def test_printed_dates_are_read_with_their_precision(text: str, iso: str, precision: str) -> None:
    when = parse(text)
    assert when.at == datetime.fromisoformat(iso)
    assert when.precision == precision


@pytest.mark.parametrize(
    "text",
    ["03/04/2024", "never", "9999-12-31T23:59:60+99:99", "0000-00-00", "2999-01-01", "31-02-2024", "14 May 1066"],
)
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


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(2100, 12, 30)))  # noqa: DTZ001
def test_every_iso_time_comes_back(at: datetime) -> None:
    at = at.replace(microsecond=0, tzinfo=UTC)
    assert parse(at.isoformat()).at == at
