"""What tells the entries of a feed apart: a guid of its own, an address of its own, else what it says.

A feed is a window on its entries, and one of two entries that share a guid or an address may stand in it alone. So
each entry has a name that does not depend on the others, and the archive remembers which article has that name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ingest.extract.address import canonical, fragment, is_home, page_of
from ingest.extract.titles import folded
from ingest.sources.entry import Entry, Feed
from ingest.types import sha

_NIL = frozenset("0")
_LETTERS = 12  # of a guid without figures; a word that stands for none, as "undefined", has fewer


def told_apart(feed: Feed) -> Feed:
    """The feed with a name for each entry, without the guids and addresses that are not an entry's own."""
    guids = _shared(feed.entries, lambda one: one.guid, _is_another_by_guid)
    entries = [
        replace(one, guid="" if one.guid in guids or not _names(one.guid) else one.guid) for one in feed.entries
    ]
    pages = _shared(entries, lambda one: page_of(one.url), _is_another_by_address)
    houses = {page_of(feed.site), page_of(feed.address)} - {""}
    addresses = _shared(entries, lambda one: one.url or "", _is_another_by_address)
    named = [
        replace(
            one,
            names=_entry_names(one, feed, own_link=bool(fragment(one.url)) and (one.url or "") not in addresses),
            apart=page_of(one.url) in pages | houses or is_home(one.url),
        )
        for one in entries
    ]
    return replace(feed, entries=_told_by_text(named))


def _entry_names(one: Entry, feed: Feed, *, own_link: bool) -> tuple[str, ...]:
    """The names of an entry among those of its feed: by what it says, and by its guid or its part of a page."""
    at = one.published.at
    said = sha("told", page_of(one.url), _headline(one), at.isoformat() if at else one.published.words)
    if one.guid:
        return said, sha("guid", (one.outlet or feed.outlet).casefold(), one.guid)
    return (said, sha("part", page_of(one.url), fragment(one.url))) if own_link else (said,)


def _told_by_text(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Entries that say the same of themselves and have other texts, told apart by these."""
    same = _shared(entries, lambda one: one.names[0] if one.apart else "", _differ_in_text)
    return tuple(
        replace(one, names=(sha(one.names[0], one.text), *one.names[1:])) if one.names[0] in same else one
        for one in entries
    )


def _shared(
    entries: Iterable[Entry], name: Callable[[Entry], str], is_another: Callable[[Entry, Entry], bool]
) -> set[str]:
    """The names that several entries have which are not one entry, told twice."""
    first: dict[str, Entry] = {}
    return {key for one in entries if (key := name(one)) and is_another(one, first.setdefault(key, one))}


def _is_another_by_guid(one: Entry, other: Entry) -> bool:
    return canonical(one.url) != canonical(other.url) or (_differ_in_title(one, other) and not _at_once(one, other))


def _is_another_by_address(one: Entry, other: Entry) -> bool:
    if one.guid and one.guid == other.guid:
        return False
    return _differ_in_title(one, other) or (_differ_in_time(one, other) and _differ_in_text(one, other))


def _differ_in_title(one: Entry, other: Entry) -> bool:
    return _headline(one) != _headline(other)


def _headline(one: Entry) -> str:
    return folded(one.title) or one.text


def _differ_in_time(one: Entry, other: Entry) -> bool:
    return bool(one.published.at and other.published.at) and one.published.at != other.published.at


def _at_once(one: Entry, other: Entry) -> bool:
    return one.published.at is not None and one.published.at == other.published.at


def _differ_in_text(one: Entry, other: Entry) -> bool:
    return one.text != other.text


def _names(guid: str) -> bool:
    """Whether a guid can name anything: "0", "N/A", "null" and the address of a whole site name nothing."""
    if page_of(guid):
        return not is_home(guid) or bool(fragment(guid))
    figures = {letter for letter in guid if letter.isdecimal()}
    return bool(figures - _NIL) or sum(letter.isalpha() for letter in guid) >= _LETTERS
