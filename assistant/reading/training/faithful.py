"""Ways to say what a sentence says, or less of it, in other words or another order.

Each takes a claim that may have been altered before, and keeps what is marked as wrong marked.
"""

from __future__ import annotations

import re
from functools import partial
from random import Random

from assistant.reading.training import inferred, recast
from assistant.reading.training.chains import lowered
from assistant.reading.training.lexicon import WORD, Lexicon
from assistant.reading.training.lists import rows
from assistant.reading.training.marked import WRONG, Marked, capital, right
from assistant.reading.training.passages import Source
from assistant.reading.training.turns import Turn

_SPELT = dict(enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2))
_DIGIT = {word: str(number) for number, word in _SPELT.items()}
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
_FULL = re.compile(
    r"(?<=[a-z,] )([A-Z][a-zé’-]+ )(?:[A-Z]\. )?([A-Z][a-zé’-]{3,})(?=[ ,.;’'])(?! [A-Z])"
    r"|^([A-Z][a-zé’-]+ )([A-Z][a-zé’-]{3,})(?= [a-z])"
)
_MANY = re.compile(r"(?<![\d,.$£€-])(\d{1,3}(?:,\d{3})+|\d{3,})(?![\d,.]\d|-|\w|%)")
_PRONOUN = re.compile(r"^(?:He|She|It|They) (?=was|is|were|are|had|has|[a-z]+ed\b)")
_ADVERB = re.compile(
    r"(?<=[a-z] )(?:also|still|very|highly|widely|then|later|subsequently|currently|eventually|officially"
    r"|famously|particularly|especially|generally) (?=[a-z])"
)
_LINKED = re.compile(
    r"^(?:However|Moreover|Furthermore|In addition|Additionally|Also|Thus|Therefore|Meanwhile|As a result"
    r"|For example|For instance|Indeed|Similarly|Consequently|Nevertheless), "
)
_ADJECTIVE = re.compile(r"\b(the|a|his|her|their|its) ([a-z]{4,}) (?=[a-z]{4,}\b)")
_MONTHS = "January February March April May June July August September October November December".split()
_QUOTE_MARKS = re.compile(r"[“”\"]")
_DATE = re.compile(
    r"\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December)( \d{4})?\b"
)
_MONTH_DAY = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November"
    r"|December) (\d{1,2})(?:, (\d{4}))?\b"
)
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


