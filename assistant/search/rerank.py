"""A cross-encoder by name, which reads question and passage together and orders the best of what was found anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from ingest.errors import SettingsError


class Reranker(Protocol):
    """Says for each text how well it answers the question, 0..1 (Nogueira and Cho 2019)."""

    def __call__(self, question: str, texts: Sequence[str]) -> list[float]: ...


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder, by local folder or by a name that is already on this machine."""

    def __init__(self, name: str) -> None:
        """Raises SettingsError when it cannot be loaded, or gives more than one score."""
        from sentence_transformers import CrossEncoder
        from torch.nn import Sigmoid

        try:
            self._model: Any = CrossEncoder(name, local_files_only=True)
        except (OSError, ValueError) as exc:
            hint = "give the folder of a sentence-transformers cross-encoder, or download it first"
            raise SettingsError(f"the reranker {name!r} cannot be loaded", hint) from exc
        made_for = self._model.config.architectures or []
        if not any(name.endswith("ForSequenceClassification") for name in made_for):
            raise SettingsError(f"{name!r} is not a cross-encoder", "name one, or set it as DATELINE_EMBEDDER")
        if self._model.num_labels != 1:
            hint = "give one that was trained to rank passages, such as those trained on MS MARCO"
            raise SettingsError(f"the reranker {name!r} gives {self._model.num_labels} scores, not one", hint)
        self._share = Sigmoid()

    def __call__(self, question: str, texts: Sequence[str]) -> list[float]:
        pairs = [(question, text) for text in texts]
        scores = self._model.predict(pairs, activation_fn=self._share, show_progress_bar=False)
        return [float(score) for score in scores]
