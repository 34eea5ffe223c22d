"""What stands below the text of an article and is not of it: who wrote and edited it, and the outlet's own lines.

A line goes only where all of it says so: a sentence that is lost is worse than a biography that stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.extract.byline.credits import has, phrase_at, words
from ingest.extract.byline.names import authors, credited, folded_name

_MOST, _LAST, _LONGEST, _LONGEST_CREDIT, _LONGEST_NAME, _MORE_WORDS, _START = 5, 2, 400, 300, 7, 2, 120
_CONTRIBUTED = re.compile(
    r"(?P<who>.{3,160}) contributed (?:reporting|to this (?:report|story|article))(?: from [^.,]{2,40})?\.?"
)
_STANDARDS = re.compile(r"our standards ?: ?.{5,80}", re.IGNORECASE)
# Small words between names and in them, and before the place from which somebody reported.
_SMALL = frozenset(
    "y in at from for of the en à aus de del della der den des di da do dos du la le van von zu ten ter al el"
    " bin".split()
)
_EDGE = "()•*–—- \n"


def without_closing(text: str, writers: Sequence[str], apart: Collection[str] = ()) -> tuple[str, list[str]]:
    """The text without such lines among its last ones, and whom its credits name.

    apart  the lines that the page sets apart as about a writer; see `apart.lines_about`
    """
    lines = text.split("\n\n")
    start = max(1, len(lines) - _MOST)
    names = {place: who for place in range(start, len(lines)) if (who := _credits(lines[place]))}
    gone = set(names) | {place for place in range(start, len(lines)) if names and _STANDARDS.fullmatch(lines[place])}
    below = [place for place in range(start, len(lines)) if place not in gone][-_LAST:]
    gone |= {place for place in below if folded_name(lines[place]) in apart and is_about(lines[place], writers)}
    gone |= {place - 1 for place in gone if place > 1 and _is_head(lines[place - 1], writers)}
    kept = [line for place, line in enumerate(lines) if place not in gone]
    return "\n\n".join(kept), list(names.values())


def is_about(line: str, writers: Sequence[str]) -> bool:
    """Whether a short line begins with a writer's whole name and says what they do.

    "Ada Moss schreibt …"; after a word like "ist" a job must follow.
    """
    names = {name for writer in writers if " " in (name := folded_name(writer))}
    tokens = line.lstrip(_EDGE).split() if len(line) <= _LONGEST else []
    ends = (end for end in range(2, min(len(tokens), _LONGEST_NAME)) if folded_name(" ".join(tokens[:end])) in names)
    return any(
        phrase_at(tokens, end, "writes") or (phrase_at(tokens, end, "is") and has(line[:_START], "job"))
        for end in ends
    )


def _credits(line: str) -> str:
    """Whom a line credits that does nothing else; empty for any other line."""
    if len(line) > _LONGEST_CREDIT or line.isupper():
        return ""
    if match := _CONTRIBUTED.fullmatch(line):
        return _people(match["who"].split())
    tokens = line.strip(_EDGE).split()
    count = phrase_at(tokens, 0, "credit")
    return _people(tokens[count:]) if count else ""


def _people(tokens: list[str]) -> str:
    """The words, where they are names with what stands between them; empty where there are others."""
    said = " ".join(tokens).rstrip(".)")
    found = authors(said)
    is_named = bool(found and all(" " in name for name in found)) or credited(said) is not None
    return said if is_named and _only_names(tokens) else ""


def _only_names(tokens: list[str]) -> bool:
    at = 0
    while at < len(tokens):
        count = phrase_at(tokens, at, "credit")
        if not count and not _is_of_name(tokens[at]):
            return False
        at += count or 1
    return True


def _is_of_name(token: str) -> bool:
    plain = token.strip(".,;:()")
    if any(map(str.isdigit, token)):
        return False
    return not plain.islower() or plain in _SMALL or plain in words("and") or has(plain, "job")


def _is_head(line: str, writers: Sequence[str]) -> bool:
    """Whether a line is nothing but signs, or a writer's name with a word or two: "* * *", "Über Ada Moss"."""
    said = folded_name(line[:_LONGEST_CREDIT])
    about = (folded_name(writer) for writer in writers if " " in folded_name(writer))
    return not said or any(name in said and said.count(" ") <= name.count(" ") + _MORE_WORDS for name in about)
