"""From pages to a report: one article at a time for the reader, a few at a time for the model."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from ingest.archive import Archive
from ingest.disk import translated_errors
from ingest.errors import DatelineError, NotAnArticle
from ingest.extract.page import extract
from ingest.journal import LookedAt
from ingest.stories import told_copy
from ingest.types import Article, Outcome, Page, Progress, Report, Status
from ingest.versions import Decision, decide

AHEAD = 64  # pages looked up at once
BATCH_CHARACTERS = 120_000  # of article text embedded and shown together: a few seconds of work

Event = Progress | Outcome | Report


def ingest(
    pages: Iterable[Page | Outcome],
    archive: Archive,
    *,
    total: int | None = None,
    again: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Event]:
    """Take in pages: yields outcomes as they are certain, progress between them, and the Report at the end.

    An outcome of "added" or "updated" is yielded only when its article is safe on disk and can be found. `again`
    is for looking at known sources once more: what the user removed stays out. When `stop` says so, the run ends
    at an article boundary with everything acknowledged kept.
    """
    with translated_errors(archive.folder):
        yield from _Run(archive, again=again).events(pages, total, stop)


@dataclass(frozen=True)
class _Read:
    """A page that was read: each outcome with its article, and whether that is to be kept."""

    page: Page
    found: list[tuple[Outcome, Article | None, bool]]

    @property
    def kept(self) -> list[Article]:
        return [article for _, article, keep in self.found if article and keep]

    def looked_at(self) -> LookedAt:
        versions = [(outcome, article.digest if article else None) for outcome, article, _ in self.found]
        return LookedAt(self.page.source, self.page.item, self.page.digest, versions)


class _Run:
    """The state of one run: what is waiting to be embedded, what is done."""

    def __init__(self, archive: Archive, *, again: bool) -> None:
        self.archive, self.again = archive, again
        self.waiting: list[_Read] = []
        self.outcomes: list[Outcome] = []
        self.embedded = 0

    def events(self, pages: Iterable[Page | Outcome], total: int | None, stop: Callable[[], bool]) -> Iterator[Event]:
        began = time.monotonic()
        self.embedded += self.archive.finish_pending()
        done, interrupted = 0, False
        source = iter(pages)
        while not interrupted and (some := list(islice(source, AHEAD))):
            known = self.archive.journal.known([page for page in some if isinstance(page, Page)])
            for page in some:
                if interrupted := stop():
                    break
                yield from self._look_at(page, known)
                done += 1
                yield Progress(done=done, total=total, place=page.source)
        yield from self._flush()
        seconds = time.monotonic() - began
        yield Report(
            outcomes=tuple(self.outcomes), passages_embedded=self.embedded, seconds=seconds, interrupted=interrupted
        )

    def _look_at(self, page: Page | Outcome, known: dict[str, list[Outcome]]) -> Iterator[Outcome]:
        if isinstance(page, Outcome):
            self.archive.journal.keep([LookedAt(page.source, page.item, "", [(page, None)])])
            yield self._done(page)
        elif page.place in known:
            for outcome in known[page.place]:
                yield self._done(outcome)
        else:
            yield from self._read(page)

    def _read(self, page: Page) -> Iterator[Outcome]:
        articles = _extracted(page)
        if isinstance(articles, Outcome):
            self.waiting.append(_Read(page, [(articles, None, False)]))
        else:
            if self._waits_for(articles):
                yield from self._flush()
            self.waiting.append(_Read(page, [self._decided(page, article) for article in articles]))
        if self._is_enough():
            yield from self._flush()

    def _waits_for(self, articles: list[Article]) -> bool:
        """Whether an earlier text of one of these articles is still on its way into the archive."""
        mine = {article.id for article in articles}
        return any(article.id in mine for read in self.waiting for article in read.kept)

    def _decided(self, page: Page, article: Article) -> tuple[Outcome, Article | None, bool]:
        decision = self._decide(article)
        outcome = Outcome(
            status=decision.status,
            source=page.source,
            item=page.item,
            reason=decision.reason,
            article_id=article.id,
            title=article.title,
        )
        return outcome, decision.article, decision.keep

    def _decide(self, article: Article) -> Decision:
        if self.again and self.archive.journal.was_removed(article.id):
            reason = "you removed it; take the file in by name to have it back"
            return Decision("skipped", reason, article, keep=False)
        return decide(article, self.archive.store.article(article.id), known=self.archive.store.has_version(article))

    def _is_enough(self) -> bool:
        texts = (len(article.text) for read in self.waiting for article in read.kept)
        return sum(texts) >= BATCH_CHARACTERS or len(self.waiting) >= AHEAD

    def _flush(self) -> Iterator[Outcome]:
        """Make what waits safe and findable, then say so."""
        waiting, self.waiting = self.waiting, []
        self.embedded += self.archive.add([article for read in waiting for article in read.kept])
        waiting = [self._told_copies(read) for read in waiting]
        self.archive.journal.keep([read.looked_at() for read in waiting])
        for read in waiting:
            for outcome, _, _ in read.found:
                yield self._done(outcome)

    def _told_copies(self, read: _Read) -> _Read:
        """What was added and is a copy of another article, said so."""
        originals = self.archive.stories.originals([article.id for article in read.kept])
        found = [(told_copy(outcome, originals), article, keep) for outcome, article, keep in read.found]
        return replace(read, found=found)

    def _done(self, outcome: Outcome) -> Outcome:
        self.outcomes.append(outcome)
        return outcome


def _extracted(page: Page) -> list[Article] | Outcome:
    """The articles of the page; or an outcome that says why there are none."""
    status: Status = "failed"
    try:
        return extract(page)
    except NotAnArticle as exc:
        status, reason = "skipped", str(exc)
    except DatelineError as exc:
        reason = str(exc)
    except Exception as exc:  # one bad page must not end the run
        reason = f"could not be read: {type(exc).__name__}: {exc}"[:300]
    return Outcome(status=status, source=page.source, item=page.item, reason=reason)
