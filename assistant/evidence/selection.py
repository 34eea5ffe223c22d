"""Evidence: from passages to the sentences that bear on the question, each an exact span of its article."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TypeVar

import numpy as np

from assistant.evidence.candidates import (
    SHORTEST,
    Candidate,
    candidates,
    only_quotes,
    quotable,
    sentences_of,
    speaker_unknown,
)
from assistant.evidence.carried import says_it_too
from assistant.evidence.evidence import Evidence
from assistant.evidence.headline import carrier, house
from assistant.evidence.scoring import Signs, depth
from assistant.evidence.windows import windows
from assistant.question.asked import Asked
from assistant.reading.reader import AnswerReader, Found
from assistant.search.ranking import Signals
from assistant.search.retriever import Hit, Retriever
from assistant.types import Carrier, Span
from ingest.archive.archive import Archive
from ingest.embedding.embedder import Vectors
from ingest.language.english import DEMONSTRATIVE, PERSONAL
from ingest.language.names import names_in
from ingest.language.quotations import holds, unquoted
from ingest.language.sentences import ASKING, last_mark
from ingest.language.speech import sayings
from ingest.stories.groups import originality
from ingest.stories.shingles import NARROW, shared, shingles, word_numbers
from ingest.types import EVERYTHING, Article, Filter

QUOTED_IN = 20  # passages in which a quotation is looked for
READ = 24  # windows of some sentences that the reader reads for a question at most
AT_FIRST = 14 / 24  # share of them after which it stops, where one answers more likely than not
UNEXPLAINED = 2.0  # by which a headline, which no sentence explains, is less sure to answer than one that reads alike
ALONE = 0.5  # share of its odds that a sentence keeps which cannot be understood alone
KEPT = 16  # sentences that are evidence
NEARLY, TOGETHER = 0.15, 60  # share of the odds, and words, to which overlapping evidence is joined
CARRIED = 0.7  # share of the runs of three words of a sentence that a copy must have to carry it
ANSWERING = 0.05  # share of the odds from which the sentence of another article answers, too
OUTDATED = timedelta(days=365)  # by which the best answer has to be older than another to go behind it
PART = 0.02  # share of the odds from which the best sentence for another part of a question is worth giving
Key = TypeVar("Key")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_LETTERS = re.compile(r"\w+")
_POINTS_BACK = PERSONAL | DEMONSTRATIVE


class EvidenceFinder:
    """Scores the sentences of the best passages by their words, their meaning and where they stand."""

    def __init__(self, archive: Archive, reader: AnswerReader | None = None) -> None:
        self.archive, self._reader = archive, reader

    def find(
        self, question: str, vector: Vectors, hits: Sequence[Hit], *, read: bool = True
    ) -> tuple[list[Evidence], tuple[str, ...]]:
        """The sentences of the best passages, best first, and the parts of the question to which there is none.

        Equal sentences of several articles are one. Without `read` they are told by their words and meaning alone.
        """
        parts = Asked.parts(question, self.archive.words)
        found = [one for one in candidates(hits) if not speaker_unknown(one)]
        if not found:
            return [], ()
        shown = [_evidence(one) for one in found]
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
        kept = self.archive.embeddings.of_sentences(list({one.passage for one in found}))
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

    It reads the windows with the best sentences by their signs alone; the last of them only where the first do not
    answer: that they do is so for more than half of the questions.
    """
    chosen = sorted(windows(found), key=lambda window: -max(signs[place].prior for place in window))[:most]
    first = round(AT_FIRST * most)
    best: dict[int, Found] = {}
    titles: dict[str, Found] = {}
    for some in (chosen[:first], chosen[first:]):
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
        copies=tuple(carrier(copy) for copy in candidate.copies if _words(copy.title) == _words(title)),
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
        elif not any(_overlap(best, one) for one in lead):
            lead.append(replace(best, score=lead[0].score, leads=True))
    return lead + [one for one in first if not any(_overlap(one, leading) for leading in lead)], tuple(missing)


def _company(article: Article) -> str:
    return f"{article.title} {article.outlet} {article.origin or ''}"


def _about_the_named(asked: Asked, ranked: list[Evidence]) -> list[Evidence]:
    """The evidence from articles that hold most of the names asked about, where there is any."""
    articles = {one.article.id: one.article for one in ranked}
    missing = {key for key, article in articles.items() if asked.missing_names(article)}
    named = [one for one in ranked if one.article.id not in missing]
    return named or ranked


