"""The bundled encoder in torch: the reader and the checker on the layers that they share, and teachers of both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.reading.graph import CHECKER, SHARED, WEIGHTS, trained, unpacked
from ingest.embedding.minilm import load_weights, model_folder

WIDTH, INNER, HEADS, LAYERS, PIECES, PLACES = 384, 1536, 12, 6, 30522, 512
FROZEN = 2  # lower layers that stay as published; they and the embeddings are not stored a second time
EPSILON = 1e-12
Read = tuple[Tensor, Tensor, Tensor]  # ids, mask and kinds; the mask is (batch, 1, 1, length)
FITS = "fits"  # among the weights of a checker: of which reader


class Linear(nn.Linear):
    """Multiplied in the precision of what it is given, while its own values are kept exactly."""

    def forward(self, given: Tensor) -> Tensor:
        return functional.linear(given, self.weight.to(given.dtype), self.bias.to(given.dtype))


class LayerNorm(nn.LayerNorm):
    """In the precision of what it is given, too."""

    def forward(self, given: Tensor) -> Tensor:
        own = self.weight.to(given.dtype), self.bias.to(given.dtype)
        return functional.layer_norm(given, self.normalized_shape, *own, self.eps)


class Embeddings(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(PIECES, WIDTH)
        self.position_embeddings = nn.Embedding(PLACES, WIDTH)
        self.token_type_embeddings = nn.Embedding(2, WIDTH)
        self.LayerNorm = LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, ids: Tensor, kinds: Tensor) -> Tensor:
        places = self.position_embeddings.weight[: ids.shape[1]]
        embedded: Tensor = self.LayerNorm(self.word_embeddings(ids) + self.token_type_embeddings(kinds) + places)
        return embedded


class Looking(nn.Module):
    """Attention without what is made of it."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (Linear(WIDTH, WIDTH) for _ in range(3))

    def forward(self, hidden: Tensor, mask: Tensor, dropped: float) -> Tensor:
        query, key, value = (
            part(hidden).view(*hidden.shape[:2], HEADS, -1).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=dropped)
        return mixed.transpose(1, 2).flatten(2)


