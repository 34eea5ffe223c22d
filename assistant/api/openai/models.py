"""GET /v1/models: the one model that answers from the archive."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter

from assistant.api.openai.failure import Failure
from assistant.api.openai.given import MODEL, require_model
from ingest.types import Frozen

router = APIRouter(tags=["OpenAI-compatible"])

_CREATED = 1_790_000_000  # when there was such a model first, in seconds since 1970; it means nothing


class Model(Frozen):
    """A model, as the protocol has it."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = _CREATED
    owned_by: str = "dateline"


class ModelList(Frozen):
    """The models."""

    object: Literal["list"] = "list"
    data: tuple[Model, ...] = (Model(),)


_NONE: dict[int | str, dict[str, Any]] = {404: {"model": Failure, "description": "There is no such model."}}


@router.get("/v1/models")
async def list_models() -> ModelList:
    """The models that answer: Dateline itself, whoever writes its sentences."""
    return ModelList()


@router.get("/v1/models/{model}", responses=_NONE)
async def read_model(model: str) -> Model:
    """A model by its id."""
    require_model(model)
    return Model()
