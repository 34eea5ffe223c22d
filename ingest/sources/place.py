"""What readers of files share: the place they read from, the limits they keep, and what they are."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ingest.types import Outcome, Page

PAGE_LIMIT = 5_000_000
RECORD_LIMIT = 20_000_000
JSON_LIMIT = 200_000_000
RECORD = "application/json"
_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes that a page, a record (also a message and a PDF) and a JSON file may have."""

    page: int = PAGE_LIMIT
    record: int = RECORD_LIMIT
    json: int = JSON_LIMIT


@dataclass(frozen=True, slots=True)
class Place:
    """Where pages are being read from, and how.

    captured  when they were as they are, where somebody said so
    mapping   which field of a record is what, as `ingest.extract.record.mapping` reads it
    inside    the member, where the source is a zip
    """

    source: str
    captured: datetime | None = None
    mapping: tuple[str, ...] = ()
    inside: str = ""

    def page(
        self,
        content: bytes,
        item: str = "",
        media_type: str = RECORD,
        *,
        url: str | None = None,
        captured: datetime | None = None,
        charset: str = "",
    ) -> Page:
        return Page(
            source=self.source,
            content=content,
            media_type=media_type,
            item=self._item(item),
            url=url,
            captured=captured or self.captured,
            charset=charset,
            mapping=self.mapping if media_type == RECORD else (),
        )

    def failed(self, reason: str, item: str = "") -> Outcome:
        return Outcome(status="failed", source=self.source, item=self._item(item), reason=reason)

    def skipped(self, reason: str, item: str = "") -> Outcome:
        return Outcome(status="skipped", source=self.source, item=self._item(item), reason=reason)

    def _item(self, item: str) -> str:
        return f"{self.inside} {item}".strip()


Reader = Callable[[io.BufferedReader, Place, Limits], Iterator[Page | Outcome]]


def rest(stream: io.BufferedReader, *, line: bool = False) -> int:
    """Skip to the end of the line or of the stream in small steps; how many bytes that were."""
    skipped = 0
    while piece := stream.readline(_STEP) if line else stream.read(_STEP):
        skipped += len(piece)
        if line and piece.endswith(b"\n"):
            break
    return skipped


def size(count: int) -> str:
    """A number of bytes for a reader."""
    for unit, scale in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= scale:
            return f"{count / scale:.1f}".removesuffix(".0") + f" {unit}"
    return f"{count} bytes"


def too_long(count: int, limit: int) -> str:
    return f"{size(count)} is more than the {size(limit)} that may be read at once"
