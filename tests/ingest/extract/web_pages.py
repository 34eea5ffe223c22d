"""Web pages for the tests, all invented."""

from __future__ import annotations

import json
from typing import Any

from ingest.extract.extract import extract
from ingest.types import Article, Page

PARAGRAPHS = (
    "The harbour of Veltrin reopened on Monday after four days, and two ferries left before noon, the port said.",
    "Governor Ana Lukova told reporters that the quay had held, and that repairs would cost 12 million crowns.",
    "About 4,000 people use the ferries on a working day, according to the transport office of the island.",
)
BODY = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
TITLE = "Harbour reopens after four days"
HEAD = f"<title>{TITLE}</title>"


def read_all(head: str = HEAD, body: str = f"<article>{BODY}</article>", url: str | None = None) -> list[Article]:
    html = f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>"
    return extract(Page("saved.html", html.encode(), "text/html; charset=utf-8", url=url))


def read(head: str = HEAD, body: str = f"<article>{BODY}</article>", url: str | None = None) -> Article:
    [article] = read_all(head, body, url)
    return article


def story(byline: str) -> str:
    """The body of a page whose headline is followed by that."""
    return f"<article><h1>{TITLE}</h1>{byline}{BODY}</article>"


def linked(**properties: Any) -> str:
    """JSON-LD of an article."""
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **properties}
    return f"<title>{TITLE}</title><script type='application/ld+json'>{json.dumps(node)}</script>"
