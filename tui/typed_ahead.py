"""What was typed before the screen was there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

_KEY_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]{0,20}[ -/]{0,5}[@-~]|O.)?")  # ECMA-48, 5.4: arrow keys and the like
_MOST_BYTES = 4096  # what a terminal holds back


@contextmanager
def typed_ahead(terminal: int) -> Iterator[str]:
    r"""What waits at a terminal, each line that was sent ended by "\n"; keys pressed later stay what they are.

    Until a program asks for single keys a terminal turns Enter into a line feed, which is also what ctrl+j gives.
    """
    import termios
    import tty

    before = termios.tcgetattr(terminal)
    single_keys = termios.tcgetattr(terminal)
    single_keys[tty.IFLAG] &= ~termios.ICRNL
    single_keys[tty.LFLAG] &= ~(termios.ICANON | termios.ECHO)
    single_keys[tty.CC][termios.VMIN] = single_keys[tty.CC][termios.VTIME] = 0  # a read takes what there is
    try:
        termios.tcsetattr(terminal, termios.TCSANOW, single_keys)
        yield _text(os.read(terminal, _MOST_BYTES))
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)


def _text(content: bytes) -> str:
    return _KEY_SEQUENCE.sub("", content.decode("utf-8", "replace")).replace("\r", "\n")
