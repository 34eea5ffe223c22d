"""The right to write to a PostgreSQL database: one process has it, or none."""

from __future__ import annotations

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from ingest.database.engines.lease import Lease
from ingest.database.engines.postgres import open_postgres, postgres_url

# Instead of the server's own, which would have to be out of order at the right moment.
BROKEN = (
    "CREATE SCHEMA broken",
    "CREATE FUNCTION broken.pg_try_advisory_lock(bigint) RETURNS boolean AS 'SELECT 1 / 0 = 1' LANGUAGE sql",
    "ALTER DATABASE {} SET search_path = broken, pg_catalog, public",
)


def test_who_could_not_ask_for_it_does_not_have_it(database_url: str) -> None:
    engine = open_postgres(postgres_url(database_url))
    with engine.begin() as sql:
        for statement in BROKEN:
            sql.execute(text(statement.format(make_url(database_url).database)))
    engine.dispose()
    lease = Lease(postgres_url(database_url))
    with pytest.raises(DBAPIError):
        lease.acquire("dateline serve")
    with pytest.raises(DBAPIError):
        lease.regain()
    lease.release()
