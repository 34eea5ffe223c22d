"""Words that deny what comes after them, and words by which it is only possible or still to come."""

from __future__ import annotations

import re

Found = list[re.Match[str]]

_DENYING = re.compile(
    r"\b(?:(?:not|nothing)(?! (?:only|but)\b)|no(?!\. ?\d| longer only\b)|never|none|nobody|neither|nor|without"
    r"|cannot|hardly|barely|scarcely|\w{1,12}n[’']t|ha(?:s|d|ve) yet to"
    r"|(?:unable|(?:fail|refus|declin)(?:ed|es|s|ing|e)?) to"
    r"|stop(?:ped|s|ping)? short of|rul(?:ed|es|ing) out|nicht|kein\w{0,2}|nie|ohne|pas|jamais|не|никогда|nunca)\b",
    re.IGNORECASE,
)
_DOUBTFUL = r"could|might|may|whether|perhaps|possibl[ey]|probabl[ey]|(?:un)?likely"
_POSSIBLE = re.compile(
    rf"\b(?:{_DOUBTFUL}|can|if|unless|reportedly"
    r"|alleg(?:e|ed|es|edly)|(?:suspect|accus)(?:ed|es|s|e)?|charged? with|könnte\w?)\b",
    re.IGNORECASE,
)
_AHEAD = r"will|would|due|(?:set|going) to|expected|scheduled"
_LOOKING = re.compile(rf"\b(?:{_AHEAD}|won['’]t|set for|upcoming|next|later|plans? to|ahead)\b", re.IGNORECASE)
_WANTED = r"plan(?:s|ned|ning)?|(?:intend|expect|want|hop)(?:ed|es|ing|s|e)?"
_TO_COME = re.compile(
    rf"\b(?:{_AHEAD}|shall|should|to be|call(?:s|ed)? (?:on|for)|{_WANTED}"
    r"|(?:schedul|aim|propos|consider|vow|pledg|promis|urg)(?:ed|es|ing|s|e)?"
    r"|wird|werden|soll\w{0,3}|\w{1,8}’ll)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(rf"\b(?:{_DOUBTFUL}|would|considering|thinking (?:about|of)|(?:{_WANTED}) to)\b", re.IGNORECASE)


def denials(text: str) -> Found:
    """Where the text denies something."""
    return list(_DENYING.finditer(text))


def possible(text: str) -> Found:
    """Where the text has something as only possible; the month of May is none."""
    return [match for match in _POSSIBLE.finditer(text) if match[0] != "May"]


def to_come(text: str) -> Found:
    """Where the text has something as wanted or still to come."""
    return list(_TO_COME.finditer(text))


def unsure(text: str) -> Found:
    """Where the text does not have something as a fact, without the words that a fact may have too, such as "due"."""
    return [match for match in _UNSURE.finditer(text) if match[0] != "May"]


def looks_ahead(question: str) -> bool:
    """Whether a question is about what is still to come; what was wanted or promised is not."""
    return _LOOKING.search(question) is not None
