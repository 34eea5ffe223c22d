"""Whether a connection over the loopback address comes from a program of this service's own user."""

from __future__ import annotations

import ipaddress
import os
import struct
import sys
from pathlib import Path

from starlette.types import Scope

# Linux tells the owner of every socket (proc(5), Documentation/networking/proc_net_tcp.rst).
_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_ESTABLISHED = "01"  # a socket that its program has closed counts as root's
_UNMAPPED = 65534  # every user that the namespace of this process does not know

Address = tuple[str, int]


def is_this_user(scope: Scope) -> bool:
    """False where the system cannot tell."""
    client, server = scope.get("client"), scope.get("server")
    if not client or not server or not hasattr(os, "getuid") or os.getuid() == _UNMAPPED:
        return False
    return _owner(tuple(client), tuple(server)) == os.getuid()


def _owner(client: Address, server: Address) -> int | None:
    """The user id of the program at the other end of a connection."""
    try:
        wanted = _normal(client), _normal(server)
    except ValueError:
        return None
    for table in _TABLES:
        try:
            lines = table.read_text().splitlines()[1:]
        except OSError:
            continue
        for fields in map(str.split, lines):
            if fields[3] == _ESTABLISHED and (_read(fields[1]), _read(fields[2])) == wanted:
                return int(fields[7])
    return None


def _read(field: str) -> Address:
    """An address as the kernel prints it: words of 32 bits in the order of this machine, and the port."""
    host, _, port = field.partition(":")
    words = [int(host[start : start + 8], 16) for start in range(0, len(host), 8)]
    packed = b"".join(struct.pack("<I" if sys.byteorder == "little" else ">I", word) for word in words)
    return _normal((str(ipaddress.ip_address(packed)), int(port, 16)))


def _normal(address: Address) -> Address:
    """An address of IPv4 that is written as one of IPv6 is the same address."""
    host = ipaddress.ip_address(address[0].partition("%")[0])
    mapped = host.ipv4_mapped if isinstance(host, ipaddress.IPv6Address) else None
    return str(mapped or host), address[1]
