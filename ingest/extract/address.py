"""Web addresses: one spelling for one page, nothing but http and https."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from ingest.text import squeeze

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|_hs\w+|cmpid|ocid|ref_src|smid|ftag|at_\w+)=",
    re.IGNORECASE,
)
_LONGEST = 2000


def canonical(url: str | None) -> str | None:
    """The address without fragment and tracking, scheme and host in lower case; None where it is no web address."""
    parts = _split(url)
    if not parts:
        return None
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair))
    return urlunsplit((parts.scheme.lower(), _netloc(parts), parts.path or "/", query, ""))


def host(url: str | None) -> str:
    """The host of an address, without "www."; empty where there is none."""
    parts = _split(url)
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def _netloc(parts: SplitResult) -> str:
    name, port = parts.hostname or "", parts.port
    name = f"[{name}]" if ":" in name else name
    return f"{name}:{port}" if port and port != {"http": 80, "https": 443}[parts.scheme.lower()] else name


def _split(url: str | None) -> SplitResult | None:
    line = squeeze(url or "")
    if not line or len(line) > _LONGEST or " " in line:
        return None
    try:
        parts = urlsplit(line)
        usable = parts.scheme.lower() in ("http", "https") and parts.hostname and not parts.username
        return parts if usable and (parts.port is None or parts.port > 0) else None
    except ValueError:
        return None
