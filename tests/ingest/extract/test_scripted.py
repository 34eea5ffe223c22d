"""Articles that a page holds in the data of its scripts. All of them are invented."""

from __future__ import annotations

import json

import pytest

from ingest.errors import NotAnArticle
from tests.ingest.extract.web_pages import BODY, HEAD, PARAGRAPHS, TITLE, linked, read

WHOLE = "\n\n".join(PARAGRAPHS)
RICH = [{"type": "p", "content": [{"value": line[:20]}, {"value": line[20:], "href": "/x"}]} for line in PARAGRAPHS]


def data(article: object, name: str = "id='__NEXT_DATA__' type='application/json'", before: str = "") -> str:
    page = {
        "menu": [{"label": "Politics"}],
        "more": [{"title": "Another", "text": "It is of no concern here. " * 20}],
    }
    return (
        f"<div id='root'></div><script {name}>{before}{json.dumps({**page, 'page': {'article': article}})}</script>"
    )


@pytest.mark.parametrize(
    "body",
    [
        data({"headline": TITLE, "body": [{"kind": "p", "text": line} for line in PARAGRAPHS]}),
        data({"headline": TITLE, "body": {"content": RICH}, "tags": ["Veltrin", "Ferries"]}),
        data({"title": TITLE, "html": BODY}, name="", before="window.__STATE__ = "),
        data({"title": TITLE, "paragraphs": PARAGRAPHS, "related": [{"title": "Fire", "lead": "A fire broke out."}]}),
    ],
)
def test_a_page_that_shows_nothing_is_read_from_its_data(body: str) -> None:
    assert read(HEAD, body).text == WHOLE


def test_the_body_in_json_ld_is_read_where_a_page_shows_nothing() -> None:
    assert read(linked(articleBody=WHOLE), "<div id='root'></div>").text == WHOLE


def test_data_of_another_title_are_not_its_article() -> None:
    with pytest.raises(NotAnArticle):
        read(HEAD, data({"headline": "Another day", "html": BODY}))


@pytest.mark.parametrize("between", ["\n\n", "\n", " "])
def test_the_rest_of_an_article_of_which_a_page_shows_the_beginning_is_added(between: str) -> None:
    shown = f"<article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article>"
    article = read(linked(articleBody=between.join(PARAGRAPHS)), shown)
    assert (article.text, article.partial) == (WHOLE, None)


def test_another_text_in_json_ld_is_not_added() -> None:
    other = " ".join(f"The orchard of Castell has {n} trees, and nobody picks their pears." for n in range(40))
    article = read(linked(articleBody=other), f"<article><h1>{TITLE}</h1>{BODY}</article>")
    assert article.text == WHOLE
    assert article.partial