class Added(nn.Module):
    """What is multiplied and then added to what was there."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.dense, self.LayerNorm = Linear(width, WIDTH), LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, given: Tensor, hidden: Tensor, dropped: float) -> Tensor:
        added: Tensor = self.LayerNorm(hidden + functional.dropout(self.dense(given), dropped))
        return added


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.self, self.output = Looking(), Added(WIDTH)

    def forward(self, hidden: Tensor, mask: Tensor, dropped: float) -> Tensor:
        added: Tensor = self.output(self.self(hidden, mask, dropped), hidden, dropped)
        return added


class Intermediate(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.dense = Linear(WIDTH, INNER)

    def forward(self, hidden: Tensor) -> Tensor:
        return functional.gelu(self.dense(hidden))


class Layer(nn.Module):
    """One layer, with its parts under their published names."""

    def __init__(self, dropped: float) -> None:
        super().__init__()
        self.dropped = dropped
        self.attention, self.intermediate, self.output = Attention(), Intermediate(), Added(INNER)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        dropped = self.dropped if self.training else 0.0
        hidden = self.attention(hidden, mask, dropped)
        added: Tensor = self.output(self.intermediate(hidden), hidden, dropped)
        return added


class Stack(nn.Module):
    def __init__(self, dropped: float) -> None:
        super().__init__()
        self.layer = nn.ModuleList(Layer(dropped) for _ in range(LAYERS))


class Encoder(nn.Module):
    def __init__(self, dropped: float) -> None:
        super().__init__()
        self.embeddings, self.encoder = Embeddings(), Stack(dropped)

    def through(self, read: Read, precision: torch.dtype, layers: Iterable[nn.Module]) -> Tensor:
        """What these layers make of what is read, shape (batch, length, width)."""
        ids, mask, kinds = read
        hidden: Tensor = self.embeddings(ids, kinds).to(precision)
        for layer in layers:
            hidden = layer(hidden, mask)
        return hidden.float()


class Whole(nn.Module):
    """The encoder with a head of two logits: the reader, or a teacher, all of which is trained."""

    def __init__(self, head: str, *, dropped: float = 0.1) -> None:
        super().__init__()
        self.head = head
        self.encoder = Encoder(dropped)
        self.add_module(head, Linear(WIDTH, 2))

    def forward(self, read: Read, precision: torch.dtype) -> Tensor:
        """Logits, shape (batch, length, 2)."""
        hidden = self.encoder.through(read, precision, self.encoder.encoder.layer)
        logits: Tensor = self.get_submodule(self.head)(hidden)
        return logits


class Both(nn.Module):
    """The reader, and the checker with upper layers of its own above those that the two share."""

    def __init__(self) -> None:
        super().__init__()
        self.reader = Whole("span", dropped=0.0)
        self.upper = nn.ModuleList(Layer(0.0) for _ in range(SHARED, LAYERS))
        self.support = Linear(WIDTH, 2)
        encoder = self.reader.encoder
        for part in (encoder.embeddings, *encoder.encoder.layer[:FROZEN]):
            part.requires_grad_(False)

    def check(self, read: Read, precision: torch.dtype) -> Tensor:
        """Logits of the checker: that a word piece is wrong; at the first one, that all is right."""
        encoder = self.reader.encoder
        layers = (*encoder.encoder.layer[:SHARED], *self.upper)
        logits: Tensor = self.support(encoder.through(read, precision, layers))
        return logits

    def teachers(self) -> tuple[Whole, Whole]:
        """Whole networks with the same weights, on the same device."""
        both = Whole("span"), Whole("support")
        both[0].load_state_dict(self.reader.state_dict())
        both[1].load_state_dict(self.checker_states())
        device = self.support.weight.device
        return both[0].to(device), both[1].to(device)

    def checker_states(self) -> dict[str, Tensor]:
        """Of the whole checker, by the names of one that shares nothing."""
        lower = {name: value for name, value in self.reader.state_dict().items() if name.startswith("encoder.")}
        return {**lower, **self.checker_own()}

    def reader_own(self) -> dict[str, Tensor]:
        """What is not published."""
        states = self.reader.state_dict()
        return {name: value for name, value in states.items() if _layer(name) >= FROZEN or name.startswith("span.")}

    def checker_own(self) -> dict[str, Tensor]:
        """What it does not share with the reader."""
        upper = {_upper(name): value for name, value in self.upper.state_dict().items()}
        return {**upper, **{f"support.{name}": value for name, value in self.support.state_dict().items()}}

    def begin(self, reader: Mapping[str, Tensor], checker: Mapping[str, Tensor]) -> None:
        """With the weights of a reader and of a checker; what they do not have stays as it is."""
        self.reader.load_state_dict(reader, strict=False)
        upper, head = self.upper.state_dict(), self.support.state_dict()
        self.upper.load_state_dict({name: checker.get(_upper(name), value) for name, value in upper.items()})
        self.support.load_state_dict({name: checker.get(f"support.{name}", value) for name, value in head.items()})


def fingerprint(both: Both) -> Tensor:
    """Of the layers that the reader has to have for its checker, in the half precision in which they are kept."""
    shared = [both.reader.state_dict()[name] for name in sorted(both.reader_own()) if _layer(name) < SHARED]
    content = b"".join(value.half().cpu().numpy().tobytes() for value in shared if value.ndim)
    return torch.tensor(list(hashlib.sha256(content).digest()), dtype=torch.uint8)


def published() -> dict[str, Tensor]:
    """The encoder as it is bundled."""
    weights = load_weights(model_folder())
    return {
        f"encoder.{name}": torch.tensor(value) for name, value in weights.items() if not name.startswith("pooler")
    }


def packaged() -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """The reader and the checker in the package."""
    own = [
        {_named(name): torch.tensor(value) for name, value in unpacked(trained(file)).items()}
        for file in (WEIGHTS, CHECKER)
    ]
    return {**published(), **own[0]}, own[1]


def _named(name: str) -> str:
    return name if name.startswith(("span.", "support.")) else f"encoder.{name}"


def _layer(name: str) -> int:
    """The number of the layer that a weight is of; -1 where it is of none."""
    return int(name.split(".")[3]) if name.startswith("encoder.encoder.layer.") else -1


def _upper(name: str) -> str:
    number, _, rest = name.partition(".")
    return f"encoder.encoder.layer.{int(number) + SHARED}.{rest}"
