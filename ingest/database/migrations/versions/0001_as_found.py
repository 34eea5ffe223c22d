"""The tables as they were when migrations began. An archive from before may lack some of them."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision, down_revision = "0001", None


def upgrade() -> None:
    for statement in Path(__file__).with_suffix(".sql").read_text("utf-8").split(";\n"):
        op.execute(statement)
