"""Articles whose text stands in several parts of the page. All of them are invented."""

from __future__ import annotations

import pytest

from ingest.extract.partial import LEFT_OUT
from tests.ingest.extract.web_pages import HEAD, TITLE, read

TEXT = (
    "The council of Ostrel voted on Tuesday night to close two primary schools in the northern part of the town.",
    "Mayor Ines Dahl said that the number of pupils had fallen from 412 to 268 within six years, and would fall on.",
    "Parents had marched to the town hall in the morning and handed over a petition with 3,100 signatures.",
    "The children will go to three schools nearby, and a bus will take those who live beyond the railway line.",
    "The opposition announced that it would go to court before the end of December, and named a lawyer for it.",
    "The ministry confirmed that fourteen teachers would be sent to other schools of the district by spring.",
)
OTHER = (
    "The ferry to Lunde sails every hour again after the flood in May, the company that runs it said on Friday.",
    "Two new boats will come into service before the summer, each of them with room for eighty cars and a bus.",
)
AD = "<div class='slot'><span>Advertisement</span></div>"


def paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def card(number: int) -> str:
    return (
        f"<div class='card'><h3><a href='/{number}'>Ferry {number} sails again</a></h3>{paragraphs(OTHER[:1])}</div>"
    )


def two(first: str, second: str, around: str = "main") -> str:
    begin, end = paragraphs(TEXT[:3]), paragraphs(TEXT[3:])
    return f"<{around}><h1>{TITLE}</h1><{first}>{begin}</{first[:3]}>{AD}<{second}>{end}</{second[:3]}></{around}>"


@pytest.mark.parametrize(
    "page",
    [
        two("div class='article-body'", "div class='article-body'"),
        two("div class='longform-part-1'", "div class='longform-part-2'", "article"),
        two("div class='entry-content'", "div class='more-of-it'", "article"),
        two("div itemprop='articleBody'", "div itemprop='articleBody'", "section"),
        two("div class='entry-content'", "div class='entry-content-2'", "div"),
    ],
)
def test_all_sections_of_an_article_are_its_text_in_their_order(page: str) -> None:
    article = read(HEAD, page)
    assert article.text == "\n\n".join(TEXT)
    assert article.partial is None


@pytest.mark.parametrize(
    "beside",
    [
        f"<aside>{paragraphs(OTHER)}</aside>",
        f"<section class='more'><h2>More</h2>{card(1)}{card(2)}{card(3)}</section>",
        f"<article><h1>The ferry sails</h1><div class='article-body'>{paragraphs(OTHER)}</div></article>",
        f"<div class='note'>{paragraphs(OTHER)}<button>Give now</button></div>",
        f"<footer>{paragraphs(OTHER)}</footer>",
    ],
)
def test_what_stands_beside_an_article_is_not(beside: str) -> None:
    page = (
        f"<main><article><h1>{TITLE}</h1><div class='article-body'>{paragraphs(TEXT)}</div></article>{beside}</main>"
    )
    assert read(HEAD, page).text == "\n\n".join(TEXT)


FACTS = ("The school opened in 1931.", "It has nine classes and a garden of 400 square metres.")


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (f"{paragraphs(TEXT[:3])}<aside><h3>In short</h3>{paragraphs(FACTS)}</aside>{paragraphs(TEXT[3:])}", FACTS),
        (f"<header>{paragraphs(TEXT[:2])}</header>{paragraphs(TEXT[2:])}", ()),
        (f"{paragraphs(TEXT[:4])}<footer>{paragraphs(TEXT[4:])}</footer>", ()),
    ],
)
def test_running_text_in_headers_boxes_and_footers_of_an_article_is_kept(page: str, told: tuple[str, ...]) -> None:
    article = read(HEAD, f"<main><article><h1>{TITLE}</h1>{page}</article></main>")
    assert all(line in article.text for line in (*TEXT, *told))


@pytest.mark.parametrize(
    "box",
    [
        "<aside><p>Every weekday at six we tell what the day brings.</p><form><input></form></aside>",
        f"<aside><h3><a href='/2'>The ferry sails</a></h3>{paragraphs(OTHER)}</aside>",
        f"<aside class='author-bio'>{paragraphs(OTHER)}</aside>",
    ],
)
def test_boxes_that_ask_or_lead_on_are_left_out(box: str) -> None:
    page = f"<article><h1>{TITLE}</h1>{paragraphs(TEXT[:3])}{box}{paragraphs(TEXT[3:])}</article>"
    assert read(HEAD, page).text == "\n\n".join(TEXT)


def test_the_line_below_the_headline_by_which_a_page_describes_itself_is_kept() -> None:
    line = "Two of nine schools go, and the children take the bus from spring on"
    head = f"{HEAD}<meta property='og:description' content='{line}'>"
    page = (
        f"<article><header><h1>{TITLE}</h1><p>{line}</p><p>Share this story</p></header>{paragraphs(TEXT)}</article>"
    )
    assert read(head, page).text == "\n\n".join((line, *TEXT))


def test_a_list_between_the_paragraphs_of_a_section_is_kept() -> None:
    listed = "<ul class='facts'><li>Closes: 31 January</li><li>Bus: 40 minutes</li></ul>"
    second = f"<div class='article-body'>{paragraphs(TEXT[3:5])}{listed}{paragraphs(TEXT[5:])}</div>"
    page = f"<main><h1>{TITLE}</h1><div class='article-body'>{paragraphs(TEXT[:3])}</div>{AD}{second}</main>"
    listed_text = ("- Closes: 31 January", "- Bus: 40 minutes")
    assert read(HEAD, page).text == "\n\n".join((*TEXT[:5], *listed_text, TEXT[5]))


def test_a_line_that_was_cut_at_a_break_gives_way_to_the_whole_paragraph() -> None:
    loose = f"<div>{TEXT[0]}<p>{TEXT[1]}</p>{TEXT[2]}<br>{TEXT[3]}<p>{TEXT[4]}</p></div>"
    article = read(HEAD, f"<article><h1>{TITLE}</h1>{loose}</article>")
    assert [article.text.count(line) for line in TEXT[:5]] == [1] * 5


def test_a_page_much_of_whose_text_cannot_be_told_from_other_things_says_so() -> None:
    first, second = (paragraphs(tuple(f"{line} {at}" for at in ats for line in TEXT)) for ats in ((1, 2), (3, 4)))
    other = f"<section><button>Listen</button>{second}</section>"
    page = f"<main><h1>{TITLE}</h1><div class='article-body'>{first}</div>{other}</main>"
    assert read(HEAD, page).partial == LEFT_OUT
