"""What a page says of its article being free to read, and whether it holds the part that is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.extract.body.paragraphs import line_of
from ingest.extract.stated.linked import Linked, Node, is_false, nodes_of

# ".paid", "#paid", "section.paid", "main .paid" as in Google's documentation of paywalled content.
_SELECTOR = re.compile(
    r"(?:[\w.#-]{1,60}[ >]{1,3}){0,4}(?P<tag>[a-z][\w-]{0,20})?(?P<kind>[.#])?(?P<name>[\w-]{1,80})?"
)
_LEAST, _MOST = 200, 10


def has_paid_part(tree: Any, linked: Linked) -> bool:
    """Whether the part that the page names as not free is there, with text in it."""
    selectors = [one for part in _paid_parts(linked) for one in str(part.get("cssSelector") or "").split(",")]
    return any(len(line_of(one)) >= _LEAST for selector in selectors[:_MOST] for one in _selected(tree, selector))


def _paid_parts(linked: Linked) -> Iterator[Node]:
    for node in linked.nodes:
        for part in nodes_of(node.get("hasPart")):
            if is_false(part.get("isAccessibleForFree")):
                yield part


def _selected(tree: Any, selector: str) -> list[Any]:
    match = _SELECTOR.fullmatch(selector.strip())
    if not match or not (match["tag"] or match["name"]):
        return []
    tag, name = match["tag"] or "*", match["name"]
    test = "contains(concat(' ', normalize-space(@class), ' '), $name)" if match["kind"] == "." else "@id = $name"
    if not match["kind"]:
        return list(tree.iter(tag))[:_MOST]
    return list(tree.xpath(f"//{tag}[{test}]", name=f" {name} " if match["kind"] == "." else name))[:_MOST]
