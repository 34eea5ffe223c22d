"""A message that a person passed on: whose it was, when, and what about, from the lines above its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.extract.mail.words import Field, field, is_forward, is_reply
from ingest.extract.time.dates import UNKNOWN, When, find

_RULES = ("---", "___", "===")
_QUOTE = "> \t"
_ADDRESS = re.compile(r"[<\[(]?(?:mailto:)?[^\s<>\[\]()@\"]{1,100}@([^\s<>\[\]()@\"]{1,200}).{0,300}", re.IGNORECASE)
_NEAR_THE_TOP, _MOST_LINES, _MOST_TIMES = 60, 60, 10
_LONGEST_DATE = 200


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The lines and the subject of the message that was passed on, or of the message itself where none was."""

    lines: Sequence[str]
    passed_on: bool = False
    sender: str = ""
    subject: str = ""
    sent: When = UNKNOWN


def unforwarded(lines: Sequence[str], subject: str) -> Forwarded:
    """What was passed on, without the words of who did, also where that was done several times.

    The message itself where it was not passed on. What a reply quotes, or a letter prints, was not.
    """
    found = Forwarded(lines, subject=subject)
    for _ in range(_MOST_TIMES):
        inner = None if is_reply(found.subject) else _inner(found)
        if inner is None:
            break
        found = inner
    return found


def _inner(outer: Forwarded) -> Forwarded | None:
    """The message below the first lines that are the head of one: its sender, and what mail programs print with it.

    Below a line that announces it, a sender and a date or subject are enough.
    """
    for start, line in enumerate(outer.lines[:_NEAR_THE_TOP]):
        if field(_bare(line)) is None:
            continue
        fields, end = _head(outer.lines, start)
        missing = {"sender", "sent", "subject"} - fields.keys()
        above = _line_above(outer.lines[:start])
        announced = above.startswith(_RULES) or above.endswith(":")
        whole = "sender" not in missing and len(missing) <= announced
        if whole and (above.startswith(_RULES) or is_forward(outer.subject, of=fields.get("subject", ""))):
            return _described(fields, _unquoted(outer.lines[end:], quoted=line.lstrip().startswith(">")))
    return None


def _head(lines: Sequence[str], start: int) -> tuple[dict[Field, str], int]:
    """The fields from a line on, and where they end. A value may stand in the line below its name."""
    fields: dict[Field, str] = {}
    last, waiting, end = "", False, start
    for number, line in _filled(lines, start):
        named = field(_bare(line))
        if named:
            last, value = named
            fields.setdefault(named[0], value)
            waiting = not value
        elif waiting:
            fields[last] = fields[last] or _bare(line)  # type: ignore[index]
            waiting = False
        elif not (last in ("sender", "other") and number == end and "@" in line):  # more of its addresses
            break
        end = number + 1
    return fields, end


def _filled(lines: Sequence[str], start: int) -> Iterator[tuple[int, str]]:
    rows = enumerate(lines[start : start + _MOST_LINES], start)
    return ((number, line) for number, line in rows if _bare(line))


def _line_above(above: Sequence[str]) -> str:
    """The last line with something on it: a rule, “----- Forwarded message -----”, “Begin forwarded message:”."""
    return next((line for each in reversed(above) if (line := _bare(each))), "")


def _described(fields: dict[Field, str], lines: Sequence[str]) -> Forwarded:
    return Forwarded(
        lines,
        passed_on=True,
        sender=_name(fields["sender"]),
        subject=fields.get("subject", ""),
        sent=_sent(fields.get("sent", "")),
    )


def _name(sender: str) -> str:
    """The name that stands before the address, else the host of the address."""
    address = _ADDRESS.search(sender)
    name = (sender[: address.start()] if address else sender).strip("\"'“”„«»* ")
    return name or (address[1] if address else "")


def _sent(said: str) -> When:
    """When it was sent: its day where the clock is that of who passed it on, and does not say where that is."""
    found = find(said[:_LONGEST_DATE])
    if found is None or found.when.at is None:
        return UNKNOWN
    when, at = found.when, found.when.at
    if at.utcoffset() or when.precision not in ("second", "minute", "hour"):
        return when
    return replace(when, at=at.replace(hour=0, minute=0, second=0), precision="day")


def _bare(line: str) -> str:
    """A line without the signs of a quotation."""
    return line.lstrip(_QUOTE).strip()


def _unquoted(lines: Sequence[str], *, quoted: bool) -> Sequence[str]:
    return [line.lstrip(_QUOTE) for line in lines] if quoted else lines
