"""Questions made of a statement: such that it answers, and such about a detail that it does not give."""

from __future__ import annotations

import random
import re

from assistant.reading.training.english import DAY, MONTH, NUMBER
from assistant.reading.training.questions.clauses import Clause, clause
from assistant.reading.training.wordnet import WordNet

Asked = tuple[str, tuple[int, int]]

_WHEN = re.compile(
    rf"\b(?:(?:on|in|by|since|until) )?(?:late |early |last |next )?"
    rf"(?:{DAY}(?: (?:morning|afternoon|evening|night))?"
    rf"|{MONTH}(?: \d{{1,2}})?(?: \d{{4}})?|\d{{1,2}} {MONTH}(?: \d{{4}})?|(?:1\d|20)\d\d)$"
)
_YEAR_AFTER = re.compile(r"(?:, (?:1\d|20)\d\d)?")
_COUNT = re.compile(
    rf"(\d[\d,]*|{NUMBER}|dozens of|hundreds of) "
    r"((?:[a-z-]+ ){0,2}?[a-z]{3,}s|people|men|women|children)\b"
)
_SAID = re.compile(r"([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2}) ((?:said|told|added|warned|insisted|argued) .+)")
_UNITS = frozenset("hours days weeks months years minutes seconds times degrees percent points miles".split())
_NO_COUNT = frozenset("was has its his this is as across others".split())
_LACKING = {
    "when": re.compile(
        rf"\b(?:1\d|20)\d\d|\d(?:st|nd|rd|th|:\d)|\b(?:{DAY}|{MONTH}|today|yesterday|tomorrow|when|after|before|during"
        r"|while|since|until|last|next|ago|later|earlier|now|early|recently|then|days?|weeks?|months?|years?|night"
        r"|morning|evening|afternoon|century|time|once|previously|decade|following|season|late)\b",
        re.IGNORECASE,
    ),
    "where": re.compile(
        r"\b(?:in|at|near|on|from|outside|inside|to|across|where|around|here|there)\b", re.IGNORECASE
    ),
}
_GIVEN = {  # questions about a person, and the words by which a text would answer them
    "How old is {}?": re.compile(r"\b(?:age|aged|old|born|\d\d)\b", re.IGNORECASE),
    "Where was {} born?": re.compile(r"\b(?:born|birth|native|grew|hometown|from)\b", re.IGNORECASE),
    "Who is {} married to?": re.compile(r"\b(?:married|wife|husband|spouse|partner|couple|wed)\b", re.IGNORECASE),
    "What party does {} belong to?": re.compile(r"\b(?:party|Republican|Democrat\w*|Labour|Tory|Conservative)\b"),
    "How many children does {} have?": re.compile(r"\b(?:children|child|son|daughter|kids|father|mother)s?\b"),
    "Where does {} live?": re.compile(r"\b(?:lives?|living|home|house|resident|resides?|from|in|of)\b"),
}
_SOMEBODY = re.compile(r"\b(?:a|an|the) (?:(?!said)[a-z-]+ )?([a-z]{4,})\b(?! [a-z]*of\b)")
_NAMED = re.compile(r"[A-Z][\w’'-]+ [A-Z]")
_STATES = frozenset("is are may might must should could would can will has have had".split())
_ADVERB = re.compile(r" (?:also|then|later|never|still|already|soon|now|once|recently)\b")


def answered(sentence: str, known: WordNet, chance: random.Random) -> Asked | None:
    """A question that the sentence answers, and where in it."""
    said = clause(sentence, known)
    if said is None or said.subject.lower() in ("this", "that", "these", "those", "all", "some", "many", "most"):
        return _who(sentence)
    made = _who(sentence) or _counted_first(sentence, said) or _counted(sentence, said) or _when(sentence, said)
    return made or (_what(sentence, said) if chance.random() < 0.3 else None)


def lacking(sentence: str, window: str, known: WordNet, chance: random.Random) -> str | None:
    """A question about what the sentence tells of, where nothing in the window answers it."""
    ways = [_when_where, _of_person, _name_of]
    chance.shuffle(ways)
    return next((made for way in ways if (made := way(sentence, window, known, chance))), None)


