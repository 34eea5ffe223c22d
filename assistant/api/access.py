"""Who may do what over HTTP: decided from where the service listens and whether its user set a token."""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass
from typing import Self

from assistant.api.page import is_page
from assistant.settings import Settings
from ingest.archive.lock import new_token
from ingest.errors import SettingsError

_ALWAYS_OPEN = frozenset({"/health", "/ready"})
_ASKING = frozenset({"/ask", "/ask/stream", "/mcp"})  # /mcp asks for the token where a tool needs it
# They read the service's file system, say where things lie on it, or send the service out to fetch.
_ALWAYS_CLOSED = frozenset({"/sources", "/sources/stop", "/doctor", "/outcomes", "/retry", "/feeds", "/feeds/check"})
READING = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Access:
    """The rules of one service.

    host    where it listens
    token   the secret that its user may do everything with
    chosen  the token was set by the user, who then wants it asked for
    """

    host: str
    token: str
    chosen: bool

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Raises SettingsError for a service that others could reach and nobody guards."""
        token = settings.token.get_secret_value() if settings.token else ""
        access = cls(settings.host, token or new_token(), chosen=bool(token))
        if not access.is_local and not access.chosen:
            raise SettingsError(
                f"the service would be open to everyone who reaches {settings.host}",
                "set DATELINE_TOKEN to a long secret, or listen on 127.0.0.1",
            )
        return access

    @property
    def is_local(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def needs_token(self, method: str, path: str) -> bool:
        """A route that nobody thought of here is open to reading on this machine alone."""
        if path in _ALWAYS_OPEN or is_page(path):
            return False
        if path in _ALWAYS_CLOSED or not self.is_local:
            return True
        return self.chosen and method not in READING and path not in _ASKING

    def admits(self, authorization: str) -> bool:
        """Whether an Authorization header carries the token; takes the same time for every wrong one."""
        scheme, _, given = authorization.partition(" ")
        same = secrets.compare_digest(given.strip().encode("utf-8", "replace"), self.token.encode())
        return same and scheme.casefold() == "bearer"

    def is_known_host(self, host: str) -> bool:
        """Whether a Host header names this service: a page elsewhere may have pointed its own name at it.

        Beyond this machine the names are unknown and every request carries the token, which such a page has not.
        """
        if not self.is_local:
            return True
        return _without_port(host) in {"localhost", "127.0.0.1", "[::1]", self.host.casefold()}


def _without_port(host: str) -> str:
    name, colon, port = host.casefold().rpartition(":")
    bare = name if colon and port.isdigit() else host.casefold()
    return bare.removesuffix(".")
