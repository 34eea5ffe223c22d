"""Ways to say what a sentence says, or less of it, in other words or another order.

Each takes a claim that may have been altered before, and keeps what is marked as wrong marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from random import Random

from assistant.reading.training.lexicon import WORD, Lexicon
from assistant.reading.training.marked import WRONG, Marked, capital
from assistant.reading.training.passages import Source, names

Turn = Callable[[Marked, Source, Lexicon, Random], Marked | None]

# Phrases that say the same in either direction; the first may stand for the second, and the other way round.
_SAME = """
about|around|approximately|roughly|some
because of|due to|owing to|as a result of
because|since|as
began|started
begin|start
more than|over
less than|under
at least|no fewer than
prior to|before
in order to|to
a number of|several
as well as|and
however|but
such as|including|like
around the world|worldwide
throughout the world|across the world|around the globe
located in|in
known as|called
is called|is known as|is referred to as
was called|was known as|was referred to as
usually|generally|typically|normally
often|frequently
while|whereas
although|though|even though
during|in the course of
for example|for instance
in addition|additionally|moreover|furthermore
therefore|thus|as a result|consequently|hence
passed away|died
purchased|bought
obtained|got|received
constructed|built
assisted|helped
large|big
small|little
children|kids
residents|inhabitants|people
took place|occurred|happened|was held
a large number of|many|numerous
the majority of|most
most of the|the majority of the
in the middle of|amid
beginning of|start of
end of|close of
by means of|through|via
used to be|was once
is made up of|consists of|is composed of|comprises
was made up of|consisted of|was composed of
is home to|has|houses
has the ability to|can|is able to
was able to|could|managed to
were able to|could|managed to
is unable to|cannot|is not able to
wanted to|sought to
tried to|attempted to
attempted to|made an attempt to
led to|resulted in|caused|brought about
leads to|results in|causes
resulted from|was caused by|stemmed from
died of|died from
is able to|can
said that|stated that|noted that|said
says that|states that|notes that
told reporters|said|told journalists
according to|as reported by
announced that|said that
argued that|contended that|maintained that
believed that|thought that
stated|said
agreed to|consented to
decided to|chose to|opted to
continued to|kept on|went on to
is expected to|is likely to|should
are expected to|are likely to|should
will|is going to
won't|will not
required|needed
requires|needs
needed|required
showed|demonstrated|indicated
shows|demonstrates|indicates
found that|discovered that
ended|finished|came to an end
near|close to
next to|beside|adjacent to
along with|together with|and
with regard to|regarding|concerning|about
in total|altogether|overall
about half|roughly half|around half
per cent|percent|%
percent|per cent|%
United States|US|U.S.|America
United Kingdom|UK|Britain
United Nations|UN
European Union|EU
World War II|the Second World War|WWII
World War I|the First World War
New York City|New York
the 1990s|the nineties
the 1980s|the eighties
in the 19th century|in the 1800s|in the nineteenth century
in the 18th century|in the 1700s|in the eighteenth century
in the 20th century|in the 1900s|in the twentieth century
president|head of state
prime minister|head of government|premier
doctors|physicians
movie|film
film|movie
firm|company
company|firm
authorities|officials
officers|police officers|police
job|position|post
employees|workers|staff
lawyer|attorney
car|vehicle|automobile
aircraft|plane
airplane|plane
pupils|students
house|home
money|funds
street|road
fall of|collapse of
goal|aim|objective
area|region
areas|regions
very|extremely|highly
entire|whole
various|different
important|significant
main|principal|primary
rapidly|quickly|fast
nearly all|almost all
throughout|all through
within|inside
created|made|produced
established|founded|set up
founded|established|set up
rose|climbed|went up|increased
increased|rose|grew|went up
fell|dropped|declined|went down
decreased|fell|declined|dropped
surged|soared|jumped
plunged|plummeted|tumbled
decline|drop|fall
increase|rise|growth
attacked|assaulted
defeated|beat
won|claimed|took
chosen|selected|picked
selected|chosen|picked
elected|voted in
appointed|named
replaced|succeeded
forced to|made to|compelled to
allowed to|permitted to
banned|prohibited|outlawed
forbidden|prohibited|banned
stopped|halted|ended
closed|shut
launched|started|introduced
gave|provided|handed
gives|provides
revealed|disclosed|showed
employs|has a workforce of
contains|has|holds
describes|depicts|portrays
wrote|penned|authored
destroyed|wiped out|ruined
injured|hurt|wounded
murdered|killed
moved to|relocated to
lived in|resided in
lives in|resides in
born in|a native of
came from|originated in
arrived in|reached|came to
returned to|went back to|came back to
met with|met|held talks with
cost|came to
spent|paid out
criticized|criticised|attacked
praised|commended|lauded
urged|called on|pressed
warned|cautioned
rejected|turned down|dismissed
approved|passed|gave approval to
planned to|intended to|was going to
agreement|deal|accord
talks|negotiations
conflict|fighting
protest|demonstration
protests|demonstrations
election|vote|poll
rules|regulations
law|legislation
ill|sick
"""
_SPELT = dict(enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2))
_DIGIT = {word: str(number) for number, word in _SPELT.items()}
_ASIDE = re.compile(r" \([^)]*\)|(?<=\w), (?:which|who|where|including|such as|a|an|the|now|then) [^,.;“”\"]{4,90}(?=,)|, (?:which|who|where|including|such as) [^,.;“”\"]{4,90}(?=\.$)")
_OPENER = re.compile(r"^((?:In|On|During|After|Before|By|At|Since|Under|For|With|Within|Throughout|Following) [^,;]{3,60}), ([^;]+)\.$")
_CLOSER = re.compile(r"^([^;]{20,}?[a-z]) ((?:in|on|during|after|before|by|at|since) (?:the )?[^,;]{3,35})\.$")
_SECOND = re.compile(r"^(.{35,}?)(?:; |, (?:and|but|while|although|with|whereas) )[^“”\"]{12,}\.$")
_OPENS = r"^(?!In\b|On\b|At\b|By\b|For\b)(?:(?:The|His|Her) )?"
_RELATIVE = re.compile(rf"({_OPENS}[A-Z][\w’-]+(?: [A-Z][\w’-]+){{0,3}}), who ([a-z]+ed|was|is|were|had|has) ([^,;]{{5,90}}), ([^;]{{10,}})\.$")
_APPOSED = re.compile(r"^(?!In |On |At )([A-Z][\w’-]+(?: [A-Z][\w’-]+)+), ((?:a|an|the) [^,;]{4,60}), (\w+ [^;]{10,})\.$")
_PASSIVE = re.compile(r"^((?:(?:The|An?) )?(?:[\w’-]+ ){0,3}?[\w’-]+) (was|were) ([a-z]+ed|built|made|led|won|held|found|written) by ((?:the |an? )?(?:(?!who|that|which)[\w’-]+ ?){1,5}?)((?: (?:in|on|at|during|for|after|to|as|from|with) [^;]*)?)\.$")
_ACTIVE = re.compile(r"^((?:The )?[A-Z][\w’-]+(?: [A-Z][\w’-]+){0,3}) ([a-z]{3,}ed) ((?:the |an? )(?:(?!who|that|which)[\w’-]+ ?){1,4}?)((?: (?:in|on|at|during|after|from|with) [^;]*)?)\.$")
_LIST = re.compile(r"((?:[A-Z][\w’-]+(?: [A-Z][\w’-]+)?|[a-z]{4,}), )((?:[A-Z][\w’-]+(?: [A-Z][\w’-]+)?|[a-z]{4,}))(,? (?:and|or) )((?:[A-Z][\w’-]+(?: [A-Z][\w’-]+)?|[a-z]{4,}))\b")
_PAIR = re.compile(r"(?<=[a-z] )([A-Z][\w’-]+(?: [A-Z][\w’-]+)?) and ([A-Z][\w’-]+(?: [A-Z][\w’-]+)?)(?=[ ,.])(?! [A-Z])")
_FULL = re.compile(r"(?<=[a-z,] )([A-Z][a-zé’-]+ )(?:[A-Z]\. )?([A-Z][a-zé’-]{3,})(?=[ ,.;’'])(?! [A-Z])|^([A-Z][a-zé’-]+ )([A-Z][a-zé’-]{3,})(?= [a-z])")
_MANY = re.compile(r"(?<![\d,.$£€-])(\d{1,3}(?:,\d{3})+|\d{3,})(?![\d,.]\d|-|\w|%)")
_PRONOUN = re.compile(r"^(?:He|She|It|They) (?=was|is|were|are|had|has|[a-z]+ed\b)")
_ADVERB = re.compile(r"(?<=[a-z] )(?:also|still|very|highly|widely|then|later|subsequently|currently|eventually|officially|famously|particularly|especially|generally) (?=[a-z])")
_LINKED = re.compile(r"^(?:However|Moreover|Furthermore|In addition|Additionally|Also|Thus|Therefore|Meanwhile|As a result|For example|For instance|Indeed|Similarly|Consequently|Nevertheless), ")
_ADJECTIVE = re.compile(r"\b(the|a|his|her|their|its) ([a-z]{4,}) (?=[a-z]{4,}\b)")
_QUOTE_MARKS = re.compile(r"[“”\"]")
_DATE = re.compile(r"\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December)( \d{4})?\b")
_MONTH_DAY = re.compile(r"\b(January|February|March|April|May|June|July|August|September|October|November|December) (\d{1,2})(?:, (\d{4}))?\b")
_SAID_LAST = re.compile(r"^([^“”\"]{15,}), ((?:said|says|according to) [^,“”\"]{3,60}|[^,“”\"]{3,40} (?:said|says))\.$")
_LEADS = ["According to the article, ", "The article says that ", "The report says ", "It is reported that ", "Reports say that ", "The text says that "]


def _pairs() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in _SAME.strip().splitlines():
        one, *others = row.split("|")
        found.setdefault(one, []).extend(others)
    return found


_TABLE = _pairs()
_PHRASE = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, sorted(_TABLE, key=len, reverse=True)))})(?!\w)(?:(?<!about)|(?= [$€£]?\d))"
)


def same_words(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Words for others whose commonest meaning is the same, by WordNet."""
    places = list(WORD.finditer(claim.text))
    chance.shuffle(places)
    wanted = chance.choice((1, 1, 2, 3))
    chosen = []
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
        small = rest if re.match(r"[A-Z]\w* [A-Z]|[A-Z]{2}|I\b", rest.text) or not re.match(r"(?:The|A|An|This|It|He|She|They|In)\b", rest.text) else rest[:1].each(str.lower) + rest[1:]
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
    if not found or re.search(r"\b(?:if|not only|either|neither|both|between|unless)\b", found[1], re.I) or _QUOTE_MARKS.search(found[1]):
        return None
    return claim[slice(*found.span(1))] + "."


