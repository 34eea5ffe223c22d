"""Whether another text carries a sentence: in about the same words, with all of its names and figures."""

from __future__ import annotations

from ingest.language.quantities import agree, quantities
from ingest.stories.exchanges import Wording, missing


def says_it_too(sentence: str, text: str, context: str, language: str = "") -> bool:
    """Whether `text` has each part of a sentence from `context` in one sentence of its own.

    Other reports of the same form have such a sentence, too, with another name or figure in it. The language says
    which words are numbers.
    """
    wanted, other, own = (Wording(part, language=language) for part in (sentence, text, context))
    for said, words in zip(wanted.sentences, wanted.spoken, strict=True):
        found = other.nearest(words)
        if not found or missing(said, found, other, own):
            return False
        mine, theirs = (" ".join(token.said for token in part) for part in (said, found))
        if not all(any(agree(one, amount) for amount in quantities(theirs)) for one in quantities(mine)):
            return False
    return True
