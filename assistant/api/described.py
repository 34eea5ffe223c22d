"""What the description of the service says of every route: the scope that it needs, and its errors."""

from __future__ import annotations

from typing import Any

from assistant.api.admission.scopes import Scopes
from assistant.api.openai.failure import PREFIX, Failure
from assistant.service.wire import ErrorBody

_EVERYWHERE = {
    400: "The request cannot be read.",
    401: "The token or a key is missing or wrong.",
    403: "The key may not do this, or the request comes from the page of another site.",
    421: "The Host header does not name this service.",
    422: "The request is not valid.",
    429: "Too many requests; Retry-After says when to try again.",
    431: "Too many headers, or too large ones.",
    503: "The service warms up, stops, or has too much to do; Retry-After says when to try again.",
}
_WITH_BODY = {413: "The body is too large.", 415: "The body is not of the media type."}
_BY_NAME = {404: "There is no such thing."}
_WRITING = {409: "The archive is busy.", 507: "The disk is full."}
# What may not be there is named in the body or the query.
_NAMING = ("/feeds/check", "/ask", "/ask/stream", "/search", "/articles")
_POSTED = ("/collections", "/retention")
_KEY = {"type": "http", "scheme": "bearer", "description": "The service's token, or a key of `dateline keys create`."}

# What a route answers that streams, or may do so: an event each, as in the data types of OpenAPI 3.2.
STREAMED: dict[str, Any] = {
    "content": {
        "text/event-stream": {
            "itemSchema": {
                "type": "object",
                "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
                "required": ["data"],
            }
        }
    }
}


def complete(schema: dict[str, Any], *, without_key: bool) -> None:
    """Name the scope that each route needs, and every status of an error, with the one body that all errors have.

    without_key  whether some are let in without a key: those on this machine
    """
    scopes = Scopes()
    schema["components"]["securitySchemes"] = {"key": _KEY}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            if (needed := scopes.needed(method.upper(), path)) != "nothing":
                operation["description"] = f"{operation['description']}\n\nNeeds the {needed} scope."
                operation["security"] = [*([{}] if without_key else []), {"key": []}]
            _name(operation, _statuses(path, method, operation), Failure if path.startswith(PREFIX) else ErrorBody)


def _statuses(path: str, method: str, operation: dict[str, Any]) -> dict[int, str]:
    statuses = dict(_EVERYWHERE)
    if "requestBody" in operation:
        statuses |= _WITH_BODY
    if "{" in path or method == "delete" or path in _NAMING or (method == "post" and path in _POSTED):
        statuses |= _BY_NAME
    if path.startswith(PREFIX):
        statuses.pop(422)  # its protocol has 400 for all that is not valid
    return statuses if method == "get" else statuses | _WRITING


def _name(operation: dict[str, Any], statuses: dict[int, str], body: type[ErrorBody | Failure]) -> None:
    error = {"application/json": {"schema": {"$ref": f"#/components/schemas/{body.__name__}"}}}
    responses = operation["responses"]
    if 422 not in statuses:
        responses.pop("422", None)
    for status, description in statuses.items():
        found = responses.setdefault(str(status), {"description": description, "content": error})
        if "text/event-stream" in found.get("content", {}):  # errors are no events, even where events are the answer
            found["content"] = error
    operation["responses"] = dict(sorted(responses.items()))
