"""The address of a feed, as people and lists write it."""

from __future__ import annotations

import re

from ingest.address import canonical
from ingest.language.text import squeeze

_SCHEME = re.compile(r"feed:(?://)?(?=https?:)|(?:feed|rss|pcast|itpc)://|feed:", re.IGNORECASE)
_BARE = re.compile(r"(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,63}(?::\d{1,5})?(?=[/?#]|$)")  # a host, and what may follow it


def feed_address(said: str) -> str | None:
    """The web address that is meant by a feed's address, such as `feed://host/x` or a bare host; None for none."""
    line = squeeze(said)
    scheme = _SCHEME.match(line)
    rest = line[scheme.end() :] if scheme else line
    return canonical(f"https://{rest}" if _BARE.match(rest) else rest)
