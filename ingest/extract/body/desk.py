"""Lines in which an outlet speaks of itself: its mail, its policies, whom to tell of a mistake."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urljoin

from ingest.address import host, site_of

# Where outlets keep what they say of themselves.
_DESK = re.compile(
    r"(?:our|editorial|journalistic|corrections?|ethics)?[-_]?(?:policy|policies|corrections?|standards|ethics"
    r"|contact(?:[-_]us)?|about(?:[-_]us)?|kontakt|contacto?|contatti|impressum|feedback|tips?)"
    r"(?:[-_](?:and[-_])?(?:policy|policies|corrections|standards|complaints))?",
    re.IGNORECASE,
)
_LONGEST = 300


def is_of_desk(line: str, links: Sequence[str], address: str) -> bool:
    """Whether a short line leads to the outlet's own mail, or to a page of its about itself."""
    return len(line) <= _LONGEST and any(_is_mail(link, address) or _is_desk(link, address) for link in links)


def _is_mail(link: str, address: str) -> bool:
    return link.startswith("mailto:") and site_of(link.partition("@")[2].partition("?")[0]) == site_of(host(address))


def _is_desk(link: str, address: str) -> bool:
    there = _joined(address, link)
    last = there.partition("?")[0].rstrip("/").rpartition("/")[2].partition(".")[0]
    return site_of(host(there)) == site_of(host(address)) and _DESK.fullmatch(last) is not None


def _joined(address: str, link: str) -> str:
    try:
        return urljoin(address, link)
    except ValueError:
        return ""
