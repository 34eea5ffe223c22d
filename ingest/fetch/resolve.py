"""Names of hosts to their addresses, in bounded time."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable, Sequence

from ingest.errors import FetchError
from ingest.fetch.deadline import Deadline

Resolve = Callable[[str, int], Sequence[str]]


def system(host: str, port: int) -> list[str]:
    """Every address that this machine knows for a host. Raises OSError or UnicodeError where there is none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def resolved(resolve: Resolve, host: str, port: int, deadline: Deadline) -> list[str]:
    """All addresses of a host. Raises FetchError where there is none, or none in time.

    The system's resolver knows no time limit: it works in a thread, which is left behind when it is too slow.
    """
    answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host, port))
        except Exception as exc:  # told to the one who waits
            answers.put(exc)

    threading.Thread(target=ask, name="resolving", daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left())
    except queue.Empty:
        raise deadline.passed() from None
    if isinstance(answer, Exception) or not answer:
        cause = answer if isinstance(answer, Exception) else None
        message = f"there is no address for the host {host}"
        raise FetchError(message, "check the link and the network", code="fetch_unreachable") from cause
    return list(answer)
