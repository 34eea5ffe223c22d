"""Lines that are not of the article beside which they stand."""

from __future__ import annotations

import pytest

from ingest.extract.asides import is_aside, without_asides


@pytest.mark.parametrize(
    "line",
    [
        "More:Ferries stay in harbour until Monday",
        "MORE: Council to vote on the bridge",
        "Strike at the port:Ferries stay in harbour until Monday",
        "Mayor's plan, explained:What is to become of the quay?",
        "Contributing: Ann Lee and Sven Holt of The Tide",
        "STORY: Bridge opens at last",
    ],
)
def test_a_link_to_another_story_is_left_out(line: str) -> None:
    assert is_aside(line)
    assert without_asides(f"The strike began on Friday.\n\n{line}\n\nIt is over.") == (
        "The strike began on Friday.\n\nIt is over."
    )


@pytest.mark.parametrize(
    "line",
    [
        "The minister said:“We will not pay for the quay.”",
        "Holm: We will not pay for the quay.",
        "Departure:10:30 from the quay at Lisk",
        "HOLM:We will not pay for the quay.",
        "More than 400 people came: the quay was full.",
        "The verdict: guilty on all counts",
    ],
)
def test_what_an_article_says_stays(line: str) -> None:
    assert not is_aside(line)
