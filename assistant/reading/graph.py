"""The graphs of the reader and the checker: the bundled encoder with trained upper layers, without torch."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.abandoning import go_on
from assistant.reading.pairs import Ids, Pair, padded
from ingest.embedding.encoder import SCALE, Encoder, in_eight_bits
from ingest.embedding.minilm import load_config, load_weights, model_folder
from ingest.embedding.published import read_published
from ingest.embedding.runtime import AMX, compiled, load_openvino, processor

WEIGHTS, CHECKER = "reader.safetensors", "checker.safetensors"
SHA256 = {
    WEIGHTS: "9247defd0fd9cb60f902607032d030630a65c9a22f173fe87fb002891563e473",
    CHECKER: "3b325907c4e81d08d1229c46720c18a0f3449b71cd3142d3fe69543ed2f5e91f",
}
BATCH = 4  # pairs; more take more memory and no less time
SHARED = 4  # lower layers that the checker has from the reader
TOGETHER = 384  # values that are made eight-bit integers with one scale, before they meet the weights
PUBLISHED = ("encoder.layer.0.", "encoder.layer.1.")  # taken from the bundled encoder as they are
Floats = NDArray[np.float32]
_WORDS = "embeddings.word_embeddings.weight"


def trained(name: str = WEIGHTS) -> dict[str, NDArray[Any]]:
    """Weights in the package by name, as `packed` gives them.

    Raises ArchiveDamaged where the file is not the one that was published.
    """
    return read_published(files("assistant.reading") / "weights" / name, SHA256[name])


def packed(weights: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Matrices as eight-bit integers with a scale for each row; what is small stays as it is."""
    kept: dict[str, NDArray[Any]] = {}
    for name, value in weights.items():
        if value.ndim < 2 or min(value.shape) < 16:
            kept[name] = value.astype(np.float32)
            continue
        kept[name], kept[name + SCALE] = in_eight_bits(value)
    return kept


def unpacked(kept: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """What `packed` took, near enough."""
    return {
        name: value.astype(np.float32) * kept[name + SCALE] if name + SCALE in kept else value
        for name, value in kept.items()
        if not name.endswith(SCALE)
    }


def _to_multiply(kept: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Weights as they are multiplied: in eight bits, a quarter less work than in bf16, but on processors with AMX.

    OpenVINO has no such multiplication for AMX, and would unpack the weights for each batch, a third of the work.
    """
    return unpacked(kept) if AMX in processor() else kept


class Streams:
    """A graph made ready to work on as many inputs at once as there are threads, each on one.

    That takes a third less work than all of them on one input.
    """

    def __init__(self, graph: Any, threads: int) -> None:
        options = {"NUM_STREAMS": str(threads), "DYNAMIC_QUANTIZATION_GROUP_SIZE": TOGETHER}
        model = compiled(graph, threads=threads, **options)
        self._free = SimpleQueue[Any]()
        for _ in range(threads):
            self._free.put(model.create_infer_request())

    def infer(self, inputs: list[Any]) -> Floats:
        """The first output."""
        request = self._free.get()
        try:
            found: Floats = request.infer(inputs)[0].copy()
        finally:
            self._free.put(request)
        return found


class Lower:
    """The layers that the reader and the checker share: from word pieces to what their own layers read."""

    def __init__(self, weights: dict[str, NDArray[Any]], *, threads: int) -> None:
        folder = model_folder()
        published = load_weights(folder)
        self._words = published[_WORDS]
        self._places = published["embeddings.position_embeddings.weight"]
        self._kinds = published["embeddings.token_type_embeddings.weight"]
        self.threads = threads
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="reading")
        layers = {name: value for name, value in published.items() if name.startswith(PUBLISHED)}
        norm = {name: value for name, value in published.items() if name.startswith("embeddings.LayerNorm")}
        encoder = Encoder(load_config(folder), {**norm, **_to_multiply({**packed(layers), **weights})})
        self._streams = Streams(_lower(encoder), threads)

    def __call__(self, ids: Ids, mask: Ids, kinds: Ids) -> Floats:
        """Shape (batch, length, 384), of inputs of shape (batch, length)."""
        embedded = np.asarray(self._words[ids] + self._kinds[kinds])
        embedded += self._places[: ids.shape[1]]
        return self._streams.infer([embedded, mask])


class Network:
    """Two logits for each word piece, from `head` above the upper layers."""

    def __init__(self, weights: dict[str, NDArray[Any]], lower: Lower, *, head: str) -> None:
        self._lower = lower
        encoder = Encoder(load_config(model_folder()), _to_multiply(weights))
        self._streams = Streams(_upper(encoder, head), lower.threads)

    def __call__(self, read: Sequence[Pair]) -> list[Floats]:
        """Of each pair, shape (at least its length, 2).

        In batches of neighbours in length, so that little is computed on padding; the longest first, so that the
        processor's cores end at about the same time.
        """
        go_on()
        order = sorted(range(len(read)), key=lambda row: -len(read[row].ids))
        batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        inferred = self._lower.pool.map(self._infer, ([read[row] for row in rows] for rows in batches))
        found: dict[int, Floats] = {}
        for rows, logits in zip(batches, inferred, strict=True):
            found.update(zip(rows, logits, strict=True))
        return [found[row] for row in range(len(read))]

    def _infer(self, read: Sequence[Pair]) -> Floats:
        ids, mask, kinds = padded(read)
        return self._streams.infer([self._lower(ids, mask, kinds), mask])


def _lower(encoder: Encoder) -> Any:
    op = encoder.op
    embedded = op.parameter([-1, -1, encoder.config["hidden_size"]], np.float32, name="embedded")
    mask = op.parameter([-1, -1], np.int64, name="mask")
    hidden = encoder.layers(encoder.norm(embedded, "embeddings.LayerNorm"), mask, range(SHARED))
    return load_openvino().Model([hidden], [embedded, mask], "lower")


def _upper(encoder: Encoder, head: str) -> Any:
    op = encoder.op
    below = op.parameter([-1, -1, encoder.config["hidden_size"]], np.float32, name="below")
    mask = op.parameter([-1, -1], np.int64, name="mask")
    hidden = encoder.layers(below, mask, range(SHARED, encoder.config["num_hidden_layers"]))
    return load_openvino().Model([encoder.linear(hidden, head)], [below, mask], head)
