"""Datelines, bylines and addresses."""

from __future__ import annotations

import pytest

from ingest.address import canonical
from ingest.extract.byline.names import authors
from ingest.extract.byline.origin import dateline, origin, past_dateline


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("(Reuters) -The port reopened.", "Reuters"),
        ("(REUTERS) - The port reopened.", "Reuters"),
        ("KYIV, Ukraine (AP) — The port reopened.", "AP"),
        ("WASHINGTON, Dec. 5 (UPI) -- The port reopened.", "UPI"),
        ("Paris (AFP) - The port reopened.", "AFP"),
        ("BEIJING, June 3 (Xinhua) -- The port reopened.", "Xinhua"),
        ("MOSCOW, June 3. /TASS/. The port reopened.", "TASS"),
        ("(The Associated Press) - The port reopened.", "AP"),
        ("VELTRIN (SNA) — The port reopened.", "SNA"),
        ("VELTRIN (Sarn News Agency) - The port reopened.", "Sarn News Agency"),
    ],
)
def test_a_dateline_names_the_agency(text: str, name: str) -> None:
    found = dateline(text)
    assert found
    assert found.origin == name
    assert text[found.end :] == "The port reopened."


@pytest.mark.parametrize(
    "text",
    [
        "The port (Reuters) - reopened.",
        "Apple Inc. (AAPL) — shares rose.",
        "(UPDATED) - The port reopened.",
        "(Photo) — The port reopened.",
        "Ann Lee/Pool/AFP/Getty Images Fires burn.",
        "(this is an aside) - The port reopened.",
        "",
    ],
)
def test_other_brackets_are_no_dateline(text: str) -> None:
    assert origin(text) is None


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ada Moss, Ben Roe and Cy Dunn", ("Ada Moss", "Ben Roe", "Cy Dunn")),
        ("Moss, Ada", ()),
        ("Ada Moss, Jr., Ben Roe", ("Ada Moss, Jr.", "Ben Roe")),
        ("Ada Moss, ada@sarn.example", ("Ada Moss",)),
        ("", ()),
    ],
)
def test_bylines_are_split_into_names(byline: str, names: tuple[str, ...]) -> None:
    assert authors(byline) == (names or ((byline,) if byline else ()))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://A.Example:80", "http://a.example/"),
        ("https://a.example:8443/x?b=1&gclid=2#y", "https://a.example:8443/x?b=1"),
        ("https://user:pw@a.example/", None),
        ("https://a.example:99999/", None),
        ("http://[::1", None),
        (None, None),
    ],
)
def test_an_address_has_one_spelling(url: str | None, expected: str | None) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("TARN (AP) — Rain fell.", "Rain fell."),
        ("TARN, Marenth — Rain fell.", "Rain fell."),
        ("NEW TARN – “Rain,” she said.", "“Rain,” she said."),
        ("Rain fell — a lot of it.", "Rain fell — a lot of it."),
        ("UN chief – António Roe – spoke.", "UN chief – António Roe – spoke."),
        ("TARN — which is wet — floods.", "TARN — which is wet — floods."),
    ],
)
def test_a_text_goes_on_behind_its_dateline(text: str, rest: str) -> None:
    assert text[past_dateline(text) :] == rest
