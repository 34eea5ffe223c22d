"""Passages, ranked, without an answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import ValidationError

from assistant.api.errors import Invalid
from assistant.api.serving.lifespan import TheService
from assistant.question.said import said
from assistant.types import Filter, SearchOrder, SearchResults
from ingest.misfit import misfits
from ingest.types import CollectionName, Day, OutletName

router = APIRouter(tags=["asking"])

Outlets = Annotated[list[OutletName], Query(max_length=100, description="Only articles of these outlets.")]
Since = Annotated[Day | None, Query(description="Published on this day or later.")]
Until = Annotated[Day | None, Query(description="Published on this day or earlier.")]
InCollection = Annotated[CollectionName | None, Query(description="Only articles of this collection.")]


@router.get("/search")
async def search(
    service: TheService,
    *,
    q: Annotated[str, Query(min_length=1, max_length=2000, examples=["ferry strike"])],
    outlet: Outlets = [],  # noqa: B006 FastAPI copies it
    since: Since = None,
    until: Until = None,
    collection: InCollection = None,
    order: Annotated[SearchOrder, Query(description="The best match first, or the newest.")] = "relevance",
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> SearchResults:
    """The best passage of each article, by meaning and by words, without an answer."""
    query = said(q)
    try:
        filters = Filter(outlets=tuple(outlet), since=since, until=until, collection=collection)
    except ValidationError as exc:
        raise Invalid(misfits(exc.errors()), "/docs describes every request") from exc
    return await service.search(query, filters, limit, order)
