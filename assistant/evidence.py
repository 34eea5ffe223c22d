"""Evidence: from passages to the sentences that bear on the question, each an exact span of its article."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice

import numpy as np

from assistant.asked import Asked
from assistant.checks.quotations import holds
from assistant.citations import carrier
from assistant.compose.draft import Evidence
from assistant.gate import has_links
from assistant.injection import speaks_to_assistants
from assistant.premises import spoken
from assistant.ranking import Signals
from assistant.retrieve import Hit
from assistant.scoring import Signs, agreement, depth
from assistant.types import Carrier, Span
from ingest.archive import Archive
from ingest.embed import Vectors
from ingest.groups import originality
from ingest.sentences import sentences
from ingest.shingles import NARROW, shared, shingles, word_numbers
from ingest.types import EVERYTHING, Article, Filter

QUOTED_IN = 20  # passages in which a quotation is looked for
PASSAGES, PER_ARTICLE = 24, 4  # passages read for sentences
KEPT = 16  # of their sentences are evidence
CARRIED = 0.7  # share of the runs of three words of a sentence that a copy must have to carry it
ANSWERING = 0.6  # share of the score from which a sentence that can be an answer goes before one that cannot
PART = 0.5  # share of the score from which the best sentence for another part of a question is worth giving
SHORTEST = 12  # characters; less is a stray word
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_CLOSING = "\"'”’») "
_LETTERS = re.compile(r"\w+")
_NEEDS_BEFORE = re.compile(
    r"[\"“‘']?(?:He|She|They|It|His|Her|Their|Its|This|That|These|Those)\b"
    r"|.*[\"”’',]\s+(?:he|she|they)\s+(?:said|added|told|wrote|says|explained)\b",
    re.DOTALL,
)
_SAYS = re.compile(r"\b(?:said|says|told|wrote|added|argued|insisted|warned|explained|noted|asked|recalled|put it)\b")
_QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]?")


@dataclass(frozen=True)
class Candidate:
    """A sentence of a passage, by its start and end in the article.

    passage its id; `number` is the place of the sentence in it, from 0
    before  where the sentence before it in the passage begins
    after   where the sentence after it in the passage ends
    copies  other articles with the same report
    signals of its passage; `standing` is its score as a share of the best one's
    rank    of its article, from 1
    """

    article: Article
    passage: str
    number: int
    start: int
    end: int
    before: int | None
    after: int | None
    copies: tuple[Article, ...]
    signals: Signals
    standing: float
    rank: int

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]

    @property
    def context(self) -> str:
        return "" if self.before is None else self.article.text[self.before : self.start].strip()


class EvidenceFinder:
    """Scores the sentences of the best passages by their words, their meaning and where they stand."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def find(self, question: str, vector: Vectors, hits: Sequence[Hit]) -> tuple[list[Evidence], tuple[str, ...]]:
        """The sentences of the best passages, best first, and the parts of the question to which there is none.

        Equal sentences of several articles are one.
        """
        parts = Asked.parts(question, self.archive.words)
        found = candidates(hits)
        if not found:
            return [], ()
        shown = [_evidence(one) for one in found]
        close = self._similarity(vector, found)
        rankings = []
        for part in parts:
            near = close if len(parts) == 1 else np.maximum(close, self._similarity(self._of(part), found))
            signs = _signs(part, found, shown, near)
            best = sorted(range(len(found)), key=lambda number: -signs[number].score)[:KEPT]
            rankings.append(_ranked(part, [_scored(shown[number], found[number], signs[number]) for number in best]))
        return (rankings[0], ()) if len(parts) == 1 else _lead_each(parts, rankings)

    def _similarity(self, vector: Vectors, found: Sequence[Candidate]) -> Vectors:
        """Cosines of the sentences to a vector; 0 for those of an article that has just been removed."""
        close = self.archive.compare_sentences(vector, list({one.passage for one in found}))
        return np.array(
            [close[one.passage][one.number] if one.passage in close else 0.0 for one in found], np.float32
        )

    def _of(self, part: Asked) -> Vectors:
        return np.asarray(self.archive.embedder.embed_query(part.question), np.float32)


