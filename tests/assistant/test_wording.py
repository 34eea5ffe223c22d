"""How dates, filters and answers are said, wherever they are shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from importlib.resources import files

import pytest

from assistant import wording
from assistant.types import Answer, Carrier, Citation, Filter, Receipt, Statement
from assistant.wording import printed

MOMENT = datetime(2026, 3, 5, 1, 30, tzinfo=timezone(timedelta(hours=2)))


def a_citation(**changes: object) -> Citation:
    values = {"article_id": "a", "version": "v", "start": 0, "end": 1, "text": "x", "number": 1}
    return Citation.model_validate(values | {"outlet": "Coast Courier", "title": "Harbour shut"} | changes)


def an_answer(**changes: object) -> Answer:
    values = {
        "question": "?",
        "standalone": "?",
        "text": "x",
        "outcome": "answered",
        "statements": (),
        "citations": (),
    }
    rest = {"filters": Filter(), "as_of": None, "independent_sources": 0, "receipt": None, "conversation_id": "c"}
    return Answer.model_validate(values | rest | {"model": "extractive"} | changes)


@pytest.mark.parametrize(
    ("precision", "said"),
    [
        ("year", "2026"),
        ("month", "March 2026"),
        ("day", "5 March 2026"),
        ("hour", "5 March 2026, 01 h UTC+02:00"),
        ("minute", "5 March 2026, 01:30 UTC+02:00"),
        (None, "5 March 2026"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(precision: str | None, said: str) -> None:
    assert wording.published(a_citation(published=MOMENT, published_precision=precision)) == said


def test_an_hour_is_not_said_to_the_minute() -> None:
    assert ":00" not in printed(datetime(2026, 3, 5, 14, tzinfo=UTC), "hour")


def test_without_a_date_the_pages_own_words_are_said() -> None:
    assert wording.published(a_citation()) == "undated"
    assert wording.published(a_citation(published_said=" 1h\nago")) == "undated (“1h ago”)"


def test_days_are_said_without_a_leading_nought() -> None:
    assert wording.day(datetime(2026, 11, 1, tzinfo=UTC)) == "1 November 2026"


def test_a_filter_names_outlets_and_days() -> None:
    applied = Filter(outlets=("A", "B"), since=date(2026, 3, 1), until=date(2026, 4, 2))
    assert wording.filters(applied) == "only A, B, between 1 March 2026 and 2 April 2026"
    assert wording.filters(Filter()) == ""


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (date(2014, 5, 1), date(2014, 5, 31), "between 1 May 2014 and 31 May 2014"),
        (date(2014, 5, 1), date(2014, 5, 1), "on 1 May 2014"),
        (date(2014, 5, 1), None, "since 1 May 2014"),
        (None, date(2014, 5, 31), "until 31 May 2014"),
        (None, None, ""),
    ],
)
def test_the_days_of_a_filter_read_well(since: date | None, until: date | None, said: str) -> None:
    assert wording.dated(Filter(since=since, until=until)) == said


def test_the_origin_is_named_where_it_is_another() -> None:
    assert wording.outlet(a_citation(origin="Wire")) == "Coast Courier (Wire)"
    assert wording.outlet(a_citation(origin="Coast Courier")) == "Coast Courier"


def test_an_outlet_that_carries_a_sentence_twice_is_named_once() -> None:
    copy = Carrier(article_id="b", outlet="Inland Post", title="Harbour shut")
    assert wording.carried_by(a_citation(copies=(copy, copy))) == "also carried by Inland Post"
    assert wording.carried_by(a_citation()) == ""


def test_a_receipt_says_what_was_searched_and_within_what() -> None:
    receipt = Receipt(reason="", articles_searched=1, passages_searched=2000, filters=Filter(outlets=("A",)))
    assert wording.searched(receipt) == "searched 1 article, 2,000 passages · only A"


def test_a_statement_with_full_support_raises_no_doubt() -> None:
    assert wording.doubt(Statement(text="x", citations=(1,))) == ""
    assert wording.doubt(Statement(text="x", citations=(1,), support="partly", reason="no day")) == "partly: no day"


def test_a_quotation_that_was_cited_anew_is_told() -> None:
    moved = Statement(text="x", citations=(1,), quotation="wrong article")
    assert wording.doubt(moved) == wording.CITED_ANEW
    assert wording.doubt(Statement(text="x", citations=(1,), quotation="verified")) == ""


def test_an_answer_that_is_not_complete_says_so() -> None:
    assert wording.standing(an_answer(outcome="partly", citations=(a_citation(),), independent_sources=1)) == (
        "partly answered · 1 independent source"
    )
    assert wording.standing(an_answer()) == ""


def test_an_answer_without_the_reader_says_so() -> None:
    assert wording.standing(an_answer(reader="none")) == "without the trained reader"


def test_what_comes_from_outside_cannot_steer_a_terminal() -> None:
    assert "\x1b" not in wording.headline(a_citation(outlet="\x1b[2J", title="\x1b]0;x"))


def test_a_citation_says_that_its_article_is_not_whole_or_claims_another_host() -> None:
    assert wording.caution(a_citation()) == ""
    careful = a_citation(partial="only the free part is here", claims="courier.example")
    assert wording.caution(careful) == "only the free part is here · claims to be courier.example"


def test_the_page_says_what_comes_nearest_in_the_same_words() -> None:
    script = files("assistant.api.web") / "scripts" / "answer.js"
    assert f'"{wording.NEAREST}"' in script.read_text(encoding="utf-8")
