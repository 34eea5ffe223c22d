"""Words as conversations are searched for them: without regard to case, accents and width."""

from __future__ import annotations

import unicodedata

_LONGEST = 20_000


def folded(text: str) -> str:
    """The text in one form for everything that reads the same: "Zürich" and "ZURICH" become "zurich"."""
    apart = unicodedata.normalize("NFKD", text[:_LONGEST]).casefold()
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