def relative_parted(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """What a clause with "who", or a noun in apposition, tells becomes the sentence."""
    if found := _RELATIVE.match(claim.text):
        return claim[slice(*found.span(1))] + " " + claim[found.start(2) : found.end(3)] + "."
    if found := _APPOSED.match(claim.text):
        verb = chance.choice([" is ", " was "]) if " was " in claim.text or "ed " in found[3] else " is "
        return claim[slice(*found.span(1))] + verb + claim[slice(*found.span(2))] + "."
    return None


def voice_changed(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Passive made active, or active passive, of verbs whose past and participle are the same."""
    if found := _PASSIVE.match(claim.text):
        one, verb, doer, rest = (claim[slice(*found.span(at))] for at in (1, 3, 4, 5))
        small = one[:1].each(str.lower) + one[1:] if one.text.startswith(("The ", "A ", "An ")) else one
        return capital(doer) + " " + verb + " " + small + rest + "."
    if (found := _ACTIVE.match(claim.text)) and (read := lexicon.read(found[2])) and read.part == "v":
        doer, verb, one, rest = (claim[slice(*found.span(at))] for at in (1, 2, 3, 4))
        many = re.search(r"(?<!s)s$", found[3].split(" of ")[0].split(" for ")[0])
        by = doer[:1].each(str.lower) + doer[1:] if doer.text.startswith("The ") else doer
        return capital(one) + (" were " if many else " was ") + verb + " by " + by + rest + "."
    return None


def list_reordered(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    if found := _LIST.search(claim.text):
        one, two = found.span(2), found.span(4)
    elif claim.text.count(" and ") == 1 and (found := _PAIR.search(claim.text)):
        one, two = found.span(1), found.span(2)
    else:
        return None
    return claim[: one[0]] + claim[slice(*two)] + claim[one[1] : two[0]] + claim[slice(*one)] + claim[two[1] :]


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
            before = re.search(r"\b(?:about|around|nearly|over|more than|some|approximately|at least|almost|roughly) $", claim.text[: place.start()])
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
    words = ["about", "around", "roughly", "approximately", *(["nearly", "almost", "close to"] if near > value else ["more than", "over", "some"])]
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
    before = re.match(r"(?:The )?[A-Z][\w’-]+(?: [A-Z][\w’-]+)*(?= (?:was|is|were|are|had|has|[a-z]+ed)\b)", source.before)
    if not found or not before or before[0] in ("He", "She", "It", "They", "This", "There", "These", "That", "In", "Some"):
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
        if read and read.part == "a" and not read.form and place[2] not in ("former", "alleged", "false", "first", "second", "third", "last", "next", "previous", "other", "only", "late", "possible", "potential", "proposed", "main", "major", "new", "fake", "federal"):
            article = claim[: place.start(2)]
            if place[1] == "a" and claim.text[place.end()] in "aeiou":
                article = article[:-1] + "n "
            return article + claim[place.end() :]
    return None


def told(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """As what the article says."""
    lead = chance.choice(_LEADS if not source.passage.title or chance.random() < 0.6 else [f"In {source.passage.title}, ", f"On {source.passage.title}: "])
    small = re.match(r"(?:The|A|An|This|It|He|She|They|In|On|At|There|These|Some|Many|His|Her|Its|Their|During|After|By|As)\b", claim.text)
    return (capital(Marked(lead, "." * len(lead))) + (claim[:1].each(str.lower) + claim[1:] if small else claim))


def speech_moved(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Who said it first."""
    found = _SAID_LAST.match(claim.text)
    if not found:
        return None
    what, who = claim[slice(*found.span(1))], claim[slice(*found.span(2))]
    if who.text.startswith("according to"):
        return capital(who) + ", " + what + "."
    said = re.match(r"(said|says) (.+)|(.+) (said|says)$", who.text)
    if not said:
        return None
    name = said[2] or said[3]
    return capital(_of(who, name)) + " said that " + what + "."


def _of(text: Marked, part: str) -> Marked:
    at = text.text.find(part)
    return text[at : at + len(part)]


def joined(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """With the sentence before it."""
    before = source.before
    if not before.endswith(".") or not 4 <= len(before.split()) <= 22 or len(claim.text.split()) > 26 or _QUOTE_MARKS.search(before):
        return None
    small = re.match(r"(?:The|A|An|This|It|He|She|They|In|There|These)\b", claim.text)
    rest = claim[:1].each(str.lower) + claim[1:] if small else claim
    link = chance.choice([", and ", "; ", ", while ", ", and "])
    return Marked(before[:-1] + link, "." * (len(before) - 1 + len(link))) + rest


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
    "voice": (voice_changed, 3),
    "list reordered": (list_reordered, 1.5),
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
    "contracted": (contracted, 1),
}


def reworded(claim: Marked, source: Source, lexicon: Lexicon, chance: Random, times: int) -> tuple[Marked, tuple[str, ...]]:
    """The claim after so many ways, each another one, and their names; fewer where no more of them can be gone."""
    used: list[str] = []
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
