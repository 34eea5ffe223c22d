"""The language of a text."""

from __future__ import annotations

import re

# The first sentences decide; more text only costs time.
_ENOUGH = 300
_FEWEST = 40
# They write the year first; 03/04/2024 is foreign to them.
_YEAR_FIRST = frozenset({"zh", "ja", "ko", "hu", "lt", "mn"})
_TAG = re.compile(r"([a-zA-Z]{2,3})(?:[-_][\w-]{1,12})?")


def named(tag: str) -> str | None:
    """The two- or three-letter code of a language tag such as "en-US"; None for anything else."""
    match = _TAG.fullmatch(tag.strip())
    return match[1].lower() if match else None


def day_comes_first(tag: str) -> bool | None:
    """Whether people of that language tag write 3 April as 03/04; None where the tag does not tell."""
    language, _, region = tag.replace("_", "-").lower().partition("-")
    if language not in ("en", ""):
        return language not in _YEAR_FIRST
    return {"us": False, "ph": False}.get(region[:2], True if region and region[:2] != "ca" else None)


def year_comes_first(tag: str) -> bool:
    """Whether people of that language tag write 3 April 2024 as 24.04.03."""
    return tag.replace("_", "-").lower().partition("-")[0] in _YEAR_FIRST


def detect(title: str, text: str) -> str | None:
    """The language that title and text are written in, None where there is too little to tell."""
    sample = f"{title}\n{text}"[:_ENOUGH]
    if len(sample) <= _FEWEST:
        return None
    from py3langid import classify

    return str(classify(sample)[0])
