"""Which field of a record is what, as a person says it with `--map`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any

from pydantic import Field
from pydantic.config import JsonDict

from ingest.errors import ExtractError, SourceError
from ingest.extract.field_names import Role, role

# What a field may be mapped to, and what it then stands for.
NAMES: Mapping[Role, tuple[Role, ...]] = {
    "title": ("title",),
    "text": ("text", "lead", "summary", "html"),
    "outlet": ("outlet",),
    "published": ("published",),
    "updated": ("updated",),
    "authors": ("authors",),
    "url": ("url",),
    "language": ("language",),
    "origin": ("origin",),
}
_PAIR = re.compile(r"\A\s*(?P<field>\w+)\s*(?P<mark>==?)(?P<value>.*)", re.DOTALL)
_INDEX = re.compile(r"\[(\d{1,6}|\*?)\]")
_JOINED = ("text", "authors")
_NEEDED = ("title", "text")
_LONGEST, _MOST_ITEMS, _MOST_NAMES, _DEEPEST = 500, 10_000, 30, 6
_STATED: JsonDict = {"maxLength": _LONGEST, "pattern": rf"^\s*({'|'.join(NAMES)})\s*==?\s*[^\s=]"}

MapLine = Annotated[str, Field(json_schema_extra=_STATED)]  # `field_map` says in words what is wrong with one


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Our fields, each with the fields of the records that it is made of, or with one text for all records."""

    taken: Mapping[str, tuple[str, ...]]
    constant: Mapping[str, str]

    def __bool__(self) -> bool:
        return bool(self.taken or self.constant)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of the records that are used, in the order in which they were said."""
        return tuple(dict.fromkeys(name for names in self.taken.values() for name in names))

    @property
    def fields(self) -> frozenset[str]:
        """The fields that records have by what is said of them; of one inside an object also the object's."""
        return frozenset(part for name in self.names for part in (name, steps(name)[0]))

    def applied(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """The record with our names for what is mapped, and everything else that could mean the same left out.

        Raises ExtractError where it lacks the title or the text.
        """
        hidden = {each for field in (*self.taken, *self.constant) for each in NAMES[field]}  # type: ignore[index]
        found = {name: value for name, value in record.items() if not self._is_hidden(name, hidden)}
        for field, names in self.taken.items():
            values = [value for name in names for value in values_at(record, name)]
            if not values and field in _NEEDED:
                raise _lacks(record, names)
            found[field] = values if len(values) > 1 else next(iter(values), None)
        return {**found, **self.constant}

    def _is_hidden(self, name: str, hidden: Iterable[Role]) -> bool:
        known = role(name)
        return name in self.names or (known is not None and known[0] in hidden)


def field_map(lines: Iterable[str]) -> FieldMap:
    """What a person said: "title=kop" takes the field, "outlet==De Krant" gives every record this text.

    "meta.date" is the field "date" in the object "meta", "authors.0.name" that in the first item of a list,
    "authors.name" or "authors[].name" that in all of them. Text and authors may be given several times and are
    joined. Raises SourceError for what is no such pair and for an unknown field.
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


def steps(name: str) -> list[str]:
    """The parts of the way to a field inside objects and lists."""
    return [part for part in _INDEX.sub(lambda match: f".{match[1] or '*'}", name).split(".") if part] or [name]


def values_at(record: Mapping[str, Any], name: str) -> list[Any]:
    """The value of a field, or of those inside objects and lists; none where there is no such field."""
    return [record[name]] if name in record else list(islice(_values(record, steps(name)), _MOST_ITEMS))


def paths(record: Mapping[str, Any]) -> str:
    """The fields of a record, for a reader, as `--map` takes them."""
    found = list(islice(_paths(record, "", 0), _MOST_NAMES + 1))
    more = ["…"] if len(found) > _MOST_NAMES else []
    return ", ".join([*found[:_MOST_NAMES], *more]) or "nothing"


def _pair(line: str) -> tuple[str, str, bool]:
    match = _PAIR.fullmatch(line) if len(line) <= _LONGEST else None
    value = match["value"].strip() if match else ""
    if not match or not value:
        hint = "write FIELD=NAME, as in title=headline_text, or FIELD==TEXT for a text that all records get"
        raise SourceError(f"“{line[:80]}” does not map a field", hint)
    field = match["field"].lower()
    if field not in NAMES:
        raise SourceError(f"there is no field “{match['field'][:40]}”", f"the fields are {', '.join(NAMES)}")
    return field, value, match["mark"] == "=="


def _values(value: Any, way: list[str]) -> Iterator[Any]:
    """What lies at the end of a way. A list is gone through item by item unless one of them is named."""
    if not way:
        yield value
    elif isinstance(value, list):
        named = way[0] == "*" or (way[0].isdecimal() and len(way[0]) < 7)
        items = value[int(way[0]) :][:1] if named and way[0] != "*" else value[:_MOST_ITEMS]
        for item in items:
            yield from _values(item, way[1:] if named else way)
    elif isinstance(value, dict):
        for end in range(len(way), 0, -1):  # a name may have dots of its own
            if ".".join(way[:end]) in value:
                yield from _values(value[".".join(way[:end])], way[end:])
                return


def _paths(value: Any, before: str, depth: int) -> Iterator[str]:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, dict)), None)
        before = f"{before}[]" if value else before
    if not isinstance(value, dict) or not value or depth > _DEEPEST:
        yield before
        return
    for name, inner in value.items():
        shown = str(name)[:40]
        yield from _paths(inner, f"{before}.{shown}" if before else shown, depth + 1)


def _lacks(record: Mapping[str, Any], names: Iterable[str]) -> ExtractError:
    return ExtractError(f"the record has no field “{' or '.join(names)}”", f"it has: {paths(record)}; correct --map")
