"""How long articles are kept, and why an article went."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0009", "0008"


def upgrade() -> None:
    op.create_table(
        "retention",
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("value", sa.Text(), primary_key=True),
        sa.Column("days", sa.Integer(), nullable=False),
    )
    op.add_column("removed", sa.Column("reason", sa.Text()))