def newest_first(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each article, if nearly as good as the best of all, latest first; then the others."""
    told = sorted(_best_of_each(ranked), key=_published, reverse=True)
    return _first(told, ranked)


def day_first(ranked: Sequence[Evidence], day: date) -> list[Evidence]:
    """The best sentence of each article of that day, if nearly as good as the best of all; then the others."""
    dated = [(one, one.article.published) for one in _best_of_each(ranked)]
    return _first([one for one, published in dated if published and published.date() == day], ranked)


def latest_answer_first(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The same; led by the latest that answers, too, where the best is older than `up_to_date` allows."""
    first, fresh_from = ranked[0], up_to_date(ranked)
    if first.leads or first.article.published is None or fresh_from is None:
        return list(ranked)
    told = _answering(ranked)
    outdated = first in told and first.article.published.date() < fresh_from
    return _first([max(told, key=_published)], ranked) if outdated else list(ranked)


def up_to_date(ranked: Sequence[Evidence]) -> date | None:
    """The day from which reports are not a year older than the latest that answers; None where none does."""
    latest = max(map(_published, _answering(ranked)), default=None)
    return (latest - OUTDATED).date() if latest else None


def _answering(ranked: Sequence[Evidence]) -> list[Evidence]:
    """Of each article with a date the best sentence, if the reader finds an answer there likelier than none."""
    return [one for one in _best_of_each(ranked) if (one.read or 0.0) > 0 and one.article.published]


def _published(one: Evidence) -> datetime:
    return one.article.published or _LONG_AGO


def _best_of_each(ranked: Sequence[Evidence]) -> list[Evidence]:
    best = {one.article.id: one for one in reversed(ranked) if one.score >= ANSWERING * ranked[0].score}
    return sorted(best.values(), key=ranked.index)


def _first(told: Sequence[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    return [*(replace(one, score=ranked[0].score) for one in told), *(one for one in ranked if one not in told)]


def leads(hits: Sequence[Hit]) -> list[Evidence]:
    """The first sentence of each article, in the order of the hits."""
    found = collapse([_evidence(first) for hit in hits for first in islice(sentences_of(hit), 1)])
    return [replace(one, score=1.0) for one in found]


def quoting(retriever: Retriever, words: str, *, filters: Filter = EVERYTHING) -> Evidence | None:
    """The sentence that holds these words, wherever in the archive it stands."""
    archive = retriever.archive
    let_in = archive.find_words(words, QUOTED_IN, retriever.believable(filters))
    found = archive.store.passages([key for key, _ in let_in])
    holding = [passage for passage in found.values() if holds(passage.text, words)]
    articles = retriever.articles([passage.article_id for passage in holding])
    hits = (Hit(one, articles[one.article_id], Signals(0.0, 0.0)) for one in holding if one.article_id in articles)
    every = (one for hit in hits for one in sentences_of(hit) if holds(one.text, words))
    return next(map(_evidence, every), None)


def _evidence(candidate: Candidate) -> Evidence:
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
    first, *_ = [*_words(said).split(), ""]
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


def collapse(ranked: Sequence[Evidence]) -> list[Evidence]:
    """One piece of evidence for sentences that are the same word for word; overlapping spans become one.

    Of articles with the same sentence the one that names itself as its origin is cited, else the earliest; the
    others are its copies.
    """
    groups: dict[str, list[Evidence]] = {}
    for evidence in ranked:
        met = [key for key, group in groups.items() if any(_overlap(evidence, one) for one in group)]
        if not met:
            groups.setdefault(_words(evidence.span.text), []).append(evidence)
        elif len(met) == 1 and len(groups[met[0]]) == 1:
            joined = _joined(groups[met[0]][0], evidence)
            if not any(_overlap(joined, one) for key in groups.keys() - met for one in groups[key]):
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


def _words(text: str) -> str:
    return " ".join(_LETTERS.findall(text.casefold()))


def _overlap(one: Evidence, other: Evidence) -> bool:
    a, b = one.span, other.span
    return (a.article_id, a.part) == (b.article_id, b.part) and a.start < b.end and b.start < a.end
