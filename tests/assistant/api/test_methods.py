"""HEAD and OPTIONS, as load balancers and tools use them."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize("path", ["/health", "/ready", "/articles", "/outlets", "/", "/web/icon.svg"])
def test_head_is_get_without_the_body(reader: TestClient, path: str) -> None:
    got, head = reader.get(path), reader.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    assert head.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/health", "GET, HEAD, OPTIONS"),
        ("/ask", "POST, OPTIONS"),
        ("/articles", "GET, POST, HEAD, OPTIONS"),
        ("/conversations/x", "GET, PATCH, DELETE, HEAD, OPTIONS"),
    ],
)
def test_options_are_the_methods_of_a_path(reader: TestClient, path: str, allowed: str) -> None:
    response = reader.options(path)
    assert (response.status_code, response.headers["allow"], response.content) == (204, allowed, b"")


def test_what_is_nowhere_stays_nowhere(reader: TestClient) -> None:
    assert reader.options("/nowhere").status_code == reader.head("/nowhere").status_code == 404
    assert reader.head("/ask").status_code == 405
