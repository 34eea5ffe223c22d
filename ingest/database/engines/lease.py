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
_LONGEST_NAME = 63  # of an application, to PostgreSQL
# A machine that vanishes says nothing to the server, which asks after it then, instead of waiting for two hours.
_NOTICED = ("tcp_keepalives_idle = 10", "tcp_keepalives_interval = 5", "tcp_keepalives_count = 3")
_TRY = text("SELECT pg_try_advisory_lock(:number)").bindparams(number=_WRITING)
_FREE = text("SELECT pg_advisory_unlock(:number)").bindparams(number=_WRITING)
_HOLDER = text(
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.granted AND "
    "l.locktype = 'advisory' AND l.objsubid = 1 AND l.classid = 0 AND l.objid = :number AND "
    "l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
).bindparams(number=_WRITING)


class Lease:
    """The right to write to a database, while its connection lives."""

    def __init__(self, url: URL) -> None:
        self._url, self._command = url, ""
        self.holder = ""  # who else has it, when this process last tried to take it
        self._engine: Engine | None = None
        self._connection: Connection | None = None

    def acquire(self, command: str) -> None:
        """Raises ArchiveBusy, naming the holder, where another process has it; who has it keeps it."""
        self._command = command
        if self._connection is None:
            self._connect(command)

    def regain(self) -> bool:
        """Whether the lease was not got before, or was lost with its connection, and was taken now.

        Raises what `acquire` raises.
        """
        if not self._command:
            return False
        try:
            if self._connection is not None:
                self._connection.execute(text("SELECT 1"))
                return False
        except DBAPIError:
            self._close()
        self._connect(self._command)
        return True

    def release(self) -> None:
        """Free at once: with the connection alone it would be some moments later."""
        self._command = ""
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.execute(_FREE)
        self.holder = ""
        self._close()

    def _connect(self, command: str) -> None:
        name = f"{command} ({socket.gethostname()}, process {os.getpid()})"[:_LONGEST_NAME]
        url = self._url.update_query_dict({"application_name": name})
        self._engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._connection = self._engine.connect()
        try:
            self._take(self._connection)
        except BaseException:  # a connection that is kept is one that has the lock
            self._close()
            raise

    def _take(self, connection: Connection) -> None:
        for setting in _NOTICED:
            connection.execute(text(f"SET {setting}"))
        if not connection.execute(_TRY).scalar():
            self.holder = connection.execute(_HOLDER).scalar() or "another process"
            raise ArchiveBusy(f"the archive is in use by {self.holder}", "wait until it ends, or stop it")
        self.holder = ""

    def _close(self) -> None:
        connection, engine, self._connection, self._engine = self._connection, self._engine, None, None
        if connection is not None:
            connection.close()
        if engine is not None:
            engine.dispose()
