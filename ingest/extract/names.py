"""Bylines: "By Jane Roe and John Doe, Money Reporter" is two names."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator

from ingest.extract.origin import agency
from ingest.text import squeeze

_BY = re.compile(
    r"^(?:(?:written|reported|posted|published|story|text|words|analysis|review|news|from) )?by[: ]+(?:[-–—] )?",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
# What a byline goes on with is no name of a writer: times, and who took the pictures or read it over.
_AFTER = re.compile(
    rf"[\s(|•·/-](?:{_MONTH} \d|\d{{1,2}} {_MONTH}|\d{{1,4}}\b|(?:last )?(?:updated|published|posted|modified)\b"
    r"|(?:contributions?|additional reporting) (?:from|by)\b"
    r"|(?:photo\w{0,8}|pictures|illustrat\w{2,4}|video|edited|reviewed|checked|styled|produced|translated) by\b"
    r"|view all posts\b|follow\b|is an? |posts by\b)",
    re.IGNORECASE,
)
# "(she/her)" is about a person, "X as told to Jane Roe" was written by her; some pages say "View all posts Jane Roe".
_ASIDE = re.compile(r" ?\([^()]{0,60}\)")
_LEAD = re.compile(r"^(?:.{1,80} as told to |(?:view|see) all posts(?: by)? )", re.IGNORECASE)
_BETWEEN = re.compile(r" ?(?:[;|•·]|,? and |,? & |, | / ) ?")
_JOINED = re.compile(r"(?<=[^\W\d_]{2}) (?:und|et|y|e|og|och) (?=[^\W\d_])")
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_DEGREES = frozenset(
    "md m.d. phd ph.d. ms msc m.s. ma m.a. mba mph ba bsc bs rd rdn ldn ld cdn rn np do dds dvm jd esq esq. cpt cfp"
    " cfa cpa facs".split()
)
# Words that no person is called, but papers, agencies, desks and posts are.
_OFFICE = re.compile(
    r"\b(?:news|newspapers?|media|network|press|times|tribune|journal|gazette|herald|chronicle|magazine|daily|weekly"
    r"|report|reports|reuters|staff|wire|service|agency|company|editorial|board|desk|team|studios?|sponsored"
    r"|reporters?|correspondents?|editors?|writers?|journalists?|columnists?|contributors?|producers?|critic"
    r"|photographers?|analysts?|fellow|professor|director|officer|chief|head|president|manager|specialist"
    r"|c[eftoim]o|deputy|vice|technolog\w*|inc|llc|ltd|corp|group|university|institute|college|center|centre|blogger|expert|intern|freelance\w*)\b",
    re.IGNORECASE,
)
# Nobody in particular: such a credit is left out even where it stands alone.
_NOBODY = re.compile(
    r"(?:.{0,60}\b)?(?:staff|staff (?:reports?|reporters?|writers?)|correspondents?|reporters?|news ?room|web ?desk"
    r"|admin|others?|guest author|administrator|editorial team|brand ?room)",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}", re.IGNORECASE)
_SIGN = re.compile(r"[{}\[\]()<>=#]|: ")
_HANDLE = re.compile(r"@.{0,80}|(?=[\w.]{0,80}[\d_])[\w.]{1,80}")
_EDGE = " ,;:|•·-–—/"
_LONGEST, _MOST = 80, 20


def authors(*bylines: str, outlet: str = "") -> tuple[str, ...]:
    """The names in bylines, each once, in their order.

    Left out are addresses, the outlet's own name, news agencies (they are an article's origin), degrees, and what
    follows a name without being one: "Money Reporter", "Bleacher Report".
    """
    names: dict[str, str] = {}
    for byline in bylines:
        for name in _named(byline):
            if not is_same(name, outlet):
                names.setdefault(folded(name), name)
    return tuple(names.values())[:_MOST]


def credited(*bylines: str) -> str | None:
    """The news agency that bylines name."""
    pieces = (piece for byline in bylines for piece in _pieces(byline))
    return next((name for piece in pieces if (name := agency(_split_agency(piece)[1] or piece))), None)


def folded(name: str) -> str:
    """The name as it is compared: without marks on its letters, dots and capitals."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain if not _is_mark(letter)).split())


def is_same(name: str, outlet: str) -> bool:
    """Whether a credit is only the outlet's name: "The Daily Journal" of the Daily Journal."""
    ours, theirs = (folded(line).removeprefix("the ").replace(" ", "") for line in (name, outlet))
    return bool(theirs) and ours == theirs


def _named(byline: str) -> Iterator[str]:
    first = True
    for piece in _pieces(byline):
        name = _without_degree(_split_agency(piece)[0])
        if not _is_name(name) or agency(name):
            continue
        if not first and (_OFFICE.search(name) or name[0].islower() or (" " not in name and name.isupper())):
            continue
        first = False
        yield name


def _pieces(byline: str) -> list[str]:
    line = squeeze(html.unescape(byline[: _LONGEST * _MOST]))
    if line.startswith(","):
        return []
    line = _BY.sub("", _LEAD.sub("", _ASIDE.sub("", line)).strip(_EDGE), count=1)
    end = _AFTER.search(line)
    line = line[: end.start()] if end else line
    pieces = [_edged(piece) for piece in _BETWEEN.split(line)]
    if len(pieces) == 2 and ", " in line and all(piece and " " not in piece for piece in pieces):
        return [_edged(line)]
    return list(_merged(part for piece in pieces for part in _parts(piece)))


def _parts(piece: str) -> list[str]:
    """Of "Ana Ruiz y Luis Gil" is two names, "Ramón y Cajal" is one."""
    parts = _JOINED.split(piece)
    return parts if all(" " in part for part in parts) else [piece]


def _merged(pieces: Iterable[str]) -> Iterator[str]:
    held = ""
    for piece in pieces:
        if held and piece.casefold() in _SUFFIXES:
            held = f"{held}, {piece}"
        elif piece and piece.casefold() not in _DEGREES:
            yield from [held] if held else []
            held = piece
    yield from [held] if held else []


def _edged(piece: str) -> str:
    """The piece without what surrounds it; the dot of "Jr." and of initials is part of the name."""
    piece = _BY.sub("", piece.strip(_EDGE), count=1)
    last = piece.rpartition(" ")[2]
    kept = last.count(".") > 1 or len(last) <= 3
    return piece if kept else piece.rstrip(".")


def _split_agency(piece: str) -> tuple[str, str]:
    """Of "Jane Roe The Associated Press" into its name and its agency."""
    words = piece.split()
    for count in (3, 2, 1):
        tail = " ".join(words[-count:])
        if len(words) - count >= 2 and (len(tail) > 4 or tail.isupper()) and agency(tail):
            return " ".join(words[:-count]), tail
    return piece, ""


def _without_degree(name: str) -> str:
    head, _, last = name.rpartition(" ")
    while " " in head and not head.isupper() and last.casefold() in _DEGREES and last[:1].isupper():
        name = head.rstrip(_EDGE)
        head, _, last = name.rpartition(" ")
    return name


def _is_name(name: str) -> bool:
    return (
        1 < len(name) <= _LONGEST
        and "://" not in name
        and "@" not in name
        and not _SIGN.search(name)
        and name[0].isalpha()
        and not (_DOMAIN.fullmatch(name) or _HANDLE.fullmatch(name) or _NOBODY.fullmatch(name))
    )


def _is_mark(letter: str) -> bool:
    return unicodedata.combining(letter) != 0
