"""Settings to a working assistant: the only file that names concrete classes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from assistant.service.blocking import wait_for
from assistant.service.owner import service_note
from assistant.settings import Settings
from assistant.version import version

if TYPE_CHECKING:
    from assistant.answer import Assistant
    from assistant.reading.checker import ClaimChecker
    from assistant.reading.reader import AnswerReader
    from assistant.rerank import Reranker
    from assistant.retrieve import Clock
    from assistant.service.protocol import Service
    from ingest.archive.archive import Archive
    from ingest.archive.lock import ArchiveLock
    from ingest.fetch.fetcher import Fetcher


def open_archive(settings: Settings, *, check: bool = True, lock: ArchiveLock | None = None) -> Archive:
    """The archive of the settings, with its embedder loaded; raises what `Archive.open` raises.

    With `check` off an archive made with another model opens too, to be rebuilt. Who holds the lock hands it over.
    """
    from ingest.archive.archive import Archive
    from ingest.embedding.embedder import load_embedder

    return Archive.open(settings.data, load_embedder(settings), check=check, lock=lock)


@contextmanager
def open_service(settings: Settings, *, check: bool = True) -> Iterator[Service]:
    """The archive through the service that owns it, or opened in this process until the end of the `with`.

    With `check` off an archive that was made with another model opens too. Raises what `Archive.open` raises.
    """
    service = _running(settings)
    if service is None:
        from assistant.service.local import LocalService

        service = LocalService(settings, open_archive(settings, check=check))
    try:
        yield service
    finally:
        wait_for(service.close())


def unfollowed(service: Service, settings: Settings) -> Iterator[str]:
    """A note for each setting of this process that a running service, which has its own, does not follow."""
    from assistant.service.local import LocalService
    from ingest.archive.manifest import Manifest

    given = settings.model or settings.reader == "none" or settings.embedder != "bundled"
    if isinstance(service, LocalService) or not given:
        return
    used = wait_for(service.readiness())
    manifest = Manifest.load(settings.data)
    made_with = manifest.embedder if manifest else ""
    hint = "restart the running service with this setting to change that"
    if settings.model and settings.model != used.model:
        yield f"DATELINE_MODEL={settings.model} was not used, but {used.model}; {hint}"
    if settings.reader == "none" != used.reader:
        yield f"DATELINE_READER=none was not used, but {used.reader}; {hint}"
    if settings.embedder != "bundled" and not made_with.startswith(f"{settings.embedder}/"):
        yield f"DATELINE_EMBEDDER={settings.embedder} was not used, but {made_with}; {hint}"


def _running(settings: Settings) -> Service | None:
    if service_note(settings.data) is None:
        return None
    from assistant.service.client import find_service

    return wait_for(find_service(settings.data))


def make_fetcher(settings: Settings) -> Fetcher:
    """What fetches links, under the limits of the settings; it holds nothing that has to be closed."""
    from ingest.fetch.fetcher import Fetcher
    from ingest.fetch.guard import Guard
    from ingest.fetch.public import Reach

    guard = Guard(Reach.parse(settings.fetch_allow))
    return Fetcher(agent=f"Dateline/{version()}", guard=guard, delay=settings.fetch_delay)


def make_assistant(settings: Settings, archive: Archive, *, clock: Clock | None = None) -> Assistant:
    """An assistant over an open archive. Raises SettingsError when one of its models cannot be set up."""
    from assistant.answer import Assistant
    from assistant.compose.extractive import ExtractiveComposer
    from assistant.memory import Memory
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
    from assistant.model import load_model
    from assistant.question import standalone_with

    model = load_model(settings)
    if settings.model_prompt == "small":  # such a model does not reword follow-ups either
        from assistant.compose.small import OneSentenceComposer

        return common(writer=OneSentenceComposer(model, name=settings.model, deadline=settings.model_deadline))
    writer = GenerativeComposer(model, name=settings.model, deadline=settings.model_deadline)
    return common(writer=writer, understand=partial(standalone_with, model))


def load_reader(settings: Settings) -> AnswerReader | None:
    """The reader of the settings, if any."""
    if settings.reader == "none":
        return None
    from assistant.reading.reader import BundledReader

    return BundledReader(threads=settings.threads)


def load_checker(reader: AnswerReader | None) -> ClaimChecker | None:
    """The checker in the package, which shares layers with the reader in it and is not used without."""
    from assistant.reading.checker import BundledChecker
    from assistant.reading.reader import BundledReader

    return BundledChecker(reader) if isinstance(reader, BundledReader) else None


def load_reranker(settings: Settings) -> Reranker | None:
    """The cross-encoder of the settings, if any. Raises SettingsError when it cannot be used."""
    if settings.reranker is None:
        return None
    from assistant.rerank import CrossEncoderReranker

    return CrossEncoderReranker(settings.reranker)
