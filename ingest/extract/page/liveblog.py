"""A live blog into its entries, as its JSON-LD and its markup give them; what is left of its page is the opening."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from typing import Any

from ingest.extract.body.markup import as_text
from ingest.extract.byline.names import authors
from ingest.extract.draft import Draft, tidy
from ingest.extract.page.entries import Entry, marked_entries
from ingest.extract.stated.linked import Linked, Node, named, names_of
from ingest.extract.time.dates import UNKNOWN, When, parse
from ingest.extract.titles import folded_title
from ingest.language.text import squeeze

_FEWEST, _MOST, _SHORTEST = 2, 1000, 40
_START = 60  # letters by which two texts of one entry are known
# A number or hash by which a page's own software knows an entry; a count of the entries on the page is none.
# What is printed behind a time of day; half of the day it is stays.
_CLOCK = re.compile(r" (?![ap]\.?m)[^\W\d]{2,6}$", re.IGNORECASE)
_CODE = re.compile(r"(?=[a-f]{0,40}\d)[0-9a-f]{8,40}|\d{4,40}")


def entries(tree: Any, shown: str, linked: Linked, blog: Draft, *, stated: bool) -> tuple[list[Entry], list[Draft]]:
    """The entries of a live blog as found, and each as a draft; none where it is no live blog.

    An entry is known by what the page calls it, else by its minute: a headline that is edited makes a new version.
    """
    blogs = [node for node in linked.nodes if "LiveBlogPosting" in str(node.get("@type"))]
    told = list(_told(blogs, blog))
    in_page = marked_entries(tree, shown, stated=stated, address=blog.url)
    found = _merged(told, in_page) if len(told) >= _FEWEST or in_page else []
    place = "" if blog.url else folded_title(blog.title)
    keyed = zip(found, _keys(found), strict=True)
    return found, [_draft(entry, f"{place} {key}".strip(), blog) for entry, key in keyed]


def _told(blogs: list[Node], blog: Draft) -> Iterator[Entry]:
    updates: Any = next((listed for node in blogs if (listed := node.get("liveBlogUpdate"))), [])
    for update in updates[:_MOST] if isinstance(updates, list) else [updates]:
        text = tidy(as_text(named(update.get("articleBody")))) if isinstance(update, dict) else ""
        if len(text) >= _SHORTEST:
            yield _entry(update, text, blog)


def _entry(update: Node, text: str, blog: Draft) -> Entry:
    at = parse(str(update.get("datePublished") or ""))
    return Entry(
        text=text,
        title=squeeze(as_text(named(update.get("headline")))),
        at=at if at.at else UNKNOWN,
        mark=_fragment(update, blog.url or ""),
        authors=authors(*names_of(update.get("author")), outlet=blog.outlet),
        updated=parse(str(update.get("dateModified") or "")).at,
    )


def _fragment(update: Node, address: str) -> str:
    """What tells the address of an entry from that of its page."""
    said = [named(update.get(name)) for name in ("@id", "url", "identifier")]
    return next((line.partition("#")[2] or line for line in said if line and line != address), "")


def _merged(told: list[Entry], in_page: list[Entry]) -> list[Entry]:
    """Each entry once: with the longer of its two texts, its place in the page, and a mark where either has one."""
    known: dict[object, int] = {}
    found = list(told)
    for place, entry in enumerate(told):
        known.update(dict.fromkeys(_signs(entry), place))
    for entry in in_page:
        place = next((known[sign] for sign in _signs(entry) if sign in known), len(found))
        if place < len(found):
            found[place] = _both(found[place], entry)
        else:
            found.append(entry)
            known.update(dict.fromkeys(_signs(entry), place))
    return found


def _both(one: Entry, other: Entry) -> Entry:
    return replace(
        one,
        text=max(one.text, other.text, key=len),
        title=one.title or other.title,
        at=one.at if one.at.at else other.at,
        mark=one.mark or other.mark,
        elements=(*one.elements, *other.elements),
    )


def _signs(entry: Entry) -> list[object]:
    """By which two entries are known to be one: how the text begins, or headline and minute."""
    letters = "".join(letter for letter in entry.text[: 3 * _START].casefold() if letter.isalnum())
    minute = _minute(entry.at)
    return [letters[:_START], *([(folded_title(entry.title), minute)] if entry.title and minute else [])]


def _keys(found: list[Entry]) -> list[str]:
    """What tells each entry from the others; of those of one minute the oldest, which pages keep last or first."""
    codes = [max(_CODE.findall(entry.mark.lower()), key=len, default="") for entry in found]
    many = Counter(codes)
    minutes = [entry.at.at for entry in found if entry.at.at]
    newest_first = len(minutes) > 1 and minutes[0] > minutes[-1]
    places = range(len(found) - 1, -1, -1) if newest_first else range(len(found))
    keys, taken = [""] * len(found), Counter[str]()
    for place in places:
        entry, code = found[place], codes[place]
        key = code if code and many[code] == 1 else _minute(entry.at) or entry.at.said or ""
        key = key or folded_title(entry.title) or folded_title(entry.text[:_START])
        taken[key] += 1
        keys[place] = key if taken[key] == 1 else f"{key} {taken[key]}"
    return keys


def _minute(when: When) -> str:
    return when.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M") if when.at else ""


def _draft(entry: Entry, key: str, blog: Draft) -> Draft:
    return replace(
        blog,
        text=entry.text,
        title=entry.title or blog.title,
        entry=key,
        authors=entry.authors or blog.authors,
        published=_dated(entry.at, blog),
        updated=entry.updated,
        partial=None,
    )


def _dated(when: When, blog: Draft) -> When:
    """A bare time of day is dated where the blog began and was last changed on one day."""
    began, changed = blog.published.at, blog.updated
    if when.at or not when.said or not (began and changed) or changed.astimezone(began.tzinfo).date() != began.date():
        return when
    at = parse(f"{began.date()} {_CLOCK.sub('', when.said).replace('.', ':').replace('h', ':')}")
    return When(at.at.replace(tzinfo=began.tzinfo), at.precision) if at.at else when
