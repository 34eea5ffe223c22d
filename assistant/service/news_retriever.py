"""The archive as a LangChain retriever."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from assistant.service.blocking import elsewhere, wait_for
from assistant.service.protocol import Service
from assistant.types import Filter, SearchOrder, SearchResult, SearchResults
from ingest.types import EVERYTHING


class NewsRetriever(BaseRetriever):
    """The best passages of `k` articles as documents; their metadata cites them exactly.

    `Dateline.retriever` makes one. Each call may give another `k`, other `filters` and another `order`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    service: Service = Field(exclude=True)
    k: int = Field(default=8, ge=1, le=100)
    filters: Filter = EVERYTHING
    order: SearchOrder = "relevance"

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **given: Any
    ) -> list[Document]:
        return _documents(wait_for(self._searched(query, **given)))

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, **given: Any
    ) -> list[Document]:
        return _documents(await elsewhere(self._searched(query, **given)))

    async def _searched(
        self, query: str, k: int | None = None, filters: Filter | None = None, order: SearchOrder | None = None
    ) -> SearchResults:
        return await self.service.search(query, filters or self.filters, k or self.k, order or self.order)


def _documents(found: SearchResults) -> list[Document]:
    return [_document(one) for one in found.results]


def _document(found: SearchResult) -> Document:
    cited = found.model_dump(mode="json", include={"article_id", "version", "start", "end", "outlet", "title", "url"})
    published = found.published.isoformat() if found.published else None
    place = f"{found.article_id}/{found.version}/{found.start}-{found.end}"
    return Document(
        id=place, page_content=found.text, metadata={**cited, "published": published, "score": found.score}
    )
