"""What can go wrong between a service and those who call it: its own errors, and those that crossed the wire."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.errors import ProviderError
from assistant.types import Failed
from ingest.errors import DatelineError

__all__ = ["Busy", "DatelineError", "Overdue", "Stopping", "Unreachable", "as_error", "error_of"]


class Unreachable(DatelineError):
    """There is no service there, or it has gone."""

    code = "unreachable"


class Overdue(DatelineError):
    """The service took too long to reply."""

    code = "timeout"


class Busy(DatelineError):
    """So many wait already that one more would wait too long."""

    code, http_status = "busy", 503


class Stopping(DatelineError):
    """The service ends before it could answer."""

    code, http_status = "stopping", 503


def as_error(code: str, message: str, hint: str = "") -> DatelineError:
    """The error of that code, with its exit code and status; an unknown code gives a plain DatelineError."""
    kinds = {kind.code: kind for kind in _tree(DatelineError) if "code" in vars(kind)}
    # A code that stands for several kinds of failure of the provider begins with its name.
    kind = kinds.get(code, ProviderError if code.startswith(ProviderError.code) else DatelineError)
    error = kind(message, hint)
    error.code = code
    return error


def error_of(event: Failed) -> DatelineError:
    """What a stream ended with, to be raised."""
    return as_error(event.code, event.message, event.hint)


def _tree(kind: type[DatelineError]) -> Iterator[type[DatelineError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _tree(below)
