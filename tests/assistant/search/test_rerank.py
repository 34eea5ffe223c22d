"""A cross-encoder by name: a small one with random weights, made here, run by sentence-transformers."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.build import make_assistant
from assistant.search.rerank import CrossEncoderReranker
from assistant.service.blocking import wait_for
from assistant.settings import Settings
from assistant.types import Filter
from ingest.archive.archive import Archive
from ingest.embedding.chunk import embedded_text
from ingest.embedding.minilm import model_folder
from ingest.errors import SettingsError
from tests.fakes import HashEmbedder, an_article

QUESTION = "Where is the crack in the dam?"
TEXTS = [f"Engineers found a crack in the dam at {place}." for place in ("Aldermoss", "Lisk", "Oberhallow", "Marl")]


def cross_encoder(folder: Path, *, scores: int) -> str:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    torch.manual_seed(7)
    shape = BertConfig(
        hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32, initializer_range=1.0
    )
    shape.num_labels = scores
    BertForSequenceClassification(shape).save_pretrained(folder)
    BertTokenizer.from_pretrained(str(model_folder())).save_pretrained(folder)
    return str(folder)


def test_search_has_the_order_of_the_cross_encoder(tmp_path: Path) -> None:
    name = cross_encoder(tmp_path / "model", scores=1)
    articles = [an_article(text, title=f"Dam {n}", url=f"https://news.example/{n}") for n, text in enumerate(TEXTS)]
    settings = Settings(data=tmp_path / "archive", reranker=name)
    with Archive.open(settings.data, HashEmbedder()) as archive:
        archive.add(articles)
        found = wait_for(make_assistant(settings, archive).search(QUESTION, Filter(), 10)).results
    texts = [embedded_text(article.title, article.text) for article in articles]
    expected = dict(
        zip((article.id for article in articles), CrossEncoderReranker(name)(QUESTION, texts), strict=True)
    )
    assert len({round(score, 4) for score in expected.values()}) == len(TEXTS)
    assert [one.article_id for one in found] == sorted(expected, key=lambda key: -expected[key])
    assert [one.signals.reread for one in found] == pytest.approx(sorted(expected.values(), reverse=True), abs=1e-3)


def test_what_cannot_rank_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be loaded"):
        CrossEncoderReranker(str(tmp_path / "nothing"))
    with pytest.raises(SettingsError, match="is not a cross-encoder"):
        CrossEncoderReranker(str(model_folder()))
    with pytest.raises(SettingsError, match="gives 3 scores, not one"):
        CrossEncoderReranker(cross_encoder(tmp_path / "model", scores=3))
