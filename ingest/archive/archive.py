"""The archive: keeps store, words and vectors in step, under one owner at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from ingest.archive.catching_up import catch_up
from ingest.archive.home import Home, home_at
from ingest.archive.indexed import Indexed
from ingest.archive.lock import ArchiveLock, make_folder, this_command
from ingest.archive.manifest import DATABASE, NAMES, Manifest
from ingest.archive.recovery import require
from ingest.archive.reserve import keep_reserve
from ingest.archive.seal import Seal
from ingest.database.engines.disk import translated_errors
from ingest.database.fetches import Fetches
from ingest.embedding.chunk import passages
from ingest.embedding.embedder import Embedder
from ingest.errors import ArchiveBusy, ArchiveDamaged, NotFound
from ingest.identity.identities import Identities
from ingest.identity.versions import one_version_each
from ingest.status import Status
from ingest.types import Article, Passage

Cut = list[tuple[Article, list[Passage]]]


class Archive(Indexed):
    """Articles with everything that finds them. Open one with `Archive.open`; close it, or use it in a `with`."""

    def __init__(self, home: Home, manifest: Manifest, embedder: Embedder, lock: ArchiveLock, engine: Engine) -> None:
        super().__init__(home, manifest, embedder, engine)
        self.lock = lock
        self.fetches = Fetches(engine)
        self.identities = Identities(engine)
        self.finished: dict[str, Status] = {}  # what became of the articles that an interrupted run had begun

    @classmethod
    def open(
        cls,
        place: Path | Home,
        embedder: Embedder,
        *,
        check: bool = True,
        beside: bool = False,
        lock: ArchiveLock | None = None,
    ) -> Self:
        """Take the lock and open the archive in a folder, or in another home, making a new one where there is none.

        check   put an archive in order that was not closed; without, one that was made with another model opens too
        beside  if another process writes to a shared database, open it to be read: see `follow`
        lock    that of the folder, handed over by its holder

        Raises ArchiveBusy, ArchiveMismatch (another model or schema), ArchiveDamaged.
        """
        home = home_at(place)
        make_folder(home.folder)
        lock = lock or ArchiveLock(home.folder).acquire(this_command())
        try:
            with translated_errors(home.folder):
                with contextlib.suppress(ArchiveBusy) if beside else contextlib.nullcontext():
                    home.begin_writing(lock.command)
                manifest = home.manifest_for(embedder)
                if check:
                    require(manifest, embedder, home)
                seal, changed = home.seal(mend=check)
                archive = cls(home, manifest, embedder, lock, home.open())
                archive.seal, archive.changed = seal, changed
                archive._open_indexes(mend=check)
                if not home.writer:
                    archive._adopt()
                if check and not home.writer:
                    archive._finish_begun()
                if check:
                    archive.following.keep()
        except BaseException:
            home.end_writing()
            lock.release()
            raise
        return archive

    def changed_outside(self) -> bool:
        """Whether something else than Dateline changed the database since it was last closed or repaired."""
        sealed = self.seal and self.seal.files.get(DATABASE)
        if self.changed or not sealed:
            return self.changed
        if sealed.modified != (self.folder / DATABASE).stat().st_mtime_ns:  # it was written to since
            return False
        return not sealed.fits(self.folder / DATABASE, whole=True)

    def _finish_begun(self) -> None:
        """Show the articles that an interrupted run had begun with, and remove those that were to be removed."""
        self._remove(self.store.removing())
        pending = self.store.pending()
        self.finished |= {one.id: "updated" if self.store.article(one.id) else "added" for one, _ in pending}
        for start in range(0, len(pending), 16):
            self._show(pending[start : start + 16])

    def _adopt(self) -> None:
        """Bring the names of articles up to date, once."""
        if self.manifest.names < NAMES:
            self.identities.adopt()
            self.manifest = self.manifest.model_copy(update={"names": NAMES})
            self.home.save(self.manifest)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files, note how they are, and give up the lock; whatever fails, the lock is given up."""
        with contextlib.ExitStack() as stack:
            stack.callback(self.lock.release)
            stack.callback(self.home.end_writing)
            stack.callback(self._seal)
            stack.callback(super().close)
            stack.callback(self.words.close)
            stack.callback(self._vectors.close)
            if not self.damage:
                stack.callback(self._note_followed)

    def _seal(self) -> None:
        """Note sizes and checksums of all files; without a note they are looked at when next opened."""
        if self.lock.is_held and not self.damage:
            with contextlib.suppress(OSError):
                Seal.of(self.folder, self.manifest, self.seal, changed=self.changed).save(self.folder)
                keep_reserve(self.folder)

    def _note_followed(self) -> None:
        with contextlib.suppress(SQLAlchemyError, OSError, ArchiveBusy):
            self.following.close()

    # Adding

    def add(self, articles: Sequence[Article]) -> int:
        """Add new articles and new versions, and give them their vectors; returns how many passages were embedded."""
        self.add_by_words(articles)
        return self.catch_up()

    def add_by_words(self, articles: Sequence[Article]) -> None:
        """Add new articles and new versions so that their words find them; their passages wait for their vectors.

        All are first kept as pending, then indexed by words and shown together. Killed at any point, they are either
        not there or pending, and the next one who opens the archive finishes them.
        """
        with translated_errors(self.folder):
            for batch in one_version_each(articles):
                cut = [(article, passages(article, self.embedder.count_tokens)) for article in batch]
                self.require_writing()
                self.store.stage(cut)
                self._show(cut)

    def require_writing(self) -> None:
        """Make sure that only this process writes to a shared database.

        If others have written meanwhile, follow them and finish what they had begun. Raises ArchiveBusy if another
        process writes, and ArchiveMismatch if it has made the passages anew with another model.
        """
        with self._opening:
            if self.home.writer and (found := self.home.manifest(self.store.engine)):
                found.require(self.embedder)
            self.following.is_behind = self.home.regain_writing() or self.following.is_behind
            if self.following.is_behind:
                self._open_late()
                self._follow_or_mend()
                self._finish_begun()
                self.following.is_behind = False

    def follow(self) -> None:
        """Bring the indexes up to what another process has written to a shared database.

        If none writes to it any more, this process takes over. Raises ArchiveMismatch as `require_writing` does.
        """
        with translated_errors(self.folder), self._opening:
            last = self.following.last()
            try:
                self.require_writing()
                self.following.wrote(last)
            except ArchiveBusy:
                self._open_late()
                self._follow_or_mend()
            self.following.keep()

    def catch_up(self) -> int:
        """Give every passage that waits its vector; returns how many were embedded."""
        return sum(step.embedded for step in catch_up(self))

    def finish_pending(self) -> None:
        """Finish what an interrupted run left, but for the vectors of passages.

        Raises what `require_writing` does.
        """
        with translated_errors(self.folder):
            self.require_writing()
            self._finish_begun()
            self.stories.place_missing()

    def _show(self, cut: Cut) -> None:
        items = [(passage, article) for article, cuts in cut for passage in cuts]
        fresh = {passage.id for passage, _ in items}
        stale = sorted(self.store.passage_ids_of_others([(article.id, article.digest) for article, _ in cut]) - fresh)
        if stale:
            self.vectors.delete(stale)
        self.words.put(items, stale)
        self.store.publish([article for article, _ in cut])
        self.stories.place(article for article, _ in cut)

    # Removing

    def remove(self, article_id: str) -> int:
        """Remove an article with all its versions; returns its number of passages.

        Raises NotFound, and ArchiveDamaged when a passage can still be found afterwards.
        """
        if self.store.article(article_id) is None:
            raise NotFound(f"there is no article {article_id}", "dateline articles list shows them")
        with translated_errors(self.folder):
            self.require_writing()
            self.store.begin_removal({article_id: None})
            return self._remove([article_id])

    def drop(self, reasons: Mapping[str, str]) -> None:
        """Remove articles by id, each for a reason. Reading their pages again does not bring them back."""
        with translated_errors(self.folder):
            self.require_writing()
            self.store.begin_removal(reasons)
            self._remove(list(reasons))

    def join_doubles(self) -> Iterator[tuple[Article, Article]]:
        """Make one article of those that are one page, as an earlier Dateline kept them: (what went, what stands)."""
        for double, head in self.identities.doubles():
            gone, kept = self.store.article(double), self.store.article(head)
            if gone and kept:
                with translated_errors(self.folder):
                    self.identities.join(double, head)
                    self._remove([double])
                yield gone, kept

    def _remove(self, article_ids: Sequence[str]) -> int:
        """Remove articles that are no longer shown; returns their number of passages."""
        if not article_ids:
            return 0
        ids = sorted(key for article_id in article_ids for key in self.store.passage_ids_of(article_id))
        self.vectors.delete(ids)
        self.words.put([], ids)
        if left := self.vectors.having(ids):
            raise ArchiveDamaged(
                f"{len(left):,} passages of removed articles are still in the vector index", "dateline reindex --full"
            )
        for article_id in article_ids:
            self.stories.forget(article_id)
        self.store.finish_removal(article_ids)
        return len(ids)

    # Rebuilding

    def rebuild(self, progress: Callable[[int], None] = lambda _done: None) -> int:
        """Make words and vectors anew from the store, beside the ones in use, then swap, and catch up.

        Returns how many passages were embedded.
        Nothing is embedded again unless the model is another one. Killed before the swap, the old indexes are
        still in use, and the leftovers go at the next opening; after a change of model it has to be run again.
        """
        self.index_anew(progress)
        return self.catch_up()

    def index_anew(self, progress: Callable[[int], None] = lambda _done: None) -> None:
        """`rebuild` without catching up: what has no embedding by this model waits for its vector."""
        with translated_errors(self.folder):
            self.require_writing()
            self._index_anew(progress)
