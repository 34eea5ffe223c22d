"""Bylines: "By Jane Roe and John Doe, Money Reporter" is two names."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ingest.extract.byline.credits import LONGEST, has, phrase_at, words
from ingest.extract.byline.origin import agency
from ingest.extract.site import Site, site
from ingest.extract.time.dates import parse
from ingest.language.english import SUFFIXES
from ingest.language.text import squeeze

# "(she/her)" is about a person, "X as told to Jane Roe" was written by her.
_ASIDE = re.compile(r" ?[(（][^()（）]{0,60}[)）]")
_TOLD = re.compile(r"^.{1,80} as told to ")
_ADDRESS = re.compile(r"[^\s@]{0,80}(?:@|://)\S{0,200}|\bwww\.\S{0,200}|[【】]")
_LABELLED = re.compile(r" ?[:：] ?")
_BETWEEN = re.compile(r" ?[;|•、，؛،／] ?|,(?= |$)| ?/ ?| · |(?<=[가-힣])·(?=[가-힣])| & | \+ ")
_DEGREES = frozenset(
    "md m.d. phd ph.d. ms msc m.s. ma m.a. mba mph ba bsc bs rd rdn ldn ld cdn rn np do dds dvm jd esq esq. cpt cfp"
    " cfa cpa facs dr dr. prof prof. mag mag.".split()
)
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}", re.IGNORECASE)
_NO_NAME = re.compile(r"[\d_{}\[\]()<>=#@\\!?%*\"“”„«»]")
_EDGE = " ,;:|•·-–—/*"
_LONGEST, _MOST, _MOST_WORDS, _PARTICLE = 80, 20, 7, 3
_SHORTEST_JOB = 6  # letters: Head and Chief are surnames, too
_INITIALS = 5  # capitals alone that are an agency or a signature


def authors(*bylines: str, outlet: str | Site = "", language: str = "") -> tuple[str, ...]:
    """The names in bylines, each once, in their order.

    Left out are addresses, the outlet's own name, news agencies (they are an article's origin), newsrooms, degrees,
    and what follows a name without being one: "Money Reporter", "6 July 2026", "Photo: Ben Roe".
    """
    own = site([outlet]) if isinstance(outlet, str) else outlet
    names: dict[str, str] = {}
    for byline in bylines:
        for name in _named(byline, own, language[:2].lower()):
            names.setdefault(folded_name(name), name)
    return tuple(names.values())[:_MOST]


def credited(*bylines: str) -> str | None:
    """The news agency that bylines name."""
    pieces = (piece for byline in bylines for piece in _pieces(byline, ""))
    return next((name for piece in pieces if (name := agency(_split_agency(piece)[1] or piece))), None)


@lru_cache(maxsize=512)
def folded_name(name: str) -> str:
    """The name as it is compared: without marks on its letters, dots and capitals."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain if not _is_mark(letter)).split())


def is_byline(line: str) -> bool:
    """Whether a line begins as a byline does and goes on with a name: "Von Jane Roe", "Text: Jane Roe"."""
    tokens = squeeze(line).split()
    labelled = next((at + 1 for at, token in enumerate(tokens[:LONGEST]) if token[-1] in ":："), 0)
    led = _led(tokens) or (labelled and _label(tokens[:labelled]) == labelled)
    return bool(led) and bool(authors(line))


def _named(byline: str, own: Site, language: str) -> Iterator[str]:
    first = True
    for piece in _pieces(byline, language):
        name = _without_degree(_split_agency(piece)[0])
        if (
            not _is_name(name)
            or _is_word(name)
            or _is_job(name)
            or agency(name)
            or own.is_called(name)
            or own.begins(name)
            or has(name, "newsroom")
        ):
            continue
        if not first and _is_addition(name):
            continue
        first = False
        yield name


def _is_word(piece: str) -> bool:
    """Whether a piece is nothing but a word for "by"."""
    return phrase_at(tokens := piece.split(), 0, "by") == len(tokens)


def _is_job(name: str) -> bool:
    """Whether all that is said is a post, as in "Senior Reporter": its last word is no surname."""
    last = name.rsplit(maxsplit=1)[-1]
    return _has_case(name) and len(last) >= _SHORTEST_JOB and has(last, "job")


def _is_addition(name: str) -> bool:
    """Whether what follows a name is a job, a paper or a place: one word, where the script has capitals."""
    return has(name, "job") or name[0].islower() or (" " not in name and _has_case(name))


