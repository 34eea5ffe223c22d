"""Who does what to whom, what is denied, only possible, conditional or part of something, turned round."""

from __future__ import annotations

import re

from assistant.reading.training.altered.kinds import Way
from assistant.reading.training.case import Case
from assistant.reading.training.marked import Marked, capital, lowered
from assistant.reading.training.passages import names
from assistant.reading.training.wordnet import Read, WordNet

_AUXILIARY = re.compile(
    r"\b(?:is|was|were|are|has|have|had|will|would|could|can|did|does|do|may|should|must)\b(?! not)"
)
_DENIAL = re.compile(r"\b(?:not|never|no longer) |(?<=\w)n[’']t\b")
_NO = re.compile(r"\b(?:no|without)(?= [a-z])")
_HEDGE = re.compile(
    r"\b(?:reportedly|allegedly|possibly|probably|perhaps|likely|supposedly|apparently|presumably|potentially) "
    r"|\b(?:is|are|was|were) (?:believed|thought|said|expected|alleged|reported|considered|estimated|rumou?red) to "
    r"|\b(?:tried|attempted|planned|intended|hoped|threatened|wanted|proposed|sought|failed|refused|agreed) to "
)
_MODAL = re.compile(r"\b(?:may|might|could|can|should|would)\b(?= (?!not|have)[a-z]+)")
_PAST = re.compile(r"\b(was|were|has|have)(?= (?:been )?[a-z]+ed\b)")
_CONDITION = re.compile(
    r",? (?:if|unless|provided that|as long as|only when|until) [^,;.]{8,80}(?=[.;])|^(?:If|Unless) [^,;.]{8,80}, "
)
_PART = re.compile(
    r"\b(?:(?:some|most|many|part|parts|half|several|none|a (?:few|majority|number|minority)) of|one of|nearly"
    r"|almost|about|partly|mostly|mainly|largely) "
)
_ONLY = re.compile(r"\b(?:only|mainly|primarily|exclusively|solely|merely) ")
_CAUSE = re.compile(
    r"^(?P<one>[A-Z][^,;]{15,}?),? (?P<link>because|since|after|before|so that|although|when"
    r"|while) (?P<two>[^,;]{15,}?)\.$"
)
_THAN = re.compile(
    r"^(?P<one>.{3,60}?) (?P<verb>(?:is|was|are|were|has|had"
    r"|have)\b.{0,40}\bthan) (?P<two>[^,;]{3,50})(?P<end>[.,;].*)$"
)
_PLACE = r"(?:[A-Z$£€\d][\w.,%’'-]*\w(?: [A-Z][\w’'-]+| million| billion)*)"
_INTO = re.compile(rf"\b(from) ({_PLACE}) to ({_PLACE})")
_TO = re.compile(r"\b(to|from)(?= (?:the |a |an )?[A-Z$£€\d])")
_QUOTED = re.compile(r"[“\"][^“”\"]{4,}[”\"]")
_EX = ["former ", "ex-", "then-", "current ", "acting ", "late ", "future "]


def roles(case: Case) -> Marked | None:
    """Two names that have changed places, and are not parts of one list."""
    found = names(case.text)
    first = re.match(r"(?!The |This |These |In |It |He |She |A |An )(?:[A-Z][\w’-]+ ){1,4}(?=[a-z])", case.text)
    spans = [*([(0, first.end() - 1)] if first else []), *(match.span() for match in found)]
    pairs = [
        (one, two)
        for one in spans
        for two in spans
        if one[1] < two[0] and len(re.findall(r"[a-z]{2,}", case.text[one[1] : two[0]])) > 1
        and not re.search(r"(?:,| and| or) ?$", case.text[one[1] : two[0]])
    ]  # fmt: skip
    if not pairs:
        return None
    (a, b), (c, d) = case.chance.choice(pairs)
    one, two = case.text[a:b], case.text[c:d]
    return None if one == two else case.claim.altered(c, d, one).altered(a, b, two)


