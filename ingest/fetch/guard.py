"""Keeps fetches on the public web: looks at the address really connected to, and connects to that very one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import httpcore
import httpx

from ingest.errors import AddressRefused, FetchError
from ingest.fetch.deadline import Deadline
from ingest.fetch.public import Reach
from ingest.fetch.resolve import Resolve, resolved, system
from ingest.language.text import squeeze

_HOST = re.compile(r"[a-z0-9_-][a-z0-9._-]{0,252}|[0-9a-f:.]{2,45}")
_LONGEST = 2000
_CONNECT_SECONDS = 5.0  # for each of a host's addresses: one that does not answer must not use up all the time
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Guard:
    """Says which addresses may be fetched."""

    reach: Reach = field(default_factory=Reach)
    resolve: Resolve = system

    def check(self, text: str, base: httpx.URL | None = None) -> httpx.URL:
        """The address in a link, or in a redirect from `base`, without its fragment. Raises AddressRefused."""
        shown = squeeze(text)[:200]
        try:
            url = base.join(text) if base else httpx.URL(text.strip(" "))
            url.host  # noqa: B018 decoded when it is asked for: a name that cannot be is found here
        except (httpx.InvalidURL, ValueError) as exc:
            raise AddressRefused(f"{shown} is not a web address", "check the link") from exc
        if url.scheme not in _DEFAULT_PORTS:
            raise AddressRefused(f"{shown} is not fetched", "a link begins with http:// or https://")
        if not _HOST.fullmatch(url.raw_host.decode("ascii")) or len(str(url)) > _LONGEST:
            raise AddressRefused(f"{shown} is not a web address", "check the link")
        if url.userinfo:
            raise AddressRefused(f"{shown} holds a name or password", "remove the part before the @")
        if not self.reach.has_port(port_of(url)):
            raise AddressRefused(f"{shown} is on port {port_of(url)}", _ALLOW)
        return url.copy_with(fragment=None)

    def addresses(self, host: str, port: int, deadline: Deadline) -> list[str]:
        """The addresses of a host, all of them such that may be connected to. Raises AddressRefused for any other."""
        found = resolved(self.resolve, host, port, deadline)
        for address in found:
            if not self.reach.covers(host, address, port):
                where = "" if host == address else f" has the address {address}, which"
                raise AddressRefused(f"{host}{where} is not on the public internet, or not on that port", _ALLOW)
        return found


_ALLOW = "links to private networks and to other ports have to be allowed with DATELINE_FETCH_ALLOW"


def port_of(url: httpx.URL) -> int:
    return url.port or _DEFAULT_PORTS[url.scheme]


class GuardedNetwork(httpcore.NetworkBackend):
    """Connections of one fetch: a name is resolved once, all its addresses are checked, and every wait has an end."""

    def __init__(self, guard: Guard, deadline: Deadline) -> None:
        self._guard, self._deadline = guard, deadline
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        problem: Exception | None = None
        for address in self._guard.addresses(host, port, self._deadline):
            patience = min(_CONNECT_SECONDS, self._deadline.left())
            try:
                return _Bounded(self._network.connect_tcp(address, port, patience), self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as exc:
                problem = exc
        raise FetchError(
            f"{host} cannot be reached: {problem}", "try again later", code="fetch_unreachable"
        ) from problem


class _Bounded(httpcore.NetworkStream):
    """A connection on which every wait ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Bounded(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
