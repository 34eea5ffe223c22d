"""Dateline: its search, which is what the other systems do for a question too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.search.retriever import Retriever
from ingest.archive.archive import Archive
from ingest.embedding.embedder import load_embedder
from ingest.intake import ingest_sources
from ingest.settings import IngestSettings
from ingest.types import Report
from tests.benchmarks.compared.measured import NEAREST, main


class Dateline:
    def __init__(self, folder: Path, _model: str) -> None:
        self.archive = Archive.open(folder, load_embedder(IngestSettings(data=folder)))
        self._retriever = Retriever(self.archive)

    def ingest(self, articles: Path) -> int:
        events = ingest_sources(self.archive, [articles])
        [report] = [event for event in events if isinstance(event, Report)]
        return report.passages_embedded

    def find(self, question: str) -> Sequence[str]:
        hits = self._retriever.find(question, self._retriever.vector(question), NEAREST)
        return [hit.article.url or "" for hit in hits]

    def close(self) -> None:
        self.archive.close()


if __name__ == "__main__":
    main(Dateline)
