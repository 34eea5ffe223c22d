"""English words: closed classes, which build sentences and name nothing, and irregular forms of verbs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

STOPWORDS = frozenset(
    "a an and are as at be been but by can did do does for from had has have he her his how i if in into is it "
    "its me my of on or our she so than that the their them then there these they this to us was we were what "
    "when where which who whom whose why will with would you your according about".split()
)
AUXILIARIES = frozenset(
    "am are can could did do does had has have is may might must shall should was were will would".split()
)
ASKING = frozenset("how what when where whether which who whom whose why".split())
PREPOSITIONS = frozenset(
    "about around at concerning during for from in into of on over regarding through to with".split()
)
PERSONAL = frozenset("he her him his it its she their them they".split())
DEMONSTRATIVE = frozenset("that these this those".split())
# In full, in their order. The table of CLDR has the short names among them, which are first names, too: Jan, Dan.
MONTHS = tuple("january february march april may june july august september october november december".split())
WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
# Behind names; and titles that are written with a stop, before them.
SUFFIXES = frozenset("jr sr ii iii iv".split())
SHORT_TITLES = frozenset("mr mrs ms dr prof sen rep gov gen col lt sgt capt cmdr adm maj hon rev".split())
# What is printed of the news, by its names; PIECE is a pattern for all of them.
ARTICLES = frozenset("article articles report reports stories story".split())
PIECE = (
    rf"(?:{'|'.join(sorted(ARTICLES))}"
    r"|coverage|reporting|analys[ei]s|pieces?|columns?|editorials?|op-eds?|interviews?)"
)
_WORD = re.compile(r"\w+(?:[’‘'.-]\w+)*")
_JOINED = re.compile(r"^\w+n[’‘']t$|[’‘'](?:s|ll|ve|re|d|m)$")  # all of "don't", the end of "they've"
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


def content_words(text: str) -> list[str]:
    """The words of a question that say what it is about, in lower case."""
    words = [word for one in _WORD.findall(text) if (word := _JOINED.sub("", one.lower()))]
    return [word for word in words if word not in STOPWORDS] or words


def stemmed_verbs(stems: Callable[[str], Sequence[str]]) -> dict[str, str]:
    """The stem of each form, and the stem of the verb that stands for it."""
    lines = (stems(line) for line in _FORMS.strip().splitlines())
    return {form: first for first, *others in lines for form in others}
