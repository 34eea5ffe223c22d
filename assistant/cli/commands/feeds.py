"""`dateline feeds`: subscribe to feeds and ingest what is new in them."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.place import library_of, notes_of, service_of, settings_of
from assistant.cli.values import duration
from assistant.service.blocking import wait_for

if TYPE_CHECKING:
    from assistant.types import FeedCheckRequest, Subscription

_SECONDS_BETWEEN_LOOKS = 1.0


@click.group(short_help="Subscribe to feeds and ingest what is new.")
def feeds() -> None:
    """Subscribe to feeds (RSS, Atom, RDF, JSON Feed) and news sitemaps."""


@feeds.command()
@click.argument("addresses", nargs=-1, required=True, metavar="URL...")
@click.pass_context
def add(context: click.Context, addresses: tuple[str, ...]) -> None:
    """Subscribe to feeds.

    `dateline feeds check` ingests their articles; a running service does it by itself.
    """
    _subscribe(context, addresses, ())


@feeds.command("import", short_help="Subscribe to the feeds in a list.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_context
def import_list(context: click.Context, file: Path) -> int:
    """Subscribe to the feeds in a list: OPML, as other feed readers export, or a text with one address per line."""
    from assistant.cli.show import say
    from ingest.errors import EXIT_PARTIAL
    from ingest.feeds import opml

    found = opml.read(file.read_bytes())
    good = [one for one in found if one.address]
    for one in found:
        if one.note:
            say(f"left out: {one.note}")
    if good:
        _subscribe(context, tuple(one.address for one in good), tuple(one.title for one in good))
    else:
        click.echo("the list names no feeds", err=True)
    return 0 if good and len(good) == len(found) else EXIT_PARTIAL


@feeds.command()
@click.pass_context
def export(context: click.Context) -> None:
    """Print all subscriptions as OPML, which other feed readers import."""
    from ingest.feeds import opml

    with library_of(settings_of(context)) as library:
        click.echo(opml.write((one.title, one.address) for one in wait_for(library.feeds())), nl=False)


@feeds.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def list_feeds(context: click.Context, as_json: bool) -> None:
    """List subscriptions and their state."""
    from assistant.cli.show import say_each

    with library_of(settings_of(context)) as library:
        found = wait_for(library.feeds())
    say_each(found, "feed", _show, as_json=as_json)


def _show(feed: Subscription) -> None:
    from assistant.cli.show import say, wrapped

    mark = "✗" if feed.failing_since else "–" if feed.reason or not feed.checked else "✓"
    line = wrapped(_described(feed), first=f"{mark} ", then="  ")
    say(line, {"bad" if feed.failing_since else "good": [mark]} if mark != "–" else {})


@feeds.command()
@click.argument("address", metavar="URL")
@click.pass_context
def remove(context: click.Context, address: str) -> None:
    """Unsubscribe from a feed. Its articles stay."""
    with notes_of(settings_of(context)) as notes:
        wait_for(notes.remove_feed(address))
    click.echo("unsubscribed; its articles stay", err=True)


@feeds.command()
@click.argument("addresses", nargs=-1, metavar="[URL]...")
@click.option("--verbose", is_flag=True, help="Print each article as soon as it is stored.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def check(context: click.Context, addresses: tuple[str, ...], verbose: bool, as_json: bool) -> int:
    """Check all feeds, or the ones given, and ingest what is new."""
    from assistant.types import FeedCheckRequest

    return _look(context, FeedCheckRequest(addresses=addresses), as_json=as_json, verbose=verbose)


@feeds.command()
@click.option(
    "--every",
    type=duration,
    default="15m",
    show_default=True,
    metavar="TIME",
    help="Time between two checks, such as 15m or 2h.",
)
@click.option("--verbose", is_flag=True, help="Print each article as soon as it is stored.")
@click.pass_context
def watch(context: click.Context, every: timedelta, verbose: bool) -> int:
    """Check all feeds at intervals, until stopped.

    A running service does that by itself.
    """
    from assistant.cli.interrupt import Interrupt
    from assistant.types import FeedCheckRequest
    from ingest.errors import EXIT_INTERRUPTED

    request = FeedCheckRequest(due=True, minutes=every // timedelta(minutes=1))
    with Interrupt() as interrupt:
        while not interrupt.asked():
            began = time.monotonic()
            if _look(context, request, as_json=False, verbose=verbose) == EXIT_INTERRUPTED:
                break
            while time.monotonic() - began < every.total_seconds() and not interrupt.asked():
                time.sleep(_SECONDS_BETWEEN_LOOKS)
    return EXIT_INTERRUPTED


def _look(context: click.Context, request: FeedCheckRequest, *, as_json: bool, verbose: bool) -> int:
    from assistant.cli.intake import follow

    with service_of(settings_of(context)) as service:
        return follow(service, lambda: service.check_feeds(request), noun="page", as_json=as_json, verbose=verbose)


def _subscribe(context: click.Context, addresses: tuple[str, ...], titles: tuple[str, ...]) -> None:
    from assistant.cli.show import say
    from assistant.types import FeedRequest

    with notes_of(settings_of(context)) as notes:
        added = wait_for(notes.add_feeds(FeedRequest(addresses=addresses, titles=titles)))
    for one in added:
        say(f"subscribed to {one.address}")
    known = len(addresses) - len(added)
    note = f", {known} known already" if known else ""
    click.echo(f"{len(added)} new{note}; dateline feeds check ingests their articles", err=True)


def _described(feed: Subscription) -> str:
    from assistant.wording import minute
    from ingest.language.text import squeeze

    parts = [squeeze(feed.title)] if feed.title else []
    parts.append(f"checked {minute(feed.checked)}" if feed.checked else "not checked yet")
    parts += [f"last new {minute(feed.last_new)}"] if feed.last_new else []
    parts += [f"failing since {minute(feed.failing_since)}: {squeeze(feed.reason)}"] if feed.failing_since else []
    parts += [feed.reason] if feed.reason and not feed.failing_since else []
    return " · ".join([feed.address, *parts])
