"""The archive: keeps store, words and vectors in step, under one owner at a time."""

from __future__ import annotations

import contextlib
import logging
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from ingest.archive.catching_up import catch_up, read_passages
from ingest.archive.following import Following, changing
from ingest.archive.home import Home, home_at
from ingest.archive.lock import ArchiveLock, make_folder, this_command
from ingest.archive.manifest import DATABASE, NAMES, TOKENS, Manifest
from ingest.archive.probe import trouble_with_indexes
from ingest.archive.recovery import require
from ingest.archive.reserve import keep_reserve
from ingest.archive.seal import Seal
from ingest.archive.shelf import Shelf
from ingest.archive.vectors.store import VectorStore
from ingest.archive.words import WordIndex
from ingest.database.awaiting import Awaiting
from ingest.database.embeddings import KeptEmbeddings
from ingest.database.engines.disk import translated_errors
from ingest.database.fetches import Fetches
from ingest.database.passage_rows import slices
from ingest.embedding.chunk import embedding_key, passages
from ingest.embedding.embedder import Embedder, Vectors
from ingest.errors import ArchiveBusy, ArchiveDamaged, NotFound
from ingest.identity.identities import Identities
from ingest.identity.versions import one_version_each
from ingest.status import Status
from ingest.types import EVERYTHING, Article, Filter, Passage

REACH = 6  # times the passages wanted: so many of the nearest of all are tried first against a filter
EXACT = 5000  # candidates up to which a filtered search compares every vector instead of asking Chroma
UNOPENED = 2  # searches that compare all vectors of the database; three of them take as long as opening Chroma
FEW = 200_000  # passages up to which they do

GENERATION = re.compile(r"((?:vectors|words)-\d+(?:-\d+)?)(?:\.open)?")
log = logging.getLogger("dateline")

Cut = list[tuple[Article, list[Passage]]]
Items = list[tuple[Passage, Article]]


