"""The conversations of an archive: listed, searched, opened, named and deleted."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, delete, func, or_, select, true, tuple_, update

from assistant.conversations.since import changes_of
from assistant.types import Answer, Conversation, ConversationList, ConversationSummary, Filter, Match, Turn
from ingest.database.tables import conversations, turn_words, turns
from ingest.database.turn_words import folded
from ingest.errors import DatelineError, NotFound
from ingest.language.text import squeeze

log = logging.getLogger("dateline")

TITLE = 200  # characters of a title
_EXCERPT = 160
_BEFORE = 40  # characters of an excerpt that stand before the word that was found
CURSOR = r"^([0-9]+(?:\.[0-9]+)?)~([A-Za-z0-9_\-]{1,64})$"  # when a conversation was last added to, and its id
_OLD_FORM = "This answer was given by an earlier version of Dateline; its citations cannot be shown."


class BadCursor(DatelineError):
    """A cursor that no page of a list has named."""

    code, exit_code, http_status = "invalid", 2, 422


class Conversations:
    """Reads and writes of conversations; `Memory` adds their turns."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def list(self, *, text: str = "", limit: int = 50, cursor: str | None = None) -> ConversationList:
        """A page of the conversations, the last asked first; of those that have every word of `text`.

        Raises BadCursor.
        """
        words = folded(text).split()
        matching = and_(true(), *map(_has, words))
        found = select(conversations, func.count().over().label("total")).where(matching).subquery()
        page = select(found).where(_after(cursor, found.c)).order_by(found.c.updated.desc(), found.c.id.desc())
        with self._engine.connect() as sql:
            rows = sql.execute(page.limit(limit + 1)).all()
            total = rows[0].total if rows else _count(sql, matching)
            matches = _matches(sql, [row.id for row in rows[:limit]], words) if words else {}
        listed = tuple(_summary(row, matches.get(row.id)) for row in rows[:limit])
        return ConversationList(
            total=total, conversations=listed, next=_cursor(rows[limit - 1]) if len(rows) > limit else None
        )

    def open(self, conversation_id: str, *, before: int | None = None, limit: int | None = None) -> Conversation:
        """A conversation with its turns, oldest first, and with what has become of what they cite.

        before  only turns of a lower number
        limit   only that many, the latest ones

        Raises NotFound.
        """
        mine = turns.c.conversation == conversation_id
        asked = mine if before is None else mine & (turns.c.number < before)
        query = select(turns).where(asked).order_by(turns.c.number.desc()).limit(limit)
        with self._engine.connect() as sql:
            row = _row(sql, conversation_id)
            found = [_turn(one) for one in reversed(sql.execute(query).all())]
            changed = changes_of(sql, found)
        return Conversation(
            id=row.id,
            title=_title(row),
            named=row.title is not None,
            total=row.turns,
            began=_moment(row.began),
            updated=_moment(row.updated),
            turns=tuple(one.model_copy(update={"changes": now}) for one, now in zip(found, changed, strict=True)),
        )

    def rename(self, conversation_id: str, title: str) -> ConversationSummary:
        """Name a conversation; an empty name takes its name away. Raises NotFound."""
        name = squeeze(title)[:TITLE] or None
        mine = conversations.c.id == conversation_id
        with self._engine.begin() as sql:
            _row(sql, conversation_id)
            sql.execute(update(conversations).where(mine).values(title=name, folded=folded(name or "")))
            return _summary(_row(sql, conversation_id))

    def delete(self, conversation_id: str) -> None:
        """Delete a conversation with its turns. Raises NotFound."""
        with self._engine.begin() as sql:
            _row(sql, conversation_id)
            for table in (turns, turn_words):
                sql.execute(delete(table).where(table.c.conversation == conversation_id))
            sql.execute(delete(conversations).where(conversations.c.id == conversation_id))


