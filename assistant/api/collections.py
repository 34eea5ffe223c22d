"""Collections: names for sets of articles, sources and feeds that a question can be limited to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from assistant.api.serving.lifespan import TheService
from assistant.types import Collection, CollectionChange

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
async def remove_collection(service: TheService, name: Annotated[str, Query(min_length=1, max_length=100)]) -> None:
    """Forget a collection. Its articles stay."""
    await service.remove_collection(name)
