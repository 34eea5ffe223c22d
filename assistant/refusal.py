"""When to say "I don't have that", and the receipt that goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import fmean

from assistant.asked import Asked
from assistant.citations import headline
from assistant.compose.draft import Evidence
from assistant.evidence import answers
from assistant.premises import happened
from assistant.retrieve import Hit
from assistant.scoring import confidence
from assistant.types import Filter, Headline, Receipt
from assistant.wording import day
from ingest.archive import Archive

# The confidence below which nothing is answered, unless a sentence answers by its own words and meaning alone, as it
# may in an archive of a few articles, where no word is rare. tests/evals/README.md has what other values give.
ENOUGH, PLAIN = 0.37, 0.46
LEADING = 3  # pieces of evidence of which the best by itself decides: an order is no reason to refuse
NEAREST = 3


def confidence_in(asked: Asked, evidence: Sequence[Evidence]) -> float:
    """The probability that the best of the evidence answers, 0 where there is none."""
    if not evidence:
        return 0.0
    best = _best(evidence)
    near = sorted((one.similarity for one in evidence), reverse=True)[:3]
    held = asked.coverage(best.article.text, best.article.title, "")
    return confidence(coverage=best.coverage, held=held, similarity=fmean(near))


def _best(evidence: Sequence[Evidence]) -> Evidence:
    """What answers best by itself of what leads."""
    return max(evidence[:LEADING], key=lambda one: one.own)


def reason_to_refuse(
    asked: Asked, evidence: Sequence[Evidence], sure: float, *, enough: float = ENOUGH
) -> str | None:
    """Why the evidence is too little, in the reader's words; None where it is enough."""
    if not evidence:
        return "nothing in the archive bears on it"
    if missing := asked.missing_names(evidence[0].article):
        return _not_mentioned(asked, missing)
    if unknown := asked.unknown_names([one.article for one in evidence]):
        return _not_mentioned(asked, unknown)
    if sure < enough and _best(evidence).own < PLAIN:
        return "no sentence in the archive answers it"
    if enough and not (answers(asked, evidence[0]) and happened(asked, evidence[0].article)):
        return "no sentence in the archive answers it"
    return None


def _not_mentioned(asked: Asked, missing: Sequence[str]) -> str:
    nowhere = [name for name in missing if not all(map(asked.words.knows, asked.words.stems(name)))]
    if nowhere:
        return f"no article in the archive mentions {_listed(nowhere)}"
    return f"the article that comes nearest does not mention {_listed(missing)}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def receipt(archive: Archive, reason: str, filters: Filter, hits: Sequence[Hit]) -> Receipt:
    """What was searched, and the headlines that came nearest."""
    summary = archive.store.summary(filters)
    hint = "take in articles about it"
    if filters:
        hint = f"ask without the filter, or {hint}"
        if not summary.articles and (newest := archive.store.summary().newest):
            reason = (
                f"the filter lets no article through; the newest is of {day(datetime.fromtimestamp(newest, UTC))}"
            )
    return Receipt(
        reason=reason,
        articles_searched=summary.articles,
        passages_searched=summary.passages,
        filters=filters,
        nearest=nearest(hits)[:NEAREST],
        hint=hint,
    )


def nearest(hits: Sequence[Hit]) -> tuple[Headline, ...]:
    """The headlines of the articles found, best first."""
    articles = {hit.article.id: hit.article for hit in hits}
    return tuple(headline(article) for article in articles.values())


def told(found: Receipt) -> str:
    """The refusal in a sentence or two."""
    searched = f"I searched {found.articles_searched:,} articles"
    return f"I don't have that: {found.reason}. {searched}."