def _pieces(byline: str, language: str) -> list[str]:
    """What may be names in a byline, without what stands before and behind each of them."""
    line = squeeze(html.unescape(byline[: _LONGEST * _MOST]))
    if line.startswith(","):
        return []
    line = _ADDRESS.sub(" , ", _TOLD.sub("", _ASIDE.sub("", line)))
    tokens = _without_others(_before_digits(line.split()))
    parts = [part for told in _labelled(" ".join(tokens)) for part in _BETWEEN.split(told)]
    if len(parts) == 2 and ", " in line and all(part and " " not in part for part in map(_edged, parts)):
        return [_edged(" ".join(tokens))]
    pieces = (_edged(piece) for part in parts for piece in _apart(_edged(part).split(), language))
    return list(_merged(pieces))


def _before_digits(tokens: list[str]) -> list[str]:
    """The words before a date or a time: "Ada Moss" of "Ada Moss July 6"; those behind it where it comes first."""
    numbered = [at for at, token in enumerate(tokens) if any(map(str.isdigit, token))]
    if not numbered:
        return tokens
    at = numbered[0]
    day = "".join(letter for letter in tokens[at] if letter.isdigit())
    if at and parse(f"{tokens[at - 1]} {day} 2000").at:
        at -= 1
    return tokens[:at] or tokens[numbered[-1] + 1 :]


def _without_others(tokens: list[str]) -> list[str]:
    """The words before those about helpers, photographs and times of publication."""
    end = next((at for at in range(len(tokens)) if phrase_at(tokens, at, "other")), len(tokens))
    return tokens[:end]


def _labelled(line: str) -> Iterator[str]:
    """The parts of a line that stand behind no label, or behind one for writers: "Text: Ada Moss"."""
    *led, last = _LABELLED.split(line)
    is_ours = True
    for part in led:
        tokens = part.split()
        count = _label(tokens)
        if is_ours:
            yield " ".join(tokens[: len(tokens) - abs(count)])
        is_ours = count > 0
    if is_ours:
        yield last


def _label(tokens: list[str]) -> int:
    """How many words at the end of a part are the label of the next one; negative where it is not one of writers."""
    for count in range(min(LONGEST, len(tokens)), 0, -1):
        start = len(tokens) - count
        if count in (
            phrase_at(tokens, start, "by"),
            phrase_at(tokens, start, "label"),
            phrase_at(tokens, start, "job"),
        ):
            return count
    return -len(tokens) if len(tokens) <= 2 else -1


def _apart(tokens: list[str], language: str) -> Iterator[str]:
    """The names in a part of a byline, which are apart by a word for "and" at most; an organisation is none."""
    if has(" ".join(tokens), "organisation"):
        return
    tokens = _unled(tokens)
    if language == "zh" and len(tokens) > 1 and all(len(token) > 1 and not _has_case(token) for token in tokens):
        yield from tokens
        return
    groups: list[list[str]] = [[]]
    sure = False
    for at, token in enumerate(tokens):
        if 0 < at < len(tokens) - 1 and token.casefold() in words("and"):
            sure = sure or token.casefold() in words("and", "en")
            groups.append([])
        else:
            groups[-1].append(token)
    if len(groups) > 1 and (sure or all(len(group) > 1 for group in groups)):
        for group in groups:
            yield " ".join(_unled(group))
    else:
        yield " ".join(tokens)


def _unled(tokens: list[str]) -> list[str]:
    """The words of a name, without those for "by" and for what somebody is: "Von Korrespondentin Kari Ås"."""
    rest = _after_by(tokens)
    while len(rest) > 2 and len(rest) < len(tokens) and has(rest[0], "job"):
        rest = rest[1:]
    return _without_job(rest)


def _after_by(tokens: list[str]) -> list[str]:
    """The words behind "By", "Von", "Eine Analyse von"; all of them where a name begins with such a word."""
    return _from_capital(_behind_dash(tokens[_led(tokens) :]))


def _led(tokens: list[str]) -> int:
    """How many words there are up to the end of a word for "by" that a name follows, 0 where there is none."""
    for at in range(min(len(tokens), LONGEST)):
        count = phrase_at(tokens, at, "by")
        rest = _behind_dash(tokens[at + count :])
        if count and (at == 0 or _is_lead(tokens[:at])) and _begins_name(tokens[at : at + count], rest):
            return at + count
    return _article_led(tokens) if tokens and tokens[0].casefold() in words("a") else 0


