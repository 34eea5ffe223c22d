"""Whether the service lives, whether it can answer, whether its archive is sound."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from assistant.api.observing.metrics import MEDIA_TYPE as METRICS
from assistant.api.serving.lifespan import TheLifespan, TheService
from assistant.types import Readiness
from assistant.version import version
from ingest.archive.doctor import Finding
from ingest.types import Frozen

router = APIRouter(tags=["service"])


class Health(Frozen):
    """The service is running."""

    status: str = "ok"
    service: str = "dateline"
    version: str


@router.get("/health")
async def health() -> Health:
    """The service is running."""
    return Health(version=version())


@router.get("/ready", responses={503: {"model": Readiness, "description": "Still warming up."}})
async def ready(lifespan: TheLifespan, response: Response) -> Readiness:
    """Whether the service can answer, and what its archive holds."""
    readiness = await lifespan.readiness()
    response.status_code = 200 if readiness.ready else 503
    return readiness


@router.get("/metrics", response_class=Response, responses={200: {"content": {METRICS: {}}}})
def metrics(request: Request) -> Response:
    """Counts and times of requests, answers and pages, and what the archive holds, for Prometheus."""
    return Response(request.app.state.metrics.text(), media_type=METRICS)


@router.get("/doctor")
async def doctor(service: TheService, deep: bool = False) -> list[Finding]:
    """Check that the archive is sound: the database, both search indexes, and the feeds.

    With `deep=true` every text and embedding is compared with its digest.
    """
    return await service.examine(deep=deep)
