"""The articles of the archive: list, read, add, remove."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi import Path as PathValue

from assistant.api.runs import TheIngestingService, ended
from assistant.api.search import InCollection
from assistant.api.serving.lifespan import TheLifespan, TheService
from assistant.api.uploads import Received
from assistant.service.protocol import Ingesting
from assistant.service.uploads import MOST_BYTES
from assistant.types import Article, ArticleList, OutletList, Related, Report, Version
from ingest.extract.record.mapping import MapLine
from ingest.identity.difference import Difference
from ingest.types import ListOrder, Moment

router = APIRouter(tags=["articles"])

UPLOAD_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {},
            "example": {
                "title": "Ferry deal ends strike",
                "text": "The crews of the Blueway line voted on Friday to accept the offer.",
                "source": "Harbour Post",
                "url": "https://harbourpost.example/ferry-deal",
                "published": "2026-10-23",
            },
        },
        "text/markdown": {"schema": {"type": "string", "minLength": 1}},
        "text/html": {"schema": {"type": "string", "minLength": 1}},
    },
}

ArticleId = Annotated[str, PathValue(min_length=1, max_length=64)]


@router.get("/articles")
async def list_articles(
    *,
    service: TheService,
    q: Annotated[str, Query(max_length=200, description="Words of the title or outlet.")] = "",
    outlet: Annotated[str, Query(max_length=200, description="Only articles of this outlet.")] = "",
    collection: InCollection = None,
    order: Annotated[ListOrder, Query(description="By time of publication, or of ingestion.")] = "published",
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> ArticleList:
    """A page of the articles, latest first, undated ones last."""
    return await service.articles(
        text=q, outlet=outlet, collection=collection, order=order, limit=limit, offset=offset
    )


@router.get("/outlets")
async def list_outlets(service: TheService) -> OutletList:
    """The outlets with their number of articles, those with the most first."""
    return await service.outlets()


@router.get("/articles/{article_id}")
async def read_article(
    article_id: ArticleId,
    service: TheService,
    version: Annotated[str | None, Query(max_length=64, description="A version's digest.")] = None,
) -> Article:
    """An article in full, in its current version or an earlier one."""
    return await service.article(article_id, version or None)


@router.get("/articles/{article_id}/versions")
async def list_versions(article_id: ArticleId, service: TheService) -> tuple[Version, ...]:
    """The versions of an article, oldest first."""
    return await service.versions(article_id)


@router.get("/articles/{article_id}/diff")
async def read_difference(
    article_id: ArticleId,
    service: TheService,
    earlier: Annotated[str | None, Query(alias="from", max_length=64, description="A version's digest.")] = None,
    later: Annotated[str | None, Query(alias="to", max_length=64, description="A version's digest.")] = None,
) -> Difference:
    """What changed between two versions, by default the last two."""
    return await service.difference(article_id, earlier or None, later or None)


@router.get("/articles/{article_id}/related")
async def read_related(article_id: ArticleId, service: TheService) -> Related:
    """The copies of an article, the other articles of its story, and how many versions it has."""
    return await service.related(article_id)


@router.delete("/articles/{article_id}", status_code=204)
async def remove_article(article_id: ArticleId, service: TheService) -> None:
    """Remove an article with all its versions. A reindex does not bring it back."""
    await service.remove(article_id)


async def _uploading(
    service: TheIngestingService,
    upload: Received,
    *,
    captured_at: Annotated[
        Moment | None, Query(description="When the file was saved. Times such as “2 hours ago” are counted from it.")
    ] = None,
    mapping: Annotated[list[MapLine], Query(alias="map", max_length=100, description="As in POST /sources.")] = [],  # noqa: B006
) -> Ingesting:
    return service.ingest_stored(upload, captured=captured_at, mapping=mapping)


@router.post("/articles", max_body_size=MOST_BYTES, openapi_extra={"requestBody": UPLOAD_BODY})
async def add_articles(
    run: Annotated[Ingesting, Depends(_uploading)], lifespan: TheLifespan, request: Request
) -> Report:
    """Ingest one file, sent as the body: a JSON record, or any other kind of file that `dateline ingest` reads."""
    return await ended(run, lifespan, request)
