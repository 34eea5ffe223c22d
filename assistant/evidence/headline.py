"""An article in a line, as it may be shown."""

from __future__ import annotations

import re

from assistant.safety.gate import without_links
from assistant.types import Carrier, Headline
from ingest.language.text import letters
from ingest.types import Article

_AROUND_NAME = re.compile(r"^(?:www\.|the\s+)|(?:\.(?:com?|org|net|news|example))?(?:\.[a-z]{2})?$")


def headline(article: Article) -> Headline:
    return Headline(
        article_id=article.id,
        outlet=without_links(article.outlet),
        title=without_links(article.title),
        url=article.url,
        published=article.published,
        published_precision=article.published_precision,
        published_said=without_links(article.published_said or "") or None,
    )


def carrier(article: Article) -> Carrier:
    outlet, title = without_links(article.outlet), without_links(article.title)
    return Carrier(article_id=article.id, outlet=outlet, title=title, url=article.url)


def house(name: str) -> str:
    """The publisher behind a name or a host: "CNN" and "www.cnn.com", "Quay Times" and "Quay-Times" are one."""
    return letters(_AROUND_NAME.sub("", name.strip().casefold())) or name
