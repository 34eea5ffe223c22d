"""Errors as the OpenAI protocol has them."""

from __future__ import annotations

from assistant.service.errors import error_of
from assistant.types import Failed
from ingest.types import Frozen

PREFIX = "/v1/"
_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}


class Error(Frozen):
    """What went wrong and what to do about it.

    type   the kind of error, after its status
    param  the field of the request that it is about
    code   names the error for programs
    """

    message: str
    type: str
    param: str | None = None
    code: str


class Failure(Frozen):
    """The body of every error under /v1."""

    error: Error


def failure(status: int, code: str, message: str, hint: str, param: str | None = None) -> Failure:
    kind = _TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
    told = f"{message} - {hint}" if hint else message
    return Failure(error=Error(message=told, type=kind, param=param, code=code))


def failure_of(event: Failed) -> Failure:
    """What a stream ended with."""
    return failure(error_of(event).http_status, event.code, event.message, event.hint)
