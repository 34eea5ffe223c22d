"""What a question takes for granted: that a thing happened, that somebody spoke of it."""

from __future__ import annotations

import re

from assistant.asked import Asked
from assistant.names import in_short, names_in
from assistant.speech import speakers
from ingest.text import CAPITALS
from ingest.types import Article

_TAKES_FOR_GRANTED = re.compile(r"^(?:why|how many)\b", re.I)
_CAPITALISED = re.compile(rf"\b[{CAPITALS}]\w*")
_SAYS = re.compile(r"\bwhat (?:did|does|has|do|have) (?P<who>.{2,80}?) (?:say|said|tell|told|think|call)\b", re.I)
_VERBS = r"(?:said|says|told|added|wrote|called|calls|noted|warned|argued|insisted|explained|admitted)"
_PRONOUN_SAYS = re.compile(
    rf"\b(?:he|she|they) (?:also |later |then )?{_VERBS}\b|\b(?:said|says|added) (?:he|she)\b", re.I
)


def happened(asked: Asked, article: Article) -> bool:
    """For why and how many: whether the article holds most of what is said to have happened, names aside.

    Nor need it name what is counted: "150 towns" answers how many settlements.
    """
    if not _TAKES_FOR_GRANTED.search(asked.question):
        return True
    aside = " ".join((*_CAPITALISED.findall(asked.question), asked.counted or ""))
    own = asked.meant(asked.telling) - asked.meant(aside)
    return not own or 2 * len(own & asked.meant(f"{article.title} {article.text}")) > len(own)


def spoken(asked: Asked, text: str) -> bool:
    """For what a named person said: whether somebody of that name speaks, or a pronoun and nobody else is named."""
    who = _SAYS.search(asked.question)
    # "Mexico's embassy" may speak without its country's name; only who is asked about by name must be named.
    names = names_in(f"What {who['who']}") if who and who["who"].split()[-1][:1].isupper() else []
    if not names:
        return True
    heard = [in_short(speaker) for speaker in speakers(text) if names_in(f"by {speaker}")]
    if heard:
        return any(name in speaker for name in names for speaker in heard)
    return _PRONOUN_SAYS.search(text) is not None and (not names_in(text) or any(name in text for name in names))
