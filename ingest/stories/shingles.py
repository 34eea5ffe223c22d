"""Word shingles of a text as numbers: what texts are compared by, and the sample by which alike ones are found."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Hashes: TypeAlias = NDArray[np.uint64]

WIDE, NARROW = 5, 3  # words in a shingle of a whole text, and of its opening
OPENING, NEAR_TOP = 60, 240  # words that a text opens with, and among which the opening of a copy is found
SAMPLE, SAMPLE_OF_OPENING = 24, 12  # shingles that are kept of a whole text, and of its opening
SAMPLER = 2  # the way in which samples are drawn and compared; what an archive has by another is made anew
_FACTOR = 0x9E3779B97F4A7C15  # 2**64 over the golden ratio, Knuth's multiplicative hashing
_MIX = np.uint64(0xBF58476D1CE4E5B9)  # from splitmix64
_BITS = np.uint64(16)  # that are dropped: 48 are kept, a short integer on disk
_LONGEST = 64  # letters of a word after which their places count anew


def _powers(count: int) -> Hashes:
    return np.array([pow(_FACTOR, place + 1, 2**64) for place in range(count)], np.uint64)


_POWERS = _powers(_LONGEST)


def word_numbers(text: str) -> Hashes:
    """The words of a text, in order, without regard to case and punctuation; all of a text at once, for speed.

    Each sign of Chinese and Japanese counts as a word, since they put no space between words.
    """
    letters = np.frombuffer(text.casefold().encode("utf-32-le", "surrogatepass"), np.uint32)
    inside, alone = _are_letters(letters), _stand_alone(letters)
    goes_on = np.concatenate(([False], inside[:-1] & ~alone[:-1]))[: len(inside)] & ~alone
    first = np.flatnonzero(~goes_on[inside])
    if not len(first):
        return np.array([], np.uint64)
    lengths = np.diff(first, append=np.count_nonzero(inside))
    place = (np.arange(int(lengths.sum())) - np.repeat(first, lengths)) % _LONGEST
    return _mixed(np.add.reduceat(letters[inside].astype(np.uint64) * _POWERS[place], first))


def _are_letters(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Digits and letters: by the blocks of Unicode, as far as news texts need it."""
    ascii_word = ((codes >= 0x30) & (codes <= 0x39)) | ((codes >= 0x61) & (codes <= 0x7A))
    beyond = (codes >= 0xAA) & (codes != 0xAB) & (codes != 0xBB) & (codes != 0xB7)
    punctuation = ((codes >= 0x2000) & (codes <= 0x206F)) | ((codes >= 0x3000) & (codes <= 0x303F))
    wide = ((codes >= 0xFF00) & (codes <= 0xFF0F)) | ((codes >= 0xFF1A) & (codes <= 0xFF20))
    letters: NDArray[np.bool_] = ascii_word | (beyond & ~punctuation & ~wide)
    return letters


def _stand_alone(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Kana and Chinese characters."""
    basic = ((codes >= 0x3041) & (codes <= 0x30FF)) | ((codes >= 0x3400) & (codes <= 0x9FFF))
    signs: NDArray[np.bool_] = basic | ((codes >= 0xF900) & (codes <= 0xFAFF)) | (codes >= 0x20000)
    return signs


def _mixed(values: Hashes) -> Hashes:
    values = (values ^ (values >> np.uint64(31))) * _MIX
    return values ^ (values >> np.uint64(29))


def shingles(words: Hashes, width: int = WIDE) -> Hashes:
    """The distinct runs of `width` words, sorted; the whole where it is shorter."""
    count = max(len(words) - width + 1, min(1, len(words)))
    total = np.zeros(count, np.uint64)
    for place in range(min(width, len(words))):
        total += words[place : place + count] * _POWERS[place]
    return distinct(_mixed(total) >> _BITS)


def distinct(values: Hashes) -> Hashes:
    """Each value once, sorted; `np.unique` takes three times as long for so few."""
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(ordered)]]


def sample(words: Hashes) -> list[int]:
    """The smallest shingles of a text and of its opening: alike texts have many of them in common.

    Those of the opening are there so that a short cut of a long text is found as well. After Broder, "On the
    resemblance and containment of documents", 1997.
    """
    whole, opening = shingles(words)[:SAMPLE], shingles(words[: OPENING + WIDE])[:SAMPLE_OF_OPENING]
    return [int(value) for value in np.union1d(whole, opening)]


def shared(one: Hashes, other: Hashes) -> int:
    """How many shingles are in both."""
    return len(np.intersect1d(one, other, assume_unique=True))
