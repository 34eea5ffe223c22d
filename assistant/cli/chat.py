"""`dateline chat`: the terminal chat with the running service, or with one started for it."""

from __future__ import annotations

import click

from assistant.cli.place import settings_of


@click.command()
@click.pass_context
def chat(context: click.Context) -> int:
    """Ask in a terminal chat; articles can be read and taken in from there."""
    from assistant.cli.companion import Screen

    with Screen() as screen:
        return screen.chat_with(settings_of(context))
