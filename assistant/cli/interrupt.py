"""Ctrl-C and its kin: the first asks to stop at a good place, the second ends the process."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Self

from ingest.errors import EXIT_INTERRUPTED

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_SHOW_CURSOR = "\x1b[?25h"


class Interrupt:
    """In a `with`, tells whether somebody asked to stop. The archive survives being killed at any time.

    One inside another asks the outer one, too.
    """

    def __init__(self, told: Callable[[], None] = lambda: None) -> None:
        self._told = told
        self._asked = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._take) for number in _SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def asked(self) -> bool:
        return self._asked

    def _take(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked:
            if sys.stderr.isatty():
                os.write(sys.stderr.fileno(), _SHOW_CURSOR.encode())
            os._exit(EXIT_INTERRUPTED)
        self._asked = True
        for handler in self._before.values():
            if isinstance(around := getattr(handler, "__self__", None), Interrupt):
                around._asked = True
        self._told()


@contextmanager
def ending_as_by_ctrl_c() -> Iterator[None]:
    """Let SIGTERM, and the end of the terminal, undo what is half done and end the command."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    heard = [number for number, handler in before.items() if handler != signal.SIG_IGN]  # as under nohup
    for number in heard:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, before[number])
