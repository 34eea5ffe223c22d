"""Claims against the sentences of the page that they cite: is a claim supported, and by which sentence?

    python -m tests.evals.claims CLAIMS.jsonl [--show]

A row has `claim`, `evidence` (the page's sentences in order, among them lines such as "(meta data) TITLE: …"),
`label` ("supported" or another word) and `supporting_sentences` (sets of their numbers, each enough). The page is
taken as an article of that title and time; a claim comes without any citation, as a sentence of an answer may, and is
to find its own. Checked are the verdict "supported" against the label, and whether one of the first three sentences
that are found for a supported claim is a supporting one. Ends with 1 below a floor.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.build import load_checker, load_reader
from assistant.checks.cover import Cover
from assistant.checks.verify import verify
from assistant.compose.draft import Draft
from assistant.evidence.evidence import Evidence
from assistant.reading.checker import ClaimChecker
from assistant.settings import Settings
from assistant.types import Span
from ingest.types import Article
from tests.evals.floors import floor

_META = "(meta data) "


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=Path)
    parser.add_argument("--show", action="store_true", help="print the claims that were judged wrongly")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.claims.read_text(encoding="utf-8").splitlines()]
    checker = load_checker(load_reader(Settings()))
    verdicts, found = zip(*(_judged(row, checker, show=options.show) for row in rows), strict=True)
    truth = [row["label"] == "supported" for row in rows]
    right = sum(called and true for called, true in zip(verdicts, truth, strict=True))
    precision, recall = right / max(sum(verdicts), 1), right / sum(truth)
    f1 = 2 * right / (sum(verdicts) + sum(truth))
    top = sum(hit for hit, true in zip(found, truth, strict=True) if true) / sum(truth)
    print(f"{len(rows)} claims, {sum(truth)} supported: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")
    print(f"a supporting sentence among the first three: {top:.3f} of the supported claims")
    return 0 if f1 >= floor("claims.f1") and top >= floor("claims.found_in_three") else 1


def _judged(row: dict[str, Any], checker: ClaimChecker | None, *, show: bool) -> tuple[bool, bool]:
    """Whether the claim is called supported; whether one of the first three sentences found is a supporting one."""
    claim, offered = row["claim"], _offered(row["evidence"])
    verdict = verify(Draft(claim, ()), offered, checker)
    supported = verdict.support == "supported"
    if show and supported != (row["label"] == "supported"):
        print(f"{row['label']}: {claim}\n  {verdict.support}: {verdict.reason}")
    nearest = Cover(claim, {key: one.span.text for key, one in offered.items()}).best(3)
    gold = {str(number) for enough in row["supporting_sentences"] for number in enough}
    return supported, bool(gold & set(nearest))


def _offered(page: Sequence[str]) -> dict[str, Evidence]:
    meta = dict(line.removeprefix(_META).partition(": ")[::2] for line in page if line.startswith(_META))
    article = Article(
        id="page",
        title=meta.get("TITLE", ""),
        text=" ".join(page),
        outlet=meta.get("PUBLISHER", ""),
        authors=tuple(filter(None, [meta.get("AUTHOR", "")])),
        published=_time(meta.get("PUBLISHED DATETIME", "")),
    )
    return {
        str(number): Evidence(
            str(number),
            Span(article_id="page", version="1", start=number, end=number + 1, text=sentence),
            article,
            0.5,
            page[number - 1] if number else "",
        )
        for number, sentence in enumerate(page)
    }


def _time(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


if __name__ == "__main__":
    raise SystemExit(main())
