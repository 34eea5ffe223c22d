"""Train the reader: `python -m assistant.reading.training.reader --data FOLDER --minutes N --out FILE`.

Two losses: of start and end in each window, both at the first word piece where it does not answer; and of the window
that answers among those of one question, so that windows can be compared (the shared normalisation of Clark and
Gardner 2018).
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from assistant.reading.graph import SHARED
from assistant.reading.pairs import Pair, load_tokenizer, padded, pairs
from assistant.reading.training.encoder import Reader
from assistant.reading.training.loop import train
from assistant.reading.training.paragraphs import Paragraph, paragraphs
from assistant.reading.training.passages import judged
from assistant.reading.training.questions.group import Group, Window
from assistant.reading.training.questions.variety import Variety
from assistant.reading.training.questions.windows import Windows

SEED = 7
POOL, WINDOWS = 960, 48  # windows that are sorted by length together, and windows a step
AMONG = 0.5  # weight of the second loss
RATE, WARM = 3e-4, 200


def main() -> None:
    options = _options()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    model = Reader()
    if options.start:
        model.load_state_dict(torch.load(options.start))
    if options.upper:
        model.keep_below(SHARED)
    train(
        model,
        _batches(examples(options.data, seed=options.seed), options.seed),
        partial(loss_of, model),
        out=options.out,
        minutes=options.minutes,
        rate=options.rate,
        warm=WARM,
    )


def examples(folder: Path, *, seed: int) -> Iterator[Group]:
    """Questions without end, in another order in each epoch."""
    of, told = training(folder), news(folder)
    for epoch in range(seed, seed + 100):
        yield from Variety(Windows([*of, *told], seed=epoch), told, seed=epoch).groups()


def training(folder: Path) -> list[Paragraph]:
    """All of SQuAD 1.1's training articles, and half of the given ones of SQuAD 2.0."""
    second = paragraphs(folder / "squad2-dev-even.jsonl.gz")
    return paragraphs(folder / "squad-train.jsonl.gz") + [one for one in second if not held_out(one.title)]


def news(folder: Path) -> list[Paragraph]:
    """The documents of grounded-claims that the checker is not measured on, most of them of the news."""
    texts = dict.fromkeys(one.text for one in judged(folder / "grounded-claims.jsonl.gz", held_out=False))
    return [Paragraph("", text) for text in texts]


def held_out(title: str) -> bool:
    """Whether the article is measured on and not trained on."""
    return hashlib.sha256(title.encode()).digest()[0] % 2 == 1


Batch = tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]


def _batches(groups: Iterator[Group], seed: int) -> Iterator[tuple[Batch, int]]:
    tokenizer = load_tokenizer()
    chance = random.Random(seed)
    while pool := list(islice(groups, POOL // 3)):
        flat = [(group.question, window.title, window.text) for group in pool for window in group.windows]
        read = iter(pairs(tokenizer, flat))
        rows = [[(next(read), window) for window in group.windows] for group in pool]
        rows.sort(key=lambda row: max(len(pair.ids) for pair, _ in row))
        made = list(_cut(rows))
        chance.shuffle(made)
        for some in made:
            yield _batch(some), sum(map(len, some))


Row = list[tuple[Pair, Window]]


def _cut(rows: Sequence[Row]) -> Iterator[list[Row]]:
    some: list[Row] = []
    for row in rows:
        some.append(row)
        if sum(map(len, some)) >= WINDOWS:
            yield some
            some = []
    if some:
        yield some


def _batch(rows: Sequence[Row]) -> Batch:
    flat = [(pair, window) for row in rows for pair, window in row]
    ids, mask, kinds = map(torch.from_numpy, padded([pair for pair, _ in flat]))
    places = torch.tensor([place(pair, window) for pair, window in flat])
    group = torch.tensor([number for number, row in enumerate(rows) for _ in row])
    allowed = torch.zeros_like(ids, dtype=torch.bool)
    for row, (pair, _) in enumerate(flat):
        allowed[row, pair.text_at : len(pair.ids) - 1] = True
    return ids, mask, kinds, allowed, places[:, 0], places[:, 1], group


def place(pair: Pair, window: Window) -> tuple[int, int]:
    """The first and the last word piece of the answer; the first of all for both where it is not here."""
    if window.answer is None:
        return 0, 0
    start, end = window.answer
    inside = [row for row, (first, last) in enumerate(pair.offsets) if last > start and first < end]
    return (pair.text_at + inside[0], pair.text_at + inside[-1]) if inside else (0, 0)


def loss_of(model: Reader, batch: Batch) -> Tensor:
    ids, mask, kinds, allowed, start, end, group = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(ids, mask, kinds)
    logits = logits.float()
    none = logits[:, 0].sum(-1)
    here = allowed.clone()
    here[:, 0] = True
    each = logits.masked_fill(~here[:, :, None], -1e4)
    spans = functional.cross_entropy(each[:, :, 0], start) + functional.cross_entropy(each[:, :, 1], end)
    found = logits.masked_fill(~allowed[:, :, None], -1e4).logsumexp(1).sum(-1) - none
    return spans / 2 + AMONG * _among(found, start > 0, group)


def _among(score: Tensor, right: Tensor, group: Tensor) -> Tensor:
    """How unlikely the right window is among those of its question, over the questions that have one."""
    same = group[:, None] == group[None, :]
    among = score[None, :].expand(len(score), -1).masked_fill(~same, -1e4)
    lost = among.logsumexp(1) - score
    return lost[right].mean() if right.any() else score.sum() * 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--out", type=Path, default=Path("reader.pt"))
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--upper", action="store_true", help="train only the layers that the checker does not share")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=SEED, help="of the order of the questions; another when going on")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
