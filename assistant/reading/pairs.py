"""A question beside a piece of an article, as the reader and the checker are given it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.embedding.minilm import model_folder

CLS, SEP = 101, 102
LONGEST = 160  # word pieces of all three parts
LONGEST_FIRST, LONGEST_TITLE = 48, 24
Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Pair:
    """Word pieces of `[CLS] first [SEP] title [SEP] text [SEP]`.

    kinds    0 for the first part, 1 for the others
    title_at, text_at  where those of the title and of the text begin
    in_title, offsets  start and end of each word piece of the title, and of the text, in characters of it
    first    the same of the first part, whose word pieces begin at 1
    """

    ids: list[int]
    kinds: list[int]
    title_at: int
    text_at: int
    in_title: list[tuple[int, int]]
    offsets: list[tuple[int, int]]
    first: list[tuple[int, int]]


def load_tokenizer() -> Any:
    """The word pieces of the bundled model."""
    from tokenizers import Tokenizer

    tokenizer: Any = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def pairs(
    tokenizer: Any, parts: Sequence[tuple[str, str, str]], *, longest: int = LONGEST, first: int = LONGEST_FIRST
) -> list[Pair]:
    """Each of (question or claim, title, text) as word pieces; what is too long is cut at its end.

    longest, first  the most word pieces of all, and of the first part
    """
    flat = [text for part in parts for text in part]
    encodings = tokenizer.encode_batch(flat, add_special_tokens=False)
    return [_pair(encodings[at : at + 3], longest, first) for at in range(0, len(encodings), 3)]


def _pair(parts: Sequence[Any], longest: int, longest_first: int) -> Pair:
    first, title, text = parts
    front = [CLS, *first.ids[:longest_first], SEP]
    middle = [*title.ids[:LONGEST_TITLE], SEP] if title.ids else []
    room = longest - len(front) - len(middle) - 1
    ids = [*front, *middle, *text.ids[:room], SEP]
    kinds = [0] * len(front) + [1] * (len(ids) - len(front))
    text_at = len(front) + len(middle)
    places = (title.offsets[:LONGEST_TITLE], text.offsets[:room], first.offsets[:longest_first])
    return Pair(ids, kinds, len(front), text_at, *places)


def padded(read: Sequence[Pair], multiple: int = 16) -> tuple[Ids, Ids, Ids]:
    """Ids, mask and kinds, each (pairs, length); the length is a multiple, so that few shapes are ever compiled."""
    length = -(-max(len(pair.ids) for pair in read) // multiple) * multiple
    ids, mask, kinds = (np.zeros((len(read), length), np.int64) for _ in range(3))
    for row, pair in enumerate(read):
        ids[row, : len(pair.ids)] = pair.ids
        mask[row, : len(pair.ids)] = 1
        kinds[row, : len(pair.kinds)] = pair.kinds
    return ids, mask, kinds
