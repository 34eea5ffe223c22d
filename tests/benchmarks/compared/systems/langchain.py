"""The plain LangChain recipe: split into 1,000 characters with 200 in common, embed, add to Chroma, search."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from tests.benchmarks.compared.measured import NEAREST, main

AT_ONCE = 5000  # documents that Chroma takes


class LangChain:
    def __init__(self, folder: Path, model: str) -> None:
        embeddings = HuggingFaceEmbeddings(model_name=model)
        self._store = Chroma(persist_directory=str(folder), embedding_function=embeddings)

    def ingest(self, articles: Path) -> int:
        """Without an index of what is there, everything is embedded each time."""
        told = map(json.loads, articles.read_text(encoding="utf-8").splitlines())
        texts = [Document(page_content=one.pop("text"), metadata=one) for one in told]
        chunks = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(texts)
        for start in range(0, len(chunks), AT_ONCE):
            some = chunks[start : start + AT_ONCE]
            self._store.add_documents(some, ids=[str(start + number) for number in range(len(some))])
        return len(chunks)

    def find(self, question: str) -> Sequence[str]:
        return [one.metadata["url"] for one in self._store.similarity_search(question, k=NEAREST)]

    def close(self) -> None:
        """Chroma keeps what it was given."""


if __name__ == "__main__":
    main(LangChain)
