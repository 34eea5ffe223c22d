"""Whether the cited passage names the same speaker as the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.finding import FINE, Finding, partly, unsupported
from assistant.checks.names import initials
from ingest.language.speech import bare_name, name_runs, speaker_of, speakers, who_says
from ingest.language.stems import stems

_BEFORE_NAME, _AFTER_NAME = 40, 30  # characters around a name in which its role may stand


def named_by(text: str, quotations: list[str], claimed: str | None) -> Iterator[tuple[str, list[str]]]:
    """Every speaker that a sentence gives, in its words or as its `claimed` one, with what is quoted of them."""
    for words in quotations:
        if name := speaker_of(text, words):
            yield name, [words]
    if not quotations:
        yield from ((name, []) for name in dict.fromkeys(speakers(text)))
    if claimed:
        yield claimed, quotations


def check_speaker(speaker: str, passage: str, before: str, quotations: list[str]) -> Finding:
    """The speaker must be named in the cited passage or before it, and be the one it names as speaking there.

    With several quotations it is enough to have spoken one of them.
    """
    names = [name for run in name_runs(speaker) if (name := bare_name(run[0]))]
    if not names and not stems(speaker):
        return FINE
    if speaker.isupper() and speaker.casefold() in initials(f"{before} {passage}"):
        return FINE
    known = _known(names or [speaker], f"{before} {passage}")
    spoke = [name for name in _speaking(passage, quotations) if name]
    if known and not quotations and (other := _other(names, passage)) not in (None, speaker):
        return partly(f"the cited passage has {other}, not {speaker}, say it")
    if known and (not spoke or any(_same(speaker, names, name, passage) for name in spoke)):
        return FINE
    if not spoke:
        return (unsupported if quotations else partly)(f"{speaker} is not named in the cited passage")
    wrong = unsupported if names or not known else partly
    return wrong(f"the cited passage names {spoke[0]} as speaking, not {speaker}")


def _other(names: list[str], passage: str) -> str | None:
    """Who speaks for the only one that is named, or belongs to them: "a spokesman for Holm", "Holm's opponents"."""
    who = who_says(passage) or ""
    lasts = (re.escape(name.split()[-1]) for name in names)
    return who if any(re.search(rf"\b(?:for|to) .*\b{last}\b|\b{last}[’']s? ", who) for last in lasts) else None


def _speaking(passage: str, quotations: list[str]) -> list[str | None]:
    return [speaker_of(passage, words) for words in quotations] if quotations else [*speakers(passage)]


def _known(names: list[str], text: str) -> bool:
    """Whether the last word of each name stands in the text."""
    return all(_last(name) & stems(text) for name in names)


def _same(speaker: str, names: list[str], spoke: str, passage: str) -> bool:
    """Whether a name is that of who spoke, or the speaker is a role that stands beside that name."""
    if names:
        return any(_last(name) & stems(spoke) or _last(spoke) & stems(name) for name in names)
    place = max(0, passage.find(spoke))
    around = passage[max(0, place - _BEFORE_NAME) : place + len(spoke) + _AFTER_NAME]
    return stems(speaker) <= stems(around)


def _last(name: str) -> frozenset[str]:
    words = [word for word in name.split() if stems(word)]
    return stems(words[-1]) if words else frozenset()
