"""Sentences of news articles, altered, untouched and rephrased by rule: what the checks catch, and mark wrongly.

    python -m tests.evals.probes [--articles ARTICLES.jsonl[.gz]] [--most 24] [--show KIND]

Without `--articles` they are made from the bundled newsroom. Every sentence is checked as it would be in an answer:
offered beside its own passage are sentences of the same article and of others, and its words are read by the bundled
checker. An altered sentence is caught where it is not called supported; any other is marked wrongly where it is not.
Prints a table by kind, and ends with 1 where a figure is beyond its floor.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from assistant.build import load_checker, load_reader, open_archive
from assistant.checks.verify import Verdict, verify
from assistant.cli.demo import NEWSROOM
from assistant.compose.draft import Draft
from assistant.evidence.evidence import Evidence
from assistant.reading.checker import ClaimChecker
from assistant.settings import Settings
from assistant.types import Span
from ingest.intake import ingest_sources
from ingest.language.sentences import sentences
from ingest.types import Article
from tests.evals.alterations import ALTERED, NOT_OFFERED, REPHRASED, Rule, Source
from tests.evals.floors import floor

MOST = 24  # of each kind
NEIGHBOURS, STRANGERS = 4, 4  # sentences that are offered beside the right one
WORDS = range(8, 46)  # in a sentence that is used


@dataclass(frozen=True)
class Probe:
    """A draft, what was offered for it, and whether it ought to be called supported."""

    kind: str
    draft: Draft
    offered: Mapping[str, Evidence]
    sound: bool

    def as_foreseen(self, verdict: Verdict) -> bool:
        return (verdict.support == "supported") == self.sound


def main() -> int:
    options = _options()
    settings = Settings()
    articles = _read(options.articles) if options.articles else newsroom()
    checker = load_checker(load_reader(settings))
    results = judge(probes(articles, most=options.most), checker)
    for line in table(results):
        print(line)
    for probe, verdict in results:
        if options.show == probe.kind and not probe.as_foreseen(verdict):
            print(f"\n{probe.draft.text}\n  {verdict.support}: {verdict.reason}")
            print(*(f"  {key}: {probe.offered[key].span.text}" for key in probe.draft.keys if key in probe.offered))
    caught, untouched, rephrased = figures(results)
    within = caught >= floor("probes.caught"), untouched <= floor("probes.untouched_marked_at_most")
    return 0 if all((*within, rephrased <= floor("probes.rephrased_marked_at_most"))) else 1


def probes(articles: Sequence[Article], *, most: int = MOST) -> list[Probe]:
    """At most so many of each altered and rephrased kind, and as many untouched sentences as altered ones."""
    sources = list(_sources(articles))
    altered = [probe for kind, rule in ALTERED.items() for probe in islice(_made(kind, rule, sources), most)]
    rephrased = [probe for kind, rule in REPHRASED.items() for probe in islice(_made(kind, rule, sources), most)]
    untouched = [Probe("untouched", source.draft(source.text), _offered(source), sound=True) for source in sources]
    return [*altered, *untouched[: len(altered)], *rephrased]


def judge(made: Sequence[Probe], checker: ClaimChecker | None = None) -> list[tuple[Probe, Verdict]]:
    return [(probe, verify(probe.draft, probe.offered, checker)) for probe in made]


def figures(results: Sequence[tuple[Probe, Verdict]]) -> tuple[float, float, float]:
    """Shares: of the altered that are caught, of the untouched and of the rephrased that are marked."""
    good = {
        name: [probe.as_foreseen(verdict) for probe, verdict in results if probe.kind in kinds]
        for name, kinds in (("altered", set(ALTERED)), ("untouched", {"untouched"}), ("rephrased", set(REPHRASED)))
    }
    share = {name: sum(of) / len(of) for name, of in good.items()}
    return share["altered"], 1 - share["untouched"], 1 - share["rephrased"]


def table(results: Sequence[tuple[Probe, Verdict]]) -> Iterator[str]:
    of = Counter(probe.kind for probe, _ in results)
    good = Counter(probe.kind for probe, verdict in results if probe.as_foreseen(verdict))
    yield "| kind | probes | caught | passed |\n|---|---|---|---|"
    for kind, many in of.items():
        share = f"{good[kind] / many:.1%}"
        yield f"| {kind} | {many} | {share} | |" if kind in ALTERED else f"| {kind} | {many} | | {share} |"
    caught, untouched, rephrased = figures(results)
    yield f"altered caught {caught:.3f}, untouched marked {untouched:.3f}, rephrased marked {rephrased:.3f}"


def newsroom() -> list[Article]:
    """The bundled articles, as they are ingested."""
    with tempfile.TemporaryDirectory() as folder, open_archive(Settings(data=Path(folder))) as archive:
        for _ in ingest_sources(archive, [NEWSROOM]):
            pass
        return sorted(archive.store.all_articles(), key=lambda article: (article.url or "", article.title))


def _read(path: Path) -> list[Article]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [
        Article(
            id=str(number), title=row["title"] or "", outlet=row["source"] or "", text=row["text"],
            published=_day(row.get("published_at")),
        )
        for number, row in enumerate(map(json.loads, content.splitlines()))
    ]  # fmt: skip


def _day(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written[:10]).replace(tzinfo=UTC) if written else None


def _sources(articles: Sequence[Article]) -> Iterator[Source]:
    """The sentences of the articles in an order that is mixed, and always the same."""
    mixed = random.Random(7)
    whole = [(article, list(_evidence(article))) for article in articles]
    pieces = [(article.id, of, place) for article, of in whole for place in range(len(of))]
    mixed.shuffle(pieces)
    every = [one for _, of, place in pieces for one in of[place : place + 1]]
    for article_id, of, place in pieces:
        if len(of[place].span.text.split()) in WORDS:
            others = [*of[place + 1 : place + 1 + NEIGHBOURS // 2], *of[max(0, place - NEIGHBOURS // 2) : place]]
            strangers = [
                one for one in mixed.sample(every, min(len(every), 3 * STRANGERS)) if one.article.id != article_id
            ]
            yield Source(of[place], tuple(others), tuple(strangers[:STRANGERS]))


def _evidence(article: Article) -> Iterator[Evidence]:
    spans = sentences(article.text)
    for number, (start, end) in enumerate(spans):
        text = article.text[start:end]
        earlier = article.text[slice(*spans[number - 1])] if number else ""
        beside = number > 0 and "\n" not in article.text[spans[number - 1][1] : start]
        span = Span(article_id=article.id, version="1", start=start, end=end, text=text)
        yield Evidence(f"{article.id[:6]}{number:x}", span, article, 0.5, earlier if beside else "")


def _made(kind: str, rule: Rule, sources: Sequence[Source]) -> Iterator[Probe]:
    """One probe of each sentence that the rule can make something of."""
    for source in sources:
        for draft in islice(rule(source), 1):
            yield Probe(kind, draft, _offered(source, own=kind not in NOT_OFFERED), sound=kind in REPHRASED)


def _offered(source: Source, *, own: bool = True) -> dict[str, Evidence]:
    beside = (*source.neighbours, *source.strangers)
    return {one.key: one for one in ((source.own, *beside) if own else beside)}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--most", type=int, default=MOST)
    parser.add_argument("--show", default="")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
