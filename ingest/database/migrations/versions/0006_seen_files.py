"""Files that were read to their end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0006", "0005"


def upgrade() -> None:
    op.create_table(
        "seen_files",
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("outcomes", sa.Integer(), nullable=False),
    )