def things_exchanged(case: Case) -> Marked | None:
    """Two nouns of the same form that have changed places."""
    places = [
        place
        for place in re.finditer(r"\b[a-z]{4,}\b", case.text)
        if (read := case.lexicon.read(place[0])) and read.part == "n"
    ]
    pairs = [
        (one, two)
        for one in places
        for two in places
        if one.end() < two.start() and case.lexicon.fits(one[0], two[0])
        and not re.fullmatch(r",? (?:and |or )?", case.text[one.end() : two.start()])
    ]  # fmt: skip
    if not pairs:
        return None
    one, two = case.chance.choice(pairs)
    return case.claim.altered(*two.span(), one[0]).altered(*one.span(), two[0])


def denied(case: Case) -> Marked | None:
    if not (places := list(_AUXILIARY.finditer(case.text))):
        return None
    end = case.chance.choice(places).end()
    return case.claim.altered(end, end, case.chance.choice((" not", " not", " never", " no longer")))


def denial_dropped(case: Case) -> Marked | None:
    if place := _DENIAL.search(case.text):
        return case.claim.cut(*place.span())
    if place := _NO.search(case.text):
        return case.claim.altered(*place.span(), "the" if place[0] == "no" else "with")
    return None


def hedge_dropped(case: Case) -> Marked | None:
    """What was tried, planned or believed is told as done."""
    place = _HEDGE.search(case.text)
    if not place:
        return None
    after = re.match(r"(be )?([a-z]+)", case.text[place.end() :])
    if not place[0].endswith(" to ") or not after:
        return case.claim.cut(*place.span())
    new = f"was {after[2]}" if after[1] else _past(after[2], case.lexicon.wordnet)
    return case.claim.altered(place.start(), place.end() + after.end(), new) if new else None


def _past(verb: str, known: WordNet) -> str:
    """Empty where it is no verb."""
    return known.inflected(Read(verb, "v", "ed")) if ("v", verb) in known.index else ""


def possible(case: Case) -> Marked | None:
    """What may be will be, or must."""
    if not (places := list(_MODAL.finditer(case.text))):
        return None
    place = case.chance.choice(places)
    return case.claim.altered(*place.span(), case.chance.choice(["will", "will", "must", "cannot"]))


def hedged(case: Case) -> Marked | None:
    """What is done is only planned, tried or still to come."""
    if not (place := _PAST.search(case.text)):
        return None
    many = place[0] in ("were", "have")
    new = case.chance.choice(
        [
            "will be",
            "may be",
            "could have been",
            "are to be" if many else "is to be",
            "would be",
            "are expected to be" if many else "is expected to be",
        ]
    )
    been = re.match(r" been", case.text[place.end() :])
    if place[0] in ("has", "have") and not been:
        return None
    return case.claim.altered(place.start(), place.end() + (been.end() if been else 0), new)


def condition_dropped(case: Case) -> Marked | None:
    """What holds under a condition is told as if it always did."""
    if not (place := _CONDITION.search(case.text)):
        return None
    rest = case.claim[: place.start()] + case.claim[place.end() :]
    if len(rest.text.split()) < 5:
        return None
    verb = _AUXILIARY.search(rest.text) or re.search(r"\b[a-z]+(?:ed|s)\b", rest.text)
    return capital(rest.marked(*verb.span())) if verb else None


def part_dropped(case: Case) -> Marked | None:
    """All for a part of it."""
    if not (places := [place for place in _PART.finditer(case.text) if place.start()]):
        return None
    place = case.chance.choice(places)
    if place[0] in ("about ", "nearly ", "almost "):
        return case.claim.altered(
            *place.span(), case.chance.choice(["exactly ", "more than ", "less than ", "hardly "])
        )
    return case.claim.altered(*place.span(), "all of " if place[0].endswith(" of ") else "entirely ")


