"""The part of a sentence that answers."""

from __future__ import annotations

import pytest

from assistant.answering import answering_part


@pytest.mark.parametrize(
    ("question", "sentence", "part"),
    [
        ("How many homes burned?", "The fire burned 40 homes and hurt 12 people on 3 May.", "40"),
        ("How many people were hurt?", "The fire burned 40 homes and hurt 12 people on 3 May.", "12"),
        ("How much did the dam cost?", "The dam took 7 years and cost 38 million crowns.", "38 million crowns"),
        ("How much did the dam cost?", "The dam cost 38 million crowns.", "38 million crowns"),
        ("How much did the dam cost?", "The crack is 14 metres long.", None),
        ("How many people came?", "It had stood for 28 years.", None),
        ("How many came? Who won?", "Yara Tamsin won before 300 people.", None),
        ("When does the ferry sail?", "The ferry sails on 3 May 2026.", "3 May 2026"),
        ("When does the ferry sail?", "The ferry sails on Monday and on Friday.", None),
        ("Where did the talks begin?", "The talks began in Port Ellery on Monday.", "Port Ellery"),
        ("Who won the by-election in Lisk North?", "Yara Tamsin won the by-election in Lisk North.", "Yara Tamsin"),
        ("Who said that it was late?", "“It was late,” said Mira Stoll, and Yara Tamsin left.", "Mira Stoll"),
        ("How old is Mira Stoll?", "Mira Stoll, 54, keeps the lock.", "54"),
        ("Did the talks begin?", "The talks began in Port Ellery on Monday.", None),
    ],
)
def test_it_is_told_where_it_is_clear(question: str, sentence: str, part: str | None) -> None:
    assert answering_part(question, sentence) == part
