"""Taking in files and folders, now and again: what `dateline ingest` and `dateline reindex` do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path

from ingest.archive import Archive
from ingest.errors import SourceError
from ingest.pipeline import Event, ingest
from ingest.sources import files
from ingest.types import Outcome, Page, Progress


def take_in(
    archive: Archive,
    paths: Sequence[Path],
    *,
    captured: datetime | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Event]:
    """Take in files and folders and remember them; yields what `pipeline.ingest` yields.

    Raises SourceError, before anything is taken in, when a path is missing or is no file or folder.
    """
    places = [path.absolute() for path in paths]
    for place in places:
        files.check(place)
    for place in places:
        archive.journal.remember_source(str(place), captured)
    yield from _read(archive, [(place, captured) for place in places], again=False, stop=stop)


def look_again(archive: Archive, *, stop: Callable[[], bool] = lambda: False) -> Iterator[Event]:
    """Look at every remembered source again: take in what is new or changed, finish what is pending."""
    sources = [(Path(address), captured) for address, captured in archive.journal.sources()]
    yield from _read(archive, sources, again=True, stop=stop)


def _read(
    archive: Archive, sources: Sequence[tuple[Path, datetime | None]], *, again: bool, stop: Callable[[], bool]
) -> Iterator[Event]:
    yield Progress(done=0, total=None, place="counting")
    total = sum(1 for _ in _all_pages(sources))
    yield from ingest(_all_pages(sources), archive, total=total, again=again, stop=stop)


def _all_pages(sources: Sequence[tuple[Path, datetime | None]]) -> Iterable[Page | Outcome]:
    return chain.from_iterable(_pages_of(path, captured) for path, captured in sources)


def _pages_of(path: Path, captured: datetime | None) -> Iterator[Page | Outcome]:
    """The pages of a source; one that has gone since it was remembered is an outcome, not the end."""
    if not path.exists():
        yield Outcome(status="failed", source=str(path), reason="it is not there any more; its articles are kept")
        return
    try:
        yield from files.pages(path, captured=captured)
    except (SourceError, OSError) as exc:
        yield Outcome(status="failed", source=str(path), reason=f"it cannot be read: {exc}; its articles are kept")
