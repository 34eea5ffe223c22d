"""What the service and its clients agree on beyond the types: refusals, paths, server-sent events."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from pydantic import ConfigDict, ValidationError

from ingest.types import Frozen

MAX_EVENT = 32 * 1024 * 1024


class Problem(Frozen):
    """What went wrong and what to do about it.

    code        names the error for programs
    request_id  the id of the request in the service's log
    """

    model_config = ConfigDict(extra="ignore")

    code: str
    message: str
    hint: str = ""
    request_id: str = ""


class ErrorBody(Frozen):
    """The body of every error."""

    error: Problem


class EventTooLarge(ValueError):
    """An event that never ends: the other side is broken or hostile."""


def problem_of(status: int, body: bytes) -> Problem:
    """The service's own words for an error, or the bare status where it has none."""
    try:
        return ErrorBody.model_validate_json(body).error
    except ValidationError:
        return Problem(code="", message=f"the service answered with status {status}", hint="see its log")


def article_path(article_id: str) -> str:
    return f"/articles/{quote(article_id, safe='')}"


def conversation_path(conversation_id: str) -> str:
    return f"/conversations/{quote(conversation_id, safe='')}"


def job_path(job_id: str) -> str:
    return f"/jobs/{quote(job_id, safe='')}"


class EventData:
    """Puts the data of server-sent events (WHATWG HTML, section 9.2) together, wherever the bytes were cut.

    Only LF and CR LF end a line here: JSON escapes both, and everything else that Python's `splitlines` takes
    for a line end may stand inside a JSON string.
    """

    def __init__(self) -> None:
        self._pending = bytearray()
        self._data: list[bytes] = []

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The data of the events that end in this chunk."""
        self._pending += chunk
        if b"\n" in chunk:
            *whole, rest = bytes(self._pending).split(b"\n")
            self._pending = bytearray(rest)
            for line in whole:
                yield from self._take(line.removesuffix(b"\r"))
        if len(self._pending) > MAX_EVENT:
            raise EventTooLarge(f"an event of more than {MAX_EVENT} bytes")

    def _take(self, line: bytes) -> Iterator[bytes]:
        if line.startswith(b"data:"):
            self._data.append(line[5:].removeprefix(b" "))
        elif not line and self._data:
            yield b"\n".join(self._data)
            self._data.clear()
