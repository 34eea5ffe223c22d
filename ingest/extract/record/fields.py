"""The parts of an article in a record, by the names of its fields and by what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ingest.extract.body.markup import as_text
from ingest.extract.byline.names import authors
from ingest.extract.byline.origin import agency, origin
from ingest.extract.draft import Draft
from ingest.extract.field_names import TEXTS, Role, key, role
from ingest.extract.record.field_values import (
    address,
    bylines,
    is_empty,
    is_page,
    literal,
    outlet,
    prose,
    strings,
    when,
)
from ingest.extract.time.dates import UNKNOWN, When, parse
from ingest.extract.titles import below
from ingest.language.scripts import count_unspaced
from ingest.language.text import squeeze
from ingest.language.tongues import named

# Roles whose objects say who or where, and never hold the article.
_ABOUT_OTHERS = frozenset({"outlet", "authors", "url", "origin", "language"})
_DEEPEST, _DEEPER = 4, 10_000
_LETTERS = 2  # of the code of a language
_LONG, _SHORTEST_TITLE, _LONGEST_TITLE = 140, 8, 200
_FEWEST_WORDS, _FEWEST_SIGNS = 3, 6


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a record, and how much its name is worth: the lower the better."""

    name: str
    value: Any
    rank: int


Fields = Mapping[Role, list[Value]]


def draft(record: Mapping[str, Any], *, captured: datetime | None = None, found: Fields | None = None) -> Draft:
    """The parts of an article in a record, whatever they are called there; `found` are its `fields`."""
    found = fields(record) if found is None else found
    title = squeeze(as_text(_first(found, "title")))
    text = below(title, as_text(text_of(found)[0]))
    named_by = _outlet(found)
    tag = _tag(_first(found, "language"))
    return Draft(
        text=text,
        title=title,
        outlet=named_by,
        url=next((url for each in found.get("url", ()) if (url := address(each.value))), None),
        guid=_first(found, "guid"),
        origin=_origin(found, text),
        authors=authors(*_all(bylines(each.value) for each in found.get("authors", ())), outlet=named_by),
        published=_published(found, record, captured, tag),
        updated=_when(found.get("updated", ()), captured, tag).at,
        language=named(tag),
    )


def fields(record: Mapping[str, Any]) -> Fields:
    """The values of a record by what they are, the best named first; where no name tells, by what they look like."""
    found: dict[Role, list[Value]] = {}
    for known, each in _named(record, 0):
        found.setdefault(known, []).append(each)
    if found.keys().isdisjoint(TEXTS):
        for known, each in _by_looks(record, deepest=0 if "title" in found else _DEEPEST):
            found.setdefault(known, []).append(each)
    return {known: sorted(values, key=lambda each: each.rank) for known, values in found.items()}


def text_of(found: Fields) -> tuple[str, bool]:
    """The text with the lead above it; where there is none, or only a word in its place, the summary: then True.

    Readers of feeds keep the whole text under that name, as an object.
    """
    text = next((said for each in found.get("text", ()) if (said := prose(literal(each.value)))), "")
    lead = next((said for each in found.get("lead", ()) if (said := prose(each.value))), "")
    summary = max(found.get("summary", ()), key=lambda each: len(prose(each.value)), default=None)
    if summary and len(text) < _LONG and len(prose(summary.value)) > len(text) + len(lead):
        return prose(summary.value), isinstance(summary.value, str)
    return (text if _holds(text, lead) else f"{lead}\n\n{text}".strip()), False


def _named(record: Mapping[str, Any], depth: int) -> Iterator[tuple[Role, Value]]:
    """The fields whose names tell what they are, also those of an object that holds the article."""
    inner: list[tuple[str, Mapping[str, Any]]] = []
    for name, value in record.items():
        known = role(name)
        if isinstance(value, dict) and not (known and known[0] in _ABOUT_OTHERS):
            inner.append((name, value))
        if known and not is_empty(value):
            yield from _meant(name, value, known, depth)
    held = [each for each in inner if depth < _DEEPEST and _holds_article(record, each[1])]
    for _, value in held:
        yield from _named(value, depth + 1)


def _meant(name: str, value: Any, known: tuple[Role, int], depth: int) -> Iterator[tuple[Role, Value]]:
    """What a field of that role is. "origin" is an agency by its name alone, an outlet where it is an object."""
    meant = "outlet" if known[0] == "origin" and isinstance(value, dict) else known[0]
    rank = known[1] + _DEEPER * depth
    if meant != "text" or not (isinstance(value, dict) and _is_titled(value)):
        yield meant, Value(name, value, rank)
    if meant == "outlet" and key(name) == "source" and isinstance(value, str) and is_page(value):
        yield "url", Value(name, value, rank + _DEEPER)


def _holds_article(outer: Mapping[str, Any], inner: Mapping[str, Any]) -> bool:
    """Whether an object in a record is, or goes with, its article: it has what the record lacks, or its title."""
    ours, theirs = _roles(outer), _roles(inner)
    same = "title" in ours and "title" in theirs and outer.get("title") == inner.get("title")
    lacking = ("title" not in ours and "title" in theirs) or ("text" not in ours and "text" in theirs)
    deeper = not theirs and any(isinstance(value, dict) and _holds_article(outer, value) for value in inner.values())
    return same or lacking or deeper


