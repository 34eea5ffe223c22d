"""A message that a person passed on: whose it was, when, and what about, from the lines above its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.utils import parseaddr

from ingest.extract.dates import UNKNOWN, When, parse

_MARK = re.compile(
    r"\A(?:-{3,20} ?(?:forwarded message|original message|weitergeleitete nachricht|message transféré"
    r"|mensaje reenviado|doorgestuurd bericht|messaggio inoltrato) ?-{3,20}|begin forwarded message ?:)",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\A(?P<name>from|date|sent|subject|to|cc|reply-to|von|an|datum|gesendet|betreff) ?: (?P<value>.{1,400})", re.I
)
_SENDER, _SENT, _SUBJECT = ("from", "von"), ("date", "sent", "datum", "gesendet"), ("subject", "betreff")
_AT = re.compile(r",? (?:at|um) ", re.IGNORECASE)
_NEAR_THE_TOP, _MOST_FIELDS = 40, 20


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The lines of the message that was passed on; the rest is empty where none was."""

    lines: Sequence[str]
    passed_on: bool = False
    sender: str = ""
    subject: str = ""
    sent: When = UNKNOWN


def unforwarded(lines: Sequence[str]) -> Forwarded:
    """What was passed on, without the words of who did; the message itself where it was not passed on."""
    for number, line in enumerate(lines[:_NEAR_THE_TOP]):
        if _MARK.fullmatch(line.strip()):
            fields, end = _fields(lines, number + 1)
            return _described(lines[end:], fields) if fields else Forwarded(lines)
    return Forwarded(lines)


def _fields(lines: Sequence[str], start: int) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    end = start
    for number in range(start, min(start + _MOST_FIELDS, len(lines))):
        match = _FIELD.fullmatch(lines[number].strip())
        if match:
            fields.setdefault(match["name"].lower(), match["value"])
            end = number + 1
        elif lines[number].strip():
            break
    return fields, end


def _described(lines: Sequence[str], fields: dict[str, str]) -> Forwarded:
    sender = _first(fields, _SENDER)
    return Forwarded(
        lines,
        passed_on=True,
        sender=parseaddr(sender)[0] or sender,
        subject=_first(fields, _SUBJECT),
        sent=_day(parse(_AT.sub(" ", _first(fields, _SENT)))),
    )


def _first(fields: dict[str, str], names: Sequence[str]) -> str:
    return next((fields[name] for name in names if name in fields), "")


def _day(when: When) -> When:
    """Its day: the clock is that of who passed it on, and does not say where that is."""
    if when.at is None or when.precision not in ("second", "minute", "hour"):
        return when if when.at else UNKNOWN
    return replace(when, at=when.at.replace(hour=0, minute=0, second=0), precision="day")
