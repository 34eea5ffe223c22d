"""The words and vectors of an archive, which find its articles: kept in step with the database, and made from it."""

from __future__ import annotations

import logging
import re
import shutil
import threading
from collections.abc import Callable, Sequence

import numpy as np
from sqlalchemy import Engine

from ingest.archive.following import Following, changing
from ingest.archive.home import Home
from ingest.archive.manifest import TOKENS, Manifest
from ingest.archive.probe import trouble_with_indexes
from ingest.archive.seal import Seal
from ingest.archive.shelf import Shelf
from ingest.archive.vectors.store import VectorStore
from ingest.archive.words import WordIndex
from ingest.database.awaiting import Awaiting
from ingest.database.embeddings import KeptEmbeddings
from ingest.database.passage_rows import slices
from ingest.embedding.chunk import embedding_key, passages
from ingest.embedding.embedder import Embedder, Vectors
from ingest.embedding.reading import read_passages
from ingest.errors import ArchiveDamaged, DatabaseUnreachable
from ingest.types import EVERYTHING, Article, Filter, Passage

REACH = 6  # times the passages wanted: so many of the nearest of all are tried first against a filter
EXACT = 5000  # candidates up to which a filtered search compares every vector instead of asking Chroma
UNOPENED = 2  # searches that compare all vectors of the database; three of them take as long as opening Chroma
FEW = 200_000  # passages up to which they do
SOON = 20_000  # passages that are compared with the indexes in three seconds

GENERATION = re.compile(r"((?:vectors|words)-\d+(?:-\d+)?)(?:\.open)?")
RESTORING = ".dateline-restoring"  # the folder in which a restore makes the archive, until it is whole
log = logging.getLogger("dateline")

Items = list[tuple[Passage, Article]]


class Indexed(Shelf):
    """Articles, with the indexes of words and vectors that find them: opened, followed, mended and made anew."""

    words: WordIndex
    _vectors: VectorStore

    def __init__(self, home: Home, manifest: Manifest, embedder: Embedder, engine: Engine) -> None:
        super().__init__(home, engine)
        self.manifest, self.embedder = manifest, embedder
        self.embeddings = KeptEmbeddings(engine, model=embedder.fingerprint)
        self.awaiting = Awaiting(engine)
        self.following = Following(home, engine)
        self.seal: Seal | None = None
        self.changed = False  # whether something else than Dateline changed the database
        self.damage = ""  # why words and vectors are not open, where they were not to be mended
        self.pause = 0.0  # seconds that writing leaves to other threads after each hundred vectors
        self._is_late = False  # the vectors are opened when they are first needed
        self._opening = threading.RLock()
        self._searches = 0  # that did without them
        self._is_away = False  # whether the server that has them did not answer the last time

    # Opening

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
        log.warning("%s; making both search indexes from the articles", exc.message)
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
        there = self._vectors.exists(), self.words.exists()
        if expected and not all(there):
            raise ArchiveDamaged("an index is missing" if any(there) else "there are no search indexes yet")
        is_sealed = self._is_sealed()
        if self._vectors.exists() and not is_sealed:
            self._compare(expected)
        self.words.open()
        return is_sealed and expected == self.words.count() and self.home.is_followed()

    def _compare(self, passages: int) -> None:
        """Raises ArchiveDamaged where the indexes, which were not closed, are not as the database has them."""
        if passages > SOON:
            log.warning(
                "the search indexes were not closed properly; comparing them with %s passages", f"{passages:,}"
            )
        if trouble := trouble_with_indexes(self.home, passages):
            raise ArchiveDamaged(trouble)

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

    def _follow_or_mend(self) -> None:
        try:
            self._follow()
        except ArchiveDamaged as exc:
            self._mend_indexes(exc)

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
        try:
            found = self._searched(vector, limit, filters)
        except DatabaseUnreachable as exc:  # a Chroma server; where it is the database, this fails as well
            if self.store.count_passages() > FEW:
                raise
            if not self._is_away:
                log.warning("comparing the vectors of the database instead: %s", exc.message)
            self._is_away = True
            near = self.embeddings.nearest(vector, REACH * REACH * limit if filters else limit)
            through = self.store.let_through([key for key, _ in near], filters)
            return [pair for pair in near if pair[0] in through][:limit]
        self._is_away = False
        return found

    def _searched(self, vector: Vectors, limit: int, filters: Filter) -> list[tuple[str, float]]:
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
        """Remove the generations of indexes that are not in use, and what is left of a restore that was killed."""
        shutil.rmtree(self.folder / RESTORING, ignore_errors=True)
        for path in self.folder.iterdir():
            match = GENERATION.fullmatch(path.name)
            if match and match[1] not in (self.manifest.vectors, self.manifest.words):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _key(passage: Passage, article: Article) -> str:
    return embedding_key(article.title, passage.text)
