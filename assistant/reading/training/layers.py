"""The bundled encoder in torch: the reader and the checker on the layers that they share, and teachers of both."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

from assistant.reading.graph import CHECKER, SHARED, WEIGHTS, trained, unpacked
from ingest.embedding.minilm import load_config, load_weights, model_folder

FROZEN = 2  # lower layers that stay as published; they and the embeddings are not stored a second time
DROPPED = 0.1  # of a teacher, all of which is trained
Read = tuple[Tensor, Tensor, Tensor]  # ids, mask and kinds, each (batch, length)
FITS = "fits"  # among the weights of a checker: of which reader


class Network(nn.Module):
    """The encoder as published, with a head of two logits for each word piece."""

    def __init__(self, head: str, *, dropped: float = 0.0) -> None:
        super().__init__()
        from transformers import BertConfig, BertModel

        dropping = {"attention_probs_dropout_prob": dropped, "hidden_dropout_prob": dropped}
        made: dict[str, Any] = {**load_config(model_folder()), **dropping, "attn_implementation": "eager"}
        shape: Any = BertConfig(**made)
        weights = {name: torch.tensor(value) for name, value in load_weights(model_folder()).items()}
        self.encoder: Any = BertModel(shape, add_pooling_layer=False)
        self.encoder.load_state_dict(weights, strict=False)  # the pooling layer is left out
        self.head = head
        self.add_module(head, nn.Linear(shape.hidden_size, 2))

    def forward(self, read: Read, precision: torch.dtype) -> Tensor:
        """Logits, shape (batch, length, 2)."""
        ids, mask, kinds = read
        with torch.autocast(ids.device.type, precision, enabled=precision != torch.float32):
            hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        logits: Tensor = self.get_submodule(self.head)(hidden.float())
        return logits

    def own(self, first: int) -> dict[str, Tensor]:
        """The head, and the layers from the first one on."""
        states: dict[str, Tensor] = self.state_dict()
        return {name: value for name, value in states.items() if _layer(name) >= first or name.startswith(self.head)}


class Both(nn.Module):
    """The reader and the checker, whose lower layers are one.

    reader   how likely the answer begins and ends at each word piece; at the first one, that it is not here
    checker  how likely each word piece is wrong; at the first one, that all is right
    """

    def __init__(self) -> None:
        super().__init__()
        self.reader, self.checker = Network("span"), Network("support")
        below, above = self.reader.encoder, self.checker.encoder
        above.embeddings = below.embeddings
        for number in range(SHARED):
            above.encoder.layer[number] = below.encoder.layer[number]
        for part in (below.embeddings, *below.encoder.layer[:FROZEN]):
            part.requires_grad_(False)

    def keep_shared(self) -> None:
        """What both read with stays as it is from now on."""
        for layer in self.reader.encoder.encoder.layer[:SHARED]:
            layer.requires_grad_(False)

    def teachers(self) -> tuple[Network, Network]:
        """Networks with the same weights that share nothing, on the same device."""
        return _teacher(self.reader), _teacher(self.checker)

    def reader_own(self) -> dict[str, Tensor]:
        """What is not published."""
        return self.reader.own(FROZEN)

    def checker_own(self) -> dict[str, Tensor]:
        """What it does not share with the reader."""
        return self.checker.own(SHARED)

    def begin(self, reader: Mapping[str, Tensor], checker: Mapping[str, Tensor]) -> None:
        """With what is a reader's and a checker's own; what they do not have stays as it is."""
        self.reader.load_state_dict(reader, strict=False)
        self.checker.load_state_dict(checker, strict=False)


def _teacher(of: Network) -> Network:
    teacher = Network(of.head, dropped=DROPPED)
    teacher.load_state_dict(of.state_dict())
    return teacher.to(next(of.parameters()).device)


def fingerprint(both: Both) -> Tensor:
    """Of the layers that the reader has to have for its checker, in the half precision in which they are kept."""
    own = both.reader_own()
    shared = [own[name] for name in sorted(own) if FROZEN <= _layer(name) < SHARED]
    content = b"".join(value.half().cpu().numpy().tobytes() for value in shared)
    return torch.tensor(list(hashlib.sha256(content).digest()), dtype=torch.uint8)


def packaged() -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """What is the reader's and the checker's own, of those in the package."""
    return _packaged(WEIGHTS), _packaged(CHECKER)


def _packaged(file: str) -> dict[str, Tensor]:
    weights = unpacked(trained(file))
    return {
        f"encoder.{name}" if name.startswith("encoder.") else name: torch.tensor(value)
        for name, value in weights.items()
    }


def _layer(name: str) -> int:
    """The number of the layer that a weight is of; -1 where it is of none."""
    return int(name.split(".")[3]) if name.startswith("encoder.encoder.layer.") else -1
