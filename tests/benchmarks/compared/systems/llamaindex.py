"""LlamaIndex's ingestion pipeline with a document store, which knows what has not changed, over Chroma."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import chromadb
from llama_index.core import Document, VectorStoreIndex
from llama_index.core.ingestion import DocstoreStrategy, IngestionPipeline
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.storage.docstore import SimpleDocumentStore
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.chroma import ChromaVectorStore

from tests.benchmarks.compared.measured import NEAREST, main


class LlamaIndex:
    def __init__(self, folder: Path, model: str) -> None:
        self._known = folder / "docstore.json"
        self._embedding = HuggingFaceEmbedding(model_name=model)
        collection = chromadb.PersistentClient(str(folder)).get_or_create_collection("articles")
        self._store = ChromaVectorStore(chroma_collection=collection)
        index = VectorStoreIndex.from_vector_store(self._store, embed_model=self._embedding)
        self._retriever = index.as_retriever(similarity_top_k=NEAREST)

    def ingest(self, articles: Path) -> int:
        told = map(json.loads, articles.read_text(encoding="utf-8").splitlines())
        documents = [Document(text=one.pop("text"), metadata=one, doc_id=one["url"]) for one in told]
        known = str(self._known)
        pipeline = IngestionPipeline(
            transformations=[SentenceSplitter(chunk_size=256, chunk_overlap=40), self._embedding],
            docstore=SimpleDocumentStore.from_persist_path(known) if self._known.exists() else SimpleDocumentStore(),
            vector_store=self._store,
            docstore_strategy=DocstoreStrategy.UPSERTS,
        )
        nodes = pipeline.run(documents=documents)
        pipeline.docstore.persist(known)
        return len(nodes)

    def find(self, question: str) -> Sequence[str]:
        return [one.node.metadata["url"] for one in self._retriever.retrieve(question)]

    def close(self) -> None:
        """Chroma keeps what it was given."""


if __name__ == "__main__":
    main(LlamaIndex)
