"""Two names or things that have changed places, against lists, whose order says nothing."""

from __future__ import annotations

import pytest

from assistant.checks.exchange import check_exchanged


@pytest.mark.parametrize(
    ("text", "passage", "support"),
    [
        ("Shops, inns and barns were hit.", "Barns, shops and inns were hit.", "supported"),
        ("Holm and Reis signed the lease.", "Reis and Holm signed the lease.", "supported"),
        ("Holm beat Reis and Vane in the final.", "Reis beat Holm and Vane in the final.", "partly"),
        ("Holm dismissed Reis’s offer on Monday.", "Reis dismissed Holm’s offer on Monday.", "partly"),
        ("Milk rose 17% and bread 16%.", "Milk rose 16% and bread 17%.", "partly"),
    ],
)
def test_the_order_of_a_list_says_nothing(text: str, passage: str, support: str) -> None:
    assert check_exchanged(text, passage).support == support
