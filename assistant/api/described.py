"""What the description of the service says of every route: the scope that it needs, and its errors."""

from __future__ import annotations

from typing import Any

from assistant.api.admission.scopes import Scopes
from assistant.service.wire import ErrorBody

_EVERYWHERE = {
    400: "The request cannot be read.",
    401: "The token or a key is missing or wrong.",
    403: "The key may not do this, or the request comes from the page of another site.",
    421: "The Host header does not name this service.",
    422: "The request is not valid.",
    429: "Too many requests; Retry-After says when to come again.",
    431: "Too many headers, or too large ones.",
    503: "The service warms up, stops, or has too much to do; Retry-After says when to try again.",
}
_WITH_BODY = {413: "The body is too large.", 415: "The body is not of the media type."}
_BY_NAME = {404: "There is no such thing."}
_WRITING = {409: "The archive is busy.", 507: "The disk is full."}
# What may not be there is named in the body or the query.
_NAMING = ("/feeds/check", "/ask", "/ask/stream", "/search", "/articles")
_POSTED = ("/collections", "/retention")
_OTHERS_OWN = ("/v1/", "/mcp")  # protocols with errors of their own
_ERROR = {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}}


def complete(schema: dict[str, Any]) -> None:
    """Name the scope that each route needs, and every status of an error, with the one body that all errors have."""
    scopes = Scopes()
    schema["components"]["schemas"].setdefault("ErrorBody", _error_schema(schema))
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            if (needed := scopes.needed(method.upper(), path)) != "nothing":
                operation["description"] = f"{operation['description']}\n\nNeeds the {needed} scope."
            if not path.startswith(_OTHERS_OWN):
                _name(operation, _statuses(path, method, operation))


def _statuses(path: str, method: str, operation: dict[str, Any]) -> dict[int, str]:
    statuses = dict(_EVERYWHERE)
    if "requestBody" in operation:
        statuses |= _WITH_BODY
    if "{" in path or method == "delete" or path in _NAMING or (method == "post" and path in _POSTED):
        statuses |= _BY_NAME
    return statuses if method == "get" else statuses | _WRITING


def _name(operation: dict[str, Any], statuses: dict[int, str]) -> None:
    responses = operation["responses"]
    for status, description in statuses.items():
        found = responses.setdefault(str(status), {"description": description, "content": _ERROR})
        if "text/event-stream" in found.get("content", {}):  # errors are no events, even where events are the answer
            found["content"] = _ERROR
    operation["responses"] = dict(sorted(responses.items()))


def _error_schema(schema: dict[str, Any]) -> dict[str, Any]:
    made = ErrorBody.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["components"]["schemas"] |= made.pop("$defs", {})
    return made