def _article_led(tokens: list[str]) -> int:
    """The same where the word before the name is none of "by": "Une enquête de Océane Roe"."""
    behind = (at for at in range(2, len(tokens) - 1) if tokens[at - 1].islower() and not tokens[at].islower())
    return next(behind, 0)


def _behind_dash(tokens: list[str]) -> list[str]:
    return tokens[1:] if tokens and not tokens[0].strip(_EDGE) else tokens


def _is_lead(tokens: list[str]) -> bool:
    """Whether words before "by" say what was written: "Eine Analyse"."""
    return tokens[0].casefold() in words("a") or len(tokens) == 1


def _begins_name(by: list[str], rest: list[str]) -> bool:
    """Whether a word for "by" is one here: two words behind it are a name, one alone hardly ever ("Von Miller")."""
    if not rest or not _can_begin(rest[0]):
        return False
    return (
        len(rest) > 1 or len(by) > 1 or by[0].casefold().strip(".:") in words("by", "en") or has(rest[0], "newsroom")
    )


def _can_begin(token: str) -> bool:
    return not token[0].islower() or any(map(str.isupper, token)) or len(token) > _PARTICLE


def _from_capital(tokens: list[str]) -> list[str]:
    """The words without small ones before a name of two words or more: "onze redacteur Sjoerd van der Zwaan"."""
    start = next((at for at, token in enumerate(tokens) if not token.islower()), 0)
    names = sum(not token.islower() for token in tokens)
    return tokens[start:] if start and names > 1 else tokens


def _without_job(tokens: list[str]) -> list[str]:
    """The words without a job in a script without capitals: "김하늘 기자", "记者 张晓明"."""
    kept = [_unglued(token) for token in tokens if _has_case(token) or not phrase_at([token], 0, "job")]
    return [token for token in kept if _has_case(token) or not phrase_at([token], 0, "by")]


def _unglued(token: str) -> str:
    """A word of a script without spaces, without the job or the word for "by" stuck to it."""
    if token.isascii() or _has_case(token):
        return token
    for word in sorted((*words("job"), *words("by")), key=len, reverse=True):
        if len(word) > 1 and len(token) > len(word) + 1 and not _has_case(word):
            token = token.removeprefix(word).removesuffix(word)
    return token


def _merged(pieces: Iterable[str]) -> Iterator[str]:
    held = ""
    for piece in pieces:
        if held and _is_suffix(piece):
            held = f"{held}, {piece}"
        elif piece and piece.casefold() not in _DEGREES:
            yield from [held] if held else []
            held = piece
    yield from [held] if held else []


def _edged(piece: str) -> str:
    """The piece without what surrounds it; the dot of "Jr." and of initials is part of the name."""
    piece = piece.strip(_EDGE)
    last = piece.rpartition(" ")[2]
    kept = last.count(".") > 1 or len(last) <= 3
    return piece if kept else piece.rstrip(".")


def _split_agency(piece: str) -> tuple[str, str]:
    """Of "Jane Roe The Associated Press" into its name and its agency."""
    tokens = piece.split()
    for count in (3, 2, 1):
        tail = " ".join(tokens[-count:])
        if len(tokens) - count >= 2 and (len(tail) > 4 or tail.isupper()) and agency(tail):
            return " ".join(tokens[:-count]), tail
    return piece, ""


def _without_degree(name: str) -> str:
    head, _, last = name.rpartition(" ")
    while " " in head and not head.isupper() and last.casefold() in _DEGREES and last[:1].isupper():
        name = head.rstrip(_EDGE)
        head, _, last = name.rpartition(" ")
    return name


def _is_name(name: str) -> bool:
    """Whether a piece is written as names are: with capitals where the script has them, without digits and signs."""
    if not 1 < len(name) <= _LONGEST or _NO_NAME.search(name) or not name[0].isalpha() or _DOMAIN.fullmatch(name):
        return False
    tokens = name.split()
    if len(tokens) > _MOST_WORDS or not _has_case(name):
        return len(tokens) <= _MOST_WORDS
    if len(tokens) == 1:
        return not name.islower() and not (name.isupper() and len(name) <= _INITIALS)
    return any(map(str.isupper, tokens[-1])) or _is_suffix(tokens[-1]) or name.islower()


def _is_suffix(word: str) -> bool:
    return word.casefold().removesuffix(".") in SUFFIXES


def _has_case(text: str) -> bool:
    return text.lower() != text.upper()


def _is_mark(letter: str) -> bool:
    return unicodedata.combining(letter) != 0
