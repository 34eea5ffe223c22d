"""The encoder with its matrices multiplied in eight bits: faster wherever the processor has instructions for that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.embedding.encoder import Encoder, in_eight_bits
from ingest.embedding.published import read_published

RANGES = "ranges.safetensors"  # made by ingest.embedding.calibrate
SHA256 = "9d3ff2e14ce0a07fd8960a31dbc4992b6873debbc5e52cce5dc99342996ae67c"
SMOOTHING = 0.75  # how much of a channel's range the weights take over; .7 to .8 give the same
LEVELS = 256
ON_ONE_INPUT = "query", "key", "value"  # matrices that are multiplied with the same

Floats = NDArray[np.float32]
Ranges = Mapping[str, NDArray[Any]]  # by matrix, least and greatest of what it is multiplied with: (2, channels)


def packaged() -> Ranges:
    """The ranges that were found in the newsroom of the demo; those of Wikipedia give no nearer vectors.

    Raises ArchiveDamaged where the file is not the one that was published.
    """
    return read_published(files("ingest.embedding") / RANGES, SHA256)


class EightBitEncoder(Encoder):
    """An encoder that makes integers of what goes into a matrix, within the range that was found there.

    A channel that reaches much further than the others would leave them few levels. So each shares its range with the
    weights that it meets (SmoothQuant, Xiao et al. 2023), of which each row has a scale of its own.
    """

    def __init__(self, config: Any, weights: Any, ranges: Ranges) -> None:
        super().__init__(config, weights)
        self._ranges = ranges
        self._made: dict[str, tuple[Floats, Any]] = {}

    def linear(self, x: Any, name: str) -> Any:
        first, *_ = shared = _on_one_input(name)
        if first not in self._made:
            self._made[first] = self._integers(x, self._ranges[first].astype(np.float32), shared)
        divisor, integers = self._made[first]
        product = self.op.matmul(integers, self._rows(self.weights[name + ".weight"] * divisor), False, True)
        return self.op.add(product, self.constant(name + ".bias"))

    def _integers(self, x: Any, reached: Floats, shared: Sequence[str]) -> tuple[Floats, Any]:
        """What each channel is divided by, shape (channels,), and the quotients as integers."""
        weights = np.max([np.abs(self.weights[name + ".weight"]).max(axis=0) for name in shared], axis=0)
        divisor = np.abs(reached).max(axis=0).clip(1e-3) ** SMOOTHING / weights.clip(1e-3) ** (1 - SMOOTHING)
        low, high = min((reached / divisor).min(), 0), max((reached / divisor).max(), 0)
        step = (high - low) / (LEVELS - 1)
        below = np.rint(-low / step)  # a whole number, so that nought stays nought
        ends = [self.op.constant(np.float32(end * step)) for end in (-below, LEVELS - 1 - below)]
        divided = self.op.multiply(x, self.op.constant(1 / divisor))
        return divisor, self.op.fake_quantize(divided, *ends, *ends, LEVELS)

    def _rows(self, matrix: Floats) -> Any:
        integers, scale = map(self.op.constant, in_eight_bits(matrix))
        return self.op.multiply(self.op.convert(integers, "f32"), scale)


def _on_one_input(name: str) -> list[str]:
    start, _, part = name.rpartition(".")
    return [f"{start}.{other}" for other in ON_ONE_INPUT] if part in ON_ONE_INPUT else [name]
