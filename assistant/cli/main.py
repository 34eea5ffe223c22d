"""All commands under one name."""

from __future__ import annotations

import os
from pathlib import Path

import click

from assistant.cli.commands.articles import articles
from assistant.cli.commands.ask import ask
from assistant.cli.commands.chat import chat
from assistant.cli.commands.collections import collections
from assistant.cli.commands.config import config
from assistant.cli.commands.conversations import conversations
from assistant.cli.commands.demo import demo
from assistant.cli.commands.evaluate import evaluate
from assistant.cli.commands.feeds import feeds
from assistant.cli.commands.ingest import ingest
from assistant.cli.commands.jobs import jobs
from assistant.cli.commands.keeping.backup import backup, restore
from assistant.cli.commands.keeping.doctor import doctor
from assistant.cli.commands.keeping.export import export
from assistant.cli.commands.keeping.migrate import migrate
from assistant.cli.commands.keeping.repair import repair
from assistant.cli.commands.keeping.retention import retention
from assistant.cli.commands.keeping.status import status
from assistant.cli.commands.keys import keys
from assistant.cli.commands.mcp import mcp
from assistant.cli.commands.outcomes import outcomes
from assistant.cli.commands.outlets import outlets
from assistant.cli.commands.reindex import reindex
from assistant.cli.commands.retry import retry
from assistant.cli.commands.search import search
from assistant.cli.commands.serve import serve
from assistant.cli.commands.sources import sources
from assistant.cli.commands.web import web
from assistant.cli.show import wants_colour
from ingest.errors import EXIT_CODES


def _show_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from assistant.version import version

        click.echo(f"dateline {version()}")
        context.exit()


_EXITS = "\b\nExit codes:\n" + "\n".join(f"  {code:<4} {meaning}" for code, meaning in EXIT_CODES.items())


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EXITS,
)
@click.option(
    "--data", type=click.Path(path_type=Path), metavar="DIR", help="The archive's folder, instead of DATELINE_DATA."
)
@click.option(
    "--config", "file", type=click.Path(path_type=Path), metavar="FILE",
    help="The settings file, instead of DATELINE_CONFIG.",
)  # fmt: skip
@click.option("--debug", is_flag=True, help="Show tracebacks of errors; serve also logs requests.")
@click.option(
    "-V", "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
    help="Show the version and exit.",
)  # fmt: skip
@click.pass_context
def dateline(context: click.Context, data: Path | None, file: Path | None, debug: bool) -> None:
    """Ask questions about the news that you have ingested.

    Every sentence of an answer shows the passage it rests on.
    """
    if file:  # the processes that a command starts read it too
        from ingest.layers import CONFIG

        os.environ[CONFIG] = str(file.absolute())
    context.obj, context.color = data, wants_colour()
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (
    ask, chat, conversations, ingest, feeds, sources, reindex, retry, jobs, outcomes, articles, collections, outlets,
    search, serve, web, status, doctor, repair, backup, restore, migrate, export, retention, evaluate,
    demo, config, mcp, keys,
):  # fmt: skip
    dateline.add_command(command)
