"""`dateline chat`: the terminal chat with the running service, or with one started for it."""

from __future__ import annotations

import click

from assistant.cli.place import settings_of


@click.command()
@click.pass_context
def chat(context: click.Context) -> int:
    """Ask in a terminal chat; articles can be read and taken in from there."""
    settings = settings_of(context)
    from assistant.cli.companion import chat_with

    return chat_with(settings)
