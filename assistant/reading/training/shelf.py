"""Examples on the device that trains, batch by batch, while other processes still write more of them."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from assistant.reading.training.examples import Ints, Rows, load

ROUND = 8  # lengths are made a multiple of this
WAIT = 0.5  # seconds between two looks for the first file


class Held:
    """The rows of a file, on the device."""

    def __init__(self, rows: Rows, device: torch.device) -> None:
        self.lengths, self.group, self.used = rows.lengths, rows.group, 0
        self._ids = torch.from_numpy(rows.ids.astype(np.int32)).to(device)
        self._wrong = torch.from_numpy(rows.wrong).to(device)
        about = np.stack([rows.starts, rows.lengths, rows.second, rows.text, rows.one, rows.two, rows.group])
        self._about = torch.from_numpy(about).to(device)

    def batches(self, most: int, chance: random.Random) -> list[Ints]:
        """Its rows in random batches of rows of like length, of so many word pieces; a group stays together."""
        longest = np.maximum.reduceat(self.lengths, first := np.flatnonzero(np.diff(self.group, prepend=-1)))
        ends = [*first[1:], len(self.lengths)]
        order = np.argsort(longest + np.random.default_rng(chance.getrandbits(32)).random(len(longest)))
        made: list[Ints] = []
        some: list[int] = []
        for one in order:
            rows = range(first[one], ends[one])
            if some and (len(some) + len(rows)) * longest[one] > most:
                made.append(np.array(some))
                some = []
            some.extend(rows)
        made.append(np.array(some))
        chance.shuffle(made)
        return made

    def batch(self, rows: Ints) -> Batch:
        length = -(-int(self.lengths[rows].max()) // ROUND) * ROUND
        start, own, second, text, one, two, group = self._about[:, torch.from_numpy(rows).to(self._about.device)]
        at = torch.arange(length, device=start.device)[None, :]
        inside = at < own[:, None]
        places = torch.where(inside, start[:, None] + at, 0)
        ids = torch.where(inside, self._ids[places], 0)
        kinds = (inside & (at >= second[:, None])).long()
        allowed = (at >= text[:, None]) & (at < own[:, None] - 1)
        claim = (at >= 1) & (at < second[:, None] - 1)
        wrong = self._wrong[places].float() * claim
        return Batch(ids, inside, kinds, allowed, claim, wrong, one, two, group)


@dataclass(frozen=True)
class Batch:
    """Rows of one length, each (rows, length), with what `Rows` says about each row.

    allowed  where an answer may be
    claim    where the claim is
    """

    ids: Tensor
    mask: Tensor
    kinds: Tensor
    allowed: Tensor
    claim: Tensor
    wrong: Tensor
    one: Tensor
    two: Tensor
    group: Tensor

    @property
    def read(self) -> tuple[Tensor, Tensor, Tensor]:
        return self.ids, self.mask, self.kinds


class Shelf:
    """Batches without end from the files of a folder whose names begin so: those first that were used least."""

    def __init__(self, folder: Path, name: str, device: torch.device, *, most: int, seed: int) -> None:
        self.folder, self.name, self.device, self.most = folder, name, device, most
        self.random = random.Random(seed)
        self.held: dict[Path, Held] = {}

    def batches(self) -> Iterator[tuple[Batch, int]]:
        while True:
            self._look()
            one = min(self.held.values(), key=lambda held: held.used)
            one.used += 1
            for rows in one.batches(self.most, self.random):
                yield one.batch(rows), len(rows)

    def _look(self) -> None:
        """Take what is new; of the first look, wait for a file."""
        while not (found := sorted(self.folder.glob(f"{self.name}-*.npz"))):
            time.sleep(WAIT)
        for file in found:
            if file not in self.held:
                self.held[file] = Held(load(file), self.device)
