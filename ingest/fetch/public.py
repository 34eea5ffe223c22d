"""Which network addresses belong to the public internet, and which others the settings let in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Self

PORTS = (80, 443)

# The part of IPv6 that is given to hosts on the internet: what is local, mapped or discarded lies outside of it.
_GLOBAL_V6 = IPv6Network("2000::/3")
# The special-purpose registries of IANA (RFC 6890), whatever the standard library of this Python knows of them.
_SPECIAL_V6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")))
_SPECIAL_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32",  # a cloud's own service for its machines, at an address that looks public
        ),
    )
)  # fmt: skip
_ENTRY = re.compile(r"(?:\[(?P<v6>[0-9a-f:./]{2,50})\]|(?P<name>[^\s:\[\]]{1,253}))(?::(?P<port>\d{1,5}))?")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; False for what is no address."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if found.version == 6:
        return found in _GLOBAL_V6 and not any(found in network for network in _SPECIAL_V6)
    return not any(found in network for network in _SPECIAL_V4)


@dataclass(frozen=True)
class Exempt:
    """One entry of the setting: a host by name, or a network, on one port or on the usual ones."""

    host: str
    network: IPv4Network | IPv6Network | None
    port: int | None

    def covers(self, host: str, address: str, port: int) -> bool:
        if port not in (PORTS if self.port is None else (self.port,)):
            return False
        if self.network is None:
            return host.rstrip(".") == self.host
        return ip_address(address.partition("%")[0]) in self.network


@dataclass(frozen=True)
class Reach:
    """Where a fetch may connect to: public addresses on the ports of the web, and the exempt."""

    exempt: tuple[Exempt, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "intranet.example, 10.1.0.0/16:8080, [::1]:8000". Raises ValueError for what cannot be read."""
        return cls(tuple(_exempt(entry) for entry in map(str.strip, text.lower().split(",")) if entry))

    def has_port(self, port: int) -> bool:
        return port in PORTS or any(entry.port == port for entry in self.exempt)

    def covers(self, host: str, address: str, port: int) -> bool:
        """Whether this address may be connected to, for that host, on that port."""
        if port in PORTS and is_public(address):
            return True
        return any(entry.covers(host, address, port) for entry in self.exempt)


def _exempt(entry: str) -> Exempt:
    match = _ENTRY.fullmatch(entry)
    port = int(match["port"]) if match and match["port"] else None
    if not match or port == 0 or (port or 0) > 65535:
        raise ValueError(
            f"{entry!r} is not a host or network; write intranet.example:8080, 10.1.0.0/16 or [fd00::/8]"
        )
    name = match["v6"] or match["name"]
    return Exempt(name.rstrip("."), _network(name, required=bool(match["v6"]) or "/" in name), port)


def _network(name: str, *, required: bool) -> IPv4Network | IPv6Network | None:
    """The network of that name, or the address as one; None for the name of a host."""
    try:
        return ip_network(name, strict=False)
    except ValueError:
        if required:
            raise
        return None
