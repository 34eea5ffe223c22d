"""A sentence built otherwise: what stands first, cause and order told from the other end, voice, lists."""

from __future__ import annotations

import re
from random import Random

from assistant.reading.training.case import Case
from assistant.reading.training.chains import EFFECT, chained
from assistant.reading.training.english import NAME, QUOTE_MARK
from assistant.reading.training.lexicon import Lexicon
from assistant.reading.training.marked import RIGHT, WRONG, Marked, capital, lowered, right
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
_APPOSED = re.compile(rf"^({NAME}), ((?:a|an|the) [^,;“”\"]{{4,60}}), (?=(?!and\b|or\b)[a-z])")
_ITEMS = [
    NAME,
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
_OWNS = re.compile(
    rf"(?<=[a-z,] )(?P<who>{NAME})[’']s (?P<what>[a-z]{{4,}})(?=[.,;]| (?:was|is|were|are|in|on|and|to|has"
    rf"|have|for|at)\b)"
)
_OF = re.compile(
    rf"(?<=[a-z,] )the (?P<what>[a-z]{{4,}}) of (?P<who>{NAME})(?=[.,;]| (?:was|is|were|are|in|on|and|to)\b)"
)


def joined(claim: Marked, case: Case) -> Marked | None:
    """With the sentence before it."""
    before = case.source.before
    if (
        not before.endswith(".")
        or not 4 <= len(before.split()) <= 22
        or len(claim.text.split()) > 26
        or QUOTE_MARK.search(before)
    ):
        return None
    rest = lowered(claim)
    link = case.chance.choice([", and ", "; ", ", while ", ", and "])
    return Marked(before[:-1] + link, "." * (len(before) - 1 + len(link))) + rest


def cause(claim: Marked, case: Case) -> Marked | None:
    """B, so A; because of B, A; the reason is B."""
    found = _LINKED.match(claim.text)
    if found and _RELATIVE.search(found["one"]):
        return None
    if found and found["link"] == "because":
        if not _FINITE.search(found["two"]) or found["one"].endswith((" that", " but", " and", " is")):
            return None
        one, two = _parts(claim, found)
        return case.chance.choice(
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
        link = case.chance.choice(("because of", "due to", "owing to", "as a result of"))
        return case.chance.choice(
            [
                capital(right(link) + " " + two + ", " + lowered(one) + "."),
                one + f" {link} " + two + ".",
                capital(two + " was the reason why " + lowered(one) + "."),
            ]
        )
    return None


def order(claim: Marked, case: Case) -> Marked | None:
    """B after A for A before B."""
    found = _LINKED.match(claim.text)
    if not found or found["link"] not in ("before", "after") or not _FINITE.search(found["two"]):
        return None
    if _RELATIVE.search(found["one"]):
        return None
    one, two = _parts(claim, found)
    other = "after" if found["link"] == "before" else "before"
    if claim.is_wrong(*found.span("link")):
        return None
    return case.chance.choice(
        [
            capital(two) + f" {other} " + lowered(one) + ".",
            capital(right(found["link"]) + " " + two + ", " + lowered(one) + "."),
            capital(right(other) + " " + lowered(one) + ", " + two + "."),
        ]
    )


def effect(claim: Marked, case: Case) -> Marked | None:
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
    if not found or found["verb"] not in others or claim.is_wrong(*found.span("verb")):
        return None
    one, two = (claim.group(found, name) for name in ("one", "two"))
    return capital(two) + f" {case.chance.choice(others[found['verb']])} " + lowered(one) + "."


def comparison(claim: Marked, case: Case) -> Marked | None:
    """B is smaller than A."""
    pairs = [pair.split() for pair in _MORE.split(",")]
    other = {**dict(pairs), **{two: one for one, two in pairs}}
    found = _THAN.match(claim.text)
    if not found:
        return None
    *before, word = found["how"].split(" ")
    if word not in other or claim.is_wrong(*found.span("how")):
        return None
    one, two = (claim.group(found, name) for name in ("one", "two"))
    how = " ".join([*before, other[word]])
    return capital(two) + f" {found['verb']} {how} than " + lowered(one) + "."


def linked(claim: Marked, case: Case) -> Marked | None:
    """Two sentences of which the second says that it comes later, or from the first, as one."""
    found = chained(case.source)
    if not found or claim.text != case.source.sentence:
        return None
    first, second = (right(text.rstrip(".")) for text in (found.first, found.second))
    links = (
        (" before ", ", then ", ", and later ") if found.order else (", so ", ", and therefore ", ", which is why ")
    )
    turned = " after " if found.order else " because "
    if case.chance.random() < 0.4:
        return capital(second + turned + lowered(first) + ".")
    return capital(first + case.chance.choice(links) + lowered(second) + ".")


def apposition(claim: Marked, case: Case) -> Marked | None:
    """The mayor, Holm, for Holm, the mayor."""
    found = _APPOSED.match(claim.text)
    if not found:
        return None
    name, what, rest = claim.group(found, 1), claim.group(found, 2), claim[found.end() :]
    if found[2].startswith("the ") and len(found[2].split()) <= 3 and case.chance.random() < 0.5:
        return capital(what) + " " + name + " " + rest
    return capital(what) + ", " + name + ", " + rest


def list_mixed(claim: Marked, case: Case) -> Marked | None:
    """The members of a list in another order."""
    found = next(
        (match for pattern in _LISTS if (match := pattern.search(claim.text)) and _is_list(match, case.lexicon)), None
    )
    if not found or re.search(r"\b(?:between|both|respectively|from)\b", claim.text):
        return None
    start, end = found.span("list")
    links = list(_LIST_LINK.finditer(claim.text, start, end))
    edges = [start, *(edge for link in links for edge in link.span()), end]
    items = [claim[edges[row] : edges[row + 1]] for row in range(0, len(edges), 2)]
    mixed = list(items)
    while mixed == items:
        case.chance.shuffle(mixed)
        if len({one.text for one in items}) < 2:
            return None
    made = claim[:start] + mixed[0]
    for link, item in zip(links, mixed[1:], strict=True):
        made = made + claim.group(link) + item
    return made + claim[end:]


def _is_list(match: re.Match[str], lexicon: Lexicon) -> bool:
    if any(sign.isupper() or sign.isdigit() for sign in match["list"]):
        return True
    words = [item.split()[-1] for item in _LIST_LINK.split(match["list"])]
    return len(words) > 2 and all((read := lexicon.read(word)) is not None and read.part == "n" for word in words)


def voice(claim: Marked, case: Case) -> Marked | None:
    """Passive made active, or active passive; or who did it left out."""
    if found := _PASSIVE.match(claim.text):
        return _active(claim, found, case.lexicon, case.chance)
    if found := _ACTIVE.match(claim.text):
        return _passive(claim, found, case.lexicon, case.chance)
    return None


def _active(claim: Marked, found: re.Match[str], lexicon: Lexicon, chance: Random) -> Marked | None:
    read = lexicon.read(found["verb"])
    if not read or read.part != "v" or read.form not in ("ed", "en"):
        return None
    one, doer, rest = (claim.group(found, name) for name in ("one", "doer", "rest"))
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
    doer, one, rest = (claim.group(found, name) for name in ("doer", "one", "rest"))
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
    sign = WRONG if claim.is_wrong(*found.span("verb")) else RIGHT
    return Marked(new, sign * len(new))


def owner(claim: Marked, case: Case) -> Marked | None:
    """Lisk’s mayor for the mayor of Lisk, and the other way round."""
    if found := _OWNS.search(claim.text):
        who, what = claim.group(found, "who"), claim.group(found, "what")
        return claim[: found.start()] + "the " + what + " of " + who + claim[found.end() :]
    if found := _OF.search(claim.text):
        who, what = claim.group(found, "who"), claim.group(found, "what")
        return claim[: found.start()] + who + "’s " + what + claim[found.end() :]
    return None


def _parts(claim: Marked, found: re.Match[str]) -> tuple[Marked, Marked]:
    return claim.group(found, "one"), claim.group(found, "two")
