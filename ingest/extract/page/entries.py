"""The entries of a live blog as a page marks them up: blocks alike, each with a time of day and running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice, pairwise
from typing import Any
from urllib.parse import urljoin, urlsplit

from ingest.extract.body.paragraphs import HEADS, line_of, marked, paragraphs, running
from ingest.extract.time.dates import UNKNOWN, When, parse
from ingest.language.text import squeeze

_TIME = r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?: ?[ap]\.?m\.?)?(?: [^\W\d]{2,6})?"
_CLOCK = re.compile(_TIME, re.IGNORECASE)
_CLOCK_LINE = re.compile(rf"^{_TIME}$", re.IGNORECASE | re.MULTILINE)
_OF_DAY = ("second", "minute", "hour")
_STAMPS = ("datetime", "data-timestamp", "data-datetime", "data-time", "data-date", "data-published")
_STAMPED = "//body//*[self::time or @itemprop='datePublished' or " + " or ".join(f"@{name}" for name in _STAMPS) + "]"
_IDS = ("id", "data-id", "data-entry-id", "data-post-id", "data-update-id")
_LIVE = re.compile(r"(?:^|[\s_-])live[_-]?(?:blog|ticker|feed|updates?|posts?|entr)|LiveBlog|liveBlogUpdate")
_COMMENT = re.compile(r"comment|kommentar|coment[áa]rio|disqus|reply|replies|forum|review", re.IGNORECASE)
_LONG, _MOST_AROUND = 80, 2  # of the paragraphs of an introduction
_FEWEST, _FEWEST_NAMED, _MOST, _MOST_TIMES, _DEEPEST = 3, 2, 1000, 3000, 100
_LONGEST_HEAD, _SHORTEST = 200, 40
_EDGE = " -–—:|•·,"


_List = tuple[Any, list[Any]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `mark` is what the page itself knows it by, `elements` hold it where it is in the page."""

    text: str
    title: str = ""
    at: When = UNKNOWN
    mark: str = ""
    elements: tuple[Any, ...] = ()
    authors: tuple[str, ...] = ()
    updated: datetime | None = None


def marked_entries(tree: Any, shown: str, *, stated: bool, address: str | None) -> list[Entry]:
    """The entries, in the order of the page; none where it is no live blog. `stated`: the page says that it is."""
    found: list[Entry] = []
    for lists in _alike(list(_times(tree, shown, stated=stated))):
        blocks = [block for parent, members in lists for block in _blocks(parent, members)]
        if not _lead_elsewhere(blocks, address or ""):
            around = (lists[0][0], *lists[0][0].iterancestors(), lists[0][1][0])
            named = stated or any(_is_named_live(one) for one in around)
            entries = [entry for one in blocks if (entry := _entry(one))] if named or len(blocks) >= _FEWEST else []
            found += entries if _are_live(tree, entries, named=named) else []
    return found[:_MOST]


def _times(tree: Any, shown: str, *, stated: bool) -> Iterator[Any]:
    """The elements that may give a time of day."""
    yield from islice(tree.xpath(_STAMPED) if stated else tree.iter("time"), _MOST_TIMES)
    if len(_CLOCK_LINE.findall(shown)) >= _FEWEST_NAMED:
        short = (one for one in tree.iter("span", "div", "p", "b", "strong", "a") if len(one) == 0 and one.text)
        clocks = (one for one in short if one.text.strip()[:1].isdigit() and _CLOCK.fullmatch(one.text.strip()))
        yield from islice(clocks, _MOST_TIMES)


def _alike(times: list[Any]) -> list[list[_List]]:
    """Elements, and those of their children that hold a time and have one tag; the innermost lists of such.

    Lists of one kind stand together: a live blog may have one for each day.
    """
    children: dict[Any, dict[Any, None]] = {}
    for step in times:
        for parent in islice(step.iterancestors(), _DEEPEST):
            children.setdefault(parent, {})[step] = None
            step = parent  # noqa: PLW2901
    lists = {parent: found for parent, steps in children.items() if len(found := _of_one_tag(list(steps))) > 1}
    kinds: dict[tuple[str | None, ...], list[_List]] = {}
    for parent, found in lists.items():
        if not _holds_list(found, lists):
            kind = (parent.tag, parent.get("class"), found[0].tag)
            kinds.setdefault(kind, []).append((parent, found))
    return list(kinds.values())


def _of_one_tag(elements: list[Any]) -> list[Any]:
    tag = Counter(element.tag for element in elements).most_common(1)[0][0]
    return [element for element in elements if element.tag == tag]


def _holds_list(members: list[Any], lists: dict[Any, list[Any]]) -> bool:
    """Whether there are longer lists in the members; an entry may have two times."""
    return sum(len(lists[one]) for member in members for one in member.iter() if one in lists) > 2 * len(members)


