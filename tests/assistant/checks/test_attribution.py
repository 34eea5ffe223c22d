"""Whether what somebody is said to say has become a plain fact."""

from __future__ import annotations

import pytest

from assistant.checks.attribution import attribution_lost


@pytest.mark.parametrize(
    ("text", "passage", "lost"),
    [
        ("The mill was empty for years.", "The mill was empty for years, the owner said.", True),
        ("The mill was empty for years.", "The owner said the mill was empty for years.", True),
        ("The mill was lit on purpose.", "The mill was lit on purpose according to Holm.", True),
        ("The mill was sold in May.", "“It was time,” said Holm, who sold the mill in May.", False),
        ("The mill was sold in May.", "The mill was sold in May. “It was time,” the owner said.", False),
        ("Rents rose in April.", "Rents rose, Vane said.", True),
        ("Rents rose.", "Rents rose, said Vane.", True),
        ("Rents rose.", "Rents rose, according to Vane.", True),
        ("Rents rose in April.", "On Monday, Vane said rents rose in April.", True),
        ("Vane left on Monday.", "On Monday, Vane said he left.", False),
        ("Rents in Dorn will rise.", "Rents in Dorn, Vane said, will rise.", True),
        ("Holm would sell the mill.", "Holm said she would sell the mill.", False),
        ("The mill was sold in May.", "The mill, allegedly haunted by a ghost, was sold in May.", False),
    ],
)
def test_only_what_somebody_is_said_to_say_can_lose_who_said_it(text: str, passage: str, lost: bool) -> None:
    assert attribution_lost(text, passage) is lost
