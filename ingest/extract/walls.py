"""Pages that stand in the way of an article: consent and robot walls, errors, nothing."""

from __future__ import annotations

import re

_MISSING = re.compile(
    r"page (?:was |is |could )?not (?:be )?found|404 (?:error|not found|page)|error 404"
    r"|(?:page|article|story) (?:is no longer available|no longer exists|(?:you are|you're|you were) looking for)"
    r"|we can(?:not|'t|’t) find (?:the|that) page",
    re.IGNORECASE,
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
_WALLS = (("an error page", _MISSING), ("a consent wall", _CONSENT), ("a check for robots", _ROBOTS))
# A longer text with such words is about them.
_LONGEST = 600

# Where the free part of an article stops.
_PAYWALL = re.compile(
    r"^.{0,80}\b(?:subscribe|sign (?:in|up)|register|log in)\b.{0,30} to (?:keep|continue) reading\b"
    r"|^to continue reading\b|^already (?:a subscriber|a member|have an account)\?",
    re.IGNORECASE | re.MULTILINE,
)


def wall(title: str, text: str) -> str:
    """What kind of wall a short text is, empty where it is none."""
    if len(text) > _LONGEST:
        return ""
    return next((name for name, words in _WALLS if words.search(f"{title}\n{text}")), "")


def free_part(text: str) -> str:
    """The text without the offer to subscribe that cuts it short."""
    offer = _PAYWALL.search(text)
    return text[: offer.start()].rstrip() if offer else text
