"""A record that `dateline export` wrote: an article as an archive had it, with where it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, ValidationError

from ingest.errors import ExtractError
from ingest.language.text import clean, squeeze
from ingest.misfit import misfits
from ingest.types import Article, Frozen, Page

MARK = "dateline"  # the first field of such a record; its value is the kind of record
ARTICLE = "article"
_BEGINNING = b'{"dateline":"article"'
_ID = re.compile(r"[0-9a-f]{16}")
_HINT = "export it again, or ingest the sources"


class ExportedOutcome(Frozen):
    """A page that the article came from.

    page  digest of its content
    """

    source: Annotated[str, Field(max_length=4096)]
    item: Annotated[str, Field(max_length=1000)] = ""
    number: Annotated[int, Field(ge=0, le=10**6)] = 0
    page: Annotated[str, Field(pattern="^[0-9a-f]{0,64}$")]
    status: Literal["added", "updated", "unchanged", "copy"]
    reason: str = ""
    title: str = ""
    at: AwareDatetime


class ExportedArticle(Article):
    """One version of an article.

    seen      when the archive got this version
    version   digest of title and text
    outcomes  the pages that last gave this version
    """

    dateline: Literal["article"] = "article"
    seen: AwareDatetime
    version: str
    outcomes: tuple[ExportedOutcome, ...] = ()


def is_exported(record: object) -> bool:
    return isinstance(record, Mapping) and record.get(MARK) == ARTICLE and "version" in record


def extract(record: Mapping[str, Any]) -> Article:
    """The article of a record, cleaned as one from elsewhere is. Raises ExtractError where it is not as exported."""
    found = _read(record)
    own = {name: getattr(found, name) for name in Article.model_fields}
    return Article.model_validate({**own, "title": squeeze(found.title), "text": clean(found.text)})


def exported_in(page: Page) -> ExportedArticle | None:
    """The record of a page that `dateline export` wrote; None for every other page."""
    if not page.content.replace(b" ", b"", 2).startswith(_BEGINNING):
        return None
    try:
        return ExportedArticle.model_validate_json(page.content)
    except ValidationError:
        return None


def _read(record: Mapping[str, Any]) -> ExportedArticle:
    try:
        found = ExportedArticle.model_validate(record)
    except ValidationError as exc:
        raise ExtractError(f"not as dateline export writes it: {misfits(exc.errors())}", _HINT) from exc
    if not _ID.fullmatch(found.id) or found.version != found.digest:
        raise ExtractError("not as dateline export wrote it: title, text or id were changed", _HINT)
    return found
