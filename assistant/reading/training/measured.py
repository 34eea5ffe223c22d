"""What a trained checker tells apart: `python -m assistant.reading.training.measured --data FOLDER`.

Texts that nothing was trained on: a kind of alteration a row, those that were held out apart, then faithful claims
by how they were reworded, then claims that a model wrote.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import torch

from assistant.reading.checker import LONGEST, LONGEST_CLAIM
from assistant.reading.pairs import load_tokenizer, padded, pairs
from assistant.reading.training.altered.kinds import held_out
from assistant.reading.training.claim import Claim
from assistant.reading.training.claims import Collection, Maker, as_written
from assistant.reading.training.layers import Both, packaged

MADE = 3000


@dataclass(frozen=True)
class Judgement:
    """How likely a claim is supported, and how likely the worst of its words is not."""

    whole: float
    word: float
    at: tuple[int, int]


def judge(model: Both, claims: Sequence[Claim]) -> list[Judgement]:
    parts = [(claim.text, claim.title, claim.evidence) for claim in claims]
    rows = pairs(load_tokenizer(), parts, longest=LONGEST, first=LONGEST_CLAIM)
    order = sorted(range(len(rows)), key=lambda row: len(rows[row].ids))
    found: dict[int, Judgement] = {}
    for start in range(0, len(order), 32):
        some = order[start : start + 32]
        ids, mask, kinds = map(torch.from_numpy, padded([rows[row] for row in some], 8))
        with torch.no_grad():
            logits = model.checker((ids, mask, kinds), torch.bfloat16)
        for row, one in zip(some, logits, strict=True):
            inside = one[1 : len(rows[row].first) + 1, 0].sigmoid()
            worst = int(inside.argmax())
            found[row] = Judgement(float(one[0, 1].sigmoid()), float(inside[worst]), rows[row].first[worst])
    return [found[row] for row in range(len(rows))]


def claims(collection: Collection) -> list[Claim]:
    of = collection.measuring()
    seen = Maker(of, seed=1).claims()
    unseen = Maker(of, seed=2, chosen=held_out).claims()
    made = [*islice(seen, MADE), *(one for one in islice(unseen, MADE) if held_out(one.kind))]
    written = [as_written(one) for one in collection.left_out]
    return [*(one for one in made if one.kind != "as written"), *written]


def table(claims: Sequence[Claim], found: Sequence[Judgement], least: float, most: float) -> Iterator[str]:
    """Called supported is what is at least so likely as a whole, with no word more likely wrong than that."""
    rows: dict[tuple[str, str], list[bool]] = defaultdict(list)
    placed: list[bool] = []
    for claim, one in zip(claims, found, strict=True):
        right = (one.whole >= least and one.word <= most) == claim.supported
        group, names = _named(claim)
        for name in [*names, "ALL"]:
            rows[group, name].append(right)
        if claim.wrong and group in ("kind", "held out"):
            placed.append(any(one.at[0] < end and one.at[1] > start for start, end in claim.wrong))
    for (group, name), of in sorted(rows.items()):
        yield f"| {group} | {name} | {len(of)} | {sum(of) / len(of):.3f} |"
    yield f"the likeliest word is one that was altered: {sum(placed) / len(placed):.3f}"


def _named(claim: Claim) -> tuple[str, Sequence[str]]:
    """The group of rows that it belongs to, and the rows."""
    if claim.kind == "as written":
        return "written", [str(claim.supported)]
    if claim.supported:
        return "faithful", claim.reworded or ("same",)
    return "held out" if held_out(claim.kind) else "kind", [claim.kind]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="folder of a training; otherwise those in the package")
    parser.add_argument("--least", type=float, default=0.5)
    parser.add_argument("--most", type=float, default=0.5)
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = Both()
    model.begin(*packaged())
    if options.weights:
        model.begin(*(torch.load(options.weights / name, map_location="cpu") for name in ("reader.pt", "checker.pt")))
    model.eval()
    every = claims(Collection(options.data))
    found = judge(model, every)
    for line in table(every, found, options.least, options.most):
        print(line)


if __name__ == "__main__":
    main()
