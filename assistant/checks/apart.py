"""Whether a name of a statement is told of in its passage, or only stands in another sentence there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checks.finding import FINE, Finding, partly
from ingest.language.sentences import sentences
from ingest.language.speech import bare_name, name_runs
from ingest.language.stems import stems

# What may be of somebody whom another sentence names.
_LEANS = re.compile(
    r"\A(?:[\"“„«]|(?:The|His|Her|Its|Their|Our|My|Both|Such) [a-z])"
    r"|\b(?i:he|she|it|they|him|them|this|these|those)\b"
)
_OWN = 2  # words of the statement that the sentence of a name has to add to the one that tells the most


def check_apart(text: str, passage: str) -> Finding:
    """Every name must stand in the sentence of the passage that tells the most, or in one that adds to that."""
    told = [passage[start:end] for start, end in sentences(passage)]
    runs = (run[0] for run in name_runs(text) if run.start() or " " in run[0])  # the first word alone may be none
    names = {name: stems(name.split()[-1]) for run in runs if (name := bare_name(run))}
    words = stems(text).difference(*names.values())
    best = max(told, key=lambda sentence: len(words & stems(sentence)), default="")
    if len(told) < 2 or _LEANS.search(best):
        return FINE
    stray = next((name for name, last in names.items() if last and _strays(last, told, best, words)), None)
    return partly(f"{stray} stands in another sentence of the cited passage") if stray else FINE


def _strays(name: frozenset[str], told: Sequence[str], best: str, words: frozenset[str]) -> bool:
    holding = [stems(sentence) for sentence in told if name <= stems(sentence)]
    more = words - stems(best)
    return bool(holding) and not name <= stems(best) and all(len(more & one) < _OWN for one in holding)
