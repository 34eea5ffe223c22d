"""What checking an answer costs beside composing it: the checks of twelve sentences, and the embedding of them.

    python -m tests.benchmarks.checking [--answers N]

Twelve sentences of the bundled newsroom, half of them altered, are checked against the evidence that an answer is
written from, with meanings that were compared before. Prints the median milliseconds of an answer for the checks, for
the embedding of its sentences, and their ratio.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from time import perf_counter

from assistant.answer import SHOWN
from assistant.checks.verify import verify
from assistant.evidence.evidence import Evidence
from assistant.settings import Settings
from ingest.embedding.embedder import load_embedder
from tests.evals.probes import Probe, newsroom, probes

SENTENCES = 12


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=20)
    options = parser.parse_args()
    embedder = load_embedder(Settings())
    made = iter(probes(newsroom(), most=SENTENCES * options.answers // 11 + 1))
    answers = [chunk for _ in range(options.answers) if len(chunk := list(islice(made, SENTENCES))) == SENTENCES]
    checks, embedding = [], []
    for answer in answers:
        texts = [probe.draft.text for probe in answer]
        offered = _together(answer)
        checks.append(_milliseconds(partial(_verify_all, answer, offered)))
        embedding.append(_milliseconds(partial(embedder.embed, texts)))
    alone, beside = statistics.median(checks), statistics.median(embedding)
    print(
        f"{len(answers)} answers of {SENTENCES} sentences: checks {alone:.1f} ms (worst {max(checks):.1f}), ", end=""
    )
    print(f"embedding of the sentences {beside:.1f} ms; checks are {alone / beside:.2f} of it")


def _verify_all(answer: Sequence[Probe], offered: dict[str, Evidence]) -> None:
    for one in answer:
        verify(one.draft, offered)


def _together(answer: Sequence[Probe]) -> dict[str, Evidence]:
    """What was offered for each of the sentences, the first of each first, as far as an answer shows it."""
    rows = zip(*(one.offered.items() for one in answer), strict=False)
    return dict(islice(dict(pair for row in rows for pair in row).items(), SHOWN))


def _milliseconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