def _row(sql: Connection, conversation_id: str) -> Row[Any]:
    row = sql.execute(select(conversations).where(conversations.c.id == conversation_id)).first()
    if row is None:
        raise NotFound(f"there is no conversation {conversation_id}", "dateline conversations list shows them")
    return row


def _has(word: str) -> ColumnElement[bool]:
    """Whether a conversation has a word in its name or in one of its turns."""
    spoken = select(turn_words.c.conversation).where(turn_words.c.folded.contains(word, autoescape=True))
    return or_(conversations.c.folded.contains(word, autoescape=True), conversations.c.id.in_(spoken))


def _count(sql: Connection, matching: ColumnElement[bool]) -> int:
    return sql.execute(select(func.count()).select_from(conversations).where(matching)).scalar_one()


def _after(cursor: str | None, listed: Any) -> ColumnElement[bool]:
    """The conversations behind the one that a cursor names, among the columns of a list."""
    if cursor is None:
        return true()
    match = re.fullmatch(CURSOR, cursor)
    if match is None:
        raise BadCursor("this cursor is of no list", "leave it out for the first page, then send `next` of a page")
    return tuple_(listed.updated, listed.id) < (float(match[1]), match[2])


def _cursor(row: Row[Any]) -> str:
    return f"{row.updated!r}~{row.id}"


def _matches(sql: Connection, ids: Sequence[str], words: Sequence[str]) -> dict[str, Match]:
    """For each of these conversations the first turn with one of the words."""
    one = or_(*(turn_words.c.folded.contains(word, autoescape=True) for word in words))
    first = (
        select(turn_words.c.conversation, func.min(turn_words.c.number).label("number"))
        .where(turn_words.c.conversation.in_(ids) & one)
        .group_by(turn_words.c.conversation)
        .subquery()
    )
    here = (turns.c.conversation == first.c.conversation) & (turns.c.number == first.c.number)
    rows = sql.execute(select(turns).join(first, here)).all()
    return {row.conversation: Match(turn=row.number, text=_excerpt(_turn(row), words)) for row in rows}


def _excerpt(turn: Turn, words: Sequence[str]) -> str:
    """The turn's text around the first word that was found; from its beginning where folding moved the words."""
    text = squeeze(f"{turn.question} — {turn.answer.text}")
    found = [at for word in words if (at := text.casefold().find(word)) >= 0]
    start = max(0, min(found, default=0) - _BEFORE)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    cut = text[start : start + _EXCERPT]
    return f"{'…' if start else ''}{cut}{'…' if start + _EXCERPT < len(text) else ''}"


def _summary(row: Row[Any], match: Match | None = None) -> ConversationSummary:
    return ConversationSummary(
        id=row.id,
        title=_title(row),
        named=row.title is not None,
        turns=row.turns,
        began=_moment(row.began),
        updated=_moment(row.updated),
        match=match,
    )


def _title(row: Row[Any]) -> str:
    return row.title if row.title is not None else squeeze(row.opening)[:TITLE]


def _turn(row: Row[Any]) -> Turn:
    try:
        answer = Answer.model_validate_json(row.answer)
    except ValidationError:
        answer = _of_old_form(row)
    return Turn(question=answer.question, answer=answer, number=row.number, at=_moment(row.at))


def _of_old_form(row: Row[Any]) -> Answer:
    """What can be told of an answer of a version whose answers had another form."""
    import json

    log.warning("an answer of an earlier version cannot be read in full")
    try:
        kept = dict(json.loads(row.answer))
    except (ValueError, TypeError):
        kept = {}
    question = str(kept.get("question", ""))
    return Answer(
        question=question,
        standalone=question,
        text=str(kept.get("text", "")),
        outcome="answered",
        statements=(),
        citations=(),
        filters=Filter(),
        as_of=None,
        independent_sources=0,
        receipt=None,
        conversation_id=row.conversation,
        model=str(kept.get("model", "")),
        notice=_OLD_FORM,
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
