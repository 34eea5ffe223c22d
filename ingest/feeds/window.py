"""What tells the entries of a feed apart: a guid of its own, an address of its own, else what it says.

A feed is a window on its entries, and one of two entries that share a guid or an address may stand in it alone. So
each entry has a name that does not depend on the others, and the archive remembers which article has that name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ingest.address import canonical, fragment, is_home, page_of, selected
from ingest.extract.body.markup import as_text
from ingest.extract.titles import folded_title
from ingest.feeds.entry import Entry, Feed
from ingest.language.text import squeeze
from ingest.types import EntryNames, sha

_NIL = frozenset("0")
_LETTERS = 12  # of a guid without figures; a word that stands for none, as "undefined", has fewer


def told_apart(feed: Feed, address: str = "") -> Feed:
    """The feed with a name for each entry, without the guids and addresses that are not an entry's own.

    address  where it was fetched from
    """
    home = page_of(feed.address) or page_of(feed.site) or page_of(address) or feed.outlet.casefold()
    guids = _shared(feed.entries, lambda one: one.guid, _is_another_by_guid)
    entries = [
        replace(one, guid="" if one.guid in guids or not _names(one.guid) else one.guid) for one in feed.entries
    ]
    pages = _shared(entries, lambda one: selected(one.url), _is_another_by_address)
    houses = {page_of(feed.site), page_of(feed.address)} - {""}
    apart = pages | houses
    addresses = _shared(entries, lambda one: one.url or "", _is_another_by_address)
    named = [
        replace(
            one,
            names=_entry_names(one, home, own_link=bool(fragment(one.url)) and (one.url or "") not in addresses),
            apart=selected(one.url) in apart or is_home(one.url),
        )
        for one in entries
    ]
    return replace(feed, entries=_told_by_text(named), home=home)


def _entry_names(one: Entry, home: str, *, own_link: bool) -> EntryNames:
    """The names of an entry; one without address, or with a guid that only counts, has them in its feed alone."""
    at = one.published.at
    said = sha("told", page_of(one.url) or home, _headline(one), at.isoformat() if at else one.published.words)
    part = sha("part", page_of(one.url), fragment(one.url)) if own_link else ""
    return EntryNames(
        text=sha(said, one.text),
        said=said,
        own=sha("guid", home, one.outlet.casefold(), one.guid) if one.guid else part,
    )


def _told_by_text(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Entries that say the same of themselves and have other texts, told apart by these."""
    same = _shared(entries, _said, _is_another_text)
    return tuple(
        replace(one, names=replace(one.names, said=""), apart=one.apart or not one.guid)
        if one.names and _said(one) in same
        else one
        for one in entries
    )


def _said(one: Entry) -> str:
    return one.names.said if one.names else ""


def _shared(
    entries: Iterable[Entry], name: Callable[[Entry], str], is_another: Callable[[Entry, Entry], bool]
) -> set[str]:
    """The names that several entries have which are not one entry, told twice."""
    first: dict[str, Entry] = {}
    return {key for one in entries if (key := name(one)) and is_another(one, first.setdefault(key, one))}


def _is_another_by_guid(one: Entry, other: Entry) -> bool:
    is_other_title = _differ_in_title(one, other) and not _at_once(one, other)
    return canonical(one.url) != canonical(other.url) or is_other_title or _is_another_text(one, other)


def _is_another_by_address(one: Entry, other: Entry) -> bool:
    if one.guid and one.guid == other.guid:
        return False
    return _differ_in_title(one, other) or _is_another_text(one, other)


def _differ_in_title(one: Entry, other: Entry) -> bool:
    return _headline(one) != _headline(other)


def _headline(one: Entry) -> str:
    return folded_title(one.title) or one.text


def _at_once(one: Entry, other: Entry) -> bool:
    return one.published.at is not None and one.published.at == other.published.at


def _is_another_text(one: Entry, other: Entry) -> bool:
    """Whether neither text is the other, or its beginning."""
    if one.text == other.text:
        return False
    short, long = sorted((_plain(one), _plain(other)), key=len)
    return not long.startswith(short.rstrip("[].… "))


def _plain(one: Entry) -> str:
    return squeeze(as_text(one.text))


def _names(guid: str) -> bool:
    """Whether a guid can name anything: "0", "N/A", "null" and the address of a whole site name nothing."""
    if page_of(guid):
        return not is_home(guid) or bool(fragment(guid))
    figures = {letter for letter in guid if letter.isdecimal()}
    return bool(figures - _NIL) or sum(letter.isalpha() for letter in guid) >= _LETTERS