def only(case: Case) -> Marked | None:
    """Only, put in or left out."""
    if place := _ONLY.search(case.text):
        return case.claim.altered(*place.span(), case.chance.choice(["also ", "not only "]))
    if not (places := list(_AUXILIARY.finditer(case.text))):
        return None
    end = case.chance.choice(places).end()
    return case.claim.altered(end, end, case.chance.choice([" only", " solely", " exclusively"]))


def cause_turned(case: Case) -> Marked | None:
    """Cause and effect, or earlier and later, exchanged; or joined by another word."""
    if not (found := _CAUSE.match(case.text)):
        return None
    if case.chance.random() < 0.5:
        links = ["because", "although", "after", "before", "unless", "until", "even though"]
        return case.claim.altered(
            *found.span("link"), case.chance.choice([one for one in links if one != found["link"]])
        )
    one = lowered(case.claim.group(found, "one")).text
    turned = case.claim.altered(*found.span("two"), one).altered(*found.span("one"), found["two"])
    return capital(turned)


def comparison_turned(case: Case) -> Marked | None:
    if not (found := _THAN.match(case.text)) or re.search(r"\d", found["two"]):
        return None
    return capital(case.claim.altered(*found.span("two"), found["one"]).altered(*found.span("one"), found["two"]))


def way_turned(case: Case) -> Marked | None:
    """From this to that for from that to this."""
    if not (found := _INTO.search(case.text)):
        return None
    return case.claim.altered(*found.span(3), found[2]).altered(*found.span(2), found[3])


def to_or_from(case: Case) -> Marked | None:
    if not (places := list(_TO.finditer(case.text))):
        return None
    place = case.chance.choice(places)
    return case.claim.altered(*place.span(), "from" if place[0] == "to" else "to")


def standing(case: Case) -> Marked | None:
    """Former for current; the deputy's post for the post."""
    for old in _EX:
        if (at := case.text.find(old)) > 0:
            return case.claim.altered(at, at + len(old), case.chance.choice([one for one in _EX if one != old]))
    posts = re.search(
        r"\b(?:president|minister|chairman|director|governor|mayor|king|leader|editor|secretary|general|manager"
        r"|head)\b",
        case.text,
    )
    if not posts:
        return None
    return case.claim.altered(
        posts.start(), posts.start(), case.chance.choice(["former ", "deputy ", "assistant ", "honorary "])
    )


def quotation(case: Case) -> Marked | None:
    """One word of what is quoted."""
    if not (found := _QUOTED.search(case.text)):
        return None
    inside = [
        place for place in re.finditer(r"\b[a-z]{4,}\b", case.text) if found.start() < place.start() < found.end()
    ]
    near = [
        word for text in case.source.near[:4] for word in re.findall(r"\b[a-z]{4,}\b", text) if word not in case.text
    ]
    if not inside or not near:
        return None
    return case.claim.altered(*case.chance.choice(inside).span(), case.chance.choice(near))


def shared_out(case: Case) -> Marked | None:
    """One of a list is left out where both or all are told of: no fault, unless one is replaced by a neighbour's."""
    found = re.search(r"(?<= )([a-z]{4,}) and ([a-z]{4,})\b", case.text)
    if not found:
        return None
    near = [word for text in case.source.near for word in re.findall(r"\b[a-z]{4,}\b", text)]
    group = case.chance.choice((1, 2))
    fit = [word for word in near if case.lexicon.fits(found[group], word) and word not in case.text]
    return case.claim.altered(*found.span(group), case.chance.choice(fit)) if fit else None


WAYS: dict[str, Way] = {
    "roles": roles,
    "things exchanged": things_exchanged,
    "denied": denied,
    "denial dropped": denial_dropped,
    "hedge dropped": hedge_dropped,
    "possible made certain": possible,
    "done made possible": hedged,
    "condition dropped": condition_dropped,
    "part made whole": part_dropped,
    "only": only,
    "cause turned": cause_turned,
    "comparison turned": comparison_turned,
    "way turned": way_turned,
    "to or from": to_or_from,
    "standing": standing,
    "quotation": quotation,
    "one of a list": shared_out,
}
