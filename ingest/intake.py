"""Ingesting files, folders and links, for the first time or again: what `dateline ingest` and `reindex` do."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.archive.archive import Archive
from ingest.archive.catching_up import Turn
from ingest.database.seen_files import SeenFiles
from ingest.errors import SourceError
from ingest.pipeline import Event, always, ingest
from ingest.source import Source, source
from ingest.source_kind import SourceKind
from ingest.sources import files
from ingest.sources.expected import Expected
from ingest.sources.seen import Seen
from ingest.types import Article, Outcome, Page, Progress, Report

if TYPE_CHECKING:
    from ingest.fetch.fetcher import Fetcher
    from ingest.sources.web import Web


def no_fetcher() -> Fetcher:
    raise SourceError("links cannot be ingested here", "give a path")


def ingest_sources(
    archive: Archive,
    sources: Sequence[str | Path],
    *,
    kind: SourceKind = "auto",
    captured: datetime | None = None,
    mapping: tuple[str, ...] = (),
    open_fetcher: Callable[[], Fetcher] = no_fetcher,
    turn: Turn = always,
    stop: Callable[[], bool] = lambda: False,
    by_words_only: bool = False,
) -> Iterator[Event]:
    """Ingest files, folders and links and remember them; yields what `pipeline.ingest` yields.

    A link is remembered once it was fetched. Raises SourceError, before anything is ingested, when a path is missing
    or is no file or folder, for an address that is no link, and for a mapping of fields that is none.
    """
    given = [source(str(each), kind=kind, captured=captured, mapping=mapping) for each in sources]
    places = [each for each in given if not each.is_link]
    for place in places:
        files.check(Path(place.address))
    for place in places:
        archive.journal.remember_source(place)
    archive.journal.read_anew([each.address for each in given])
    yield from _Reading(archive, [*given, *_inside(places, archive.journal.sources())], open_fetcher).events(
        again=False, turn=turn, stop=stop, by_words_only=by_words_only
    )


def reindex_sources(
    archive: Archive,
    *,
    open_fetcher: Callable[[], Fetcher] = no_fetcher,
    turn: Turn = always,
    stop: Callable[[], bool] = lambda: False,
    by_words_only: bool = False,
) -> Iterator[Event]:
    """Read every remembered source again: ingest what is new or changed, finish what is pending."""
    known = archive.journal.sources()
    with turn():
        joined = [_joined(gone, kept) for gone, kept in archive.join_doubles()]
    yield from _Reading(archive, known, open_fetcher, joined).events(
        again=True, turn=turn, stop=stop, by_words_only=by_words_only
    )


def retry(
    archive: Archive,
    *,
    open_fetcher: Callable[[], Fetcher] = no_fetcher,
    turn: Turn = always,
    stop: Callable[[], bool] = lambda: False,
    by_words_only: bool = False,
) -> Iterator[Event]:
    """Read the files and links again that failed, in whole or in part."""
    remembered = archive.journal.sources()
    failed = [_as_given(address, remembered) for address in archive.journal.failed_sources()]
    sources = [each for each in failed if each.is_link or Path(each.address).is_absolute()]
    yield from _Reading(archive, sources, open_fetcher).events(
        again=True, turn=turn, stop=stop, by_words_only=by_words_only
    )


def _inside(folders: Sequence[Source], remembered: Sequence[Source]) -> list[Source]:
    """The files and folders inside these that are sources of their own: they are read as they were given."""
    given = {folder.address for folder in folders}
    return [
        each
        for each in remembered
        if not each.is_link and each.address not in given and _is_inside(Path(each.address), given)
    ]


def _is_inside(path: Path, folders: Collection[str]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders) and os.path.exists(path)


def _as_given(address: str, remembered: Sequence[Source]) -> Source:
    """The source at an address with what was said of it, or of the folder that it was found in."""
    for each in remembered:
        if each.address == address:
            return each
    folders = (each for each in remembered if not each.is_link and Path(address).is_relative_to(each.address))
    folder = next(folders, None)
    return replace(folder, address=address) if folder else Source(address)


@dataclass(frozen=True)
class _Reading:
    """One run over sources; its fetcher is made when the first link is met."""

    archive: Archive
    sources: Sequence[Source]
    open_fetcher: Callable[[], Fetcher]
    joined: Sequence[Outcome] = ()
    expected: Expected = field(default_factory=Expected)

    def events(self, *, again: bool, turn: Turn, stop: Callable[[], bool], by_words_only: bool) -> Iterator[Event]:
        yield Progress(done=0, total=None, place="counting")
        self.expected.pages = self._known()
        events = ingest(
            self._pages(), self.archive, expected=self.expected, again=again, turn=turn, stop=stop,
            by_words_only=by_words_only,
        )  # fmt: skip
        for event in events:
            if isinstance(event, Outcome) and event.status != "dropped":  # that is of no file that was read
                self._seen.count(event.source)
            elif isinstance(event, Report) and not event.interrupted:
                self._seen.keep()
            yield event

    def _known(self) -> int:
        """How many pages there are before any link is fetched."""
        filed = sum(1 for each in self.sources if not each.is_link for _ in self._filed(each))
        return len(self.joined) + filed + sum(each.is_link for each in self.sources)

    def _pages(self) -> Iterator[Page | Outcome]:
        yield from self.joined
        for each in self.sources:
            yield from self._linked(each) if each.is_link else self._filed(each)

    def _filed(self, place: Source) -> Iterator[Page | Outcome]:
        return _filed(place, self._seen, self._apart)

    @cached_property
    def _apart(self) -> set[str]:
        return {each.address for each in self.sources if not each.is_link}

    def _linked(self, link: Source) -> Iterator[Page | Outcome]:
        remembered = False
        for found in self._web.pages(link.address, kind=link.kind):
            if not remembered and not (isinstance(found, Outcome) and found.status == "failed"):
                self.archive.journal.remember_source(link)
                remembered = True
            yield found

    @cached_property
    def _seen(self) -> SeenFiles:
        return SeenFiles(self.archive.store.engine)

    @cached_property
    def _web(self) -> Web:
        from ingest.sources.web import Web

        archive = self.archive
        return Web(self.open_fetcher(), archive.fetches, archive.journal, archive.identities, self.expected)


def _joined(gone: Article, kept: Article) -> Outcome:
    reason = f"it is the same page as {kept.url}, which now holds the texts of both"
    return Outcome(
        status="skipped", source=gone.url or gone.outlet, reason=reason, article_id=kept.id, title=gone.title
    )


def _filed(place: Source, seen: Seen, apart: Collection[str]) -> Iterator[Page | Outcome]:
    """The pages of a path; one that has gone since it was remembered is an outcome, not the end."""
    path = Path(place.address)
    try:
        if not path.exists():
            yield Outcome(status="failed", source=str(path), reason="it no longer exists; its articles are kept")
            return
        yield from files.pages(path, captured=place.captured, mapping=place.mapping, apart=apart, seen=seen)
    except (SourceError, OSError) as exc:
        yield Outcome(status="failed", source=str(path), reason=f"it cannot be read: {exc}; its articles are kept")
