"""The reader alone on paragraphs with questions, half of which they do not answer (SQuAD 2.0, Rajpurkar et al. 2018).

    python -m tests.evals.squad squad2-dev-even.jsonl.gz [--weights FILE] [--bias N]

Only articles that it was not trained on. F1 of the words of the answer, 1 where it rightly finds none; how many of
the questions without an answer it knows as such.
"""

from __future__ import annotations

import argparse
import re
import string
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from assistant.reading.reader import BundledReader
from assistant.reading.training.examples import held_out
from assistant.reading.training.paragraphs import Paragraph, paragraphs
from ingest.language.sentences import sentences

LONGEST = 400
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")


def main() -> None:
    options = _options()
    reader = BundledReader(threads=options.threads, weights=_weights(options.weights))
    rows = [row for one in paragraphs(options.file) if held_out(one.title) for row in _asked(reader, one)]
    for bias in options.bias:
        told = [(answers, text if score > bias else "") for answers, text, score in rows]
        f1 = sum(_f1(*one) for one in told) / len(told)
        held = sum(_f1(*one) for one in told if one[0]) / sum(bool(answers) for answers, _ in told)
        none = sum(not text for answers, text in told if not answers) / sum(not answers for answers, _ in told)
        print(f"{len(told)} questions, bias {bias}: F1 {f1:.3f}, with an answer {held:.3f}, without told {none:.3f}")


def _asked(reader: BundledReader, paragraph: Paragraph) -> list[tuple[Sequence[str], str, float]]:
    """For each question what is accepted, the likeliest answer, and its score."""
    windows = _windows(paragraph.text)
    asked: list[tuple[Sequence[str], str, float]] = []
    for question, answers, answerable in paragraph.questions:
        readings = reader.read(question, [(paragraph.title, text) for text in windows])
        found = [
            (one, text)
            for text, reading in zip(windows, readings, strict=True)
            if (one := reading.best(0, len(text)))
        ]
        best, text = max(found, key=lambda one: one[0].score)
        asked.append((answers if answerable else (), text[best.start : best.end], best.score))
    return asked


def _windows(text: str) -> list[str]:
    spans = sentences(text)
    cuts = [0]
    while cuts[-1] < len(spans):
        end = cuts[-1] + 1
        while end < len(spans) and spans[end][1] - spans[cuts[-1]][0] <= LONGEST:
            end += 1
        cuts.append(end)
    return [text[spans[a][0] : spans[b - 1][1]] for a, b in pairwise(cuts)]


def _f1(accepted: Sequence[str], told: str) -> float:
    if not accepted:
        return float(not told)
    return max(_overlap(_normal(one), _normal(told)) for one in accepted)


def _overlap(one: list[str], other: list[str]) -> float:
    same = sum((Counter(one) & Counter(other)).values())
    return 2 * same / (len(one) + len(other)) if same else 0.0


def _normal(text: str) -> list[str]:
    bare = text.lower().translate(str.maketrans("", "", string.punctuation))
    return _ARTICLE.sub(" ", bare).split()


def _weights(file: Path | None) -> dict[str, Any] | None:
    if file is None:
        return None
    from assistant.reading.training.package import quantised

    return quantised(file)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--weights", type=Path, help="of a training that is not packed yet")
    parser.add_argument("--bias", type=float, nargs="*", default=[-2.0, -1.0, 0.0, 1.0, 2.0])
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
