"""One JSON record of a dump into an article, or into several where it holds several texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ingest.errors import ExtractError, NotAnArticle
from ingest.extract.decode import decode
from ingest.extract.draft import Draft, article
from ingest.extract.field_names import TEXTS, key, role
from ingest.extract.page import html
from ingest.extract.partial import BEGINNING, HEADLINE, SUMMARY
from ingest.extract.record import exported
from ingest.extract.record.fields import Fields, draft, fields, text_of
from ingest.extract.record.mapping import FieldMap, field_map, paths
from ingest.extract.record.records import records
from ingest.extract.titles import folded_title
from ingest.language.text import squeeze
from ingest.types import Article, Page

_HINT = "correct the record and ingest it again"
_TELL = "say which is which: --map title=NAME --map text=NAME"
# How NewsAPI and others say how much they leave out.
_CUT = re.compile(r"\s?(?:…|\.\.\.)?\s?\[\+?\d{1,7} char(?:acter)?s?\]\s{0,9}\Z")
_TAIL = 60
_BETWEEN_TEXTS = "|||||"  # of Multi-News
_SEVERAL = frozenset({"documents", "articles", "texts", "sourcedocuments"})
_WHOLE_SUMMARY = 1500
_SHORTEST_OF_SEVERAL = 140
_ACTIONS = frozenset({"index", "create", "update", "delete"})
_PAGE = re.compile(r"\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,9})?<(?:!doctype html|html)[\s>]", re.IGNORECASE)


def extract(page: Page) -> list[Article]:
    """The articles of a record, one for most.

    Raises ExtractError where the content is no JSON object or has no field that is known, NotAnArticle where it
    holds no text.
    """
    value = _value(page.content)
    if exported.is_exported(value):
        return [exported.extract(value)]
    mapping = field_map(page.mapping)
    found = [each for record in _records(value, mapping) for each in _articles(record, mapping, page)]
    if not found:
        raise NotAnArticle("the list is empty")
    return found


def _records(value: Any, mapping: FieldMap) -> Iterator[Mapping[str, Any]]:
    inside = records(value, mapping.fields) if isinstance(value, dict) else None
    for record in [value] if inside is None else inside:
        if not isinstance(record, dict):
            raise ExtractError(f"not a record: the JSON is {_kind(record)}, not an object", _HINT)
        yield record


def _value(content: bytes) -> Any:
    try:
        return json.loads(_text(content))
    except RecursionError as exc:
        raise ExtractError("the JSON is nested too deeply", _HINT) from exc
    except ValueError as exc:
        raise ExtractError(f"not valid JSON: {exc}", _HINT) from exc


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(content)


def _kind(value: object) -> str:
    kinds = {list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


def _articles(record: Mapping[str, Any], mapping: FieldMap, page: Page) -> Iterator[Article]:
    if mapping:
        record = mapping.applied(record)
    parts = fields(record)
    if not mapping:
        _require_known(record, parts)
    if source := _source(parts):
        yield from _of_html(source, record, page)
        return
    found = draft(record, captured=page.captured, found=parts)
    if page.told:
        partial = HEADLINE if squeeze(found.text) == squeeze(found.title) else None
        yield article(
            replace(found, url=page.told.url or found.url, claimed=page.told.foreign, partial=partial), page
        )
        return
    texts = _texts(record, found)
    for each in _several(found, texts) if len(texts) > 1 else [_told(found, parts)]:
        yield article(each, page)


def _require_known(record: Mapping[str, Any], parts: Fields) -> None:
    if len(record) == 1 and _ACTIONS & record.keys():
        raise NotAnArticle("a line for Elasticsearch, not an article")
    named = {known[0] for name in record if (known := role(name))}
    if len(record) > 1 and (named | parts.keys()).isdisjoint(("title", *TEXTS)):
        raise ExtractError(f"neither title nor text is known among the fields {paths(record)}", _TELL)


def _source(parts: Fields) -> str:
    """The source of a page that a record holds in place of a text."""
    values = [*parts.get("text", ()), *parts.get("html", ())]
    return next((each.value for each in values if isinstance(each.value, str) and _PAGE.match(each.value[:400])), "")


def _of_html(source: str, record: Mapping[str, Any], page: Page) -> Iterator[Article]:
    """The articles of the page in a record; what the record itself says of it comes first."""
    said = draft({name: value for name, value in record.items() if value != source}, captured=page.captured)
    inside = replace(page, content=source.encode(), media_type="text/html", charset="utf-8", url=said.url, mapping=())
    known = {"published": said.published.at, "published_precision": said.published.precision, "authors": said.authors}
    for each in html.extract(inside):
        yield each.model_copy(update={name: value for name, value in known.items() if value})


def _texts(record: Mapping[str, Any], found: Draft) -> list[str]:
    """The texts of a record that holds those of several articles; one where it holds one."""
    lists = [value for name, value in record.items() if key(name) in _SEVERAL and isinstance(value, list)]
    texts = next(([text for text in value if isinstance(text, str)] for value in lists), None)
    if texts is None:
        texts = [text.strip() for text in found.text.split(_BETWEEN_TEXTS)]
    texts = [text for text in texts if len(text) >= _SHORTEST_OF_SEVERAL]
    return texts if len(texts) > 1 else [found.text]


def _several(found: Draft, texts: list[str]) -> Iterator[Draft]:
    """An article of each text; title and address would be those of all together, and are of none."""
    for text in texts:
        yield Draft(text=text, outlet=found.outlet, published=found.published, language=found.language)


def _told(found: Draft, parts: Fields) -> Draft:
    """The article without what marks where it was cut, and with a word that it was."""
    title = _without_outlet(found.title, found.outlet)
    text = found.text.rstrip()
    text = text[:-_TAIL] + _CUT.sub("", text[-_TAIL:])
    if not text.strip() and title and found.url:
        return replace(found, title=title, text=title, partial=HEADLINE)
    summary = text_of(parts)[1] and len(text) < _WHOLE_SUMMARY
    why = BEGINNING if text != found.text.rstrip() else SUMMARY if summary else None
    return replace(found, title=title, text=text, partial=why)


def _without_outlet(title: str, outlet: str) -> str:
    """The title without the name of its outlet, which data sets add at its end: "Bridge reopens - City Paper"."""
    head, mark, tail = title.rpartition(" - ") if " - " in title else title.rpartition(" | ")
    return head.rstrip() if mark and head.strip() and outlet and folded_title(tail) == folded_title(outlet) else title
