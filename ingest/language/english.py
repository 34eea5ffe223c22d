"""English words: closed classes, which build sentences and name nothing, and irregular forms of verbs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

AUXILIARIES = frozenset(
    "am are can could did do does had has have is may might must shall should was were will would".split()
)
ASKING = frozenset("how what when where whether which who whom whose why".split())
PREPOSITIONS = frozenset(
    "about around at concerning during for from in into of on over regarding through to with".split()
)
PERSONAL = frozenset("he her him his it its she their them they".split())
# The first word stands for all of its line; a few nouns of the same deed stand with their verb. Only plain deeds: the
# forms of hold, leave and find mean too much else.
_FORMS = """
beat beaten defeat defeated
begin began begun
break broke broken
build built
buy bought
catch caught
choose chose chosen
die died death dead
draw drew drawn
drive drove driven
fall fell fallen
fight fought
fly flew flown
grow grew grown
kill killed killing
lead led leader
lose lost
meet met
pay paid
rise rose risen
sell sold
send sent
shoot shot
sink sank sunk
sleep slept
speak spoke spoken
spend spent
steal stole stolen theft thief thieves
strike struck
teach taught
win won winner
write wrote written
"""


def stemmed_verbs(stems: Callable[[str], Sequence[str]]) -> dict[str, str]:
    """The stem of each form, and the stem of the verb that stands for it."""
    lines = (stems(line) for line in _FORMS.strip().splitlines())
    return {form: first for first, *others in lines for form in others}
