"""The error contract: every refusal is `{"error": {code, message, hint, request_id}}`."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import Scope

from assistant.api.openai.failure import PREFIX, Failure, failure
from assistant.service.wire import ErrorBody, Problem
from ingest.database.engines.disk import of_server
from ingest.errors import EXIT_USAGE, DatelineError
from ingest.language.text import squeeze
from ingest.misfit import misfits, where

log = logging.getLogger("dateline")

TOO_LARGE = "send less at once, or save it to a file on the service's machine and ingest that with POST /sources"
_CODES = {
    400: ("bad_request", "send JSON as /docs describes"),
    404: ("not_found", "/docs lists all routes"),
    405: ("method_not_allowed", "/docs lists all routes"),
    413: ("too_large", TOO_LARGE),
    415: ("media_type", "send JSON as /docs describes"),
}


class Invalid(DatelineError):
    """A request that is well-formed and cannot be meant."""

    code, http_status, exit_code = "invalid", 422, EXIT_USAGE


class NotReady(DatelineError):
    """The service is still warming up."""

    code, http_status = "not_ready", 503


class Left(DatelineError):
    """Who sent the request went away before its body had come."""

    code, http_status = "abandoned", 400


class Refused(DatelineError):
    """Who asks may not do this."""

    def __init__(self, status: int, code: str, message: str, hint: str, *, retry_after: int | None = None) -> None:
        super().__init__(message, hint)
        self.http_status, self.code, self.retry_after = status, code, retry_after


def refusal(
    scope: Scope, status: int, code: str, message: str, hint: str = "", *, param: str | None = None
) -> JSONResponse:
    """The response for an error; it never echoes what was sent. Under /v1 it has the form of that protocol."""
    request_id = scope.get("state", {}).get("request_id", "")
    message, hint = squeeze(message), squeeze(hint)
    body: ErrorBody | Failure
    if scope["path"].startswith(PREFIX):
        status = 400 if status == 422 else status
        body = failure(status, code, message, hint, param)
    else:
        body = ErrorBody(error=Problem(code=code, message=message, hint=hint, request_id=request_id))
    headers = {"X-Request-ID": request_id, "Cache-Control": "no-store"}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status == 503:
        headers["Retry-After"] = "1"
    return JSONResponse(body.model_dump(), status, headers)


def refuse(scope: Scope, exc: DatelineError) -> JSONResponse:
    """The response for one of our own errors."""
    response = refusal(scope, exc.http_status, exc.code, exc.message, exc.hint)
    if isinstance(exc, Refused) and exc.retry_after is not None:
        response.headers["Retry-After"] = str(exc.retry_after)
    return response


def install(app: FastAPI) -> None:
    """Make every error of the app keep the contract."""
    app.add_exception_handler(DatelineError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _left)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(Exception, _unexpected)


async def _ours(request: Request, exc: Any) -> JSONResponse:
    return refuse(request.scope, exc)


async def _left(request: Request, exc: Any) -> JSONResponse:
    return refuse(request.scope, Left("the body did not come to its end"))


async def _invalid(request: Request, exc: Any) -> JSONResponse:
    """What does not fit; the values stay out, they may not even be encodable."""
    problems = exc.errors()
    message, param = _encodable(misfits(problems)), _encodable(where(problems[0]))
    return refusal(request.scope, 422, "invalid", message, "/docs describes every request", param=param or None)


async def _http(request: Request, exc: Any) -> JSONResponse:
    code, hint = _CODES.get(exc.status_code, ("error", ""))
    response = refusal(request.scope, exc.status_code, code, str(exc.detail), hint)
    response.headers.update(exc.headers or {})
    return response


async def _database(request: Request, exc: Any) -> JSONResponse:
    ours = of_server(exc)
    if ours is None:
        return await _unexpected(request, exc)
    log.error("request %s failed: %s", request.scope.get("state", {}).get("request_id"), ours)
    return refuse(request.scope, ours)


async def _unexpected(request: Request, exc: Exception) -> JSONResponse:
    log.error("request %s failed", request.scope.get("state", {}).get("request_id"), exc_info=exc)
    return refusal(request.scope, 500, "internal", "an unexpected error in the service", "see its log")


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
