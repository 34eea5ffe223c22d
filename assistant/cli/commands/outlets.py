"""`dateline outlets`: who wrote the articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from assistant.cli.place import library_of, settings_of
from assistant.service.blocking import wait_for

if TYPE_CHECKING:
    from assistant.types import OutletSummary


@click.command(short_help="List the outlets of the articles.")
@click.option("--text", default="", metavar="WORDS", help="Only outlets with this text in their name.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def outlets(context: click.Context, text: str, as_json: bool) -> None:
    """List the outlets, each with its number of articles and the day of the newest."""
    with library_of(settings_of(context)) as library:
        found = wait_for(library.outlets())
    if text:
        named = tuple(one for one in found.outlets if text.casefold() in one.outlet.casefold())
        found = found.model_copy(update={"total": len(named), "outlets": named})
    if as_json:
        click.echo(found.model_dump_json(indent=2))
    else:
        _show(found.outlets)


def _show(found: Sequence[OutletSummary]) -> None:
    from assistant.cli.show import say
    from assistant.wording import counted, printed
    from ingest.language.text import squeeze

    width = max((len(f"{one.articles:,}") for one in found), default=0)
    for one in found:
        name, newest = squeeze(one.outlet), f"newest {printed(one.newest, 'day')}" if one.newest else "undated"
        say(f"{one.articles:{width},}  {name} · {newest}", {"outlet": [name]})
    click.echo(counted(len(found), "outlet"), err=True)
