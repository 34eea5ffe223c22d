"""Conversations, kept in the archive's database so that a follow-up finds what came before it."""

from __future__ import annotations

import logging
import secrets

from pydantic import ValidationError
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from assistant.types import Answer, Turn
from ingest.database.engines.dialects import upsert
from ingest.database.store import now
from ingest.database.tables import conversations, turn_words, turns
from ingest.database.turn_words import folded

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

    def add(self, answer: Answer) -> Answer:
        """Keep an answer. Where that fails the answer is not lost: it comes back with a notice that says so."""
        try:
            self._insert(answer)
        except SQLAlchemyError:
            log.exception("the answer could not be kept")
            return answer.model_copy(update={"notice": f"{answer.notice} {_NOT_KEPT}".strip()})
        return answer

    def _insert(self, answer: Answer) -> None:
        name, at = answer.conversation_id, now().timestamp()
        words = folded(f"{answer.question}\n{answer.text}")
        begun = {"id": name, "opening": answer.question, "folded": "", "turns": 1, "began": at, "updated": at}
        goes_on = {"turns": conversations.c.turns + 1, "updated": at}
        with self._engine.begin() as sql:
            sql.execute(upsert(sql, conversations, change=goes_on).values(begun))
            last = select(func.max(turns.c.number)).where(turns.c.conversation == name)
            number = (sql.execute(last).scalar() or 0) + 1
            row = {"conversation": name, "number": number}
            sql.execute(insert(turns).values(answer=answer.model_dump_json(), at=int(at), **row))
            sql.execute(insert(turn_words).values(folded=words, **row))


def _read(kept: str) -> Answer | None:
    """None for an answer of a version whose answers had another form."""
    try:
        return Answer.model_validate_json(kept)
    except ValidationError:
        log.warning("an answer of an earlier version cannot be read and is left out of its conversation")
        return None
