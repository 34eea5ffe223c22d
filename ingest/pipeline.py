"""From pages to a report: articles are shown as soon as their words find them, and their meaning follows."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from ingest.archive.archive import Archive
from ingest.archive.catching_up import Turn, catch_up
from ingest.archive.reserve import require_room
from ingest.database.engines.disk import is_full, translated_errors
from ingest.database.exporting import take_over
from ingest.database.journal import PlaceOutcomes
from ingest.database.retention import Due
from ingest.errors import DatelineError, NotAnArticle
from ingest.extract.partial import EXCERPTS, HEADLINE
from ingest.extract.record.exported import exported_in
from ingest.extract.told import is_meant
from ingest.extract.worker import Extractor, Pending
from ingest.identity.versions import Decision, decide
from ingest.language.text import squeeze
from ingest.sources.expected import Expected
from ingest.status import Status
from ingest.stories.stories import told_copy
from ingest.types import Article, Outcome, Page, Progress, Report, Told

AHEAD, AHEAD_BYTES = 256, 32_000_000  # pages looked up at once, and their size together
BATCH_CHARACTERS = 1_000_000  # of article text indexed and shown together: a second of work

_FAR_LONGER = 1.5  # times the text of an excerpt
_SLOW_SECONDS = 1.0  # pages that come this slowly are not waited for to be many
_DROPPED_AT_ONCE = 100  # articles
_SHOWN_SECONDS = 10.0  # what was read is shown after this, however little it is

Event = Progress | Outcome | Report
Extracted = tuple[Page, list[Article]] | Outcome  # the page that the articles are of


def always() -> AbstractContextManager[object]:
    """The turn of one who has the archive to himself."""
    return nullcontext()


def ingest(
    pages: Iterable[Page | Outcome],
    archive: Archive,
    *,
    expected: Expected | None = None,
    again: bool = False,
    ahead: int = AHEAD,
    turn: Turn = always,
    stop: Callable[[], bool] = lambda: False,
    by_words_only: bool = False,
) -> Iterator[Event]:
    """Ingest pages: yields outcomes as they are certain, progress between them, and the Report at the end.

    An outcome of "added" or "updated" is yielded only when its article is safe on disk and its words find it. When
    all are, the passages that have no vector get theirs, unless the run is `by_words_only`; what is left of that when
    `stop` says so, the next run does. `again` is for looking at known sources once more: what the user removed stays
    out. A whole run also drops the articles that are kept no longer. `ahead` pages at most are asked for
    before the first of them is made safe. When `stop` says so, the run ends at an article boundary with everything
    acknowledged kept. The `turn` is taken to work in the archive, and is not held while the next page is waited for,
    which may be slow to come. What `expected` holds grows as the pages come.
    """
    with translated_errors(archive.folder), Extractor() as extractor:
        run = _Run(archive, extractor, again=again, ahead=ahead, turn=turn)
        yield from run.events(pages, expected, stop, by_words_only=by_words_only)


@dataclass(frozen=True)
class _Read:
    """A page that was read: each outcome with its article, and whether that is to be kept."""

    page: Page
    found: list[tuple[Outcome, Article | None, bool]]

    @property
    def kept(self) -> list[Article]:
        return [article for _, article, keep in self.found if article and keep]

    def outcomes(self) -> PlaceOutcomes:
        versions = [(outcome, article.digest if article else None) for outcome, article, _ in self.found]
        return PlaceOutcomes(self.page.source, self.page.item, self.page.digest, versions)


class _Run:
    """The state of one run: what is waiting to be added, what is done."""

    def __init__(self, archive: Archive, extractor: Extractor, *, again: bool, ahead: int, turn: Turn) -> None:
        self.archive, self.extractor, self.again, self.ahead, self.turn = archive, extractor, again, ahead, turn
        self.expected: Expected | None = None
        self.waiting: list[_Read] = []
        self.outcomes: list[Outcome] = []
        self.done = self.embedded = 0
        self.finished: dict[str, Status] = {}
        self.shown = time.monotonic()

    def events(
        self,
        pages: Iterable[Page | Outcome],
        expected: Expected | None,
        stop: Callable[[], bool],
        *,
        by_words_only: bool,
    ) -> Iterator[Event]:
        began = time.monotonic()
        with self.turn():
            self.finished = self._left_pending()
            self.archive.finish_pending()
        self.expected = expected
        interrupted = yield from self._read_all(iter(pages), stop)
        if not interrupted:
            yield from self._drop_old(stop)
        yield self._progress("")
        if not by_words_only and not interrupted:
            yield from self._catch_up(stop)
        waiting = self.archive.awaiting.count()
        yield Report(
            outcomes=tuple(self.outcomes),
            passages_embedded=self.embedded,
            passages_waiting=waiting,
            seconds=time.monotonic() - began,
            interrupted=interrupted or (waiting > 0 and not by_words_only),
        )

    def _read_all(
        self, source: Iterator[Page | Outcome], stop: Callable[[], bool]
    ) -> Generator[Progress | Outcome, None, bool]:
        """Whether it was interrupted."""
        interrupted = False
        while not interrupted and (some := _ahead(source, self.ahead)):
            known = self.archive.journal.known([page for page in some if isinstance(page, Page)])
            for page, pending in [(page, self._begun(page, known)) for page in some]:
                if interrupted := stop():
                    break
                extracted = _extracted(page, pending, self.extractor) if isinstance(page, Page) and pending else None
                yield from self._in_turn(self._look_at(page, known, extracted))
                yield self._progress(page.source)
        yield from self._in_turn(self._end(is_whole=not interrupted))
        return interrupted

    def _drop_old(self, stop: Callable[[], bool]) -> Iterator[Progress | Outcome]:
        """Remove the articles that are kept no longer, some at a time."""
        due = self.archive.retentions.due()
        for start in range(0, len(due), _DROPPED_AT_ONCE):
            if stop():
                return
            yield from self._in_turn(self._drop(due[start : start + _DROPPED_AT_ONCE]))
            yield self._progress("dropping old articles")

    def _drop(self, due: Sequence[Due]) -> Iterator[Outcome]:
        self.archive.drop({one.article_id: one.reason for one in due})
        for one in due:
            yield self._done(one.outcome())

    def _catch_up(self, stop: Callable[[], bool]) -> Iterator[Progress]:
        for step in catch_up(self.archive, turn=self.turn, stop=stop):
            self.embedded += step.embedded
            place = f"embedding {step.done:,} of {step.of:,} passages"
            yield self._progress(place).model_copy(update={"waiting": step.of - step.done})

    def _in_turn(self, work: Iterator[Outcome]) -> list[Outcome]:
        """The outcomes of work, for when the turn is over: they may make others work here."""
        with self.turn():
            return list(work)

    def _begun(self, page: Page | Outcome, known: dict[str, PlaceOutcomes]) -> Pending | None:
        """The page on its way through the extractor; None where there is nothing to extract."""
        return self.extractor.begin(page) if isinstance(page, Page) and page.place not in known else None

    def _progress(self, place: str) -> Progress:
        total = self.expected.pages if self.expected else None
        return Progress(done=self.done, total=total, place=place, embedded=self.embedded)

    def _look_at(
        self, page: Page | Outcome, known: dict[str, PlaceOutcomes], extracted: Extracted | None
    ) -> Iterator[Outcome]:
        if isinstance(page, Outcome):
            if page.status != "unchanged":  # that is what the journal itself said
                self.archive.journal.keep([PlaceOutcomes(page.source, page.item, "", [(page, None)])])
            yield self._done(page)
            self.done += 1
        elif extracted is None:
            if known[page.place].is_new:  # the same bytes lay elsewhere
                self.archive.journal.keep([known[page.place]])
            for outcome, _ in known[page.place].found:
                yield self._done(outcome)
            self.done += 1
        else:
            yield from self._read(page, extracted)

    def _read(self, page: Page, extracted: Extracted) -> Iterator[Outcome]:
        if isinstance(extracted, Outcome):
            self.waiting.append(_Read(page, [(extracted, None, False)]))
        else:
            taken, articles = extracted
            articles = self._identified(taken, articles)
            if self._waits_for(articles):
                yield from self._flush()
            self.waiting.append(_Read(page, [self._decided(taken, article) for article in articles]))
        if self._is_enough():
            yield from self._flush()

    def _identified(self, page: Page, articles: list[Article]) -> list[Article]:
        arriving = [one for read in self.waiting for one in read.kept]
        for article in articles:
            is_only = len(articles) == 1
            arriving.append(self.archive.identities.identified(article, page, arriving, is_only=is_only))
        return arriving[-len(articles) :]

    def _waits_for(self, articles: list[Article]) -> bool:
        """Whether an earlier text of one of these articles is still on its way into the archive."""
        mine = {article.id for article in articles}
        return any(article.id in mine for read in self.waiting for article in read.kept)

    def _decided(self, page: Page, article: Article) -> tuple[Outcome, Article | None, bool]:
        decision = self._decide(page, article)
        note = page.told.note if page.told else ""
        outcome = Outcome(
            status=decision.status,
            source=page.source,
            item=page.item,
            reason="; ".join(part for part in (decision.reason, note) if part),
            article_id=article.id,
            title=article.title,
        )
        return outcome, decision.article, decision.keep

    def _decide(self, page: Page, article: Article) -> Decision:
        if self.again and (why := self.archive.identities.gone_because(article)) is not None:
            if why:
                return Decision("unchanged", f"dropped {why}", article, keep=False)
            reason = "you removed it; ingest the file by name to bring it back"
            return Decision("skipped", reason, article, keep=False)
        current = self.archive.store.article(article.id)
        if current and _is_excerpt(page, article, current) and _has_more(current, article):
            return Decision("unchanged", "the archive has more of the article", article, keep=False)
        decision = decide(article, current, known=self.archive.store.has_version(article))
        if decision.status == "unchanged" and article.id in self.finished:
            return replace(decision, status=self.finished.pop(article.id), reason="an interrupted run had begun it")
        return decision

    def _left_pending(self) -> dict[str, Status]:
        """What becomes of the articles that an interrupted run left, by their ids, once they are finished."""
        store = self.archive.store
        left: dict[str, Status] = {
            one.id: "updated" if store.article(one.id) else "added" for one, _ in store.pending()
        }
        return self.archive.finished | left

    def _is_enough(self) -> bool:
        texts = (len(article.text) for read in self.waiting for article in read.kept)
        is_much = sum(texts) >= BATCH_CHARACTERS or len(self.waiting) >= self.ahead
        return is_much or time.monotonic() - self.shown >= _SHOWN_SECONDS

    def _flush(self) -> Iterator[Outcome]:
        """Make what waits safe and findable, then say so."""
        require_room(self.archive.folder)
        waiting, self.waiting = self.waiting, []
        self.shown = time.monotonic()
        self.archive.add_by_words([article for read in waiting for article in read.kept])
        waiting = [self._told_copies(read) for read in waiting]
        self.archive.journal.keep([read.outcomes() for read in waiting])
        self._take_over(waiting)
        for read in waiting:
            for outcome, _, _ in read.found:
                yield self._done(outcome)
        self.done += len(waiting)

    def _end(self, *, is_whole: bool) -> Iterator[Outcome]:
        """Finish what waits; after a whole run, forget the failures that did not come again."""
        yield from self._flush()
        if is_whole:
            self.archive.journal.settle(self.outcomes)

    def _take_over(self, waiting: list[_Read]) -> None:
        """What an export says of the articles that were added from it."""
        pairs = [(exported_in(read.page), article) for read in waiting for article in read.kept]
        take_over(self.archive.store.engine, [(said, article) for said, article in pairs if said])

    def _told_copies(self, read: _Read) -> _Read:
        """What was added and is a copy of another article, said so."""
        originals = self.archive.stories.originals([article.id for article in read.kept])
        found = [(told_copy(outcome, originals), article, keep) for outcome, article, keep in read.found]
        return replace(read, found=found)

    def _done(self, outcome: Outcome) -> Outcome:
        self.outcomes.append(outcome)
        return outcome


def _is_excerpt(page: Page, article: Article, current: Article) -> bool:
    """Whether it is less than an article: a feed's summary, a headline, a free part that the archive has more of."""
    return (page.told is not None and page.told.excerpt) or (
        article.partial in EXCERPTS and article.partial != current.partial
    )


