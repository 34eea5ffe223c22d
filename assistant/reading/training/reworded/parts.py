"""Parts of a sentence left out or moved: a time, an aside, a word, one of two clauses, names of a list."""

from __future__ import annotations

import re

from assistant.reading.training.case import Case
from assistant.reading.training.english import QUOTE_MARK
from assistant.reading.training.marked import Marked, capital, lowered
from assistant.reading.training.reworded.words import NO_LESS

_ASIDE = re.compile(
    r" \([^)]*\)|(?<=\w), (?:which|who|where|including|such as|a|an|the|now|then) [^,.;“”\"]{4,90}(?=,)"
    r"|, (?:which|who|where|including|such as) [^,.;“”\"]{4,90}(?=\.$)"
)
_OPENER = re.compile(
    r"^((?:In|On|During|After|Before|By|At|Since|Under|For|With|Within|Throughout|Following) [^,;]{3,60}), ([^;]+)\.$"
)
_CLOSER = re.compile(r"^([^;]{20,}?[a-z]) ((?:in|on|during|after|before|by|at|since) (?:the )?[^,;]{3,35})\.$")
_SECOND = re.compile(
    r"^(.{35,}?)(?:; |, (?:and|but|while|although|whereas) "
    r"(?=(?:it|he|she|they|the|was|were|is|has|had|also|then|[a-z]+ed)\b))"
    r"[^“”\"]{12,}\.$"
)
_OPENS = r"^(?!In\b|On\b|At\b|By\b|For\b)(?:(?:The|His|Her) )?"
_RELATIVE = re.compile(
    rf"({_OPENS}[A-Z][\w’-]+(?: [A-Z][\w’-]+){{0,3}}), who ([a-z]+ed|was|is|were|had"
    rf"|has) ([^,;]{{5,90}}), ([^;]{{10,}})\.$"
)
_APPOSED = re.compile(
    r"^(?!In |On |At )([A-Z][\w’-]+(?: [A-Z][\w’-]+)+), ((?:a|an|the) [^,;]{4,60}), (\w+ [^;]{10,})\.$"
)
# Adjectives without which something else is said.
_TELLING = frozenset(
    "former alleged false first second third last next previous other only late possible potential proposed main "
    "major new fake federal".split()
)
_ADJECTIVE = re.compile(r"\b(the|a|his|her|their|its) ([a-z]{4,}) (?=[a-z]{4,}\b)")
_ADVERB = re.compile(
    r"(?<=[a-z] )(?:also|still|very|highly|widely|then|later|subsequently|currently|eventually|officially"
    r"|famously|particularly|especially|generally) (?=[a-z])"
)
_LINK = re.compile(
    r"^(?:However|Moreover|Furthermore|In addition|Additionally|Also|Thus|Therefore|Meanwhile|As a result"
    r"|For example|For instance|Indeed|Similarly|Consequently|Nevertheless), "
)
_SECOND_VERB = re.compile(
    r"^(?P<who>(?:The |An? )?[\w’-]+(?:"
    r" [\w’-]+){0,3}?)(?<!\bwas)(?<!\bwere)(?<!\bhad)(?<!\bhas)(?<!\bhave)(?<!\bbeen)(?<!\bis)"
    r" (?P<first>[a-z]{3,}ed [^;“”\"]{8,80}?),? and (?P<second>(?:then |later |also )?[a-z]{3,}ed [^;“”\"]{8,})\.$"
)
_TAIL = re.compile(
    r"^(?P<rest>[^“”\"]{30,}?)(?:, (?:[a-z]{3,}ing|[a-z]{3,}ed by|which|who|where|as|while|although|though)"
    r" [^,;“”\"]{8,120}"
    r"| (?:while|when|after|before|as) (?:the|he|she|it|they|a|an) [^,;“”\"]{8,100})\.$"
)
_STRICT = re.compile(r"\b(?:not|no|never|only|until|unless|if|hardly|nor|neither|cannot)\b|n[’']t\b")
_NAMES = re.compile(
    r"(?<=[a-z] )(?P<list>(?:[A-Z][\w’-]+(?: [A-Z][\w’-]+)*, )+[A-Z][\w’-]+(?: [A-Z][\w’-]+)*,? and"
    r" [A-Z][\w’-]+(?: [A-Z][\w’-]+)*)(?=[.,;]| (?:in|at|on|as)\b)"
)


