"""Other words for the same: synonyms, phrases, names for pronouns, contractions, the wider word."""

from __future__ import annotations

import re

from assistant.reading.training.case import Case
from assistant.reading.training.english import NAME
from assistant.reading.training.lexicon import WORD
from assistant.reading.training.lists import rows
from assistant.reading.training.marked import WRONG, Marked

_FULL = re.compile(
    r"(?<=[a-z,] )([A-Z][a-zé’-]+ )(?:[A-Z]\. )?([A-Z][a-zé’-]{3,})(?=[ ,.;’'])(?! [A-Z])"
    r"|^([A-Z][a-zé’-]+ )([A-Z][a-zé’-]{3,})(?= [a-z])"
)
_PRONOUN = re.compile(r"^(?:He|She|It|They) (?=was|is|were|are|had|has|[a-z]+ed\b)")
_THIRD = re.compile(r"(?<=[a-z,] )(?:he|she) (?=[a-z])|(?<=[a-z] )(?:his|her) (?=[a-z]{4,})")
_FIRST_NAME = re.compile(
    rf"^(?!The\b|In\b|It\b|He\b|She\b|They\b|At\b|On\b|This\b|But\b|A\b)({NAME})(?= (?:was|is|has|had|said"
    rf"|[a-z]+ed)\b)"
)
_TITLED = re.compile(
    r"(?:\b[Tt]he )?\b((?:Prime |Vice |Chief |Lord |Deputy )?(?:President|Minister|Judge|Mayor|Governor|Senator"
    r"|Professor|Coach|Director|Chancellor|General|Colonel|Captain|Emperor|King|Queen|Pope|Bishop|Archbishop|Secretary|Justice"
    r"|Sheriff|Speaker|Chairman|Ambassador|Commissioner|Prosecutor|Admiral|Cardinal|Premier|Duke|Prince|Sultan))"
    r" [A-Z][\w’-]+(?: (?:[A-Z]\. )?(?:[A-Z][\w’-]+|[IVX]+))*(?![’']|\w| of\b| [A-Z])"
)
_HEDGE = re.compile(r"\b(about|around|roughly|approximately|some)(?= [$£€]?\d)")
_SAID_HE = re.compile(r"(?<=[,”\"] )(?:(?:he|she) (?:said|says|added)|(?:said|added) (?:he|she))(?=[.,]|$)")
# Where less or a wider word would be untrue.
NO_LESS = re.compile(
    r"\b(?:no|not|never|only|all|every|each|between|both|respectively|total|together|most|least)\b|n[’']t\b|\d"
)


def _same() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows("same.txt"):
        one, *others = row.split("|")
        found.setdefault(one, []).extend(others)
    return found


_TABLE = _same()
_PHRASE = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, sorted(_TABLE, key=len, reverse=True)))})(?!\w)(?:(?<!about)|(?= [$€£]?\d))"
)


def same_words(claim: Marked, case: Case) -> Marked | None:
    """Words for others whose commonest meaning is the same, by WordNet."""
    places = list(WORD.finditer(claim.text))
    case.chance.shuffle(places)
    wanted = case.chance.choice((1, 1, 2, 3))
    chosen: list[tuple[re.Match[str], str]] = []
    for place in places:
        if len(chosen) < wanted and case.lexicon.read(place[0]):
            found = case.lexicon.common(case.lexicon.wordnet.synonyms(place[0]), 25)
            if found:
                chosen.append((place, max(found, key=lambda word: case.lexicon.counts[word])))
    for place, word in sorted(chosen, key=lambda one: -one[0].start()):
        claim = claim.reworded(*place.span(), word)
    return claim if chosen else None


def same_phrases(claim: Marked, case: Case) -> Marked | None:
    places = [place for place in _PHRASE.finditer(claim.text) if place.start()]
    if not places:
        return None
    case.chance.shuffle(places)
    for place in sorted(places[: case.chance.choice((1, 2, 2, 3))], key=lambda one: -one.start()):
        end = place.end()
        new = case.chance.choice(_TABLE[place[0]])
        if new == "%" and claim.text[place.start() - 1 : place.start()] == " ":
            claim = claim.reworded(place.start() - 1, end, new)
        else:
            claim = claim.reworded(place.start(), end, new)
    return claim


