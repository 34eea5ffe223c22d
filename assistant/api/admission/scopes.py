"""What each route asks of who calls it: nothing, or a scope of a key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, get_args

from starlette.routing import compile_path

from ingest.key import Scope
from ingest.source_kind import looks_like_link

Needed = Literal["nothing"] | Scope
READING = frozenset({"GET", "HEAD", "OPTIONS"})
EVERY = ("GET", "POST", "PUT", "PATCH", "DELETE")

# A route that is not listed needs "read" if it only reads, and "write" otherwise; every route is to be listed here.
_LISTED: Mapping[Needed, str] = {
    # It holds nothing of the archive.
    "nothing": """
        GET /
        GET /web/{path:path}
        GET /health
        GET /ready
    """,
    "read": """
        POST /ask
        POST /ask/stream
        GET /llms.txt
        GET /SKILL.md
        POST /mcp
        GET /v1/models
        GET /v1/models/{model}
        POST /v1/chat/completions
        POST /v1/responses
        GET /search
        GET /conversations/{conversation_id}
        GET /conversations/{conversation_id}/export
        GET /articles
        GET /articles/{article_id}
        GET /articles/{article_id}/versions
        GET /articles/{article_id}/diff
        GET /articles/{article_id}/related
        GET /outlets
        GET /collections
        GET /metrics
        GET /openapi.json
        GET /docs
        GET /docs/oauth2-redirect
        GET /redoc
    """,
    # It changes something, sends the service out to fetch, or says what was asked and where things lie.
    "write": """
        GET /conversations
        PATCH /conversations/{conversation_id}
        DELETE /conversations/{conversation_id}
        POST /collections
        DELETE /collections
        GET /retention
        POST /retention
        DELETE /retention
        POST /articles
        DELETE /articles/{article_id}
        GET /sources
        POST /sources
        DELETE /sources
        POST /sources/stop
        POST /reindex
        POST /retry
        GET /jobs
        POST /jobs
        POST /jobs/upload
        GET /jobs/{job_id}
        DELETE /jobs/{job_id}
        GET /jobs/{job_id}/events
        POST /jobs/{job_id}/cancel
        POST /jobs/{job_id}/retry
        GET /outcomes
        GET /feeds
        POST /feeds
        DELETE /feeds
        POST /feeds/check
    """,
    # It shows the state of the service's machine, or gives access to others.
    "admin": """
        GET /doctor
        GET /keys
        POST /keys
        DELETE /keys/{key_id}
    """,
}


def _routes() -> Iterator[tuple[str, str, Needed]]:
    for needed, lines in _LISTED.items():
        for line in filter(None, map(str.strip, lines.splitlines())):
            method, template = line.split()
            yield method, template, needed


class Scopes:
    """Looks up what a request needs, by the method and path that the router sees."""

    def __init__(self) -> None:
        self._routes = {(method, template): needed for method, template, needed in _routes()}
        self._patterns: list[tuple[str, re.Pattern[str], str]] = [
            (method, compile_path(template)[0], template) for method, template, _ in _routes() if "{" in template
        ]

    @property
    def listed(self) -> frozenset[tuple[str, str]]:
        """(method, template of the path) of every route that is listed."""
        return frozenset(self._routes)

    def needed(self, method: str, path: str) -> Needed:
        template = self.template(method, path)
        if template is not None:
            return self._routes[_as_listed(method), template]
        return "read" if method in READING else "write"

    def template(self, method: str, path: str) -> str | None:
        """The path of a route, as it is listed; None for a request that leads to none."""
        asked = _as_listed(method)
        if (asked, path) in self._routes:
            return path
        return next(
            (template for listed, pattern, template in self._patterns if listed == asked and pattern.match(path)),
            None,
        )


def _as_listed(method: str) -> str:
    return "GET" if method in READING else method


def needed_to_ingest(sources: Iterable[str]) -> Scope:
    """Files and folders have the service read its own machine."""
    return "write" if all(map(looks_like_link, sources)) else "admin"


def rank(scope: Needed) -> int:
    """A scope with a higher rank may do all that one with a lower rank may."""
    return ("nothing", *get_args(Scope)).index(scope)
