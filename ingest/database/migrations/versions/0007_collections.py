"""Collections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0007", "0006"


def upgrade() -> None:
    op.create_table(
        "collections",
        sa.Column("folded", sa.String, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "collection_members",
        sa.Column("collection", sa.String, primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
    )
