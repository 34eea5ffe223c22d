"""What a value of a record says: a text, an address, names or a time, also inside of lists and objects."""

from __future__ import annotations

import ast
import mimetypes
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from ingest.address import canonical, host
from ingest.extract.field_names import Role
from ingest.extract.time.dates import UNKNOWN, When, from_number, parse
from ingest.language.text import squeeze
from ingest.language.tongues import day_comes_first

# Under which names an object keeps what it stands for, after the programs that make JSON of XML, the interfaces of
# newspapers, schema.org and MongoDB; the first that is there counts.
_WRAPPED = ("rendered", "processed", "value", "#text", "_", "_text", "__text", "$t", "_cdata", "__cdata", "#cdata")
_NAMED = ("name", "title", "displayName", "display_name", "original", "text")
PARTS: Mapping[Role, tuple[str, ...]] = {
    "title": (*_WRAPPED, "main", "text", "title", "headline", "name", "content"),
    "text": (*_WRAPPED, "text", "content", "body", "html", "blocks", "paragraphs", "sections", "children", "data"),
    "url": ("href", "@href", "url", "permalink", "canonical", "alternate", "web", "@id", "$", "@attributes",
            *_WRAPPED),
    "outlet": (*_NAMED, *_WRAPPED, "domain", "site", "host", "url", "uri"),
    "authors": (*_NAMED, *_WRAPPED, "nodes", "person", "author"),
    "published": ("$date", "$numberLong", "iso", *_WRAPPED, "date"),
}  # fmt: skip
_GIVEN = ("givenName", "given_name", "firstName", "first_name", "firstname")
_FAMILY = ("familyName", "family_name", "lastName", "last_name", "lastname")
_DOMAIN = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}")  # "NBCNews.com" is how an outlet calls itself
_NOTHING = frozenset({"null", "none", "nan", "n/a", "\\n", "[]", "{}"})
_INLINE = frozenset({"text", "plain", "bold", "italic", "link", "text_link", "hyperlink"})
_MOST, _LONGEST_LITERAL, _LONGEST_ADDRESS = 10_000, 20_000, 2000
_ELSEWHERE = frozenset({"self", "edit", "enclosure", "next", "prev", "replies", "hub", "related", "via"})


def is_empty(value: object) -> bool:
    """Whether a value says nothing; tables write NULL, NaN and \\N for it."""
    if isinstance(value, str):
        return not value.strip() or (len(value) < 6 and value.strip().casefold() in _NOTHING)
    return value is None or value in ([], {}) or value != value  # noqa: PLR0124


def strings(value: object, role: Role) -> list[str]:
    """The strings in a value: itself, its items, or the part of an object that names it."""
    if isinstance(value, str):
        return [] if is_empty(value) else [value]
    if isinstance(value, list):
        return [text for item in value[:_MOST] if not isinstance(item, list) for text in strings(item, role)]
    if isinstance(value, dict):
        return _person(value) if role == "authors" and _person(value) else _part(value, role)
    return []


def _part(value: Mapping[str, Any], role: Role) -> list[str]:
    parts = PARTS.get(role, _WRAPPED)
    return next((found for part in parts if part in value and (found := strings(value[part], role))), [])


def _person(value: Mapping[str, Any]) -> list[str]:
    """A name that is kept in two parts."""
    given, family = (next((squeeze(str(value[n])) for n in names if value.get(n)), "") for names in (_GIVEN, _FAMILY))
    return [f"{given} {family}"] if given and family else []


def prose(value: object) -> str:
    """A text, its paragraphs apart; what is only marked within a paragraph (bold, a link) does not divide it."""
    if isinstance(value, list):
        between = "" if any(_is_inline(item) for item in value) else "\n\n"
        return between.join(text for item in value[:_MOST] if (text := _piece(item)))
    return _piece(value)


def _piece(value: object) -> str:
    if isinstance(value, str):
        return "" if is_empty(value) else value
    if not isinstance(value, dict):
        return ""
    parts = (prose(value[part]) for part in PARTS["text"] if part in value and value[part] is not value)
    said = next((text for text in parts if text), "")
    heading = next((text for name in ("heading", "title") if isinstance(text := value.get(name), str)), "")
    return f"{heading}\n\n{said}" if heading.strip() and said else said


def _is_inline(item: object) -> bool:
    return isinstance(item, dict) and (item.get("type") or item.get("nodeType")) in _INLINE


def literal(value: object) -> object:
    """The list or object that a cell of a table holds as Python or JSON writes it; any other value as it is."""
    if not isinstance(value, str) or len(value) > _LONGEST_LITERAL or value[:1] + value[-1:] not in ("[]", "{}"):
        return value
    try:
        return ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return value


def address(value: object) -> str | None:
    """The address of a page of its own; a bare host is that of an outlet, a picture is none."""
    return next((line for line in _addresses(value) if is_page(line)), None)


def is_page(line: str) -> bool:
    url = canonical(line) if len(line) <= _LONGEST_ADDRESS else None
    if url is None:
        return False
    parts = urlsplit(url)
    kind = mimetypes.guess_type(parts.path)[0] or ""
    return (parts.path.strip("/") != "" or parts.query != "") and not kind.startswith(("image/", "video/", "audio/"))


def _addresses(value: object) -> Iterator[str]:
    if isinstance(value, list):
        yield from (line for item in value[:100] for line in _addresses(item))
    elif isinstance(value, dict):
        if (value.get("rel") or value.get("@rel")) not in _ELSEWHERE:
            yield from (line for part in PARTS["url"] if part in value for line in _addresses(value[part]))
    elif isinstance(value, str):
        yield value


def outlet(value: object) -> tuple[str, bool]:
    """Who is named as the outlet, and whether by a name; the host of an address is not one. Empty where nobody is."""
    line = " ".join(strings(literal(value), "outlet")[:1])
    where = host(line) or (host(f"https://{line}") if _DOMAIN.fullmatch(line) else "")
    usable = any(map(str.isalpha, line)) and parse(line).at is None
    return (where or line, not where) if usable else ("", False)


def bylines(value: object) -> list[str]:
    """The strings among which names of authors are. "July 6", which newspaper3k takes for one, is a day."""
    return [line for line in strings(literal(value), "authors") if not _is_time(line)]


def _is_time(line: str) -> bool:
    return any(map(str.isdigit, line)) and any(parse(said).at for said in (line, f"{line} 2000", f"{line}, 2000"))


def when(value: object, captured: datetime | None, tag: str = "") -> When:
    """The time that a value says."""
    if isinstance(value, bool):
        return UNKNOWN
    if isinstance(value, int | float):
        return from_number(value)
    if isinstance(value, dict):
        parts = (when(value[part], captured, tag) for part in PARTS["published"] if part in value)
        return next((found for found in parts if found.at), UNKNOWN)
    if isinstance(value, list):
        return when(value[0], captured, tag) if len(value) == 1 else UNKNOWN
    if not isinstance(value, str):
        return UNKNOWN
    return parse(value, captured=captured, day_first=day_comes_first(tag), language=tag)
