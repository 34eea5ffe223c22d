"""Collections, which are names for sets of articles, and how long articles are kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from assistant.api.serving.lifespan import TheService
from assistant.types import Collection, CollectionChange, Retention, RetentionKind, RetentionRequest
from ingest.types import CollectionName

router = APIRouter(tags=["articles"])


@router.get("/collections")
async def list_collections(service: TheService) -> tuple[Collection, ...]:
    """The collections by name, each with its members and how many articles it holds."""
    return await service.collections()


@router.post("/collections")
async def change_collection(request: CollectionChange, service: TheService) -> Collection:
    """Make a collection or change its members."""
    return await service.change_collection(request)


@router.delete("/collections", status_code=204)
async def remove_collection(service: TheService, name: CollectionName) -> None:
    """Forget a collection. Its articles stay."""
    await service.remove_collection(name)


@router.get("/retention")
async def list_retention(service: TheService) -> tuple[Retention, ...]:
    """The sources, feeds and collections whose articles are kept for a limited time.

    Each has the number of articles that the next run drops because of it.
    """
    return await service.retention()


@router.post("/retention")
async def set_retention(request: RetentionRequest, service: TheService) -> Retention:
    """Keep the articles of a source, feed or collection for a number of days.

    The end of each run drops those that are older, with an outcome for each. An article stays if a conversation cites
    it, if a collection names it, or if it was also read from a place that keeps it longer.
    """
    return await service.set_retention(request)


@router.delete("/retention", status_code=204)
async def end_retention(
    service: TheService, kind: RetentionKind, value: Annotated[str, Query(min_length=1, max_length=4096)]
) -> None:
    """Keep the articles of a source, feed or collection for good again."""
    await service.end_retention(kind, value)
