"""What a statement has of the article that it cites."""

from __future__ import annotations

import re

from assistant.types import Statement


def printed_words(statement: Statement) -> list[str]:
    """Its text without what is added to it in square brackets, as the pieces between."""
    added = "|".join(map(re.escape, statement.added)) or r"(?!)"
    return [piece.strip() for piece in re.split(added, statement.text) if piece.strip()]
