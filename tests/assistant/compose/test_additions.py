"""What is added to a printed sentence stands in square brackets, and is listed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assistant.compose.additions import age, worded
from assistant.evidence.evidence import Evidence
from assistant.types import Span, Statement
from ingest.types import Article, Precision
from tests.fakes import an_article

ARTICLE = an_article("The dam leaks, engineer Mira Stoll, 43, said. Stoll counts 40 cracks.", title="Dam leaks")


def evidence(sentence: str, *, part: str = "text", words: str = "") -> Evidence:
    within = ARTICLE.text if part == "text" else ARTICLE.title
    start = within.index(sentence)
    place = {"start": start, "end": start + len(sentence), "text": sentence, "part": part}
    span = Span.model_validate({"article_id": ARTICLE.id, "version": ARTICLE.digest, **place})
    return Evidence("k", span, ARTICLE, 1.0, words=words)


def test_the_full_name_is_added_and_listed_and_the_words_that_answer_keep_it() -> None:
    shown = worded("Stoll counts 40 cracks.", evidence("Stoll counts 40 cracks.", words="Stoll counts"), ())
    assert shown.text == "[Mira] Stoll counts 40 cracks."
    assert shown.added == ("[Mira]",)
    assert shown.answering == "[Mira] Stoll counts"


def test_who_was_named_in_full_before_is_not_named_so_again() -> None:
    said = Statement(text="[Mira] Stoll left.", citations=(1,))
    assert worded("Stoll counts 40 cracks.", evidence("Stoll counts 40 cracks."), [said]).added == ()


def test_what_is_not_the_evidence_word_for_word_is_left_as_it_is() -> None:
    assert (
        worded("Stoll counted 40 cracks.", evidence("Stoll counts 40 cracks."), ()).text == "Stoll counted 40 cracks."
    )


def test_a_headline_is_shown_as_one() -> None:
    shown = worded("Dam leaks", evidence("Dam leaks", part="title"), ())
    assert (shown.text, shown.added) == ("[Headline:] Dam leaks", ("[Headline:]",))


@pytest.mark.parametrize(
    ("published", "precision", "said"),
    [
        (datetime(2026, 10, 20, tzinfo=UTC), "minute", ""),
        (datetime(2026, 9, 20, tzinfo=UTC), "minute", "[On 20 September 2026:]"),
        (datetime(2022, 2, 3, tzinfo=UTC), "minute", "[In February 2022:]"),
        (datetime(2022, 1, 1, tzinfo=UTC), "year", "[In 2022:]"),
        (None, None, "[Undated:]"),
    ],
)
def test_what_is_older_than_asked_for_says_its_date(
    published: datetime | None, precision: Precision | None, said: str
) -> None:
    old: Article = ARTICLE.model_copy(update={"published": published, "published_precision": precision})
    assert age(old, date(2026, 11, 1), date(2026, 10, 2)) == said


def test_a_question_about_any_time_gets_no_date_but_for_a_last_day() -> None:
    undated = ARTICLE.model_copy(update={"published": None, "published_precision": None})
    assert age(undated, date(2026, 11, 1), None) == ""
    assert age(undated, date(2026, 11, 1), None, bounded=True) == "[Undated:]"
