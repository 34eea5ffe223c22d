"""Who speaks in quotations of real articles that name a verb other than said, says and told."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.language.speech import speaker_of
from tests.evals.floors import floor

FILE = Path(os.environ.get("DATELINE_EVAL_DATA") or Path(__file__).parents[2].parent / "shared") / "data"
FILE = FILE / "scale-12k.jsonl.gz"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason=f"no evaluation data at {FILE}")

_NAME = r"[A-Z][\w’'-]+(?: (?:[A-Z]\.|[A-Z][\w’'-]+)){1,3}"
_QUOTED = r"[“\"][^“”\"]{20,200}[a-z][,?!][”\"] "
_SAID = re.compile(
    rf"{_QUOTED}(?:(?P<verb>[a-z]{{3,14}}) (?P<name>{_NAME})|(?P<name2>{_NAME}) (?P<verb2>[a-z]{{3,14}}))[.,]"
)
# Words of other kinds that stand in a verb's place often; "said", "says" and "told" are known to everybody.
_OTHERS = frozenset("said says told the and but was one former also has who which that had is".split())


def attributions() -> Iterator[tuple[str, str]]:
    """Sentences with the name of who speaks, of every article whose verb stands three times or more."""
    found: dict[str, list[tuple[str, str]]] = {}
    with gzip.open(FILE, "rt") as lines:
        for line in lines:
            for match in _SAID.finditer(json.loads(line).get("text") or ""):
                verb = match["verb"] or match["verb2"]
                if verb.endswith(("ed", "s", "ote")) and verb not in _OTHERS:
                    found.setdefault(verb, []).append((match[0], match["name"] or match["name2"]))
    for said in found.values():
        if len(said) > 2:
            yield from said


def test_the_speaker_is_found_whatever_the_verb() -> None:
    right = [(speaker_of(text) or "?").split()[-1] in name for text, name in attributions()]
    assert len(right) > 100
    assert sum(right) / len(right) >= floor("speakers.found")
