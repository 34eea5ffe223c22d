"""Marks of notes, powers and formulas in the text of web pages. All of them are invented."""

from __future__ import annotations

import pytest

from ingest.extract.body.markup import parse
from ingest.extract.body.notes import drop_marks


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("It cost 40 million<sup><a href='#n1'>1</a></sup> crowns.", "It cost 40 million crowns."),
        ("It cost 40<a href='/story#fn2'><sup>2</sup></a> crowns.", "It cost 40 crowns."),
        (
            "Sixty<sup class='reference'>[12]</sup> ferries, 19<sup role='doc-noteref'>b</sup> old.",
            "Sixty ferries, 19 old.",
        ),
        ("Thirty<sup>(3)</sup> of 41<a href='#fn4'>[4]</a>.", "Thirty of 41."),
        ("It cost 40 million<sup>1</sup> crowns, or 12<sup>2</sup>.", "It cost 40 million¹ crowns, or 12²."),
        ("On 1,200 m<sup>2</sup> lie 10<sup>6</sup> bricks.", "On 1,200 m2 lie 10⁶ bricks."),
        ("CO<sub>2</sub> fell on the 5<sup>th</sup>, the 1<sup>er</sup> time.", "CO2 fell on the 5th, the 1er time."),
        ("<sup>1</sup> Without the quay.", "1 Without the quay."),
        ("See part <a href='#two'>2</a>.", "See part 2."),
    ],
)
def test_a_mark_of_a_note_is_no_digit_of_a_number(said: str, read: str) -> None:
    tree = parse(f"<body><p>{said}</p></body>")
    drop_marks(tree)
    assert tree.xpath("string(//p)") == read
