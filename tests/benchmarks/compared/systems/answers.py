"""Dateline with everything that it does for a question: a checked answer with its citations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.build import make_assistant
from assistant.service.blocking import wait_for
from assistant.settings import Settings
from assistant.types import AskRequest
from tests.benchmarks.compared.measured import main
from tests.benchmarks.compared.systems.dateline import Dateline


class Answers(Dateline):
    def __init__(self, folder: Path, model: str) -> None:
        super().__init__(folder, model)
        self._assistant = make_assistant(Settings(data=folder), self.archive)

    def find(self, question: str) -> Sequence[str]:
        answer = wait_for(self._assistant.ask(AskRequest(question=question, remember=False)))
        return [one.url or "" for one in answer.citations]


if __name__ == "__main__":
    main(Answers)
