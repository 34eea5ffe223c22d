"""Keys for an archive that noted “0002” when that was another migration, which made no table for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0011", "0010"


def upgrade() -> None:
    op.create_table(
        "keys",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("per_minute", sa.Integer()),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("expires", sa.Integer()),
        sa.Column("used", sa.Integer()),
        sa.Column("revoked", sa.Integer()),
        if_not_exists=True,
    )
