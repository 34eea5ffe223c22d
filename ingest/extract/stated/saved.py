"""The comment at the head of a page that a browser or an extension saved: its address and the time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_LONGEST = 4096  # how far from its beginning a page is looked through
# "saved from url=(0031)https://…" of browsers; the lines "url: …" and "saved date: …" of SingleFile, whose date is as
# JavaScript prints it ("Mon Oct 12 2026 09:30:05 GMT+0200 (…)") or in ISO 8601.
_BY_BROWSER = re.compile(r"\Asaved from url=\(\d{1,6}\)(\S+)\Z", re.IGNORECASE)
_BY_EXTENSION = "page saved with "
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
    for opened in head.split("<!--")[1:]:
        comment, closed, _ = opened.partition("-->")
        if closed and (page := _said(comment.strip())):
            return page
    return SavedPage()


def _said(comment: str) -> SavedPage | None:
    if found := _BY_BROWSER.search(comment):
        return SavedPage(found[1])
    first, *lines = comment.splitlines() or [""]
    if not first.casefold().startswith(_BY_EXTENSION):
        return None
    parts = (line.partition(":") for line in lines)
    fields = {name.strip().casefold(): value.strip() for name, _, value in parts}
    return SavedPage(fields.get("url", ""), _read(fields.get("saved date", "").partition("(")[0].strip()))


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
