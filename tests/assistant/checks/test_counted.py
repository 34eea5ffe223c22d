"""Numbers that count something else than in the passage, or the whole of which that tells a part."""

from __future__ import annotations

import pytest

from assistant.checks.counted import check_counted


@pytest.mark.parametrize(
    ("text", "passage", "support"),
    [
        ("19 riders and two guards fell ill.", "19 guards and two riders fell ill.", "partly"),
        ("19 guards fell ill.", "19 guards and two riders fell ill.", "supported"),
        ("It took 14 weeks and a crew of eleven.", "It took eleven weeks and a crew of 14.", "partly"),
        ("The 312 guards gave a day's wage.", "Of the 480 guards, 312 gave a day's wage.", "supported"),
        ("Lime closed the 60 drains.", "Lime closed 23 of the 60 drains.", "partly"),
        ("Lime closed 23 of 60 drains.", "Lime closed 23 of the 60 drains.", "supported"),
        ("Of the dam's 60 drains, 23 were closed.", "Lime closed 23 of the 60 drains.", "supported"),
        ("The nine members met.", "Six of the nine members met.", "partly"),
        ("The dam has 60 drains.", "The 60 drains of the dam are old; 23 of the 60 drains are closed.", "supported"),
        ("Lime closed all of the 60 drains.", "Lime closed 23 of the 60 drains.", "partly"),
        ("Lime closed 60 drains.", "Lime closed 23 out of 60 drains.", "partly"),
        ("Lime closed a third of the 60 drains.", "Lime closed 20 of the 60 drains.", "supported"),
        ("The dam, which has 60 drains, lost 23 to lime.", "Lime closed 23 of the 60 drains.", "supported"),
        ("Nine people sit on the board, and six met.", "Six of the nine members met.", "supported"),
        ("It rained for three days.", "The mayor spoke.", "supported"),
    ],
)
def test_a_number_counts_what_it_counts_in_the_passage(text: str, passage: str, support: str) -> None:
    assert check_counted(text, passage).support == support
