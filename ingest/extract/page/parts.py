"""A page that holds more than one article: the entries of a live blog, or a second report below the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from ingest.extract.body.hidden import drop
from ingest.extract.body.markup import as_text
from ingest.extract.body.paragraphs import HEADS, in_links, line_of, marked, paragraphs, running
from ingest.extract.byline.names import authors
from ingest.extract.draft import Draft, tidy
from ingest.extract.page.liveblog import entries
from ingest.extract.stated.linked import Linked, Node, named, names_of
from ingest.extract.time.dates import UNKNOWN, When, parse
from ingest.extract.titles import folded_title
from ingest.language.text import squeeze

_FEWEST, _SHORTEST, _FEWEST_LONG, _LONG = 2, 250, 2, 80
_SHORTEST_TOLD = 120
_MOST, _MOST_ELEMENTS = 20, 200
_SHORTEST_LINE, _SHORTEST_OPENING = 20, 60


def take_out(tree: Any, shown: str, linked: Linked, found: Draft, *, is_blog: bool) -> tuple[list[Draft], str | None]:
    """Take the other articles of a page out of its tree. With them, of a live blog, the text of its own opening.

    `is_blog`: the page says that it is one.
    """
    in_page, blog = entries(tree, shown, linked, found, stated=is_blog)
    if blog:
        root = _around(tree, [element for entry in in_page for element in entry.elements])
        _drop(element for entry in in_page for element in entry.elements)
        _drop_told(tree, (line for entry in in_page for line in (entry.title, *entry.text.split("\n"))))
        return blog, _opening(root)
    return _others(tree, linked, found), None


def _around(tree: Any, elements: list[Any]) -> Any:
    """What holds the entries of a live blog and its headline."""
    heads = tree.xpath("//h1")[:1]
    held = [tree.xpath("//main"), tree.xpath("//article"), tree.xpath("//body")]
    for root in (root for roots in held for root in roots):
        steps = set(root.iter())
        if all(one in steps for one in (*heads, *elements[:1])):
            return root
    return tree


def _opening(root: Any) -> str:
    """The running text, list items and headings that are left, without lists of links."""
    lines = [line for one, line in marked(root) if 2 * in_links(one) <= len(line)]
    text = "\n\n".join(dict.fromkeys(line for line in lines if len(line) >= _SHORTEST_LINE))
    return text if len(text) >= _SHORTEST_OPENING else ""


def _others(tree: Any, linked: Linked, found: Draft) -> list[Draft]:
    """The articles besides the one that the page is named after."""
    nodes = {
        folded_title(named(node.get("headline"))): node
        for node in reversed(linked.nodes)
        if linked.describes_article(node)
    }
    drafts: dict[str, Draft] = {}
    for element, title in _below(tree, found.title)[:_MOST]:
        if folded_title(title) in drafts:  # stays where it is: nothing tells the two apart
            continue
        when = next(
            (when for time in element.iter("time") if (when := parse(time.get("datetime") or "")).at), UNKNOWN
        )
        text = "\n\n".join(line for line in paragraphs(element) if line != title)
        drafts[folded_title(title)] = _other(found, title, text, when, nodes.get(folded_title(title), {}))
        drop(element)
    for title, text, node in islice(_told(nodes, linked, found), _MOST):
        if folded_title(title) not in drafts:
            drafts[folded_title(title)] = _other(found, title, text, UNKNOWN, node)
            _drop_told(tree, (title, *text.split("\n")))
    return list(drafts.values())


def _other(found: Draft, title: str, text: str, when: When, node: Node) -> Draft:
    stated = parse(str(node.get("datePublished") or ""))
    return replace(
        found,
        title=title,
        text=text,
        entry=f"{'' if found.url else folded_title(found.title)} {folded_title(title)}".strip(),
        authors=authors(*names_of(node.get("author")), outlet=found.outlet),
        published=stated if stated.at else when,
        updated=parse(str(node.get("dateModified") or "")).at,
    )


def _below(tree: Any, title: str) -> list[tuple[Any, str]]:
    """The whole articles that follow the first in elements of their own, with their headlines.

    Of a report in numbered parts the headline stands outside of them.
    """
    found = list(islice(tree.iter("article"), _MOST_ELEMENTS))
    outer = [one for one in found if next(one.iterancestors("article"), None) is None] if len(found) > 1 else []
    whole = [(one, head) for one in outer if (head := _own_head(one)) is not None and _is_whole(one)]
    if len(whole) < _FEWEST:
        return []
    called = folded_title(title)
    first = next((one for one, head in whole if folded_title(line_of(head)) == called), whole[0][0])
    above = any(folded_title(line_of(head)) == called for head in tree.iter("h1") if not _is_in(head, outer))
    rest = [(one, line_of(head)) for one, head in whole if one is not first]
    return rest if not above or all(_is_timed(one) for one, _ in rest) else []


def _own_head(element: Any) -> Any:
    """Its first heading, None where that is a link, as those of teasers are."""
    head = next(element.iter(*HEADS), None)
    linked = head is not None and (
        head.find(".//a[@href]") is not None or next(head.iterancestors("a"), None) is not None
    )
    return None if linked else head


def _is_whole(element: Any) -> bool:
    long = sum(len(line) >= _LONG for one, line in marked(element) if one.tag == "p")
    return long >= _FEWEST_LONG and running(element) >= _SHORTEST


def _is_timed(element: Any) -> bool:
    return element.find(".//time") is not None


def _is_in(element: Any, outer: list[Any]) -> bool:
    return any(step in outer for step in element.iterancestors("article"))


def _told(nodes: dict[str, Node], linked: Linked, found: Draft) -> Iterator[tuple[str, str, Node]]:
    """Title and text of each further article that JSON-LD gives with its body."""
    main = nodes.get(folded_title(found.title), linked.article)
    ours = squeeze(as_text(named(main.get("articleBody"))))
    for node in nodes.values():
        text = tidy(as_text(named(node.get("articleBody")))) if node is not main else ""
        title = squeeze(as_text(named(node.get("headline"))))
        if len(text) >= _SHORTEST_TOLD and title and squeeze(text)[:_LONG] not in ours:
            yield title, text, node


def _drop(elements: Iterable[Any]) -> None:
    for element in elements:
        drop(element)


def _drop_told(tree: Any, lines: Iterable[str]) -> None:
    """Take out what another article already holds."""
    told = {squeeze(line) for line in lines}
    text = " ".join(told)
    for one, line in list(marked(tree)):
        if line in told or (len(line) >= _SHORTEST_LINE and line in text):
            drop(one)
