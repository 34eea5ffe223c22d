"""Whatever articles, titles and answers say, the page shows it as words: it runs nothing and loads nothing."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from assistant.types import (
    Answer,
    Article,
    Citation,
    Conversation,
    Filter,
    Headline,
    Receipt,
    Related,
    Statement,
    Turn,
)
from tests.assistant.served import served
from tests.assistant.web.hostile import OWN, texts
from tests.assistant.web.watched import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.slow

SHARED = Path(os.environ.get("DATELINE_EVAL_DATA") or Path(__file__).parents[4] / "shared")
EVERY = 16  # of the texts one is ingested; the page is given all of them
HOSTILE = texts(SHARED / "data" / "hostile-dev")
# What the page itself is made of below its main part and in its reader.
ALLOWED = set("a article aside bdi blockquote button details div form h1 h2 h3 input label li main mark ol option p "
              "section select span summary textarea ul".split())  # fmt: skip


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that has ingested many of them, each as headline, outlet, author, address and text."""
    folder = tmp_path_factory.mktemp("hostile")
    records = [
        {"title": text[:200], "outlet": text[:80], "author": text[:80], "url": text[:200],
         "text": f"The harbour office published this on Friday. {text}\n\nIt said no more, and the strike went on."}
        for text in {*OWN, *HOSTILE[::EVERY]}
    ]  # fmt: skip
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, records)))
    with served(folder / "archive", folder / "articles.jsonl") as address:
        yield address


def the_article(text: str) -> Article:
    return Article(id="x", title=text, text=f"Before. {text} After.", outlet=text, authors=(text,), url=text,
                   partial=text, claims=text, published_said=text)  # fmt: skip


def an_answer(text: str, *, refused: bool) -> Answer:
    """An answer that says the same in every place where it can say something."""
    headline = Headline(article_id=text[:60], outlet=text, title=text, url=text, published_said=text)
    start = len("Before. ")
    citation = Citation(
        **headline.model_dump(), version=text, start=start, end=start + len(text), text=text, number=1, origin=text,
        authors=(text,), partial=text, claims=text,
    )  # fmt: skip
    statement = Statement(
        text=text, citations=(1,), support="partly", reason=text, answering=text[2:9], doubted=(text,)
    )
    filters = Filter(outlets=(f"Post {text}"[:200],))
    receipt = Receipt(
        reason=text, articles_searched=1, passages_searched=1, filters=filters, nearest=(headline,), hint=text
    )
    return Answer(
        question=text, standalone=f"{text}?", text=text, outcome="refused" if refused else "answered",
        statements=() if refused else (statement,), citations=() if refused else (citation,), filters=filters,
        as_of=None, independent_sources=1, receipt=receipt if refused else None, conversation_id="x", model=text,
        notice=text,
    )  # fmt: skip


def strange_elements(watched: Watched) -> set[str]:
    """The elements on the page that it does not make itself, and attributes that could run."""
    found: list[str] = watched.page.evaluate(
        """() => [...document.querySelectorAll("#main *, #reader *")].flatMap((element) =>
            [element.localName, ...element.getAttributeNames().filter((name) => name.startsWith("on"))])"""
    )
    return set(found) - ALLOWED


def schemes(watched: Watched) -> set[str]:
    links: list[str] = watched.page.evaluate("() => [...document.links].map((link) => link.protocol)")
    return set(links)


def reply(watched: Watched, pattern: str, body: str) -> None:
    def fulfil(route: Route) -> None:
        route.fulfill(body=body, content_type="application/json")

    watched.page.route(re.compile(pattern), fulfil)


def test_an_answer_that_is_hostile_in_every_field_is_shown_as_words(front: Watched) -> None:
    turns = [
        Turn(question=text, answer=an_answer(text, refused=bool(place % 2))) for place, text in enumerate(HOSTILE)
    ]
    reply(front, "/conversations/x", Conversation(id="x", title=OWN[0], turns=tuple(turns)).model_dump_json())
    front.page.goto(f"{front.origin}/#/conversation/x")
    front.page.locator(".turn").nth(len(turns) - 1).wait_for(state="attached")
    assert strange_elements(front) == set()
    assert schemes(front) <= {"http:", "https:"}
    shown: Sequence[str] = front.page.evaluate("[...document.querySelectorAll('.turn > h2')].map(h => h.textContent)")
    assert list(shown) == HOSTILE


@pytest.mark.parametrize(
    "hostile", [HOSTILE[::EVERY], pytest.param(HOSTILE, marks=pytest.mark.thorough)], ids=["some", "all"]
)
def test_an_article_that_is_hostile_in_every_field_is_shown_as_words(front: Watched, hostile: list[str]) -> None:
    reply(front, "/articles/x/versions", "[]")
    reply(front, "/articles/x/related", Related(versions=1).model_dump_json())
    for text in hostile:
        front.page.unroute(re.compile("/articles/x$"))
        reply(front, "/articles/x$", the_article(text).model_dump_json())
        start = len("Before. ")
        passage = urlencode({"article": "x", "part": "text", "start": start, "end": start + len(text)})
        front.page.evaluate("hash => { location.hash = hash }", f"/?{passage}")
        cited = front.cited()
        assert cited == "".join(line for line in text.split("\n") if line.strip() or len(text.split("\n")) == 1), text
        assert front.page.locator("#reader h2").text_content() == text
        assert strange_elements(front) <= {"article"}
        front.page.evaluate("location.hash = '/'")
        front.page.wait_for_selector("#reader", state="hidden")


@pytest.mark.filterwarnings(
    "ignore::pydantic.warnings.UnsupportedFieldAttributeWarning"
)  # of a model made in a thread
def test_hostile_articles_of_the_archive_are_listed_opened_and_asked_about(front: Watched) -> None:
    front.page.click("nav >> text=Articles")
    front.page.wait_for_selector("main .headlines li")
    more = front.page.get_by_role("button", name="Show more")
    while more.is_visible():
        listed = front.page.locator("main .headlines > li").count()
        more.click()
        front.page.locator("main .headlines > li").nth(listed).wait_for()
    assert front.page.locator("main .headlines > li").count() >= len(OWN) - 2
    assert strange_elements(front) == set()
    assert schemes(front) <= {"http:", "https:"}
    for link in front.page.locator("main .headlines > li > a").all()[:40]:
        link.click()
        front.page.wait_for_selector("#reader article .text p")
        assert strange_elements(front) == set()
        front.page.keyboard.press("Escape")
    front.page.click("nav >> text=Ask")
    for question in ("What did the harbour office publish on Friday?", *OWN[:3]):
        front.ask(question)
    assert strange_elements(front) == set()


def test_the_policy_stops_what_would_run_even_if_it_were_markup(opened: Callable[..., Watched], origin: str) -> None:
    watched = opened(f"{origin}/")
    refused = watched.page.evaluate(
        """() => { try { document.body.innerHTML = "<b>x</b>"; return "" } catch (error) { return error.name } }"""
    )
    assert refused == "TypeError"
    watched.problems.clear()  # the attempt itself is told in the console
