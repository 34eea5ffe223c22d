"""Conversations, kept in the archive's database so that a follow-up finds what came before it."""

from __future__ import annotations

import logging
import secrets
from datetime import UTC, datetime

from pydantic import ValidationError
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from assistant.types import Answer, Conversation, Turn
from ingest.database.tables import turns

log = logging.getLogger("dateline")

_NOT_KEPT = "This answer could not be saved; a follow-up question cannot refer to it."


class Memory:
    """The turns of conversations by id."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def new_id(self) -> str:
        return secrets.token_hex(6)

    def turns(self, conversation_id: str, *, last: int | None = None) -> list[Turn]:
        """The turns of a conversation, oldest first; `last` limits them to the most recent."""
        mine = turns.c.conversation == conversation_id
        query = select(turns.c.answer).where(mine).order_by(turns.c.number.desc()).limit(last)
        with self._engine.connect() as sql:
            answers = [_read(row) for row in sql.execute(query).scalars()]
        return [Turn(question=answer.question, answer=answer) for answer in reversed(answers) if answer]

    def conversation(self, conversation_id: str) -> Conversation | None:
        turns = self.turns(conversation_id)
        return Conversation(id=conversation_id, turns=tuple(turns)) if turns else None

    def add(self, answer: Answer) -> Answer:
        """Keep an answer. Where that fails the answer is not lost: it comes back with a notice that says so."""
        try:
            self._insert(answer)
        except SQLAlchemyError:
            log.exception("the answer could not be kept")
            return answer.model_copy(update={"notice": f"{answer.notice} {_NOT_KEPT}".strip()})
        return answer

    def _insert(self, answer: Answer) -> None:
        mine = turns.c.conversation == answer.conversation_id
        number = select(func.coalesce(func.max(turns.c.number), 0) + 1).where(mine).scalar_subquery()
        row = {"conversation": answer.conversation_id, "answer": answer.model_dump_json(), "at": _now()}
        with self._engine.begin() as sql:
            sql.execute(insert(turns).values(number=number, **row))


def _read(kept: str) -> Answer | None:
    """None for an answer of a version whose answers had another form."""
    try:
        return Answer.model_validate_json(kept)
    except ValidationError:
        log.warning("an answer of an earlier version cannot be read and is left out of its conversation")
        return None


def _now() -> int:
    return int(datetime.now(UTC).timestamp())
