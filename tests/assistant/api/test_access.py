"""Who may call which route: every one of the application, with no key, with keys, and with tricks."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount, Route
from starlette.testclient import TestClient

from assistant.api.access import Access
from assistant.api.admission.peer import is_this_user
from assistant.api.admission.rates import Rates
from assistant.api.admission.scopes import EVERY, READING, Scopes, rank
from ingest.key import Scope
from tests.assistant.conftest import LOCAL, LOCAL_URL, TOKEN, WITH_TOKEN, an_app, wait_until_ready

OTHERS = replace(LOCAL, by_this_user=lambda _asked: False)
CHOSEN = replace(LOCAL, chosen=True)
PUBLIC = Access("0.0.0.0", TOKEN, chosen=True)
PROXIED = replace(LOCAL, chosen=True, hosts=frozenset({"news.example"}))


def routes_of(app: FastAPI) -> set[tuple[str, str]]:
    """(method, template of the path) of every route, also of those that the description leaves out."""
    described = {(method.upper(), path) for path, item in app.openapi()["paths"].items() for method in item}
    return described | set(_below(app.routes))


def _below(routes: list[BaseRoute]) -> Iterator[tuple[str, str]]:
    for route in routes:
        if hasattr(route, "original_router"):  # FastAPI's own, for a router that was included
            yield from _below(route.original_router.routes)
        elif isinstance(route, Mount):
            yield "GET", f"{route.path}/{{path:path}}"
        elif isinstance(route, Route):
            yield from (
                (method, route.path) for method in route.methods or EVERY if method not in {"HEAD", "OPTIONS"}
            )
        else:
            raise AssertionError(f"what is {route}?")


ROUTES = routes_of(an_app(Path("unused")))
SCOPES = Scopes()
CHANGING = sorted(
    (method, re.sub(r"\{.*?\}", "x", path))
    for method, path in ROUTES
    if rank(SCOPES.needed(method, path)) > rank("read")
)


def test_every_route_is_classified() -> None:
    """A new one belongs into `assistant/api/admission/scopes.py`, under what it needs."""
    assert ROUTES - SCOPES.listed == set()
    assert SCOPES.listed - ROUTES == set()


def test_what_may_be_called_to_read_changes_nothing() -> None:
    """But for asking, and for /mcp, whose tools ask for a key themselves."""
    asking = {("POST", path) for path in ("/ask", "/ask/stream", "/v1/chat/completions", "/v1/responses", "/mcp")}
    writing = {route for route in ROUTES if route[0] not in READING}
    assert {route for route in writing if rank(SCOPES.needed(*route)) <= rank("read")} == asking
    assert len(CHANGING) >= 16


def test_the_description_says_once_what_each_route_needs(mine: TestClient) -> None:
    for path, operations in mine.get("/openapi.json").json()["paths"].items():
        for method, operation in operations.items():
            needed = SCOPES.needed(method.upper(), path)
            told = re.findall(r"Needs the (\w+)", operation["description"])
            assert told == ([] if needed == "nothing" else [needed]), f"{method} {path}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("access")


def opened(folder: Path, access: Access, url: str = LOCAL_URL) -> Iterator[TestClient]:
    with TestClient(an_app(folder / "archive", access=access), base_url=url, follow_redirects=False) as client:
        wait_until_ready(client)
        yield client


@pytest.fixture(scope="module")
def public(folder: Path) -> Iterator[TestClient]:
    yield from opened(folder / "public", PUBLIC, "http://news.example")


@pytest.fixture(scope="module")
def others(folder: Path) -> Iterator[TestClient]:
    """A service of this machine, called by another of its users."""
    yield from opened(folder / "others", OTHERS)


@pytest.fixture(scope="module")
def mine(folder: Path) -> Iterator[TestClient]:
    yield from opened(folder / "mine", LOCAL)


@pytest.fixture(scope="module")
def chosen(folder: Path) -> Iterator[TestClient]:
    yield from opened(folder / "chosen", CHOSEN)


@pytest.fixture(scope="module")
def proxied(folder: Path) -> Iterator[TestClient]:
    yield from opened(folder / "proxied", PROXIED)


def key(client: TestClient, scope: Scope, **fields: object) -> dict[str, str]:
    """The header with a new key."""
    made = client.post("/keys", json={"name": "test", "scope": scope, **fields}, headers=WITH_TOKEN)
    assert made.status_code == 201
    return {"Authorization": f"Bearer {made.json()['secret']}"}


@pytest.mark.parametrize("service", ["public", "others", "chosen"])
@pytest.mark.parametrize(("method", "path"), CHANGING)
def test_what_changes_something_is_refused_without_a_key_and_with_a_read_key(
    request: pytest.FixtureRequest, service: str, method: str, path: str
) -> None:
    client: TestClient = request.getfixturevalue(service)
    assert client.request(method, path, json={}).status_code == 401
    assert client.request(method, path, json={}, headers=key(client, "read")).status_code == 403


@pytest.mark.parametrize("service", ["public", "others", "chosen"])
@pytest.mark.parametrize(("method", "path"), CHANGING)
def test_no_trick_with_the_path_or_the_method_gets_past(
    request: pytest.FixtureRequest, service: str, method: str, path: str
) -> None:
    client: TestClient = request.getfixturevalue(service)
    encoded = "/" + "".join(f"%{ord(letter):02x}" for letter in path[1:])
    slashed = path.replace("/", "%2f")
    for trick in (
        f"{path}/", f"/{path}", f"{path}//", f"/.{path}", f"/x/..{path}", f"/health/..{path}", f"/health{path}",
        encoded, path.upper(), f"{path};x", f"{path}%00", f"{path}%2f", f"{path}%20", f"{path}?x=/health",
        f"{path}#/health", f"{path}.json", f"/{slashed}", f"{path}\\",
    ):  # fmt: skip
        url = f"{str(client.base_url).rstrip('/')}{trick}"
        for headers in ({}, PRETENCE):
            refused = client.request(method, url, json={}, headers=headers)
            assert refused.status_code in (307, 401, 404, 421), (trick, refused.text)
    for way in ("GET", "POST", "HEAD"):
        overridden = {"X-HTTP-Method-Override": method, "X-HTTP-Method": method, "X-Method-Override": method}
        response = client.request(way, f"{path}?_method={method}", headers=overridden)
        assert response.status_code not in (204, 500)
        assert rank(SCOPES.needed(way, path)) <= rank("read") or response.status_code == 401


PRETENCE = {
    "X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1", "X-Forwarded-Host": "127.0.0.1",
    "Authorization": "Bearer",
    "X-Original-URL": "/health", "X-Rewrite-URL": "/health", "X-Forwarded-Prefix": "/x", "Forwarded": "for=127.0.0.1",
    "Cookie": f"token={TOKEN}", "X-Api-Key": TOKEN,
}  # fmt: skip


@pytest.mark.parametrize(("method", "path"), CHANGING)
def test_not_even_this_user_gets_past_under_another_host_or_from_the_page_of_another_site(
    mine: TestClient, method: str, path: str
) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "evil.example:8765", "localhost@evil.example"):
        assert mine.request(method, path, json={}, headers={"Host": host}).status_code == 421
    if method not in READING:
        for origin in ("http://evil.example", "null", "https://127.0.0.1:9999", "http://127.0.0.1:8765.evil.example"):
            for secret in ({}, WITH_TOKEN):
                refused = mine.request(method, path, json={}, headers={"Origin": origin, **secret})
                assert refused.status_code == 403
                assert "access-control-allow-origin" not in refused.headers
        form = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "cross-site"}
        assert mine.request(method, path, content="a=b", headers=form).status_code == 403


def test_a_key_may_do_what_its_scope_says_and_no_more(public: TestClient) -> None:
    read, write, admin = (key(public, scope) for scope in ("read", "write", "admin"))
    assert public.get("/articles", headers=read).status_code == 200
    assert public.post("/feeds", json={"addresses": ["https://news.example/feed"]}, headers=write).status_code == 200
    assert public.post("/keys", json={"name": "more"}, headers=write).status_code == 403
    assert public.get("/doctor", headers=write).status_code == 403
    assert public.get("/doctor", headers=admin).status_code == 200


def test_a_write_key_does_not_make_the_service_read_its_own_machine(public: TestClient, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("---\ntitle: A note\n---\n\nA note of this machine that nobody else reads.\n")
    write = key(public, "write")
    for sources in ([str(tmp_path)], ["https://news.example/", str(tmp_path / "note.md")]):
        refused = public.post("/sources", json={"sources": sources}, headers=write)
        assert refused.status_code == 403
        assert "admin" in refused.json()["error"]["message"]
    for address in (f"file://{tmp_path}/note.md", f"FILE://{tmp_path}/note.md", f"http:{tmp_path}/note.md"):
        for kind in ("auto", "page", "feed", "files", "sitemap"):
            public.post("/sources", json={"sources": [address], "kind": kind}, headers=write)
    assert public.get("/articles", headers=write).json()["total"] == 0


def test_a_revoked_key_is_refused_from_that_moment_on(public: TestClient) -> None:
    made = public.post("/keys", json={"name": "guest"}, headers=WITH_TOKEN).json()
    header = {"Authorization": f"Bearer {made['secret']}"}
    assert public.get("/articles", headers=header).status_code == 200
    assert public.delete(f"/keys/{made['key']['id']}", headers=WITH_TOKEN).json()["revoked"]
    assert public.get("/articles", headers=header).status_code == 401
    listed = public.get("/keys", headers=WITH_TOKEN)
    assert made["secret"] not in listed.text
    assert made["key"]["id"] in listed.text
    assert public.delete("/keys/nothing", headers=WITH_TOKEN).status_code == 404


def test_others_on_this_machine_may_read_and_ask(others: TestClient) -> None:
    assert others.get("/articles").status_code == 200
    assert others.post("/ask", json={"question": "Who won?"}).status_code == 200
    # Programs that speak to many services send some key to each of them.
    assert others.get("/articles", headers={"Authorization": "Bearer sk-whatever"}).status_code == 200


def test_what_a_proxy_passes_on_comes_from_elsewhere(proxied: TestClient, mine: TestClient) -> None:
    assert proxied.get("/articles").status_code == 200
    for headers in ({"Host": "news.example"}, {"X-Forwarded-For": "192.0.2.1"}, {"Forwarded": "for=192.0.2.1"}):
        assert proxied.get("/articles", headers=headers).status_code == 401
        assert proxied.get("/articles", headers={**headers, **WITH_TOKEN}).status_code == 200
    assert mine.post("/sources/stop", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 401


def test_guesses_are_slowed_and_lock_nobody_out(tmp_path: Path) -> None:
    with TestClient(an_app(tmp_path / "archive", access=PUBLIC), base_url="http://news.example") as client:
        wait_until_ready(client)
        known = key(client, "read")
        answers = [client.get("/articles", headers={"Authorization": f"Bearer guess-{n}"}) for n in range(20)]
        assert [one.status_code for one in answers] == [401] * 10 + [429] * 10
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 6
        assert answers[-1].json()["error"]["code"] == "too_many"
        # The one right guess among them is not seen to be right, but those who were right before still are.
        assert client.get("/articles", headers=known).status_code == 200
        assert client.get("/articles", headers=WITH_TOKEN).status_code == 200


def test_a_right_guess_after_too_many_wrong_ones_is_not_told_apart(tmp_path: Path) -> None:
    with TestClient(an_app(tmp_path / "archive", access=PUBLIC), base_url="http://news.example") as client:
        for n in range(10):
            client.get("/articles", headers={"Authorization": f"Bearer guess-{n}"})
        assert client.get("/articles", headers=WITH_TOKEN).status_code == 429


def test_each_key_has_its_limit_and_is_told_when_to_come_again(tmp_path: Path) -> None:
    access = replace(PUBLIC, per_minute=3)
    with TestClient(an_app(tmp_path / "archive", access=access), base_url="http://news.example") as client:
        wait_until_ready(client)
        one, two, more = key(client, "read"), key(client, "read"), key(client, "read", per_minute=5)
        statuses = [client.get("/articles", headers=one).status_code for _ in range(5)]
        assert statuses == [200, 200, 200, 429, 429]
        refused = client.get("/articles", headers=one)
        assert 1 <= int(refused.headers["retry-after"]) <= 20
        assert client.get("/articles", headers=two).status_code == 200
        assert [client.get("/articles", headers=more).status_code for _ in range(6)] == [200] * 5 + [429]
        assert {client.get("/articles", headers=WITH_TOKEN).status_code for _ in range(9)} == {200}
        assert client.get("/health").status_code == 200


def test_a_limit_refills_as_time_passes() -> None:
    now = [0.0]
    rates = Rates(lambda: now[0])
    assert [rates.take("a", 60) for _ in range(61)][-2:] == [0.0, pytest.approx(1.0)]
    now[0] += 0.5
    assert rates.take("a", 60) == pytest.approx(0.5)
    now[0] += 0.5
    assert rates.take("a", 60) == 0.0
    now[0] += 3600
    assert [rates.take("a", 60) for _ in range(61)][-2:] == [0.0, pytest.approx(1.0)]


def test_browsers_may_call_from_the_sites_that_were_named_and_no_other(tmp_path: Path) -> None:
    access = replace(PUBLIC, origins=frozenset({"https://app.example"}))
    with TestClient(an_app(tmp_path / "archive", access=access), base_url="http://news.example") as client:
        wait_until_ready(client)
        asks = {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        }
        allowed = client.options("/ask", headers={"Origin": "https://app.example", **asks})
        assert allowed.status_code == 200
        assert allowed.headers["access-control-allow-origin"] == "https://app.example"
        assert "access-control-allow-credentials" not in allowed.headers
        named = {"Origin": "https://app.example"}
        assert client.post("/ask", json={"question": "Who?"}, headers={**named, **WITH_TOKEN}).status_code == 200
        refused = client.get("/articles", headers=named)
        assert refused.status_code == 401
        assert refused.headers["access-control-allow-origin"] == "https://app.example"
        for origin in ("https://evil.example", "https://app.example.evil.example", "http://app.example", "null"):
            other = client.options("/ask", headers={"Origin": origin, **asks})
            assert other.status_code == 400
            assert "access-control-allow-origin" not in other.headers
            written = client.post("/ask", json={"question": "Who?"}, headers={"Origin": origin, **WITH_TOKEN})
            assert written.status_code == 403
            assert "access-control-allow-origin" not in written.headers


def test_the_own_user_of_a_connection_is_told_from_others() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, socket.create_connection(listener.getsockname()) as client, listener.accept()[0]:
        mine = {"client": client.getsockname(), "server": listener.getsockname()}
        assert is_this_user(mine) is sys.platform.startswith("linux")
        assert not is_this_user({**mine, "client": ("127.0.0.1", 1)})
        assert not is_this_user({**mine, "client": None})
        assert not is_this_user({**mine, "client": ("testclient", 50000)})
        client.close()  # a socket that nobody holds any more counts as root's
        assert not is_this_user(mine)


@pytest.mark.skipif(not sys.platform.startswith("linux") or os.getuid() != 0, reason="needs two users")
def test_a_program_of_another_user_is_not_this_user() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        os.seteuid(1234)
        try:
            client = socket.create_connection(listener.getsockname())
        finally:
            os.seteuid(0)
        with client, listener.accept()[0]:
            assert not is_this_user({"client": client.getsockname(), "server": listener.getsockname()})
