"""When to say "I don't have that", and the receipt that goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import fmean

from assistant.evidence.evidence import Evidence
from assistant.evidence.headline import headline
from assistant.evidence.scoring import confidence, confidence_by_words, confidence_unread
from assistant.question.asked import Asked
from assistant.search.retriever import Hit
from assistant.types import Filter, Headline, Receipt
from assistant.wording import counted, day
from ingest.archive.archive import Archive
from ingest.embedding.embedder import Embedder
from ingest.language.tongues import ENGLISH, language_name, language_of
from ingest.types import Article

# The confidence below which nothing is answered, and the one below which nothing is shown as coming nearest to an
# answer: tests/evals/README.md has what other values give.
ENOUGH, NEAR = 0.4, 0.15
UNANSWERED, UNKNOWN = "no sentence in the archive answers it", "nothing in the archive is about this"
_WITHIN = {UNANSWERED: "no sentence within the filter answers it", UNKNOWN: "nothing within the filter is about this"}
LEADING = 3  # pieces of evidence of which the best by itself decides: an order is no reason to refuse
NEAREST = 3


def confidence_in(asked: Asked, evidence: Sequence[Evidence], *, known: bool = True) -> float:
    """The probability that the best of the evidence answers, 0 where there is none.

    By its words alone where the language of the question is not known to the embedding model.
    """
    if not evidence:
        return 0.0
    best = likeliest(evidence)
    near = fmean(sorted((one.similarity for one in evidence), reverse=True)[:3])
    held = asked.coverage(best.article.text, best.article.title, "")
    if not known:
        beyond = asked.beyond(best.article.title, best.article.text)
        return confidence_by_words(coverage=best.coverage, held=held, beyond=beyond)
    if best.read is None:
        return confidence_unread(coverage=best.coverage, held=held, similarity=near)
    return confidence(read=best.read, held=held, similarity=near)


def likeliest(evidence: Sequence[Evidence]) -> Evidence:
    """The one of what leads that is most likely to answer, on which the confidence rests.

    It is one that was read, where any was.
    """
    leads = evidence[:LEADING]
    read = [one for one in leads if one.read is not None]
    return max(read or leads, key=lambda one: (one.read or 0.0, one.score))


def reason_to_refuse(asked: Asked, articles: Sequence[Article], sure: float, *, enough: float = ENOUGH) -> str | None:
    """Why evidence from these articles, best first, is too little, in the reader's words; None where it is enough."""
    if not articles:
        return UNKNOWN
    if missing := asked.missing_names(articles[0]):
        return _not_mentioned(asked, missing)
    if unknown := asked.unknown_names(articles):
        return _not_mentioned(asked, unknown)
    return UNANSWERED if sure < enough else None


def _not_mentioned(asked: Asked, missing: Sequence[str]) -> str:
    nowhere = [name for name in missing if not all(map(asked.words.knows, asked.words.porter_stems(name)))]
    if nowhere and asked.language == ENGLISH:  # elsewhere names are declined, and stand in other forms
        return f"no article in the archive mentions {_listed(nowhere)}"
    return f"the article that comes nearest does not mention {_listed(missing)}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def receipt(archive: Archive, question: str, reason: str, filters: Filter, hits: Sequence[Hit]) -> Receipt:
    """What was searched, and the headlines that came nearest."""
    summary = archive.store.summary(filters)
    hint = more = "ingest articles about it"
    if reason == UNANSWERED:
        more = "ingest more about it"
        hint = f"ask in words that the articles use, or {more}"
    if filters:
        reason = _WITHIN.get(reason, reason)
    if unread := _unread(archive.embedder, language_of(question), hits):
        why, instead = unread
        reason = f"{reason}; {why}"
        hint = f"{instead}, set DATELINE_EMBEDDER to a multilingual model, or {more}"
    if filters:
        hint = f"ask without the filter, or {hint}"
        if not summary.articles and (newest := archive.store.summary().newest):
            reason = f"no article matches the filter; the newest is from {day(datetime.fromtimestamp(newest, UTC))}"
    return Receipt(
        reason=reason,
        articles_searched=summary.articles,
        passages_searched=summary.passages,
        filters=filters,
        nearest=nearest(hits)[:NEAREST],
        hint=hint,
    )


def _unread(embedder: Embedder, asked_in: str, hits: Sequence[Hit]) -> tuple[str, str] | None:
    """What the model could not do, read a question or articles near it in their language, and how to ask instead."""
    if not embedder.knows(asked_in):
        why = f"the embedding model does not know {language_name(asked_in)}, so only the words were compared"
        return why, "ask in words that the articles use"
    written_in = (article.language for article in _articles(hits)[:NEAREST])
    unknown = dict.fromkeys(language_name(one) for one in written_in if one and not embedder.knows(one))
    if not unknown:
        return None
    named = _listed(list(unknown))
    return f"the nearest articles include some in {named}, which the embedding model does not know", f"ask in {named}"


def nearest(hits: Sequence[Hit]) -> tuple[Headline, ...]:
    """The headlines of the articles found, best first."""
    return tuple(map(headline, _articles(hits)))


def _articles(hits: Sequence[Hit]) -> list[Article]:
    return list({hit.article.id: hit.article for hit in hits}.values())


def told(found: Receipt) -> str:
    """The refusal in a sentence or two."""
    searched = f"I searched {counted(found.articles_searched, 'article')}"
    return f"I don't have that: {found.reason}. {searched}."
