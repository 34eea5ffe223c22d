"""Who said it, told otherwise."""

from __future__ import annotations

import re

from assistant.reading.training.case import Case
from assistant.reading.training.english import NAME
from assistant.reading.training.marked import WRONG, Marked, capital, lowered, right

_SAID_LAST = re.compile(
    r"^([^“”\"]{15,}), ((?:said|says|according to) [^,“”\"]{3,60}|[^,“”\"]{3,40} (?:said|says))\.$"
)
_LEADS = [
    "According to the article, ",
    "The article says that ",
    "The report says ",
    "It is reported that ",
    "Reports say that ",
    "The text says that ",
]
_QUOTE = re.compile(
    rf"^[“\"](?P<words>[^“”\"]{{12,160}}?)[,.]?[”\"],? (?:(?:said|says|added|explained|told \w+)"
    rf" (?P<after>{NAME})|(?P<before>{NAME}) (?:said|says|added))[^“”\"]*$"
)
_LED = re.compile(
    rf"^(?P<who>{NAME})(?:, [^,“”\"]{{3,60}},)? (?:said|says|added|told \w+)[,:]?"
    rf" [“\"](?P<words>[^“”\"]{{12,160}}?)[,.]?[”\"]$"
)
_PERSONS = {
    "he": {"i": "he", "i’m": "he was", "i’ve": "he had", "my": "his", "me": "him", "myself": "himself", "am": "was"},
    "she": {
        "i": "she",
        "i’m": "she was",
        "i’ve": "she had",
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


def told(claim: Marked, case: Case) -> Marked | None:
    """As what the article says."""
    lead = case.chance.choice(
        _LEADS
        if not case.source.passage.title or case.chance.random() < 0.6
        else [f"In {case.source.passage.title}, ", f"On {case.source.passage.title}: "]
    )
    return capital(right(lead)) + lowered(claim)


def speech_moved(claim: Marked, case: Case) -> Marked | None:
    """Who said it first."""
    found = _SAID_LAST.match(claim.text)
    if not found:
        return None
    what, who = claim.group(found, 1), claim.group(found, 2)
    if who.text.startswith("according to"):
        return capital(who) + ", " + lowered(what) + "."
    said = re.match(r"(said|says) (.+)|(.+) (said|says)$", who.text)
    if not said:
        return None
    name = said[2] or said[3]
    return capital(_of(who, name)) + " said that " + lowered(what) + "."


def _of(text: Marked, part: str) -> Marked:
    at = text.text.find(part)
    return text[at : at + len(part)]


def quotation_shortened(claim: Marked, case: Case) -> Marked | None:
    """Who said a part of what is quoted."""
    quoted = re.search(r"[“\"]([^“”\"]{30,})[”\"]", claim.text)
    who = re.search(
        r"[”\"],? (?:said |says )?((?:[A-Z][\w’-]+ ?){1,4})|^((?:[A-Z][\w’-]+ ?){1,4})(?:said|says)", claim.text
    )
    if not quoted or not who or WRONG in claim.marks:
        return None
    words = list(re.finditer(r"\S+", quoted[1]))
    first = case.chance.randrange(0, max(1, len(words) - 5))
    last = min(len(words) - 1, first + case.chance.randint(3, 7))
    part = quoted[1][words[first].start() : words[last].end()].strip(" ,.;")
    name = (who[1] or who[2]).strip()
    said = case.chance.choice(["spoke of", "said", "used the words", "told of"])
    return right(f"{name} {said} “{part}”.")


def reported(claim: Marked, case: Case) -> Marked | None:
    """What somebody is quoted with, in indirect speech."""
    found = _QUOTE.match(claim.text) or _LED.match(claim.text)
    if not found or WRONG in claim.marks:
        return None
    named = (found[name] for name in ("after", "before", "who") if name in found.re.groupindex and found[name])
    who = next(named).rstrip(".,")
    person = {**_PERSONS[case.chance.choice(("he", "she"))], **_WE}
    table = {**person, **(_BACK if case.chance.random() < 0.7 else {})}
    words = found["words"].replace("'", "’").split(" ")
    if {"you", "your", "I’ll", "?"} & set(words) or found["words"].endswith("?"):
        return None
    said = right(" ".join(_turned(word, table) for word in words))
    said = said[:1].each(str.lower) + said[1:] if case.lexicon.counts[words[0].lower()] else lowered(said)
    return right(f"{who} {case.chance.choice(_SAYS)} {said.text}.")


def _turned(word: str, table: dict[str, str]) -> str:
    bare = word.rstrip(",.;")
    return table.get(bare.lower(), bare) + word[len(bare) :]
