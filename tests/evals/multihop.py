"""Questions about several articles: whether each thing they ask of is answered by an article that holds it.

    python -m tests.evals.multihop --archive DIR --questions QUESTIONS.jsonl [--half A|B] [--show]

A question has `id`, `query`, `question_type` and `evidence_list`, each with `title`, `url`, `source`, `published_at`
and `fact`. Where there is no archive it is made of the evidence: an article for each `url`, whose text is its facts.
A question is right where its answer has statements from two of its articles, or from one and names what is missing;
a `null_query`, on which the archive holds nothing, where it is not answered. Ends with 1 when a figure is below its
floor.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.__main__ import main as dateline
from assistant.build import make_assistant, open_archive
from assistant.service.blocking import wait_for
from assistant.settings import Settings
from assistant.types import Answer, AskRequest
from tests.evals.floors import floor

LONG_AFTER = datetime(2026, 11, 25, tzinfo=UTC)
ANSWERED = ("answered", "partly")


def main() -> int:
    options = _options()
    questions = [json.loads(line) for line in options.questions.read_text().splitlines()]
    if not options.archive.exists():
        _archive(questions, options.archive)
    settings = Settings(data=options.archive)
    with open_archive(settings) as archive:
        assistant = make_assistant(settings, archive, clock=lambda: LONG_AFTER)
        counts: dict[str, Counter[str]] = {}
        for question in questions:
            if options.half in (None, _half(question)):
                answer = wait_for(assistant.ask(AskRequest(question=question["query"], remember=False)))
                told = _verdicts(question, answer)
                for name in (question["question_type"], _kind(question)):
                    counts.setdefault(name, Counter()).update(["all", *told])
                if options.show and "right" not in told:
                    _show(question, answer)
    for name, counted in counts.items():
        shares = ", ".join(f"{told} {number / counted['all']:.3f}" for told, number in sorted(counted.items()))
        print(f"{counted['all']:4} {name:18} {shares}")
    right = {name: counts[name]["right"] / counts[name]["all"] for name in ("answerable", "unanswerable")}
    return 0 if all(share >= floor(f"multihop.{name}_right") for name, share in right.items()) else 1


def _half(question: dict[str, Any]) -> str:
    return "AB"[int(hashlib.sha256(question["id"].encode()).hexdigest(), 16) % 2]


def _kind(question: dict[str, Any]) -> str:
    return "answerable" if question["evidence_list"] else "unanswerable"


def _verdicts(question: dict[str, Any], answer: Answer) -> list[str]:
    """What holds of an answer, `right` being what counts."""
    known = {(one["source"], one["title"]) for one in question["evidence_list"]}
    cited = [(one.outlet, " ".join(one.title.split())) for one in answer.citations]
    gold = {one for one in cited if one in {(source, " ".join(title.split())) for source, title in known}}
    answered = answer.outcome in ANSWERED
    enough = len(gold) >= min(2, len(known)) or (bool(gold) and "Nothing was found on" in answer.notice)
    told = {
        "answered": answered,
        "one of its articles": answered and bool(gold),
        "two of its articles": answered and len(gold) >= min(2, len(known)) > 0,
        "right": answered and enough if known else not answered,
    }
    return [name for name, holds in told.items() if holds]


def _show(question: dict[str, Any], answer: Answer) -> None:
    print(f"\n[{question['id']}] {question['question_type']} {answer.outcome}: {question['query']}")
    print(f"  {answer.notice} {answer.text[:600]}")


def _archive(questions: Sequence[dict[str, Any]], folder: Path) -> None:
    """Ingest the evidence of the questions."""
    facts: dict[str, dict[str, Any]] = {}
    for one in (one for question in questions for one in question["evidence_list"]):
        facts.setdefault(one["url"], {**one, "facts": {}})["facts"][one["fact"]] = None
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as lines:
        for url, one in facts.items():
            row = {"url": url, **{key: one[key] for key in ("title", "source", "published_at")}}
            lines.write(json.dumps({**row, "text": "\n\n".join(one["facts"])}) + "\n")
        lines.flush()
        dateline(["--data", str(folder), "ingest", lines.name])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--half", choices=("A", "B"), help="of the questions, by the hash of their id")
    parser.add_argument("--show", action="store_true", help="print each question that is not right")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
