"""Articles come into the archive by the page: links, files, texts, feeds, and what another page shows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.assistant.processes import running_service
from tests.assistant.web.watched import Watched, new_page
from tests.site_server import STORY, Reply, SiteServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.slow

BODY = (
    "<p>The night bus from Port Ellery to Cobb Mills will run every day from December on, the district said.</p>" * 6
)
LOG_IN = "shown => { document.title = 'Night bus for members'; document.body.innerHTML = shown }"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour wire</title>
<item><title>Ferry strike ends</title><link>{}</link></item></channel></rss>"""


@pytest.fixture(scope="module")
def site() -> Iterator[SiteServer]:
    with SiteServer({"/members": Reply("<title>Log in</title><h1>Log in</h1>")}) as site:
        for place in ("Port Ellery", "Skerrin", "Denmoor", "Oberhallow"):
            site.pages[f"/{place[:4]}"] = Reply(
                STORY.replace("Port Ellery", place).replace("strike", f"strike in {place}")
            )
        site.pages["/feed"] = Reply(FEED.format(site.url("/Denm")), headers={"Content-Type": "application/rss+xml"})
        yield site


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, site: SiteServer) -> Iterator[httpx.Client]:
    """A service that may fetch from the site."""
    environment = {**os.environ, "DATELINE_FETCH_ALLOW": site.here}
    with running_service(tmp_path_factory.mktemp("adding") / "archive", env=environment) as (_process, client):
        yield client


@pytest.fixture
def adding(service: httpx.Client, origin: str, opened: Callable[..., Watched]) -> Watched:
    """The page for adding, signed in."""
    token = service.headers["authorization"].removeprefix("Bearer ")
    watched = opened(f"{origin}/#token={token}")
    assert "token" not in watched.page.url
    watched.page.click("nav >> text=Add")
    return watched


def outcomes(watched: Watched, count: int) -> list[str]:
    watched.page.locator(".run .outcomes li").nth(count - 1).wait_for()
    return watched.page.locator(".run .outcomes li").all_inner_texts()


def test_a_link_is_followed_to_the_outcome_of_every_page(adding: Watched, site: SiteServer) -> None:
    adding.page.fill("#links", f"{site.url('/Port')}\n{site.url('/nowhere')}")
    adding.page.click("text=Add the links")
    told = "\n".join(outcomes(adding, 2))
    assert "added" in told
    assert "failed" in told
    adding.page.click(".run .outcomes a")
    adding.page.wait_for_selector("#reader h2:has-text('Ferry strike in Port Ellery ends')")
    adding.page.locator("#archive").filter(has_text="article").wait_for()
    assert adding.violations() == []


def test_files_are_added_each_with_its_outcome(adding: Watched, tmp_path: Path) -> None:
    (tmp_path / "bus.html").write_text(f"<title>Night bus</title><h1>Night bus</h1><article>{BODY}</article>")
    (tmp_path / "empty.txt").write_text(" \n")
    adding.page.set_input_files("#files", [tmp_path / "bus.html", tmp_path / "empty.txt"])
    adding.page.click("text=Add the files")
    bus, empty = outcomes(adding, 2)
    assert "added" in bus
    assert "Night bus" in bus
    assert "empty" in empty
    adding.page.wait_for_selector(".run .result:has-text('1 added')")


def test_a_text_of_ones_own_becomes_an_article(adding: Watched, service: httpx.Client) -> None:
    adding.page.click("text=A text of your own")
    adding.page.fill("#title", "Night bus to Cobb Mills")
    adding.page.fill("#text-outlet", "My paper")
    adding.page.fill("#published", "2026-10-12")
    adding.page.fill("#text", "A night bus will run to Cobb Mills from December on, the district said.")
    adding.page.click("text=Add the text")
    assert "added" in outcomes(adding, 1)[0]
    [article] = service.get("/articles?q=Cobb").json()["articles"]
    assert (article["title"], article["outlet"], article["published"][:10]) == (
        "Night bus to Cobb Mills", "My paper", "2026-10-12",
    )  # fmt: skip


def test_a_feed_is_subscribed_to_and_checked_at_once(adding: Watched, site: SiteServer) -> None:
    adding.page.fill("#feed", site.url("/feed"))
    adding.page.click("text=Subscribe")
    assert any("Ferry strike in Denmoor ends" in outcome for outcome in outcomes(adding, 1))
    adding.page.wait_for_selector("details[open] .outcomes li:has-text('Harbour wire')")
    adding.page.get_by_role("button", name="Unsubscribe").click()
    adding.page.locator(".outcomes li", has_text="Harbour wire").wait_for(state="detached")


def limited(watched: Watched, place: Locator, days: str) -> None:
    """Limit a place with the keyboard alone."""
    place.get_by_role("button", name="Drop after some days").focus()
    watched.page.keyboard.press("Enter")
    watched.page.get_by_label("Days after they were ingested").wait_for()
    assert watched.violations() == []
    watched.page.keyboard.type(days)
    watched.page.keyboard.press("Enter")
    place.get_by_text(f"Dropped after {days} days").wait_for()


def kept_for_good_again(watched: Watched, place: Locator) -> None:
    for key in ("Tab", "Enter"):
        watched.page.keyboard.press(key)
    place.get_by_text("Kept for good").wait_for()