def _has_more(current: Article, article: Article) -> bool:
    """Whether the archive's text has another one in it, or is far longer; else the other one may be a correction."""
    is_longer, is_far_longer = (len(current.text) > share * len(article.text) for share in (1, _FAR_LONGER))
    return is_far_longer or (is_longer and squeeze(article.text) in squeeze(current.text))


def _ahead(source: Iterator[Page | Outcome], most: int) -> list[Page | Outcome]:
    """Pages to look up at once: as many as may lie in memory, fewer where they come slowly, as over the network."""
    some: list[Page | Outcome] = []
    began, size = time.monotonic(), 0
    for page in source:
        some.append(page)
        size += len(page.content) if isinstance(page, Page) else 0
        if len(some) >= most or size >= AHEAD_BYTES or time.monotonic() - began >= _SLOW_SECONDS:
            break
    return some


def _extracted(page: Page, pending: Pending, extractor: Extractor) -> Extracted:
    """The articles of the page, else what its feed says of it; or an outcome that says why there are none."""
    found = _read_page(page, pending)
    if page.otherwise is None:
        return found
    said = _read_page(page.otherwise, extractor.begin(page.otherwise))
    if isinstance(said, Outcome):
        return found
    if isinstance(found, Outcome):
        return _told_instead(*said, because=found.reason)
    is_told = said[1][0].partial != HEADLINE
    is_other = is_told and len(found[1]) == 1 and not is_meant(found[1][0], said[1][0])
    return _told_instead(*said, because="its page is about something else") if is_other else found


def _told_instead(page: Page, articles: list[Article], *, because: str) -> Extracted:
    note = "; ".join(filter(None, [page.told.note if page.told else "", because]))
    return replace(page, told=replace(page.told or Told(), note=note)), articles


def _read_page(page: Page, pending: Pending) -> Extracted:
    status: Status = "failed"
    try:
        return page, pending()
    except NotAnArticle as exc:
        status, reason = "skipped", str(exc)
    except DatelineError as exc:
        reason = str(exc)
    except Exception as exc:  # one bad page must not end the run
        if isinstance(exc, OSError) and is_full(exc):
            raise
        reason = f"could not be read: {type(exc).__name__}: {exc}"[:300]
    return Outcome(status=status, source=page.source, item=page.item, reason=reason)