class Archive(Shelf):
    """Articles with everything that finds them. Open one with `Archive.open`; close it, or use it in a `with`."""

    def __init__(self, home: Home, manifest: Manifest, embedder: Embedder, lock: ArchiveLock, engine: Engine) -> None:
        super().__init__(home, engine)
        self.embedder, self.lock = embedder, lock
        self.fetches = Fetches(engine)
        self.identities = Identities(engine)
        self.embeddings = KeptEmbeddings(engine, model=embedder.fingerprint)
        self.awaiting = Awaiting(engine)
        self.manifest = manifest
        self.damage = ""  # why words and vectors are not open, where they were not to be mended
        self.seal: Seal | None = None
        self.finished: dict[str, Status] = {}  # what became of the articles that an interrupted run had begun
        self.changed = False  # whether something else than Dateline changed the database
        self.pause = 0.0  # seconds that writing leaves to other threads after each hundred vectors
        self._is_late = False  # the vectors are opened when they are first needed
        self._opening = threading.RLock()
        self._searches = 0  # that did without them
        self.following = Following(home, engine)

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

        check   put an archive in order that was not closed; off, one that was made with another model opens too
        beside  open a shared database to read it where another process writes to it: see `follow`
        lock    that of the folder, handed over by who holds it

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

    def _open_indexes(self, *, mend: bool) -> None:
        """Open words and vectors; where they are damaged or do not fit the store, make them anew from it.

        Vectors that are as they were closed are opened when they are first needed, which a run over unchanged files
        and a single question never do.
        """
        if self.manifest.tokens != TOKENS:
            self._index_words_anew()
        self._vectors = self.home.vectors(self.manifest, self.store.engine)
        self.words = WordIndex(self.folder / self.manifest.words)
        try:
            is_sound = self._open_words()
            if mend and is_sound and not self.changed:
                self._is_late = True
            else:
                self._open_vectors()
        except ArchiveDamaged as exc:
            self._vectors.close()
            self.damage = "" if mend else exc.message
            if mend:
                self._mend_indexes(exc)
        self._sweep()

    @property
    def vectors(self) -> VectorStore:
        """The index of vectors, open. Where it turns out to be damaged, it has been made anew."""
        if self._is_late:
            with self._opening:
                self._open_late()
        return self._vectors

    def _open_late(self) -> None:
        if not self._is_late:  # another thread was first
            return
        try:
            self._open_vectors()
        except ArchiveDamaged as exc:
            self._vectors.close()
            self._mend_indexes(exc)
        self._is_late = False

    def _mend_indexes(self, exc: ArchiveDamaged) -> None:
        log.warning("%s; rebuilding both search indexes from the articles", exc.message)
        self._index_anew(lambda _done: None)
        self.store.changed_by_others()

    def _index_words_anew(self) -> None:
        """Make the index of words of an archive from before words were indexed as they are, from the articles alone.

        Killed before the manifest is saved, it is begun anew at the next opening.
        """
        count = self.store.summary().passages
        if count:
            log.warning("rebuilding the word index once, to read more languages (%s passages)", f"{count:,}")
        fresh = self.manifest.model_copy(update={"tokens": TOKENS})
        shutil.rmtree(self.folder / fresh.words, ignore_errors=True)
        words = WordIndex(self.folder / fresh.words)
        words.open()
        for cut in self.store.everything():
            words.put([(passage, article) for article, cuts in cut for passage in cuts])
        words.close()
        self.home.save(fresh)
        self.manifest = fresh

    def _open_words(self) -> bool:
        """Whether the files of both indexes are as they were closed and the words as many as the passages.

        Raises ArchiveDamaged when an index is missing or cannot be used.
        """
        expected = self.store.summary().passages
        if expected and not (self._vectors.exists() and self.words.exists()):
            raise ArchiveDamaged("this folder has no indexes yet" if self.home.is_shared else "an index is missing")
        is_sealed = self._is_sealed()
        if self._vectors.exists() and not is_sealed and (trouble := trouble_with_indexes(self.home)):
            raise ArchiveDamaged(trouble)
        self.words.open()
        return is_sealed and expected == self.words.count() and self.home.is_followed()

    def _open_vectors(self) -> None:
        """Raises ArchiveDamaged when an index cannot be used, or is not as the store has it."""
        self._vectors.open()
        self._follow()
        if self.home.is_shared:  # another folder may have the vectors that came last
            must, _ = self.store.indexed()
            self._put_vectors(self.items(sorted(must - self.awaiting.ids() - self._vectors.ids())))
        expected, waiting = self.store.summary().passages, self.awaiting.count()
        if not (expected == self.words.count() and expected - waiting <= self._vectors.count() <= expected):
            self._require_passages()

    def _follow(self) -> None:
        """Bring the indexes up to what changed in a shared database. Raises ArchiveDamaged where that is too much."""
        for some in slices(self.following.changes()):
            ids = self.store.current_ids_of(sorted({one.article_id for one in some}))
            stale = sorted({key for one in some for key in one.gone} - set(ids))
            items = self.items(ids)
            self.words.put(items, stale)
            self._vectors.delete(stale)
            self._put_vectors(items)
            self.following.reached(some[-1].number)
            self.store.changed_by_others()

    def _put_vectors(self, items: Items) -> None:
        """Index the vectors of the passages that have one and wait for none."""
        keys = [passage.id for passage, _ in items]
        left_out = self.awaiting.still(keys) | (set(keys) - self.embeddings.of_passages(keys).keys())
        kept = [(passage, article) for passage, article in items if passage.id not in left_out]
        self._vectors.put(kept, self.vectors_of(kept))

    def _is_sealed(self) -> bool:
        """Whether the files of the indexes are as this or another process closed them."""
        sealed = self.seal is not None and not self._vectors.was_left_open()
        return sealed and self.seal is not None and self.seal.fits_indexes(self.folder, self.manifest)

    def changed_outside(self) -> bool:
        """Whether something else than Dateline changed the database since it was last closed or repaired."""
        sealed = self.seal and self.seal.files.get(DATABASE)
        if self.changed or not sealed:
            return self.changed
        if sealed.modified != (self.folder / DATABASE).stat().st_mtime_ns:  # it was written to since
            return False
        return not sealed.fits(self.folder / DATABASE, whole=True)

    def _require_passages(self) -> None:
        """Raises ArchiveDamaged when an index has other passages than the store, but for those of unfinished work."""
        words, vectors = self.words.ids(), self._vectors.ids()
        must, may = self.store.indexed()
        with_vectors = must - self.awaiting.ids()
        unfollowed = self.unfollowed()  # also of what changed while all that was read
        may |= unfollowed
        if not (must - unfollowed <= words <= may and with_vectors - unfollowed <= vectors <= may):
            raise ArchiveDamaged("the search indexes are missing passages")

    def unfollowed(self) -> set[str]:
        """The passages of articles that another process changed, which these indexes follow later."""
        return changing(self.store, self.following.changes()) if self.home.writer else set()

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
        """See that only this process writes to a shared database.

        Where others have written meanwhile, the indexes follow, and what those had begun is finished. Raises
        ArchiveBusy where another process writes, and ArchiveMismatch where that has made the passages anew with
        another model.
        """
        with self._opening:
            if self.home.writer and (found := self.home.manifest()):
                found.require(self.embedder)
            self.following.is_behind = self.home.regain_writing() or self.following.is_behind
            if self.following.is_behind:
                self._open_late()
                self._follow_or_mend()
                self.following.is_behind = False
                self._finish_begun()

    def follow(self) -> None:
        """Bring the indexes up to what another process has written to a shared database.

        Where no other one writes to it, this one may from now on. Raises ArchiveMismatch as `require_writing` does.
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

    def _follow_or_mend(self) -> None:
        try:
            self._follow()
        except ArchiveDamaged as exc:
            self._mend_indexes(exc)

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

    def items(self, passage_ids: Sequence[str]) -> Items:
        """Those of the passages that are shown, each with its article."""
        found = self.store.passages(passage_ids)
        articles = self.store.articles(sorted({passage.article_id for passage in found.values()}))
        ordered = (found[key] for key in passage_ids if key in found)
        return [(one, articles[one.article_id]) for one in ordered if one.article_id in articles]

    def vectors_of(self, items: Items) -> Vectors:
        """Their kept embeddings, shape (passages, dimension). Raises KeyError where there is none."""
        keys = [embedding_key(article.title, passage.text) for passage, article in items]
        found = self.embeddings.find(list(dict.fromkeys(keys)))
        return np.array([found[key] for key in keys], np.float32).reshape(len(keys), self.embedder.dimension)

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

    # Finding

    def find_meaning(self, vector: Vectors, limit: int, filters: Filter) -> list[tuple[str, float]]:
        """(passage id, cosine similarity) of the passages nearest to a vector, best first.

        Chroma's own filter reads the record of every passage, a second for 80,000. So what a filter lets through is
        first looked for among the nearest of all; a few thousand are compared exactly; the rest is left to Chroma.
        """
        if filters:
            near = self._nearest(vector, REACH * limit, EVERYTHING)
            through = self.store.let_through([key for key, _ in near], filters)
            if len(through) >= limit:
                return [pair for pair in near if pair[0] in through][:limit]
            if (candidates := self.store.candidates(filters, EXACT)) is not None:
                scores = self.compare(vector, candidates)
                return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
            if filters.collection is not None:
                return [pair for pair in near if pair[0] in through]
        return self._nearest(vector, limit, filters)

    def _nearest(self, vector: Vectors, limit: int, filters: Filter) -> list[tuple[str, float]]:
        if self._is_late and self._searches < UNOPENED and not filters and self.store.count_passages() <= FEW:
            self._searches += 1
            return self.embeddings.nearest(vector, limit)
        vectors = self.vectors
        try:
            return vectors.search(vector, limit, filters)
        except ArchiveDamaged:
            if vectors is self.vectors:
                raise
            return self.vectors.search(vector, limit, filters)  # a rebuild has just taken its place

    def compare(self, vector: Vectors, passage_ids: Sequence[str]) -> dict[str, float]:
        """Cosine similarity of these passages to a vector, computed from the kept embeddings."""
        kept = self.embeddings.of_passages(passage_ids)
        if not kept:
            return {}
        scores = np.array(list(kept.values())) @ vector
        return dict(zip(kept, map(float, scores), strict=True))

    def sentence_vectors(self, passage_ids: Sequence[str]) -> dict[str, Vectors]:
        """Unit vectors of the sentences of passages by passage id, in their order.

        Of those that wait for theirs they are made here: they are few, and somebody is waiting for an answer.
        """
        kept = self.embeddings.of_sentences(passage_ids)
        missing = self.awaiting.still([key for key in passage_ids if key not in kept])
        if items := self.items(sorted(missing)):
            _, made = read_passages(self.embedder, [(article.title, passage.text) for passage, article in items])
            kept |= {passage.id: vectors for (passage, _), vectors in zip(items, made, strict=True)}
        return kept

    def find_words(self, text: str, limit: int, filters: Filter) -> list[tuple[str, float]]:
        """(passage id, BM25 score) of the passages that hold the words of a text, best first."""
        if filters.collection is None:
            return self.words.search(text, limit, filters)
        if (among := self.store.candidates(filters, EXACT)) is not None:
            return self.words.search(text, limit, filters, among=among) if among else []
        found = self.words.search(text, REACH * limit, filters)
        through = self.store.let_through([key for key, _ in found], filters)
        return [pair for pair in found if pair[0] in through][:limit]

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

    def _index_anew(self, progress: Callable[[int], None]) -> None:
        fresh = Manifest.of(self.embedder, generation=self.manifest.generation + 1)
        if not fresh.cuts_like(self.manifest):
            self._cut_again()
        followed, waited = self.following.last(), self.awaiting.ids()
        vectors, words = self._empty_indexes(fresh)
        try:
            waiting = self._fill(vectors, words, progress)
            if not self.home.writer:
                self.awaiting.begin(waiting)
        except BaseException:
            vectors.close()
            words.close()
            raise
        self._swap(fresh, vectors, words)
        self.following.reached(followed)
        if not self.home.writer:
            self.embeddings.forget_others()
            self.awaiting.done(sorted(waited - set(waiting)))

    def _fill(self, vectors: VectorStore, words: WordIndex, progress: Callable[[int], None]) -> list[str]:
        """Index all passages; returns the ids of those that have no embedding."""
        done, waiting, indexed = 0, list[str](), set[str]()
        for cut in self.store.everything():
            items = [(passage, article) for article, cuts in cut for passage in cuts]
            missing = set(self.embeddings.missing([_key(*item) for item in items]))
            kept = [item for item in items if _key(*item) not in missing]
            waiting += [passage.id for passage, article in items if _key(passage, article) in missing]
            vectors.put(kept, self.vectors_of(kept), pause=self.pause)
            words.put(items)
            indexed.update(passage.id for passage, _ in kept)
            done += len(items)
            progress(done)
        vectors.delete(sorted(vectors.ids() - indexed))  # of a table that is in use meanwhile
        vectors.relink()
        return waiting

    def _cut_again(self) -> None:
        """Passages for another model; until the swap the old indexes no longer fit, and the manifest says so."""
        self.manifest = self.manifest.model_copy(update={"rebuilding": True})
        self.home.save(self.manifest)
        for article in self.store.all_articles():
            self.store.recut(article, passages(article, self.embedder.count_tokens))

    def _empty_indexes(self, manifest: Manifest) -> tuple[VectorStore, WordIndex]:
        for name in (manifest.vectors, manifest.words):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        vectors = self.home.vectors(manifest, self.store.engine)
        words = WordIndex(self.folder / manifest.words)
        vectors.open()
        words.open()
        return vectors, words

    def _swap(self, fresh: Manifest, vectors: VectorStore, words: WordIndex) -> None:
        self.home.save(fresh)
        old_vectors, old_words = self._vectors, self.words
        self.manifest, self._vectors, self.words, self.damage = fresh, vectors, words, ""
        self._is_late = False
        old_vectors.close()
        old_words.close()
        self._sweep()

    def _sweep(self) -> None:
        """Remove the generations of indexes that are not in use."""
        for path in self.folder.iterdir():
            match = GENERATION.fullmatch(path.name)
            if match and match[1] not in (self.manifest.vectors, self.manifest.words):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _key(passage: Passage, article: Article) -> str:
    return embedding_key(article.title, passage.text)