def test_how_long_articles_are_kept_is_set_and_lifted(
    adding: Watched, service: httpx.Client, site: SiteServer
) -> None:
    adding.page.set_viewport_size({"width": 320, "height": 700})
    feed, link = site.url("/feed"), site.url("/Port")
    service.post("/feeds", json={"addresses": [feed]}).raise_for_status()
    service.post("/sources", json={"sources": [link]}).raise_for_status()
    service.post("/collections", json={"name": "port", "add": [{"kind": "source", "value": link}]}).raise_for_status()
    row = adding.page.locator(".outcomes > li")
    places = [
        ("Add", "Subscriptions", "feed", feed),
        ("Add", "Files, folders and links", "source", link),
        ("Collections", "port", "collection", "port"),
    ]
    for days, (page, summary, kind, value) in enumerate(places, start=88):
        adding.page.click(f"nav >> text={page}")
        adding.page.locator("summary", has_text=summary).click()
        place = row.filter(has_text=value)
        limited(adding, place, str(days))
        assert {"kind": kind, "value": value, "days": days, "due": 0} in service.get("/retention").json()
        assert adding.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert adding.violations() == []
        kept_for_good_again(adding, place)
    assert service.get("/retention").json() == []


def test_feeds_and_sources_are_listed_where_their_limits_cannot_be_had(
    adding: Watched, service: httpx.Client, site: SiteServer
) -> None:
    feed, link = site.url("/feed"), site.url("/Port")
    service.post("/feeds", json={"addresses": [feed]}).raise_for_status()
    service.post("/sources", json={"sources": [link]}).raise_for_status()
    failed = {"error": {"code": "disk_failed", "message": "the disk cannot be read", "hint": ""}}
    adding.page.route("**/retention", lambda route: route.fulfill(status=503, json=failed))
    for summary, place in (("Subscriptions", feed), ("Files, folders and links", link)):
        listed = adding.page.locator("details", has_text=summary)
        listed.locator("summary").click()
        listed.locator("li", has_text=place).wait_for()
        listed.locator("li", has_text="How long articles are kept is not known.The disk cannot be read.").wait_for()
        adding.page.unroute("**/retention")
        listed.get_by_role("button", name="Try again").click()
        listed.locator("li", has_text=place).get_by_text("Kept for good").wait_for()
        adding.page.route("**/retention", lambda route: route.fulfill(status=503, json=failed))
    assert all("503" in adding.problems.pop() for _ in range(2))  # the browser logs what failed


def test_an_article_is_removed_after_a_question(adding: Watched, service: httpx.Client, site: SiteServer) -> None:
    adding.page.fill("#links", site.url("/Sker"))
    adding.page.click("text=Add the links")
    outcomes(adding, 1)
    adding.page.click("nav >> text=Articles")
    adding.page.fill("#q", "Skerrin")
    row = adding.page.locator("main .headlines li", has_text="Skerrin")
    row.get_by_role("button", name="Remove").click()
    adding.page.locator("dialog button", has_text="Remove").click()
    row.wait_for(state="detached")
    assert service.get("/articles?q=Skerrin").json()["total"] == 0


def test_without_the_token_the_page_asks_for_it_and_keeps_it(
    tmp_path: Path, chromium: Browser, site: SiteServer
) -> None:
    environment = {**os.environ, "DATELINE_FETCH_ALLOW": site.here, "DATELINE_TOKEN": "f3Kq-81vZ-pm0x-Ty7w"}
    with running_service(tmp_path / "archive", env=environment) as (_process, service):
        sign_in(service, chromium, site)


def sign_in(service: httpx.Client, chromium: Browser, site: SiteServer) -> None:
    page = new_page(chromium)
    page.goto(f"{service.base_url}/#/add")
    page.fill("#links", site.url("/Ober"))
    page.click("text=Add the links")
    page.fill("#token", "wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog:has-text('not accepted')")
    page.fill("#token", service.headers["authorization"].removeprefix("Bearer "))
    page.keyboard.press("Enter")
    page.wait_for_selector(".run .outcomes li:has-text('added')")
    page.click("text=Subscriptions")
    page.wait_for_selector("text=No subscriptions yet.")
    page.context.close()


def test_the_bookmark_saves_the_page_as_the_browser_shows_it(
    adding: Watched, service: httpx.Client, chromium: Browser, site: SiteServer
) -> None:
    bookmark = adding.page.get_attribute(".bookmarklet", "href") or ""
    page = new_page(chromium)
    page.goto(site.url("/members"))
    body = BODY.replace("Port Ellery", "Skerrin").replace("Cobb Mills", "Denmoor")  # no copy of an article above
    page.evaluate(LOG_IN, f"<article><h1>Night bus for members</h1>{body}</article>")
    with page.expect_popup() as waiting:
        page.evaluate("code => { location.href = code }", bookmark)
    window = waiting.value
    window.wait_for_selector("h1:has-text('Save this page?')")
    assert window.inner_text(".kicker") == site.here
    window.get_by_role("button", name="Save this page").click()
    window.wait_for_selector(".outcomes li")
    assert "added" in window.inner_text(".outcomes")
    [article] = service.get("/articles?q=members").json()["articles"]
    assert (article["title"], article["url"]) == ("Night bus for members", site.url("/members"))
    page.context.close()


def test_no_site_can_offer_a_page_as_another_site_s(
    service: httpx.Client, chromium: Browser, site: SiteServer
) -> None:
    page = new_page(chromium)
    page.goto(site.url("/members"))
    with page.expect_popup() as waiting:
        page.evaluate(
            """service => {
                const box = open(service + "/web/save.html");
                addEventListener("message", () => {
                    box.postMessage({address: "https://times.example/", title: "x", html: "<p>x"}, "*");
                    box.postMessage({address: location.href, title: "mine", html: "<p>x"}, "*");
                });
            }""",
            str(service.base_url),
        )
    waiting.value.wait_for_selector("h1:has-text('Save this page?')")
    assert waiting.value.inner_text("main") == f"Save this page?\n\n{site.here}\n\nmine\n\nSave this page"
    page.context.close()
