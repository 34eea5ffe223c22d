"""How often a follow-up is answered from the right article: `python -m tests.evals.conversations newsroom=FOLDER`.

Each argument names an archive of `conversations.jsonl` and its folder, to which the conversations are not added. The
conversations were written before the rules that read follow-ups were changed; a random half of them is held out.
`-v` shows what went wrong in the other half.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Assistant
from assistant.build import make_assistant, open_archive
from assistant.conversations.memory import Memory
from assistant.service.blocking import wait_for
from assistant.settings import Settings
from assistant.types import Answer, AskRequest
from ingest.database.store import empty_engine

CASES = Path(__file__).with_name("conversations.jsonl")


@dataclass(frozen=True)
class Later:
    """A question after the first one, and whether its first citation is of a right article."""

    question: str
    answer: Answer
    held_out: bool
    right: bool


def conversations(archive: str) -> list[dict[str, Any]]:
    """Those that were written for an archive."""
    found = map(json.loads, CASES.read_text(encoding="utf-8").splitlines())
    return [one for one in found if one["archive"] == archive]


def later_turns(assistant: Assistant, cases: Sequence[dict[str, Any]]) -> Iterator[Later]:
    """All conversations, each question asked after those before it; without the assistant's own memory."""
    assistant.memory = Memory(empty_engine())
    for number, case in enumerate(cases):
        for place, turn in enumerate(case["turns"]):
            asked = AskRequest(question=turn["question"], conversation_id=f"case-{number}")
            answer = wait_for(assistant.ask(asked))
            if place:
                yield Later(turn["question"], answer, case["held_out"], _is_right(answer, turn["articles"]))


def _is_right(answer: Answer, articles: Sequence[str]) -> bool:
    first = next((one for statement in answer.statements for one in statement.citations), 0)
    titles = [one.title for one in answer.citations if one.number == first]
    return any(named in title for title in titles for named in articles)


def main(arguments: Sequence[str]) -> None:
    verbose, asked = "-v" in arguments, list[Later]()
    for name, folder in (one.split("=") for one in arguments if "=" in one):
        settings = Settings.load(data=Path(folder))
        archive = open_archive(settings)
        asked += later_turns(make_assistant(settings, archive), conversations(name))
        archive.close()
    for half, held in (("written with", False), ("held out", True)):
        ours = [one for one in asked if one.held_out == held]
        right = sum(one.right for one in ours)
        share = right / max(len(ours), 1)
        print(f"{half:<14} {right} of {len(ours)} later turns from the right article: {share:.2f}")
    for one in asked if verbose else ():
        if not one.right and not one.held_out:
            cited = one.answer.citations[0].title if one.answer.citations else one.answer.outcome
            print(f"  {one.question} -> {one.answer.standalone} | {cited} | {one.answer.confidence}")


if __name__ == "__main__":
    main(sys.argv[1:])
