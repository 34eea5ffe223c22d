"""Fetching from a real server on this machine: guard, politeness, bounds."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count

import pytest

from ingest.errors import AddressRefused, FetchError, RobotsRefused
from ingest.fetch.fetcher import Fetcher
from ingest.fetch.guard import Guard
from ingest.fetch.public import Reach
from tests.site_server import STORY, Reply, SiteServer, redirect

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


class Clock:
    """Goes on only when somebody sleeps, and by `step` each time that it is looked at."""

    def __init__(self, step: float = 0.0) -> None:
        self.time, self.step = 0.0, step
        self.naps: list[float] = []

    def __call__(self) -> float:
        self.time += self.step
        return self.time

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.time += seconds


@pytest.fixture
def site() -> Iterator[SiteServer]:
    with SiteServer({"/story": Reply()}) as served:
        yield served


def a_fetcher(
    site: SiteServer,
    *,
    allow: str = "",
    clock: Clock | None = None,
    resolve: Callable[[str, int], Sequence[str]] | None = None,
) -> Fetcher:
    clock = clock or Clock()
    guard = Guard(
        Reach.parse(allow or f"{site.here}, news.example:{site.port}"), resolve or (lambda host, _port: [host])
    )
    return Fetcher(agent="Dateline/1.2", guard=guard, clock=clock, sleep=clock.sleep, now=lambda: NOON)


def code_of(site: SiteServer, reply: Reply, *, clock: Clock | None = None) -> str:
    site.pages["/page"] = reply
    with pytest.raises(FetchError) as refused:
        a_fetcher(site, clock=clock).get(site.url("/page"))
    return refused.value.code


# What comes back


def test_a_page_comes_with_where_and_when_it_was_fetched(site: SiteServer) -> None:
    site.pages["/story"] = Reply(headers={"Date": "Mon, 02 Nov 2026 11:58:03 GMT", "ETag": '"7"'})
    fetched = a_fetcher(site).get(site.url())
    assert fetched.content.decode() == STORY
    assert (fetched.final_url, fetched.status) == (site.url(), 200)
    assert (fetched.media_type, fetched.charset) == ("text/html", "utf-8")
    assert fetched.at == datetime(2026, 11, 2, 11, 58, 3, tzinfo=UTC)
    assert fetched.etag == '"7"'


@pytest.mark.parametrize("date", ["Tue, 03 Nov 2026 12:00:00 GMT", "yesterday", ""])
def test_without_a_time_that_can_be_the_clock_says_when(site: SiteServer, date: str) -> None:
    site.pages["/story"] = Reply(headers={"Date": date})
    assert a_fetcher(site).get(site.url()).at == NOON


def test_it_says_who_it_is_and_sends_no_cookie_or_password(site: SiteServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    site.pages["/first"] = Reply("", 302, {"Location": "/story", "Set-Cookie": "id=1"})
    a_fetcher(site).get(site.url("/first"))
    last = site.requests[-1].headers
    assert last["user-agent"] == "Dateline/1.2"
    assert last["host"] == site.here
    assert not {"cookie", "authorization", "referer"} & set(last)


# Where it may connect to


@pytest.mark.parametrize(
    "link",
    [
        "file:///etc/passwd", "ftp://news.example/", "http://user:pass@news.example/", "http://news.example:22/",
        "http://10.0.0.1/", "http://[::1]/", "http://[fe80::1%25lo]/", "http://a b/", "http://xn--/", "http://",
        "http://%31%32%37.0.0.1/", "//news.example/", "http:news.example", "http://" + "a" * 3000, "news", "",
    ],
)  # fmt: skip
def test_other_links_are_refused_without_a_connection(site: SiteServer, link: str) -> None:
    with pytest.raises(AddressRefused):
        a_fetcher(site).get(link)
    assert site.requests == []


def test_one_private_address_among_the_answers_is_enough_to_refuse(site: SiteServer) -> None:
    fetcher = a_fetcher(site, resolve=lambda *_: ["93.184.216.34", "127.0.0.1"])
    with pytest.raises(AddressRefused, match=r"127\.0\.0\.1"):
        fetcher.get("http://mixed.example/")


def test_a_name_that_turns_private_after_its_check_is_not_followed(site: SiteServer) -> None:
    asked = count()
    answers = [["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]]
    fetcher = a_fetcher(site, allow=f"127.0.0.1:{site.port}", resolve=lambda *_: answers[next(asked)])
    fetcher.get(site.url(host="rebind.example"))
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
        fetcher.get(site.url(host="rebind.example"))
    assert next(asked) == 3  # robots.txt, the page, and the page again: once for each connection


def test_the_host_is_told_by_name_though_the_connection_goes_to_its_address(site: SiteServer) -> None:
    fetched = a_fetcher(site, resolve=lambda *_: ["127.0.0.1"]).get(site.url(host="news.example"))
    assert fetched.final_url == site.url(host="news.example")
    assert site.requests[-1].headers["host"] == f"news.example:{site.port}"


def test_the_next_address_is_tried_where_one_refuses(site: SiteServer) -> None:
    fetcher = a_fetcher(site, allow=f"news.example:{site.port}", resolve=lambda *_: ["::1", "127.0.0.1"])
    assert fetcher.get(site.url(host="news.example")).status == 200


def test_a_host_without_address_is_said(site: SiteServer) -> None:
    def nowhere(*_: object) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(FetchError, match="no address for the host news") as failed:
        a_fetcher(site, resolve=nowhere).get("http://news.example/")
    assert failed.value.code == "fetch_unreachable"


# Redirects


def test_a_redirect_is_followed_to_the_address_that_answers(site: SiteServer) -> None:
    site.pages["/old"] = redirect("story#top", 301)
    fetched = a_fetcher(site).get(site.url("/old"))
    assert (fetched.url, fetched.final_url) == (site.url("/old"), site.url())


@pytest.mark.parametrize(
    ("first", "second", "moved"),
    [(301, 308, "/story"), (301, 302, "/between"), (302, 301, ""), (307, 307, "")],
)
def test_what_redirects_permanently_has_moved_as_far_as_that_goes(
    site: SiteServer, first: int, second: int, moved: str
) -> None:
    site.pages["/old"], site.pages["/between"] = redirect("/between", first), redirect("/story", second)
    assert a_fetcher(site).get(site.url("/old")).moved == (site.url(moved) if moved else "")


@pytest.mark.parametrize(
    "location",
    ["http://10.0.0.1/", "file:///etc/passwd", "//169.254.169.254/", "http://[::ffff:127.0.0.1]/", "http://["],
)
def test_every_step_of_a_redirect_is_checked(site: SiteServer, location: str) -> None:
    assert code_of(site, redirect(location)) == "address_refused"


def test_redirects_have_an_end(site: SiteServer) -> None:
    assert code_of(site, redirect("/page")) == "fetch_redirects"
    assert site.paths == ["/page"] * 6


# Bounds


def test_a_page_over_the_limit_is_refused(site: SiteServer) -> None:
    site.pages["/story"] = Reply(b"x" * 2001)
    with pytest.raises(FetchError, match="larger than"):
        a_fetcher(site).get(site.url(), limit=2000)
    assert len(a_fetcher(site).get(site.url(), limit=2001).content) == 2001


def test_what_is_packed_is_counted_unpacked(site: SiteServer) -> None:
    packed = {"Content-Encoding": "gzip"}
    assert code_of(site, Reply(gzip.compress(b"A" * 20_000_000), headers=packed)) == "fetch_too_large"
    assert code_of(site, Reply(gzip.compress(b"") * 300_000, headers=packed)) == "fetch_too_large"


def test_gzip_is_unpacked_also_where_it_has_several_members(site: SiteServer) -> None:
    site.pages["/story"] = Reply(gzip.compress(b"one ") + gzip.compress(b"two"), headers={"Content-Encoding": "gzip"})
    assert a_fetcher(site).get(site.url()).content == b"one two"


@pytest.mark.parametrize(
    ("encoding", "content"),
    [("deflate", zlib.compress(b"a")), ("gzip, gzip", b"a"), ("br", b"a"), ("gzip", b"not gzip at all")],
)
def test_any_other_encoding_is_an_error(site: SiteServer, encoding: str, content: bytes) -> None:
    assert code_of(site, Reply(content, headers={"Content-Encoding": encoding})) == "fetch_encoding"


def test_half_a_transfer_is_no_page(site: SiteServer) -> None:
    assert code_of(site, Reply(headers={"Content-Length": "99999"})) == "fetch_cut"
    half = gzip.compress(STORY.encode())[:200]
    assert code_of(site, Reply(half, headers={"Content-Encoding": "gzip"})) == "fetch_cut"
    assert code_of(site, Reply(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello")) == "fetch_cut"


def test_a_drip_ends_at_the_deadline(site: SiteServer) -> None:
    assert code_of(site, Reply(drip=True), clock=Clock(step=0.5)) == "fetch_timeout"


@pytest.mark.parametrize("raw", [b"SSH-2.0-OpenSSH_9.9\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\r\n"])
def test_what_is_no_http_is_an_error(site: SiteServer, raw: bytes) -> None:
    assert code_of(site, Reply(raw=raw)) == "fetch_protocol"


def test_a_huge_block_of_headers_is_an_error(site: SiteServer) -> None:
    lines = b"".join(b"X-%d: %s\r\n" % (number, b"a" * 50) for number in range(5000))
    assert code_of(site, Reply(raw=b"HTTP/1.1 200 OK\r\n" + lines + b"\r\n")) == "fetch_protocol"


@pytest.mark.parametrize("media_type", ["image/png", "video/mp4", "application/octet-stream", "image/svg+xml"])
def test_other_media_types_are_refused_before_the_body(site: SiteServer, media_type: str) -> None:
    headers = {"Content-Type": media_type, "Content-Length": "99999"}
    assert code_of(site, Reply(headers=headers)) == "fetch_media_type"


@pytest.mark.parametrize("status", [401, 403, 404, 410, 500, 503, 204, 206, 304])
def test_an_error_page_is_an_error(site: SiteServer, status: int) -> None:
    assert code_of(site, Reply(STORY if status not in (204, 304) else "", status)) == "fetch_status"


# Politeness


def test_a_host_that_asks_to_wait_is_left_alone(site: SiteServer) -> None:
    site.pages["/busy"] = Reply("slow down", 429, {"Retry-After": "120"})
    clock = Clock()
    fetcher = a_fetcher(site, clock=clock)
    for link in (site.url("/busy"), site.url()):
        with pytest.raises(FetchError) as refused:
            fetcher.get(link)
        assert refused.value.retry_after == 120
    assert site.paths == ["/busy"]
    clock.sleep(121)
    assert fetcher.get(site.url()).status == 200


def test_a_date_in_retry_after_counts_from_now(site: SiteServer) -> None:
    site.pages["/busy"] = Reply("", 503, {"Retry-After": "Mon, 02 Nov 2026 12:01:00 GMT"})
    with pytest.raises(FetchError) as refused:
        a_fetcher(site).get(site.url("/busy"))
    assert refused.value.retry_after == 60


def test_visits_to_one_host_are_a_second_apart(site: SiteServer) -> None:
    clock = Clock()
    fetcher = a_fetcher(site, clock=clock, resolve=lambda *_: ["127.0.0.1"])
    fetcher.get(site.url())
    fetcher.get(site.url(host="news.example"))
    assert clock.naps == []
    fetcher.get(site.url())
    assert clock.naps == [1.0]


@pytest.mark.parametrize(("asked", "kept"), [("7", 7.0), ("900", 30.0), ("0.1", 1.0), ("nan", 1.0), ("-5", 1.0)])
def test_a_crawl_delay_is_kept_within_reason(site: SiteServer, asked: str, kept: float) -> None:
    site.pages["/robots.txt"] = Reply(
        f"User-agent: *\nCrawl-delay: {asked}\n", headers={"Content-Type": "text/plain"}
    )
    clock = Clock()
    fetcher = a_fetcher(site, clock=clock)
    fetcher.get(site.url())
    fetcher.get(site.url())
    assert clock.naps == [kept]


def test_what_robots_txt_forbids_is_not_fetched(site: SiteServer) -> None:
    site.pages["/robots.txt"] = Reply("User-agent: dateline\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n")
    fetcher = a_fetcher(site)
    assert fetcher.get(site.url()).status == 200
    with pytest.raises(RobotsRefused):
        fetcher.get(site.url("/private/story"))
    assert [request.path for request in site.requests] == ["/robots.txt", "/story"]


def test_robots_txt_is_asked_at_every_step_of_a_redirect(site: SiteServer) -> None:
    site.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /story\n")
    assert code_of(site, redirect("/story")) == "robots_refused"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_rules_may_be_fetched(site: SiteServer, status: int) -> None:
    site.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /\n", status)
    assert a_fetcher(site).get(site.url()).status == 200


@pytest.mark.parametrize("status", [429, 500, 503])
def test_rules_that_cannot_be_read_forbid_for_now(site: SiteServer, status: int) -> None:
    site.pages["/robots.txt"] = Reply("", status)
    clock = Clock()
    fetcher = a_fetcher(site, clock=clock)
    for _ in range(2):
        with pytest.raises(RobotsRefused, match=str(status)):
            fetcher.get(site.url())
    assert len(site.requests) == 1
    site.pages["/robots.txt"] = Reply("")
    clock.sleep(301)
    assert fetcher.get(site.url()).status == 200


def test_the_beginning_of_endless_rules_is_read(site: SiteServer) -> None:
    rules = "User-agent: *\nDisallow: /private\n" + "# and so on\n" * 100_000
    site.pages["/robots.txt"] = Reply(rules)
    fetcher = a_fetcher(site)
    with pytest.raises(RobotsRefused):
        fetcher.get(site.url("/private"))
    assert fetcher.get(site.url()).status == 200


# Looking again


def test_a_page_that_did_not_change_is_not_sent_again(site: SiteServer) -> None:
    site.pages["/story"] = Reply(headers={"ETag": '"7"'})
    fetched = a_fetcher(site).get(site.url(), etag='"7"', modified="Mon, 02 Nov 2026 11:58:03 GMT")
    assert fetched.not_modified
    assert fetched.content == b""
    assert site.requests[-1].headers["if-modified-since"] == "Mon, 02 Nov 2026 11:58:03 GMT"


def test_a_redirect_to_another_page_is_not_taken_for_the_one_before(site: SiteServer) -> None:
    site.pages["/old"] = redirect("/story")
    fetcher = a_fetcher(site)
    assert fetcher.get(site.url("/old"), etag='"7"', known_at=site.url("/elsewhere")).status == 200
    assert not any("if-none-match" in request.headers for request in site.requests)


def test_a_tag_cannot_smuggle_a_header_in(site: SiteServer) -> None:
    a_fetcher(site).get(site.url(), etag='"7"\r\nX-Evil: 1')
    assert "x-evil" not in site.requests[-1].headers
