"""What a web page says about itself: JSON-LD of schema.org, meta elements, and its title."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from ingest.address import canonical
from ingest.extract.byline.bylines import Printed
from ingest.extract.byline.names import authors, credited, folded_name, is_byline
from ingest.extract.field_names import role
from ingest.extract.site import Site, site
from ingest.extract.stated.linked import is_false, linked, named, names_of
from ingest.extract.time.dates import UNKNOWN, When, parse
from ingest.extract.time.times import in_local_time, printed
from ingest.extract.titles import Heading, headline
from ingest.language.text import squeeze

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate",
    "pubdate", "publish-date", "publication_date", "article.published", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "dcterms.created", "dcterms.issued", "dcterms.date", "dc.date.issued",
    "dc.date.created", "dc.date", "date", "article_date_original", "originalpublicationdate", "dc.date.published",
    "rnews:datepublished", "iso-8601-publish-date", "timestamp", "created",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "lastmodified", "article.updated", "revised",
)  # fmt: skip
_SITE = ("og:site_name", "application-name", "dc.publisher", "twitter:app:name:iphone", "article:publisher")
_AUTHORS = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "authors",
    "dcterms.creator", "og:article:author", "cxenseparse:author", "citation_author", "article:author_name",
    "article_author", "author_name", "article.author", "byline",
)  # fmt: skip
_BREAKS = frozenset("br div p h2 h3 h4 small header".split())
_UNREAD = frozenset("script style svg button noscript template img".split())
_MOST_HEADINGS = 5
_TITLES = ("og:title", "twitter:title", "parsely-title", "dc.title", "sailthru.title")


class Meta:
    """The self-description of one parsed page."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self.linked = linked(tree)
        self._metas = _metas(tree)

    def title(self, outlet: Site) -> str:
        """The headline, without kicker, section and the site's name."""
        social = next((line for name in _TITLES if (line := squeeze(html.unescape(self._meta(name))))), "")
        called = squeeze(self._tree.findtext(".//title") or "")
        stated = [line for line in (self.linked.line("headline"), social, called) if line]
        return headline(self._headings(), stated, outlet, self._sections)

    @property
    def site(self) -> str:
        """The name of the outlet, empty where the page does not say."""
        said = [self.linked.line("publisher"), *(self._meta(name) for name in _SITE)]
        return next((name for name in map(squeeze, said) if name and "://" not in name and name[0] != "@"), "")

    @property
    def published(self) -> When:
        """As the page states it, in the zone in which it prints it; else what it prints."""
        when = self._when("datePublished", _PUBLISHED, ("datePublished", "pubdate"))
        if when is None:
            return printed(self._tree, language=self.language)
        return in_local_time(when, self._tree, self._all(_PUBLISHED))

    @property
    def updated(self) -> When:
        return self._when("dateModified", _UPDATED, ("dateModified",)) or UNKNOWN

    @property
    def language(self) -> str:
        """The tag of its language, one that names the region where there is one."""
        tags = [str(self._tree.get("lang") or ""), self._meta("og:locale"), self.linked.line("inLanguage")]
        said = [tag.replace("_", "-") for tag in tags if tag]
        return next((tag for tag in said if "-" in tag and tag[:2] == said[0][:2]), said[0] if said else "")

    @property
    def summary(self) -> str:
        """What the page says that it is about, empty where it does not."""
        return squeeze(html.unescape(self._meta("description") or self._meta("og:description")))

    @property
    def addresses(self) -> list[str]:
        """The addresses that the page claims to have, in order of trust."""
        links = self._tree.xpath("//link[@rel='canonical']/@href")
        said = [*map(str, links[:5]), self._meta("og:url"), self.linked.line("url")]
        return [line for line in said if canonical(line)]

    @property
    def is_article(self) -> bool:
        """Whether the page says that it is an article."""
        return self.linked.is_article or self._meta("og:type").lower() == "article"

    @property
    def is_free(self) -> bool:
        """Whether anybody may read the whole article, as far as JSON-LD, microdata or Facebook's content tier say."""
        is_locked = self._meta("article:content_tier").lower() == "locked"
        return self.linked.is_free and not is_false(self._meta("isaccessibleforfree")) and not is_locked

    @property
    def publisher_address(self) -> str:
        """The home of the publisher that JSON-LD names, empty where it gives none."""
        publisher = self.linked.article.get("publisher")
        return named(publisher.get("url")) if isinstance(publisher, dict) else ""

    def authors(self, outlet: Site) -> tuple[str, ...]:
        """The writers: as JSON-LD says, else the meta elements, else the printed byline.

        A byline that agrees with what is stated completes it, tells how the names are spelt, and who only helped.
        """
        credited_lines = list(self._credits())
        stated = next((found for lines in credited_lines if (found := self._named(lines, outlet))), ())
        page = Printed(self._tree, stated)
        bylines = (self._named(lines, outlet) for lines in page.bylines())
        if not stated:
            return next(filter(None, bylines), ())
        known = {folded_name(name) for name in stated}
        printed = next((names for names in bylines if known & {folded_name(name) for name in names}), ())
        have = {folded_name(name) for name in printed}
        missing = [name for name in stated if folded_name(name) not in have]
        if len(stated) == 1:
            return printed or stated
        return (*printed, *(name for name in missing if not page.helped(name))) or stated

    def _named(self, lines: Iterable[str], outlet: Site) -> tuple[str, ...]:
        return authors(*lines, outlet=outlet, language=self.language)

    def outlet(self, host: str) -> Site:
        """All names that the page gives its outlet, and those in its address."""
        return site([*self.linked.outlets, *self._all(_SITE)], host)

    @property
    def agency(self) -> str | None:
        """The news agency that the page credits as a writer."""
        return credited(*self.linked.persons, *self.linked.organisations, *self._all(_AUTHORS))

    def _credits(self) -> Iterator[list[str]]:
        said = (self.linked.persons, *(self._all((name,)) for name in _AUTHORS), self._labelled())
        yield from filter(None, said)

    def _labelled(self) -> list[str]:
        """The writers in the card of a page, whose lines are told by their labels: "Written by" and "Jane Roe"."""
        cards = ((self._meta(f"twitter:label{at}"), self._meta(f"twitter:data{at}")) for at in (1, 2))
        return [
            line
            for label, line in cards
            if line and ((role(label) or ("",))[0] == "authors" or is_byline(f"{label} {line}"))
        ]

    def _meta(self, name: str) -> str:
        return next(iter(self._metas.get(name, ())), "")

    def _all(self, names: tuple[str, ...]) -> list[str]:
        return [line for name in names for line in self._metas.get(name, ())]

    def _headings(self) -> list[Heading]:
        parts = (_set_apart(head) for head in self._tree.xpath("//h1")[:_MOST_HEADINGS])
        return [Heading(found) for found in parts if found]

    @property
    def _sections(self) -> set[str]:
        said = (*self._all(("article:section", "section")), *names_of(self.linked.article.get("articleSection")))
        return {squeeze(line).casefold() for line in said}

    def _when(self, name: str, metas: tuple[str, ...], marks: tuple[str, ...]) -> When | None:
        stated = (str(self.linked.article.get(name) or ""), *(self._meta(meta) for meta in metas))
        said = chain(stated, (line for mark in marks for line in self._marked(mark)))
        language = self.language
        return next((when for line in said if line and (when := parse(line, language=language)).at), None)

    def _marked(self, mark: str) -> list[str]:
        elements = self._tree.xpath("//*[@itemprop=$mark or (self::time and @pubdate)]", mark=mark)[:3]
        return [element.get("content") or element.get("datetime") or "" for element in elements]


def _set_apart(head: Any) -> tuple[str, ...]:
    """The texts in a heading between which it has a line break, or one element right behind another."""
    parts = [""]
    for event, element in _walk(head):
        if event == "start":
            if element is not head and (element.tag in _BREAKS or _follows_element(element)):
                parts.append("")
            parts[-1] += element.text or ""
        elif element is not head:
            if element.tag in _BREAKS:
                parts.append("")
            parts[-1] += element.tail or ""
    return tuple(text for part in parts if (text := squeeze(part)))


def _walk(head: Any) -> Iterator[tuple[str, Any]]:
    from lxml.etree import iterwalk

    walk = iterwalk(head, events=("start", "end"))
    for event, element in walk:
        if element.tag in _UNREAD:
            if event == "start":
                walk.skip_subtree()
            continue
        yield event, element


def _follows_element(element: Any) -> bool:
    """Whether only space is between it and the element before it."""
    before = element.getprevious()
    return before is not None and not (before.tail or "").strip()


def _metas(tree: Any) -> dict[str, list[str]]:
    """All values of every meta element, in their order: several authors stand in several elements."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), []).append(content)
    return found
