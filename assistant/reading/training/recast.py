"""A sentence built otherwise: cause and order told from the other end, voice, lists, appositions, reported speech."""

from __future__ import annotations

import re
from random import Random

from assistant.reading.training.altered.reasons import EFFECT
from assistant.reading.training.chains import chained, lowered
from assistant.reading.training.lexicon import Lexicon
from assistant.reading.training.marked import RIGHT, WRONG, Marked, capital, right
from assistant.reading.training.passages import Source
from assistant.reading.training.turns import Turn
from assistant.reading.training.wordnet import Read

_LINKED = re.compile(
    r"^(?P<one>[A-Z][^,;“”\"]{12,}?),? (?P<link>because|after|before) (?P<two>(?!being\b|of\b)[^,;“”\"]{10,})\.$"
)
_BECAUSE_OF = re.compile(
    r"^(?P<one>[A-Z][^,;“”\"]{12,}?),? (?P<link>because of|due to|owing to|as a result of|thanks to)"
    r" (?P<two>[^,;“”\"]{4,70})\.$"
)
_FINITE = re.compile(
    r"\b(?:was|were|is|are|has|have|had|did|could|would|[a-z]{3,}ed|began|made|won|took|came|went|left)\b"
)
_RELATIVE = re.compile(r"\b(?:who|which|that|whose)\b")
_THAN = re.compile(
    r"^(?P<one>[^,;“”\"]{3,60}?) (?P<verb>is|was|are|were) (?P<how>(?:\w+ )?\w+) than (?P<two>[^,;“”\"\d]{3,50})\.$"
)
_MORE = (
    "larger smaller, bigger smaller, higher lower, older younger, longer shorter, better worse, greater"
    " smaller, stronger"
    " weaker, earlier later, heavier lighter, faster slower, cheaper costlier, richer poorer, wider narrower,"
    " warmer colder,"
    " deeper shallower, taller shorter, easier harder, closer farther, newer older, safer riskier, hotter cooler"
)
_NAME = r"[A-Z][\w’.-]+(?: (?:of |de |van |von )?[A-Z][\w’-]+)*"
_APPOSED = re.compile(rf"^({_NAME}), ((?:a|an|the) [^,;“”\"]{{4,60}}), (?=(?!and\b|or\b)[a-z])")
_ITEMS = [
    rf"{_NAME}",
    r"(?:the |an? )?[a-z]{3,}",
    r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|twelve) [a-z]{3,}",
]
_LISTS = [
    re.compile(
        rf"(?<=[a-z,:] )(?P<list>{item}(?:, {item}){{0,6}},? (?:and|or) {item})(?=[.,;:)]| (?:in|at|on|were|was"
        rf"|are|is|to|for|as|have|had)\b)"
    )
    for item in _ITEMS
]
_LIST_LINK = re.compile(r",? (?:and|or) |, ")
_APART = "who|that|which|in|on|at|for|after|to|as|from|with|by|was|were"
_WORDS = rf"[\w’-]+(?: (?!(?:{_APART})\b)[\w’-]+){{0,5}}"
_PASSIVE = re.compile(
    rf"^(?!Although|While|When|Because|After|Before|Since|If|In|As|Though)(?P<one>{_WORDS}) (?:was|were)"
    rf" (?P<verb>[a-z]{{3,}})"
    rf" by (?P<doer>{_WORDS})(?P<rest>(?: (?:in|on|at|for|after|as|from|to|with) [^;“”\"]*)?)\.$"
)
_ACTIVE = re.compile(
    rf"^(?!Although|While|When|Because|After|Before|Since|If|In|As|Though|There|It|He|She|They"
    rf"|We)(?P<doer>(?:The |An? )?[\w’-]+(?: [\w’-]+){{0,3}}?) "
    rf"(?P<verb>[a-z]{{3,}}) (?P<one>(?:(?:the|an?|his|her|its|their|\d+|two|three) )?{_WORDS})(?P<rest>(?:"
    rf" (?:in|on|at|after|from|with|for|as|to) [^;“”\"]*)?)\.$"
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
_OWNS = re.compile(
    rf"(?<=[a-z,] )(?P<who>{_NAME})[’']s (?P<what>[a-z]{{4,}})(?=[.,;]| (?:was|is|were|are|in|on|and|to|has"
    rf"|have|for|at)\b)"
)
_OF = re.compile(
    rf"(?<=[a-z,] )the (?P<what>[a-z]{{4,}}) of (?P<who>{_NAME})(?=[.,;]| (?:was|is|were|are|in|on|and|to)\b)"
)
_QUOTE = re.compile(
    rf"^[“\"](?P<words>[^“”\"]{{12,160}}?)[,.]?[”\"],? (?:(?:said|says|added|explained|told \w+)"
    rf" (?P<after>{_NAME})|(?P<before>{_NAME}) (?:said|says|added))[^“”\"]*$"
)
_LED = re.compile(
    rf"^(?P<who>{_NAME})(?:, [^,“”\"]{{3,60}},)? (?:said|says|added|told \w+)[,:]?"
    rf" [“\"](?P<words>[^“”\"]{{12,160}}?)[,.]?[”\"]$"
)
_PERSONS = {
    "he": {"i": "he", "i’m": "he was", "i've": "he had", "my": "his", "me": "him", "myself": "himself", "am": "was"},
    "she": {
        "i": "she",
        "i’m": "she was",
        "i've": "she had",
        "my": "her",
        "me": "her",
        "myself": "herself",
        "am": "was",
    },
}
_WE = {
    "we": "they",
    "our": "their",
    "us": "them",
    "ours": "theirs",
    "we’re": "they were",
    "we’ve": "they had",
    "we’ll": "they would",
}
_BACK = {
    "is": "was", "are": "were", "has": "had", "have": "had", "will": "would", "can": "could", "may": "might",
    "don’t": "did not", "doesn’t": "did not", "won’t": "would not", "can’t": "could not", "isn’t": "was not",
    "it’s": "it was", "that’s": "that was", "there’s": "there was", "haven’t": "had not", "i’ll": "would",
    "aren’t": "were not", "today": "that day",
}  # fmt: skip
_SAYS = (
    "said",
    "said that",
    "stated that",
    "said that",
    "explained that",
    "noted that",
    "told reporters that",
    "says",
)
_THIRD = re.compile(r"(?<=[a-z,] )(?:he|she) (?=[a-z])|(?<=[a-z] )(?:his|her) (?=[a-z]{4,})")
_FIRST_NAME = re.compile(
    rf"^(?!The\b|In\b|It\b|He\b|She\b|They\b|At\b|On\b|This\b|But\b|A\b)({_NAME})(?= (?:was|is|has|had|said"
    rf"|[a-z]+ed)\b)"
)
_SAID_HE = re.compile(r"(?<=[,”\"] )(?:(?:he|she) (?:said|says|added)|(?:said|added) (?:he|she))(?=[.,]|$)")


def cause(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """B, so A; because of B, A; the reason is B."""
    found = _LINKED.match(claim.text)
    if found and _RELATIVE.search(found["one"]):
        return None
    if found and found["link"] == "because":
        if not _FINITE.search(found["two"]) or found["one"].endswith((" that", " but", " and", " is")):
            return None
        one, two = _parts(claim, found)
        return chance.choice(
            [
                capital(right("Because ") + two + ", " + lowered(one) + "."),
                capital(right("As ") + two + ", " + lowered(one) + "."),
                capital(two + ", so " + lowered(one) + "."),
                capital(two + ", which is why " + lowered(one) + "."),
                right("The reason why ") + lowered(one) + " is that " + two + ".",
                one + ". The reason is that " + two + ".",
            ]
        )
    if found := _BECAUSE_OF.match(claim.text):
        one, two = _parts(claim, found)
        link = chance.choice(("because of", "due to", "owing to", "as a result of"))
        return chance.choice(
            [
                capital(right(link) + " " + two + ", " + lowered(one) + "."),
                one + f" {link} " + two + ".",
                capital(two + " was the reason why " + lowered(one) + "."),
            ]
        )
    return None


def order(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """B after A for A before B."""
    found = _LINKED.match(claim.text)
    if not found or found["link"] not in ("before", "after") or not _FINITE.search(found["two"]):
        return None
    if _RELATIVE.search(found["one"]):
        return None
    one, two = _parts(claim, found)
    other = "after" if found["link"] == "before" else "before"
    if WRONG in claim.marks[slice(*found.span("link"))]:
        return None
    return chance.choice(
        [
            capital(two) + f" {other} " + lowered(one) + ".",
            capital(right(found["link"]) + " " + two + ", " + lowered(one) + "."),
            capital(right(other) + " " + lowered(one) + ", " + two + "."),
        ]
    )


def effect(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """B was caused by A; A came before B."""
    others = {
        "caused": ("was caused by", "was the result of", "came about because of"), "was caused by": ("was the"
        " cause of",),
        "led to": ("was a result of", "came about because of"), "resulted in": ("was a result of", "resulted from"),
        "triggered": ("was triggered by",), "prompted": ("was prompted by",), "followed": ("preceded", "came before"),
        "preceded": ("followed", "came after"), "was followed by": ("followed", "came after"),
        "was replaced by": ("replaced",), "replaced": ("was replaced by",), "resulted from": ("led"
        " to", "resulted in"),
        "inspired": ("was inspired by",), "was inspired by": ("inspired",), "was triggered by": ("triggered",),
    }  # fmt: skip
    found = EFFECT.match(claim.text)
    if not found or found["verb"] not in others or WRONG in claim.marks[slice(*found.span("verb"))]:
        return None
    one, two = (claim[slice(*found.span(name))] for name in ("one", "two"))
    return capital(two) + f" {chance.choice(others[found['verb']])} " + lowered(one) + "."


def comparison(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """B is smaller than A."""
    pairs = [pair.split() for pair in _MORE.split(",")]
    other = {**dict(pairs), **{two: one for one, two in pairs}}
    found = _THAN.match(claim.text)
    if not found:
        return None
    *before, word = found["how"].split(" ")
    if word not in other or WRONG in claim.marks[slice(*found.span("how"))]:
        return None
    one, two = (claim[slice(*found.span(name))] for name in ("one", "two"))
    how = " ".join([*before, other[word]])
    return capital(two) + f" {found['verb']} {how} than " + lowered(one) + "."


def linked(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Two sentences of which the second says that it comes later, or from the first, as one."""
    found = chained(source)
    if not found or claim.text != source.sentence:
        return None
    first, second = (text.rstrip(".") for text in (found.first, found.second))
    links = (
        (" before ", ", then ", ", and later ") if found.order else (", so ", ", and therefore ", ", which is why ")
    )
    turned = " after " if found.order else " because "
    if chance.random() < 0.4:
        return capital(right(second + turned + lowered(first) + "."))
    return capital(right(first + chance.choice(links) + lowered(second) + "."))


def apposition(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """The mayor, Holm, for Holm, the mayor."""
    found = _APPOSED.match(claim.text)
    if not found:
        return None
    name, what, rest = claim[slice(*found.span(1))], claim[slice(*found.span(2))], claim[found.end() :]
    if found[2].startswith("the ") and len(found[2].split()) <= 3 and chance.random() < 0.5:
        return capital(what) + " " + name + " " + rest
    return capital(what) + ", " + name + ", " + rest


def list_mixed(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """The members of a list in another order."""
    found = next(
        (match for pattern in _LISTS if (match := pattern.search(claim.text)) and _is_list(match, lexicon)), None
    )
    if not found or re.search(r"\b(?:between|both|respectively|from)\b", claim.text):
        return None
    start, end = found.span("list")
    links = list(_LIST_LINK.finditer(claim.text, start, end))
    edges = [start, *(edge for link in links for edge in link.span()), end]
    items = [claim[edges[row] : edges[row + 1]] for row in range(0, len(edges), 2)]
    mixed = list(items)
    while mixed == items:
        chance.shuffle(mixed)
        if len({one.text for one in items}) < 2:
            return None
    made = claim[:start] + mixed[0]
    for link, item in zip(links, mixed[1:], strict=True):
        made = made + claim[slice(*link.span())] + item
    return made + claim[end:]


def _is_list(match: re.Match[str], lexicon: Lexicon) -> bool:
    if any(sign.isupper() or sign.isdigit() for sign in match["list"]):
        return True
    words = [item.split()[-1] for item in _LIST_LINK.split(match["list"])]
    return len(words) > 2 and all((read := lexicon.read(word)) is not None and read.part == "n" for word in words)


def voice(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Passive made active, or active passive; or who did it left out."""
    if found := _PASSIVE.match(claim.text):
        return _active(claim, found, lexicon, chance)
    if found := _ACTIVE.match(claim.text):
        return _passive(claim, found, lexicon, chance)
    return None


def _active(claim: Marked, found: re.Match[str], lexicon: Lexicon, chance: Random) -> Marked | None:
    read = lexicon.read(found["verb"])
    if not read or read.part != "v" or read.form not in ("ed", "en"):
        return None
    one, doer, rest = (claim[slice(*found.span(name))] for name in ("one", "doer", "rest"))
    verb = _reworded(claim, found, lexicon.wordnet.inflected(Read(read.lemma, "v", "ed")))
    if chance.random() < 0.25:
        return claim[: found.start("doer") - 4] + rest + "."
    return capital(doer) + " " + verb + " " + lowered(one) + rest + "."


def _passive(claim: Marked, found: re.Match[str], lexicon: Lexicon, chance: Random) -> Marked | None:
    read = lexicon.read(found["verb"])
    head = re.split(r" (?:of|for) ", found["one"])[0]
    if not read or (read.part, read.form) != ("v", "ed") or not _is_object(head, lexicon):
        return None
    if _FINITE.search(found["rest"]):
        return None
    doer, one, rest = (claim[slice(*found.span(name))] for name in ("doer", "one", "rest"))
    participle = _reworded(claim, found, lexicon.wordnet.inflected(Read(read.lemma, "v", "en")))
    many = re.search(r"(?<![su’'])s$", head) and not head[0].isupper()
    by = right("") if chance.random() < 0.25 else right(" by ") + lowered(doer)
    return capital(one) + (" were " if many else " was ") + participle + by + rest + "."


def _is_object(head: str, lexicon: Lexicon) -> bool:
    last = head.rsplit(maxsplit=1)[-1]
    if re.match(r"(?:the|an?|his|her|its|their|\d+|two|three) ", head):
        return (read := lexicon.read(last)) is not None and read.part == "n"
    return head[0].isupper()


def _reworded(claim: Marked, found: re.Match[str], new: str) -> Marked:
    sign = WRONG if WRONG in claim.marks[slice(*found.span("verb"))] else RIGHT
    return Marked(new, sign * len(new))


def second_deed(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Of two things that somebody did the second."""
    found = _SECOND_VERB.match(claim.text)
    if not found or _STRICT.search(found["first"]):
        return None
    return claim[slice(*found.span("who"))] + " " + claim[slice(*found.span("second"))] + "."


def tail_dropped(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Without a clause at the end that says what happened besides."""
    found = _TAIL.match(claim.text)
    if not found or _STRICT.search(claim.text) or len(found["rest"].split()) < 6:
        return None
    return claim[slice(*found.span("rest"))] + "."


def owner(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Lisk’s mayor for the mayor of Lisk, and the other way round."""
    if found := _OWNS.search(claim.text):
        who, what = claim[slice(*found.span("who"))], claim[slice(*found.span("what"))]
        return claim[: found.start()] + "the " + what + " of " + who + claim[found.end() :]
    if found := _OF.search(claim.text):
        who, what = claim[slice(*found.span("who"))], claim[slice(*found.span("what"))]
        return claim[: found.start()] + who + "’s " + what + claim[found.end() :]
    return None


def reported(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """What somebody is quoted with, in indirect speech."""
    found = _QUOTE.match(claim.text) or _LED.match(claim.text)
    if not found or WRONG in claim.marks:
        return None
    named = (found[name] for name in ("after", "before", "who") if name in found.re.groupindex and found[name])
    who = next(named).rstrip(".,")
    person = {**_PERSONS[chance.choice(("he", "she"))], **_WE}
    table = {**person, **(_BACK if chance.random() < 0.7 else {})}
    words = found["words"].replace("'", "’").split(" ")
    if {"you", "your", "I’ll", "?"} & set(words) or found["words"].endswith("?"):
        return None
    said = " ".join(_turned(word, table) for word in words)
    said = said[0].lower() + said[1:] if lexicon.counts[words[0].lower()] else lowered(said)
    return right(f"{who} {chance.choice(_SAYS)} {said}.")


def _turned(word: str, table: dict[str, str]) -> str:
    bare = word.rstrip(",.;")
    return table.get(bare.lower(), bare) + word[len(bare) :]


def he_named(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """He and she within the sentence by the name with which the sentence before begins."""
    before = _FIRST_NAME.match(source.before)
    if not before or re.search(r"(?<=[a-z,] )[A-Z][a-z]+ (?!the\b)", claim.text):
        return None
    name = before[1]
    if said := _SAID_HE.search(claim.text):
        return claim.reworded(*said.span(), chance.choice((f"{name} said", f"said {name}")))
    if not (place := _THIRD.search(claim.text)) or claim.text.startswith(("He ", "She ", "His ", "Her ")):
        return None
    new = name if place[0].strip() in ("he", "she") else f"{name}’s"
    return claim.reworded(place.start(), place.end() - 1, new)


def _parts(claim: Marked, found: re.Match[str]) -> tuple[Marked, Marked]:
    return claim[slice(*found.span("one"))], claim[slice(*found.span("two"))]


TURNS: dict[str, tuple[Turn, float]] = {
    "cause": (cause, 4),
    "order": (order, 4),
    "effect": (effect, 3),
    "comparison": (comparison, 3),
    "sentences linked": (linked, 4),
    "apposition": (apposition, 3),
    "list mixed": (list_mixed, 3),
    "voice": (voice, 4),
    "second deed": (second_deed, 1.5),
    "tail dropped": (tail_dropped, 2),
    "owner": (owner, 1.5),
    "reported": (reported, 5),
    "he said": (he_named, 3),
}
