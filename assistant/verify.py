"""Checks of a composed sentence against the evidence it cites, all without a model.

Every sentence gets a verdict. `unsupported`: a quotation, number, date, speaker or address is not what the cited
passages have, there is no passage at all, or it is no sentence. `partly`: a name, the attribution, what is denied or
only possible, what changed places, the meaning or where a number stands leaves a doubt, and the verdict says which. A
sentence whose own citations fail is tried with the rest of the evidence and cited anew where that supports it. Its
text is not changed, and no failure is kept back: whoever shows or drops a sentence has the verdict and the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.checks.attribution import attribution_lost
from assistant.checks.cover import Cover
from assistant.checks.dates import check_dates, days
from assistant.checks.excerpts import (
    check_cut_quotation,
    check_excerpt,
    check_kept_quotation,
    check_made_quotation,
    repeats,
)
from assistant.checks.exchange import check_exchanged
from assistant.checks.finding import FINE, Finding, best, partly, unsupported, worst
from assistant.checks.meaning import check_words, readable
from assistant.checks.names import check_names
from assistant.checks.numbers import check_numbers
from assistant.checks.quotations import holds, is_title, quoted
from assistant.checks.speakers import check_speaker, named_by
from assistant.checks.wording import check_meaning, check_opposite, denials, overlap, stems
from assistant.compose.draft import Draft, Evidence
from assistant.gate import addresses_in
from assistant.reading.checker import ClaimChecker
from assistant.speech import attributed, roles, speaker_of
from assistant.types import Kind, QuotationVerdict, Support
from ingest.language.sentences import STOPS, last_mark, sentences

Similarity = Callable[[str, Sequence[str]], float]

LEAST_SIMILARITY, LEAST_COVERED = 0.45, 0.5
LONGEST_SENTENCE = 1000
MOST_QUOTATIONS = 12
NEAR_CLAIM = 0.75  # words in common from which the checker, trained on such claims, reads better than they tell
TOGETHER = 3  # cited sentences of one article that are read as one passage
_CANDIDATES = 4
_LOST_SPEAKER = "the cited passage says who said it, the sentence does not"
_NEAR_ENOUGH = 0.6


@dataclass(frozen=True)
class Verdict:
    """A checked sentence.

    keys       the evidence it rests on, which need not be what its composer gave
    speaker    as its composer gave it, unless no cited passage bears it out
    quotation  whether what it quotes is in what was cited, in other evidence or in none; None where it quotes nothing
    doubted    the words that what it cites does not support, where that is known
    """

    text: str
    keys: tuple[str, ...]
    kind: Kind
    speaker: str | None
    support: Support
    reason: str
    quotation: QuotationVerdict | None = None
    doubted: tuple[str, ...] = ()

    @property
    def lost_speaker(self) -> bool:
        """Whether all that is amiss is that it does not say who said it."""
        return self.reason == _LOST_SPEAKER


@dataclass(frozen=True)
class _Case:
    """A draft and what it may rest on."""

    draft: Draft
    offered: Mapping[str, Evidence]
    similarity: Similarity | None
    checker: ClaimChecker | None

    @cached_property
    def cover(self) -> Cover:
        return Cover(self.draft.text, {key: item.span.text for key, item in self.offered.items()})

    @cached_property
    def told(self) -> str:
        return " \n".join(f"{item.span.text} \n{item.before}" for item in self.offered.values())

    @cached_property
    def articles(self) -> set[str]:
        return {item.article.text for item in self.offered.values()}


def verify(
    draft: Draft,
    offered: Mapping[str, Evidence],
    similarity: Similarity | None = None,
    checker: ClaimChecker | None = None,
) -> Verdict:
    """The verdict on a draft.

    similarity  gives 0..1 for a text and the passages that should mean the same
    checker     reads which words a passage supports; without it the words in common decide
    """
    case = _Case(draft, offered, similarity, checker)
    cited = [offered[key] for key in dict.fromkeys(draft.keys) if key in offered]
    finding = _judge(case, cited)
    if finding is not FINE:
        cited, finding = _cited_anew(case, cited, finding)
    keys = tuple(item.key for item in cited)
    found = _quotation(draft, offered, cited)
    speaker = _confirmed(draft, cited)
    return Verdict(draft.text, keys, draft.kind, speaker, finding.support, finding.reason, found, finding.words)


def not_held(draft: Draft, evidence: Iterable[Evidence]) -> list[str]:
    """What the draft quotes and none of the evidence has; the title of a work is no quotation."""
    printed = _quotable(list(evidence))
    return [
        words
        for words in _quoted(draft)
        if not holds(printed, words) and not (is_title(words) and speaker_of(draft.text, words) is None)
    ]


def _quotation(draft: Draft, offered: Mapping[str, Evidence], cited: list[Evidence]) -> QuotationVerdict | None:
    if not _quoted(draft):
        return None
    given = [offered[key] for key in draft.keys if key in offered]
    if not_held(draft, cited):
        return "not found"
    return "wrong article" if given and not_held(draft, given) else "verified"


def _cited_anew(case: _Case, cited: list[Evidence], finding: Finding) -> tuple[list[Evidence], Finding]:
    """The citations that support the draft best; its own, unless others do better."""
    chosen = cited, finding
    for items in _candidates(case, cited):
        other = _judge(case, items)
        if other.rank < chosen[1].rank:
            chosen = items, other
    return chosen


def _candidates(case: _Case, cited: list[Evidence]) -> Iterator[list[Evidence]]:
    """Other evidence that holds most of the words, alone and together with what is cited.

    Where nothing is cited, also what covers the sentence together.
    """
    own, text = {item.key for item in cited}, case.draft.text
    scored = [(overlap(text, item.span.text), item) for item in case.offered.values() if item.key not in own]
    near = sorted((pair for pair in scored if pair[0] >= _NEAR_ENOUGH), key=lambda pair: -pair[0])[:_CANDIDATES]
    yield from ([item] for _, item in near)
    yield from ([*cited, item] for _, item in near if cited)
    if not cited:
        together = [case.offered[key] for key in case.cover.best(_CANDIDATES)]
        yield from (together[:many] for many in range(1, len(together) + 1))


def _judge(case: _Case, cited: list[Evidence]) -> Finding:
    draft = case.draft
    if not cited or not any(sign.isalnum() for sign in draft.text):
        return unsupported("it cites no evidence")
    verbatim = any(repeats(draft.text, item.span.text) for item in cited)
    if len(draft.text) > LONGEST_SENTENCE and not verbatim:
        return unsupported("it is no sentence: too long")
    if len(_quoted(draft)) > MOST_QUOTATIONS and not verbatim:
        return unsupported("it is no sentence: too many quotations")
    if verbatim and draft.speaker in (None, speaker_of(draft.text)):
        return _quotations(draft, cited)
    said = worst((_quotations(draft, cited), _speaker(draft, cited)))
    if verbatim:
        return said
    return worst((said, *_findings(case, cited)))


def _findings(case: _Case, cited: list[Evidence]) -> Iterator[Finding]:
    draft = case.draft
    if last_mark(draft.text) not in STOPS | {":"}:
        yield partly("it does not end like a sentence")
    spans = " \n".join(item.span.text for item in cited)
    around, text = _around(cited), draft.text
    yield _addresses(text, spans)
    yield _numbers(text, spans, around)
    yield check_dates(text, [(item.span.text, _published(item)) for item in cited])
    yield check_names(text, f"{spans} \n{around} \n{_printed(cited)}", case.told, case.articles)
    yield _attribution(draft, cited)
    yield _role(text, cited, around)
    yield best(_excerpt(text, item) for item in cited)
    yield _meaning(case, cited, spans, around)


def _meaning(case: _Case, cited: list[Evidence], spans: str, around: str) -> Finding:
    """What its words tell, beside all that is checked exactly."""
    passages = _passages(cited)
    near = max(overlap(case.draft.text, passage) for _, passage in passages) >= NEAR_CLAIM
    if case.checker is not None and near and readable(case.draft.text, passages):
        return worst((check_words(case.checker, case.draft.text, passages), *_turned(case.draft.text, cited)))
    return worst((*_turned(case.draft.text, cited), *_by_words(case, cited, spans, around)))


def _turned(text: str, cited: list[Evidence]) -> Iterator[Finding]:
    """Words that deny or turn each other round, and what has changed places."""
    nearest = max((item.span.text for item in cited), key=lambda span: overlap(text, span))
    told = " \n".join(item.span.text for item in cited if overlap(item.span.text, text) >= _NEAR_ENOUGH)
    passages = (nearest, told) if told and denials(told) == denials(text) else (nearest,)
    yield best(check_opposite(text, passage) for passage in passages)
    yield check_exchanged(text, nearest)


def _by_words(case: _Case, cited: list[Evidence], spans: str, around: str) -> Iterator[Finding]:
    """By the words in common, where no checker reads them."""
    text = case.draft.text
    if case.cover.share([item.key for item in cited], _headed(cited)) < LEAST_COVERED:
        yield partly("it says more than the cited passage")
    likeness = case.similarity(text, [item.span.text for item in cited]) if case.similarity else None
    yield check_meaning(text, f"{spans} {around}", likeness, LEAST_SIMILARITY)


def _passages(cited: list[Evidence]) -> list[tuple[str, str]]:
    """Each cited sentence with the one before it, and up to three of one article together, with the headline."""
    each = [(item.article.title, " ".join(filter(None, (_last(item.before), item.span.text)))) for item in cited]
    if len({item.article.id for item in cited}) == 1 and 1 < len(cited) <= TOGETHER:
        ordered = sorted(cited, key=lambda item: item.span.start)
        each.append((cited[0].article.title, " ".join(item.span.text for item in ordered)))
    return each


def _last(text: str) -> str:
    """Its last sentence."""
    return next((text[start:end] for start, end in reversed(sentences(text))), "")


def _excerpt(text: str, item: Evidence) -> Finding:
    return worst((check_excerpt(text, item.span.text), check_kept_quotation(text, item.span.text)))


def _around(cited: Sequence[Evidence]) -> str:
    return " \n".join(f"{item.before} \n{item.article.title}" for item in cited)


def _addresses(text: str, spans: str) -> Finding:
    strange = next((one for one in addresses_in(text) if one not in spans), None)
    return unsupported(f"the address {strange[:60]} is in no cited passage") if strange else FINE


def _quotations(draft: Draft, cited: list[Evidence]) -> Finding:
    if missing := not_held(draft, cited):
        return unsupported(f"the quotation “{missing[0][:60]}” is not in the cited passage")
    findings = []
    for words in _quoted(draft):
        holding = [item.span.text for item in cited if holds(item.span.text, words)]
        findings += [check_cut_quotation(words, draft.text, span) for span in holding]
        findings += [best(check_made_quotation(words, span) for span in holding)]
    return worst(findings)


def _quotable(evidence: Sequence[Evidence]) -> str:
    return " \n".join([*(item.span.text for item in evidence), _around(evidence)])


def _quoted(draft: Draft) -> list[str]:
    return [*([draft.quotation] if draft.quotation else []), *quoted(draft.text)]


def _speaker(draft: Draft, cited: list[Evidence]) -> Finding:
    named = named_by(draft.text, _quoted(draft)[:MOST_QUOTATIONS], draft.speaker)
    return worst(_spoken(name, cited, words) for name, words in named)


def _confirmed(draft: Draft, cited: list[Evidence]) -> str | None:
    """The draft's speaker, if a cited passage bears it out."""
    quotations = _quoted(draft)[:MOST_QUOTATIONS]
    if draft.speaker and cited and _spoken(draft.speaker, cited, quotations) is FINE:
        return draft.speaker
    return None


