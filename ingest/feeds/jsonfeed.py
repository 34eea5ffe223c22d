"""JSON Feed (https://www.jsonfeed.org/version/1.1/) into entries."""

from __future__ import annotations

import html
import json
from typing import Any

from ingest.errors import FeedError, IngestError
from ingest.extract.decode import decode
from ingest.feeds.entry import Entry, Feed, author_names, link, stated
from ingest.language.text import squeeze

_HINT = "give the address of a feed"


def read(content: bytes, address: str) -> Feed:
    """The entries of a JSON Feed. Raises FeedError for any other JSON."""
    try:
        value = json.loads(decode(content))
    except (IngestError, ValueError, RecursionError) as exc:
        raise FeedError(f"not valid JSON: {exc!s:.200}", _HINT) from exc
    found = value.get("items") if isinstance(value, dict) else None
    if not isinstance(found, list):
        raise FeedError("this JSON is not a feed: it has no list named items", _HINT)
    claimed = link(_text(value, "feed_url"), address)[0] or ""
    site = link(_text(value, "home_page_url"), address)[0] or ""
    base = address or claimed or site
    language = _text(value, "language")
    return Feed(
        title=squeeze(_text(value, "title")),
        address=claimed,
        site=site,
        entries=tuple(_entry(one, base, language, _names(value)) for one in found if isinstance(one, dict)),
    )


def _entry(found: dict[str, Any], base: str, language: str, authors: tuple[str, ...]) -> Entry:
    url, note = link(_text(found, "url") or _text(found, "external_url"), base)
    return Entry(
        guid=squeeze(_text(found, "id")),
        url=url,
        title=squeeze(_text(found, "title")),
        published=stated(_text(found, "date_published")),
        updated=stated(_text(found, "date_modified")),
        authors=_names(found) or authors,
        summary=html.escape(_text(found, "summary"), quote=False),
        content=_text(found, "content_html") or html.escape(_text(found, "content_text"), quote=False),
        language=_text(found, "language") or language,
        note=note,
    )


def _names(value: dict[str, Any]) -> tuple[str, ...]:
    """Version 1.1 has a list of authors, version 1 has one."""
    found = value.get("authors")
    people = found if isinstance(found, list) else [value.get("author")]
    return author_names(_text(person, "name") for person in people if isinstance(person, dict))


def _text(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""
