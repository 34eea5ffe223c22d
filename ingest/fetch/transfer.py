"""One HTTP request and its answer, bounded in time and size, on a guarded connection."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore
import httpx

from ingest.errors import FetchError
from ingest.fetch.deadline import Deadline
from ingest.fetch.guard import Guard, GuardedNetwork, port_of

_GZIP = ("gzip", "x-gzip")
_REDIRECTS = (301, 302, 303, 307, 308)
_TO_END = zlib.MAX_WBITS | 16  # a gzip stream with its checks


@dataclass(frozen=True)
class Answer:
    """What a server said; the content is decoded, and empty unless it was asked for."""

    status: int
    headers: httpx.Headers
    content: bytes = b""

    @property
    def location(self) -> str:
        """Where it redirects to; empty where it does not."""
        return self.headers.get("location", "") if self.status in _REDIRECTS else ""


@dataclass(frozen=True)
class Bound:
    """How much of a body is taken.

    limit   decoded bytes
    whole   more than that is an error; otherwise the rest is left
    wanted  whether the body is to be read at all, from status and headers; raises FetchError to refuse it
    """

    limit: int
    wanted: Callable[[Answer], bool]
    whole: bool = True


def transfer(
    url: httpx.URL,
    headers: Mapping[str, str],
    bound: Bound,
    *,
    guard: Guard,
    deadline: Deadline,
    tls: ssl.SSLContext | None,
) -> Answer:
    """GET one address, following nothing. Raises FetchError and its kin.

    The connection is made for this request alone: none is there that an earlier, other check let through.
    """
    lines = [(b"Host", url.netloc), *_encoded(headers)]
    pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=GuardedNetwork(guard, deadline))
    with _translated(deadline), pool, pool.stream("GET", _core_url(url), headers=lines) as response:
        answer = Answer(response.status, httpx.Headers(response.headers))
        if not bound.wanted(answer):
            return answer
        return Answer(answer.status, answer.headers, _body(response.iter_stream(), answer.headers, bound))


def _body(chunks: Iterator[bytes], headers: httpx.Headers, bound: Bound) -> bytes:
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding in ("", "identity"):
        pieces = chunks
    elif encoding in _GZIP:
        pieces = _inflated(chunks, bound.limit)
    else:
        raise FetchError(
            f"its content is encoded as {encoding[:40]!r}", "only gzip was asked for", code="fetch_encoding"
        )
    return _joined(pieces, bound)


def _joined(pieces: Iterator[bytes], bound: Bound) -> bytes:
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > bound.limit:
            if bound.whole:
                raise _too_large(bound.limit)
            break
    return bytes(content[: bound.limit])


def _inflated(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """The content of gzip members, in pieces of bounded size: a small chunk can hold a thousand times its length."""
    inflate, taken = zlib.decompressobj(_TO_END), 0
    for chunk in chunks:
        rest = chunk
        taken += len(chunk)
        if taken > limit:
            raise _too_large(limit)
        while rest:
            if inflate.eof:
                inflate = zlib.decompressobj(_TO_END)
            try:
                piece = inflate.decompress(rest, 65_536)
            except zlib.error as exc:
                raise FetchError("its content is not valid gzip", "", code="fetch_encoding") from exc
            rest = inflate.unconsumed_tail or inflate.unused_data
            yield piece
    if not inflate.eof:
        raise _cut()


def _core_url(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=port_of(url), target=url.raw_path)


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Header lines from values that may have come from outside: nothing in them can end a line."""
    lines = ((name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in headers.items() if value)
    return [(name, bytes(code for code in value if 0x20 <= code != 0x7F)) for name, value in lines]


@contextmanager
def _translated(deadline: Deadline) -> Iterator[None]:
    """What goes wrong on the wire, as an error of ours."""
    try:
        yield
    except httpcore.TimeoutException as exc:
        raise deadline.passed() from exc
    except httpcore.RemoteProtocolError as exc:
        if "complete message body" in str(exc) or "incomplete chunked" in str(exc):
            raise _cut() from exc
        raise FetchError(f"its answer is not proper HTTP: {exc}", "", code="fetch_protocol") from exc
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as exc:
        raise FetchError(f"the connection failed: {exc}", "try again later", code="fetch_unreachable") from exc


def _too_large(limit: int) -> FetchError:
    return FetchError(f"it is larger than {limit / 1_000_000:g} MB", "", code="fetch_too_large")


def _cut() -> FetchError:
    return FetchError("the transfer broke off before its end", "try again later", code="fetch_cut")