def _spoken(speaker: str, cited: list[Evidence], quotations: list[str]) -> Finding:
    """The best that any cited passage that holds the quotation says of the speaker; a newspaper speaks for itself."""
    who = stems(speaker)
    if not quotations and who <= stems(_printed(cited)):
        return partly(_LOST_SPEAKER) if who and all(attributed(item.span.text) for item in cited) else FINE
    holding = [item for item in cited if any(holds(item.span.text, words) for words in quotations)] or cited
    return best(check_speaker(speaker, item.span.text, item.before, quotations) for item in holding)


def _numbers(text: str, spans: str, around: str) -> Finding:
    """Numbers without the dates, which have a check of their own."""
    return check_numbers(days(text)[1], spans, around)


def _attribution(draft: Draft, cited: list[Evidence]) -> Finding:
    """What every cited passage gives as somebody's words must not become a plain fact."""
    named = draft.speaker and stems(draft.speaker) & stems(draft.text)
    if named or attributed(draft.text) or _quoted(draft):
        return FINE
    if all(attribution_lost(draft.text, item.span.text) for item in cited):
        return partly(_LOST_SPEAKER)
    return FINE


def _role(text: str, cited: list[Evidence], around: str) -> Finding:
    """Who is said to say it without a name: experts are not the government."""
    held = stems(around).union(*(stems(item.span.text) for item in cited))
    strange = sorted(role for role in roles(text) if stems(role) and not stems(role) & held)
    if strange and any(roles(item.span.text) for item in cited):
        return partly(f"in the cited passage it is not {strange[0]} who say it")
    return FINE


def _published(item: Evidence) -> date | None:
    return item.article.published.date() if item.article.published else None


def _printed(cited: list[Evidence]) -> str:
    articles = [item.article for item in cited]
    return " \n".join(" \n".join((article.outlet, article.origin or "", *article.authors)) for article in articles)


def _headed(cited: list[Evidence]) -> str:
    return " \n".join((_printed(cited), *(item.article.title for item in cited)))
