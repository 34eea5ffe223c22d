"""Verbs by which somebody is said to say something, and the phrases that do the same without one."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

# Before their subject, too, as in “…,” said Holm.
INVERTING = (
    r"said|says|added|adds|asked(?! (?:for|by)\b)|warned|warns|argued|argues|claimed|claims|announced|insisted"
    r"|insists|informed|wrote|writes|explained|noted|admitted|predicted|urged|replied|suggested|recalled|recalls"
    r"|declared|joked|sagte|sagt|erklärte|warnte|betonte"
)
_PASSIVE = r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bwhen )"
_PLAIN = (
    r"(?<!\bnot )(?<!\bto )say|saying|tells|denied|denies|stated|states that|believes?|thinks|described|accused"
    r"|accuses|alleged|alleges|acknowledged|vowed|promised|estimated|criticised|criticized"
    rf"|{_PASSIVE}told|{_PASSIVE}called(?! (?:off|on|for|up|in)\b)|calls(?! (?:to|for|from|on)\b)"
)
VERBS = rf"(?:{INVERTING}|{_PLAIN})"
ACCORDING = r"according to|in the words of|laut"
SAYING = rf"(?:{VERBS}|{ACCORDING}|zufolge|allegedly|reportedly)"


@lru_cache(maxsize=1)
def quoting() -> frozenset[str]:
    """The forms of verbs that say who speaks where they stand beside a quotation; elsewhere they may mean more."""
    lines = resources.files("ingest.language").joinpath("saying.txt").read_text("utf-8").splitlines()
    return frozenset(form for line in lines if not line.startswith("#") for form in line.split()[1:])
