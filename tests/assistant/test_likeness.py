"""Nearness of meaning, each text embedded once."""

from __future__ import annotations

from assistant.likeness import Likeness
from tests.fakes import HashEmbedder


def test_the_nearest_passage_counts_and_no_text_is_embedded_twice() -> None:
    embedder = HashEmbedder()
    alike = Likeness(embedder)
    assert alike("the ferry strike", ["the harbour master", "the ferry strike"]) > 0.99
    assert alike("the harbour master", ["the ferry strike"]) < 0.9
    assert embedder.embedded == 2
    assert alike("the ferry strike", []) == 0.0
