"""Plain text and Markdown."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import IngestError
from ingest.extract.extract import extract
from ingest.extract.text import frontmatter
from ingest.extract.text.markdown import without_marks
from ingest.types import Article, Page

BODY = (
    "The ferry between the islands resumed on Monday after four days.\n\nTwo boats left before noon, the port said."
)


def plain(text: str, source: str = "/news/ferry.txt") -> Article:
    [article] = extract(Page(source, text.encode(), "text/plain"))
    return article


def markdown(text: str) -> Article:
    [article] = extract(Page("/news/ferry.md", text.encode(), "text/markdown"))
    return article


def test_a_first_line_that_stands_alone_is_the_title() -> None:
    article = plain(f"Ferry service resumes\n\n{BODY}\n")
    assert (article.title, article.text) == ("Ferry service resumes", BODY)


def test_a_text_without_title_is_named_by_its_first_sentence_and_stays_whole() -> None:
    article = plain(BODY)
    assert (article.title, article.text) == ("The ferry between the islands resumed on Monday after four days.", BODY)


def test_byline_and_date_below_the_title_are_read() -> None:
    article = plain(f"Ferry service resumes\n\nBy Ada Moss and Ben Roe\nPublished: June 3, 2025 9:05 AM ET\n\n{BODY}")
    assert article.authors == ("Ada Moss", "Ben Roe")
    assert article.published == datetime(2025, 6, 3, 13, 5, tzinfo=UTC)
    assert article.text == BODY


def test_fields_above_a_plain_text_are_read() -> None:
    article = plain(f"Title: Ferry service resumes\nSource: The Sarn Times\nDate: 2025-06-03\n\n{BODY}")
    assert (article.title, article.outlet, article.text) == ("Ferry service resumes", "The Sarn Times", BODY)
    assert article.published_precision == "day"


def test_line_ends_of_every_system_give_the_same_article() -> None:
    text = f"Ferry service resumes\n\n{BODY}\n"
    assert plain(text) == plain(text.replace("\n", "\r\n")) == plain(text.replace("\n", "\r"))


def test_a_plain_text_has_no_date_and_no_address_of_its_own() -> None:
    article = plain(BODY)
    assert (article.published, article.url, article.outlet) == (None, None, "unknown outlet")


def test_front_matter_gives_the_fields_of_a_markdown_text() -> None:
    article = markdown(
        "---\ntitle: \"Ferry: service resumes\"\nauthors: [Ada Moss, 'Ben Roe']\ndate: 2025-06-03\n"
        f"source: The Sarn Times\nurl: https://sarn.example/ferry\n---\n\n{BODY}"
    )
    assert (article.title, article.outlet, article.text) == ("Ferry: service resumes", "The Sarn Times", BODY)
    assert article.authors == ("Ada Moss", "Ben Roe")
    assert article.url == "https://sarn.example/ferry"


def test_front_matter_lists_may_stand_on_lines_of_their_own() -> None:
    fields, text = frontmatter.split("---\nauthors:\n  - Ada Moss\n  - Ben Roe\n---\nText")
    assert (fields, text) == ({"authors": ["Ada Moss", "Ben Roe"]}, "Text")


@pytest.mark.parametrize(
    "heading", ["# Ferry *service* resumes", "# Ferry service resumes #", "Ferry service resumes\n==="]
)
def test_without_front_matter_the_first_heading_is_the_title(heading: str) -> None:
    article = markdown(f"{heading}\n\n{BODY}")
    assert (article.title, article.text) == ("Ferry service resumes", BODY)


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("See [the port](https://a.example/x_(1)) now", "See the port now"),
        ("![A boat](boat.png)Boats", "Boats"),
        ("**Two** boats and *one* _buoy_", "Two boats and one buoy"),
        ("## Below\n\n> said he", "Below\n\nsaid he"),
        ("Use `make`\n\n---\n\nEnd", "Use make\n\n\n\nEnd"),
        ("5 * 3 * 2 and snake_case_name", "5 * 3 * 2 and snake_case_name"),
        (r"\*not marked\*", "*not marked*"),
        ("A note[^1]", "A note"),
    ],
)
def test_marks_become_plain_text(marked: str, text: str) -> None:
    assert without_marks(marked) == text


@settings(deadline=None)
@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,9}", fullmatch=True),
        st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 ]{0,20}[a-z]", fullmatch=True),
    )
)
def test_front_matter_comes_back_as_it_was_written(fields: dict[str, str]) -> None:
    block = "".join(f"{name}: {value}\n" for name, value in fields.items())
    found, rest = frontmatter.split(f"---\n{block}---\nText")
    expected = {name: "" if value == "null" else value for name, value in fields.items()}
    assert (found, rest) == (expected, "Text")


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from(list("-:#*_[]()!>`~ \n\"'ab.1")), max_size=200))
def test_any_markdown_is_an_article_or_a_stated_reason(text: str) -> None:
    for kind in ("text/markdown", "text/plain"):
        try:
            found = extract(Page("a", text.encode(), kind))[0].text
        except IngestError as error:
            found = error.message
        assert found


def test_a_text_that_is_too_long_for_an_article_is_refused() -> None:
    with pytest.raises(IngestError, match=r"the text has 1,199,999 characters.*in parts"):
        plain("A word. " * 150_000)
