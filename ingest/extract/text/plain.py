"""A plain text into an article: its title, byline and date are lines of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ingest.extract.byline.names import authors
from ingest.extract.byline.origin import origin
from ingest.extract.claims import fetched
from ingest.extract.draft import Draft, article, headline
from ingest.extract.record import fields
from ingest.extract.text import frontmatter
from ingest.extract.time.dates import UNKNOWN, When, parse
from ingest.language.text import clean
from ingest.types import Article, Page

_BYLINE = re.compile(r"by:? [^\W\d_][^.!?\n]{2,100}", re.IGNORECASE)
_LONGEST_TITLE, _LONGEST_DATE = 200, 80
_SENTENCE_END = (".", "!", ",", ";", ":")


def extract(text: str, page: Page) -> Article:
    """The article of a plain text. Raises NotAnArticle where there is too little of it."""
    found, rest = frontmatter.split_plain(clean(text))
    if found:
        below = draft(rest, captured=page.captured)
        return article(fetched(merged(found, below, page.captured), page), page)
    return article(fetched(_named(draft(rest, captured=page.captured), page), page), page)


def draft(text: str, *, captured: datetime | None) -> Draft:
    """Title, byline, date and body of a text, as far as its first lines give them."""
    title, body = _title(text.strip("\n"))
    by: tuple[str, ...] = ()
    published = UNKNOWN
    for _ in range(3 if title else 0):
        line, _, below = body.lstrip("\n").partition("\n")
        when = _date(line, captured)
        if not by and _BYLINE.fullmatch(line.strip()):
            by = authors(line)
        elif published is UNKNOWN and when:
            published = when
        else:
            break
        body = below
    return Draft(text=body, title=title, origin=origin(body), authors=by, published=published)


def merged(found: dict[str, frontmatter.Value], below: Draft, captured: datetime | None) -> Draft:
    """What the fields above a text say, completed by what the text itself says."""
    above = fields.draft({**found, "text": below.text}, captured=captured)
    said = above.published.at or above.published.said
    return replace(
        above,
        text=below.text,
        title=above.title or below.title,
        authors=above.authors or below.authors,
        published=above.published if said else below.published,
    )


def _title(text: str) -> tuple[str, str]:
    """The first line is the title when a blank line or a byline follows and it does not read as a sentence."""
    line, _, below = text.partition("\n")
    following = below.partition("\n")[0].strip()
    alone = bool(below.strip()) and (not following or _BYLINE.fullmatch(following) is not None)
    if alone and 0 < len(line.strip()) <= _LONGEST_TITLE and not line.rstrip().endswith(_SENTENCE_END):
        return line.strip(), below
    return "", text


def _named(found: Draft, page: Page) -> Draft:
    """A text without title is named by its first sentence, or by its file when it has no sentence."""
    if found.title or headline(found.text):
        return found
    return replace(found, title=Path(page.source).stem)


def stands_alone(line: str) -> bool:
    """Whether a line is a byline or a date, and never part of a paragraph."""
    return _BYLINE.fullmatch(line) is not None or _date(line, None) is not None


def _date(line: str, captured: datetime | None) -> When | None:
    if len(line) > _LONGEST_DATE or not any(map(str.isdigit, line)):
        return None
    when = parse(line, captured=captured)
    return when if when.at else None
