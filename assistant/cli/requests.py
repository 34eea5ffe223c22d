"""Requests from what was typed."""

from __future__ import annotations

from pydantic import ValidationError

from assistant.types import AskRequest, Filter, Policy, SearchOrder
from ingest.errors import SettingsError
from ingest.language.text import squeeze
from ingest.misfit import misfits


def ask_request(
    question: str,
    *,
    conversation_id: str | None = None,
    filters: Filter | None = None,
    read_filters: bool = True,
    order: SearchOrder | None = None,
    policy: Policy | None = None,
    top_k: int | None = None,
) -> AskRequest:
    """Raises SettingsError, the error of usage, when a part is not as it has to be."""
    try:
        return AskRequest(
            question=squeeze(question),
            conversation_id=conversation_id,
            filters=filters or Filter(),
            read_filters=read_filters,
            order=order,
            policy=policy,
            top_k=top_k,
        )
    except ValidationError as exc:
        raise SettingsError(
            f"this cannot be asked: {misfits(exc.errors())}", "dateline ask --help shows how"
        ) from exc
