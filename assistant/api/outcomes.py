"""What became of the pages that were read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from assistant.api.serving.lifespan import TheService
from assistant.types import OutcomeList
from ingest.status import Status
from ingest.types import Moment

router = APIRouter(tags=["ingesting"])


@router.get("/outcomes")
async def list_outcomes(
    service: TheService,
    *,
    status: Annotated[Status | None, Query(description="Only outcomes of this status.")] = None,
    since: Annotated[Moment | None, Query(description="Only outcomes since this time.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> OutcomeList:
    """What became of each page, with the reason, latest first."""
    return await service.outcomes(status=status, since=since, limit=limit, offset=offset)