def _signs(asked: Asked, found: Sequence[Candidate], shown: Sequence[Evidence], close: Vectors) -> list[Signs]:
    """What speaks for each sentence; `close` is its cosine to the question.

    By its words all that is shown counts, such as the quotation that follows.
    """
    covered = [asked.coverage(one.span.text, _company(one.article), one.before) for one in shown]
    told = [(one.span.text, one.article.id, share) for one, share in zip(shown, covered, strict=True)]
    return [
        Signs(
            coverage=share,
            fits=float(asked.fits(one.span.text)),
            agreement=agreed,
            standing=candidate.standing,
            first=1 / candidate.rank,
            recent=candidate.signals.recent,
            place=depth(candidate.start),
            similarity=float(cosine),
            asks=float(candidate.text.rstrip(_CLOSING).endswith("?")),
            length=len(one.span.text.split()),
        )
        for one, candidate, share, agreed, cosine in zip(
            shown, found, covered, agreement(asked.question, told), close, strict=True
        )
    ]


def _scored(one: Evidence, candidate: Candidate, sign: Signs) -> Evidence:
    copies = _carriers(one.span.text, candidate.copies)
    similarity = sign.similarity
    return replace(one, score=sign.score, own=sign.own, coverage=sign.coverage, similarity=similarity, copies=copies)


def _ranked(asked: Asked, scored: Iterable[Evidence]) -> list[Evidence]:
    ranked = sorted(scored, key=lambda one: -one.score)
    return _answering_first(asked, _about_the_named(asked, collapse(ranked)))


def _answering_first(asked: Asked, ranked: list[Evidence]) -> list[Evidence]:
    """The first that can be an answer leads, where it is nearly as good as the best, which cannot."""
    near = (one for one in ranked if one.score >= ANSWERING * ranked[0].score)
    lead = next((one for one in near if answers(asked, one)), None)
    if lead is None:
        return ranked
    return [replace(lead, score=ranked[0].score), *(one for one in ranked if one is not lead)]


def answers(asked: Asked, one: Evidence) -> bool:
    """Whether evidence can be an answer: it holds what is required, and who is asked about speaks."""
    return asked.answered_by(one.span.text) and spoken(asked, f"{one.before} {one.span.text}")


def _lead_each(parts: Sequence[Asked], rankings: Sequence[list[Evidence]]) -> tuple[list[Evidence], tuple[str, ...]]:
    """The best sentence for each part of the question, then the others for its first part; and the parts without."""
    first = rankings[0]
    lead, missing = [replace(first[0], leads=True)], []
    for asked, (best, *_) in zip(parts[1:], rankings[1:], strict=True):
        worth = best.score >= PART * lead[0].score and answers(asked, best)
        if not worth:
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
    best = {one.article.id: one for one in reversed(ranked) if one.score >= ANSWERING * ranked[0].score}
    told = sorted(best.values(), key=lambda one: one.article.published or _LONG_AGO, reverse=True)
    return [*(replace(one, score=ranked[0].score) for one in told), *(one for one in ranked if one not in told)]


def leads(hits: Sequence[Hit]) -> list[Evidence]:
    """The first sentence of each article, in the order of the hits."""
    found = collapse([_evidence(first) for hit in hits for first in islice(_sentences_of(hit), 1)])
    return [replace(one, score=1.0) for one in found]


def quoting(archive: Archive, words: str, *, filters: Filter = EVERYTHING) -> Evidence | None:
    """The sentence that holds these words, wherever in the archive it stands."""
    found = archive.store.passages([key for key, _ in archive.find_words(words, QUOTED_IN, filters)])
    holding = [passage for passage in found.values() if holds(passage.text, words)]
    articles = archive.store.articles([passage.article_id for passage in holding])
    hits = (Hit(one, articles[one.article_id], Signals(0.0, 0.0)) for one in holding if one.article_id in articles)
    every = (one for hit in hits for one in _sentences_of(hit) if holds(one.text, words))
    return next(map(_evidence, every), None)


def candidates(hits: Sequence[Hit]) -> list[Candidate]:
    """The sentences of the best passages, of at most PER_ARTICLE passages an article."""
    found: list[Candidate] = []
    read: dict[str, int] = {}
    best = max([hit.score for hit in hits if hit.score > 0], default=1.0)
    for hit in hits:
        used = read.setdefault(hit.article.id, 0)
        if used < PER_ARTICLE and sum(read.values()) < PASSAGES:
            read[hit.article.id] = used + 1
            rank = list(read).index(hit.article.id) + 1
            found.extend(_sentences_of(hit, standing=hit.score / best, rank=rank))
    return found


