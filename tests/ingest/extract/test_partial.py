"""Pages that hold a part of their article, and pages that look so and hold it all. All of them are invented."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.extract.body.offers import is_offer, without_offer
from tests.ingest.extract.web_pages import BODY, HEAD, PARAGRAPHS, TITLE, linked, read

FREE_PART, ONE_PAGE, LESS = (
    "only the free part is here",
    "one of several pages is here",
    "the page says that the article is longer",
)
URL = "https://sarn.example/news/harbour-reopens"
PAID: dict[str, Any] = {
    "isAccessibleForFree": "False",
    "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".premium"},
}
OFFERS = (
    "<div class='x'><h3>Weiterlesen mit SARN plus</h3><p>Diesen Artikel lesen Sie im Abonnement.</p></div>",
    "<div><p>La suite est réservée aux abonnés. Il vous reste 70% de l’article.</p><a href='/o'>S’abonner</a></div>",
    "<p>Suscríbete para seguir leyendo</p><p><a href='/ofertas'>Ver ofertas</a></p>",
    "<section><p>Dalszy ciąg artykułu jest dostępny dla prenumeratorów.</p><a href='/p'>Kup</a></section>",
    "<div><h2>Denne saken er for abonnenter</h2><button>Kjøp abonnement</button></div>",
    "<div><p>この記事は有料会員限定です。残り1,200文字。</p><a href='/s'>購読する</a></div>",
    "<p>To read the full story, subscribe.</p>",
    "<p>You have 2 free articles left this month.</p>",
    "<div><p>This story is exclusive for our members.</p><a href='/join'>Join now</a></div>",
    "<div class='c-paywall'><p>Jatka tästä</p><button>Valitse</button></div>",
    "<div id='reg-wall'><h3>Viel mehr davon</h3><a href='/x'>Jetzt</a></div>",
    "<p><strong>Για να διαβάσετε το υπόλοιπο άρθρο, αποκτήστε συνδρομή.</strong></p>",
)


def page(after: str = "", head: str = HEAD, body: str = BODY, url: str | None = URL) -> str | None:
    return read(head, f"<main><article><h1>{TITLE}</h1>{body}{after}</article></main>", url=url).partial


@pytest.mark.parametrize("offer", OFFERS)
def test_an_offer_to_read_on_is_no_text_and_says_that_a_part_is_missing(offer: str) -> None:
    article = read(HEAD, f"<main><article><h1>{TITLE}</h1>{BODY}{offer}</article></main>")
    assert (article.text, article.partial) == ("\n\n".join(PARAGRAPHS), FREE_PART)


@pytest.mark.parametrize(
    "after",
    [
        "<div><p>Subscribe to our newsletter to read more.</p><form><input type='email'></form></div>",
        "<p>Support the paper. <a href='/subscribe'>Subscribe today</a>.</p>",
        "<p>The last free article of the charter was left as it stood.</p>",
        "<div class='seawall'><p>The sea wall held, too.</p></div>",
        "<p>Members of the board read the report before they signed it, Lukova said.</p>",
        "<p>The paper said that 4,000 people had to subscribe to read the reports on its site last year.</p>",
    ],
)
def test_what_else_one_subscribes_to_says_nothing_about_the_text(after: str) -> None:
    assert page(after) is None


def test_an_offer_in_the_last_sentence_is_cut_off() -> None:
    assert without_offer("One.\n\nThe barrier … To read the full story, subscribe") == "One.\n\nThe barrier …"
    assert is_offer("Чтобы прочитать материал, оформите подписку")
    assert not is_offer("Чтобы прочитать материал, откройте окно")


def test_a_page_that_is_not_free_is_partial_where_its_paid_part_is_not_there_and_the_text_is_short() -> None:
    assert page(head=linked(**PAID)) == FREE_PART
    assert page(head=linked(isAccessibleForFree=False)) == FREE_PART
    assert page(head=f"{HEAD}<meta property='article:content_tier' content='locked'>") == FREE_PART


@pytest.mark.parametrize("word", ["false", "False", "http://schema.org/False", "https://schema.org/False"])
def test_a_page_is_not_free_however_it_spells_that(word: str) -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": word, "cssSelector": ".premium"}
    there = f"<div class='premium'>{BODY}</div>"
    assert page(head=linked(isAccessibleForFree=word)) == FREE_PART
    assert page(head=f"{HEAD}<meta itemprop='isAccessibleForFree' content='{word}'>") == FREE_PART
    assert page(head=linked(isAccessibleForFree=word, hasPart=part), body=there) is None


@pytest.mark.parametrize("word", [True, "True", "https://schema.org/True"])
def test_a_part_that_is_free_is_not_the_paid_one(word: str | bool) -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": word, "cssSelector": ".premium"}
    there = f"<div class='premium'>{BODY}</div>"
    assert page(head=linked(isAccessibleForFree=False, hasPart=part), body=there) == FREE_PART
    assert page(head=linked(isAccessibleForFree=word, hasPart=part), body=there) is None


def test_a_short_text_that_breaks_off_says_so() -> None:
    assert (
        page(after="<p>The company that runs the ferries said on Tuesday that its […]</p>") == "the text breaks off"
    )


def test_a_page_that_is_not_free_is_whole_where_its_paid_part_is_there_or_the_text_is_long() -> None:
    assert page(head=linked(**PAID), body=f"<div class='a premium'>{BODY}</div>") is None
    assert page(head=linked(isAccessibleForFree=False), body=3 * BODY) is None


@pytest.mark.parametrize(
    "said",
    [
        {"wordCount": 640},
        {"wordCount": "1,200"},
        {"timeRequired": "PT9M"},
        {"description": "x"},
    ],
)
def test_a_text_much_shorter_than_the_page_says_is_partial(said: dict[str, Any]) -> None:
    summary = f"<meta name='description' content='{' '.join(PARAGRAPHS)}'>" if "description" in said else ""
    assert page(head=linked(**said) + summary, body=f"<p>{PARAGRAPHS[0]}</p>") == LESS


@pytest.mark.parametrize(
    "said",
    [{"wordCount": 60}, {"wordCount": "many"}, {"timeRequired": "PT1M"}, {"articleBody": " ".join(PARAGRAPHS)}],
)
def test_a_text_about_as_long_as_the_page_says_is_whole(said: dict[str, Any]) -> None:
    assert page(head=linked(**said)) is None


@pytest.mark.parametrize(
    ("head", "after"),
    [
        (f"<link rel='next' href='{URL}?page=2'>", ""),
        ("", "<div><b>1</b> <a href='/news/harbour-reopens/2'>2</a></div>"),
        ("", "<a href='/news/harbour-reopens?seite=2'>Nächste Seite</a>"),
        ("", "<a href='/news/harbour-reopens-seite-2.html'>2</a>"),
        ("", "<a href='/news/harbour-reopens_strona_2'>Dalej</a>"),
        ("", "<a rel='next' href='harbour-reopens,2.html'>Następna</a>"),
        ("", "<div>Página <b>2</b> de 4</div>"),
        ("", "<div>1/3ページ</div>"),
    ],
)
def test_one_page_of_several_says_so(head: str, after: str) -> None:
    article = read(HEAD + head, f"<main><article><h1>{TITLE}</h1>{BODY}{after}</article></main>", url=URL)
    assert (article.text, article.partial) == ("\n\n".join(PARAGRAPHS), ONE_PAGE)


def test_the_last_of_several_pages_says_so() -> None:
    assert page("<a href='/news/harbour-reopens'>1</a>", url=f"{URL}?page=3") == ONE_PAGE


@pytest.mark.parametrize(
    "after",
    [
        "<a rel='next' href='/news/ferry-fares-rise'>Ferry fares rise</a>",
        "<a href='/news?page=2'>2</a>",
        "<a href='/news/harbour-reopens/comment-page-2'>2</a>",
        "<figure><img src='a.jpg'><figcaption>Photo 1 of 12</figcaption></figure>",
        "<a href='/news/harbour-reopens-2'>Harbour reopens, the second part of our long report</a>",
    ],
)
def test_other_articles_comments_and_pictures_are_no_further_pages(after: str) -> None:
    assert page(after) is None


def test_numbers_that_name_articles_count_no_pages() -> None:
    assert (
        page("<a rel='next' href='/news/124'>Next</a> <a href='/news'>News</a>", url="https://sarn.example/news/123")
        is None
    )
