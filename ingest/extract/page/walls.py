"""Pages that stand in the way of an article."""

from __future__ import annotations

import re

_MISSING = re.compile(
    r"page (?:was |is |could )?not (?:be )?found|404 (?:error|not found|page)|error 404|^404\b"
    r"|(?:page|article|story) (?:is no longer available|no longer exists|(?:you are|you're|you were) looking for)"
    r"|we can(?:not|'t|’t) find (?:the|that) page",
    re.IGNORECASE | re.MULTILINE,
)
_CONSENT = re.compile(
    r"our (?:\d+ )?(?:partners|vendors)\b.{0,200}\b(?:store|access|cookies|personal data)"
    r"|(?:accept|reject|manage) (?:all )?cookies|cookie (?:settings|consent)",
    re.IGNORECASE | re.DOTALL,
)
_ROBOTS = re.compile(
    r"verify (?:that )?you(?: are|'re|’re) (?:a )?(?:human|not a robot)|are you a robot|checking your browser"
    r"|checking if the site connection|enable javascript and cookies|unusual traffic from|access denied\s*\n",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"(?:log|sign) ?in (?:to (?:your account|continue|read|view|access)|or (?:register|sign up|create))"
    r"|(?:please|you (?:must|need to)) (?:log|sign) ?in\b|forgot(?:ten)? (?:your )?password",
    re.IGNORECASE,
)
_SEARCH = re.compile(
    r"^(?:\d[\d,.]{0,9} )?search results?\b|results? for [\"“'‘]|^search:? ", re.IGNORECASE | re.MULTILINE
)
_WALLS = (
    ("an error page", _MISSING),
    ("a consent wall", _CONSENT),
    ("a check for robots", _ROBOTS),
    ("a page to log in", _LOGIN),
    ("a list of search results", _SEARCH),
)
# A longer text with such words is about them; a consent wall lists its purposes at length, and nothing else.
_LONGEST, _LONGEST_CONSENT = 600, 6000
_PRIVACY = re.compile(r"\b(?:cookies?|consent|partners|vendors|privacy|personal data|legitimate interests?)\b", re.I)
_WORDS_PER_PRIVACY = 150  # characters of a consent wall for each such word, at most


def wall(title: str, text: str) -> str:
    """What kind of wall a short text is, empty where it is none."""
    if len(text) <= _LONGEST:
        return next((name for name, words in _WALLS if words.search(f"{title}\n{text}")), "")
    said = len(_PRIVACY.findall(text[:_LONGEST_CONSENT]))
    dense = said * _WORDS_PER_PRIVACY > len(text) and _CONSENT.search(text[:_LONGEST])
    return "a consent wall" if dense and len(text) <= _LONGEST_CONSENT else ""
