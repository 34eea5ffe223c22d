"""What has become of the texts that old answers cite."""

from __future__ import annotations

from collections.abc import Container, Sequence

from sqlalchemy import Connection, select

from assistant.types import Change, Citation, Turn
from ingest.database.passage_rows import rows_among
from ingest.database.tables import articles, versions


def changes_of(sql: Connection, turns: Sequence[Turn]) -> list[tuple[Change, ...]]:
    """For each turn the citations whose article is no longer as it was cited."""
    cited = [one for turn in turns for one in turn.answer.citations]
    now = _current(sql, cited)
    changed = [one for one in cited if now.get(one.article_id) != one.version]
    texts, kept = _texts(sql, changed, now), _kept(sql, changed)

    def changes(turn: Turn) -> tuple[Change, ...]:
        mine = [one for one in turn.answer.citations if now.get(one.article_id) != one.version]
        return tuple(
            _change(one, texts.get(one.article_id), kept=(one.article_id, one.version) in kept) for one in mine
        )

    return [changes(turn) for turn in turns]


def _change(citation: Citation, now: tuple[str, str, str] | None, *, kept: bool) -> Change:
    """What has become of one.

    now   version, title and text of the article as it is
    kept  whether the archive still has the version that was cited
    """
    if now is None:
        return Change(number=citation.number, became="gone")
    version, title, text = now
    at = _nearest(title if citation.part == "title" else text, citation)
    if at >= 0:
        end = at + len(citation.text)
        return Change(number=citation.number, became="moved", version=version, start=at, end=end)
    return Change(number=citation.number, became="corrected" if kept else "gone", version=version)


def _nearest(text: str, citation: Citation) -> int:
    """Where the cited text stands in another one, as near as possible to its old place; -1 where it does not."""
    behind = text.find(citation.text, citation.start)
    before = text.rfind(citation.text, 0, citation.start + len(citation.text))
    found = [at for at in (before, behind) if at >= 0]
    return min(found, key=lambda at: abs(at - citation.start), default=-1)


def _current(sql: Connection, cited: Sequence[Citation]) -> dict[str, str]:
    """The current versions of the cited articles that are in the archive."""
    query = select(articles.c.id, articles.c.version).where(~articles.c.removing & articles.c.version.is_not(None))
    return {row.id: row.version for row in rows_among(sql, query, articles.c.id, _ids(cited))}


def _texts(sql: Connection, cited: Sequence[Citation], now: Container[str]) -> dict[str, tuple[str, str, str]]:
    """Version, title and text of the articles as they are."""
    current = (versions.c.article_id == articles.c.id) & (versions.c.digest == articles.c.version)
    query = select(articles.c.id, articles.c.version, articles.c.title, versions.c.text).join(versions, current)
    rows = rows_among(sql, query, articles.c.id, [one for one in _ids(cited) if one in now])
    return {row.id: (row.version, row.title, row.text) for row in rows}


def _kept(sql: Connection, cited: Sequence[Citation]) -> set[tuple[str, str]]:
    query = select(versions.c.article_id, versions.c.digest)
    return {(row.article_id, row.digest) for row in rows_among(sql, query, versions.c.article_id, _ids(cited))}


def _ids(cited: Sequence[Citation]) -> list[str]:
    return list(dict.fromkeys(one.article_id for one in cited))