def name_shortened(claim: Marked, case: Case) -> Marked | None:
    """Without the first name."""
    places = [place for place in _FULL.finditer(claim.text) if not claim.is_wrong(*place.span())]
    if not places:
        return None
    place = case.chance.choice(places)
    group = 1 if place[1] else 3
    if case.lexicon.counts[place[group].strip().lower()] > 2 or case.lexicon.counts[place[group + 1].lower()] > 5:
        return None
    if place[group].strip().endswith(("an", "ish", "ese", "New", "North", "South", "East", "West", "Los", "The")):
        return None
    return claim[: place.start(group)] + claim[place.start(group + 1) :]


def title_alone(claim: Marked, case: Case) -> Marked | None:
    """The judge, of Judge Bell."""
    found = _TITLED.search(claim.text)
    if not found or claim.is_wrong(*found.span()) or re.search(r"[A-Z][\w’-]*,? $", claim.text[: found.start()]):
        return None
    return claim.reworded(*found.span(), f"{'the' if found.start() else 'The'} {found[1].lower()}")


def hedged(claim: Marked, case: Case) -> Marked | None:
    """Some 200 for about 200."""
    found = _HEDGE.search(claim.text)
    others = [word for word in ("about", "around", "roughly", "some", "approximately") if found and word != found[1]]
    return claim.reworded(*found.span(), case.chance.choice(others)) if found else None


def pronoun_named(claim: Marked, case: Case) -> Marked | None:
    """He and she by the name with which the sentence before begins."""
    found = _PRONOUN.match(claim.text)
    before = re.match(
        r"(?:The )?[A-Z][\w’-]+(?: [A-Z][\w’-]+)*(?= (?:was|is|were|are|had|has|[a-z]+ed)\b)", case.source.before
    )
    if (
        not found
        or not before
        or before[0] in ("He", "She", "It", "They", "This", "There", "These", "That", "In", "Some")
    ):
        return None
    if found[0].startswith(("He", "She")) and before[0].startswith("The "):
        return None
    return claim.reworded(0, found.end() - 1, before[0])


def contracted(claim: Marked, case: Case) -> Marked | None:
    if found := re.search(r"(?<= )(is|was|were|did|does|do|could|would|has|had|are|should) not\b", claim.text):
        return claim.reworded(*found.span(), f"{found[1]}n’t")
    if found := re.search(r"\b(is|was|were|did|does|do|could|would|has|had|are|should)n[’']t\b", claim.text):
        return claim.reworded(*found.span(), f"{found[1]} not")
    if found := re.search(r"\bit is\b", claim.text):
        return claim.reworded(*found.span(), "it’s")
    return None


def he_named(claim: Marked, case: Case) -> Marked | None:
    """He and she within the sentence by the name with which the sentence before begins."""
    before = _FIRST_NAME.match(case.source.before)
    if not before or re.search(r"(?<=[a-z,] )[A-Z][a-z]+ (?!the\b)", claim.text):
        return None
    name = before[1]
    if said := _SAID_HE.search(claim.text):
        return claim.reworded(*said.span(), case.chance.choice((f"{name} said", f"said {name}")))
    if not (place := _THIRD.search(claim.text)) or claim.text.startswith(("He ", "She ", "His ", "Her ")):
        return None
    new = name if place[0].strip() in ("he", "she") else f"{name}’s"
    return claim.reworded(place.start(), place.end() - 1, new)


def wider(claim: Marked, case: Case) -> Marked | None:
    """A dog for a spaniel, where nothing is denied."""
    if NO_LESS.search(claim.text):
        return None
    places = list(WORD.finditer(claim.text))
    case.chance.shuffle(places)
    for place in places:
        found = case.lexicon.common(case.lexicon.wordnet.wider(place[0]), 30) if case.lexicon.read(place[0]) else []
        before = claim.text[: place.start()]
        if found and not before.endswith("-"):
            new = case.chance.choice(found)
            claim = claim.reworded(*place.span(), new)
            if (article := re.search(r"\b([Aa])n? $", before)) and WRONG not in claim.marks[: place.start()]:
                right_one = article[1] + ("n " if new[0] in "aeiou" else " ")
                return claim.reworded(article.start(), place.start(), right_one)
            return claim
    return None
