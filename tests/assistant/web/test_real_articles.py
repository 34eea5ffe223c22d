"""Every citation of answers from real articles opens at exactly the cited words, where such articles are at hand."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import httpx
import pytest

from assistant.types import Citation, Conversation
from tests.assistant.web.watched import Watched, ingested

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

SHARED = Path(os.environ.get("DATELINE_EVAL_DATA") or Path(__file__).parents[4] / "shared")
ARTICLES = SHARED / "data" / "realtimeqa-dev" / "articles.jsonl.gz"
MANY, EVERY = 60, 100


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not ARTICLES.is_file():
        pytest.skip(f"no real articles at {ARTICLES}")
    folder = tmp_path_factory.mktemp("real")
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        (folder / "articles.jsonl").write_text("".join(islice(lines, 0, MANY * EVERY, EVERY)), encoding="utf-8")
    return ingested(folder / "archive", folder / "articles.jsonl")


def test_every_citation_is_highlighted_exactly(
    service: httpx.Client, origin: str, opened: Callable[..., Watched]
) -> None:
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        titles = [json.loads(line)["title"] for line in islice(lines, 0, MANY * EVERY, EVERY)]
    for title in titles:
        service.post(
            "/ask", json={"question": f"What is known about this: {title}"[:2000], "conversation_id": "real"}
        )
    conversation = Conversation.model_validate(service.get("/conversations/real").json())
    citations = [citation for turn in conversation.turns for citation in turn.answer.citations]
    assert len({citation.article_id for citation in citations}) >= MANY * 3 // 4
    watched = opened(f"{origin}/#/conversation/real")
    watched.page.locator(".turn").first.wait_for()
    earlier = watched.page.get_by_role("button", name="Earlier questions")
    while earlier.count():
        turns = watched.page.locator(".turn").count()
        earlier.click()
        watched.page.locator(".turn").nth(turns).wait_for(state="attached")
    watched.page.locator(".turn").nth(len(conversation.turns) - 1).wait_for(state="attached")
    for link, citation in zip(watched.page.locator(".references li > a:not(.outside)").all(), citations, strict=True):
        link.click()
        watched.page.locator("#reader h2").filter(has_text=citation.title).wait_for(state="attached")
        assert watched.cited() == shown(citation)
        assert text_of(service, citation)[citation.start : citation.end] == citation.text


def shown(citation: Citation) -> str:
    """The cited words as paragraphs show them: without the line breaks between them."""
    return "".join(line for line in citation.text.split("\n") if line.strip())


def text_of(service: httpx.Client, citation: Citation) -> str:
    article = service.get(f"/articles/{citation.article_id}", params={"version": citation.version}).json()
    return str(article[citation.part])
