"""The fields above a text: a `---` block of Markdown, or the first lines of a plain text."""

from __future__ import annotations

import re

from ingest.extract.field_names import Role, key, keys

Value = str | list[str]
_FIELD = re.compile(r"(?P<name>[A-Za-z][\w .-]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*))?")
_ITEM = re.compile(r"[ \t]{0,20}-[ \t](?P<value>.*)")
_LIST_ITEM = re.compile(r"\s*(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^']|'')*)'|([^,]*))\s*(?:,|$)")
# Roles that a plain text may be trusted to name above it: "Text:" or "Time:" also begin sentences.
_ABOVE_TEXT: tuple[Role, ...] = ("title", "url", "outlet", "published", "updated", "authors", "language", "origin")
_BEGINS_SENTENCES = frozenset({"time", "by", "la", "td", "data"})
_MOST_LINES = 200


def split(text: str) -> tuple[dict[str, Value], str]:
    """The fields between two lines of `---` at the start of a text, and the text below them."""
    lines = text.lstrip("\ufeff\n").split("\n")
    if lines[0].rstrip() != "---":
        return {}, text
    for number, line in enumerate(lines[1:_MOST_LINES], 1):
        if line.rstrip() in ("---", "..."):
            return _fields(lines[1:number]), "\n".join(lines[number + 1 :])
    return {}, text


def split_plain(text: str) -> tuple[dict[str, Value], str]:
    """Lines such as "Source: Reuters" above a text, and the text; two that are known are needed to believe them."""
    lines = text.lstrip("\n").split("\n")
    fields: dict[str, Value] = {}
    above = keys(*_ABOVE_TEXT) - _BEGINS_SENTENCES
    for number, line in enumerate(lines[:20]):
        match = _FIELD.fullmatch(line.strip())
        if not match or key(match["name"]) not in above:
            return (fields, "\n".join(lines[number:])) if len(fields) > 1 else ({}, text)
        fields[match["name"]] = match["value"] or ""
    return {}, text


def _fields(lines: list[str]) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    name = ""
    for line in lines:
        if name and (item := _ITEM.fullmatch(line)):
            before = fields[name]
            fields[name] = [*(before if isinstance(before, list) else []), _scalar(item["value"])]
        elif match := _FIELD.fullmatch(line):
            name = match["name"]
            fields[name] = _value(match["value"] or "")
    return fields


def _value(text: str) -> Value:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        found = (next(filter(None, match.groups()), "").strip() for match in _LIST_ITEM.finditer(text[1:-1]))
        return [item for item in found if item]
    return _scalar(text)


def _scalar(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    return "" if text in ("|", ">", "~", "null") else re.sub(r"\s#.*$", "", text).rstrip()
