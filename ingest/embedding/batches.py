"""Texts as batches for a model on the processor: neighbours in length, in a few shapes, several of them at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

BATCH = 8  # texts; more of them wait longer for memory than they save
STEP = 16  # lengths are multiples of it: each shape is compiled once, and its memory is kept as long as the model

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]
Encodings = Sequence[Any]


def neighbours(encodings: Encodings) -> Iterator[Rows]:
    """Which texts go together, so that little is computed on padding; the longest first.

    What is shortest comes last, so that the processor's cores end at about the same time.
    """
    order = np.argsort([-len(one.ids) for one in encodings], kind="stable")
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]


def padded(encodings: Encodings) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ids and mask of a batch, shape (texts, length)."""
    longest = max(len(one.ids) for one in encodings)
    shape = len(encodings), -(-longest // STEP) * STEP
    ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for row, one in enumerate(encodings):
        ids[row, : len(one.ids)] = one.ids
        mask[row, : len(one.ids)] = 1
    return ids, mask


class Requests:
    """Inference requests of a compiled model: one more than it works on at a time, so that none of its cores waits.

    One thread at a time goes through them.
    """

    def __init__(self, model: Any) -> None:
        count = int(model.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")) + 1
        self._free = deque(model.create_infer_request() for _ in range(count))

    def through(self, encodings: Encodings) -> Iterator[tuple[Rows, Floats, Floats]]:
        """Batch by batch: which texts, their unit vectors, and the vectors of their tokens.

        Both are the model's own memory, and are written over once the next batch is asked for.
        """
        running: deque[tuple[Any, Rows]] = deque()
        try:
            for rows in neighbours(encodings):
                if not self._free:
                    yield from self._next(running)
                request = self._free.popleft()
                running.append((request, rows))
                request.start_async(list(padded([encodings[row] for row in rows])))
            while running:
                yield from self._next(running)
        finally:
            for request, _ in running:
                request.wait()
                self._free.append(request)

    def _next(self, running: deque[tuple[Any, Rows]]) -> Iterator[tuple[Rows, Floats, Floats]]:
        request, rows = running[0]
        request.wait()
        yield rows, request.get_output_tensor(0).data, request.get_output_tensor(1).data
        running.popleft()
        self._free.append(request)
