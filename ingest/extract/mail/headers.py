"""The headers of a message as text, whatever is wrong with them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from ingest.errors import ExtractError
from ingest.extract.decode import decode
from ingest.language.text import squeeze

_LONGEST = 4000
_ANGLES = re.compile(r"<([^<>\s]{1,2000})>")


def header(message: Message, name: str) -> str:
    """The first header of that name, decoded, on one line; empty where there is none."""
    return squeeze(_decoded(_raw(message, name)))


def addresses(message: Message, name: str) -> list[str]:
    """What stands in angle brackets in a header, as RFC 2369 has it."""
    return _ANGLES.findall(_raw(message, name)) or [header(message, name)]


def sender(message: Message) -> str:
    """Who sent a message: the display name, else the host of the address."""
    name, address = parseaddr(_raw(message, "from"))
    shown = squeeze(_decoded(name)).strip("\"' ")
    return shown if shown and "@" not in shown else address.rpartition("@")[2]


def date(message: Message) -> datetime | None:
    """When it was sent, to the second; None where the header is missing or is no date."""
    return _time(_raw(message, "date"))


def received(message: Message) -> datetime | None:
    """When the last server took it, which sets that itself; None where none says so."""
    return _time(_raw(message, "received").rpartition(";")[2])


def _time(line: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(line)
        aware = at if at.tzinfo else at.replace(tzinfo=UTC)
        return aware if 1970 <= aware.year <= 2100 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _raw(message: Message, name: str) -> str:
    """As it came: encoded, and with bytes beyond ASCII as surrogates. Only the beginning of a long one."""
    found = (str(value) for key, value in message.raw_items() if key.lower() == name)
    return " ".join(next(found, "")[:_LONGEST].split())


def _decoded(raw: str) -> str:
    try:
        pieces = decode_header(raw)
    except (HeaderParseError, ValueError, LookupError):
        pieces = [(raw, None)]
    return "".join(_piece(piece, charset) for piece, charset in pieces)


def _piece(piece: str | bytes, charset: str | None) -> str:
    content = piece.encode("utf-8", "surrogateescape") if isinstance(piece, str) else piece
    try:
        return decode(content, declared=charset or "")
    except ExtractError:
        return content.decode("cp1252", "replace")
