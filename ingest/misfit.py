"""What does not fit a type, in plain words and without the value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

Problem = Mapping[str, Any]

_PARTS = ("body", "query", "path")  # of a request, as FastAPI names them
_MOST = 3  # problems that are told at once
# Where pydantic speaks of its own types.
_PLAIN = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such field",
    "model_attributes_type": "it has to be an object",
    "json_invalid": "this is not JSON",
    "union_tag_not_found": "{discriminator} is missing",
    "union_tag_invalid": "{discriminator} is not one of {expected_tags}",
}
# What a length is counted in, by the type of problem.
_ENTRIES, _CHARACTERS = ("entry", "entries"), ("character", "characters")
_COUNTED = {
    "too_short": _ENTRIES,
    "too_long": _ENTRIES,
    "string_too_short": _CHARACTERS,
    "string_too_long": _CHARACTERS,
}


def misfits(problems: Sequence[Any]) -> str:
    """The first problems that pydantic names, each with the field that has it."""
    fields = [where(one) for one in problems]
    told = (
        f"{field}: {what(one)}" if field else what(one)
        for field, one in zip(fields, problems, strict=True)
        if not any(other.startswith(f"{field}.") for other in fields)  # else it lacks what does not fit in it
    )
    return "; ".join(islice(told, _MOST))


def where(problem: Problem) -> str:
    """The field, as "filters.since"."""
    if problem["type"] == "json_invalid":  # its place is one in the text
        return ""
    first, *rest = problem["loc"] or ("",)
    return ".".join(map(str, rest if first in _PARTS else problem["loc"]))


def what(problem: Problem) -> str:
    """What is wrong with it."""
    if plain := _PLAIN.get(problem["type"]):
        return plain.format_map(problem.get("ctx", {}))
    if counted := _COUNTED.get(problem["type"]):
        return _length(problem["ctx"], *counted)
    return str(problem["msg"]).removeprefix("Value error, ")


def _length(limits: Mapping[str, int], one: str, many: str) -> str:
    if "max_length" in limits:
        return f"it has more than {limits['max_length']:,} {one if limits['max_length'] == 1 else many}"
    return "it is empty" if limits["min_length"] == 1 else f"it needs at least {limits['min_length']:,} {many}"
