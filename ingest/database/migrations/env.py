"""How alembic runs: on the connection that it is given, within the transaction that is open."""

from __future__ import annotations

from alembic import context

from ingest.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes few things of a table in its place
    transactional_ddl=False,  # the caller's transaction holds all of it
)
context.run_migrations()
