"""What a feed says about one article, and what it says about itself."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from ingest.address import canonical, host
from ingest.extract.body.markup import as_text
from ingest.extract.time.dates import day_order, parse
from ingest.language.text import letters, squeeze, within
from ingest.types import EntryNames, Told, sha

_AUTHOR = re.compile(r"[^\s@]{1,64}@[^\s@()]{1,64} ?\(([^()]{1,200})\)")
_BETWEEN = re.compile(r" ?[|»·•:] ?| [-–—] | ?[-–—]$")
_CUT_SHORT = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])$|\b(?:continue reading|read more|read the full (?:story|article))\W{0,5}$",
    re.IGNORECASE,
)
_LONGEST_ITEM = 500  # bytes
_WHOLE_CONTENT, _WHOLE_SUMMARY = 500, 1500


@dataclass(frozen=True, slots=True)
class Stated:
    """A time in a feed: its words in a form that `extract.dates` reads, and what they mean, None where nothing.

    The words are kept since a library that resolves them fills in today where a part is missing.
    """

    words: str = ""
    at: datetime | None = None


UNSTATED = Stated()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    guid      empty also where it does not tell the entry from others
    url       absolute, http or https; None where the feed gives no such link
    content   the text in full, as HTML, where the feed has an element for it
    outlet    who the entry is from, where it says so itself
    note      what was not taken over, and why
    names     what it is known by among the entries of its feed: see `ingest.feeds.window`
    apart     its address is also that of other entries, or of a whole site
    """

    guid: str = ""
    url: str | None = None
    title: str = ""
    published: Stated = UNSTATED
    updated: Stated = UNSTATED
    authors: tuple[str, ...] = ()
    summary: str = ""
    content: str = ""
    outlet: str = ""
    language: str = ""
    note: str = ""
    names: EntryNames | None = None
    apart: bool = False

    @property
    def key(self) -> str:
        """What tells the entry from the others of its feed, whatever else of it changes."""
        if self.apart and self.names:
            return self.names.all[0]
        return self.guid or canonical(self.url) or sha("title", self.title, self.published.words)

    @property
    def identity(self) -> str:
        """The key and the address together: there are feeds that give all their entries one guid."""
        return sha(self.key, canonical(self.url) or "", length=32)

    @property
    def item(self) -> str:
        """What names the entry among the pages of its feed for a reader."""
        return within(squeeze(self.url or self.key), _LONGEST_ITEM)

    def is_foreign(self, feed: str) -> bool:
        """Whether its address is on another site than that of its feed, so that what the feed says is a claim."""
        return self.url is not None and not same_site(self.url, feed)

    @property
    def has_text(self) -> bool:
        """Whether the feed says more of it than its title."""
        return bool(self.summary or self.content)

    @property
    def text(self) -> str:
        """The most that the feed says, as HTML; where it gives a title alone, that."""
        return max(self.content, self.summary, key=len).strip() or html.escape(self.title, quote=False)

    @property
    def told(self) -> Told:
        """What the feed says of the page behind the entry."""
        published, updated = self.published.words, self.updated.words
        return Told(self.title, published, updated, self.authors, self.guid, self.names, self.apart, note=self.note)

    @property
    def is_whole(self) -> bool:
        """Whether the text is the article; a summary is no more than a few sentences, or says that it stops."""
        text = squeeze(as_text(self.text))
        least = _WHOLE_CONTENT if self.content else _WHOLE_SUMMARY
        return len(text) >= least and not _CUT_SHORT.search(text[-60:])

    @property
    def digest(self) -> str:
        """Changes when what the feed says of the article does."""
        text = squeeze(as_text(self.text))
        return sha(self.title, canonical(self.url) or "", self.published.words, self.updated.words, text)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read.

    address  where it says that it lies; site  the page that it belongs to
    home     what tells it from other feeds: see `ingest.feeds.window`
    more     further documents with entries, of a sitemap index
    damage   what is broken about it, so that entries may be missing
    """

    title: str = ""
    address: str = ""
    site: str = ""
    entries: tuple[Entry, ...] = ()
    more: tuple[str, ...] = ()
    damage: str = ""
    home: str = ""

    @property
    def outlet(self) -> str:
        """The part of the title that names the site, as in "World - Example.com"; else the title as it is.

        Where the title only names a part of the site, as "Asia" for example.com/asia, it is the site's host.
        """
        name = host(self.site)
        labels = name.split(".")
        names = {
            letters(label) for label in (*labels[:-1], *(".".join(labels[at:]) for at in range(len(labels) - 1)))
        }
        named = [part.strip() for part in _BETWEEN.split(self.title) if letters(part) in names - {""}]
        section = letters(urlsplit(self.site).path.strip("/").rpartition("/")[2])
        is_section = bool(section) and section == letters(self.title)
        return (named or [name if is_section else self.title])[0].strip()


def stated(words: str, *, day_first: bool | None = None, language: str = "") -> Stated:
    """A time as a feed writes it: ISO 8601, RFC 822, and whatever else a printed date may be. Never raises.

    What its order or its language tells is written out, so that the words mean the same alone.
    """
    line = squeeze(words[:500])
    alone, when = parse(line).at, parse(line, day_first=day_first, language=language)
    if when.at is None or when.at == alone:
        return Stated(line, alone)
    exact = when.precision in ("second", "minute", "hour")
    return Stated(when.at.isoformat() if exact else f"{when.at:%Y-%m-%d}", when.at)


def in_one_order(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries with 06/07/2026 read as their other dates are written: "16/07/2026" tells that days come first."""
    day_first = day_order([one.published.words for one in entries] + [one.updated.words for one in entries])
    return tuple(
        replace(
            one,
            published=stated(one.published.words, day_first=day_first, language=one.language),
            updated=stated(one.updated.words, day_first=day_first, language=one.language),
        )
        for one in entries
    )


def repeated(entries: Iterable[Entry]) -> set[int]:
    """The places of entries that stand further up already."""
    first: dict[str, int] = {}
    return {at for at, one in enumerate(entries) if first.setdefault(one.identity, at) != at}


def once(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without those that stand further up already."""
    again = repeated(entries)
    return [one for at, one in enumerate(entries) if at not in again]


def same_site(one: str, other: str) -> bool:
    """Whether one host is the other, or a part of it.

    Narrower than `site_of`: a feed of one blog does not speak for another blog at the same host of blogs.
    """
    first, second = f".{host(one)}", f".{host(other)}"
    return len(first) > 1 and len(second) > 1 and (first.endswith(second) or second.endswith(first))


def link(said: str, base: str) -> tuple[str | None, str]:
    """The address of a link, and what was wrong with it; anything but http and https is dropped."""
    line = squeeze(said)
    if not line:
        return None, ""
    try:
        url = urljoin(base, line)
    except ValueError:
        url = line
    return (url, "") if canonical(url) else (None, f"its link {line[:80]} is no web address and was dropped")


def author_names(said: Iterable[str]) -> tuple[str, ...]:
    """The names among authors; "desk@paper.example (Jane Roe)" is Jane Roe."""
    lines = [squeeze(as_text(line)) for line in said]
    named = [found[1] if (found := _AUTHOR.fullmatch(line)) else line for line in lines]
    return tuple(dict.fromkeys(name for name in named if name and "@" not in name))
