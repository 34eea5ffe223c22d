"""A web page into an article: its text by trafilatura, the rest by what the page says about itself."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import Any

from ingest.errors import ExtractError, NotAnArticle
from ingest.extract.address import host
from ingest.extract.claims import claimed_address, outlet
from ingest.extract.dates import When, parse
from ingest.extract.decode import decode
from ingest.extract.draft import Draft, article, tidy
from ingest.extract.language import named
from ingest.extract.markup import SAVE_AS_TEXT, drop_hidden
from ingest.extract.markup import parse as parse_html
from ingest.extract.meta import Meta, without_site
from ingest.extract.origin import origin
from ingest.extract.titles import below
from ingest.extract.told import completed
from ingest.extract.walls import free_part, wall
from ingest.text import squeeze
from ingest.types import Article, Page

NOTHING = "no article text was found on the page"
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset=["']?\s*([\w-]{2,30})""", re.IGNORECASE)
_DAY_IN_URL = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-])")
_FEWEST = 60
# Taking a page apart takes a minute for a million elements; news pages have some thousands.
_MOST_ELEMENTS = 100_000


def extract(page: Page) -> Article:
    """The article of a web page.

    Raises NotAnArticle for a page without one (a consent wall, an error page, a list), ExtractError where the page
    cannot be taken apart.
    """
    tree = parse_html(_text(page))
    if tree is None:
        raise NotAnArticle(NOTHING)
    _refuse_huge(tree)
    found = completed(_described(tree, page), page.told)
    drop_hidden(tree)
    text = body(tree) or _paragraphs(tree)
    _require(found.title, text)
    text = below(found.title, free_part(text))
    return article(replace(found, text=text, origin=origin(text)), page)


def body(tree: Any) -> str:
    """The running text of a parsed page, a blank line between paragraphs; empty where there is none."""
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(tree, favor_precision=True, include_comments=False, include_tables=False)
    except Exception as exc:
        raise ExtractError(f"the page could not be taken apart: {exc!r:.200}", "save it again, or as text") from exc
    return tidy(str(found.text or "").replace("\n", "\n\n")) if found else ""


def _paragraphs(tree: Any) -> str:
    """The long paragraphs outside menus: for pages too deeply nested for the usual way."""
    inside = "nav or ancestor::footer or ancestor::aside or ancestor::form or ancestor::li"
    found = tree.xpath(f"//p[not(ancestor::{inside})]")
    lines = [squeeze(" ".join(element.itertext())) for element in found]
    return "\n\n".join(line for line in lines if len(line) >= _FEWEST)


def _refuse_huge(tree: Any) -> None:
    count = sum(1 for _ in islice(tree.iter(), _MOST_ELEMENTS + 1))
    if count > _MOST_ELEMENTS:
        raise ExtractError(f"the page has more than {_MOST_ELEMENTS:,} elements", SAVE_AS_TEXT)


def _described(tree: Any, page: Page) -> Draft:
    """Everything but the text, from what the page says about itself."""
    meta = Meta(tree)
    address = page.url or claimed_address(meta)
    name = outlet(meta, page.url)
    return Draft(
        text="",
        title=without_site(meta.title, meta.site, host(address).rpartition(".")[0]),
        outlet=name,
        url=address,
        claimed=not page.url,
        authors=meta.authors(name or host(address)),
        published=_published(meta, address or ""),
        updated=meta.updated.at,
        language=named(meta.language),
    )


def _published(meta: Meta, address: str) -> When:
    """As the page says; else the day in its address."""
    found = meta.published
    day = _DAY_IN_URL.search(address)
    return found if found.at or not day else parse(("-" if day[2].isdigit() else " ").join(day.groups()))


def _text(page: Page) -> str:
    declared = None if page.charset else _CHARSET.search(page.content[:4096])
    charset = declared[1].decode("ascii", "replace") if declared else page.charset
    return decode(page.content, declared=charset)


def _require(title: str, text: str) -> None:
    if obstacle := wall(title, text):
        raise NotAnArticle(f"the page is {obstacle}, not an article")
    if len(text) < _FEWEST:
        raise NotAnArticle(NOTHING)
