"""The embedder: text to unit vectors, with the methods of LangChain's `Embeddings`."""

from __future__ import annotations

import asyncio
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.embedding.batches import BATCH, Encodings, Requests, Rows, padded
from ingest.embedding.minilm import SHA256, compile_model, model_folder
from ingest.errors import SettingsError
from ingest.settings import IngestSettings

Vectors = NDArray[np.float32]
Span = tuple[int, int]


class Embedder(ABC):
    """An `Embeddings` that also says what it is, so that vectors of two models never meet in one archive.

    It does not inherit from that class, whose import takes a tenth of the time of a single question: where LangChain
    is used, `assistant.service.dateline` registers it as one.

    fingerprint  names the model, its weights and how they are run; vectors of equal ones compare
    dimension    length of a vector
    languages    codes of those it was trained on; None where that is not known
    """

    fingerprint: str
    dimension: int
    languages: frozenset[str] | None = None

    def knows(self, language: str) -> bool:
        """Whether its vectors mean something for texts in a language; so it is where `languages` is None."""
        return self.languages is None or language in self.languages

    @abstractmethod
    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension)."""

    @abstractmethod
    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Word pieces of each text, without the special ones."""

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> tuple[Vectors, list[Vectors]]:
        """What `embed` gives, and unit vectors of the parts of each text, shape (parts of it, dimension).

        A part is given by its start and end. Here each is read alone.
        """
        pieces = [text[start:end] for text, spans in zip(texts, parts, strict=True) for start, end in spans]
        alone = self.embed(pieces) if pieces else np.empty((0, self.dimension), np.float32)
        borders = np.cumsum([len(spans) for spans in parts])[:-1]
        return self.embed(texts), np.split(alone, borders)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in vector] for vector in self.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

    async def aembed_documents(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self.embed_documents, texts)

    async def aembed_query(self, text: str) -> list[float]:
        return await asyncio.to_thread(self.embed_query, text)


class BundledEmbedder(Embedder):
    """all-MiniLM-L6-v2, without torch; the model is loaded in a second when the first text comes."""

    dimension = 384
    languages = frozenset({"en"})
    fingerprint = f"all-MiniLM-L6-v2/{SHA256[:12]}/256/float"

    def __init__(self, *, threads: int) -> None:
        from tokenizers import Tokenizer

        folder = model_folder()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(256)
        self._tokenizer.no_padding()
        self._counter = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._counter.no_truncation()
        self._counter.no_padding()
        self._folder, self.threads = folder, threads
        self._compiling, self._streaming, self._asking = threading.Lock(), threading.Lock(), threading.Lock()
        self._compiled: tuple[Requests, Any] | None = None

    @property
    def _model(self) -> tuple[Requests, Any]:
        """Requests for many texts, and one for few; made when first needed, since words are indexed without it."""
        with self._compiling:
            if self._compiled is None:
                model = compile_model(self._folder, threads=self.threads)
                self._compiled = Requests(model), model.create_infer_request()
            return self._compiled

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self.embed_parts(texts, [()] * len(texts))[0]

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> tuple[Vectors, list[Vectors]]:
        """Each part is the mean of its tokens as read in their text (late chunking, Günther et al. 2024)."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        of_parts: list[Vectors] = [vectors[:0]] * len(texts)
        encodings = self._tokenizer.encode_batch(list(texts))
        for rows, found, tokens in self._inferred(encodings):
            vectors[rows] = found
            for row, read in zip(rows, tokens, strict=True):
                of_parts[row] = _pooled(parts[row], encodings[row].offsets, read, vectors[row])
        return vectors, of_parts

    def _inferred(self, encodings: Encodings) -> Iterator[tuple[Rows, Vectors, Vectors]]:
        """Few texts are a question's: they do not wait for the many of an ingest to end."""
        if not encodings:
            return
        many, few = self._model
        if len(encodings) > BATCH:
            with self._streaming:
                yield from many.through(encodings)
            return
        with self._asking:
            found = few.infer(list(padded(encodings)))
            yield np.arange(len(encodings)), found[0], found[1]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(encoding) for encoding in self._counter.encode_batch_fast(list(texts), add_special_tokens=False)]


def _pooled(parts: Sequence[Span], offsets: Sequence[Span], tokens: Vectors, whole: Vectors) -> Vectors:
    """Unit vectors of the parts from those of the tokens; the whole text's where a part has no token of its own."""
    pooled = np.empty((len(parts), len(whole)), np.float32)
    if not parts:
        return pooled
    starts, ends = np.array(offsets).T
    tokens = tokens[: len(starts)]
    for row, (start, end) in enumerate(parts):
        inside = tokens[(starts >= start) & (ends <= end) & (starts < ends)]
        mean = inside.mean(axis=0) if len(inside) else whole
        pooled[row] = mean / np.linalg.norm(mean)
    return pooled


class SentenceTransformerEmbedder(Embedder):
    """Any sentence-transformers model, by local folder or by a name that is already on this machine."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model: Any = SentenceTransformer(name, local_files_only=True)
        except (OSError, ValueError) as exc:
            hint = "give the folder of a sentence-transformers model, or download it first"
            raise SettingsError(f"the embedding model {name!r} cannot be loaded", hint) from exc
        self.dimension = len(self._model.encode("dimension"))
        self.fingerprint = f"{name}/{self.dimension}/{self._model.max_seq_length}/sentence-transformers"

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(
            self._model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False), np.float32
        )

    def embed_query(self, text: str) -> list[float]:
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return [float(value) for value in vector]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        encoded = self._model.tokenizer(list(texts), add_special_tokens=False, truncation=False)["input_ids"]
        return [len(ids) for ids in encoded]


def load_embedder(settings: IngestSettings) -> Embedder:
    """The embedder that the settings name. Raises SettingsError when it cannot be loaded."""
    if settings.embedder == "bundled":
        return _bundled(settings.threads)
    return SentenceTransformerEmbedder(settings.embedder)


@lru_cache(maxsize=1)  # who opens several archives, or one again, compiles it once
def _bundled(threads: int) -> BundledEmbedder:
    return BundledEmbedder(threads=threads)
