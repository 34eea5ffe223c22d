"""PDFs into articles: paragraphs, what is printed on every page, title and date."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from ingest.errors import ExtractError
from ingest.extract.extract import extract
from ingest.types import Article, Page
from tests.ingest.made import Print, a_pdf

BODY = (
    Print("The ferry between Port Ellery and the islands sails again from Saturday morn-", skip=30),
    Print("ing, the harbour office said. Crews accepted a raise of 6 percent after a long-"),
    Print("term strike of seventeen days, and the first boat leaves at seven on Saturday."),
    Print("A second boat follows at nine.", skip=12),
    Print("The long-term timetable is printed in the town hall, where the council meets on", skip=24),
    Print("Tuesday about the fares."),
)
TEXT = (
    "The ferry between Port Ellery and the islands sails again from Saturday morning, the harbour office said. Crews "
    "accepted a raise of 6 percent after a long-term strike of seventeen days, and the first boat leaves at seven on "
    "Saturday. A second boat follows at nine.\n\nThe long-term timetable is printed in the town hall, where the "
    "council meets on Tuesday about the fares."
)


def article_of(content: bytes, url: str | None = None) -> Article:
    [article] = extract(Page("/news/ferry.pdf", content, "application/pdf", url=url))
    return article


def test_lines_become_paragraphs_and_divided_words_whole() -> None:
    assert article_of(a_pdf([Print("Ferry sails again to the islands", 20), *BODY])).text == TEXT


def test_the_largest_line_is_the_title_and_byline_and_date_follow_it() -> None:
    sheet = [
        Print("Ferry sails again to", 20),
        Print("the outer islands", 20, 22),
        Print("By Mara Quill and Jon Ebb", skip=26),
        Print("Saturday, 24 October 2026, 08:30", skip=16),
        *BODY,
    ]
    article = article_of(a_pdf(sheet))
    assert (article.title, article.text) == ("Ferry sails again to the outer islands", TEXT)
    assert article.authors == ("Mara Quill", "Jon Ebb")
    assert article.published == datetime(2026, 10, 24, 8, 30, tzinfo=UTC)


def test_the_name_of_a_paper_above_a_headline_is_not_the_title() -> None:
    sheet = [Print("Harbour Post", 36), Print("No. 12 | Saturday, 24 October 2026", 9, 20)]
    article = article_of(a_pdf([*sheet, Print("Ferry sails again to the islands", 24, 40), *BODY]))
    assert (article.title, article.text) == ("Ferry sails again to the islands", TEXT)
    assert (article.published, article.published_precision) == (datetime(2026, 10, 24, tzinfo=UTC), "day")


def test_the_title_in_the_file_counts_where_it_is_printed_too() -> None:
    sheet = [Print("A letter from the editor of this paper", 22), Print("Ferry sails again", 16, 30), *BODY]
    assert article_of(a_pdf(sheet, information={"Title": "Ferry sails again"})).title == "Ferry sails again"
    assert article_of(a_pdf(sheet, information={"Title": "Microsoft Word - draft7.doc"})).title != "draft7"


def test_what_is_printed_on_every_page_and_page_numbers_are_left_out() -> None:
    def sheet(number: int, *lines: Print) -> list[Print]:
        return [Print(f"Harbour Post 24/10 page {number}", 8, 10), *lines, Print(str(number), 8, 30)]

    pages = [sheet(1, Print("Ferry sails again to the islands", 20, 30), *BODY[:2]), sheet(2, *BODY[2:])]
    assert article_of(a_pdf(*pages)).text == TEXT


def test_the_address_that_a_browser_printed_is_a_claim() -> None:
    foot = Print("https://paper.example/news/ferry?utm_source=x 1/1", 8, 40)
    head = Print("11/2/26, 9:14 AM Ferry sails again", 8, 10)
    article = article_of(a_pdf([head, Print("Ferry sails again to the islands", 20, 30), *BODY, foot]))
    assert (article.url, article.outlet, article.text) == ("https://paper.example/news/ferry", "paper.example", TEXT)
    assert article.published is None
    fetched = article_of(
        a_pdf([Print("Ferry sails again to the islands", 20), *BODY, foot]), "https://real.example/a.pdf"
    )
    assert (fetched.url, fetched.outlet) == ("https://real.example/a.pdf", "real.example")


def test_the_time_of_making_is_a_date_only_where_the_page_prints_it() -> None:
    made = {"CreationDate": "D:20261024101500Z"}
    sheet = [Print("Ferry sails again to the islands", 20), *BODY]
    assert article_of(a_pdf(sheet, information=made)).published is None
    printed = [*sheet, Print("Printed in Port Ellery on 24 October 2026 by the Harbour Press.", skip=24)]
    article = article_of(a_pdf(printed, information=made))
    assert (article.published, article.published_precision) == (datetime(2026, 10, 24, tzinfo=UTC), "day")


def test_pictures_of_pages_have_no_text_and_say_what_to_do() -> None:
    with pytest.raises(ExtractError, match=r"no text, only pictures of it - run it through text recognition"):
        article_of(a_pdf([], []))


def test_an_encrypted_pdf_says_what_to_do() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf(BODY))))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(ExtractError, match="the PDF is encrypted - save a copy without password"):
        article_of(file.getvalue())


def test_a_pdf_that_anyone_may_open_is_read() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf([Print("Ferry sails again today", 20), *BODY]))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    assert article_of(file.getvalue()).text == TEXT


def test_a_pdf_of_a_book_is_refused_with_its_number_of_pages() -> None:
    with pytest.raises(ExtractError, match="101 pages"):
        article_of(a_pdf(*[BODY] * 101))


@pytest.mark.parametrize("cut", [20, 200, 900])
def test_a_damaged_pdf_is_an_outcome(cut: int) -> None:
    with pytest.raises(ExtractError):
        article_of(a_pdf([Print("Ferry", 20), *BODY])[:cut])
