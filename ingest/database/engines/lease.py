"""One writer at a time for a PostgreSQL database: a lock that ends with the connection of its holder."""

from __future__ import annotations

import os
import socket
from contextlib import suppress

from sqlalchemy import URL, Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from ingest.errors import ArchiveBusy

_WRITING = 0x6474_6C6E  # the number of the lock; it counts within one database
_LONGEST_NAME, _LONGEST_HOST = 63, 24  # of an application, to PostgreSQL; of a machine, in it
# A machine that vanishes says nothing to the server, which asks after it then, instead of waiting for two hours.
_NOTICED = ("tcp_keepalives_idle = 10", "tcp_keepalives_interval = 5", "tcp_keepalives_count = 3")
_TRY = text("SELECT pg_try_advisory_lock(:number)").bindparams(number=_WRITING)
_FREE = text("SELECT pg_advisory_unlock(:number)").bindparams(number=_WRITING)
_HOLDER = text(
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.granted AND "
    "l.locktype = 'advisory' AND l.objsubid = 1 AND l.classid = 0 AND l.objid = :number AND "
    "l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
).bindparams(number=_WRITING)

_CONNECTED = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND starts_with(application_name, :name)"
)


def is_connected(sql: Connection, command: str) -> bool:
    """Whether a process of that command has the lease of the database, or waits for it."""
    return bool(sql.execute(_CONNECTED, {"name": f"{command} ("}).scalar_one())


class Lease:
    """The right to write to a database, while its connection lives."""

    def __init__(self, url: URL) -> None:
        self._url, self._command = url, ""
        self.holder = ""  # who else has it, when this process last tried to take it
        self._is_held = False
        self._engine: Engine | None = None
        self._connection: Connection | None = None  # on which it is held, or waited for

    def acquire(self, command: str) -> None:
        """Raises ArchiveBusy, naming the holder, where another process has it; who has it keeps it."""
        self._command = command
        if not self._is_held:
            self._take()

    def regain(self) -> bool:
        """Whether the lease was not got before, or was lost with its connection, and was taken now.

        Raises what `acquire` raises.
        """
        if not self._command:
            return False
        try:
            if self._is_held and self._connection is not None:
                self._connection.execute(text("SELECT 1"))
                return False
            self._take()
        except DBAPIError:
            self._close()
            self._take()
        return True

    def release(self) -> None:
        """Free at once: with the connection alone it would be some moments later."""
        self._command = ""
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.execute(_FREE)
        self.holder = ""
        self._close()

    def _take(self) -> None:
        connection = self._connection or self._connected()
        if not connection.execute(_TRY).scalar():
            self.holder = connection.execute(_HOLDER).scalar() or "another process"
            hint = "wait until it ends, or give a service on the same database a job: POST /jobs"
            raise ArchiveBusy(f"the archive is in use by {self.holder}", hint)
        self.holder, self._is_held = "", True

    def _connected(self) -> Connection:
        whose = f" ({socket.gethostname()[:_LONGEST_HOST]}, process {os.getpid()})"
        name = self._command[: _LONGEST_NAME - len(whose)] + whose
        url = self._url.update_query_dict({"application_name": name})
        self._engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._connection = self._engine.connect()
        for setting in _NOTICED:
            self._connection.execute(text(f"SET {setting}"))
        return self._connection

    def _close(self) -> None:
        connection, engine, self._connection, self._engine = self._connection, self._engine, None, None
        self._is_held = False
        if connection is not None:
            connection.close()
        if engine is not None:
            engine.dispose()
