"""The articles of the archive: list, read, add, remove."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi import Path as PathValue

from assistant.api.errors import Invalid
from assistant.api.jobs import Job
from assistant.api.service import TheDesk, TheService
from assistant.difference import Difference
from assistant.types import Article, ArticleList, OutletList, Related, Report, Version
from assistant.uploads import MOST_BYTES, upload_name
from ingest.errors import NotFound
from ingest.types import ListOrder, Moment

router = APIRouter(tags=["articles"])

_UPLOAD_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {"type": "object"},
            "example": {
                "title": "Ferry deal ends strike",
                "text": "The crews of the Blueway line voted on Friday to accept the offer.",
                "source": "Harbour Post",
                "url": "https://harbourpost.example/ferry-deal",
                "published": "2026-10-23",
            },
        },
        "text/markdown": {"schema": {"type": "string"}},
        "text/html": {"schema": {"type": "string"}},
    },
}

ArticleId = Annotated[str, PathValue(min_length=1, max_length=64)]


@router.get("/articles")
def list_articles(
    *,
    desk: TheDesk,
    q: Annotated[str, Query(max_length=200, description="Words of the title or outlet.")] = "",
    outlet: Annotated[str, Query(max_length=200, description="Only articles of this outlet.")] = "",
    order: Annotated[ListOrder, Query(description="By time of publication, or of ingestion.")] = "published",
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> ArticleList:
    """A page of the articles, latest first, undated ones last."""
    return desk.articles(text=q, outlet=outlet, order=order, limit=limit, offset=offset)


@router.get("/outlets")
def list_outlets(desk: TheDesk) -> OutletList:
    """The outlets with their number of articles, those with the most first."""
    return desk.outlets()


@router.get("/articles/{article_id}")
def read_article(
    article_id: ArticleId,
    desk: TheDesk,
    version: Annotated[str | None, Query(max_length=64, description="A version's digest.")] = None,
) -> Article:
    """An article in full, in its current version or an earlier one."""
    return desk.article(article_id, version or None)


@router.get("/articles/{article_id}/versions")
def list_versions(article_id: ArticleId, desk: TheDesk) -> tuple[Version, ...]:
    """The versions of an article, oldest first."""
    found = desk.versions(article_id)
    if not found:
        raise NotFound(f"there is no article {article_id}", "GET /articles lists what there is")
    return found


@router.get("/articles/{article_id}/diff")
def read_difference(
    article_id: ArticleId,
    desk: TheDesk,
    earlier: Annotated[str | None, Query(alias="from", max_length=64, description="A version's digest.")] = None,
    later: Annotated[str | None, Query(alias="to", max_length=64, description="A version's digest.")] = None,
) -> Difference:
    """What changed between two versions, by default the last two."""
    return desk.difference(article_id, earlier or None, later or None)


@router.get("/articles/{article_id}/related")
def read_related(article_id: ArticleId, desk: TheDesk) -> Related:
    """The copies of an article, the other articles of its story, and how many versions it has."""
    return desk.related(article_id)


@router.delete("/articles/{article_id}", status_code=204)
def remove_article(article_id: ArticleId, desk: TheDesk) -> None:
    """Remove an article with all its versions. A reindex does not bring it back.

    Needs the token if DATELINE_TOKEN is set.
    """
    desk.remove(article_id)


async def _uploading(
    request: Request,
    desk: TheDesk,
    service: TheService,
    *,
    name: Annotated[
        str, Query(max_length=500, description="The name of the file. Its suffix tells the format.")
    ] = "",
    captured_at: Annotated[
        Moment | None, Query(description="When the file was saved. Times such as “2 hours ago” are counted from it.")
    ] = None,
    mapping: Annotated[list[str], Query(alias="map", max_length=100, description="As in POST /sources.")] = [],  # noqa: B006
) -> Job:
    content = await request.body()
    if not content:
        raise Invalid("the body is empty", "send the bytes of one file")
    given = upload_name(name, request.headers.get("content-type", ""))
    return service.jobs.start(
        lambda emit, stop: desk.ingest_upload(
            content, given, captured=captured_at, mapping=tuple(mapping), emit=emit, stop=stop
        )
    )


@router.post("/articles", max_body_size=MOST_BYTES, openapi_extra={"requestBody": _UPLOAD_BODY})
async def add_articles(job: Annotated[Job, Depends(_uploading)], request: Request) -> Report:
    """Ingest one file, sent as the body: a JSON record, or any other kind of file that `dateline ingest` reads.

    Needs the token if DATELINE_TOKEN is set.
    """
    return await job.report(request)
