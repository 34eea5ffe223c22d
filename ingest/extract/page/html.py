"""A web page into an article: its text by trafilatura, the rest by what the page says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ingest.address import host
from ingest.errors import ExtractError, NotAnArticle
from ingest.extract.asides import without_asides
from ingest.extract.body.apart import lines_about
from ingest.extract.body.boxes import drop_boxes
from ingest.extract.body.closing import without_closing
from ingest.extract.body.inline import flatten
from ingest.extract.body.leads import drop_leads
from ingest.extract.body.markup import SAVE_AS_TEXT
from ingest.extract.body.markup import parse as parse_html
from ingest.extract.body.notes import drop_marks
from ingest.extract.body.offers import drop_offer, without_offer
from ingest.extract.body.paragraphs import holders
from ingest.extract.body.quoted import set_apart
from ingest.extract.body.runs import prose, runs
from ingest.extract.body.sections import whole
from ingest.extract.body.tables import spell_out
from ingest.extract.body.terms import spell_terms
from ingest.extract.byline.names import credited
from ingest.extract.byline.origin import origin
from ingest.extract.claims import claimed_address, other_host, outlet
from ingest.extract.decode import decode, mended
from ingest.extract.draft import Draft, article, tidy
from ingest.extract.page.numbered import drop_page_links, without_counts
from ingest.extract.page.parts import take_out
from ingest.extract.page.revealed import shown_only
from ingest.extract.page.scripted import Scripts, only_text, scripts
from ingest.extract.page.scripted import completed as with_data
from ingest.extract.page.shells import elsewhere, is_list, is_of_article, is_shell
from ingest.extract.page.walls import wall
from ingest.extract.partial import CUT_OFF, Seen, is_cut_off, left_out, missing
from ingest.extract.stated.meta import Meta
from ingest.extract.stated.saved import saved_page
from ingest.extract.time.dates import When, parse
from ingest.extract.time.times import in_data
from ingest.extract.titles import below
from ingest.extract.told import completed
from ingest.language.text import squeeze
from ingest.language.tongues import named
from ingest.types import Article, Page

NOTHING = "no article text was found on the page"
SHELL = "the page is an empty shell: its text is put in by scripts"
LIST = "the page is a list of articles, not an article"
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset=["']?\s*([\w-]{2,30})""", re.IGNORECASE)
_DAY_IN_URL = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-])")
_BLOG = ("LiveBlogPosting", "liveBlogUpdate")  # of schema.org, in JSON-LD and in microdata
_FEWEST, _LITTLE = 60, 1000
# Taking a page apart takes a minute for a million elements; news pages have some thousands.
_MOST_ELEMENTS = 100_000
_MOST_SHOWN = 500_000


def extract(page: Page) -> list[Article]:
    """The articles of a web page: mostly one; of a live blog its opening and each of its entries.

    Raises NotAnArticle for a page without one (a consent wall, an error page, a list), ExtractError where the page
    cannot be taken apart.
    """
    source = _text(page)
    tree = parse_html(source)
    if tree is None:
        raise NotAnArticle(NOTHING)
    _refuse_huge(tree)
    meta = Meta(tree)
    found = completed(_described(meta, tree, page), page.told)
    return [article(draft, page) for draft in _drafts(found, meta, tree, source)]


def body(tree: Any) -> str:
    """The running text of a parsed page, a blank line between paragraphs; empty where there is none.

    Where that is little, other ways to find it are tried as well: they cost as much again.
    """
    text = _body(tree, fast=True)
    return text if len(text) > _LITTLE else _body(tree, fast=False)


def _body(tree: Any, *, fast: bool) -> str:
    from trafilatura import bare_extraction

    wanted = {"favor_precision": True, "include_comments": False, "include_tables": False}
    try:
        found = bare_extraction(tree, fast=fast, **wanted)
    except Exception as exc:
        raise ExtractError(f"the page could not be parsed: {exc!r:.200}", "save it again, or as text") from exc
    return tidy(str(found.text or "").replace("\n", "\n\n")) if found else ""


