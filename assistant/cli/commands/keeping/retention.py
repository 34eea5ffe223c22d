"""`dateline retention`: for how long articles are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.cli.place import library_of, notes_of, settings_of
from assistant.cli.values import Command, usage_errors
from assistant.service.blocking import wait_for

if TYPE_CHECKING:
    from assistant.types import Retention, RetentionKind


def _places(command: Command) -> Command:
    """Adds --source, --feed and --in."""
    for name, variable, metavar, what in (
        ("in", "collections", "NAME", "The sources and feeds of a collection"),
        ("feed", "feeds", "ADDRESS", "Everything that a feed brings"),
        ("source", "sources", "SOURCE", "Everything read from a file, folder or link"),
    ):
        helped = f"{what}. May be repeated."
        command = click.option(f"--{name}", variable, multiple=True, metavar=metavar, help=helped)(command)
    return command


@click.group(short_help="Drop the articles of feeds and sources after some days.")
def retention() -> None:
    """Drop the articles of feeds, sources and collections after some days.

    Days count from when the text of an article was last ingested. Every ingest, reindex and check of feeds drops what
    is due, and reports it.

    An article stays if a conversation cites it, if a collection names it (`dateline collections add NAME --article
    ID`), or if it was also read from a place that keeps it longer. A dropped article comes back only if its own file
    or link is given to `dateline ingest`.
    """


@retention.command("list", short_help="List the limits.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def list_retention(context: click.Context, as_json: bool) -> None:
    """List the limits, and how many articles the next run drops for each."""
    from assistant.cli.show import say_each

    with library_of(settings_of(context)) as library:
        found = wait_for(library.retention())
    say_each(found, "limit", _show, as_json=as_json)


@retention.command("set", short_help="Keep articles for DAYS days.")
@click.argument("days", type=click.IntRange(1, 36_500))
@_places
@click.pass_context
def set_retention(
    context: click.Context, days: int, sources: tuple[str, ...], feeds: tuple[str, ...], collections: tuple[str, ...]
) -> None:
    """Keep articles for DAYS days. The next run after that drops them."""
    from assistant.types import RetentionRequest

    with usage_errors():
        requests = [
            RetentionRequest(kind=kind, value=value, days=days) for kind, value in _named(sources, feeds, collections)
        ]
    with notes_of(settings_of(context)) as notes:
        for request in requests:
            _show(wait_for(notes.set_retention(request)))


@retention.command(short_help="Keep articles for good again.")
@_places
@click.pass_context
def remove(
    context: click.Context, sources: tuple[str, ...], feeds: tuple[str, ...], collections: tuple[str, ...]
) -> None:
    """Keep articles for good again. What was dropped does not come back."""
    with notes_of(settings_of(context)) as notes:
        for kind, value in _named(sources, feeds, collections):
            wait_for(notes.end_retention(kind, value))
    click.echo("kept for good", err=True)


def _named(
    sources: tuple[str, ...], feeds: tuple[str, ...], collections: tuple[str, ...]
) -> list[tuple[RetentionKind, str]]:
    from ingest.source import source

    named: list[tuple[RetentionKind, str]] = [("source", source(one).address) for one in sources]
    named += [("feed", one) for one in feeds]
    named += [("collection", one) for one in collections]
    if not named:
        raise click.UsageError("name a --source, a --feed or a collection (--in)")
    return named


def _show(one: Retention) -> None:
    from assistant.cli.show import say
    from assistant.wording import counted
    from ingest.language.text import squeeze

    value = squeeze(one.value)
    due = f" · the next run drops {counted(one.due, 'article')}" if one.due else ""
    say(f"{one.kind} {value} · {counted(one.days, 'day')}{due}", {"heading": [value]})
