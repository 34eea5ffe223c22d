"""Records of data sets: the many names of their fields."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import ExtractError, IngestError, NotAnArticle
from ingest.extract.extract import extract
from ingest.types import Article, Page

TEXT = "The ferry between the islands resumed on Monday after four days, the port said."
CAPTURED = datetime(2025, 6, 3, 1, 0, tzinfo=UTC)


def read(content: bytes) -> Article:
    [article] = extract(Page("dump.jsonl", content, "application/json", item="line 1", captured=CAPTURED))
    return article


def record(**fields: Any) -> Article:
    return read(json.dumps({"title": "Ferry resumes", "text": TEXT, **fields}).encode())


@pytest.mark.parametrize("title", ["title", "Headline", "name"])
@pytest.mark.parametrize(
    "text", ["text", "body", "content", "article", "articleBody", "full_text", "maintext", "description"]
)
def test_title_and_text_are_found_under_their_usual_names(title: str, text: str) -> None:
    article = read(json.dumps({title: "Ferry resumes", text: TEXT}).encode())
    assert (article.title, article.text) == ("Ferry resumes", TEXT)


def test_a_description_is_the_text_only_where_there_is_no_other() -> None:
    assert record(description="In short.").text == TEXT


@pytest.mark.parametrize("name", ["url", "link", "canonical_url"])
def test_the_address_is_kept_in_its_canonical_form(name: str) -> None:
    article = record(**{name: "HTTPS://www.Sarn.example/a?id=3&utm_source=x&fbclid=y#top"})
    assert article.url == "https://www.sarn.example/a?id=3"
    assert article.outlet == "sarn.example"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/", "http://", "nonsense"]
)
def test_what_is_no_web_address_is_dropped(url: str) -> None:
    article = record(url=url)
    assert (article.url, article.outlet) == (None, "unknown outlet")


@pytest.mark.parametrize(
    "fields",
    [
        {"source": "The Sarn Times"},
        {"Publisher": {"@type": "Organization", "name": "The Sarn Times"}},
        {"source": {"id": None, "name": "The Sarn Times"}},
        {"site": "The Sarn Times"},
    ],
)
def test_the_outlet_is_a_name_or_an_object_with_one(fields: dict[str, Any]) -> None:
    assert record(**fields).outlet == "The Sarn Times"


@pytest.mark.parametrize(
    "name",
    ["published_at", "published", "date", "datePublished", "pubDate", "publish_date", "published_date", "timestamp"],
)
@pytest.mark.parametrize(
    "value", ["2024-03-05T13:00:00Z", 1709643600, 1709643600000, "1709643600", {"$date": 1709643600000}]
)
def test_the_time_of_publication_is_text_or_a_unix_time(name: str, value: object) -> None:
    assert record(**{name: value}).published == datetime(2024, 3, 5, 13, tzinfo=UTC)


def test_a_relative_time_counts_from_the_capture() -> None:
    article = record(published="21 minutes ago")
    assert (article.published, article.published_said) == (datetime(2025, 6, 3, 0, 39, tzinfo=UTC), "21 minutes ago")


def test_the_update_is_kept_apart() -> None:
    assert record(dateModified="2024-03-06").updated == datetime(2024, 3, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "fields",
    [
        {"authors": ["Ada Moss", "Ben Roe"]},
        {"author": "By Ada Moss and Ben Roe"},
        {"byline": "Ada Moss, Ben Roe"},
        {"author": [{"name": "Ada Moss"}, {"name": "Ben Roe"}]},
        {"authors": "Ada Moss; Ben Roe", "source": "Sarn"},
        {"authors": ["Ada Moss", "Ben Roe", "Sarn", "https://sarn.example/ben"], "source": "Sarn"},
    ],
)
def test_authors_come_as_text_list_or_objects(fields: dict[str, Any]) -> None:
    assert record(**fields).authors == ("Ada Moss", "Ben Roe")


def test_html_in_a_field_becomes_text_with_paragraphs() -> None:
    article = record(text=f"<p>{TEXT}</p><script>x()</script><p>Two &amp; <b>three</b>.<span hidden>no</span></p>")
    assert article.text == f"{TEXT}\n\nTwo & three."


def test_a_headline_above_the_text_of_a_record_is_not_part_of_it() -> None:
    assert record(text=f"Ferry resumes\n\n{TEXT}").text == TEXT
    assert record(text=f"Ferry resumes soon\n\n{TEXT}").text == f"Ferry resumes soon\n\n{TEXT}"
    assert record(title=TEXT).text == TEXT


def test_language_is_taken_from_the_record_or_else_detected() -> None:
    assert record(language="de-DE").language == "de"
    assert record().language == "en"


def test_the_dateline_gives_the_origin_and_stays_in_the_text() -> None:
    article = record(text=f"VELTRIN (AP) — {TEXT}")
    assert article.origin == "AP"
    assert article.text.startswith("VELTRIN (AP)")


def test_an_article_inside_an_envelope_is_found() -> None:
    assert read(json.dumps({"_id": 7, "_source": {"title": "Ferry resumes", "body": TEXT}}).encode()).text == TEXT


def test_a_record_without_title_is_named_by_its_first_sentence() -> None:
    assert read(json.dumps({"text": f"Ferries run. {TEXT}"}).encode()).title == "Ferries run."
    told = read(json.dumps({"text": f"Port Ellery (MNA) —\n\nDr. Varley is back. {TEXT}"}).encode())
    assert told.title == "Dr. Varley is back."


@pytest.mark.parametrize(
    "value", [{"id": 1}, {"title": "Only a title"}, {"title": None, "text": ""}, {"text": "Short."}]
)
def test_a_record_without_text_is_not_an_article(value: dict[str, Any]) -> None:
    with pytest.raises(NotAnArticle):
        read(json.dumps(value).encode())


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"null", b"3", b'"text"', b"[" * 100_000, b'{"a":' * 100_000, b"\xff\x00"]
)
def test_what_is_no_record_is_an_error_with_a_hint(content: bytes) -> None:
    with pytest.raises(ExtractError) as caught:
        read(content)
    assert caught.value.hint


def test_hostile_characters_do_not_reach_the_article() -> None:
    article = read(b'{"title": "x\\ud800\\u001b[2J", "text": "\\u202eThe ferry resumed on Monday\\u0000.\\udfff"}')
    assert article.model_dump_json().encode()
    assert not {"\x1b", "\x00", "\u202e"} & set(article.title + article.text)


NAMES = ["title", "text", "url", "source", "published", "authors", "language", "origin"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_any_record_is_an_article_or_a_stated_reason(value: dict[str, Any]) -> None:
    try:
        found = read(json.dumps(value).encode()).text
    except IngestError as error:
        found = error.message
    assert found
