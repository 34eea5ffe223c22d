"""What a web page says about itself: JSON-LD of schema.org, meta elements, and its title."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from ingest.extract.address import canonical
from ingest.extract.bylines import Printed
from ingest.extract.dates import UNKNOWN, When, parse
from ingest.extract.linked import linked, named
from ingest.extract.names import authors, credited, folded
from ingest.extract.times import in_local_time, printed
from ingest.text import squeeze

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
    "dcterms.creator",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "parsely-title", "dc.title", "sailthru.title")


class Meta:
    """The self-description of one parsed page."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self.linked = linked(tree)
        self._metas = _metas(tree)

    @property
    def title(self) -> str:
        """The headline; what the page is called for its browser comes last."""
        return next((line for line in self._titles() if line), "")

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
    def publisher_address(self) -> str:
        """The home of the publisher that JSON-LD names, empty where it gives none."""
        publisher = self.linked.article.get("publisher")
        return named(publisher.get("url")) if isinstance(publisher, dict) else ""

    def authors(self, outlet: str) -> tuple[str, ...]:
        """The writers: as JSON-LD says, else the meta elements, else the printed byline.

        A byline that agrees with what is stated completes it, tells how the names are spelt, and who only helped.
        """
        credited_lines = list(self._credits())
        stated = next((found for lines in credited_lines if (found := authors(*lines, outlet=outlet))), ())
        page = Printed(self._tree, stated)
        bylines = (authors(*lines, outlet=outlet) for lines in page.bylines(sure=bool(credited_lines) and not stated))
        if not stated:
            return next(filter(None, bylines), ()) or authors(*self.linked.organisations, outlet=outlet)
        known = {folded(name) for name in stated}
        printed = next((names for names in bylines if known & {folded(name) for name in names}), ())
        have = {folded(name) for name in printed}
        missing = [name for name in stated if folded(name) not in have]
        if len(stated) == 1:
            return printed or stated
        return (*printed, *(name for name in missing if not page.helped(name))) or stated

    @property
    def agency(self) -> str | None:
        """The news agency that the page credits as a writer."""
        return credited(*self.linked.persons, *self.linked.organisations, *self._all(_AUTHORS))

    def _credits(self) -> Iterator[list[str]]:
        said = (self.linked.persons, *(self._all((name,)) for name in _AUTHORS))
        yield from filter(None, said)

    def _meta(self, name: str) -> str:
        return next(iter(self._metas.get(name, ())), "")

    def _all(self, names: tuple[str, ...]) -> list[str]:
        return [line for name in names for line in self._metas.get(name, ())]

    def _titles(self) -> Iterator[str]:
        if head := self._head():
            yield head
        yield self.linked.line("headline")
        for name in _TITLES:
            yield squeeze(html.unescape(self._meta(name)))
        yield squeeze(self._tree.findtext(".//title") or "")

    def _head(self) -> str:
        """The only <h1>, where it has words in common with what the page is called: it may be a logo."""
        heads = [squeeze(" ".join(head.itertext())) for head in self._tree.xpath("//h1")[:2]]
        if len(heads) != 1 or len(heads[0].split()) < 3:
            return ""
        called = f"{self.linked.line('headline')} {self._tree.findtext('.//title') or ''}"
        ours = _words(heads[0]) - _words(self.site)
        return heads[0] if ours & _words(called) else ""

    def _when(self, name: str, metas: tuple[str, ...], marks: tuple[str, ...]) -> When | None:
        stated = (str(self.linked.article.get(name) or ""), *(self._meta(meta) for meta in metas))
        said = chain(stated, (line for mark in marks for line in self._marked(mark)))
        language = self.language
        return next((when for line in said if line and (when := parse(line, language=language)).at), None)

    def _marked(self, mark: str) -> list[str]:
        elements = self._tree.xpath("//*[@itemprop=$mark or (self::time and @pubdate)]", mark=mark)[:3]
        return [element.get("content") or element.get("datetime") or "" for element in elements]


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3 or not word.isascii()}


def _metas(tree: Any) -> dict[str, list[str]]:
    """All values of every meta element, in their order: several authors stand in several elements."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), []).append(content)
    return found