def _roles(record: Mapping[str, Any]) -> frozenset[Role]:
    """The roles of the fields of a record that say something; "name" alone is that of anything."""
    named = ((name, known[0]) for name, value in record.items() if (known := role(name)) and not is_empty(value))
    return frozenset(
        known
        for name, known in named
        if key(name) != "name"
        and not (known == "text" and isinstance(record[name], dict) and _is_titled(record[name]))
    )


def _is_titled(value: Mapping[str, Any]) -> bool:
    return any((known := role(name)) and known[0] == "title" for name in value if key(name) != "name")


def _by_looks(record: Mapping[str, Any], *, deepest: int) -> Iterator[tuple[Role, Value]]:
    """The text of a record whose names say nothing: the longest; and title, address and day, each if there is one."""
    lines = [(name, value) for name, value in _leaves(record, deepest) if not role(name)]
    name, text = max(lines, key=lambda each: len(each[1]), default=("", ""))
    if len(text) < _LONG or not _is_prose(text):
        return
    yield "text", Value(name, text, 0)
    others = [each for each in lines if each[1] is not text]
    tests: Mapping[Role, Any] = {"url": is_page, "published": _is_day, "title": _may_be_title}
    for known, test in tests.items():
        fitting = [each for each in others if test(each[1])]
        if len({value for _, value in fitting}) == 1:
            yield known, Value(*fitting[0], 2 * _DEEPER)


def _leaves(record: Mapping[str, Any], deeper: int) -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        if isinstance(value, str) and not is_empty(value):
            yield name, value
        elif isinstance(value, dict) and deeper > 0:
            yield from _leaves(value, deeper - 1)


def _is_prose(line: str) -> bool:
    return len(line.split()) >= _FEWEST_WORDS or count_unspaced(line[:_LONG]) >= _FEWEST_SIGNS


def _may_be_title(line: str) -> bool:
    fits = _SHORTEST_TITLE <= len(line) <= _LONGEST_TITLE and "\n" not in line.strip()
    return fits and _is_prose(line) and not is_page(line) and parse(line).at is None


def _is_day(line: str) -> bool:
    """Whether a line is a date; a bare number may be anything."""
    return not line.strip().isdecimal() and parse(line).at is not None


def _first(found: Fields, known: Role) -> str:
    return next((said for each in found.get(known, ()) if (said := "\n\n".join(strings(each.value, known)))), "")


def _outlet(found: Fields) -> str:
    """The first that is named; where that is an address, the name that belongs to it, else its host."""
    named = [said for each in found.get("outlet", ()) if (said := outlet(each.value))[0]]
    named += [outlet(each.value) for each in found.get("url", ()) if key(each.name) == "sourceurl"]
    if not named or named[0][1]:
        return named[0][0] if named else ""
    return next((name for name, is_name in named if is_name and _is_of(name, named[0][0])), named[0][0])


def _is_of(name: str, host: str) -> bool:
    """Whether a name is that of a site, by its letters."""
    letters = "".join(filter(str.isalnum, key(name).removeprefix("the")))
    return len(letters) > 2 and letters in "".join(filter(str.isalnum, host))


def _origin(found: Fields, text: str) -> str | None:
    said = _first(found, "origin")
    return agency(said) or said or origin(text)


def _tag(said: str) -> str:
    """A language tag such as "en-US"; "english" and "eng" are left to be told from the text."""
    return said if len(named(said) or "") == _LETTERS else ""


def _published(found: Fields, record: Mapping[str, Any], captured: datetime | None, tag: str) -> When:
    values = found.get("published", ())
    at = _when(values, captured, tag)
    if at.at is None or at.precision != "day":
        return at
    clocks = [
        value for name, value in record.items() if key(name) in ("time", "et", "uhrzeit", "heure", "hora", "ora")
    ]
    both = (parse(f"{at.at.date().isoformat()} {clock}") for clock in clocks if isinstance(clock, str))
    return next((time for time in both if time.at and time.precision in ("minute", "second")), at)


def _when(values: Iterable[Value], captured: datetime | None, tag: str) -> When:
    said = UNKNOWN
    for each in values:
        found = when(each.value, captured, tag)
        if found.at:
            return _day(found) if key(each.name) == "seendate" else found
        said = said if said.said else found
    return said


def _day(when: When) -> When:
    """Its day alone: the hour is that of a crawler."""
    return replace(when, at=when.at and when.at.replace(hour=0, minute=0, second=0), precision="day")


def _all(groups: Iterable[list[str]]) -> list[str]:
    return [line for group in groups for line in group]


def _holds(text: str, lead: str) -> bool:
    """Whether the text begins with its lead, however that is cut and spaced."""
    said = "".join(as_text(lead).split())
    return not said or said.rstrip(".…")[:100] in "".join(as_text(text)[: 3 * len(lead) + 500].split())
