"""A page into its articles, by the kind of page it is."""

from __future__ import annotations

from ingest.errors import ExtractError
from ingest.extract.aggregator import several as aggregator
from ingest.extract.decode import decode
from ingest.extract.mail import message as mail
from ingest.extract.page import html
from ingest.extract.record import record
from ingest.extract.text import markdown, pdf, plain
from ingest.types import Article, Page


def extract(page: Page) -> list[Article]:
    """The articles of a page, at least one.

    Raises NotAnArticle where a page that was read well holds none, ExtractError where it cannot be read.
    """
    media_type = page.media_type.partition(";")[0].strip().lower()
    match media_type:
        case "application/json":
            return record.extract(page)
        case "text/html" | "application/xhtml+xml":
            return html.extract(page)
        case "message/rfc822":
            return mail.extract(page)
        case "application/pdf":
            return [pdf.extract(page)]
        case "text/markdown":
            return [markdown.extract(decode(page.content, declared=page.charset), page)]
        case "text/plain":
            return _plain(decode(page.content, declared=page.charset), page)
        case _:
            raise ExtractError(f"{media_type or 'a page of unknown type'} cannot be read", "give text, HTML or JSON")


def _plain(text: str, page: Page) -> list[Article]:
    return aggregator.extract(text, page) if aggregator.is_aggregator(text) else [plain.extract(text, page)]
