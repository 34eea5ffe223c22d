"""Settings to a working assistant: the only file that names concrete classes."""

from __future__ import annotations

import threading
from contextlib import suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from assistant.settings import Settings
from assistant.version import version
from ingest.errors import DatelineError

if TYPE_CHECKING:
    from assistant.answer import Assistant
    from assistant.reading.checker import ClaimChecker
    from assistant.reading.reader import AnswerReader, BundledReader
    from assistant.search.rerank import Reranker
    from assistant.search.retriever import Clock
    from ingest.archive.archive import Archive
    from ingest.archive.lock import ArchiveLock
    from ingest.embedding.embedder import Embedder
    from ingest.fetch.fetcher import Fetcher


def open_archive(settings: Settings, *, check: bool = True, lock: ArchiveLock | None = None) -> Archive:
    """The archive of the settings, with its embedder loaded; raises what `Archive.open` raises.

    With `check` off an archive made with another model opens too, to be rebuilt. Who holds the lock hands it over.
    Where another process writes to a shared database, the archive can be read.
    """
    from ingest.archive.archive import Archive
    from ingest.archive.home import home_of
    from ingest.embedding.embedder import load_embedder

    return Archive.open(home_of(settings), load_embedder(settings), check=check, beside=True, lock=lock)


def make_fetcher(settings: Settings) -> Fetcher:
    """The fetcher for links, under the limits of the settings; nothing of it has to be closed."""
    from ingest.fetch.fetcher import Fetcher
    from ingest.fetch.guard import Guard
    from ingest.fetch.public import Reach

    guard = Guard(Reach.parse(settings.fetch_allow))
    return Fetcher(agent=f"Dateline/{version()}", guard=guard, delay=settings.fetch_delay)


def make_assistant(settings: Settings, archive: Archive, *, clock: Clock | None = None) -> Assistant:
    """An assistant over an open archive. Raises SettingsError when one of its models cannot be set up.

    The embedder gets ready meanwhile, in a thread.
    """
    threading.Thread(target=_get_ready, args=(archive.embedder,), daemon=True).start()
    from assistant.answer import Assistant
    from assistant.compose.extractive import ExtractiveComposer
    from assistant.conversations.memory import Memory
    from ingest.database.store import now

    reader = load_reader(settings)
    common = partial(
        Assistant,
        archive,
        Memory(archive.store.engine),
        articles=settings.top_k,
        policy=settings.policy,
        clock=clock or now,
        reader=reader,
        reranker=load_reranker(settings),
        checker=load_checker(reader),
    )
    if settings.model is None:
        return common(writer=ExtractiveComposer())
    from assistant.compose.generative import GenerativeComposer
    from assistant.compose.model import load_model
    from assistant.conversations.followup import standalone_with

    model = load_model(settings)
    if settings.model_prompt == "small":  # such a model does not reword follow-ups either
        from assistant.compose.small import OneSentenceComposer

        return common(writer=OneSentenceComposer(model, name=settings.model, deadline=settings.model_deadline))
    writer = GenerativeComposer(model, name=settings.model, deadline=settings.model_deadline)
    return common(writer=writer, understand=partial(standalone_with, model))


def _get_ready(embedder: Embedder) -> None:
    with suppress(DatelineError):  # the first question says it again
        embedder.embed(["ready"])


def load_reader(settings: Settings) -> AnswerReader | None:
    """The reader of the settings, if any."""
    return None if settings.reader == "none" else _bundled_reader(settings.threads)


@lru_cache(maxsize=1)  # who opens several archives, or one again, compiles it once
def _bundled_reader(threads: int) -> BundledReader:
    from assistant.reading.reader import BundledReader

    return BundledReader(threads=threads)


def load_checker(reader: AnswerReader | None) -> ClaimChecker | None:
    """The checker in the package, which shares layers with the reader in it and is not used without."""
    from assistant.reading.reader import BundledReader

    return _bundled_checker(reader) if isinstance(reader, BundledReader) else None


@lru_cache(maxsize=1)
def _bundled_checker(reader: BundledReader) -> ClaimChecker:
    from assistant.reading.checker import BundledChecker

    return BundledChecker(reader)


def load_reranker(settings: Settings) -> Reranker | None:
    """The cross-encoder of the settings, if any. Raises SettingsError when it cannot be used."""
    if settings.reranker is None:
        return None
    from assistant.search.rerank import CrossEncoderReranker

    return CrossEncoderReranker(settings.reranker)
