"""Train the checker, above the lower layers of a trained reader.

    python -m assistant.reading.training.checker --data FOLDER --reader READER --minutes N --out FILE

Two losses: of each word piece of a claim, whether it is supported; and of the whole. `--all` also trains on the kinds
of alteration that are held out, for weights to be published after they have been measured without.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.reading.checker import LONGEST, LONGEST_CLAIM
from assistant.reading.pairs import Pair, padded, pairs
from assistant.reading.training.claims import Claim, Collection, Maker
from assistant.reading.training.encoder import Checker
from ingest.minilm import model_folder

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
    for share, step in train(model, made, options.minutes * 60, options.rate):
        if step % 200 == 0 or share >= 1:
            save(model, options.out)
    save(model, options.out)


def train(model: Checker, claims: Iterator[Claim], seconds: float, rate: float) -> Iterator[tuple[float, int]]:
    """Yields the share of the time that is over, and the number of the step."""
    trained = [one for one in model.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=rate, weight_decay=0.01)
    began, seen, mean = time.monotonic(), 0, 0.0
    model.train()
    for step, (batch, size) in enumerate(_batches(claims), 1):
        share = (time.monotonic() - began) / seconds
        for one in optimizer.param_groups:
            one["lr"] = rate * min(1, step / WARM) * max(0.02, 1 - share)
        optimizer.zero_grad()
        loss = loss_of(model, batch)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        seen, mean = seen + size, mean + (loss.item() - mean) / min(step, 100)
        if step % 25 == 0:
            print(f"{step} {seen} claims {time.monotonic() - began:.0f} s loss {mean:.3f}", flush=True)
        yield share, step
        if share >= 1:
            return


def tokenizer() -> Any:
    from tokenizers import Tokenizer

    made: Any = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def read(of: Any, claims: Sequence[Claim]) -> list[Pair]:
    parts = [(claim.text, claim.title, claim.evidence) for claim in claims]
    return pairs(of, parts, longest=LONGEST, first=LONGEST_CLAIM)


def _batches(claims: Iterator[Claim]) -> Iterator[tuple[Batch, int]]:
    words, chance = tokenizer(), random.Random(SEED)
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


def save(model: Checker, file: Path) -> None:
    beside = file.with_suffix(".part")
    torch.save(model.state_dict(), beside)
    os.replace(beside, file)


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
