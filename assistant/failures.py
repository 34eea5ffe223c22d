"""Errors that crossed a wire, as errors again: the code says what they were."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.errors import ProviderError
from assistant.types import Failed
from ingest.errors import DatelineError


def as_error(code: str, message: str, hint: str = "") -> DatelineError:
    """The error of that code, with its exit code and status; an unknown code gives a plain DatelineError."""
    kinds = {kind.code: kind for kind in _tree(DatelineError)}
    # A code that stands for several kinds of failure of the provider begins with its name.
    kind = kinds.get(code, ProviderError if code.startswith(ProviderError.code) else DatelineError)
    error = kind(message, hint)
    error.code = code
    return error


def error_of(failed: Failed) -> DatelineError:
    """What a stream ended with, to be raised."""
    return as_error(failed.code, failed.message, failed.hint)


def _tree(kind: type[DatelineError]) -> Iterator[type[DatelineError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _tree(below)
