"""Pieces of evidence: a candidate as one, who else carries it, and those that say the same put together."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence.candidates import Candidate, only_quotes, sentences_of
from assistant.evidence.evidence import Evidence
from assistant.evidence.headline import carrier, house
from assistant.search.ranking import Signals
from assistant.search.retriever import Hit, Retriever
from assistant.types import Carrier, Span
from ingest.language.english import DEMONSTRATIVE, PERSONAL
from ingest.language.quantities import agree, quantities
from ingest.language.quotations import holds, unquoted
from ingest.language.speech import sayings
from ingest.stories.exchanges import Wording, missing
from ingest.stories.groups import originality
from ingest.stories.shingles import NARROW, shared, shingles, word_numbers
from ingest.types import EVERYTHING, Article, Filter

QUOTED_IN = 20  # passages in which a quotation is looked for
NEARLY, TOGETHER = 0.15, 60  # share of the odds, and words, to which overlapping evidence is joined
CARRIED = 0.7  # share of the runs of three words of a sentence that a copy must have to carry it
_LETTERS = re.compile(r"\w+")
_POINTS_BACK = PERSONAL | DEMONSTRATIVE


def quoting(retriever: Retriever, words: str, *, filters: Filter = EVERYTHING) -> Evidence | None:
    """The sentence that holds these words, wherever in the archive it stands."""
    archive = retriever.archive
    let_in = archive.find_words(words, QUOTED_IN, retriever.believable(filters))
    found = archive.store.passages([key for key, _ in let_in])
    holding = [passage for passage in found.values() if holds(passage.text, words)]
    articles = retriever.articles([passage.article_id for passage in holding])
    hits = (Hit(one, articles[one.article_id], Signals(0.0, 0.0)) for one in holding if one.article_id in articles)
    every = (one for hit in hits for one in sentences_of(hit) if holds(one.text, words))
    return next(map(piece_of, every), None)


def piece_of(candidate: Candidate) -> Evidence:
    """The sentence, begun one earlier where it could not be understood alone."""
    article, start, end = candidate.article, candidate.start, candidate.end
    understood, extended = stands_alone(candidate), False
    if candidate.before is not None and not understood:
        start, extended = candidate.before, True
    span = Span(article_id=article.id, version=article.digest, start=start, end=end, text=article.text[start:end])
    context = "" if extended else candidate.context
    return Evidence(secrets.token_hex(4), span, article, 0.0, context, alone=extended or understood)


def stands_alone(candidate: Candidate) -> bool:
    """Whether the sentence can be understood without the one before it."""
    return candidate.whole and not points_back(candidate.text) and not only_quotes(candidate.text)


def points_back(sentence: str) -> bool:
    """Whether, outside its quotations, it begins with a pronoun, or ends "…, she said"."""
    said = unquoted(sentence)
    behind = (said[: one.start()].rstrip().rpartition(" ") for one in sayings(said))
    first, *_ = [*bare_words(said).split(), ""]
    return first in _POINTS_BACK or any(
        who in _POINTS_BACK and before.rstrip()[-1:] in {"", *",”\"’'"} for before, _, who in behind
    )


def carriers(sentence: str, article: Article, copies: Sequence[Article]) -> tuple[Carrier, ...]:
    """The copies that carry this sentence too, if not word for word: a copy may have been cut before it.

    An outlet that prints a report twice is no further one that carries it.
    """
    wanted, own = shingles(word_numbers(sentence), NARROW), house(article.outlet)
    others = [copy for copy in copies if house(copy.outlet) != own]
    held = ((copy, shingles(word_numbers(copy.text), NARROW)) for copy in others)
    near = [copy for copy, whole in held if shared(wanted, whole) >= CARRIED * len(wanted)]
    return tuple(
        carrier(copy) for copy in near if says_it_too(sentence, copy.text, article.text, article.language or "")
    )


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


def collapse(ranked: Sequence[Evidence]) -> list[Evidence]:
    """One piece of evidence for sentences that are the same word for word; overlapping spans become one.

    Of articles with the same sentence the one that names itself as its origin is cited, else the earliest; the
    others are its copies.
    """
    groups: dict[str, list[Evidence]] = {}
    for evidence in ranked:
        met = [key for key, group in groups.items() if any(overlap(evidence, one) for one in group)]
        if not met:
            groups.setdefault(bare_words(evidence.span.text), []).append(evidence)
        elif len(met) == 1 and len(groups[met[0]]) == 1:
            joined = _joined(groups[met[0]][0], evidence)
            if not any(overlap(joined, one) for key in groups.keys() - met for one in groups[key]):
                groups[met[0]] = [joined]
    return [_together(group) for group in groups.values()]


def _joined(better: Evidence, other: Evidence) -> Evidence:
    """Both spans as one, where the weaker is nearly as good and the whole stays short; else the better one."""
    article = better.article
    start, end = min(better.span.start, other.span.start), max(better.span.end, other.span.end)
    if other.score < NEARLY * better.score or len(article.text[start:end].split()) > TOGETHER:
        return better
    span = better.span.model_copy(update={"start": start, "end": end, "text": article.text[start:end]})
    return replace(better, span=span)


def _together(group: Sequence[Evidence]) -> Evidence:
    first, *others = sorted(group, key=lambda evidence: originality(evidence.article))
    copies = {copy.article_id: copy for one in group for copy in one.copies}
    copies |= {other.article.id: carrier(other.article) for other in others}
    own = house(first.article.outlet)
    elsewhere = tuple(copy for copy in copies.values() if house(copy.outlet) != own)
    return replace(first, score=group[0].score, copies=elsewhere)


def overlap(one: Evidence, other: Evidence) -> bool:
    a, b = one.span, other.span
    return (a.article_id, a.part) == (b.article_id, b.part) and a.start < b.end and b.start < a.end


def bare_words(text: str) -> str:
    return " ".join(_LETTERS.findall(text.casefold()))
