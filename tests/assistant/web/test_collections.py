"""Collections on the page: made, filled, emptied and forgotten, and asked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.assistant.web.watched import Watched
from tests.waiting import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Route

pytestmark = pytest.mark.slow

DENMOOR = "How many people were evacuated in Denmoor during Storm Ottoline?"
DAM = "Inspectors find crack inside Aldermoss Dam"


@pytest.fixture
def signed_in(service: httpx.Client, origin: str, opened: Callable[..., Watched]) -> Iterator[Watched]:
    """A page that may do everything, of an archive without collections."""
    token = service.headers["authorization"].removeprefix("Bearer ")
    yield opened(f"{origin}/#token={token}")
    for one in service.get("/collections").json():
        service.delete("/collections", params={"name": one["name"]}).raise_for_status()


def held(service: httpx.Client) -> dict[str, list[str]]:
    """The members of each collection."""
    return {one["name"]: [each["value"] for each in one["members"]] for one in service.get("/collections").json()}


def of_the_dam(service: httpx.Client) -> dict[str, str]:
    """An article, as a member."""
    [dam] = [one for one in service.get("/articles?q=Aldermoss").json()["articles"] if one["title"] == DAM]
    return {"kind": "article", "value": dam["article_id"]}


def listed(watched: Watched, name: str) -> Locator:
    """A collection on the page of collections, opened."""
    watched.page.click("nav >> text=Collections")
    row = watched.page.locator(".collections > .outcomes > li", has_text=name)
    row.locator("summary").click()
    return row


def focused(watched: Watched) -> str:
    return str(watched.page.evaluate("document.activeElement.textContent"))


def test_a_collection_is_made_filled_and_emptied_with_the_keyboard(signed_in: Watched, service: httpx.Client) -> None:
    page = signed_in.page
    page.set_viewport_size({"width": 320, "height": 700})
    [source] = [one["address"] for one in service.get("/sources").json()]
    page.click("nav >> text=Collections")
    page.get_by_label("Name of a new collection").press_sequentially("Newsroom")
    page.keyboard.press("Enter")
    page.get_by_text("No members yet.").wait_for()
    assert focused(signed_in) == "Newsroom · 0 articles"
    page.get_by_label("What to add").select_option("source")
    page.locator(f"#known-source option[value='{source}']").wait_for(state="attached")
    page.get_by_label("Address, file, folder or name").press_sequentially(source)
    page.keyboard.press("Enter")
    page.locator("summary", has_text="· 47 articles").wait_for()
    assert held(service) == {"Newsroom": [source]}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert signed_in.violations() == []
    page.get_by_role("button", name=f"Take out {source}").press("Enter")
    page.get_by_text("No members yet.").wait_for()
    assert focused(signed_in) == "Newsroom · 0 articles"
    assert held(service) == {"Newsroom": []}


@pytest.mark.parametrize(
    ("label", "given", "told"),
    [
        ("Name of a new collection", " ", "A name needs letters"),
        (
            "Address, file, folder or name",
            "https://nowhere.example/feed",
            "There is no feed https://nowhere.example/feed",
        ),
    ],
)
def test_what_is_refused_is_told_below_its_form_and_stays_in_it(
    signed_in: Watched, service: httpx.Client, label: str, given: str, told: str
) -> None:
    service.post("/collections", json={"name": "dam"}).raise_for_status()
    listed(signed_in, "dam")
    asked = signed_in.page.get_by_label(label)
    asked.fill(given)
    form = signed_in.page.locator("form").filter(has=asked)
    form.get_by_role("button").click()
    assert told.casefold() in form.locator(".failure").inner_text().casefold()
    assert asked.input_value() == given
    assert focused(signed_in) == form.get_by_role("button").inner_text()
    assert held(service) == {"dam": []}
    assert "Failed to load resource" in signed_in.problems.pop()  # the browser logs what was refused


def test_an_open_article_begins_a_collection_that_a_question_can_be_limited_to_at_once(
    signed_in: Watched, service: httpx.Client
) -> None:
    page = signed_in.page
    page.click(".narrowing summary")
    page.locator("#only-outlet option:nth-child(2)").wait_for(state="attached")
    signed_in.ask("How long is the crack in the Aldermoss dam?")
    page.locator(".citation").first.click()
    page.locator("#reader").get_by_role("button", name="Add to a collection…").press("Enter")
    page.get_by_label("Name of the new collection").fill("dam")
    assert signed_in.violations() == []
    page.keyboard.press("Enter")
    page.locator("#reader").get_by_text("Added to dam · 1 article").wait_for()
    assert focused(signed_in).startswith("Add to a collection…")
    page.get_by_label("Collection", exact=True).select_option(label="dam (1)")
    signed_in.ask(DENMOOR)
    assert page.locator(".turn:nth-of-type(2) .chip bdi").all_inner_texts() == ["the collection dam"]


def test_an_article_of_the_list_goes_into_a_collection_and_out_of_it(
    signed_in: Watched, service: httpx.Client
) -> None:
    service.post("/collections", json={"name": "dam"}).raise_for_status()
    signed_in.page.click("nav >> text=Articles")
    signed_in.page.get_by_role("button", name=f"Add to a collection… {DAM}").click()
    signed_in.page.locator("dialog").get_by_label("Collection", exact=True).select_option("dam")
    signed_in.page.get_by_role("button", name="Add", exact=True).click()
    signed_in.page.locator("main").get_by_text("Added to dam · 1 article").wait_for()
    assert held(service) == {"dam": [of_the_dam(service)["value"]]}
    row = listed(signed_in, "dam")
    row.get_by_role("link", name=DAM).wait_for()
    row.get_by_role("button", name=f"Take out {DAM}").click()
    row.get_by_text("No members yet.").wait_for()
    assert held(service) == {"dam": []}


def test_an_outlet_is_a_member_and_an_open_collection_leads_to_its_articles(
    signed_in: Watched, service: httpx.Client
) -> None:
    page = signed_in.page
    page.set_viewport_size({"width": 320, "height": 700})
    by_outlet = service.get("/articles", params={"outlet": "Harbour Post"}).json()
    service.post("/collections", json={"name": "port & bay", "add": [of_the_dam(service)]}).raise_for_status()
    row = listed(signed_in, "port & bay")
    page.get_by_label("What to add").select_option("outlet")
    page.locator("#known-outlet option[value='Harbour Post']").wait_for(state="attached")
    page.get_by_label("Address, file, folder or name").fill("harbour post")
    page.keyboard.press("Enter")
    row.get_by_role("button", name="Take out Harbour Post").wait_for()
    held_here = by_outlet["total"] + 1
    row.get_by_role("link", name=f"List its {held_here} articles").press("Enter")
    page.get_by_text(f"{held_here} articles", exact=True).wait_for()
    expected = {one["title"] for one in by_outlet["articles"]} | {DAM}
    assert set(page.locator(".headlines > li > a").all_inner_texts()) == expected
    assert signed_in.violations() == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("Outlet", exact=True).select_option("Harbour Post")
    page.get_by_text(f"{held_here - 1} articles", exact=True).wait_for()
    page.get_by_label("Collection", exact=True).select_option("")
    page.wait_for_url("**/#/articles?outlet=Harbour+Post*")


def test_a_list_of_articles_offers_a_collection_as_soon_as_it_is_made(
    signed_in: Watched, service: httpx.Client
) -> None:
    page = signed_in.page
    page.click("nav >> text=Articles")
    page.get_by_role("button", name=f"Add to a collection… {DAM}").click()
    assert not page.locator(".collection").is_visible()
    page.get_by_label("Name of the new collection").fill("dam")
    page.keyboard.press("Enter")
    page.locator("main").get_by_label("Collection", exact=True).select_option(label="dam (1)")
    page.get_by_text("1 article", exact=True).wait_for()
    page.goto(f"{signed_in.origin}/#/articles?collection=DAM")  # as somebody may have typed it
    chosen = page.locator("main").get_by_label("Collection", exact=True).locator("option:checked")
    chosen.filter(has_text="dam (1)").wait_for(state="attached")
    service.delete("/collections", params={"name": "dam"}).raise_for_status()
    page.reload()
    page.locator("main").get_by_text("There is no collection DAM").wait_for()
    chosen.filter(has_text="DAM (forgotten)").wait_for(state="attached")
    assert "Failed to load resource" in signed_in.problems.pop()  # the browser logs what was refused


def test_one_dialog_opens_where_it_was_asked_for_and_stays_until_it_is_sent(
    signed_in: Watched, service: httpx.Client
) -> None:
    page = signed_in.page
    requests: list[Route] = []

    def hold(route: Route) -> None:
        requests.append(route)

    def answer(expected: int) -> None:
        wait_for(lambda: page.title() and len(requests) == expected)  # asking the page hands over its requests
        with page.expect_response("**/collections"):
            while requests:
                requests.pop(0).continue_()
        page.evaluate("new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))")

    page.route("**/collections", hold)
    adding = page.get_by_role("button", name=f"Add to a collection… {DAM}")
    page.click("nav >> text=Articles")
    adding.click()
    page.click("nav >> text=Add")
    answer(2)  # the list asks, too
    assert page.locator("dialog").count() == 0
    page.click("nav >> text=Articles")
    adding.dblclick()
    answer(3)
    page.locator("dialog").wait_for()
    assert page.locator("dialog").count() == 1
    page.get_by_label("Name of the new collection").fill(" dam ")
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Escape")
    assert page.get_by_role("button", name="Cancel").is_disabled()
    answer(1)
    page.locator("main").get_by_text("Added to dam · 1 article").wait_for()
    assert held(service) == {"dam": [of_the_dam(service)["value"]]}


def test_a_collection_is_forgotten_after_one_question_and_its_articles_stay(
    signed_in: Watched, service: httpx.Client
) -> None:
    for name in ("dam", "ferries"):
        service.post("/collections", json={"name": name, "add": [of_the_dam(service)]}).raise_for_status()
    row = listed(signed_in, "dam")
    for answer in ("Cancel", "Forget"):
        assert len(held(service)) == 2
        row.get_by_role("button", name="Forget dam").click()
        signed_in.page.locator("dialog").get_by_role("button", name=answer).click()
        signed_in.page.locator("dialog").wait_for(state="detached")
    row.wait_for(state="detached")
    assert focused(signed_in) == "ferries · 1 article"
    assert list(held(service)) == ["ferries"]
    assert service.get(f"/articles/{of_the_dam(service)['value']}").json()["title"] == DAM


def test_a_key_that_may_only_read_sees_the_members_and_is_told_why_it_changes_nothing(
    opened: Callable[..., Watched], signed_in: Watched, service: httpx.Client, origin: str
) -> None:
    service.post("/collections", json={"name": "dam", "add": [of_the_dam(service)]}).raise_for_status()
    key = service.post("/keys", json={"name": "reader", "scope": "read"}).json()["secret"]
    reader = opened(f"{origin}/#token={key}")
    listed(reader, "dam").get_by_role("link", name=DAM).click()
    reader.page.locator("#reader").get_by_role("button", name="Add to a collection…").click()
    reader.page.locator("dialog").get_by_label("Collection", exact=True).select_option("")
    reader.page.get_by_label("Name of the new collection").fill("mine")
    reader.page.keyboard.press("Enter")
    reader.page.locator("dialog .failure", has_text="This needs the write scope").wait_for()
    assert reader.page.get_by_label("Name of the new collection").input_value() == "mine"
    assert reader.violations() == []
    assert list(held(service)) == ["dam"]
    reader.problems[:] = [each for each in reader.problems if "403" not in each]  # the browser logs what was refused
