"""From passages to the sentences that bear on a question, read and scored."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from assistant.evidence.candidates import (
    SHORTEST,
    Candidate,
    candidates,
    quotable,
    speaker_unknown,
)
from assistant.evidence.evidence import Evidence
from assistant.evidence.headline import carrier
from assistant.evidence.pieces import bare_words, carriers, collapse, overlap, piece_of
from assistant.evidence.scoring import Signs, depth
from assistant.evidence.windows import windows
from assistant.question.asked import Asked
from assistant.reading.reader import AnswerReader, Found
from assistant.search.retriever import Hit
from assistant.traced import note, traced
from assistant.types import Span
from ingest.archive.archive import Archive
from ingest.embedding.embedder import Vectors
from ingest.language.names import names_in
from ingest.language.sentences import ASKING, last_mark
from ingest.types import Article

READ = 24  # windows of some sentences that the reader reads for a question at most
STEP = 14 / 24  # share of them after which it stops, where one answers more likely than not
UNEXPLAINED = 2.0  # by which a headline, which no sentence explains, is less sure to answer than one that reads alike
ALONE = 0.5  # share of its odds that a sentence keeps which cannot be understood alone
KEPT = 16  # sentences that are evidence
PART = 0.02  # share of the odds from which the best sentence for another part of a question is worth giving
Key = TypeVar("Key")


class EvidenceFinder:
    """Scores the sentences of the best passages by their words, their meaning and where they stand."""

    def __init__(self, archive: Archive, reader: AnswerReader | None = None) -> None:
        self.archive, self._reader = archive, reader

    @traced("reading")
    def find(
        self, question: str, parts: Sequence[Asked], vector: Vectors, hits: Sequence[Hit], *, read: bool = True
    ) -> tuple[list[Evidence], tuple[str, ...]]:
        """The sentences of the best passages, best first, and the parts of a question to which there is none.

        Equal sentences of several articles are one. Without `read` they are told by their words and meaning alone.
        """
        found = [one for one in candidates(hits) if not speaker_unknown(one)]
        note(sentences=len(found))
        if not found:
            return [], ()
        shown = [piece_of(one) for one in found]
        knows = self.archive.embedder.knows(parts[0].language)
        meant = self._vectors(found) if knows else np.zeros((len(found), self.archive.embedder.dimension), np.float32)
        reader = self._reader if knows and read else None
        rankings = []
        for part in parts:
            close = meant @ vector if len(parts) == 1 else np.maximum(meant @ vector, meant @ self._of(part))
            signs = _signs(part, found, shown, close)
            named = len(parts) > 1 or names_in(part.question, part.language)  # else it needs what it is lent
            asked = part.question if named else question
            told, titles = _read(reader, asked, found, signs, READ // len(parts)) if reader else (None, {})
            ranked = _ranked(shown, found, signs, told)
            answered = {one.article.id for one in ranked if (one.read or 0.0) > 0}
            above = (one for one in _headlines(titles, part, found, signs) if one.article.id not in answered)
            ranked = sorted([*ranked, *above], key=lambda one: -one.score)
            rankings.append(_about_the_named(part, collapse(ranked)))
        return (rankings[0], ()) if len(parts) == 1 else _lead_each(parts, rankings)

    def _vectors(self, found: Sequence[Candidate]) -> Vectors:
        """Unit vectors of the sentences; zeros where none are kept, or for another split."""
        kept = self.archive.sentence_vectors(list({one.passage for one in found}))
        none = np.zeros(self.archive.embedder.dimension, np.float32)
        vectors = ((one, kept.get(one.passage, ())) for one in found)
        return np.array([some[one.number] if len(some) == one.sentences else none for one, some in vectors])

    def _of(self, part: Asked) -> Vectors:
        return np.asarray(self.archive.embedder.embed_query(part.question), np.float32)


def _signs(asked: Asked, found: Sequence[Candidate], shown: Sequence[Evidence], close: Vectors) -> list[Signs]:
    """What speaks for each sentence; `close` is its cosine to the question.

    By its words all that is shown counts, such as the sentence before.
    """
    return [
        Signs(
            coverage=asked.coverage(one.span.text, _company(one.article), one.before),
            similarity=float(cosine),
            standing=candidate.standing,
            recent=candidate.signals.recent,
            place=depth(candidate.start),
            asks=float(last_mark(candidate.text) in ASKING),
            length=len(one.span.text.split()),
        )
        for one, candidate, cosine in zip(shown, found, close, strict=True)
    ]


def _read(
    reader: AnswerReader, question: str, found: Sequence[Candidate], signs: Sequence[Signs], most: int
) -> tuple[list[Found | None], dict[str, Found]]:
    """What the reader finds in each sentence, and in the titles of articles by their ids.

    It reads the windows with the best sentences by their signs alone; further ones only where those do not answer.
    """
    chosen = sorted(windows(found), key=lambda window: -max(signs[place].prior for place in window))[:most]
    step = max(1, round(STEP * most))
    best: dict[int, Found] = {}
    titles: dict[str, Found] = {}
    for some in (chosen[at : at + step] for at in range(0, len(chosen), step)):
        readings = reader.read(question, [_titled(found[window[0]], found[window[-1]]) for window in some])
        for window, reading in zip(some, readings, strict=True):
            _keep(titles, found[window[0]].article.id, reading.in_title)
            shift = found[window[0]].start
            for place in window:
                here = reading.best(found[place].start - shift, found[place].end - shift)
                _keep(best, place, here and here.moved(shift))
        if any(one.score > 0 for one in best.values()):
            break
    return [best.get(place) for place in range(len(found))], titles


def _keep(best: dict[Key, Found], key: Key, here: Found | None) -> None:
    if here and (key not in best or here.score > best[key].score):
        best[key] = here


def _headlines(
    titles: Mapping[str, Found], asked: Asked, found: Sequence[Candidate], signs: Sequence[Signs]
) -> list[Evidence]:
    """The headlines in which the reader finds an answer likelier than none."""
    best: dict[str, tuple[Candidate, Signs]] = {}
    for one in sorted(zip(found, signs, strict=True), key=lambda pair: -pair[1].standing):
        best.setdefault(one[0].article.id, one)
    return [
        _headline(one, replace(sign, coverage=asked.coverage(one.article.title, "", "")), titles[key])
        for key, (one, sign) in best.items()
        if key in titles and titles[key].score > 0 and _is_told(one.article.title)
    ]


def _is_told(title: str) -> bool:
    return quotable(title) and len(title.encode()) >= SHORTEST and ASKING.isdisjoint(title)


def _headline(candidate: Candidate, signs: Signs, read: Found) -> Evidence:
    """A headline as evidence; `signs` are those of the best sentence of its article."""
    article = candidate.article
    title, score = article.title, read.score - UNEXPLAINED
    own = replace(signs, place=0.0, asks=0.0, length=len(title.split()))
    return Evidence(
        secrets.token_hex(4),
        Span(article_id=article.id, version=article.digest, start=0, end=len(title), text=title, part="title"),
        article,
        own.odds(score),
        words=title[read.start : read.end],
        read=score,
        coverage=own.coverage,
        similarity=own.similarity,
        copies=tuple(carrier(copy) for copy in candidate.copies if bare_words(copy.title) == bare_words(title)),
    )


def _titled(first: Candidate, last: Candidate) -> tuple[str, str]:
    """The title of an article, and its text from one sentence to another."""
    return first.article.title, first.article.text[first.start : last.end]


def _ranked(
    shown: Sequence[Evidence], found: Sequence[Candidate], signs: Sequence[Signs], read: Sequence[Found | None] | None
) -> list[Evidence]:
    """The best of the evidence with what was found of it, best first; `read` is None where there is no reader.

    A question is evidence only where there is nothing else.
    """
    if read is None:
        odds = [sign.odds_unread for sign in signs]
    else:
        odds = [sign.odds(here.score if here else None) for sign, here in zip(signs, read, strict=True)]
    odds = [chance if one.alone else ALONE * chance for chance, one in zip(odds, shown, strict=True)]
    told = [place for place, sign in enumerate(signs) if not sign.asks] or list(range(len(shown)))
    best = sorted(told, key=lambda place: -odds[place])[:KEPT]
    return [_scored(shown[one], found[one], signs[one], odds[one], read[one] if read else None) for one in best]


def _scored(one: Evidence, candidate: Candidate, signs: Signs, odds: float, read: Found | None) -> Evidence:
    return replace(
        one,
        score=odds,
        words=candidate.article.text[read.start : read.end] if read and read.score > 0 else "",
        read=read.score if read else None,
        coverage=signs.coverage,
        similarity=signs.similarity,
        copies=carriers(one.span.text, candidate.article, candidate.copies),
    )


def _lead_each(parts: Sequence[Asked], rankings: Sequence[list[Evidence]]) -> tuple[list[Evidence], tuple[str, ...]]:
    """The best sentence for each part of the question, then the others for its first part; and the parts without."""
    first = rankings[0]
    lead, missing = [replace(first[0], leads=True)], []
    for asked, (best, *_) in zip(parts[1:], rankings[1:], strict=True):
        if best.score < PART * lead[0].score:
            missing.append(asked.question.strip(" ?"))
        elif not any(overlap(best, one) for one in lead):
            lead.append(replace(best, score=lead[0].score, leads=True))
    return lead + [one for one in first if not any(overlap(one, leading) for leading in lead)], tuple(missing)


def _company(article: Article) -> str:
    return f"{article.title} {article.outlet} {article.origin or ''}"


def _about_the_named(asked: Asked, ranked: list[Evidence]) -> list[Evidence]:
    """The evidence from articles that hold most of the names asked about, where there is any."""
    articles = {one.article.id: one.article for one in ranked}
    missing = {key for key, article in articles.items() if asked.missing_names(article)}
    named = [one for one in ranked if one.article.id not in missing]
    return named or ranked
