"""Checks of a composed sentence against the evidence it cites.

Every sentence gets a verdict. `unsupported`: a quotation, number, date, speaker or address is not in what it cites,
it cites nothing, or it is no sentence. `partly`: a name, the attribution, what is denied or only possible, what
changed places, or another word leaves a doubt, and the verdict says which. A sentence whose own citations fail is
tried with the rest of the evidence and cited anew where that supports it. Its text is not changed, and no failure is
kept back: whoever shows or drops a sentence has the verdict and the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.checks.attribution import attribution_lost
from assistant.checks.counted import check_counted
from assistant.checks.cover import Cover
from assistant.checks.dates import check_dates, days
from assistant.checks.excerpts import check_cut, check_kept_quotation, check_made_quotation, repeats
from assistant.checks.exchange import check_exchanged
from assistant.checks.finding import FINE, Finding, best, partly, unsupported, worst
from assistant.checks.meaning import check_words, readable
from assistant.checks.names import check_names
from assistant.checks.numbers import check_numbers
from assistant.checks.opposites import check_opposite
from assistant.checks.speakers import check_speaker, named_by
from assistant.compose.draft import Draft
from assistant.evidence.evidence import Evidence
from assistant.reading.checker import ClaimChecker
from assistant.safety.gate import addresses_in
from assistant.types import Kind, QuotationVerdict, Support
from ingest.language.quotations import holds, is_title, quoted
from ingest.language.sentences import STOPS, last_mark, sentences
from ingest.language.speech import attributed, speaker_of
from ingest.language.stems import overlap, stems

LEAST_COVERED = 0.5
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
    found      evidence beyond what was offered that it is cited from
    """

    text: str
    keys: tuple[str, ...]
    kind: Kind
    speaker: str | None
    support: Support
    reason: str
    quotation: QuotationVerdict | None = None
    doubted: tuple[str, ...] = ()
    found: Evidence | None = None

    @property
    def lost_speaker(self) -> bool:
        """Whether all that is amiss is that it does not say who said it."""
        return self.reason == _LOST_SPEAKER


@dataclass(frozen=True)
class _Case:
    """A draft and what it may rest on."""

    draft: Draft
    offered: Mapping[str, Evidence]
    checker: ClaimChecker | None

    @cached_property
    def cover(self) -> Cover:
        return Cover(self.draft.text, {key: item.span.text for key, item in self.offered.items()})

    @cached_property
    def quotations(self) -> list[str]:
        """What the draft quotes."""
        return _quoted(self.draft)

    @cached_property
    def told(self) -> str:
        return " \n".join(f"{item.span.text} \n{item.before}" for item in self.offered.values())

    @cached_property
    def articles(self) -> set[str]:
        return {item.article.text for item in self.offered.values()}


@dataclass(frozen=True)
class _Cited:
    """A draft with passages that it cites, and the texts around these."""

    case: _Case
    items: list[Evidence]

    @property
    def draft(self) -> Draft:
        return self.case.draft

    @property
    def text(self) -> str:
        return self.case.draft.text

    @cached_property
    def spans(self) -> str:
        return " \n".join(item.span.text for item in self.items)

    @cached_property
    def around(self) -> str:
        """What stands before the passages, and their headlines."""
        return " \n".join(f"{item.before} \n{item.article.title}" for item in self.items)

    @cached_property
    def printed(self) -> str:
        """The outlets and authors."""
        articles = [item.article for item in self.items]
        return " \n".join(" \n".join((one.outlet, one.origin or "", *one.authors)) for one in articles)


def verify(draft: Draft, offered: Mapping[str, Evidence], checker: ClaimChecker | None = None) -> Verdict:
    """The verdict on a draft.

    checker  reads which words a passage supports; without it the words in common decide
    """
    case = _Case(draft, offered, checker)
    cited = _Cited(case, [offered[key] for key in dict.fromkeys(draft.keys) if key in offered])
    finding = _judge(cited)
    if finding is not FINE:
        cited, finding = _cited_anew(cited, finding)
    keys = tuple(item.key for item in cited.items)
    found, speaker = _quotation(cited), _confirmed(cited)
    return Verdict(draft.text, keys, draft.kind, speaker, finding.support, finding.reason, found, finding.words)


def not_held(draft: Draft, evidence: Iterable[Evidence]) -> list[str]:
    """What the draft quotes and none of the evidence has; the title of a work is no quotation."""
    printed = " \n".join(f"{item.span.text} \n{item.before} \n{item.article.title}" for item in evidence)
    return [
        words
        for words in _quoted(draft)
        if not holds(printed, words) and not (is_title(words) and speaker_of(draft.text, words) is None)
    ]


def _quoted(draft: Draft) -> list[str]:
    return [*([draft.quotation] if draft.quotation else []), *quoted(draft.text)]


def _quotation(cited: _Cited) -> QuotationVerdict | None:
    if not cited.case.quotations:
        return None
    given = [cited.case.offered[key] for key in cited.draft.keys if key in cited.case.offered]
    if not_held(cited.draft, cited.items):
        return "not found"
    return "wrong article" if given and not_held(cited.draft, given) else "verified"


def _cited_anew(cited: _Cited, finding: Finding) -> tuple[_Cited, Finding]:
    """The citations that support the draft best; its own, unless others do better."""
    judged = [(cited, finding)]
    for items in _candidates(cited):
        other = _Cited(cited.case, items)
        judged.append((other, _judge(other)))
        if judged[-1][1] is FINE:
            break
    return min(judged, key=lambda one: one[1].rank)