def aside_dropped(claim: Marked, case: Case) -> Marked | None:
    places = list(_ASIDE.finditer(claim.text))
    if not places:
        return None
    start, end = case.chance.choice(places).span()
    end += claim.text[end : end + 1] == "," and claim.text[start] == ","
    rest = claim[:start] + claim[end:]
    return rest if len(rest.text.split()) > 5 else None


def opener_moved(claim: Marked, case: Case) -> Marked | None:
    if found := _OPENER.match(claim.text):
        first, rest = claim.group(found, 1), claim.group(found, 2)
        return capital(rest) + " " + first[:1].each(str.lower) + first[1:] + "."
    if (found := _CLOSER.match(claim.text)) and not re.search(r"[,“\"]", found[1]):
        return capital(claim.group(found, 2)) + ", " + lowered(claim.group(found, 1)) + "."
    return None


def time_dropped(claim: Marked, case: Case) -> Marked | None:
    """Without when or where it was, told at the beginning or the end."""
    if (found := _OPENER.match(claim.text)) and not found[1].startswith(("Under", "With", "By")):
        return capital(claim.group(found, 2)) + "."
    if (found := _CLOSER.match(claim.text)) and re.match(r"(?:in|on|during|since) [^,]*\d", found[2]):
        return claim.group(found, 1) + "."
    return None


def shortened(claim: Marked, case: Case) -> Marked | None:
    """The first of two clauses."""
    found = _SECOND.match(claim.text)
    if (
        not found
        or re.search(r"\b(?:if|not only|either|neither|both|between|unless)\b", found[1], re.I)
        or QUOTE_MARK.search(found[1])
    ):
        return None
    return claim.group(found, 1) + "."


def relative_parted(claim: Marked, case: Case) -> Marked | None:
    """What a clause with "who", or a noun in apposition, tells becomes the sentence."""
    if found := _RELATIVE.match(claim.text):
        return claim.group(found, 1) + " " + claim[found.start(2) : found.end(3)] + "."
    if found := _APPOSED.match(claim.text):
        verb = " was " if " was " in claim.text or "ed " in found[3] else " is "
        return claim.group(found, 1) + verb + claim.group(found, 2) + "."
    return None


def adverb_dropped(claim: Marked, case: Case) -> Marked | None:
    return _without(_ADVERB, claim, case)


def link_dropped(claim: Marked, case: Case) -> Marked | None:
    """Without the word that links it to the sentence before."""
    return _without(_LINK, claim, case)


def _without(pattern: re.Pattern[str], claim: Marked, case: Case) -> Marked | None:
    if not (places := list(pattern.finditer(claim.text))):
        return None
    place = case.chance.choice(places)
    return capital(claim[: place.start()] + claim[place.end() :])


def adjective_dropped(claim: Marked, case: Case) -> Marked | None:
    for place in _ADJECTIVE.finditer(claim.text):
        read = case.lexicon.read(place[2])
        if not read or (read.part, read.form) != ("a", "") or place[2] in _TELLING:
            continue
        article = claim[: place.start(2)]
        if place[1] == "a" and claim.text[place.end()] in "aeiou":
            article = article[:-1] + "n "
        return article + claim[place.end() :]
    return None


def second_deed(claim: Marked, case: Case) -> Marked | None:
    """Of two things that somebody did the second."""
    found = _SECOND_VERB.match(claim.text)
    if not found or _STRICT.search(found["first"]):
        return None
    return claim.group(found, "who") + " " + claim.group(found, "second") + "."


def tail_dropped(claim: Marked, case: Case) -> Marked | None:
    """Without a clause at the end that says what happened besides."""
    found = _TAIL.match(claim.text)
    if not found or _STRICT.search(claim.text) or len(found["rest"].split()) < 6:
        return None
    return claim.group(found, "rest") + "."


def list_shortened(claim: Marked, case: Case) -> Marked | None:
    """Two members of a longer list of names."""
    found = _NAMES.search(claim.text)
    if not found or NO_LESS.search(claim.text) or claim.is_wrong(*found.span()):
        return None
    items = re.split(r",? and |, ", found["list"])
    kept = sorted(case.chance.sample(range(len(items)), 2))
    return claim.reworded(*found.span("list"), " and ".join(items[row] for row in kept))
