"""One JSON record of a dump into an article."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ingest.errors import ExtractError
from ingest.extract.decode import decode
from ingest.extract.draft import article
from ingest.extract.fields import TEXT, TEXT_LAST, TITLE, draft, key
from ingest.extract.mapping import field_map
from ingest.types import Article, Page

_WRAPPERS = ("article", "_source", "data", "doc", "document", "item", "post")
_HINT = "correct the record and take it in again"


def extract(page: Page) -> Article:
    """The article of a record.

    Raises ExtractError where the content is no JSON object or has no field that is known, NotAnArticle where it
    holds no text.
    """
    record = _record(page.content)
    if page.mapping:
        record = field_map(page.mapping).applied(record)
    else:
        record = _unwrapped(record)
        _require_known(record)
    found = draft(record, captured=page.captured)
    return article(replace(found, claimed=page.told is not None and page.told.foreign), page)


def _record(content: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(_text(content))
    except RecursionError as exc:
        raise ExtractError("the JSON is nested too deeply", _HINT) from exc
    except ValueError as exc:
        raise ExtractError(f"not valid JSON: {exc}", _HINT) from exc
    if not isinstance(value, dict):
        raise ExtractError(f"not a record: the JSON is {_kind(value)}, not an object", _HINT)
    return value


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(content)


def _kind(value: object) -> str:
    kinds = {list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


def _unwrapped(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record itself, or the one object inside it that holds the article."""
    if any(key(name) in TITLE for name in record):
        return record
    for name in _WRAPPERS:
        inner = record.get(name)
        if isinstance(inner, dict) and any(key(part) in (*TITLE, *TEXT) for part in inner):
            return inner
    return record


def _require_known(record: Mapping[str, Any]) -> None:
    if len(record) > 1 and not {key(name) for name in record} & {*TITLE, *TEXT, *TEXT_LAST}:
        names = ", ".join(str(name)[:40] for name in list(record)[:20])
        hint = "say which is which: --map title=NAME --map text=NAME"
        raise ExtractError(f"neither title nor text is known among the fields {names}", hint)
