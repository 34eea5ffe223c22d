"""Keys for the service: list, create and revoke them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as PathValue

from assistant.api.serving.lifespan import TheService
from assistant.types import KeyRequest
from ingest.key import Key, NewKey

router = APIRouter(tags=["service"])


@router.get("/keys")
async def list_keys(service: TheService) -> tuple[Key, ...]:
    """The keys, without their secrets, oldest first."""
    return await service.keys()


@router.post("/keys", status_code=201)
async def create_key(request: KeyRequest, service: TheService) -> NewKey:
    """Create a key. Its secret is in this response and nowhere else."""
    return await service.create_key(request)


@router.delete("/keys/{key_id}")
async def revoke_key(key_id: Annotated[str, PathValue(min_length=1, max_length=64)], service: TheService) -> Key:
    """Revoke a key, from this moment on."""
    return await service.revoke_key(key_id)
