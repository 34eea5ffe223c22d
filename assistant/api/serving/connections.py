"""Connections within limits: what uvicorn's own settings leave open of time, number and size."""

from __future__ import annotations

import resource
from http import HTTPStatus
from time import monotonic
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.api.guard import HEAD_BYTES
from assistant.service.wire import ErrorBody, Problem

HEAD_SECONDS = 10.0  # for the headers of a request, and for a connection to say anything at all
BODY_SECONDS, BODY_PACE = (
    20.0,
    10_000,
)  # for a body, and a second more for so many bytes, as in Apache's mod_reqtimeout
ACCEPTED_AT_ONCE = 32
_MOST, _FEWEST = 1000, 16
_FILES_WANTED = 8192
_FILES_OF_OURS = 96  # the archive, its indexes, the processes that read pages, the calls to a chat model
_YOUNG_SECONDS = 2.0
_FULL = Problem(code="busy", message="the service has too many connections", hint="try again in a moment")
_CUT = Problem(code="bad_request", message="this is no HTTP request, or its headers are too large")


def most_connections() -> int:
    """How many this process can hold open beside its files, after raising its limit as far as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES_WANTED if hard == resource.RLIM_INFINITY else min(hard, _FILES_WANTED)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    room = _MOST if soft == resource.RLIM_INFINITY else soft - _FILES_OF_OURS - ACCEPTED_AT_ONCE
    return max(_FEWEST, min(_MOST, room))


class Connection(H11Protocol):
    """A connection whose request has to arrive in time; uvicorn's `limit_concurrency` says how many there may be.

    When there are more, the one that has waited longest for its request makes room. The clock is not the loop's own,
    which says the same millisecond for all that come at once.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.limit_concurrency, self._most = None, self.config.limit_concurrency or _MOST
        self._since = self._looked = monotonic()
        self._received = 0
        self._in_body = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if len(self.connections) > self._most and not self._make_room():
            self._refuse(503, _FULL)

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        super().data_received(data)
        if self._in_body is not (in_body := self.conn.their_state is h11.SEND_BODY):
            self._in_body, self._received = in_body, 0
            self._begin()

    def on_response_complete(self) -> None:
        self._begin()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """For what is no request, or has headers of more bytes than are read."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self._refuse(431 if self.conn.trailing_data[0][HEAD_BYTES:] else 400, _CUT)
        self.transport.close()

    def look(self, now: float) -> None:
        """Close it if its request is overdue at this moment of the monotonic clock. To be called every second or so.

        Time in which the service does not read what was sent does not count.
        """
        if self.flow.read_paused:
            self._since += now - self._looked
        self._looked = now
        if self.waits and now > self._since + self._allowed:
            self.transport.abort()

    @property
    def waits(self) -> bool:
        """Whether the rest of its request, or the next one, is yet to come."""
        return self.conn.their_state in (h11.IDLE, h11.SEND_BODY)

    @property
    def _allowed(self) -> float:
        return BODY_SECONDS + self._received / BODY_PACE if self._in_body else HEAD_SECONDS

    def _begin(self) -> None:
        self._since = monotonic()

    def _make_room(self) -> bool:
        """Close the connection that waits longest, idle ones and those without headers first."""
        now = monotonic()
        others = [one for one in self.connections if isinstance(one, Connection) and one is not self and one.waits]
        slow = [one for one in others if not one._in_body or now - one._since > _YOUNG_SECONDS]
        if not slow:
            return False
        oldest = min(slow, key=lambda one: (one._in_body, one._since))
        self.connections.discard(oldest)
        oldest.transport.abort()
        return True

    def _refuse(self, status: int, problem: Problem) -> None:
        body = ErrorBody(error=problem).model_dump_json().encode()
        headers = [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("Connection", "close"),
            *([("Retry-After", "1")] if status == 503 else []),
        ]
        head = h11.Response(status_code=status, headers=headers, reason=HTTPStatus(status).phrase)
        for event in (head, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
