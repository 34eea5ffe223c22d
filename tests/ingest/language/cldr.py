"""Writes `ingest/language/cldr.json` from the locale data of Unicode: `python -m tests.ingest.language.cldr`."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, localedata
from babel.core import get_global

from ingest.language.calendar import folded_word

LANGUAGES = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk "
    "km kn ko lo lt lv mk ml mn mr ms my nb ne nl nn no pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tr uk ur uz "
    "vi zh zu"
).split()
TARGET = Path(__file__).parents[3] / "ingest" / "language" / "cldr.json"
_YEAR = 2026  # the zones are told as they are in that year


def locales() -> list[Locale]:
    """These languages with all their regions."""
    names = sorted(localedata.locale_identifiers())
    return [Locale.parse(name) for name in names if name.split("_")[0] in LANGUAGES]


def words(text: str) -> list[str]:
    """The words of a name, as a reader of dates compares them."""
    return [folded_word(word) for word in re.findall(r"[^\W\d_](?:[^\x00-\x40\s’·]*[^\x00-\x40\s’·])?", text)]


def table() -> dict[str, Any]:
    """What of CLDR a reader of dates needs."""
    months, weekdays = defaultdict[str, dict[str, set[int]]](dict), defaultdict[str, set[int]](set)
    halves, around = defaultdict[str, set[str]](set), set[str]()
    for locale in locales():
        for number, said in _names(locale.months):
            name = said.replace(".", "")
            for word in {" ".join(words(name)), words(name)[-1]} if not any(map(str.isdigit, name)) else ():
                months[locale.language].setdefault(word, set()).add(number)
        for number, name in _names(locale.days):
            *before, last = words(name) or [""]
            weekdays[last].add(number) if not before else around.update((*before, last))
        for half in ("am", "pm"):
            halves[re.sub(r"[\s.]", "", folded_word(locale.day_periods["format"]["abbreviated"][half]))].add(half)
        around |= set(_around(locale))
    return {
        "months": {
            language: {word: min(found) for word, found in sorted(names.items()) if len(found) == 1}
            for language, names in months.items()
        },
        "weekdays": {word: min(found) for word, found in sorted(weekdays.items()) if len(found) == 1 and word},
        "halves": {word: min(found) for word, found in sorted(halves.items()) if len(found) == 1},
        "around": sorted(around.difference(*months.values())),
        "zones": dict(sorted(_zones().items())),
    }


def _names(said: Any) -> Iterator[tuple[int, str]]:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            yield from said[context][width].items()


def _around(locale: Locale) -> Iterator[str]:
    """The words that stand between the parts of a date or a time: "6 de julio de 2026"."""
    for formats in (locale.date_formats, locale.time_formats, locale.datetime_formats):
        for form in formats.values():
            pattern = str(getattr(form, "pattern", form))
            for quoted in re.findall(r"'([^']+)'", pattern):
                yield from words(quoted)
            yield from words(re.sub(r"'[^']*'|[\x00-\x7f]", " ", pattern))


def _zones() -> dict[str, list[str]]:
    """Which of a zone's times is meant, and the key of the zone, by what they are called in English."""
    keys = defaultdict[str, list[str]](list)
    for key, meta in get_global("meta_zones").items():
        keys[meta].append(key)
    english = Locale("en")
    known = {meta: max(of, key=lambda key: (_has_summer(key), key)) for meta, of in keys.items()}
    named = [(names, known[meta]) for meta, names in english.meta_zones.items() if meta in known]
    named += [(names, key) for key, names in english.time_zones.items()]
    found = _abbreviations()
    for names, key in named:
        if key in available_timezones():
            found |= {folded_word(name): [kind, key] for kind, name in dict(names.get("long", {})).items()}
    return found


def _abbreviations() -> dict[str, list[str]]:
    """Those of the tz database that mean one time alone."""
    seen = defaultdict[str, dict[timedelta | None, list[str]]](dict)
    for key in sorted(available_timezones()):
        for month in (1, 7):
            at = datetime(_YEAR, month, 2, tzinfo=ZoneInfo(key))
            kind = "daylight" if at.dst() else "standard"
            seen[str(at.tzname())].setdefault(at.utcoffset(), [kind, key])
    return {
        folded_word(name): next(iter(of.values())) for name, of in seen.items() if name.isalpha() and len(of) == 1
    }


def _has_summer(key: str) -> bool:
    zone = ZoneInfo(key)
    return len({datetime(_YEAR, month, 2, tzinfo=zone).utcoffset() for month in (1, 7)}) > 1


if __name__ == "__main__":
    TARGET.write_text(json.dumps(table(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
