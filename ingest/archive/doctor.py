"""The doctor: whether store, words and vectors agree, and every passage can be found."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.archive.archive import Archive
from ingest.archive.probe import Probe
from ingest.archive.recovery import require
from ingest.archive.vectors.chroma import reached
from ingest.database.engines.disk import translated_errors
from ingest.database.rows import broken_rows
from ingest.database.subscriptions import Subscriptions
from ingest.errors import ArchiveDamaged, ArchiveMismatch
from ingest.language.tongues import language_name
from ingest.types import Frozen

_LISTED = 3  # of what is broken, by name


class Finding(Frozen):
    """One thing that was checked.

    name    what was checked
    ok      whether all is well
    damage  whether the archive is damaged; false also for what is unfinished, and for a feed that fails
    detail  what was found
    """

    name: str
    ok: bool
    damage: bool = False
    detail: str


def examine(archive: Archive, *, deep: bool = False) -> list[Finding]:
    """Every finding, good or bad; `reindex` finishes what is pending, `repair` mends what is damaged.

    deep  compare every text, record and embedding with its digest, and the contents of the indexes with the database
    """
    with translated_errors(archive.folder):
        found = [*_manifest(archive), *_database(archive), *(_contents(archive) if deep else ())]
        return [*found, *_stories(archive), *_indexes(archive), *_feeds(archive)]


def _manifest(archive: Archive) -> Iterator[Finding]:
    made = archive.manifest
    detail = f"schema {made.schema_version}, {made.embedder}, {made.dimension} dimensions, {made.distance}"
    try:
        require(made, archive.embedder, archive.home)
        yield Finding(name="model and schema", ok=True, detail=detail)
    except (ArchiveMismatch, ArchiveDamaged) as exc:
        yield Finding(name="model and schema", ok=False, damage=True, detail=str(exc))


def _database(archive: Archive) -> Iterator[Finding]:
    said = archive.home.own_check()
    hint = "" if said == "ok" else "; dateline repair mends what it can"
    yield Finding(name="database", ok=said == "ok", damage=said != "ok", detail=said + hint)
    pending, removing = len(archive.store.pending()), len(archive.store.removing())
    detail = f"{pending} not finished" if pending else "nothing is pending"
    if removing:
        detail += f", {removing} to be removed"
    hint = "" if not pending + removing else "; run dateline reindex"
    yield Finding(name="pending", ok=not pending + removing, detail=detail + hint)


def _contents(archive: Archive) -> Iterator[Finding]:
    """What only shows when all of it is read."""
    if archive.changed_outside():
        detail = "not as Dateline closed it; dateline repair mends what the other findings name, and accepts the rest"
        yield Finding(name="database file", ok=False, damage=True, detail=detail)
    with archive.home.rows() as sql:
        broken = list(broken_rows(sql))
    yield _listed("references", archive.home.orphans())
    yield _listed("digests of texts and embeddings", [str(row) for row in broken])
    if not archive.damage and not broken:  # a broken record may not even be an article's, and a repair indexes anew
        yield _listed(
            "contents of the indexes",
            list(_probe(archive).contents(archive.words, archive.vectors)),
        )


def _probe(archive: Archive) -> Probe:
    return Probe(archive.store, archive.embeddings, archive.awaiting, but=archive.unfollowed())


def _listed(name: str, bad: list[str]) -> Finding:
    """Nothing that is wrong, or the first of it."""
    if not bad:
        return Finding(name=name, ok=True, detail="all as they should be")
    more = f" and {len(bad) - _LISTED} more" if len(bad) > _LISTED else ""
    detail = f"{', '.join(bad[:_LISTED])}{more}; dateline repair mends what it can"
    return Finding(name=name, ok=False, damage=True, detail=detail)


def _stories(archive: Archive) -> Iterator[Finding]:
    missing = len(archive.stories.missing())
    detail = f"{missing} not compared with the others" if missing else "every article was compared"
    hint = "; run dateline reindex" if missing else ""
    yield Finding(name="copies and stories", ok=not missing, detail=detail + hint)


def _indexes(archive: Archive) -> Iterator[Finding]:
    summary = archive.store.summary()
    yield Finding(name="articles", ok=True, detail=f"{summary.articles} (outlets: {summary.outlets})")
    yield from _languages(archive)
    expected = set(archive.store.passage_ids())
    is_right = len(expected) == summary.passages
    yield Finding(name="passages", ok=is_right, damage=not is_right, detail=f"{len(expected)} in the store")
    waiting = archive.awaiting.ids()
    yield _compared("embeddings", expected - waiting, expected - waiting - archive.embeddings.lacking())
    is_whole = "every passage can be found by meaning"
    detail = f"{len(waiting)} found by words only so far; dateline reindex goes on" if waiting else is_whole
    yield Finding(name="meaning", ok=True, detail=detail)
    if archive.damage:
        detail = f"{archive.damage}; dateline repair fixes it"
        yield Finding(name="words and vectors", ok=False, damage=True, detail=detail)
        return
    words, there = archive.words.ids(), archive.vectors.ids()
    must, may = archive.store.indexed()
    unfollowed = archive.unfollowed()
    must, may = must - unfollowed, may | unfollowed
    yield _compared("words", expected, words, (must, may))
    yield _compared("vectors", expected - waiting, there, (must - waiting, may))
    yield _reached("found by vector search", there, archive.vectors.visible())


def _languages(archive: Archive) -> Iterator[Finding]:
    """The articles in languages that the embedding model does not know, where there are any."""
    counted = archive.store.languages()
    unknown = {code: number for code, number in counted.items() if code and not archive.embedder.knows(code)}
    if unknown:
        listed = ", ".join(f"{number} in {language_name(code)}" for code, number in unknown.items())
        detail = f"{listed}: found by their words alone, since the embedding model does not know the language"
        yield Finding(name="languages", ok=True, detail=detail)


def _feeds(archive: Archive) -> Iterator[Finding]:
    """One finding for each feed that fails; nothing where nobody subscribed to any."""
    subscriptions = Subscriptions(archive.store.engine)
    feeds, failing = subscriptions.list(), subscriptions.failing()
    if feeds:
        empty = sum(bool(feed.reason) and not feed.failing_since for feed in feeds)
        detail = f"{len(feeds)} subscribed, {len(failing)} failing, {empty} without an article"
        yield Finding(name="feeds", ok=True, detail=detail)
    for feed in failing:
        since = f"failing since {feed.failing_since:%Y-%m-%d %H:%M} UTC"
        yield Finding(name=f"feed {feed.address}", ok=False, detail=f"{since}: {feed.reason}")


def _reached(name: str, there: set[str], found: set[str]) -> Finding:
    """A few strays are no damage: their words find them, and a rebuild links most of them."""
    lost = len(there - found)
    if lost and reached(there, found):
        return Finding(name=name, ok=True, detail=f"all but {lost} of {len(there)}; words find the rest")
    return _compared(name, there, found)


def _compared(
    name: str, expected: set[str], found: set[str], unfinished: tuple[set[str], set[str]] | None = None
) -> Finding:
    """Whether the same passages are there; those of unfinished work may be there or not."""
    must, may = unfinished or (expected, expected)
    missing, surplus = len(must - found), len(found - may)
    if not missing and not surplus:
        return Finding(name=name, ok=True, detail=f"all {len(expected)}")
    detail = f"{missing} missing, {surplus} too many; dateline repair fixes it"
    return Finding(name=name, ok=False, damage=True, detail=detail)
