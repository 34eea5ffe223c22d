"""Keys for the service, in the archive's database, which holds no secret: only its SHA-256 digest.

A secret is drawn from 256 bits of chance, so a slow hash would protect nothing that a fast one does not.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, insert, select, update

from ingest.database.store import epoch, now
from ingest.database.tables import keys
from ingest.errors import NotFound
from ingest.key import Key, NewKey, Scope
from ingest.language.text import squeeze

_MARK = "dateline"  # begins every secret, so that scanners for leaked secrets can tell what it is
_USE_IS_NOTED_EVERY = timedelta(minutes=1)


class Keys:
    """Reads and writes of keys; every write is one transaction."""

    def __init__(self, engine: Engine, *, now: Callable[[], datetime] = now) -> None:
        self._engine, self._now = engine, now

    def create(self, name: str, scope: Scope, *, days: int | None = None, per_minute: int | None = None) -> NewKey:
        """A new key, which ends after some days if these are given."""
        key_id = secrets.token_hex(4)
        secret = f"{_MARK}_{key_id}_{secrets.token_urlsafe(32)}"
        at = self._now()
        row = {
            "id": key_id,
            "name": squeeze(name)[:100],
            "digest": _digest(secret),
            "scope": scope,
            "per_minute": per_minute,
            "created": epoch(at),
            "expires": epoch(at + timedelta(days=days)) if days else None,
        }
        with self._engine.begin() as sql:
            sql.execute(insert(keys).values(row))
            made = sql.execute(select(keys).where(keys.c.id == key_id)).one()
        return NewKey(key=_key(made), secret=secret)

    def list(self) -> list[Key]:
        """Every key, also those that were revoked or have ended, in the order of their making."""
        with self._engine.connect() as sql:
            return [_key(row) for row in sql.execute(select(keys).order_by(keys.c.created, keys.c.id))]

    def are_there(self) -> bool:
        """Whether any key is good."""
        return any(self._is_good(key) for key in self.list())

    @staticmethod
    def is_shaped(secret: str) -> bool:
        """Whether a secret looks like that of a key."""
        return secret.startswith(f"{_MARK}_")

    def find(self, secret: str) -> Key | None:
        """The key of a secret; None for one that there is not, or that was revoked or has ended."""
        if not self.is_shaped(secret):
            return None
        with self._engine.connect() as sql:
            row = sql.execute(select(keys).where(keys.c.id == secret.split("_")[1])).first()
        if row is None or not secrets.compare_digest(row.digest, _digest(secret)):
            return None
        key = _key(row)
        return key if self._is_good(key) else None

    def note_use(self, key: Key) -> None:
        """Note that a key was used, at most once in a minute."""
        at = self._now()
        if key.used is None or at - key.used >= _USE_IS_NOTED_EVERY:
            with self._engine.begin() as sql:
                sql.execute(update(keys).where(keys.c.id == key.id).values(used=epoch(at)))

    def revoke(self, key_id: str) -> Key:
        """Revoke the key of an id. Raises NotFound where there is no such key."""
        with self._engine.begin() as sql:
            mine = keys.c.id == key_id
            sql.execute(update(keys).where(mine, keys.c.revoked.is_(None)).values(revoked=epoch(self._now())))
            row = sql.execute(select(keys).where(mine)).first()
        if row is None:
            raise NotFound(f"there is no key {squeeze(key_id)[:20]}", "dateline keys list shows their ids")
        return _key(row)

    def _is_good(self, key: Key) -> bool:
        return key.revoked is None and (key.expires is None or key.expires > self._now())


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def _key(row: Row[Any]) -> Key:
    times = {name: _time(row._mapping[name]) for name in ("created", "expires", "used", "revoked")}
    return Key(id=row.id, name=row.name, scope=row.scope, per_minute=row.per_minute, **times)


def _time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
