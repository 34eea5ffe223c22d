"""Conversations get a row of their own, and the words of their turns can be searched."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from ingest.database.turn_words import folded

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    conversations = op.create_table(
        "conversations",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("title", sa.Text),
        sa.Column("opening", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("began", sa.Float, nullable=False),
        sa.Column("updated", sa.Float, nullable=False),
    )
    op.create_index("conversations_by_age", "conversations", ["updated", "id"])
    turn_words = op.create_table(
        "turn_words",
        sa.Column("conversation", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("folded", sa.Text, nullable=False),
    )
    sql = op.get_bind()
    begun: dict[str, dict[str, Any]] = {}
    for name, number, answer, at in sql.execute(_TURNS).all():
        question, text = _said(answer)
        sql.execute(
            turn_words.insert().values(conversation=name, number=number, folded=folded(f"{question}\n{text}"))
        )
        row = {"id": name, "opening": question, "folded": "", "turns": 0, "began": at}
        kept = begun.setdefault(name, row)
        kept.update(turns=kept["turns"] + 1, updated=at)
    if begun:
        sql.execute(conversations.insert(), list(begun.values()))


_TURNS = sa.text("SELECT conversation, number, answer, at FROM turns ORDER BY conversation, number")


def _said(answer: str) -> tuple[str, str]:
    """Question and text of an answer, whatever else has become of its form."""
    try:
        kept = json.loads(answer)
        return str(kept.get("question", "")), str(kept.get("text", ""))
    except (ValueError, AttributeError):
        return "", ""
