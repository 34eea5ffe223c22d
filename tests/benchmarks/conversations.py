"""How long it takes to list, search and open conversations: `python -m tests.benchmarks.conversations [TURNS]`."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from assistant.conversations.kept import Conversations
from assistant.conversations.memory import Memory
from assistant.types import Answer, Citation, Filter, Statement
from ingest.database.store import open_engine

WORDS = "ferry strike dam crack mayor rates harbour festival council school wage tram bank flood vote island".split()


def an_answer(chance: random.Random, number: int) -> Answer:
    """An answer of five sentences with as many citations, as long as they are in the newsroom."""
    said = [" ".join(chance.choices(WORDS, k=24)) for _ in range(5)]
    citations = tuple(
        Citation(number=at, article_id=f"a{number % 997}", version="v", start=0, end=len(text), text=text,
                 outlet="Harbour Post", title=text[:60], url=f"https://harbourpost.example/{number}/{at}")
        for at, text in enumerate(said, 1)
    )  # fmt: skip
    return Answer(
        question=f"What about {' '.join(chance.choices(WORDS, k=5))}?", standalone="x", text=" ".join(said),
        outcome="answered", citations=citations, filters=Filter(), as_of=None, independent_sources=1, receipt=None,
        statements=tuple(Statement(text=text, citations=(at,)) for at, text in enumerate(said, 1)),
        conversation_id=f"talk-{number // 5}", model="extractive",
    )  # fmt: skip


def timed(name: str, work: Callable[[], object]) -> None:
    took = []
    for _ in range(15):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    print(f"{name:<34} median {sorted(took)[7] * 1000:6.1f} ms   slowest {max(took) * 1000:6.1f} ms")


def main(turns: int) -> None:
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "archive.sqlite3")
        memory = Memory(engine)
        for number in range(turns):
            memory.add(an_answer(chance, number))
        for number in range(200):  # one long conversation
            memory.add(an_answer(chance, number).model_copy(update={"conversation_id": "long"}))
        kept = Conversations(engine)
        print(f"{turns:,} turns in {kept.list(limit=1).total:,} conversations")
        timed("list 50", kept.list)
        timed("search one word, all match", lambda: kept.list(text="ferry"))
        timed("search three words", lambda: kept.list(text="tram council wage"))
        timed("search a word that is nowhere", lambda: kept.list(text="zorblax"))
        timed("open one of 5 turns", lambda: kept.open("talk-700"))
        timed("open one of 200 turns", lambda: kept.open("long"))
        timed("open its last 50", lambda: kept.open("long", limit=50))
        engine.dispose()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
