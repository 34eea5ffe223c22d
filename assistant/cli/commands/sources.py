"""`dateline sources`: what a reindex looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.cli.place import library_of, notes_of, settings_of
from assistant.service.blocking import wait_for

if TYPE_CHECKING:
    from assistant.types import KeptSource


@click.group(short_help="List and forget the sources that reindex reads.")
def sources() -> None:
    """List and forget the files, folders and links that reindex reads again.

    `dateline ingest` remembers them.
    """


@sources.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def list_sources(context: click.Context, as_json: bool) -> None:
    """List the sources that reindex reads."""
    from assistant.cli.show import say, say_each

    with library_of(settings_of(context)) as library:
        found = wait_for(library.sources())
    say_each(found, "source", lambda one: say(_line(one)), as_json=as_json)


@sources.command()
@click.argument("address", metavar="SOURCE")
@click.pass_context
def remove(context: click.Context, address: str) -> None:
    """Forget a source. Its articles stay."""
    with notes_of(settings_of(context)) as notes:
        wait_for(notes.forget_source(address))
    click.echo("forgotten; its articles stay", err=True)


def _line(one: KeptSource) -> str:
    from assistant.wording import minute
    from ingest.language.text import squeeze

    parts = [squeeze(one.address)]
    parts += [one.kind] if one.kind != "auto" else []
    parts += [f"captured {minute(one.captured_at)}"] if one.captured_at else []
    parts += [f"--map {squeeze(pair)}" for pair in one.map]
    return " · ".join(parts)
