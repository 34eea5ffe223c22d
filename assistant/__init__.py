"""Dateline's public door: what programs import from here stays where it is. Each is loaded when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.service.dateline import Dateline
    from assistant.service.news_retriever import NewsRetriever
    from assistant.settings import Settings
    from assistant.types import Answer, AskRequest, Filter

__all__ = ["Answer", "AskRequest", "Dateline", "Filter", "NewsRetriever", "Settings"]

_HOMES = {
    "Answer": "types",
    "AskRequest": "types",
    "Dateline": "service.dateline",
    "Filter": "types",
    "NewsRetriever": "service.news_retriever",
    "Settings": "settings",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
