"""The archive as a LangChain retriever."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from assistant.service.blocking import wait_for
from assistant.service.protocol import Service
from assistant.types import Filter, SearchOrder, SearchResult
from ingest.types import EVERYTHING


class NewsRetriever(BaseRetriever):
    """The best passages of `k` articles as documents; their metadata cites them exactly."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    service: Service
    k: int = Field(default=8, ge=1, le=100)
    filters: Filter = EVERYTHING
    order: SearchOrder = "relevance"

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found = wait_for(self.service.search(query, self.filters, self.k, self.order))
        return [_document(one) for one in found.results]


def _document(found: SearchResult) -> Document:
    cited = found.model_dump(mode="json", include={"article_id", "version", "start", "end", "outlet", "title", "url"})
    published = found.published.isoformat() if found.published else None
    place = f"{found.article_id}/{found.version}/{found.start}-{found.end}"
    return Document(
        id=place, page_content=found.text, metadata={**cited, "published": published, "score": found.score}
    )
