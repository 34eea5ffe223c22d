"""HTML into plain text with paragraphs, without what a reader cannot see."""

from __future__ import annotations

import html
import re
from typing import Any

from ingest.errors import ExtractError
from ingest.extract.body.hidden import drop_hidden
from ingest.extract.tags import MOST_ATTRIBUTES, flattened, overloaded

SAVE_AS_TEXT = "save its article as text"
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|blockquote|img|figure|table|tr|td|section|article)\b[^<>]*>",
    re.I,
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_UNSEEN = frozenset({"template", "script", "style", "noscript", "head", "iframe", "object", "svg"})
_BLOCKS = frozenset(
    "p div ul ol li h1 h2 h3 h4 h5 h6 blockquote table tr section article header footer figure pre hr".split()
)


def as_text(value: str) -> str:
    """A field that may hold HTML as plain text; text without tags only has its entities resolved."""
    if "<" in value and _TAG.search(value):
        tree = parse(value)
        return text_of(tree) if tree is not None else ""
    return html.unescape(value) if "&" in value and _ENTITY.search(value) else value


def parse(text: str) -> Any:
    """The lxml tree of a page, None where there is nothing in it, without comments.

    Raises ExtractError for a page that would take minutes.
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if overloaded(text):
        raise ExtractError(f"a tag of the page has more than {MOST_ATTRIBUTES} attributes", SAVE_AS_TEXT)
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        return document_fromstring(flattened(text).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def text_of(tree: Any) -> str:
    """The visible text, blocks apart by a blank line, line breaks kept."""
    drop_hidden(tree)
    return seen_text(tree)


def seen_text(tree: Any) -> str:
    """`text_of` an element of a page whose hidden parts are out of it."""
    parts: list[str] = []
    for event, element in _walk(tree):
        if element.tag == "br" and event == "start":
            parts.append("\n")
        elif element.tag in _BLOCKS:
            parts.append("\n\n")
        parts.append(_flat(element.text if event == "start" else element.tail))
    return "".join(parts)


def _walk(tree: Any) -> Any:
    from lxml.etree import iterwalk

    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag in _UNSEEN:
            walk.skip_subtree()
            continue
        if event == "end" and element.tag in _UNSEEN:
            yield event, element
            continue
        yield event, element


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""
