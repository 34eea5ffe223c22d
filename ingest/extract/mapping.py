"""Which field of a record is what, as a person says it with `--map`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.errors import ExtractError, SourceError
from ingest.extract import fields

# What a field may be mapped to, and the names under which it is known without that.
NAMES: Mapping[str, tuple[str, ...]] = {
    "title": fields.TITLE,
    "text": (*fields.TEXT, *fields.TEXT_LAST),
    "outlet": fields.OUTLET,
    "published": fields.PUBLISHED,
    "updated": fields.UPDATED,
    "authors": fields.AUTHORS,
    "url": fields.URL,
    "language": fields.LANGUAGE,
    "origin": fields.ORIGIN,
}
_PAIR = re.compile(r"\A\s*(?P<field>\w+)\s*(?P<mark>==?)(?P<value>.*)", re.DOTALL)
_JOINED = ("text", "authors")
_NEEDED = ("title", "text")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Our fields, each with the fields of the records that it is made of, or with one text for all records."""

    taken: Mapping[str, tuple[str, ...]]
    constant: Mapping[str, str]

    @property
    def names(self) -> frozenset[str]:
        """The fields of the records that are used."""
        return frozenset(name for names in self.taken.values() for name in names)

    def applied(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """The record with our names for what is mapped, and everything else that could mean the same left out.

        Raises ExtractError where it lacks the title or the text.
        """
        mapped = {*self.taken, *self.constant}
        hidden = {name for field in mapped for name in NAMES[field]}
        found = {name: value for name, value in record.items() if fields.key(name) not in hidden}
        for field, names in self.taken.items():
            values = [value for name in names for value in _values(record, name)]
            if not values and field in _NEEDED:
                raise _lacks(record, names)
            found[field] = values if len(values) > 1 else next(iter(values), None)
        return {**found, **self.constant}


def field_map(lines: Iterable[str]) -> FieldMap:
    """What a person said: "title=kop" takes the field, "outlet==De Krant" gives every record this text.

    "meta.date" is the field "date" in the object "meta". Text and authors may be given several times and are joined.
    Raises SourceError for what is no such pair and for an unknown field.
    """
    taken: dict[str, tuple[str, ...]] = {}
    constant: dict[str, str] = {}
    for line in lines:
        field, value, fixed = _pair(line)
        if field in constant or (field in taken and (fixed or field not in _JOINED)):
            raise SourceError(f"{field} is mapped twice", "give each field once; only text and authors are joined")
        if fixed:
            constant[field] = value
        else:
            taken[field] = (*taken.get(field, ()), value)
    return FieldMap(taken, constant)


def _pair(line: str) -> tuple[str, str, bool]:
    match = _PAIR.fullmatch(line) if len(line) <= _LONGEST else None
    value = match["value"].strip() if match else ""
    if not match or not value:
        hint = "write FIELD=NAME, as in title=headline_text, or FIELD==TEXT for a text that all records get"
        raise SourceError(f"“{line[:80]}” says of no field what it is", hint)
    field = match["field"].lower()
    if field not in NAMES:
        raise SourceError(f"there is no field “{match['field'][:40]}”", f"the fields are {', '.join(NAMES)}")
    return field, value, match["mark"] == "=="


def _values(record: Mapping[str, Any], name: str) -> list[Any]:
    """The value of a field, or of one inside an object; none where there is no such field."""
    if name in record:
        return [record[name]]
    first, _, below = name.partition(".")
    inner = record.get(first)
    return _values(inner, below) if below and isinstance(inner, dict) else []


def _lacks(record: Mapping[str, Any], names: Iterable[str]) -> ExtractError:
    listed = ", ".join(str(name)[:40] for name in list(record)[:20]) or "nothing"
    return ExtractError(f"the record has no field “{' or '.join(names)}”", f"it has: {listed}; correct --map")
