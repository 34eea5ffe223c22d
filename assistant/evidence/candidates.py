"""Candidates: the sentences of the best passages, with what stands beside each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.safety.gate import has_links
from assistant.safety.injection import speaks_to_assistants
from assistant.search.ranking import Signals
from assistant.search.retriever import Hit
from ingest.extract.asides import is_aside
from ingest.extract.byline.origin import past_dateline
from ingest.language.quotations import unquoted
from ingest.language.sentences import LONG_LINE, is_whole, sentences, writes_whole
from ingest.language.speech import attributed
from ingest.types import Article

PASSAGES, PER_ARTICLE = 24, 4  # passages read for sentences
SHORTEST = 12  # bytes; less is a stray word, or three characters of Chinese
_LEADING = "—– })]>|*•·"  # dashes, bullets and what a mark-up left


@dataclass(frozen=True)
class Candidate:
    """A sentence of a passage, by its start and end in the article.

    passage its id; `number` is the place of the sentence in it, from 0, of so many `sentences`
    before  where the sentence before it in the passage begins
    copies  other articles with the same report
    signals of its passage; `standing` is its score as a share of the best one's
    whole   whether it ends as the sentences of its article do
    """

    article: Article
    passage: str
    number: int
    sentences: int
    start: int
    end: int
    before: int | None
    copies: tuple[Article, ...]
    signals: Signals
    standing: float
    whole: bool = True

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]

    @property
    def context(self) -> str:
        return "" if self.before is None else self.article.text[self.before : self.start].strip()


def candidates(hits: Sequence[Hit]) -> list[Candidate]:
    """The sentences of the best passages, of at most PER_ARTICLE passages an article."""
    found: list[Candidate] = []
    read: dict[str, int] = {}
    best = max([hit.score for hit in hits if hit.score > 0], default=1.0)
    for hit in hits:
        used = read.setdefault(hit.article.id, 0)
        if used < PER_ARTICLE and sum(read.values()) < PASSAGES:
            read[hit.article.id] = used + 1
            found.extend(sentences_of(hit, standing=hit.score / best))
    return found


def sentences_of(hit: Hit, *, standing: float = 1.0) -> Iterable[Candidate]:
    """Without datelines, and short lines that are no whole sentence in a text of such.

    Company is sought in the same paragraph alone: the one before may be another speaker's."""
    text, shift = hit.article.text, hit.passage.start
    spans = [_behind_dateline(text, shift + start, shift + end) for start, end in sentences(hit.passage.text)]
    whole_only = writes_whole(text)
    for number, (start, end) in enumerate(spans):
        if len(text[start:end].encode()) < SHORTEST or not quotable(text[start:end]):
            continue
        whole = not whole_only or is_whole(text[start:end])
        if not whole and end - start <= LONG_LINE:
            continue
        before = None
        if number and _in_one_paragraph(text, spans[number - 1], (start, end)):
            before = spans[number - 1][0]
        passage = hit.passage.id
        yield Candidate(
            hit.article,
            passage,
            number,
            len(spans),
            start,
            end,
            before,
            hit.copies,
            hit.signals,
            standing,
            whole,
        )


def _behind_dateline(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence without the dateline, or the end of one, that a paragraph may begin with."""
    begins = start == 0 or text[start - 1] == "\n"
    led = past_dateline(text[start:end]) if begins else 0
    return start + (led or len(text[start:end]) - len(text[start:end].lstrip(_LEADING))), end


def _in_one_paragraph(text: str, earlier: tuple[int, int], later: tuple[int, int]) -> bool:
    beside = "\n" not in text[earlier[1] : later[0]]
    return beside and quotable(text[slice(*earlier)]) and quotable(text[slice(*later)])


@lru_cache(maxsize=4096)  # each sentence is looked at for itself, and as what stands before and after another
def quotable(sentence: str) -> bool:
    """Whether a sentence may be quoted as news: it speaks to its readers, is no link, and sends them nowhere else."""
    return not speaks_to_assistants(sentence) and not has_links(sentence) and not is_aside(sentence)


def only_quotes(sentence: str) -> bool:
    """Whether it opens with a quotation and does not say who speaks."""
    return sentence[:1] in tuple('"“‘«') and not names_speaker(sentence)


def speaker_unknown(candidate: Candidate) -> bool:
    """Whether it only quotes, and neither does the sentence before say who speaks: alone it would be anybody's."""
    return only_quotes(candidate.text) and not names_speaker(candidate.context)


def names_speaker(sentence: str) -> bool:
    """Whether it says, outside what it quotes, that somebody speaks."""
    return attributed(unquoted(sentence))
