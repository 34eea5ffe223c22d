"""What the reader is trained on: a question with windows of texts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Window:
    """Up to four neighbouring sentences of a paragraph, and where the answer stands in them if it does."""

    title: str
    text: str
    answer: tuple[int, int] | None = None


@dataclass(frozen=True)
class Group:
    """A question and its windows; the answer is in the first, or in none."""

    question: str
    windows: tuple[Window, ...]
