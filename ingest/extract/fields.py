"""The many names under which data sets keep the parts of an article."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from ingest.extract.address import host
from ingest.extract.dates import UNKNOWN, When, from_number, parse
from ingest.extract.draft import Draft
from ingest.extract.language import day_comes_first, named
from ingest.extract.markup import as_text
from ingest.extract.names import authors
from ingest.extract.origin import agency, origin
from ingest.extract.titles import below

# In order of trust; compared without case, "_", "-", " ", ":" and ".".
TITLE = ("title", "headline", "heading", "name")
TEXT = (
    "text",
    "body",
    "content",
    "article",
    "articlebody",
    "fulltext",
    "maintext",
    "articletext",
    "bodytext",
    "story",
)
TEXT_LAST = ("description", "summary", "abstract", "lead")
URL = ("url", "link", "canonicalurl", "articleurl", "weburl", "sourceurl", "permalink", "uri")
OUTLET = (
    "source",
    "outlet",
    "publisher",
    "publication",
    "newspaper",
    "site",
    "sitename",
    "sourcename",
    "domain",
    "sourcedomain",
)
PUBLISHED = (
    "publishedat", "published", "datepublished", "publicationdate", "publishdate", "publisheddate", "publishedtime",
    "pubdate", "pubdatetime", "firstpublished", "datepublish", "date", "datetime", "timestamp",
    "time", "createdat", "created",
)  # fmt: skip
UPDATED = (
    "updatedat",
    "updated",
    "datemodified",
    "datemodify",
    "modified",
    "modifiedat",
    "lastmodified",
    "lastupdated",
)
AUTHORS = ("authors", "author", "byline", "creator", "writer")
LANGUAGE = ("language", "lang", "inlanguage")
ORIGIN = ("origin", "agency", "newsagency", "wire")
GUID = ("guid",)
KNOWN = frozenset(
    (*TITLE, *TEXT, *TEXT_LAST, *URL, *OUTLET, *PUBLISHED, *UPDATED, *AUTHORS, *LANGUAGE, *ORIGIN, *GUID)
)  # fmt: skip
_PARTS_OF_A_NAME = ("name", "title", "headline", "text", "rendered", "value", "domain", "url", "href", "id")
_DROPPED = str.maketrans("", "", "_- :.")


@lru_cache(maxsize=512)
def key(name: str) -> str:
    """A field name as it is compared."""
    return name.lower().translate(_DROPPED)


def draft(record: Mapping[str, Any], *, captured: datetime | None = None) -> Draft:
    """The parts of an article in a record, whatever they are called there."""
    fields = {key(name): value for name, value in record.items() if value not in (None, "", [], {})}
    title = as_text(_text(fields, TITLE))
    text = below(title, as_text(_text(fields, TEXT) or _text(fields, TEXT_LAST)))
    outlet = _outlet(fields)
    tag = _text(fields, LANGUAGE)
    return Draft(
        text=text,
        title=title,
        outlet=outlet,
        url=_text(fields, URL) or None,
        guid=_text(fields, GUID),
        origin=_origin(fields, text),
        authors=authors(*(name for field in AUTHORS for name in _strings(fields.get(field))), outlet=outlet),
        published=_when(fields, PUBLISHED, captured, tag),
        updated=_when(fields, UPDATED, captured, tag).at,
        language=named(tag),
    )


def _text(fields: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        if name in fields and (found := "\n\n".join(_strings(fields[name]))):
            return found
    return ""


def _strings(value: object) -> list[str]:
    """The strings in a value: itself, its items, or the part of an object that names it."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [text for item in value[:10_000] if not isinstance(item, list) for text in _strings(item)]
    if isinstance(value, dict):
        return next((found for part in _PARTS_OF_A_NAME if (found := _strings(value.get(part)))), [])
    return []


def _outlet(fields: Mapping[str, Any]) -> str:
    for name in OUTLET:
        found = " ".join(_strings(fields.get(name))[:1])
        if found:
            return host(found) or found
    return ""


def _origin(fields: Mapping[str, Any], text: str) -> str | None:
    said = _text(fields, ORIGIN)
    return agency(said) or said or origin(text)


def _when(fields: Mapping[str, Any], names: tuple[str, ...], captured: datetime | None, tag: str) -> When:
    said = UNKNOWN
    for name in names:
        when = _read(fields.get(name), captured, tag)
        if when.at:
            return when
        said = said if said.said else when
    return said


def _read(value: object, captured: datetime | None, tag: str) -> When:
    if isinstance(value, bool):
        return UNKNOWN
    if isinstance(value, int | float):
        return from_number(value)
    if isinstance(value, dict):
        value = value.get("$date") or value.get("value") or ""
        return _read(value, captured, tag) if not isinstance(value, dict) else UNKNOWN
    if not isinstance(value, str):
        return UNKNOWN
    return parse(value, captured=captured, day_first=day_comes_first(tag), language=tag)
