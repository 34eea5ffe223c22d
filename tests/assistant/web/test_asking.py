"""A question on the page: its answer sentence by sentence, its citations, its filter."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from assistant.types import Answer
from tests.assistant.web.watched import Watched

pytestmark = pytest.mark.slow

DENMOOR = "How many people were evacuated in Denmoor during Storm Ottoline?"
STRIKE = "Latest on the ferry strike in the Harbour Post"


def test_an_answer_shows_each_sentence_with_its_verdict_and_its_citations(front: Watched) -> None:
    front.ask(DENMOOR)
    statements = front.page.locator(".statement")
    assert statements.first.locator(".verdict .unseen").inner_text() == "supported:"
    assert "340" in statements.first.locator(".answering").inner_text()
    assert statements.first.locator(".citation").inner_text() == "1"
    assert "2 independent sources" in front.page.inner_text(".standing")
    assert front.page.locator(".references li").count() == 2


def test_a_citation_opens_its_article_at_exactly_the_cited_words(front: Watched, service: httpx.Client) -> None:
    front.ask(DENMOOR)
    answer = Answer.model_validate(service.post("/ask", json={"question": DENMOOR}).json())
    for citation in answer.citations:
        front.page.click(f".statement .citation >> text='{citation.number}'")
        front.page.wait_for_selector(f"#reader h2:has-text('{citation.title[:20]}')")
        assert front.cited() == citation.text
    assert front.page.locator("#reader h2 mark").count() == 1


def test_the_keyboard_goes_to_the_cited_words_and_back(front: Watched) -> None:
    front.ask(DENMOOR)
    front.page.locator(".citation").first.press("Enter")
    front.cited()
    assert front.page.evaluate("document.activeElement.tagName") == "MARK"
    front.page.keyboard.press("Escape")
    front.page.wait_for_selector("#reader", state="hidden")
    assert front.page.evaluate("document.activeElement.className") == "citation"


def test_a_filter_that_was_understood_can_be_taken_off(front: Watched) -> None:
    front.ask(STRIKE)
    chips = front.page.locator(".turn:first-child .chip bdi")
    assert chips.all_inner_texts() == ["Harbour Post", "newest first"]
    chips.last.click()
    front.page.wait_for_selector(".turn:nth-of-type(2):not([aria-busy]) .references")
    assert front.page.locator(".turn:nth-of-type(2) .chip bdi").all_inner_texts() == ["Harbour Post"]


def test_the_collection_that_a_question_was_limited_to_can_be_taken_off(
    front: Watched, origin: str, service: httpx.Client
) -> None:
    ferries = service.get("/articles?q=ferry").json()["articles"]
    members = [{"kind": "article", "value": article["article_id"]} for article in ferries]
    service.post("/collections", json={"name": "ferries", "add": members}).raise_for_status()
    asked = {"question": DENMOOR, "conversation_id": "limited", "filters": {"collection": "ferries"}}
    service.post("/ask", json=asked).raise_for_status()
    front.page.goto(f"{origin}/#/conversation/limited")
    front.page.click(".chip:has-text('the collection ferries')")
    front.page.wait_for_selector(".turn:nth-of-type(2):not([aria-busy]) .references")
    assert "340" in front.page.inner_text(".turn:nth-of-type(2)")


def test_a_question_is_limited_to_a_collection_beforehand(front: Watched, service: httpx.Client) -> None:
    [dam] = service.get("/articles?q=Aldermoss&limit=1").json()["articles"]
    member = {"kind": "article", "value": dam["article_id"]}
    service.post("/collections", json={"name": "dam", "add": [member]}).raise_for_status()
    front.page.click(".narrowing summary")
    front.page.get_by_label("Collection").select_option("dam")
    assert front.violations() == []
    front.ask(DENMOOR)
    assert front.page.locator(".chip bdi").all_inner_texts() == ["the collection dam"]
    assert "340" not in front.page.inner_text(".answer")


def test_a_question_without_an_answer_shows_what_was_searched(front: Watched) -> None:
    front.ask("What is the price of gold?")
    assert "I found no sentence that answers this" in front.page.inner_text(".answer")
    assert front.page.locator(".statement.only-near-the-question").count() > 0
    front.ask("What is the price of gold in Peru?")
    refused = front.page.locator(".turn:nth-of-type(2)").inner_text()
    assert "Not answered: no article in the archive mentions Peru." in refused
    assert "searched 47 articles" in refused


def test_a_greeting_is_answered_without_a_search(front: Watched) -> None:
    front.ask("Hello")
    assert "Ask who, what, when" in front.page.inner_text(".answer")
    assert front.page.inner_text(".understood") == ""


def test_a_conversation_is_still_there_when_its_address_is_opened_again(
    front: Watched, opened: Callable[..., Watched]
) -> None:
    front.ask("Who won the by-election in Lisk North?")
    front.ask("And who came second?")
    assert front.page.inner_text(".turn:nth-of-type(2) .understood").startswith(
        "understood as: And who came second? · about"
    )
    again = opened(front.page.url)
    again.page.wait_for_selector(".turn:nth-of-type(2) .references")
    assert again.page.locator(".turn > h2").all_inner_texts() == [
        "Who won the by-election in Lisk North?",
        "And who came second?",
    ]


def test_the_age_of_the_archive_stays_in_sight(front: Watched) -> None:
    front.page.locator("#archive").filter(has_text="Newest").wait_for()
    front.ask(STRIKE)
    front.page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    assert front.page.evaluate("document.getElementById('archive').getBoundingClientRect().top") == 0
    assert "1 November 2026" in front.page.inner_text("#archive")


def test_a_question_narrowed_beforehand_searches_only_there_until_that_is_taken_off(front: Watched) -> None:
    front.page.click(".narrowing summary")
    front.page.wait_for_selector("#only-outlet option:nth-child(2)", state="attached")
    front.page.select_option("#only-outlet", "Northline News")
    front.page.check("#strict")
    front.ask(DENMOOR)
    assert "Valley Gazette" not in front.page.inner_text(".references")
    with front.page.expect_request("**/ask/stream") as again:
        front.page.click(".chip")
    assert (again.value.post_data_json or {})["policy"] == "strict"
    front.page.wait_for_selector(".turn:nth-of-type(2):not([aria-busy]) .references")
    left = front.page.locator(".turn:nth-of-type(2)")
    assert left.locator(".chip").count() == 0
    assert "Valley Gazette" in left.locator(".references").inner_text()
