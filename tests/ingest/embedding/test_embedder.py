from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ingest.embedding.embedder import BundledEmbedder, SentenceTransformerEmbedder, load_embedder
from ingest.embedding.minilm import load_weights, model_folder
from ingest.embedding.runtime import multiplies_bytes, processor
from ingest.errors import ArchiveDamaged, SettingsError
from ingest.settings import IngestSettings

TEXTS = ["The ferry strike ended on Monday.", "Storm warnings for the coast", "Das Hafenamt schweigt.", "a " * 400]


@pytest.fixture(scope="module")
def bundled() -> BundledEmbedder:
    return BundledEmbedder(threads=2)


def test_vectors_are_those_of_the_published_model(bundled: BundledEmbedder) -> None:
    published = SentenceTransformerEmbedder(str(model_folder()))
    similar = (bundled.embed(TEXTS) * published.embed(TEXTS)).sum(axis=1)
    assert similar.min() > (0.97 if multiplies_bytes(processor()) else 0.999)


def test_vectors_have_unit_length_and_do_not_depend_on_their_company(bundled: BundledEmbedder) -> None:
    together = bundled.embed(TEXTS)
    alone = np.concatenate([bundled.embed([text]) for text in TEXTS])
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-3)
    assert (together * alone).sum(axis=1).min() > 0.999


def test_many_texts_are_each_read_as_if_alone(bundled: BundledEmbedder) -> None:
    texts = [f"{text} {number}" for number in range(30) for text in TEXTS[:3]]
    spans = [[(0, len(text) // 2), (len(text) // 2, len(text))] for text in texts]
    vectors, of_parts = bundled.embed_parts(texts, spans)
    for row in (0, 44, len(texts) - 1):
        alone, [parts] = bundled.embed_parts([texts[row]], [spans[row]])
        assert vectors[row] @ alone[0] > 0.999
        assert (of_parts[row] * parts).sum(axis=1).min() > 0.999


def test_a_question_is_read_while_many_texts_are(bundled: BundledEmbedder) -> None:
    with ThreadPoolExecutor() as pool:
        many = [pool.submit(bundled.embed, [f"{text} {n}" for n in range(40)]) for text in TEXTS]
        question = bundled.embed_query("The ferry strike")
        assert [len(one.result()) for one in many] == [40] * len(TEXTS)
    assert question == pytest.approx(bundled.embed_query("The ferry strike"), abs=1e-2)


def test_no_text_gives_no_vectors(bundled: BundledEmbedder) -> None:
    assert bundled.embed([]).shape == (0, 384)


def test_it_is_a_langchain_embeddings(bundled: BundledEmbedder) -> None:
    [vector] = bundled.embed_documents(["The ferry strike"])
    assert vector == pytest.approx(bundled.embed_query("The ferry strike"), abs=1e-2)


def test_tokens_are_counted_beyond_what_the_model_reads(bundled: BundledEmbedder) -> None:
    assert bundled.count_tokens(["hello world", "a " * 400]) == [2, 400]


def test_other_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not the model")
    with pytest.raises(ArchiveDamaged, match="not the published model"):
        load_weights(tmp_path)


def test_a_model_that_is_not_here_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be loaded"):
        load_embedder(IngestSettings(data=tmp_path, embedder=str(tmp_path / "nothing")))
