"""Keys for the service, whose table 0011 makes: to some archives “0002” was another migration."""

from __future__ import annotations

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    """Nothing to do."""
