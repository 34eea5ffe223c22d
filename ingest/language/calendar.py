"""The names of months, days and halves of the day in the languages of the world, as CLDR of Unicode has them."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources

# Accents, and the vowel signs of Arabic: many write without them.
_ACCENTS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]")

# Written together with the month, and with the day of the week.
_HEBREW_IN, _THAI_THE = "ב", "ที่"


@dataclass(frozen=True)
class Calendar:
    """Words by what they mean; they are compared as `folded_word` makes them.

    months    1 to 12, by language
    weekdays  0 for Monday
    halves    "am" or "pm"
    around    words that stand between the parts of a date: "6 de julio de 2026"
    zones     which of a zone's times is meant, "standard", "daylight" or "generic", and the key of the zone
    """

    months: dict[str, dict[str, int]]
    weekdays: dict[str, int]
    halves: dict[str, str]
    around: frozenset[str]
    zones: dict[str, tuple[str, str]]

    def month(self, word: str, language: str = "", *, only: bool = False) -> int | None:
        """The month of that name, in that language first; "listopada" is October or November where none is known."""
        key = folded_word(word)
        own = self.months.get(language[:2].lower(), {}).get(key)
        return own if own or only else self._of_all.get(key) or self._of_all.get(key.removeprefix(_HEBREW_IN))

    @cached_property
    def _of_all(self) -> dict[str, int]:
        found: dict[str, set[int]] = {}
        for names in self.months.values():
            for word, number in names.items():
                found.setdefault(word, set()).add(number)
        return {word: min(numbers) for word, numbers in found.items() if len(numbers) == 1}

    def goes_beside(self, word: str) -> bool:
        """Whether a word may stand in or beside a date and says nothing that the date does not: a weekday, "of"."""
        key = folded_word(word).removesuffix(_THAI_THE)
        return key in self.around or key in self.weekdays


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """The table, read once. It is made by `tests/ingest/language/cldr.py`."""
    said = json.loads(resources.files("ingest.language").joinpath("cldr.json").read_text("utf-8"))
    zones = {name: (kind, key) for name, (kind, key) in said["zones"].items()}
    return Calendar(said["months"], said["weekdays"], said["halves"], frozenset(said["around"]), zones)


def folded_word(word: str) -> str:
    """The word as it is compared: without regard to case, accents and the dot of the Turkish i."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", word.casefold()))
    return unicodedata.normalize("NFC", bare.replace("ı", "i"))
