"""`dateline outcomes`: what became of the pages that were looked at."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, get_args

import click

from assistant.cli.place import library_of, settings_of
from assistant.cli.values import limit_option, moment, offset_option
from assistant.service.blocking import wait_for
from ingest.status import Status

if TYPE_CHECKING:
    from assistant.types import OutcomeList


@click.command(short_help="List what became of each page, and why.")
@click.option("--failed", is_flag=True, help="Only failures; short for --status failed.")
@click.option("--status", type=click.Choice(get_args(Status)), help="Only outcomes of this status.")
@click.option("--since", type=moment, metavar="TIME", help="Only outcomes since this day or time.")
@limit_option
@offset_option
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def outcomes(
    context: click.Context,
    *,
    failed: bool,
    status: str | None,
    since: datetime | None,
    limit: int,
    offset: int,
    as_json: bool,
) -> None:
    """List what became of each page that was read, latest first, with the reason.

    Only the last outcome of each page is kept.
    """
    if failed and status not in (None, "failed"):
        raise click.UsageError(f"--failed contradicts --status {status}: give one of them")
    wanted = "failed" if failed else status
    with library_of(settings_of(context)) as library:
        listed = library.outcomes(status=wanted, since=since, limit=limit, offset=offset)  # type: ignore[arg-type]
        found = wait_for(listed)
    if as_json:
        click.echo(found.model_dump_json(indent=2))
    else:
        _show(found, offset)


def _show(found: OutcomeList, offset: int) -> None:
    from assistant.cli.intake import LOOKS, outcome_line
    from assistant.cli.show import say, say_total, wrapped
    from assistant.wording import minute

    for outcome in found.outcomes:
        line = wrapped(f"{minute(outcome.at)} · {outcome_line(outcome)}", then="  ")
        say(line, {LOOKS[outcome.status]: [outcome.status]} if outcome.status in LOOKS else {})
    say_total("outcome", found.total, listed=len(found.outcomes), offset=offset)
