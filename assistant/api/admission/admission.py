"""Who makes a request, whether they may, and whether they come too often."""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import logging
import math
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import Scope as Asked

from assistant.api.access import Access, bearer
from assistant.api.admission.rates import Rates
from assistant.api.admission.scopes import Needed, Scopes, rank
from assistant.api.errors import Refused
from ingest.database.keys import Keys
from ingest.key import Key, Scope

log = logging.getLogger("dateline")

_GUESSES_PER_MINUTE = 10


@dataclass(frozen=True)
class Caller:
    """Who makes a request.

    name        in the log and for limits: "token", a key's id, "this user", or where anyone else calls from
    may         what they may do
    per_minute  how many requests they may make in a minute; 0 for any number
    has_key     whether they sent the token or a key
    """

    name: str
    may: Needed
    per_minute: int = 0
    has_key: bool = False


class Admission:
    """Lets a request in, or raises Refused.

    keys   those of the archive. Raises NotReady while it is being opened.
    """

    def __init__(self, access: Access, keys: Callable[[], Keys]) -> None:
        self._access, self._keys = access, keys
        self._scopes, self._guesses, self._requests = Scopes(), Rates(), Rates()
        self._seen = set[bytes]()  # digests of secrets that were right: guesses of others do not lock them out

    def admit(self, asked: Asked, headers: Headers) -> Caller:
        needed = self._scopes.needed(asked["method"], asked["path"])
        if needed == "nothing":
            return Caller(_place(asked), needed)
        secret = bearer(headers.get("authorization", ""))
        caller = self._known(secret, asked) if secret else None
        if caller is None:
            caller = self._unknown(asked, headers, with_secret=bool(secret))
            if rank(caller.may) < rank(needed):
                self._refuse(asked, wrong=secret)
        elif rank(caller.may) < rank(needed):
            raise _beyond(needed, caller)
        self._limit(caller)
        return caller

    def _known(self, secret: str, asked: Asked) -> Caller | None:
        """The holder of the token or of a key."""
        # A key is drawn from too much chance to be guessed, and the token of a user may not be.
        if (key := self._key(secret)) is not None:
            return Caller(key.id, key.scope, key.per_minute or self._access.per_minute, has_key=True)
        digest = hashlib.sha256(secret.encode("utf-8", "replace")).digest()
        if digest not in self._seen and self._guesses.wait(_place(asked), _GUESSES_PER_MINUTE):
            return None
        if not self._access.is_token(secret):
            return None
        self._seen.add(digest)
        return Caller("token", "admin", has_key=True)

    def _key(self, secret: str) -> Key | None:
        if not Keys.is_shaped(secret):
            return None
        keys = self._keys()
        key = keys.find(secret)
        if key is not None:  # in a thread: the archive may be busy writing
            asyncio.get_running_loop().run_in_executor(None, keys.note_use, key)
        return key

    def _unknown(self, asked: Asked, headers: Headers, *, with_secret: bool) -> Caller:
        """One without a secret, or with a wrong one, who is let in only on this machine."""
        if not self._access.is_from_here(headers):
            return Caller(_place(asked), "nothing", self._access.per_minute)
        if not with_secret and not self._access.chosen and self._access.by_this_user(asked):
            return Caller("this user", "write")
        return Caller(_place(asked), "read", self._access.per_minute)

    def _refuse(self, asked: Asked, *, wrong: str) -> None:
        """Refuse one without the right secret; who guesses has to wait."""
        if wrong and (wait := self._guesses.take(_place(asked), _GUESSES_PER_MINUTE)):
            raise _too_often("too many wrong keys from this address", wait)
        if wrong:
            log.warning("a wrong key from %s", _place(asked))
            raise Refused(401, "token", "this is not the service's token, nor a key of it", _HOW)
        raise Refused(401, "token", "this needs the service's token or a key", _HOW)

    def _limit(self, caller: Caller) -> None:
        if caller.per_minute and (wait := self._requests.take(caller.name, caller.per_minute)):
            raise _too_often(f"more than {caller.per_minute} requests in a minute", wait)


_HOW = "send Authorization: Bearer with it; DATELINE_TOKEN sets the token, and dateline keys create makes keys"


def require(asked: Asked, needed: Scope) -> None:
    """Refuse a request for what its route lets fewer callers do than the rest of it."""
    caller: Caller = asked["state"]["caller"]
    if rank(caller.may) < rank(needed):
        raise _beyond(needed, caller)


def holds_key(asked: Asked, needed: Scope) -> bool:
    """Whether a request came with the token, or with a key of a scope."""
    caller: Caller = asked["state"]["caller"]
    return caller.has_key and rank(caller.may) >= rank(needed)


def _beyond(needed: Needed, caller: Caller) -> Refused:
    return Refused(
        403, "scope", f"this needs the {needed} scope", f"who asks has the {caller.may} scope; use another key"
    )


def _too_often(message: str, wait: float) -> Refused:
    seconds = math.ceil(wait)
    return Refused(429, "too_many", message, f"try again in {seconds} s", retry_after=seconds)


def _place(asked: Asked) -> str:
    """Where somebody calls from; one user has many addresses of IPv6, and one network."""
    host: str = (asked.get("client") or ("nowhere",))[0]
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address) and not address.is_loopback:
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)
