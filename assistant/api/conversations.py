"""Conversations: list, search, read, name, delete and export them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from assistant.api.serving.lifespan import TheService
from assistant.conversations.export import FORMS, exported
from assistant.conversations.kept import CURSOR
from assistant.types import (
    Conversation,
    ConversationId,
    ConversationList,
    ConversationSummary,
    ExportFormat,
    Renaming,
)

router = APIRouter(tags=["conversations"])

Cursor = Annotated[
    Annotated[str, Field(max_length=120, json_schema_extra={"pattern": CURSOR})] | None,
    Query(description="The `next` of the page before."),
]


def _schema(media_type: str) -> dict[str, str]:
    return {} if media_type.endswith("json") else {"type": "string"}


@router.get("/conversations")
async def list_conversations(
    service: TheService,
    q: Annotated[str, Query(max_length=200, description="Words of the name, the questions or the answers.")] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    cursor: Cursor = None,
) -> ConversationList:
    """A page of the conversations, the last asked first."""
    return await service.conversations(text=q, limit=limit, cursor=cursor)


@router.get("/conversations/{conversation_id}")
async def read_conversation(
    conversation_id: ConversationId,
    service: TheService,
    before: Annotated[int | None, Query(ge=1, le=10**9, description="Only turns of a lower number.")] = None,
    limit: Annotated[int | None, Query(ge=1, le=1000, description="Only that many turns, the latest.")] = None,
) -> Conversation:
    """The questions and answers of a conversation, oldest first, and what has become of the cited texts since."""
    return await service.conversation(conversation_id, before=before, limit=limit)


@router.patch("/conversations/{conversation_id}")
async def rename_conversation(
    conversation_id: ConversationId, request: Renaming, service: TheService
) -> ConversationSummary:
    """Name a conversation."""
    return await service.rename_conversation(conversation_id, request.title)


@router.delete("/conversations/{conversation_id}", status_code=204)
async def delete_conversation(conversation_id: ConversationId, service: TheService) -> None:
    """Delete a conversation with all its turns."""
    await service.delete_conversation(conversation_id)


@router.get(
    "/conversations/{conversation_id}/export",
    response_class=Response,
    responses={200: {"content": {form.media_type: {"schema": _schema(form.media_type)} for form in FORMS.values()}}},
)
async def export_conversation(
    conversation_id: ConversationId,
    service: TheService,
    form: Annotated[ExportFormat, Query(alias="format")] = "markdown",
) -> Response:
    """A conversation as Markdown or JSON, or the articles that it cites as CSL-JSON or BibTeX."""
    kind = FORMS[form]
    document = exported(await service.conversation(conversation_id), form)
    headers = {"Content-Disposition": f'attachment; filename="{conversation_id}{kind.suffix}"'}
    return Response(document, media_type=kind.media_type, headers=headers)
