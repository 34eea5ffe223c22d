"""The parts of a BERT as an OpenVINO graph."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.embedding.runtime import load_openvino

SCALE = "/scale"


def in_eight_bits(matrix: NDArray[Any]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix as integers, and what each of its rows is multiplied with: shape (rows, 1)."""
    scale = np.abs(matrix).max(axis=1, keepdims=True) / 127
    return np.rint(matrix / scale).astype(np.int8), scale.astype(np.float32)


class Encoder:
    """The parts of a BERT graph (Devlin et al. 2019) from weights by name.

    A matrix may be eight-bit integers, with a scale for each row under its name and `SCALE`.
    """

    def __init__(self, config: Any, weights: Any) -> None:
        self.ov = load_openvino()
        from openvino import opset15

        self.op, self.config, self.weights = opset15, config, weights

    def embedder(self) -> Any:
        """With mean pooling and unit length (Reimers and Gurevych 2019)."""
        op = self.op
        ids = op.parameter([-1, -1], np.int64, name="ids")
        mask = op.parameter([-1, -1], np.int64, name="mask")
        hidden = self.layers(self.embed(ids), mask)
        weight = op.unsqueeze(op.convert(mask, "f32"), self.ints(2))
        total = op.reduce_sum(op.multiply(hidden, weight), self.ints(1))
        mean = op.divide(total, op.reduce_sum(weight, self.ints(1)))
        unit = op.normalize_l2(mean, self.ints(1), 1e-12, "max")
        return self.ov.Model([unit, hidden], [ids, mask], "all-MiniLM-L6-v2")

    def layers(self, hidden: Any, mask: Any, numbers: range | None = None) -> Any:
        """All layers, or those, over (batch, length, size); what the mask leaves out is not attended to."""
        op = self.op
        bias = op.multiply(
            op.subtract(op.convert(mask, "f32"), op.constant(np.float32(1))), op.constant(np.float32(1e9))
        )
        bias = op.unsqueeze(op.unsqueeze(bias, self.ints(1)), self.ints(1))
        for number in range(self.config["num_hidden_layers"]) if numbers is None else numbers:
            hidden = self.layer(hidden, bias, f"encoder.layer.{number}.")
        return hidden

    def embed(self, ids: Any) -> Any:
        op = self.op
        length = op.gather(op.shape_of(ids), self.ints(1), self.ints(0))
        every_place = self.constant("embeddings.position_embeddings.weight")
        places = op.slice(every_place, self.ints(0), length, self.ints(1), self.ints(0))
        words = op.gather(self.constant("embeddings.word_embeddings.weight"), ids, self.ints(0))
        kind = op.constant(self.weights["embeddings.token_type_embeddings.weight"][0])
        return self.norm(op.add(op.add(words, kind), places), "embeddings.LayerNorm")

    def layer(self, x: Any, bias: Any, name: str) -> Any:
        op = self.op
        attended = self.linear(self.attention(x, bias, name + "attention.self."), name + "attention.output.dense")
        x = self.norm(op.add(attended, x), name + "attention.output.LayerNorm")
        inner = op.gelu(self.linear(x, name + "intermediate.dense"), "erf")
        return self.norm(op.add(self.linear(inner, name + "output.dense"), x), name + "output.LayerNorm")

    def attention(self, x: Any, bias: Any, name: str) -> Any:
        op = self.op
        size, heads = self.config["hidden_size"], self.config["num_attention_heads"]
        split = self.ints(0, 0, heads, size // heads)
        query, key, value = (
            op.transpose(op.reshape(self.linear(x, name + part), split, True), self.ints(0, 2, 1, 3))
            for part in ("query", "key", "value")
        )
        mixed = op.scaled_dot_product_attention(query, key, value, bias)
        return op.reshape(op.transpose(mixed, self.ints(0, 2, 1, 3)), self.ints(0, 0, size), True)

    def linear(self, x: Any, name: str) -> Any:
        product = self.op.matmul(x, self.constant(name + ".weight"), False, True)
        return self.op.add(product, self.constant(name + ".bias"))

    def norm(self, x: Any, name: str) -> Any:
        op, epsilon = self.op, self.config["layer_norm_eps"]
        scaled = op.multiply(op.mvn(x, self.ints(-1), True, epsilon, "INSIDE_SQRT"), self.constant(name + ".weight"))
        return op.add(scaled, self.constant(name + ".bias"))

    def constant(self, name: str) -> Any:
        value = self.shared(self.weights[name])
        scale = self.weights.get(name + SCALE)
        return value if scale is None else self.op.multiply(self.op.convert(value, "f32"), self.op.constant(scale))

    def shared(self, value: Any) -> Any:
        """A constant of the graph on the memory of the array, which a copy would hold twice."""
        return self.op.constant(value, shared_memory=value.flags.writeable)

    def ints(self, *values: int) -> Any:
        return self.op.constant(np.array(values, np.int64))
