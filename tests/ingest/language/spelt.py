"""Writes `ingest/language/numerals.json` from Unicode's rules of spelling: `python -m tests.ingest.language.spelt`.

Needs `pip install icu-rbnf`, which holds these rules.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import icu_rbnf

from ingest.language.text import clean
from tests.ingest.language.cldr import LANGUAGES

TARGET = Path(__file__).parents[3] / "ingest" / "language" / "numerals.json"
LARGEST = 100  # numbers above it are printed in figures, or with a scale: "two thousand"
_SCRIPTS_WITHOUT_SPACES = frozenset("ja km ko lo my th zh".split())


def table() -> dict[str, list[list[str]]]:
    """Of each language the cardinals and the ordinals from one on, where it spells them."""
    spelling = (icu_rbnf.spellout, icu_rbnf.spellout_ordinal)
    found = {}
    for language in sorted(set(LANGUAGES) - _SCRIPTS_WITHOUT_SPACES):
        if icu_rbnf.is_locale_supported(language):
            rows = [[clean(spell(number, language)) for number in range(1, LARGEST + 1)] for spell in spelling]
            found[language] = [row for row in rows if not any(map(re.compile(r"\d").search, row))]
    return {language: rows for language, rows in found.items() if rows and rows[0]}


if __name__ == "__main__":
    lines = (f"{json.dumps(language)}: {json.dumps(rows, ensure_ascii=False)}" for language, rows in table().items())
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
