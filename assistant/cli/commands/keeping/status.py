"""`dateline status`: what the archive holds, and whether a service runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from assistant.cli.place import settings_of, shelf_of

if TYPE_CHECKING:
    from assistant.types import Readiness


@click.command(short_help="Show what the archive holds and whether a service runs.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def status(context: click.Context, as_json: bool) -> None:
    """Show what the archive holds, how much of it can be searched by meaning, and whether a service runs.

    It only reads the database, so it also works during an ingest.
    """
    from assistant.cli.show import say
    from assistant.service import catalogue
    from assistant.service.owner import service_note

    settings = settings_of(context)
    with shelf_of(settings) as shelf:
        held = catalogue.readiness(shelf.store, model=settings.model or "extractive", reader=settings.reader)
    note = service_note(settings.data)
    if as_json:
        kept = held.model_dump(mode="json", exclude={"ready", "step", "model", "reader", "version"})
        click.echo(json.dumps({"data": str(settings.data), "service": note and note.url, **kept}, indent=2))
        return
    for name, told in _told(held):
        say(f"{name:<9} {told}")
    say(f"{'service':<9} {note.url if note else 'none runs'}")
    say(f"{'folder':<9} {settings.data}")


def _told(held: Readiness) -> Iterator[tuple[str, str]]:
    from assistant.wording import by_words_only, counted, day

    yield "articles", f"{counted(held.articles, 'article')} from {counted(held.outlets, 'outlet')}"
    if held.oldest and held.newest:
        yield "dates", f"{day(held.oldest)} to {day(held.newest)}"
    if held.passages:
        waiting = by_words_only(held.passages_waiting, held.passages)
        yield "passages", waiting or f"{counted(held.passages, 'passage')}, all searched by words and by meaning"
    if held.feeds_failing:
        yield "feeds", f"{held.feeds_failing} failing; dateline feeds list says why"
