"""`dateline backup` and `dateline restore`: an archive in one file."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli.place import settings_of

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(short_help="Write a backup of the archive to a file.")
@click.argument("file", type=_FILE)
@click.option("--replace", is_flag=True, help="Overwrite the file if it exists.")
@click.pass_context
def backup(context: click.Context, file: Path, replace: bool) -> None:
    """Write a backup of the archive to FILE, also while the service or an ingest is running.

    It holds everything but the search indexes, which `dateline restore` rebuilds. A damaged archive has to be
    repaired first.
    """
    from assistant.cli.interrupt import ending_as_by_ctrl_c
    from assistant.wording import counted
    from ingest.archive.backup import back_up
    from ingest.archive.home import home_of
    from ingest.sources.place import size

    if str(file) == "-":
        raise click.UsageError("a backup is written to a file, not to standard output")
    with ending_as_by_ctrl_c():
        found = back_up(home_of(settings_of(context)), file, replace=replace)
    click.echo(f"{counted(found.articles, 'article')} backed up to {file} ({size(file.stat().st_size)})", err=True)


@click.command(short_help="Restore an archive from a backup.")
@click.argument("file", type=_FILE)
@click.option("--replace", is_flag=True, help="Set an existing archive aside.")
@click.pass_context
def restore(context: click.Context, file: Path, replace: bool) -> None:
    """Restore an archive from a backup, into the folder of --data or DATELINE_DATA.

    Nothing is embedded again. With --replace, an existing database is renamed and kept.
    """
    from assistant.cli.interrupt import ending_as_by_ctrl_c
    from assistant.wording import counted
    from ingest.archive.backup import restore as restored
    from ingest.archive.home import home_of
    from ingest.embedding.embedder import load_embedder

    settings = settings_of(context)
    embedder = load_embedder(settings)

    def say(step: str) -> None:
        click.echo(f"{step} …", err=True)

    with ending_as_by_ctrl_c():
        found = restored(file, home_of(settings), embedder, replace=replace, say=say)
    made = f"{found.made:%Y-%m-%d %H:%M} UTC"
    click.echo(f"{counted(found.articles, 'article')} restored to {settings.data}, as of {made}", err=True)
