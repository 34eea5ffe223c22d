"""A question is read once, and what looks for its evidence reads nothing anew."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from types import FrameType

import pytest

from assistant.evidence.research import Researcher
from assistant.looking import Looking
from assistant.question.asked import Asked
from assistant.question.broad import Broad
from assistant.question.dates import asked_days
from assistant.question.parts import own_and_lent, parts_of
from assistant.question.records import RecordQuestion
from assistant.question.times import moment_meant
from assistant.search.retriever import Retriever
from assistant.types import AskRequest
from ingest.archive.archive import Archive
from tests.fakes import HashEmbedder, an_article

LOCK = "The lock at Veltrin closed on 3 June 2024 for repairs. The repair costs 40,000 crowns, its keeper said."
READINGS = {
    one.__code__: one.__qualname__
    for one in (
        parts_of,
        own_and_lent,
        asked_days,
        moment_meant,
        RecordQuestion.read.__func__,  # type: ignore[attr-defined] # a class method is a function of the class
        Broad.read.__func__,  # type: ignore[attr-defined]
        Asked.read.__func__,  # type: ignore[attr-defined]
    )
}
ALWAYS = ("own_and_lent", "asked_days", "RecordQuestion.read")


@pytest.fixture(scope="module")
def looking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looking]:
    with Archive.open(tmp_path_factory.mktemp("archive"), HashEmbedder()) as archive:
        archive.add([an_article(LOCK, title="Lock at Veltrin closes", outlet="Gazette")])
        retriever = Retriever(archive)
        yield Looking(archive, retriever, Researcher(archive, retriever), articles=5)


def read_by(work: Callable[[], object]) -> Counter[str]:
    """How often each reading was done meanwhile."""
    done: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _given: object) -> None:
        if event == "call" and frame.f_code in READINGS:
            done[READINGS[frame.f_code]] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return done


@pytest.mark.parametrize(
    "question",
    [
        "What does the repair of the lock at Veltrin cost?",
        "When did the lock at Veltrin close, according to the Gazette?",
        "What was said of the lock at Veltrin in June 2019?",
        "What happened at the lock on 3 June 2024?",
        "What is the latest on the lock at Veltrin?",
        "Who wrote the article about the lock?",
    ],
)
def test_a_question_is_read_once(looking: Looking, question: str) -> None:
    request = AskRequest(question=question)
    done = read_by(lambda: looking.read(request, question))
    assert [done[name] for name in ALWAYS] == [1, 1, 1]
    assert max(done.values()) == 1


@pytest.mark.parametrize(
    ("question", "inquiries"),
    [
        ("What do the keeper of Veltrin and the mayor of Sarnia each say about the lock?", 2),
        ("What does the repair cost, and when did the lock at Veltrin close?", 1),
        ("What happened at the lock on 3 June 2024?", 1),
    ],
)
def test_what_looks_for_evidence_only_weighs_the_words_of_each_inquiry(
    looking: Looking, question: str, inquiries: int
) -> None:
    request = AskRequest(question=question)
    read, widened = looking.read(request, question)
    done = read_by(lambda: looking.look(request, read, widened, ()))
    assert done == {"Asked.read": inquiries}
