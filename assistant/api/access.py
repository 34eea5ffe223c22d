"""Who may do what over HTTP: decided from where the service listens and whether its user set a token."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope as Asked

from assistant.api.admission.peer import is_this_user
from assistant.settings import Settings
from ingest.archive.home import home_of
from ingest.archive.lock import new_token
from ingest.archive.shelf import LooseShelf
from ingest.database.keys import Keys
from ingest.errors import SettingsError

_STRONG = 16  # a token is strong if guessing it takes ten to the power of this many tries
_LONGEST_WEIGHED = 72  # signs; a longer token is strong if its beginning is
# A proxy adds them: the request comes from elsewhere, whatever connection it arrives by.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")


@dataclass(frozen=True)
class Access:
    """The rules of one service.

    host          where it listens
    token         the secret that its user may do everything with
    chosen        the token was set by the user, who then wants it asked for
    hosts         further names that the service goes by
    origins       sites whose pages may call it
    per_minute    how many requests a key may make in a minute; 0 for any number
    by_this_user  whether a connection over the loopback address comes from a program of this user
    """

    host: str
    token: str
    chosen: bool
    hosts: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    per_minute: int = 0
    by_this_user: Callable[[Asked], bool] = is_this_user

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Raises SettingsError for a service that others could reach and nobody guards."""
        token = settings.token.get_secret_value() if settings.token else ""
        access = cls(
            settings.host,
            token or new_token(),
            chosen=bool(token),
            hosts=frozenset(name.casefold() for name in settings.hosts),
            origins=frozenset(settings.origins),
            per_minute=settings.requests_per_minute,
        )
        if not access.is_local or access.hosts:
            _require_strength(token)
            if not token and not _has_keys(settings):
                raise SettingsError(
                    f"the service would be open to everyone who reaches {settings.host}",
                    "set DATELINE_TOKEN to a long secret, or make a key with dateline keys create, "
                    "or listen on 127.0.0.1",
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

    def is_token(self, secret: str) -> bool:
        """Takes the same time for every wrong one."""
        return secrets.compare_digest(secret.encode("utf-8", "replace"), self.token.encode())

    def is_known_host(self, host: str) -> bool:
        """Whether a Host header names this service: a page elsewhere may have pointed its own name at it.

        Beyond this machine the names are unknown unless they were set. There every request carries a key, which such
        a page has not.
        """
        if not self.is_local and not self.hosts:
            return True
        return self._is_here(host) or _without_port(host) in self.hosts

    def is_from_here(self, headers: Headers) -> bool:
        """Whether a request was sent on this machine, to a service that only this machine reaches."""
        return (
            self.is_local
            and self._is_here(headers.get("host", ""))
            and not any(name in headers for name in _FORWARDED)
        )

    def is_known_origin(self, origin: str, host: str) -> bool:
        """Whether an Origin header names a page of this service, or of a site that may call it."""
        try:
            return origin.casefold() in self.origins or urlsplit(origin).netloc.casefold() == host.casefold()
        except ValueError:
            return False

    def _is_here(self, host: str) -> bool:
        return _without_port(host) in {"localhost", "127.0.0.1", "[::1]", self.host.casefold()}


def bearer(authorization: str) -> str:
    """The secret in an Authorization header; "" where there is none."""
    scheme, _, secret = authorization.partition(" ")
    return secret.strip() if scheme.casefold() == "bearer" else ""


def _without_port(host: str) -> str:
    name, colon, port = host.casefold().rpartition(":")
    bare = name if colon and port.isdigit() else host.casefold()
    return bare.removesuffix(".")


def _require_strength(token: str) -> None:
    from zxcvbn import zxcvbn

    if token and zxcvbn(token[:_LONGEST_WEIGHED])["guesses_log10"] < _STRONG:
        raise SettingsError(
            "DATELINE_TOKEN can be guessed, and others reach this service",
            "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe())'",
        )


def _has_keys(settings: Settings) -> bool:
    with LooseShelf.to_read(home_of(settings)) as shelf:
        return Keys(shelf.store.engine).are_there()
