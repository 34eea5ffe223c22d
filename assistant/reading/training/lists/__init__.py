"""Lists of words by which training examples are made."""

from __future__ import annotations

from importlib.resources import files


def rows(name: str) -> list[str]:
    """The lines of a list, without its comments."""
    text = (files(__name__) / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
