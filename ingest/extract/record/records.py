"""Where the records are in a JSON value, told by its structure: whatever an interface wraps around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.extract.field_names import TEXTS, Role, role
from ingest.extract.record.field_values import address, is_empty

Record = Mapping[str, Any]

_DEEPEST = 12
_TOP = 3  # levels of an object that are looked at together
_LOOKED_AT = 200  # items of a list, to tell what it holds
_LONG = 140  # characters of a text that is more than a name or a caption
_SURELY = 3  # times as much text in a list as beside it makes what surrounds it an envelope
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,19}://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    """Records, and the characters of text in them."""

    records: list[Any]
    size: int


def records(value: object, wanted: Collection[str] = ()) -> list[Any] | None:
    """The records in a JSON value; None when it is one itself. Of `wanted` fields a record has at least one.

    Lists of objects, lists inside objects, and tables by rows or by columns, as pandas and databases write them.
    """
    if isinstance(value, list):
        return _listed(value, wanted)
    if not isinstance(value, dict):
        return None
    if wanted and any(name in value for name in wanted):
        return None
    found = _best(value, wanted, 0)
    return None if found is None else found.records


def named_columns(row: list[Any]) -> list[str]:
    """Names for the cells of a row that has none."""
    return [f"column {number}" for number in range(1, len(row) + 1)]


def is_header(row: list[Any]) -> bool:
    """Whether a row holds the names of columns: short, each its own, and no dates, addresses or numbers."""
    names = [cell.strip() if isinstance(cell, str) else str(cell or "") for cell in row]
    given = [name for name in names if name]
    known = {found[0] for name in given if (found := role(name))}
    if known & {"title", "text"} and len(known) > 1:
        return True
    return bool(given) and len(set(given)) == len(given) and all(map(_may_be_a_name, given))


def _may_be_a_name(cell: str) -> bool:
    return len(cell) <= 40 and cell[-1] not in ".!?…" and not re.search(r"\d{2}|://|@.*\.", cell) and cell[0] != "-"


def _listed(items: list[Any], wanted: Collection[str]) -> list[Any]:
    if rows := _rows(items, None):
        return rows
    return [record for item in items for record in _inside(item, wanted)]


def _inside(item: Any, wanted: Collection[str]) -> list[Any]:
    """An item of a list: a record, or one more answer that holds records."""
    found = records(item, wanted) if isinstance(item, dict) else None
    return [item] if found is None else found


def _best(value: Record, wanted: Collection[str], depth: int) -> _Found | None:
    """The most text that a list inside an object holds; None where the object is an article itself."""
    if depth > _DEEPEST:
        return None
    if table := _table(value):
        return _Found(table, _size(table, wanted))
    if not wanted and _is_article(value):
        return None
    found = max(_candidates(value, wanted, depth), key=lambda each: each.size, default=None)
    if found is None or not (found.size or wanted):
        return None
    names = _roles(value, _TOP)
    itself = not wanted and "title" in names and not names.isdisjoint(TEXTS)
    return None if itself and found.size < _SURELY * _own(value) else found


def _candidates(value: Record, wanted: Collection[str], depth: int) -> Iterator[_Found]:
    loose = _roles(value, _TOP).isdisjoint(("title", *TEXTS))
    for inner in value.values():
        if isinstance(inner, list):
            items = _rows(inner, value) or inner
            if items and any(isinstance(item, dict) for item in items[:_LOOKED_AT]):
                found = [record for item in items for record in _inside(item, wanted)]
                yield _Found(found, _size(found, wanted, loose=loose))
        elif isinstance(inner, dict):
            if below := _best(inner, wanted, depth + 1):
                yield below
            elif not wanted and _is_only_entry(value, inner):
                yield _Found([inner], _size([inner], wanted))


def _is_only_entry(outer: Record, inner: Record) -> bool:
    """Whether an object is the one entry of a feed: JSON made of XML has no list of one."""
    names = _roles(outer, _TOP), _roles(inner, _TOP)
    both = "title" in names[0] and {"title", "url"} <= names[1]
    titles = [next((value for name, value in each.items() if _is(name, "title")), None) for each in (outer, inner)]
    return both and titles[0] != titles[1] and any(_is(name, "url") and address(inner[name]) for name in inner)


def _is(name: str, wanted: Role) -> bool:
    known = role(name)
    return known is not None and known[0] == wanted


def _is_article(value: Record) -> bool:
    """Whether an object has a text of its own under a name that tells; its sections may have titles."""
    known = _roles(value, _TOP)
    sections = "title" in known and not known.isdisjoint(("url", "published", "authors"))
    texts = (inner for name, inner in value.items() if _is(name, "text") or _is(name, "html"))
    return any(_length(inner, own=not sections) >= _LONG for inner in texts)


def _own(value: Record) -> int:
    """The characters of text in an object outside of its lists of objects."""
    return sum(_length(inner, own=True) for inner in value.values())


def _length(value: Any, *, own: bool, depth: int = 0) -> int:
    """The characters of running text in a value. Of its `own` is no text of objects that have a title too."""
    if isinstance(value, str):
        return len(value) if " " in value.strip() and not _ADDRESS.fullmatch(value) else 0
    if depth > _DEEPEST:
        return 0
    if isinstance(value, list):
        parts = [item for item in value[:_LOOKED_AT] if not (own and _is_entry(item))]
        return sum(_length(item, own=own, depth=depth + 1) for item in parts)
    if isinstance(value, dict):
        return sum(_length(item, own=own, depth=depth + 1) for item in value.values())
    return 0


def _size(items: list[Any], wanted: Collection[str], *, loose: bool = False) -> int:
    """The text of all items that may be articles, reckoned from the first of them."""
    sample = [item for item in items[:_LOOKED_AT] if isinstance(item, dict)]
    if wanted:
        sample = [item for item in sample if any(name in item for name in wanted)]
    entries = [item for item in sample if wanted or _is_entry(item, loose=loose)]
    size = sum(_length(item, own=False) for item in entries)
    return size * len(items) // min(len(items), _LOOKED_AT) if items else 0


def _is_entry(item: Any, *, loose: bool = False) -> bool:
    """Whether an item of a list may be an article: a title and something else, or a long text and something else.

    A text alone is a paragraph, unless what holds the list is `loose`: no article itself.
    """
    if not isinstance(item, dict):
        return False
    known = _roles(item, 0)
    titled = "title" in known and len(known) > 1
    return titled or ((loose or known != {"text"}) and any(_is_long(inner, 0) for inner in item.values()))


def _roles(item: Record, depth: int) -> set[Role]:
    """What there is in an object by the names of its fields, also of objects in it whose names say nothing."""
    found: set[Role] = set()
    for name, inner in item.items():
        known = role(name)
        if known and not is_empty(inner):
            found.add(known[0])
        elif isinstance(inner, dict) and depth < _TOP:
            found |= _roles(inner, depth + 1)
    return found


def _is_long(value: Any, depth: int) -> bool:
    if isinstance(value, dict):
        return depth < _TOP and any(_is_long(inner, depth + 1) for inner in value.values())
    return not isinstance(value, dict) and _length(value, own=True) >= _LONG


def _table(value: Record) -> list[Record] | None:
    """The rows of an object that holds a table: by columns, or under the names of its rows."""
    inner = list(value.values())
    if not inner:
        return None
    if all(isinstance(column, dict) and column for column in inner):
        first = inner[0].keys()
        if _names_columns(value) and all(column.keys() == first for column in inner):
            return [{name: column[row] for name, column in value.items()} for row in first]
        return inner if _are_alike(inner) and not _names_columns(value) else None
    if _names_columns(value) and all(isinstance(column, list) and len(column) == len(inner[0]) for column in inner):
        return [dict(zip(value, row, strict=True)) for row in zip(*inner, strict=True)]
    return None


def _names_columns(value: Record) -> bool:
    known = [found[0] for name in value if (found := role(name))]
    return len(known) > 1 and not {"title", "text", "summary"}.isdisjoint(known)


def _are_alike(items: list[Record]) -> bool:
    """Whether objects are records of one kind: what is in one is in the others for the most part."""
    first = set(items[0])
    return _is_entry(items[0]) and all(2 * len(first & item.keys()) >= len(first | item.keys()) for item in items)


def _rows(items: list[Any], parent: Record | None) -> list[Record] | None:
    """Records of a list of rows; their names stand in the first row, or in another list of what holds them."""
    if not items or not all(isinstance(row, list) for row in items[:_LOOKED_AT]) or not any(items):
        return None
    names, rows = _header(parent, len(items[0])), items
    if not names and is_header(items[0]):
        names, rows = list(map(str, items[0])), items[1:]
    names = names or named_columns(max(items, key=len))
    return [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]


def _header(value: object, width: int, depth: int = 0) -> list[str]:
    """A list of that many names, or of objects with a name, somewhere in an object."""
    if not isinstance(value, dict) or depth > 3:
        return []
    for inner in value.values():
        if isinstance(inner, list) and len(inner) == width:
            said = [item.get("name") if isinstance(item, dict) else item for item in inner]
            if all(isinstance(name, str) for name in said):
                return list(map(str, said))
    return next((names for inner in value.values() if (names := _header(inner, width, depth + 1))), [])
