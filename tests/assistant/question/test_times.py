"""Which days of publication a question asks for."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.question.times import Times, moment_meant, wants_newest

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("What happened yesterday?", "2026-11-24", None),
        ("What happened today?", "2026-11-25", None),
        ("What did the mayor say this morning?", "2026-11-25", None),
        ("What did the council decide last night?", "2026-11-24", None),
        ("What did the mayor say last week?", "2026-11-16", "2026-11-22"),
        ("Following the fire last week, who resigned?", "2026-11-16", None),
        ("Which bridge was shut this week?", "2026-11-18", None),
        ("What happened last month at the port?", "2026-10-01", "2026-10-31"),
        ("What has been said this month?", "2026-11-01", None),
        ("Who resigned over the weekend?", "2026-11-21", None),
        ("Who resigned in the past three days?", "2026-11-22", None),
        ("Who resigned in the last 24 hours?", "2026-11-24", None),
        ("What has the ferry company said since March?", "2026-03-01", None),
        ("What has it said since December?", "2025-12-01", None),
        ("How many strikes were there since 1 November?", "2026-11-01", None),
        ("What was said about the dam in June 2022?", "2022-06-01", "2022-06-30"),
        ("what happened in june 2026", "2026-06-01", "2026-06-30"),
        ("What was said about the dam in August?", "2026-08-01", "2026-08-31"),
        ("Which school was shut two weeks ago?", "2026-11-08", "2026-11-14"),
        ("Which school was shut 3 days ago?", "2026-11-22", "2026-11-23"),
        ("What did the mayor say a few days back?", "2026-11-20", "2026-11-24"),
        ("Who runs the school that was shut two weeks ago?", "2026-11-08", None),
        ("Which school was shut twelve days ago?", "2026-11-13", "2026-11-14"),
        ("What became of the ship that was sold in July?", "2026-07-01", None),
        ("Who resigned in the last fortnight?", "2026-11-11", None),
        ("What has it said this past week?", "2026-11-18", None),
        ("What happened the day before yesterday?", "2026-11-23", "2026-11-24"),
        ("Who resigned in Oct 2025?", "2025-10-01", "2025-10-31"),
        ("What was reported on 3 Oct. 2026?", "2026-10-03", "2026-10-04"),
        ("What happened on Tuesday 13 October?", "2026-10-13", "2026-10-14"),
        ("Who resigned in the summer of 2025?", "2025-06-01", "2025-08-31"),
        ("Who resigned in Fall 2025?", "2025-09-01", "2025-11-30"),
        ("Who resigned in the winter of 2022?", "2022-12-01", "2023-02-28"),
        ("Who resigned last spring?", "2026-03-01", "2026-05-31"),
        ("What was decided at the start of the month?", "2026-11-01", "2026-11-10"),
        ("What was decided at the end of October?", "2026-10-22", "2026-10-31"),
        ("What did the court rule in mid-October?", "2026-10-11", "2026-10-20"),
        ("Who resigned in August last year?", "2025-08-01", "2025-08-31"),
        ("Who resigned between 3 and 10 June 2023?", "2023-06-03", "2023-06-10"),
        ("Who resigned between March and May 2023?", "2023-03-01", "2023-05-31"),
        ("Who resigned from November to March 2023?", "2022-11-01", "2023-03-31"),
        ("What was reported between 2026-11-01 and 2026-11-10?", "2026-11-01", "2026-11-10"),
        ("As of 5 March 2026, how many homes were without power?", None, "2026-03-05"),
        ("What was known before June?", None, "2026-05-31"),
        ("What was known after June?", "2026-07-01", None),
        ("Who resigned since March and before June?", "2026-03-01", "2026-05-31"),
        ("What happened on November 6th, 2025?", "2025-11-06", "2025-11-07"),
        ("What happened in 2022?", "2022-01-01", "2022-12-31"),
        ("Who resigned in 2022?", "2022-01-01", "2022-12-31"),
        ("In 2022, who resigned?", "2022-01-01", "2022-12-31"),
        ("Which minister resigned on Monday?", "2026-11-23", None),
        ("What happened on Monday of this week?", "2026-11-23", None),
        ("news from last Tuesday", "2026-11-24", None),
        ("What did the council decide last year?", "2025-01-01", "2025-12-31"),
        ("Which bank failed two years ago?", "2024-01-01", "2024-12-31"),
        ("What has the company said in the past two years?", "2024-11-25", None),
        ("What was reported on October the 13th?", "2026-10-13", "2026-10-14"),
        ("What happened on May the 4th, 2025?", "2025-05-04", "2025-05-05"),
        ("What did the mayor say in the week of 14 October?", "2026-10-12", "2026-10-18"),
        ("Who resigned in the week beginning 4 November?", "2026-11-04", "2026-11-10"),
        ("Which tower was built in October?", "2026-10-01", "2026-10-31"),
        ("Was the minister sacked in October?", "2026-10-01", "2026-10-31"),
    ],
)
def test_time_words_are_days_of_publication(question: str, since: str | None, until: str | None) -> None:
    read = tuple(day and day.isoformat() for day in Times.read(question, WEDNESDAY).bounds)
    assert read == (since, until)


@pytest.mark.parametrize(
    "question",
    [
        "Why did the 2022 invasion begin?",
        "Who won the 2018 World Cup?",
        "Who left the band in 1974?",
        "How far have prices fallen in 2018, according to the bank?",
        "Was it the hottest day since 2019?",
        "Who was the first woman to lead the council since March 2001?",
        "How much did prices rise last year?",
        "Are rents higher than last year?",
        "Are rents higher than two years ago?",
        "Who designed the tower built in October 1911?",
        "What did people pay for bread in October 1923?",
        "Who became minister since the 2019 elections?",
        "Who was born on 4 July?",
        "Which storm will reach the coast this week?",
        "Who will speak on Monday?",
        "What is planned in June 2031?",
        "Did the report on the dam change between the article of 3 June 2026 and the one from 5 July 2026?",
        "Was it said before Saturday Night Live was shown?",
        "What was found on Mars?",
        "Where did he speak on the last Saturday of the campaign?",
        "Who spoke on Saturday of that week?",
        "Who will perform in the show in February?",
        "Which storm will reach the coast this weekend?",
        "How did the October Revolution begin?",
        "What may happen since the march?",
        "What did USA Today report?",
        "How many died in last week's storm?",
        "Who leaves at the end of this year?",
        "What was said before the Fall of Saigon?",
        "What was known before the fall of the Berlin Wall?",
        "What happened in Winter Park?",
        "What happened in Spring Éger?",
        "Who resigned during the Winter War?",
        "",
    ],
)
def test_the_subjects_own_date_is_left_alone(question: str) -> None:
    assert Times.read(question, WEDNESDAY, from_year=2012).bounds == (None, None)


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("What did the mayor say about the dam last week?", "What did the mayor say about the dam?"),
        ("Since March, what has the company said?", "what has the company said?"),
        ("Who resigned between 3 and 10 June 2023?", "Who resigned?"),
        ("Which minister resigned on Monday?", "Which minister resigned on Monday?"),
        ("Why did the 2022 invasion begin?", "Why did the 2022 invasion begin?"),
    ],
)
def test_what_is_looked_for_is_the_rest(question: str, rest: str) -> None:
    assert Times.read(question, WEDNESDAY).without() == rest


@pytest.mark.parametrize(
    ("question", "newest"),
    [
        ("What is the latest on the dam?", True),
        ("What's the latest?", True),
        ("Show me the most recent article about the ferry", True),
        ("Any news on the strike?", True),
        ("latest on the dam", True),
        ("Newest on the strike?", True),
        ("Give me the very latest", True),
        ("What did she wear at her latest party?", False),
        ("Which company, discussed in an article on the latest developments, moved?", False),
        ("What time is the latest ferry?", False),
    ],
)
def test_the_latest_is_an_order(question: str, newest: bool) -> None:
    assert wants_newest(question) is newest
    assert Times.read(question, WEDNESDAY).bounds == (None, None)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("What happened on 13 October?", date(2026, 10, 13)),
        ("Which bridge fell on Tuesday, 13 October 2026?", date(2026, 10, 13)),
        ("What happened between 3 and 10 June 2023?", None),
        ("What happened in October?", None),
        ("What is planned on 3 June 2031?", None),
    ],
)
def test_a_day_that_is_asked_about_is_told(question: str, day: date | None) -> None:
    assert Times.read(question, WEDNESDAY).day == day


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Who is the mayor of Tarn now?", date(2026, 10, 16)),
        ("what is the current price of bread", date(2026, 10, 16)),
        ("What has the council recently closed?", date(2026, 10, 16)),
        ("What happened in Tarn this week?", date(2026, 11, 8)),
        ("How many people left Tarn since March?", date(2026, 3, 1)),
        ("Who built the lock of Tarn?", None),
        ("What happened in Tarn in June 2024?", None),
    ],
)
def test_a_question_about_the_present_wants_new_reports(question: str, day: date | None) -> None:
    assert Times.read(question, date(2026, 11, 15)).fresh_from == day


def test_a_year_ago_on_the_last_day_of_a_year_is_the_year_before() -> None:
    since, until = Times.read("Which bank failed three years ago?", date(2026, 12, 31)).bounds
    assert (since, until) == (date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Who won the 2018 World Cup?", date(2018, 12, 28)),
        ("Who won the World Cup?", None),
        ("Who won the 2031 election?", None),
        ("Who won the election of 2026?", None),
        ("Who left the band in March 2018?", date(2018, 3, 28)),
        ("what of the fire of 13/14/2018", date(2018, 12, 28)),
        ("What did the council decide on 3 May?", None),
    ],
)
def test_the_last_year_that_a_question_names_is_when_it_was_news(question: str, meant: date | None) -> None:
    assert moment_meant(question, WEDNESDAY) == meant
