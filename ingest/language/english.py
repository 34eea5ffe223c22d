"""Closed classes of English words: those that build sentences and name nothing."""

from __future__ import annotations

AUXILIARIES = frozenset(
    "am are can could did do does had has have is may might must shall should was were will would".split()
)
ASKING = frozenset("how what when where whether which who whom whose why".split())
PREPOSITIONS = frozenset(
    "about around at concerning during for from in into of on over regarding through to with".split()
)
PERSONAL = frozenset("he her him his it its she their them they".split())
