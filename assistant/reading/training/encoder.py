"""The bundled encoder in torch, its upper layers to be trained, and heads on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from assistant.reading.graph import SHARED
from ingest.embedding.minilm import model_folder

FROZEN = 2  # lower layers that stay as published; they and the embeddings are not stored a second time


class Reader(nn.Module):
    """For each word piece how likely the answer begins and ends there; at the first one, that it is not here."""

    def __init__(self) -> None:
        super().__init__()
        from transformers import BertModel

        published: Any = BertModel
        self.encoder = published.from_pretrained(
            str(model_folder()),
            add_pooling_layer=False,
            attn_implementation="sdpa",
            # A few epochs at most are trained, so nothing is dropped out; that is a fifth faster, too.
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
        )
        self.span = nn.Linear(384, 2)
        self.encoder.embeddings.requires_grad_(False)
        self.keep_below(FROZEN)

    def keep_below(self, layer: int) -> None:
        """Leave the layers below this one as they are."""
        for one in self.encoder.encoder.layer[:layer]:
            one.requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """Logits of start and end, shape (batch, length, 2)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        logits: Tensor = self.span(hidden)
        return logits


class Checker(nn.Module):
    """For each word piece of a claim how likely it is not supported, and at the first one that all of it is.

    Its lower layers are the reader's, which are not stored a second time.
    """

    def __init__(self) -> None:
        super().__init__()
        reader = Reader()
        self.encoder = reader.encoder
        self.support = nn.Linear(384, 2)
        reader.keep_below(SHARED)

    def read_as(self, reader: Path) -> None:
        """Begin with the layers of a trained reader."""
        states = torch.load(reader, map_location="cpu")
        states = {name: value for name, value in states.items() if name.startswith("encoder.")}
        self.load_state_dict(states, strict=False)

    def lower_of(self, reader: Path) -> None:
        """Take those layers that are shared, and no others, from a trained reader."""
        states = torch.load(reader, map_location="cpu")
        upper = tuple(f"encoder.encoder.layer.{number}." for number in range(SHARED, 6))
        own = {name: value for name, value in states.items() if name.startswith("encoder.")}
        self.load_state_dict({name: own[name] for name in own if not name.startswith(upper)}, strict=False)

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """Logits, shape (batch, length, 2): that a word piece is wrong; at the first one, that all is right."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        logits: Tensor = self.support(hidden)
        return logits
