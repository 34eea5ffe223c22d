"""Passages that are found by their words alone so far; in an archive from before there are none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    op.create_table(
        "awaiting",
        sa.Column("passage", sa.String(), primary_key=True),
        sa.Column("published", sa.Integer()),
    )
    op.create_index("awaiting_by_age", "awaiting", ["published", "passage"])
