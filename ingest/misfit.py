"""What does not fit a type, in plain words and without the value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Problem = Mapping[str, Any]

_MOST = 3  # problems that are told at once
# Where pydantic speaks of its own types.
_PLAIN = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such field",
    "json_invalid": "this is not JSON",
    "too_short": "it needs at least {min_length}",
    "too_long": "it has more than {max_length}",
}


def misfits(problems: Sequence[Any]) -> str:
    """The first problems that pydantic names, each with the field that has it."""
    return "; ".join(f"{where(one)}: {what(one)}" if where(one) else what(one) for one in problems[:_MOST])


def where(problem: Problem) -> str:
    """The field, as "filters.since"."""
    is_text = problem["type"] == "json_invalid"  # what follows is a place in the text
    return "" if is_text else ".".join(str(part) for part in problem["loc"] if part != "body")


def what(problem: Problem) -> str:
    """What is wrong with it."""
    if plain := _PLAIN.get(problem["type"]):
        return plain.format_map(problem.get("ctx", {}))
    return str(problem["msg"]).removeprefix("Value error, ")
