"""Checksums of records and embeddings."""

from __future__ import annotations

import zlib
from typing import Any

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    sql = op.get_bind()
    driver: Any = sql.connection.dbapi_connection
    driver.create_function("crc32", 1, zlib.crc32)
    for table, content in (("versions", "record"), ("embeddings", "vector"), ("sentence_embeddings", "vectors")):
        op.add_column(table, sa.Column("checksum", sa.Integer()))
        sql.execute(sa.text(f"UPDATE {table} SET checksum = crc32(CAST({content} AS BLOB))"))  # noqa: S608
