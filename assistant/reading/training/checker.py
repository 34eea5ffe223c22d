"""Train the checker, above the lower layers of a trained reader.

    python -m assistant.reading.training.checker --data FOLDER --reader READER --minutes N --out FILE

Two losses: of each word piece of a claim, whether it is supported; and of the whole. `--all` also trains on the kinds
of alteration that are held out, for weights to be published after they have been measured without.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from assistant.reading.checker import LONGEST, LONGEST_CLAIM
from assistant.reading.pairs import Pair, load_tokenizer, padded, pairs
from assistant.reading.training.claims import Claim, Collection, Maker
from assistant.reading.training.encoder import Checker
from assistant.reading.training.loop import train

SEED = 11
POOL, CLAIMS = 960, 24  # claims that are sorted by length together, and claims a step
RATE, WARM = 3e-4, 100
Batch = tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]


def main() -> None:
    options = _options()
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    model = Checker()
    if options.start:
        model.load_state_dict(torch.load(options.start))
        model.lower_of(options.reader)
    else:
        model.read_as(options.reader)
    chosen = (lambda kind: True) if options.all else None
    made = Maker(Collection(options.data), seed=options.seed, chosen=chosen).claims()
    train(
        model,
        _batches(made),
        partial(loss_of, model),
        out=options.out,
        minutes=options.minutes,
        rate=options.rate,
        warm=WARM,
    )


def read(of: Any, claims: Sequence[Claim]) -> list[Pair]:
    parts = [(claim.text, claim.title, claim.evidence) for claim in claims]
    return pairs(of, parts, longest=LONGEST, first=LONGEST_CLAIM)


def _batches(claims: Iterator[Claim]) -> Iterator[tuple[Batch, int]]:
    words, chance = load_tokenizer(), random.Random(SEED)
    while pool := list(islice(claims, POOL)):
        rows = sorted(zip(read(words, pool), pool, strict=True), key=lambda row: len(row[0].ids))
        starts = list(range(0, len(rows), CLAIMS))
        chance.shuffle(starts)
        for start in starts:
            yield batch(rows[start : start + CLAIMS]), len(rows[start : start + CLAIMS])


def batch(rows: Sequence[tuple[Pair, Claim]]) -> Batch:
    ids, mask, kinds = map(torch.from_numpy, padded([pair for pair, _ in rows], 8))
    wrong, judged = torch.zeros(ids.shape), torch.zeros(ids.shape)
    for row, (pair, claim) in enumerate(rows):
        if claim.wrong is not None:
            judged[row, 1 : len(pair.first) + 1] = 1.0
            wrong[row, 1 : len(pair.first) + 1] = torch.tensor(labels(pair, claim.wrong))
    whole = torch.tensor([float(claim.supported) for _, claim in rows])
    return ids, mask, kinds, wrong, judged, whole


def labels(pair: Pair, wrong: Sequence[tuple[int, int]]) -> list[float]:
    """For each word piece of the claim whether it has a part in one of the places."""
    return [float(any(first < end and last > start for start, end in wrong)) for first, last in pair.first]


def loss_of(model: Checker, batch: Batch) -> Tensor:
    ids, mask, kinds, wrong, judged, whole = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(ids, mask, kinds)
    logits = logits.float()
    each = functional.binary_cross_entropy_with_logits(logits[:, :, 0], wrong, reduction="none")
    words = (each * judged).sum(1) / judged.sum(1).clamp(min=1)
    of_whole = functional.binary_cross_entropy_with_logits(logits[:, 0, 1], whole)
    return of_whole + 3 * words.mean()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--reader", type=Path, required=True, help="the trained reader, whose lower layers are shared"
    )
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--out", type=Path, default=Path("checker.pt"))
    parser.add_argument("--start", type=Path, help="weights of a checker to go on from")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
