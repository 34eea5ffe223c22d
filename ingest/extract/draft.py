"""What an extractor found, and the one way from there to an article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from ingest.address import canonical, host, page_of
from ingest.errors import ExtractError, NotAnArticle
from ingest.extract.asides import is_aside
from ingest.extract.partial import HEADLINE
from ingest.extract.time.dates import UNKNOWN, When
from ingest.extract.titles import folded_title
from ingest.language.sentences import sentences
from ingest.language.text import clean, squeeze
from ingest.language.tongues import detect
from ingest.types import Article, Page, article_id, sha

NO_OUTLET = "unknown outlet"
_FEWEST = 20
_MOST = 1_000_000  # characters of a text; a long report has some 100,000
_LONGEST_TITLE = 300
_LINES_BEFORE = 6  # lines at the beginning of a text among which its first sentence is
_DATELINE = re.compile(r"[^.!?]{1,60}[—–-]\s*")  # "London (AP) —" on a line of its own
# Most texts of data sets are even already, and looking costs less than doing.
_UNEVEN = re.compile(r"[^\S\n ]|  | \n|\n ")
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Draft:
    """The parts of an article as they were found, not yet cleaned.

    claimed  the address is only what a saved page says of itself
    guid     what its feed or mailing knows the article by; its identity where its address is none
    claims   the host that a page says it belongs to, where it came from another one
    entry    what tells an entry of a live blog from the others at its address
    partial  why only a part of the article is here
    """

    text: str
    title: str = ""
    outlet: str = ""
    url: str | None = None
    claimed: bool = False
    guid: str = ""
    claims: str | None = None
    entry: str = ""
    partial: str | None = None
    origin: str | None = None
    authors: tuple[str, ...] = ()
    published: When = UNKNOWN
    updated: datetime | None = None
    language: str | None = None


def article(draft: Draft, page: Page) -> Article:
    """The cleaned article. Raises NotAnArticle where there is no text to keep."""
    text = tidy(draft.text)
    _require(text, draft.title, few=draft.partial == HEADLINE)
    title = shorten(squeeze(draft.title)) or headline(text)
    url = canonical(draft.url)
    outlet = shorten(squeeze(draft.outlet), 120) or host(url) or NO_OUTLET
    return Article(
        id=_identity(draft, url=url, outlet=outlet, title=title),
        title=title,
        text=text,
        outlet=outlet,
        url=url,
        origin=squeeze(draft.origin or "") or None,
        authors=draft.authors,
        published=draft.published.at,
        published_precision=draft.published.precision,
        published_said=draft.published.said,
        updated=draft.updated,
        language=draft.language or detect(title, text),
        captured=aware(page.captured),
        claims=draft.claims,
        partial=draft.partial,
    )


def _identity(draft: Draft, *, url: str | None, outlet: str, title: str) -> str:
    """The article's id: it must not depend on when a page was captured, nor can a page take that of another one.

    A saved page is told by the address that it claims together with its title, so that it can follow itself and
    never an article that was ingested with that address.
    """
    if draft.entry:
        return sha("entry", page_of(url) or outlet.casefold(), str(draft.claimed), draft.entry)
    if draft.guid and (draft.claimed or not url):
        return sha("guid", outlet.casefold(), draft.guid)
    if url and draft.claimed:
        return claimed_id(url, title)
    printed = draft.published.at if draft.published.said is None else None
    return article_id(url=url, outlet=outlet, title=title, day=printed.date().isoformat() if printed else "")


def claimed_id(url: str, title: str) -> str:
    return sha("claimed", page_of(url), folded_title(title))


def tidy(text: str) -> str:
    """Clean text with one space between words and at most one blank line between paragraphs."""
    text = clean(text)
    if _UNEVEN.search(text):
        text = "\n".join([" ".join(line.split()) for line in text.split("\n")])
    return _BLANK_LINES.sub("\n\n", text).strip("\n ")


def headline(text: str) -> str:
    """A title for a text that has none: its first sentence, shortened, without the "London (AP) —" above it."""
    lines = [line for line in text.split("\n") if line.strip()][:_LINES_BEFORE]
    line = next((line for line in lines if not (_DATELINE.fullmatch(line) or is_aside(line))), "".join(lines[:1]))
    start, end = next(iter(sentences(line[:2000])), (0, len(line)))
    return shorten(line[start:end], 120)


def shorten(line: str, most: int = _LONGEST_TITLE) -> str:
    """The line, or as many whole words of it as fit, with an ellipsis."""
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:-–—") + "…"


def aware(at: datetime | None) -> datetime | None:
    """The time with a zone: UTC where it has none."""
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


def _require(text: str, title: str, *, few: bool) -> None:
    """Raise NotAnArticle where there is too little, and ExtractError for too much; a headline alone may be short."""
    if len(text) > _MOST:
        raise ExtractError(f"the text has {len(text):,} characters, more than {_MOST:,}", "ingest it in parts")
    if not text:
        raise NotAnArticle("there is a title but no text" if title.strip() else "there is neither title nor text")
    if len(text) < _FEWEST and not few:
        raise NotAnArticle(f"the text is only {len(text)} characters long")
