"""Mailboxes in the mbox form: every message is a page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from ingest.sources.place import Limits, Place, too_long
from ingest.types import Outcome, Page

MESSAGE = "message/rfc822"
# "From ", who sent it, and a time: the line above each message, after RFC 4155. Not every program puts a blank line
# before it or quotes such a line in a text, but below it a message begins, with a field of its head (RFC 5322).
_FROM = re.compile(rb"From [^\r\n]{0,300}?\d{1,2}:\d{2}(?::\d{2})?[^\r\n]{0,40}?\d{4}[ \t]*\r?(?:\n|$)")
_FIELD = re.compile(rb"[!-9;-~]{1,200}:|>?From ")
_QUOTED = re.compile(rb">+From ")
_LONGEST_LINE = 1 << 16


def is_mailbox(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a mailbox."""
    return _FROM.match(head) is not None


def messages(stream: io.BufferedReader, place: Place, limits: Limits) -> Iterator[Page | Outcome]:
    """The messages of a mailbox, counted from 1; one at a time is in memory."""
    number, found = 0, _Message(limits.record)
    for line, following in _lines(stream):
        if _FROM.match(line) and (not number or _FIELD.match(following)):
            if number:
                yield found.ended(place, number)
            number, found = number + 1, _Message(limits.record)
        elif number:
            found.add(line)
        elif line.strip():
            yield place.failed("the file is no mailbox: it does not begin with a “From ” line")
            return
    yield found.ended(place, number) if number else place.skipped("the mailbox is empty")


def _lines(stream: io.BufferedReader) -> Iterator[tuple[bytes, bytes]]:
    """Every line, with the one that follows it."""
    line = stream.readline(_LONGEST_LINE)
    while line:
        following = stream.readline(_LONGEST_LINE)
        yield line, following
        line = following


class _Message:
    """The lines of a message; once they are too many only their count."""

    def __init__(self, limit: int) -> None:
        self._limit, self._size = limit, 0
        self._lines: list[bytes] = []

    def add(self, line: bytes) -> None:
        self._size += len(line)
        if self._size > self._limit:
            self._lines.clear()
        else:
            self._lines.append(line[1:] if _QUOTED.match(line) else line)

    def ended(self, place: Place, number: int) -> Page | Outcome:
        item = f"message {number}"
        if self._size > self._limit:
            return place.failed(too_long(self._size, self._limit), item)
        content = b"".join(self._lines).rstrip(b"\r\n")
        return place.page(content, item, MESSAGE) if content else place.skipped("the message is empty", item)
