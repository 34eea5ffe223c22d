"""The ranges that `eight_bits` needs, found by reading texts in floats.

    python -m ingest.embedding.calibrate FOLDER [RANGES.safetensors]

Reads every file of the folder, 130 words at a time. The ranges in the package are of the demo's newsroom
(assistant/cli/demo/newsroom).
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from ingest.embedding.eight_bits import ON_ONE_INPUT, RANGES
from ingest.embedding.encoder import Encoder
from ingest.embedding.minilm import load_config, load_weights, model_folder
from ingest.embedding.runtime import compiled

WORDS = 130


def main(folder: Path, ranges: Path | None = None) -> None:
    ranges = ranges or Path(__file__).with_name(RANGES)
    save_file(found_in(texts_of(folder)), ranges)
    print(f"sha256 of {ranges.name}, for eight_bits.py: {hashlib.sha256(ranges.read_bytes()).hexdigest()}")


def texts_of(folder: Path) -> Iterator[str]:
    """The files of a folder in pieces that the encoder reads to their end."""
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        words = file.read_text(encoding="utf-8").split()
        yield from (" ".join(words[start : start + WORDS]) for start in range(0, len(words), WORDS))


def found_in(texts: Iterable[str]) -> dict[str, NDArray[np.float16]]:
    """By matrix, the least and greatest value of each channel that goes into it, shape (2, channels)."""
    encoder = _Watched(load_config(model_folder()), load_weights(model_folder()))
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.enable_truncation(256)
    tokenizer.no_padding()
    request = compiled(encoder.watched(), threads=1, INFERENCE_PRECISION_HINT="f32").create_infer_request()
    found: dict[str, NDArray[np.float16]] = {}
    for text in texts:
        ids = np.array([tokenizer.encode(text).ids])
        request.infer([ids, np.ones_like(ids)])
        for place, name in enumerate(encoder.inputs):
            [values] = request.get_output_tensor(place).data
            values = np.concatenate([values, found.get(name, values[:1])])
            found[name] = np.stack([values.min(axis=0), values.max(axis=0)]).astype(np.float16)
    return found


class _Watched(Encoder):
    """An encoder that gives what goes into each matrix; one name stands for those that have the same."""

    inputs: dict[str, Any]

    def watched(self) -> Any:
        op, self.inputs = self.op, {}
        ids, mask = (op.parameter([-1, -1], np.int64, name=name) for name in ("ids", "mask"))
        self.layers(self.embed(ids), mask)
        return self.ov.Model(list(self.inputs.values()), [ids, mask], "watched")

    def linear(self, x: Any, name: str) -> Any:
        if not name.endswith(ON_ONE_INPUT[1:]):
            self.inputs[name] = x
        return super().linear(x, name)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
