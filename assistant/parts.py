"""The parts of a question that asks for two things at once."""

from __future__ import annotations

import re

_ASKS_ON = re.compile(
    r",? and (?=(?:(?:by|to|from|in|for|at|on|of|with|since|until) )?(?:how|who|whom|what|when|where|which|why)\b)",
    re.IGNORECASE,
)
_EACH = re.compile(r"(?P<asks>.*?\b(?:do|does|did) )(?P<one>.+?) and (?P<other>.+?) (?:each|both) (?P<rest>.*)", re.I)


def parts_of(question: str) -> list[str]:
    """ "What do A and B each want?" as a question about A and one about B; "how many … and when …" as its two."""
    if match := _EACH.fullmatch(question):
        return [f"{match['asks']}{match[name]} {match['rest']}" for name in ("one", "other")]
    return _ASKS_ON.split(question)
