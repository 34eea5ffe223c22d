"""`dateline chat`: the terminal chat with the running service, or with one started for it."""

from __future__ import annotations

import click

from assistant.cli.place import settings_of


@click.command(short_help="Open the terminal chat.")
@click.pass_context
def chat(context: click.Context) -> int:
    """Open the terminal chat, to ask, read articles and ingest more.

    It uses the running service, or starts one for as long as a chat is open.
    """
    from assistant.cli.companion import Screen

    with Screen() as screen:
        return screen.chat_with(settings_of(context))
