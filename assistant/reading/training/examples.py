"""Training examples of both networks as arrays of word pieces, made by several processes and kept as files.

    python -m assistant.reading.training.examples --data FOLDER --out FOLDER --seed N --files N [--claims]

The same for the same seed. No torch here: whoever makes examples needs none.
"""

from __future__ import annotations

import argparse
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.reading.checker import LONGEST, LONGEST_CLAIM
from assistant.reading.pairs import Pair, load_tokenizer, pairs
from assistant.reading.training.claim import Claim
from assistant.reading.training.claims import Collection, Maker
from assistant.reading.training.paragraphs import Paragraph, paragraphs
from assistant.reading.training.passages import judged
from assistant.reading.training.questions.group import Group, Window
from assistant.reading.training.questions.variety import Variety
from assistant.reading.training.questions.windows import Windows

GROUPS, CLAIMS = 3000, 8000  # questions, or claims, in a file
HARD = 3  # windows of a question that do not answer it
READ, CHECKED = "read", "checked"
_PART = ".part"
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """Rows of word pieces, one behind the other in `ids`, with whole numbers about each row.

    starts, lengths  where a row is in `ids`
    second, text     where its second part begins, and the last of its parts
    one, two         the answer's first and last word piece; or whether each word piece of a claim was judged,
                     and whether the whole is supported
    group            rows of one question have the same
    wrong            of each word piece, whether it is not supported
    """

    ids: NDArray[np.uint16]
    wrong: NDArray[np.uint8]
    lengths: Ints
    second: Ints
    text: Ints
    one: Ints
    two: Ints
    group: Ints

    @property
    def starts(self) -> Ints:
        return np.concatenate([[0], np.cumsum(self.lengths)[:-1]])


def load(file: Path) -> Rows:
    with np.load(file) as held:
        return Rows(**{name: held[name] for name in Rows.__dataclass_fields__})


def save(rows: Rows, file: Path) -> None:
    """Appears at once and whole."""
    part = file.with_suffix(_PART)
    with part.open("wb") as opened:
        np.savez(opened, **{name: getattr(rows, name) for name in Rows.__dataclass_fields__})
    os.replace(part, file)


def questions(folder: Path, *, seed: int) -> Iterator[Group]:
    """Questions without end, in another order in each epoch."""
    of, told = training(folder), news(folder)
    for epoch in range(seed, seed + 100):
        yield from Variety(Windows([*of, *told], seed=epoch, hard=HARD), told, seed=epoch).groups()


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


def read_rows(tokenizer: Any, groups: Sequence[Group]) -> Rows:
    flat = [(number, group.question, window) for number, group in enumerate(groups) for window in group.windows]
    read = pairs(tokenizer, [(question, window.title, window.text) for _, question, window in flat])
    places = [place(pair, window) for pair, (_, _, window) in zip(read, flat, strict=True)]
    return _rows(read, places, [number for number, _, _ in flat], [[] for _ in flat])


def checked_rows(tokenizer: Any, claims: Sequence[Claim]) -> Rows:
    parts = [(claim.text, claim.title, claim.evidence) for claim in claims]
    read = pairs(tokenizer, parts, longest=LONGEST, first=LONGEST_CLAIM)
    wrong = [labels(pair, claim.wrong or ()) for pair, claim in zip(read, claims, strict=True)]
    about = [(int(claim.wrong is not None), int(claim.supported)) for claim in claims]
    return _rows(read, about, range(len(claims)), wrong)


def _rows(
    read: Sequence[Pair], about: Sequence[tuple[int, int]], group: Sequence[int], wrong: Sequence[Sequence[int]]
) -> Rows:
    marks = [np.zeros(len(pair.ids), np.uint8) for pair in read]
    for row, some in zip(marks, wrong, strict=True):
        row[1 : len(some) + 1] = some
    return Rows(
        np.concatenate([np.array(pair.ids, np.uint16) for pair in read]),
        np.concatenate(marks),
        np.array([len(pair.ids) for pair in read]),
        np.array([len(pair.first) + 2 for pair in read]),
        np.array([pair.text_at for pair in read]),
        np.array([one for one, _ in about]),
        np.array([two for _, two in about]),
        np.array(group),
    )


def place(pair: Pair, window: Window) -> tuple[int, int]:
    """The first and the last word piece of the answer; the first of all for both where it is not here."""
    if window.answer is None:
        return 0, 0
    start, end = window.answer
    inside = [row for row, (first, last) in enumerate(pair.offsets) if last > start and first < end]
    return (pair.text_at + inside[0], pair.text_at + inside[-1]) if inside else (0, 0)


def labels(pair: Pair, wrong: Sequence[tuple[int, int]]) -> list[int]:
    """For each word piece of the claim whether it has a part in one of the places."""
    return [int(any(first < end and last > start for start, end in wrong)) for first, last in pair.first]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--files", type=int, default=1)
    parser.add_argument("--claims", action="store_true", help="for the checker; otherwise questions for the reader")
    options = parser.parse_args()
    tokenizer = load_tokenizer()
    if options.claims:
        made = Maker(Collection(options.data), seed=options.seed, chosen=lambda kind: True).claims()
        files = (checked_rows(tokenizer, list(islice(made, CLAIMS))) for _ in range(options.files))
    else:
        asked = questions(options.data, seed=options.seed)
        files = (read_rows(tokenizer, list(islice(asked, GROUPS))) for _ in range(options.files))
    for number, rows in enumerate(files):
        name = CHECKED if options.claims else READ
        save(rows, options.out / f"{name}-{options.seed:05}-{number:04}.npz")


if __name__ == "__main__":
    main()
