"""The rules that make training data look words up in WordNet, which only who trains needs."""

from __future__ import annotations

import pytest

from assistant.reading.training.wordnet import FOLDER


@pytest.fixture(autouse=True, scope="session")
def word_net() -> None:
    if not FOLDER.is_dir():
        pytest.skip("there is no WordNet: apt-get install wordnet-base")