def same_words(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Words for others whose commonest meaning is the same, by WordNet."""
    places = list(WORD.finditer(claim.text))
    chance.shuffle(places)
    wanted = chance.choice((1, 1, 2, 3))
    chosen: list[tuple[re.Match[str], str]] = []
    for place in places:
        if len(chosen) < wanted and lexicon.read(place[0]):
            found = lexicon.common(lexicon.wordnet.synonyms(place[0]), 25)
            if found:
                chosen.append((place, max(found, key=lambda word: lexicon.counts[word])))
    for place, word in sorted(chosen, key=lambda one: -one[0].start()):
        claim = claim.reworded(*place.span(), word)
    return claim if chosen else None


def same_phrases(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    places = [place for place in _PHRASE.finditer(claim.text) if place.start()]
    if not places:
        return None
    chance.shuffle(places)
    for place in sorted(places[: chance.choice((1, 2, 2, 3))], key=lambda one: -one.start()):
        end = place.end()
        new = chance.choice(_TABLE[place[0]])
        if new == "%" and claim.text[place.start() - 1 : place.start()] == " ":
            claim = claim.reworded(place.start() - 1, end, new)
        else:
            claim = claim.reworded(place.start(), end, new)
    return claim


def aside_dropped(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    places = list(_ASIDE.finditer(claim.text))
    if not places:
        return None
    start, end = chance.choice(places).span()
    end += claim.text[end : end + 1] == "," and claim.text[start] == ","
    rest = claim[:start] + claim[end:]
    return rest if len(rest.text.split()) > 5 else None


def opener_moved(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    if found := _OPENER.match(claim.text):
        first, rest = claim[slice(*found.span(1))], claim[slice(*found.span(2))]
        return capital(rest) + " " + first[:1].each(str.lower) + first[1:] + "."
    if (found := _CLOSER.match(claim.text)) and not re.search(r"[,“\"]", found[1]):
        rest, last = claim[slice(*found.span(1))], claim[slice(*found.span(2))]
        small = (
            rest
            if re.match(r"[A-Z]\w* [A-Z]|[A-Z]{2}|I\b", rest.text)
            or not re.match(r"(?:The|A|An|This|It|He|She|They|In)\b", rest.text)
            else rest[:1].each(str.lower) + rest[1:]
        )
        return capital(last) + ", " + small + "."
    return None


def time_dropped(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Without when or where it was, told at the beginning or the end."""
    if (found := _OPENER.match(claim.text)) and not found[1].startswith(("Under", "With", "By")):
        return capital(claim[slice(*found.span(2))]) + "."
    if (found := _CLOSER.match(claim.text)) and re.match(r"(?:in|on|during|since) [^,]*\d", found[2]):
        return claim[slice(*found.span(1))] + "."
    return None


def shortened(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """The first of two clauses."""
    found = _SECOND.match(claim.text)
    if (
        not found
        or re.search(r"\b(?:if|not only|either|neither|both|between|unless)\b", found[1], re.I)
        or _QUOTE_MARKS.search(found[1])
    ):
        return None
    return claim[slice(*found.span(1))] + "."


def relative_parted(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """What a clause with "who", or a noun in apposition, tells becomes the sentence."""
    if found := _RELATIVE.match(claim.text):
        return claim[slice(*found.span(1))] + " " + claim[found.start(2) : found.end(3)] + "."
    if found := _APPOSED.match(claim.text):
        verb = " was " if " was " in claim.text or "ed " in found[3] else " is "
        return claim[slice(*found.span(1))] + verb + claim[slice(*found.span(2))] + "."
    return None


def name_shortened(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Without the first name."""
    places = [place for place in _FULL.finditer(claim.text) if WRONG not in claim.marks[slice(*place.span())]]
    if not places:
        return None
    place = chance.choice(places)
    group = 1 if place[1] else 3
    if lexicon.counts[place[group].strip().lower()] > 2 or lexicon.counts[place[group + 1].lower()] > 5:
        return None
    if place[group].strip().endswith(("an", "ish", "ese", "New", "North", "South", "East", "West", "Los", "The")):
        return None
    return claim[: place.start(group)] + claim[place.start(group + 1) :]


def number_rewritten(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Numerals in words and back; rounded with a word that says so."""
    if (found := re.search(rf"(?<=[a-z] )(?:{'|'.join(_DIGIT)})(?= [a-z])", claim.text)) and chance.random() < 0.8:
        return claim.reworded(*found.span(), _DIGIT[found[0]])
    if (found := re.search(r"(?<=[a-z] )(?:[2-9]|1[0-2])(?= [a-z])", claim.text)) and chance.random() < 0.8:
        return claim.reworded(*found.span(), _SPELT[int(found[0])])
    if found := re.search(r"(?<=\d)(?: percent| per cent|%)", claim.text):
        return claim.reworded(*found.span(), chance.choice([" percent", " per cent", "%"]))
    places = [place for place in _MANY.finditer(claim.text) if not re.fullmatch(r"1\d{3}|20\d\d", place[0])]
    if places and (new := _rounded(int(chance.choice(places)[0].replace(",", "")), chance)):
        place = next((one for one in places if one[0].replace(",", "") == str(new[0])), None)
        if place:
            before = re.search(
                r"\b(?:about|around|nearly|over|more than|some|approximately|at least|almost|roughly) $",
                claim.text[: place.start()],
            )
            return claim.reworded(before.start() if before else place.start(), place.end(), new[1])
    return None


def _rounded(value: int, chance: Random) -> tuple[int, str] | None:
    """A number, and what may be said of it: 8,932 is about or nearly 9,000, and more than 8,900."""
    if value < 100:
        return None
    digits = len(str(value)) - chance.choice((1, 2))
    step = 10 ** max(1, digits)
    near = round(value / step) * step
    if not near or abs(near - value) > 0.06 * value:
        return value, f"{value:,}" if chance.random() < 0.5 else str(value)
    if near == value:
        return value, f"{value:,}"
    words = [
        "about",
        "around",
        "roughly",
        "approximately",
        *(["nearly", "almost", "close to"] if near > value else ["more than", "over", "some"]),
    ]
    shown = f"{near:,}" if near < 10**6 or near % 10**5 else f"{near / 10**6:g} million"
    return value, f"{chance.choice(words)} {shown}"


def date_rewritten(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    if found := _DATE.search(claim.text):
        return claim.reworded(*found.span(), f"{found[2]} {found[1]}" + (f",{found[3]}" if found[3] else ""))
    if found := _MONTH_DAY.search(claim.text):
        return claim.reworded(*found.span(), f"{found[2]} {found[1]}" + (f" {found[3]}" if found[3] else ""))
    return None


def pronoun_named(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """He and she by the name with which the sentence before begins."""
    found = _PRONOUN.match(claim.text)
    before = re.match(
        r"(?:The )?[A-Z][\w’-]+(?: [A-Z][\w’-]+)*(?= (?:was|is|were|are|had|has|[a-z]+ed)\b)", source.before
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


def less(pattern: re.Pattern[str], claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Without a word that adds little."""
    if not (places := list(pattern.finditer(claim.text))):
        return None
    place = chance.choice(places)
    return capital(claim[: place.start()] + claim[place.end() :])


def adjective_dropped(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    for place in _ADJECTIVE.finditer(claim.text):
        read = lexicon.read(place[2])
        if (
            read
            and read.part == "a"
            and not read.form
            and place[2]
            not in (
                "former",
                "alleged",
                "false",
                "first",
                "second",
                "third",
                "last",
                "next",
                "previous",
                "other",
                "only",
                "late",
                "possible",
                "potential",
                "proposed",
                "main",
                "major",
                "new",
                "fake",
                "federal",
            )
        ):
            article = claim[: place.start(2)]
            if place[1] == "a" and claim.text[place.end()] in "aeiou":
                article = article[:-1] + "n "
            return article + claim[place.end() :]
    return None


def told(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """As what the article says."""
    lead = chance.choice(
        _LEADS
        if not source.passage.title or chance.random() < 0.6
        else [f"In {source.passage.title}, ", f"On {source.passage.title}: "]
    )
    return capital(right(lead)) + lowered(claim)


def speech_moved(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Who said it first."""
    found = _SAID_LAST.match(claim.text)
    if not found:
        return None
    what, who = claim[slice(*found.span(1))], claim[slice(*found.span(2))]
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


def joined(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """With the sentence before it."""
    before = source.before
    if (
        not before.endswith(".")
        or not 4 <= len(before.split()) <= 22
        or len(claim.text.split()) > 26
        or _QUOTE_MARKS.search(before)
    ):
        return None
    rest = lowered(claim)
    link = chance.choice([", and ", "; ", ", while ", ", and "])
    return Marked(before[:-1] + link, "." * (len(before) - 1 + len(link))) + rest


def quotation_shortened(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Who said a part of what is quoted."""
    quoted = re.search(r"[“\"]([^“”\"]{30,})[”\"]", claim.text)
    who = re.search(
        r"[”\"],? (?:said |says )?((?:[A-Z][\w’-]+ ?){1,4})|^((?:[A-Z][\w’-]+ ?){1,4})(?:said|says)", claim.text
    )
    if not quoted or not who or WRONG in claim.marks:
        return None
    words = list(re.finditer(r"\S+", quoted[1]))
    first = chance.randrange(0, max(1, len(words) - 5))
    last = min(len(words) - 1, first + chance.randint(3, 7))
    part = quoted[1][words[first].start() : words[last].end()].strip(" ,.;")
    name = (who[1] or who[2]).strip()
    said = chance.choice(["spoke of", "said", "used the words", "told of"])
    return right(f"{name} {said} “{part}”.")


def day_named(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """The date of a weekday, or none: whether it is that day is checked by code, which knows when it was written."""
    found = re.search(r"(?:on )?\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", claim.text)
    if not found or WRONG in claim.marks[slice(*found.span())]:
        return None
    date = f"{chance.randint(1, 30)} {chance.choice(_MONTHS)} 20{chance.randint(10, 26)}"
    return claim.reworded(*found.span(), chance.choice([f"{found[0]}, {date}", f"on {date}"]))


def contracted(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    if found := re.search(r"(?<= )(is|was|were|did|does|do|could|would|has|had|are|should) not\b", claim.text):
        return claim.reworded(*found.span(), f"{found[1]}n’t")
    if found := re.search(r"\b(is|was|were|did|does|do|could|would|has|had|are|should)n[’']t\b", claim.text):
        return claim.reworded(*found.span(), f"{found[1]} not")
    if found := re.search(r"\bit is\b", claim.text):
        return claim.reworded(*found.span(), "it’s")
    return None


TURNS: dict[str, tuple[Turn, float]] = {
    "words": (same_words, 3),
    "phrases": (same_phrases, 5),
    "aside dropped": (aside_dropped, 2),
    "opener moved": (opener_moved, 2),
    "time dropped": (time_dropped, 1.5),
    "shortened": (shortened, 1.5),
    "relative parted": (relative_parted, 2),
    "name shortened": (name_shortened, 1.5),
    "number": (number_rewritten, 3),
    "date": (date_rewritten, 2),
    "pronoun": (pronoun_named, 3),
    "adverb dropped": (partial(less, _ADVERB), 1),
    "link dropped": (partial(less, _LINKED), 1),
    "adjective dropped": (adjective_dropped, 0.5),
    "told": (told, 0.5),
    "speech moved": (speech_moved, 2),
    "joined": (joined, 1),
    "quotation shortened": (quotation_shortened, 3),
    "day named": (day_named, 3),
    "contracted": (contracted, 1),
    **recast.TURNS,
    **inferred.TURNS,
}


def reworded(
    claim: Marked, source: Source, lexicon: Lexicon, chance: Random, *, times: int, before: tuple[str, ...] = ()
) -> tuple[Marked, tuple[str, ...]]:
    """The claim after so many ways, each another one, and their names; fewer where no more of them can be gone.

    before  ways that it has gone already
    """
    used = list(before)
    times += len(used)
    kinds = list(TURNS)
    weights = [TURNS[kind][1] for kind in kinds]
    for _ in range(times * 6):
        if len(used) == times:
            break
        kind = chance.choices(kinds, weights)[0]
        if kind not in used and (made := TURNS[kind][0](claim, source, lexicon, chance)):
            claim = made
            used.append(kind)
    return claim, tuple(used)
