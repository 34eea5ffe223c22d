"""`dateline demo`: the bundled newsroom, to try Dateline on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.cli.demo import NEWSROOM, QUESTIONS
from assistant.cli.place import service_of, settings_of
from assistant.service.blocking import wait_for

if TYPE_CHECKING:
    from assistant.service.protocol import Service


@click.command(short_help="Try Dateline on a small invented newsroom.")
@click.pass_context
def demo(context: click.Context) -> int:
    """Ingest a small invented newsroom into an archive of its own, and open the chat on it.

    Without a terminal, it asks four questions and prints the answers.
    """
    settings = settings_of(context)
    if settings.data.name != "demo":  # it is already set to the newsroom, as the README does
        settings = settings.model_copy(update={"data": settings.data / "demo"})
    from assistant.cli.commands.chat import Screen
    from assistant.cli.show import asks_person

    with service_of(settings) as service:
        code = _ingest(service)
        if not asks_person():
            _ask_all(service)
            return code
    with Screen() as screen:
        return screen.chat_with(settings)


def _ingest(service: Service) -> int:
    from assistant.cli.intake import follow

    return follow(service, lambda: service.ingest([str(NEWSROOM)]), noun="page", as_json=False, verbose=False)


def _ask_all(service: Service) -> None:
    from assistant.cli.answer_text import answer_lines
    from assistant.cli.requests import ask_request
    from assistant.cli.show import say, say_line

    for question in filter(None, QUESTIONS.read_text(encoding="utf-8").splitlines()):
        say(f"\n> {question}\n")
        for line in answer_lines(wait_for(service.ask(ask_request(question)))):
            say_line(line)
