"""The service's log: a line for each event, with the id of its request, and without questions or keys."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal

Form = Literal["text", "json"]

# The request that is being answered; it goes along into the tasks and threads that a request begins.
request_id: ContextVar[str] = ContextVar("request_id", default="")

requests = logging.getLogger("dateline.requests")


def configure(form: Form, *, debug: bool) -> None:
    """Send the log of this process to standard error.

    form    json also logs every request
    debug   log every request, and unexpected errors with their messages, which may hold what was asked
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines(debug=debug) if form == "text" else _JsonLines(debug=debug))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    requests.setLevel(logging.INFO if debug or form == "json" else logging.WARNING)
    # What it has to say of a request is in the line of ours; its other words are the beginning and the end.
    logging.getLogger("uvicorn").setLevel(logging.WARNING)


class _Careful(logging.Formatter):
    """Of an unexpected error, where it happened and of which kind it is.

    Its message may hold what was asked, what an article says or a key, and is shown for debugging alone.
    """

    def __init__(self, *, debug: bool) -> None:
        super().__init__("%(levelname)s %(message)s")
        self._debug = debug

    def formatException(self, ei: object) -> str:  # noqa: N802 logging's name
        assert isinstance(ei, tuple)
        error = ei[1]
        if not isinstance(error, BaseException):
            return ""
        if self._debug:
            return "".join(traceback.format_exception(error)).rstrip()
        return "\n".join(_places(error))


def _places(error: BaseException) -> list[str]:
    """Its kind and those of its causes, each with the lines of code that led there."""
    lines: list[str] = []
    seen = set[int]()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        frames = traceback.extract_tb(at.__traceback__)
        lines.append(f"{type(at).__module__}.{type(at).__qualname__}")
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return lines


class _Lines(_Careful):
    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        extra = " ".join(f"{name}={value}" for name, value in _extra(record).items())
        first, newline, rest = line.partition("\n")
        return " ".join(filter(None, (first, extra))) + newline + rest


class _JsonLines(_Careful):
    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_extra(record),
        }
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def _extra(record: logging.LogRecord) -> dict[str, object]:
    """The id of the request, and what else the one who logs has said in `extra={"of": …}`."""
    named = {"request_id": request_id.get()} if request_id.get() else {}
    return {**named, **getattr(record, "of", {})}