def _when_where(sentence: str, window: str, known: WordNet, chance: random.Random) -> str | None:
    said = clause(sentence, known)
    asks = [ask for ask, cue in _LACKING.items() if not cue.search(window)]
    if said is None or not asks or said.auxiliary in _STATES:
        return None
    if said.auxiliary in ("was", "were") and not re.match(r"[a-z]+ed\b", said.rest):
        return None
    return f"{chance.choice(asks).capitalize()} {said.auxiliary} {said.subject} {said.rest}?"


def _of_person(sentence: str, window: str, known: WordNet, chance: random.Random) -> str | None:
    """Their age or family, where such is not told."""
    speaker = _SAID.search(sentence)
    asks = [ask for ask, cue in _GIVEN.items() if not cue.search(window)]
    if speaker is None or not asks or any(known.read(word.lower()) for word in speaker[1].split()[-1:]):
        return None
    return chance.choice(asks).format(speaker[1]) if not speaker[1].startswith("The ") else None


def _name_of(sentence: str, window: str, known: WordNet, chance: random.Random) -> str | None:
    """What somebody is called of whom the text gives no name."""
    if _NAMED.search(window):
        return None
    found = [match[1] for match in _SOMEBODY.finditer(sentence) if _person(match[1], known)]
    if not found:
        return None
    one = chance.choice(found)
    return chance.choice((f"What is the name of the {one}?", f"Who was the {one}?", f"What is the {one} called?"))


def _person(word: str, known: WordNet) -> bool:
    """Whether its commonest meaning is a kind of person."""
    read = known.read(word)
    if read is None or read.part != "n" or read.form:
        return False
    above = [known.index["n", read.lemma][0]]
    for _ in range(12):
        if any("person" in known.senses[key].words for key in above):
            return True
        above = [other for key in above for other in known.senses[key].to("@")]
    return False


def _who(sentence: str) -> Asked | None:
    match = _SAID.match(sentence)
    if match is None or len(sentence) > 160 or re.search(r"[\"“”]", sentence):
        return None
    return f"Who {match[2].rstrip('.')}?", match.span(1)


def _counted_first(sentence: str, said: Clause) -> Asked | None:
    """How many there were of what the sentence begins with."""
    match = _COUNT.match(sentence[0].lower() + sentence[1:])
    if match is None or match[2] in _UNITS or match[0].lower() != said.subject.lower():
        return None
    return f"How many {match[2]} {sentence[said.first : said.end]}?", match.span(1)


def _counted(sentence: str, said: Clause) -> Asked | None:
    """How many the object has."""
    if said.auxiliary not in ("did", "does", "do"):
        return None
    verb, _, rest = said.rest.partition(" ")
    match = _COUNT.match(rest)
    if match is None or match[2].split()[-1] in _NO_COUNT | _UNITS:
        return None
    at = sentence.index(match[0], said.first)
    after = rest[match.end() :].rstrip()
    return f"How many {match[2]} {said.auxiliary} {said.subject} {verb}{after}?", (at, at + len(match[1]))


def _when(sentence: str, said: Clause) -> Asked | None:
    """When it was, of a predicate that ends with a day or a year."""
    if said.auxiliary in ("has", "have", "had"):
        return None
    place = _WHEN.search(sentence, said.first, said.end)
    if place is None or place.end() != said.end:
        return None
    rest = said.rest[: -len(place[0])].rstrip()
    if len(rest.split()) < 1 or rest.split()[-1] in ("of", "in", "and", "from", "between", "to", "the", "a"):
        return None
    year = _YEAR_AFTER.match(sentence, place.end())
    return f"When {said.auxiliary} {said.subject} {rest}?", (place.start(), year.end() if year else place.end())


def _what(sentence: str, said: Clause) -> Asked | None:
    """What somebody did something to: the object with its article, which is all that follows the verb."""
    if said.auxiliary not in ("did", "does", "do"):
        return None
    verb, _, rest = said.rest.partition(" ")
    if not re.match(r"(?:the|a|an|its|his|her|their|that) ", rest) or verb in ("tell", "give", "have", "make"):
        return None
    start = said.end - len(rest)
    return f"What {said.auxiliary} {_ADVERB.sub('', said.subject)} {verb}?", (start, said.end)
