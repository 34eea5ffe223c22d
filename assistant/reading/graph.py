"""The graphs of the reader and the checker: the bundled encoder with trained upper layers, without torch."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.abandoning import go_on
from assistant.reading.pairs import Ids, Pair, padded
from ingest.embedding.minilm import SCALE, Encoder, compiled, load_config, load_openvino, load_weights, model_folder
from ingest.errors import ArchiveDamaged

WEIGHTS, CHECKER = "reader.safetensors", "checker.safetensors"
SHA256 = {
    WEIGHTS: "9247defd0fd9cb60f902607032d030630a65c9a22f173fe87fb002891563e473",
    CHECKER: "3b325907c4e81d08d1229c46720c18a0f3449b71cd3142d3fe69543ed2f5e91f",
}
BATCH = 4  # pairs; more take more memory and no less time
SHARED = 4  # lower layers that the checker has from the reader
TOGETHER = 384  # values that are made eight-bit integers with one scale, before they meet the weights
PUBLISHED = ("encoder.layer.0.", "encoder.layer.1.")  # taken from the bundled encoder as they are
_WORDS = "embeddings.word_embeddings.weight"


def trained(name: str = WEIGHTS) -> dict[str, NDArray[Any]]:
    """Weights in the package by name, as `packed` gives them.

    Raises ArchiveDamaged where the file is not the one that was published.
    """
    from safetensors.numpy import load

    file = files("assistant.reading") / "weights" / name
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256[name]:
        raise ArchiveDamaged(f"{file} is not what was published", "install Dateline again")
    weights: dict[str, NDArray[Any]] = load(content)
    return weights


def packed(weights: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Matrices as eight-bit integers with a scale for each row; what is small stays as it is."""
    kept: dict[str, NDArray[Any]] = {}
    for name, value in weights.items():
        if value.ndim < 2 or min(value.shape) < 16:
            kept[name] = value.astype(np.float32)
            continue
        scale = np.abs(value).max(axis=1, keepdims=True) / 127
        kept[name] = np.rint(value / scale).astype(np.int8)
        kept[name + SCALE] = scale.astype(np.float32)
    return kept


def unpacked(kept: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """What `packed` took, near enough."""
    return {
        name: value.astype(np.float32) * kept[name + SCALE] if name + SCALE in kept else value
        for name, value in kept.items()
        if not name.endswith(SCALE)
    }


class Lower:
    """The layers that the reader and the checker share: from word pieces to what their own layers read."""

    def __init__(self, weights: dict[str, NDArray[Any]], *, threads: int) -> None:
        folder = model_folder()
        published = load_weights(folder)
        self._words = published[_WORDS]
        self._places = published["embeddings.position_embeddings.weight"]
        self._kinds = published["embeddings.token_type_embeddings.weight"]
        self.threads = threads
        layers = packed({name: value for name, value in published.items() if name.startswith(PUBLISHED)})
        norm = {name: value for name, value in published.items() if name.startswith("embeddings.LayerNorm")}
        encoder = Encoder(load_config(folder), {**norm, **layers, **weights})
        self._request = _eight_bit(_lower(encoder), threads).create_infer_request()
        self._lock = threading.Lock()

    def __call__(self, ids: Ids, mask: Ids, kinds: Ids) -> NDArray[np.float32]:
        """Shape (batch, length, 384), of inputs of shape (batch, length)."""
        embedded = np.asarray(self._words[ids] + self._kinds[kinds])
        embedded += self._places[: ids.shape[1]]
        with self._lock:
            hidden: NDArray[np.float32] = self._request.infer([embedded, mask])[0].copy()
        return hidden


class Network:
    """Two logits for each word piece, from `head` above the upper layers; batches come one at a time."""

    def __init__(self, weights: dict[str, NDArray[Any]], lower: Lower, *, head: str) -> None:
        self._lower = lower
        encoder = Encoder(load_config(model_folder()), weights)
        self._request = _eight_bit(_upper(encoder, head), lower.threads).create_infer_request()
        self._lock = threading.Lock()

    def __call__(self, read: Sequence[Pair]) -> list[NDArray[np.float32]]:
        """Of each pair, shape (at least its length, 2).

        In batches of neighbours in length, so that little is computed on padding; the longest first, whose memory
        serves the others.
        """
        found: dict[int, NDArray[np.float32]] = {}
        order = sorted(range(len(read)), key=lambda row: -len(read[row].ids))
        for at in range(0, len(order), BATCH):
            go_on()
            rows = order[at : at + BATCH]
            found.update(zip(rows, self._infer(*padded([read[row] for row in rows])), strict=True))
        return [found[row] for row in range(len(read))]

    def _infer(self, ids: Ids, mask: Ids, kinds: Ids) -> NDArray[np.float32]:
        below = self._lower(ids, mask, kinds)
        with self._lock:
            logits: NDArray[np.float32] = self._request.infer([below, mask])[0].copy()
        return logits


def _eight_bit(graph: Any, threads: int) -> Any:
    """Multiplied in eight bits where the weights are, if the processor can: a quarter less work than in bf16."""
    return compiled(graph, threads=threads, DYNAMIC_QUANTIZATION_GROUP_SIZE=TOGETHER)


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
