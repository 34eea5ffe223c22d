"""One polite, guarded, bounded GET: what every source on the web is fetched with."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import cached_property
from itertools import takewhile

import httpx

from ingest.errors import FetchError
from ingest.fetch.deadline import Deadline
from ingest.fetch.guard import Guard
from ingest.fetch.pace import Pace
from ingest.fetch.robots import SIZE, Robots
from ingest.fetch.transfer import Answer, Bound, transfer

LIMIT = 5_000_000
REDIRECTS = 5
_PAGE = (200, 203)
_PERMANENT = (301, 308)
SECONDS = 15.0  # for the whole of a fetch; waiting on purpose not counted
_ROBOTS_SECONDS = 5.0
_SLOW_CLOCK = timedelta(minutes=5)
_READ = (
    "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown", "text/xml",
    "application/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/x-opml",
    "application/json", "application/feed+json", "application/pdf", "application/gzip", "application/x-gzip", "",
)  # fmt: skip
_HEADERS = {
    "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, text/*;q=0.8, */*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


@dataclass(frozen=True)
class Fetched:
    """An answer with content; or, with `not_modified`, the word that the content known before still holds.

    url         the address that was asked for
    final_url   the address that answered, after redirects
    media_type  in lower case, without parameters; empty where the server names none
    charset     as the server names it; empty where it names none
    at          when the server made the answer, by its own word if that can be
    moved       the address that the one asked for has for good, as permanent redirects say; empty where it has none
    """

    url: str
    final_url: str
    status: int
    content: bytes
    media_type: str
    charset: str
    at: datetime
    etag: str | None = None
    modified: str | None = None
    not_modified: bool = False
    moved: str = ""


class Fetcher:
    """Fetches pages one after the other; robots.txt and the pace of every host hold for its whole life.

    agent   what it calls itself: the name that robots.txt may use, "/", the version
    delay   seconds between two visits to a host, more where its robots.txt asks for more
    """

    def __init__(
        self,
        *,
        agent: str,
        guard: Guard | None = None,
        delay: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._agent, self._guard, self._clock, self._now = agent, guard or Guard(), clock, now
        self._pace = Pace(delay, clock, sleep)
        self._robots = Robots(agent.partition("/")[0], self._robots_txt, clock)

    def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        known_at: str | None = None,
        limit: int = LIMIT,
    ) -> Fetched:
        """The page at an address; only if it changed, where the ETag or Last-Modified of an earlier answer is given.

        `known_at` is the address that gave that answer, where it was another one: what a redirect leads to may be
        another page by now, and must not be taken for the one before.
        Raises FetchError: AddressRefused and RobotsRefused where it is not fetched, and where it is, for everything
        that is not a complete page of a type that is read.
        """
        deadline = Deadline(SECONDS, self._clock)
        bound = Bound(limit, wanted=_is_page)
        first = self._guard.check(url)
        earlier = {"If-None-Match": etag or "", "If-Modified-Since": modified or ""}

        def ask(address: httpx.URL) -> Answer:
            self._wait(address, deadline)
            headers = earlier if str(address) == (known_at or str(first)) else {}
            return self._transfer(address, headers, bound, deadline)

        *steps, (address, answer) = self._follow(first, ask)
        self._require(address, answer, conditional=bool(etag or modified))
        return self._fetched(url, address, answer, moved=_moved(steps, address))

    def _follow(self, address: httpx.URL, ask: Callable[[httpx.URL], Answer]) -> list[tuple[httpx.URL, Answer]]:
        """The answers on a way of redirects, each step checked like the first."""
        steps = []
        for _ in range(REDIRECTS + 1):
            answer = ask(address)
            steps.append((address, answer))
            if not answer.location:
                return steps
            address = self._guard.check(answer.location, base=address)
        raise FetchError(f"it redirects more than {REDIRECTS} times", "check the link", code="fetch_redirects")

    def _wait(self, address: httpx.URL, deadline: Deadline) -> None:
        """Until the site may be visited, if it may at all."""
        began = self._clock()
        if rest := self._pace.resting(address.host):
            raise _busy(address.host, rest)
        delay = self._robots.require(address)
        self._pace.take_turn(address.host, delay)
        deadline.extend(self._clock() - began)

    def _robots_txt(self, address: httpx.URL) -> Answer:
        deadline = Deadline(_ROBOTS_SECONDS, self._clock)
        bound = Bound(SIZE, wanted=lambda answer: answer.status == 200, whole=False)
        return self._follow(address, lambda step: self._transfer(step, {}, bound, deadline))[-1][1]

    def _transfer(self, address: httpx.URL, headers: dict[str, str], bound: Bound, deadline: Deadline) -> Answer:
        headers = {"User-Agent": self._agent, **_HEADERS, **headers}
        return transfer(
            address,
            headers,
            bound,
            guard=self._guard,
            deadline=deadline,
            tls=self._tls if address.scheme == "https" else None,
        )

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        import httpcore

        return httpcore.default_ssl_context()

    def _require(self, address: httpx.URL, answer: Answer, *, conditional: bool) -> None:
        """Raises FetchError for an answer that is no page: what an error page says is no news."""
        if answer.status in _PAGE or (answer.status == 304 and conditional):
            return
        rest = self._retry_after(answer)
        if rest is not None and answer.status in (429, 503):
            self._pace.rest(address.host, rest)
        said = f"the server answered {answer.status}{_MEANINGS.get(answer.status, '')}"
        hint = "check the link" if answer.status < 500 else "try again later"
        hint = hint if rest is None else f"try again in {rest:.0f} seconds"
        raise FetchError(said, hint, code="fetch_status", status=answer.status, retry_after=rest)

    def _retry_after(self, answer: Answer) -> float | None:
        """RFC 9110 section 10.2.3: seconds, or a date."""
        said = answer.headers.get("retry-after", "").strip()
        if said.isdecimal() and len(said) < 10:
            return float(said)
        at = _date(said)
        return max(0.0, (at - self._now()).total_seconds()) if at else None

    def _fetched(self, url: str, address: httpx.URL, answer: Answer, *, moved: str) -> Fetched:
        media_type, charset = _content_type(answer)
        now = self._now()
        said = _date(answer.headers.get("date", ""))
        return Fetched(
            url=url,
            final_url=str(address),
            status=answer.status,
            content=answer.content,
            media_type=media_type,
            charset=charset,
            at=(said if said and said <= now + _SLOW_CLOCK else now).replace(microsecond=0),
            etag=answer.headers.get("etag"),
            modified=answer.headers.get("last-modified"),
            not_modified=answer.status == 304,
            moved=moved,
        )


def _moved(steps: Sequence[tuple[httpx.URL, Answer]], last: httpx.URL) -> str:
    """Where the permanent redirects at the beginning of a way lead to (RFC 9110 sections 15.4.2 and 15.4.9)."""
    addresses = [*(address for address, _ in steps), last]
    lasting = list(takewhile(lambda step: step[1].status in _PERMANENT, steps))
    return str(addresses[len(lasting)]) if lasting else ""


_MEANINGS = {
    401: ": it requires a password", 403: ": access is forbidden", 404: ": there is no such page",
    410: ": the page is gone", 429: ": too many requests", 451: ": it is blocked for legal reasons",
}  # fmt: skip


def _busy(host: str, seconds: float) -> FetchError:
    message = f"{host} asked for a pause of {seconds:.0f} more seconds"
    return FetchError(message, "try again later", code="fetch_status", retry_after=seconds)


def _is_page(answer: Answer) -> bool:
    if answer.status not in _PAGE:
        return False
    media_type, _ = _content_type(answer)
    if media_type not in _READ:
        raise FetchError(
            f"it is {media_type[:60]}, which cannot be read", "give a page or feed", code="fetch_media_type"
        )
    return True


def _content_type(answer: Answer) -> tuple[str, str]:
    """Media type and charset; the standard library's parser bears what servers write."""
    line = Message()
    line["Content-Type"] = answer.headers.get("content-type", "").replace("\n", " ").replace("\r", " ")
    media_type = line.get_content_type() if answer.headers.get("content-type", "").strip() else ""
    return media_type, str(line.get_content_charset() or "")[:40]


def _date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