def _sentences_of(hit: Hit, *, standing: float = 1.0, rank: int = 1) -> Iterable[Candidate]:
    """Company is sought in the same paragraph alone: the one before may be another speaker's."""
    text, shift = hit.article.text, hit.passage.start
    spans = [(shift + start, shift + end) for start, end in sentences(hit.passage.text)]
    for number, (start, end) in enumerate(spans):
        if end - start < SHORTEST or not quotable(text[start:end]):
            continue
        before = after = None
        if number and _in_one_paragraph(text, spans[number - 1], (start, end)):
            before = spans[number - 1][0]
        if number + 1 < len(spans) and _in_one_paragraph(text, (start, end), spans[number + 1]):
            after = spans[number + 1][1]
        passage = hit.passage.id
        yield Candidate(
            hit.article, passage, number, start, end, before, after, hit.copies, hit.signals, standing, rank
        )


def _in_one_paragraph(text: str, earlier: tuple[int, int], later: tuple[int, int]) -> bool:
    beside = "\n" not in text[earlier[1] : later[0]]
    return beside and quotable(text[slice(*earlier)]) and quotable(text[slice(*later)])


@lru_cache(maxsize=4096)  # each sentence is looked at for itself, and as what stands before and after another
def quotable(sentence: str) -> bool:
    """Whether a sentence may be quoted as news: it speaks to its readers, and is no link."""
    return not speaks_to_assistants(sentence) and not has_links(sentence)


def _evidence(candidate: Candidate) -> Evidence:
    """The sentence, begun one earlier where it could not be understood alone, and with the quotation it opens."""
    article, start, end = candidate.article, candidate.start, candidate.end
    extended = candidate.before is not None and _NEEDS_BEFORE.match(candidate.text)
    if extended and candidate.before is not None:
        start = candidate.before
    if candidate.after is not None and _goes_on(candidate.text, article.text[end : candidate.after].strip()):
        end = candidate.after
    span = Span(article_id=article.id, version=article.digest, start=start, end=end, text=article.text[start:end])
    context = "" if extended else candidate.context
    return Evidence(secrets.token_hex(4), span, article, 0.0, context)


def _carriers(sentence: str, copies: Sequence[Article]) -> tuple[Carrier, ...]:
    """The copies that carry this sentence too, if not word for word: a copy may have been cut before it."""
    wanted = shingles(word_numbers(sentence), NARROW)
    held = ((copy, shingles(word_numbers(copy.text), NARROW)) for copy in copies)
    return tuple(carrier(copy) for copy, whole in held if shared(wanted, whole) >= CARRIED * len(wanted))


def _goes_on(sentence: str, following: str) -> bool:
    """Whether the next sentence only quotes on: the speaker is named here, the words are there."""
    quotes_only = following[:1] in '"“‘«' and not _SAYS.search(_QUOTED.sub(" ", following))
    return bool(following) and quotes_only and _SAYS.search(_QUOTED.sub(" ", sentence)) is not None


def collapse(ranked: Sequence[Evidence]) -> list[Evidence]:
    """One piece of evidence for sentences that are the same word for word; of spans that overlap the better one.

    Of articles with the same sentence the one that names itself as its origin is cited, else the earliest; the
    others are its copies.
    """
    groups: dict[str, list[Evidence]] = {}
    for evidence in ranked:
        if not any(_overlap(evidence, one) for group in groups.values() for one in group):
            groups.setdefault(_words(evidence.span.text), []).append(evidence)
    return [_together(group) for group in groups.values()]


def _together(group: Sequence[Evidence]) -> Evidence:
    first, *others = sorted(group, key=lambda evidence: originality(evidence.article))
    others = [other for other in others if other.article.id != first.article.id]
    copies = {copy.article_id: copy for one in group for copy in one.copies}
    copies |= {other.article.id: carrier(other.article) for other in others}
    copies.pop(first.article.id, None)
    return replace(first, score=group[0].score, copies=tuple(copies.values()))


def _words(text: str) -> str:
    return " ".join(_LETTERS.findall(text.casefold()))


def _overlap(one: Evidence, other: Evidence) -> bool:
    a, b = one.span, other.span
    return a.article_id == b.article_id and a.start < b.end and b.start < a.end
