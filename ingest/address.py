"""Web addresses: one spelling for each, one name for one page, nothing but http and https."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from ingest.language.text import squeeze
from ingest.tracking import is_tracking, is_tracking_everywhere

LONGEST = 2000  # bytes: an index of PostgreSQL holds some 2,600 of the columns of a row together
# A part of a site that shows its pages to telephones, or as AMP (https://amp.dev); "m.example" is a site by itself.
_EDITION = re.compile(r"^(?:(?:www\d?|m|mobile|amp)\.){1,3}(?=[^.]+\.[^.])")
_AMP_FILE = re.compile(r"[./-]amp(?=\.html?$)|\.amp$")
_AMP_CACHE = re.compile(r"/(?:amp/|[acv]/)s/")  # of Google, and of the AMP project: the address itself follows
_AMP_QUERY = re.compile(r"amp(?:=.{0,10})?|outputtype=amp.{0,10}", re.IGNORECASE)
# Under the top level domain of a country, what kind of holder a name is for: "co.uk", "com.au", "or.jp".
_KINDS = frozenset("ac co com edu go gob gouv gov gv mil ne net nom or org plc".split())
_TRACKING_FRAGMENT = re.compile(r"[\w.-]{1,40}=")


def canonical(url: str | None) -> str | None:
    """The address without fragment and tracking, scheme and host in lower case; None where it is no web address."""
    parts = _split(url)
    if not parts:
        return None
    query = "&".join(_pairs(parts.query, is_tracking_everywhere))
    return urlunsplit((parts.scheme.lower(), _netloc(parts), parts.path or "/", query, ""))


def page_of(url: str | None) -> str:
    """What the addresses of one page have in common; empty where it is no web address.

    They differ in scheme, "www.", the editions for telephones and as AMP, a slash at the end, tracking, the order of
    the query, and the fragment.
    """
    return _page(url, is_tracking)


def selected(url: str | None) -> str:
    """The page of an address where what tracks on most sites selects the page: "/article?ref=77"."""
    return _page(url, is_tracking_everywhere)


def place_of(url: str | None) -> str:
    """The page of an address whatever its query selects."""
    return page_of(url).partition("?")[0]


def is_home(url: str | None) -> bool:
    """Whether an address is that of a whole site."""
    host_and_path, _, query = page_of(url).partition("?")
    return bool(host_and_path) and "/" not in host_and_path and not query


def fragment(url: str | None) -> str:
    """The part of its page that an address names; empty where the fragment only tracks."""
    parts = _split(url)
    found = parts.fragment if parts else ""
    return "" if _TRACKING_FRAGMENT.match(found) else found


def host(url: str | None) -> str:
    """The host of an address, without "www."; empty where there is none."""
    parts = _split(url)
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def site_of(name: str) -> str:
    """The part of a host that its holder registered: "sarn.co.uk" of "news.sarn.co.uk"; of a number all of it."""
    parts = name.lower().rstrip(".").split(".")
    return name if parts[-1].isdigit() else ".".join(parts[-1 - suffix_length(parts) :])


def suffix_length(parts: Sequence[str]) -> int:
    """How many of the last parts of a host nobody registers as a site: two of "co.uk", one of "com"."""
    return 2 if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _KINDS else 1


def _page(url: str | None, dropped: Callable[[str], bool]) -> str:
    parts = _split(url)
    if not parts:
        return ""
    if parts.hostname and (parts.hostname.endswith(".cdn.ampproject.org") or _is_google(parts.hostname)):
        cache = _AMP_CACHE.match(parts.path)
        parts = (cache and _split(f"https://{parts.path[cache.end() :]}")) or parts
    pairs = sorted(pair for pair in _pairs(parts.query, dropped) if not _AMP_QUERY.fullmatch(pair))
    return f"{_EDITION.sub('', _netloc(parts), count=1)}{_path(parts.path)}?{'&'.join(pairs)}"


def _pairs(query: str, dropped: Callable[[str], bool]) -> list[str]:
    """The pairs of a query without those whose name tracks; a name alone selects."""
    pairs = [pair for pair in query.split("&") if pair]
    return [pair for pair in pairs if not ("=" in pair and dropped(pair.partition("=")[0]))]


def _path(path: str) -> str:
    """The path from its first slash on, without one at its end; of a site as a whole it is empty."""
    names = [name for name in _AMP_FILE.sub("", unquote(path)).split("/") if name]
    kept = [name for name in names if name.lower() != "amp"]
    return "".join(f"/{name}" for name in kept)


def _is_google(name: str) -> bool:
    return name.removeprefix("www.").startswith("google.")


def _netloc(parts: SplitResult) -> str:
    name, port = (parts.hostname or "").rstrip("."), parts.port
    name = f"[{name}]" if ":" in name else name
    return f"{name}:{port}" if port and port != {"http": 80, "https": 443}[parts.scheme.lower()] else name


def _split(url: str | None) -> SplitResult | None:
    line = squeeze(url or "")
    if not line or len(line.encode()) > LONGEST or " " in line:
        return None
    try:
        parts = urlsplit(line)
        usable = parts.scheme.lower() in ("http", "https") and parts.hostname and not parts.username
        return parts if usable and (parts.port is None or parts.port > 0) else None
    except ValueError:
        return None
