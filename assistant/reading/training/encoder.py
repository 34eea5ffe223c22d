"""The bundled encoder in torch, its upper layers to be trained, and heads on it."""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn

from ingest.minilm import model_folder

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
        for layer in self.encoder.encoder.layer[:FROZEN]:
            layer.requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """Logits of start and end, shape (batch, length, 2)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        logits: Tensor = self.span(hidden)
        return logits
