"""`dateline demo`: the bundled newsroom, to try Dateline on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.place import desk_of, settings_of

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.remote import Remote

_BUNDLE = Path(__file__).parents[1] / "demo"


@click.command(short_help="Try Dateline on a small invented newsroom.")
@click.pass_context
def demo(context: click.Context) -> int:
    """Ingest a small invented newsroom into an archive of its own, and open the chat on it.

    Without a terminal, it asks four questions and prints the answers.
    """
    settings = settings_of(context)
    if settings.data.name != "demo":  # it is already set to the newsroom, as the README does
        settings = settings.model_copy(update={"data": settings.data / "demo"})
    from assistant.cli.companion import Screen
    from assistant.cli.show import asks_person

    with desk_of(settings) as desk:
        code = _ingest(desk)
        if not asks_person():
            _ask_all(desk)
            return code
    with Screen() as screen:
        return screen.chat_with(settings)


def _ingest(desk: Desk | Remote) -> int:
    from assistant.cli.intake import follow

    return follow(
        lambda emit, stop: desk.ingest([str(_BUNDLE / "newsroom")], emit=emit, stop=stop),
        noun="pages",
        as_json=False,
        verbose=False,
    )


def _ask_all(desk: Desk | Remote) -> None:
    from assistant.cli.answer_text import answer_lines
    from assistant.cli.requests import ask_request
    from assistant.cli.show import say, say_line

    for question in filter(None, (_BUNDLE / "questions.txt").read_text(encoding="utf-8").splitlines()):
        say(f"\n> {question}\n")
        for line in answer_lines(desk.ask(ask_request(question))):
            say_line(line)
