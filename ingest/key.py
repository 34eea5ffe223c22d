"""A key for the service: who may do what over HTTP."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from ingest.types import Frozen

Scope = Literal["read", "write", "admin"]  # each may do what those before it may


class Key(Frozen):
    """A key without its secret.

    id          names the key in the service's log, and to revoke it
    scope       read: ask, search and read articles; write: also ingest and remove them; admin: everything
    per_minute  how many requests it may make in a minute, if it has a limit of its own
    expires     when it ends by itself
    used        when it was last used, to a minute
    revoked     when it was revoked
    """

    id: str
    name: str
    scope: Scope
    per_minute: int | None = None
    created: AwareDatetime
    expires: AwareDatetime | None = None
    used: AwareDatetime | None = None
    revoked: AwareDatetime | None = None


class NewKey(Frozen):
    """A key that has just been created, with its secret, which is shown this once.

    secret  to be sent as a bearer token
    """

    key: Key
    secret: str
