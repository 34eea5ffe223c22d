"""`dateline mcp`: the archive for agents, over the Model Context Protocol."""

from __future__ import annotations

import os

import click

from assistant.cli.place import settings_of


@click.command(short_help="Serve agents over MCP.")
@click.option("--write", "writes", is_flag=True, help="Also offer the tools that ingest articles and manage feeds.")
@click.option("--skill", is_flag=True, help="Print the skill for agents (SKILL.md) and exit.")
@click.pass_context
def mcp(context: click.Context, *, writes: bool, skill: bool) -> int:
    """Serve an agent over the Model Context Protocol on standard input and output.

    It uses the running service, or starts one for as long as agents and chats are open. A running service offers the
    same over HTTP at /mcp.
    """
    if skill:
        from assistant.mcp.pages import page

        click.echo(page("SKILL.md"), nl=False)
        return 0
    from assistant.cli.companion import LOG, Companion
    from assistant.mcp.stdio import serve
    from ingest.archive.lock import make_folder

    settings = settings_of(context)
    make_folder(settings.data)
    companion = Companion(settings.data)
    with companion.beside():
        closed = serve(settings, companion.ensure, settings.data / LOG, writes=writes)
    if not closed:
        os._exit(0)  # the thread that reads standard input would keep the interpreter from ending
    return 0