def _drafts(found: Draft, meta: Meta, tree: Any, source: str) -> Iterator[Draft]:
    """The articles of a page; the opening of a live blog comes behind its entries, as the oldest of them."""
    nothing = elsewhere(tree, found.url or "") or (SHELL if is_shell(tree) else NOTHING)
    data = scripts(tree)
    veiled = shown_only(tree)
    shown = _shown(tree)
    paragraphs = runs(tree)
    listed = is_list(paragraphs, claimed=meta.is_article or is_of_article(found.url))
    drop_boxes(tree, prose(paragraphs))
    set_apart(tree)
    drop_marks(tree)
    spell_out(tree)
    spell_terms(tree)
    several = drop_page_links(tree, found.url, shown)
    texts = holders(tree)
    drop_leads(texts, found.url)
    about = lines_about(tree, found.authors)
    others, opening = take_out(tree, shown, meta.linked, found, is_blog=any(name in source for name in _BLOG))
    if opening is not None:
        yield from others
        yield from _opened(found, meta, opening, source, about)
        return
    offered = bool(texts) and not others and drop_offer(texts[0])
    flatten(tree)
    taken = whole(tree, body(tree) or _paragraphs(tree))
    text = without_counts(taken.text) if several else taken.text
    free = without_offer(text)
    held = _held(found, meta, data, free)
    if not others and not (held and len(free) < _FEWEST):
        _require(found.title, text=free, shown=shown, nothing=nothing)
        if listed:
            raise NotAnArticle(LIST)
    if held:
        is_offered = held == free and (offered or free != text)
        seen = Seen(source, tree, meta.linked, meta.summary, meta.is_free, offered=is_offered, several=several)
        left = max(taken.missing, veiled / (veiled + len(free))) if held == free else 0.0
        yield _closed(found, meta, held, about, partial=missing(seen, held) or left_out(left))
    yield from others


def _held(found: Draft, meta: Meta, data: Scripts, shown: str) -> str:
    """The text that a page shows, with what its data hold of the same article; theirs alone where it shows none."""
    if len(shown) >= _FEWEST:
        return with_data(shown, data, meta.linked, found.title)
    text = only_text(data, meta.linked, found.title)
    return "" if wall(found.title, text) else text


def _opened(found: Draft, meta: Meta, opening: str, source: str, about: frozenset[str]) -> Iterator[Draft]:
    """The opening of a live blog, where there is one."""
    text = without_offer(opening)
    if len(text) >= _FEWEST:
        yield _closed(found, meta, text, about, partial=CUT_OFF if is_cut_off(source) else None)


def _closed(found: Draft, meta: Meta, text: str, about: frozenset[str], *, partial: str | None) -> Draft:
    """The article of that text, without what closes it: its writer's biography, credits, standing lines."""
    text, closing = without_closing(without_asides(below(found.title, text)), found.authors, about)
    return replace(found, text=text, origin=origin(text) or meta.agency or credited(*closing), partial=partial)


def _shown(tree: Any) -> str:
    """All text that a page shows, once what it hides is out of it."""
    parts = (text.strip() for body in tree.xpath("//body")[:1] for text in body.itertext() if not text.isspace())
    return "\n".join(parts)[:_MOST_SHOWN]


def _paragraphs(tree: Any) -> str:
    """The long paragraphs outside menus: for pages too deeply nested for the usual way."""
    inside = "nav or ancestor::footer or ancestor::aside or ancestor::form or ancestor::li"
    found = tree.xpath(f"//p[not(ancestor::{inside})]")
    lines = [squeeze(" ".join(element.itertext())) for element in found]
    return "\n\n".join(line for line in lines if len(line) >= _FEWEST)


def _refuse_huge(tree: Any) -> None:
    count = tree.xpath("count(//*)")
    if count > _MOST_ELEMENTS:
        raise ExtractError(f"the page has more than {_MOST_ELEMENTS:,} elements", SAVE_AS_TEXT)


def _described(meta: Meta, tree: Any, page: Page) -> Draft:
    """Everything but the text, from what the page says about itself."""
    address = page.url or claimed_address(meta, saved_page(page.content).address)
    name = outlet(meta, page.url)
    own = meta.outlet(host(address))
    return Draft(
        text="",
        title=meta.title(own),
        outlet=name,
        url=address,
        claimed=not page.url,
        claims=other_host(meta, page.url),
        authors=meta.authors(own),
        published=_published(meta, tree, address or ""),
        updated=meta.updated.at,
        language=named(meta.language),
    )


def _published(meta: Meta, tree: Any, address: str) -> When:
    """As the page says; else the day in its address; else as the data in it say."""
    found = meta.published
    day = _DAY_IN_URL.search(address)
    if found.at or found.said:
        return found
    return parse(("-" if day[2].isdigit() else " ").join(day.groups())) if day else in_data(tree)


def _text(page: Page) -> str:
    declared = None if page.charset else _CHARSET.search(page.content[:4096])
    charset = declared[1].decode("ascii", "replace") if declared else page.charset
    return mended(decode(page.content, declared=charset))


def _require(title: str, *, text: str, shown: str, nothing: str) -> None:
    if obstacle := wall(title, text if len(text) >= _FEWEST else shown):
        raise NotAnArticle(f"the page is {obstacle}, not an article")
    if len(text) < _FEWEST:
        raise NotAnArticle(nothing)
