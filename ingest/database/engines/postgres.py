"""Opening a PostgreSQL database, and its errors as ours."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DataError

from ingest.database.schema import bring_up
from ingest.errors import ArchiveDamaged, DatabaseUnreachable, DatelineError, DiskFull, SettingsError

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

_DRIVER = "postgresql+psycopg"
_SECONDS_TO_CONNECT = "10"
_CONNECTIONS = 20  # beyond these, readers wait for one another
_SAID = 300  # characters of what the server says
_FULL, _IO, _TOO_LARGE = "53100", "58030", "54000"  # https://www.postgresql.org/docs/current/errcodes-appendix.html


def postgres_url(address: str) -> URL:
    """Raises SettingsError for what is no address of a PostgreSQL database, and where its driver is not installed."""
    try:
        url = make_url(address)
    except ArgumentError as exc:
        raise SettingsError("DATELINE_DATABASE_URL is not an address", _HINT) from exc
    if url.drivername not in ("postgresql", "postgres", _DRIVER):
        raise SettingsError(f"DATELINE_DATABASE_URL begins with {url.drivername}", _HINT)
    if importlib.util.find_spec("psycopg") is None:
        raise SettingsError("PostgreSQL needs its driver", "pip install 'dateline[postgres]'")
    given = {"connect_timeout": _SECONDS_TO_CONNECT, "application_name": "dateline", **url.query}
    return url.set(drivername=_DRIVER, query={**given, "client_encoding": "utf8"})


_HINT = "write it as postgresql://user:password@host/database"


def open_postgres(url: URL) -> Engine:
    """A PostgreSQL database with today's schema.

    Raises ArchiveMismatch for the database of a later version, SettingsError for one that cannot hold every letter.
    """
    engine = create_engine(url, **_pool())
    try:
        _require_every_letter(engine)
        bring_up(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _require_every_letter(engine: Engine) -> None:
    with engine.connect() as sql:
        encoding = sql.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        hint = "CREATE DATABASE name TEMPLATE template0 ENCODING 'UTF8' makes one that can"
        raise SettingsError(f"the PostgreSQL database has the encoding {encoding} and cannot hold every letter", hint)


def open_postgres_to_read(url: URL) -> Engine:
    """The same database for one who writes nothing."""
    return create_engine(url, connect_args={"options": "-c default_transaction_read_only=on"}, **_pool())


def _pool() -> dict[str, Any]:
    # A connection that the server closed meanwhile is noticed, and another one taken.
    return {"pool_pre_ping": True, "max_overflow": _CONNECTIONS}


def version_of(sql: Connection) -> str:
    """What the server calls itself, such as "PostgreSQL 18.1"."""
    return f"PostgreSQL {sql.execute(text('SHOW server_version')).scalar_one()}"


# Classes of errors: of the connection, of who may connect and to what, of resources, and of a server that stops.
_OUT_OF_REACH = ("08", "28", "3D", "53", "57")


def translated(exc: DBAPIError) -> DatelineError:
    """An error of the server, or of the way to it, as ours."""
    said = " ".join(str(exc.orig).split())[:_SAID]
    state = getattr(exc.orig, "sqlstate", None)
    if state in (_FULL, _IO):
        return DiskFull(f"PostgreSQL has no room: {said}", "free some space on the server and run it again")
    if state is None and isinstance(exc, DataError):  # a NUL in a text, which PostgreSQL cannot hold
        return DatelineError(f"PostgreSQL does not take that: {said}", "leave that out")
    if state is None or exc.connection_invalidated or state[:2] in _OUT_OF_REACH:
        return DatabaseUnreachable(f"PostgreSQL cannot be used: {said}", "check the server and DATELINE_DATABASE_URL")
    if state == _TOO_LARGE:
        return DatelineError(f"PostgreSQL does not take that: {said}", "shorten the path or address")
    return ArchiveDamaged(f"PostgreSQL refuses: {said}", "dateline repair mends what it can")
