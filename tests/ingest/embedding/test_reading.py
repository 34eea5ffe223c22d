"""Passages read in a process of its own: the same vectors, and nothing is left of it."""

from __future__ import annotations

import os
import signal
from multiprocessing import active_children
from multiprocessing.process import BaseProcess

import numpy as np
import pytest

from ingest.embedding.embedder import load_embedder
from ingest.embedding.reading import read_aside, read_passages
from ingest.errors import IngestError
from ingest.settings import IngestSettings
from tests.fakes import HashEmbedder

TITLED = [("Ferry", "The ferry to Ryde was late. Nobody was hurt."), ("Dam", "A crack was found.")] * 5


def low() -> list[BaseProcess]:
    """The processes of this one that give way to all others."""
    return [one for one in active_children() if os.getpriority(os.PRIO_PROCESS, one.pid or 0) == 19]


def test_a_process_of_its_own_gives_the_same_vectors_and_is_gone_afterwards() -> None:
    embedder = load_embedder(IngestSettings())
    vectors, of_sentences = read_passages(embedder, TITLED)
    with read_aside(embedder) as read:
        assert [len(some) for some in read([])] == [0, 0]
        assert [len(some) for some in read(TITLED[:2])] == [2, 2]
        assert low() == []
        found, parts = read(TITLED)
        [process] = low()
    assert np.allclose(found, vectors, atol=1e-3)
    assert all(np.allclose(mine, theirs, atol=1e-3) for mine, theirs in zip(parts, of_sentences, strict=True))
    assert not process.is_alive()


def test_a_process_that_is_killed_is_said_and_started_anew() -> None:
    with read_aside(load_embedder(IngestSettings())) as read:
        read(TITLED)
        [process] = low()
        os.kill(process.pid or 0, signal.SIGKILL)
        with pytest.raises(IngestError, match="was ended"):
            read(TITLED)
        assert len(read(TITLED)[0]) == 10


def test_another_model_is_read_here() -> None:
    embedder = HashEmbedder()
    with read_aside(embedder) as read:
        assert len(read(TITLED)[0]) == embedder.embedded == 10
