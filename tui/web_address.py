"""Which addresses may be handed to the browser, and the host that the person is shown first."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Browsers read a backslash as a slash: with one in it, the host that is shown may not be the host that is opened.
_TRICKY = re.compile(r"[\s\\\x00-\x20\x7f-\x9f]")


def host_of(url: str | None) -> str | None:
    """The host of a plain http or https address in ASCII, so that look-alike letters show; None for any other."""
    if not url or _TRICKY.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        return None
    return host if host and parts.scheme in ("http", "https") and "@" not in parts.netloc else None