def _blocks(parent: Any, members: list[Any]) -> Iterator[tuple[Any, ...]]:
    """The elements of each entry: its member, or all from a line with a time up to the next such line."""
    if members[0].tag not in ("p", *HEADS):
        yield from ((member,) for member in members)
        return
    children = list(parent)
    starts = [children.index(member) for member in members]
    head_first = starts[0] > 0 and children[starts[0] - 1].tag in HEADS[1:] and members[0].tag == "p"
    starts = [start - head_first for start in starts]
    yield from (tuple(children[start:stop]) for start, stop in pairwise([*starts, len(children)]))


def _entry(blocks: tuple[Any, ...]) -> Entry | None:
    at = next((when for block in blocks for element in block.iter() if (when := _time(element))), None)
    title = next((line for head in _heads(blocks) if (line := _without_clock(line_of(head)))), "")
    lines = [line for block in blocks for line in paragraphs(block) if _without_clock(line) not in ("", title)]
    text = "\n\n".join(lines)
    return Entry(text, title, at, _mark(blocks), blocks) if at and len(text) >= _SHORTEST else None


def _heads(blocks: Sequence[Any]) -> Iterator[Any]:
    """The headings of an entry; else the bold words that stand alone above its text."""
    for block in blocks:
        yield from (head for head in block.iter(*HEADS) if len(line_of(head)) <= _LONGEST_HEAD)
    for block in blocks:
        bold = next(block.iter("strong", "b"), None)
        if bold is not None and bold.getparent() in (block, *block) and not (bold.tail or "").strip():
            yield bold


def _without_clock(line: str) -> str:
    """The line without a time of day at either end."""
    words = line.replace(" Uhr", "").split(" ")
    first, last = (bool(_CLOCK.fullmatch(word.strip(_EDGE))) for word in (words[0], words[-1]))
    return " ".join(words[first : len(words) - last]).strip(_EDGE)


def _time(element: Any) -> When | None:
    """The time of day that an element gives."""
    stated = [element.get(name) for name in _STAMPS]
    stated.append(element.get("content") if element.get("itemprop") == "datePublished" else None)
    printed = squeeze(element.text or "") if len(element) == 0 else ""
    said = [*filter(None, stated), *([printed] if element.tag == "time" else [])]
    when = next((when for line in said if (when := parse(line)).precision in _OF_DAY), None)
    clock = printed[:1].isdigit() and _CLOCK.fullmatch(printed)
    return when or (When(said=printed) if clock else None)


def _mark(blocks: Sequence[Any]) -> str:
    """The id of its element, else of one in it."""
    own = (value for block in blocks for name in _IDS if (value := block.get(name)))
    inner = (value for block in blocks for one in block.iterdescendants() if (value := one.get("id")))
    return next(own, "") or next(inner, "")


def _are_live(tree: Any, entries: list[Entry], *, named: bool) -> bool:
    """Where nothing names a live blog: have most a headline and a time of its own, and are they most of the text?

    Comments have no headlines, at most the names of their writers in bold.
    """
    if named or len(entries) < _FEWEST:
        return named and len(entries) >= _FEWEST_NAMED
    if any(_is_named_comment(one) for one in _with_around(entries[0].elements[0])):
        return False
    titled = sum(bool(entry.title) for entry in entries)
    times = len({(entry.at.at, entry.at.said) for entry in entries})
    in_them = sum(len(entry.text) for entry in entries)
    around = running(tree) - sum(running(element) for entry in entries for element in entry.elements)
    headed = all(next(chain(*(one.iter(*HEADS) for one in entry.elements)), None) is not None for entry in entries)
    most = 2 * min(titled, times) > len(entries) and in_them > around
    return most and (headed or _paragraphs_around(tree, entries) <= _MOST_AROUND)


def _paragraphs_around(tree: Any, entries: list[Entry]) -> int:
    inside = {one for entry in entries for element in entry.elements for one in element.iter("p")}
    return sum(one.tag == "p" and one not in inside and len(line) >= _LONG for one, line in marked(tree))


def _with_around(element: Any) -> Iterator[Any]:
    return chain([element], element.iterancestors())


def _is_named_comment(element: Any) -> bool:
    names = " ".join(filter(None, map(element.get, ("class", "id", "itemtype", "itemprop"))))
    return element.tag not in ("html", "body") and bool(_COMMENT.search(names[:300]))


def _is_named_live(element: Any) -> bool:
    names = " ".join(filter(None, map(element.get, ("class", "id", "itemtype", "itemprop"))))
    return bool(_LIVE.search(names[:300]))


def _lead_elsewhere(blocks: list[tuple[Any, ...]], address: str) -> bool:
    """Whether the headlines of most are links to other pages, as those of teasers are."""
    return 2 * sum(any(_is_link_out(head, address) for head in _heads(one)) for one in blocks) > len(blocks)


def _is_link_out(head: Any, address: str) -> bool:
    links = [link.get("href") or "" for link in (*head.iter("a"), *list(head.iterancestors("a"))[:1])]
    return any(_path(urljoin(address, link)) != _path(address) for link in links if link[:1] not in ("", "#"))


def _path(address: str) -> str:
    return urlsplit(address).path.rstrip("/")
