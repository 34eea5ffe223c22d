"""Databases that several work on: what is known of one, and what changed in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0010", "0009"


def upgrade() -> None:
    op.create_table(
        "facts",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("gone", sa.Text(), nullable=False),
    )
