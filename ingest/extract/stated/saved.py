"""The comment at the head of a page that a browser or an extension saved: its address and the time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_LONGEST = 4096  # how far from its beginning a page is looked through
# "saved from url=(0031)https://…" of browsers; the lines "url: …" and "saved date: …" of SingleFile, whose date is as
# JavaScript prints it ("Mon Oct 12 2026 09:30:05 GMT+0200 (…)") or in ISO 8601.
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_BY_BROWSER = re.compile(r"\s*saved from url=\(\d{1,6}\)(\S+)\s*", re.IGNORECASE)
_BY_EXTENSION = re.compile(r"\s*page saved with [^\n]{1,80}\n\s*url:\s*(\S+)\s*\n", re.IGNORECASE)
_DATE = re.compile(r"\n\s*saved date:\s*([^\n(]{10,60})", re.IGNORECASE)
_OF_JAVASCRIPT = "%a %b %d %Y %H:%M:%S GMT%z"


@dataclass(frozen=True, slots=True)
class SavedPage:
    """What the comment says; `address` is empty and `at` None where it does not.

    It is a claim of the file, as the canonical link is.
    """

    address: str = ""
    at: datetime | None = None


def saved_page(content: bytes) -> SavedPage:
    """Where and when a page was saved, from the first comments in its bytes."""
    head = content[:_LONGEST].decode("utf-8", "replace")
    for comment in _COMMENT.findall(head):
        if found := _BY_BROWSER.fullmatch(comment) or _BY_EXTENSION.match(comment):
            return SavedPage(found[1], _moment(comment))
    return SavedPage()


def _moment(comment: str) -> datetime | None:
    found = _DATE.search(comment)
    return _read(found[1].strip()) if found else None


def _read(date: str) -> datetime | None:
    """A date with its zone; None for any other."""
    for read in (datetime.fromisoformat, _of_javascript):
        try:
            at = read(date)
        except ValueError:
            continue
        return at.astimezone(UTC) if at.tzinfo else None
    return None


def _of_javascript(date: str) -> datetime:
    return datetime.strptime(date, _OF_JAVASCRIPT)  # noqa: DTZ007 the format has the zone