def _candidates(cited: _Cited) -> Iterator[list[Evidence]]:
    """Other evidence that holds most of the words, alone and together with what is cited.

    Where nothing is cited, also what covers the sentence together.
    """
    own, offered = {item.key for item in cited.items}, cited.case.offered
    scored = [(overlap(cited.text, item.span.text), item) for item in offered.values() if item.key not in own]
    near = sorted((pair for pair in scored if pair[0] >= _NEAR_ENOUGH), key=lambda pair: -pair[0])[:_CANDIDATES]
    yield from ([item] for _, item in near)
    yield from ([*cited.items, item] for _, item in near if cited.items)
    if not cited.items:
        together = [offered[key] for key in cited.case.cover.best(_CANDIDATES)]
        yield from (together[:many] for many in range(1, len(together) + 1))


def _judge(cited: _Cited) -> Finding:
    if not cited.items or not any(sign.isalnum() for sign in cited.text):
        return unsupported("it cites no evidence")
    verbatim = any(repeats(cited.text, item.span.text) for item in cited.items)
    if verbatim and cited.draft.speaker in (None, speaker_of(cited.text)):
        return _quotations(cited)
    if not verbatim and len(cited.text) > LONGEST_SENTENCE:
        return unsupported("it is no sentence: too long")
    if not verbatim and len(cited.case.quotations) > MOST_QUOTATIONS:
        return unsupported("it is no sentence: too many quotations")
    exact = (_quotations, _speaker)
    others = (_end, _addresses, _numbers, _dates, _names, _attribution, _excerpt, _turned, _words)
    return worst(check(cited) for check in (exact if verbatim else (*exact, *others)))


def _quotations(cited: _Cited) -> Finding:
    if missing := not_held(cited.draft, cited.items):
        return unsupported(f"the quotation “{missing[0][:60]}” is not in the cited passage")
    findings = []
    for words in cited.case.quotations:
        holding = [item.span.text for item in cited.items if holds(item.span.text, words)]
        findings += [check_cut(words, cited.text, span) for span in holding]
        findings += [best(check_made_quotation(words, span) for span in holding)]
    return worst(findings)


def _speaker(cited: _Cited) -> Finding:
    named = named_by(cited.text, cited.case.quotations[:MOST_QUOTATIONS], cited.draft.speaker)
    return worst(_spoken(name, cited, words) for name, words in named)


def _confirmed(cited: _Cited) -> str | None:
    """The draft's speaker, if a cited passage bears it out."""
    speaker = cited.draft.speaker
    borne = speaker and cited.items and _spoken(speaker, cited, cited.case.quotations[:MOST_QUOTATIONS]) is FINE
    return speaker if borne else None


def _spoken(speaker: str, cited: _Cited, quotations: list[str]) -> Finding:
    """The best that any cited passage that holds the quotation says of the speaker; a newspaper speaks for itself."""
    who = stems(speaker)
    if not quotations and who <= stems(cited.printed):
        said = who and all(attributed(item.span.text) for item in cited.items)
        return partly(_LOST_SPEAKER) if said else FINE
    holding = [one for one in cited.items if any(holds(one.span.text, words) for words in quotations)] or cited.items
    return best(check_speaker(speaker, item.span.text, item.before, quotations) for item in holding)


def _end(cited: _Cited) -> Finding:
    whole = last_mark(cited.text) in STOPS | {":"}
    return FINE if whole else partly("it does not end like a sentence")


def _addresses(cited: _Cited) -> Finding:
    strange = next((one for one in addresses_in(cited.text) if one not in cited.spans), None)
    return unsupported(f"the address {strange[:60]} is in no cited passage") if strange else FINE


def _numbers(cited: _Cited) -> Finding:
    """Numbers without the dates, which have a check of their own."""
    text = days(cited.text)[1]
    return worst((check_numbers(text, cited.spans, cited.around), check_counted(text, days(cited.spans)[1])))


def _dates(cited: _Cited) -> Finding:
    published = [(item, item.article.published) for item in cited.items]
    return check_dates(cited.text, [(item.span.text, at.date() if at else None) for item, at in published])


def _names(cited: _Cited) -> Finding:
    known = f"{cited.spans} \n{cited.around} \n{cited.printed}"
    return check_names(cited.text, known, cited.case.told, cited.case.articles)


def _attribution(cited: _Cited) -> Finding:
    """What every cited passage gives as somebody's words must not become a plain fact."""
    named = cited.draft.speaker and stems(cited.draft.speaker) & stems(cited.text)
    if named or attributed(cited.text) or cited.case.quotations:
        return FINE
    lost = all(attribution_lost(cited.text, item.span.text) for item in cited.items)
    return partly(_LOST_SPEAKER) if lost else FINE


def _excerpt(cited: _Cited) -> Finding:
    """What is repeated word for word, and was cut out of a sentence or a quotation."""
    spans = [item.span.text for item in cited.items]
    kept = best(check_kept_quotation(cited.text, span) for span in spans)
    return worst((kept, best(check_cut(cited.text, cited.text, span) for span in spans)))


def _turned(cited: _Cited) -> Finding:
    nearest = max((item.span.text for item in cited.items), key=lambda span: overlap(cited.text, span))
    opposite = best(check_opposite(cited.text, passage) for passage in (nearest, cited.spans))
    return worst((opposite, check_exchanged(cited.text, nearest)))


def _words(cited: _Cited) -> Finding:
    """What its words tell, beside all that is checked exactly."""
    text, passages = cited.text, _passages(cited.items)
    near = max(overlap(text, passage) for _, passage in passages) >= NEAR_CLAIM
    if cited.case.checker is not None and near and readable(text, passages):
        return check_words(cited.case.checker, text, passages)
    if not overlap(text, f"{cited.spans} {cited.around}"):
        return unsupported("it has no word in common with the cited passage")
    share = cited.case.cover.share([item.key for item in cited.items], cited.printed)
    return FINE if share >= LEAST_COVERED else partly("most of its words are not in the cited passage")


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
