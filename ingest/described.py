"""What a model's docstring says of its fields, so that a schema says it too."""

from __future__ import annotations

import inspect
from collections.abc import Iterator


def summary(docstring: str) -> str:
    """The docstring up to its list of fields."""
    kept = [line for line in inspect.cleandoc(docstring).split("\n") if not _field(line) and not line.startswith(" ")]
    return "\n".join(kept).strip()


def fields(docstring: str) -> dict[str, str]:
    """What is said of each field: `name  words`, where further lines of the words are indented."""
    said: dict[str, list[str]] = {}
    names: list[str] = []
    for line in inspect.cleandoc(docstring).split("\n"):
        if line.startswith(" "):
            words = line.strip()
        else:
            names, words = _field(line) or ([], "")
        for name in names:
            said.setdefault(name, []).append(words)
    return {name: " ".join(words) for name, words in said.items()}


def of_class(cls: type) -> dict[str, str]:
    """What a class and those it derives from say of their fields; its own words go first."""
    return {name: words for one in reversed(cls.__mro__) for name, words in _own(one)}


def _own(cls: type) -> Iterator[tuple[str, str]]:
    yield from fields(cls.__dict__.get("__doc__") or "").items()


def _field(line: str) -> tuple[list[str], str] | None:
    """The names and the first words of a line such as `host, port   where it listens`; None for other lines."""
    head, gap, words = line.partition("  ")
    names = head.split(", ")
    if not gap or not words.strip() or not all(name.isidentifier() for name in names):
        return None
    return names, words.strip()
