"""`dateline migrate`: move an archive to PostgreSQL, and back into a folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.place import settings_of

if TYPE_CHECKING:
    from assistant.settings import Settings
    from ingest.archive.home import Home


@click.command(short_help="Move the archive to PostgreSQL, and back.")
@click.option(
    "--to",
    "place",
    required=True,
    metavar="URL|DIR",
    help="An empty PostgreSQL database, or a folder without an archive.",
)
@click.pass_context
def migrate(context: click.Context, place: str) -> None:
    """Move the archive into a PostgreSQL database, or from the one of DATELINE_DATABASE_URL back into a folder.

    Nothing is embedded again. Every text and embedding is compared with its digest, and every row with the original.
    If it is killed, run it again: it continues where it stopped. The old database is kept: a file is renamed, a
    PostgreSQL database stays as it is. Stop a running service first.
    """
    from assistant.cli.interrupt import ending_as_by_ctrl_c
    from assistant.wording import counted
    from ingest.archive.moving import move

    settings = settings_of(context)
    source, target = _homes(settings, place)
    with ending_as_by_ctrl_c():
        done = move(source, target, _told)
    click.echo(f"{counted(done.rows, 'row')} moved and compared", err=True)
    if done.aside:
        click.echo(f"the old database is kept as {settings.data / done.aside}", err=True)
    if target.address:
        click.echo("from now on set DATELINE_DATABASE_URL to that address", err=True)
    elif target.folder.resolve() == settings.data.resolve():
        click.echo("from now on leave DATELINE_DATABASE_URL unset", err=True)
    else:
        click.echo(f"from now on leave DATELINE_DATABASE_URL unset, and set DATELINE_DATA to {place}", err=True)


def _homes(settings: Settings, place: str) -> tuple[Home, Home]:
    """Raises SettingsError for a move that leads nowhere."""
    from ingest.archive.home import home_of, home_with
    from ingest.errors import SettingsError

    source = home_of(settings)
    target = home_with(settings.data, place) if "://" in place else home_with(Path(place), "")
    if not source.address and not target.address:
        hint = "to copy it into another folder, use dateline backup and dateline restore"
        raise SettingsError("the archive is in a folder already", hint)
    return source, target


def _told(step: str, done: int, of: int) -> None:
    """Shown on a terminal, a line that is written over."""
    if sys.stderr.isatty():
        click.echo(f"\r{step} {done:,} of {of:,} rows{chr(10) if done == of else ''}", err=True, nl=False)
