"""The options that narrow a question or a search down."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from assistant.cli.outlet_names import complete_outlet
from assistant.cli.values import Command, day, usage_errors

if TYPE_CHECKING:
    from ingest.types import Filter


in_option = click.option(
    "--in",
    "collection",
    metavar="NAME",
    help="Only articles of this collection; dateline collections list shows the collections.",
)


def filter_options(command: Command) -> Command:
    """Adds --outlet, --in, --since and --until."""
    for option in (
        click.option(
            "--until", type=day, metavar="DAY", help="Only articles published on this day or earlier (2026-11-01)."
        ),
        click.option(
            "--since", type=day, metavar="DAY", help="Only articles published on this day or later (2026-10-01)."
        ),
        in_option,
        click.option(
            "--outlet",
            "outlets",
            multiple=True,
            metavar="NAME",
            shell_complete=complete_outlet,
            help="Only articles of this outlet. May be repeated; dateline outlets lists the outlets.",
        ),
    ):
        command = option(command)
    return command


def order_option(command: Command) -> Command:
    """Adds --order."""
    return click.option(
        "--order",
        type=click.Choice(["relevance", "newest"]),
        help="Best match first, or newest first. “The latest on …” in a question also asks for newest.",
    )(command)


def filter_of(
    outlets: tuple[str, ...], since: date | None, until: date | None, collection: str | None = None
) -> Filter:
    from ingest.types import Filter

    with usage_errors():
        return Filter(outlets=outlets, since=since, until=until, collection=collection)
