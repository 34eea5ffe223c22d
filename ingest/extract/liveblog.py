"""A live blog into its entries, each with the time that the page states for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ingest.extract.dates import UNKNOWN, parse
from ingest.extract.draft import Draft, tidy
from ingest.extract.linked import Linked, Node, named, names_of
from ingest.extract.markup import as_text
from ingest.extract.names import authors
from ingest.text import squeeze

_FEWEST, _MOST, _SHORTEST = 2, 1000, 40


def entries(linked: Linked, blog: Draft) -> list[Draft]:
    """The entries of a live blog; none where it is no live blog, or one that does not state their texts."""
    blogs = (node for node in linked.nodes if "LiveBlogPosting" in str(node.get("@type")))
    updates: Any = next((listed for node in blogs if (listed := node.get("liveBlogUpdate"))), [])
    found = list(_drafts(updates[:_MOST] if isinstance(updates, list) else [updates], blog))
    return found if len(found) >= _FEWEST else []


def _drafts(updates: list[Any], blog: Draft) -> Iterator[Draft]:
    for update in updates:
        text = tidy(as_text(named(update.get("articleBody")))) if isinstance(update, dict) else ""
        if len(text) >= _SHORTEST:
            yield _draft(update, text, blog)


def _draft(update: Node, text: str, blog: Draft) -> Draft:
    said = str(update.get("datePublished") or "")
    head = squeeze(as_text(named(update.get("headline"))))
    published = parse(said) if said else UNKNOWN
    return replace(
        blog,
        text=text,
        title=head or blog.title,
        entry=f"{said} {head}",
        authors=authors(*names_of(update.get("author")), outlet=blog.outlet) or blog.authors,
        published=published if published.at else UNKNOWN,
        updated=parse(str(update.get("dateModified") or "")).at,
        partial=None,
    )
