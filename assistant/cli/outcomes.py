"""`dateline outcomes`: what became of the pages that were looked at."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from assistant.cli.place import desk_of, settings_of
from assistant.cli.values import moment

if TYPE_CHECKING:
    from assistant.types import OutcomeList

_STATUSES = ("added", "updated", "unchanged", "copy", "skipped", "failed")


@click.command()
@click.option("--failed", is_flag=True, help="Only what failed; the same as --status failed.")
@click.option("--status", type=click.Choice(_STATUSES), help="Only outcomes of this kind.")
@click.option("--since", type=moment, metavar="TIME", help="Not earlier than this day or time.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many.")
@click.option("--offset", type=click.IntRange(0, 10**9), default=0, help="How many to leave out before them.")
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
    """Show what became of each page the last time it was looked at, the latest first, with the reason."""
    if failed and status not in (None, "failed"):
        raise click.UsageError(f"--failed and --status {status} cannot both hold")
    wanted = "failed" if failed else status
    with desk_of(settings_of(context)) as desk:
        found = desk.outcomes(status=wanted, since=since, limit=limit, offset=offset)  # type: ignore[arg-type]
    if as_json:
        click.echo(found.model_dump_json(indent=2))
    else:
        _show(found, offset)


def _show(found: OutcomeList, offset: int) -> None:
    from assistant.cli.intake import outcome_line
    from assistant.cli.show import say
    from assistant.wording import counted, minute

    for outcome in found.outcomes:
        say(f"{minute(outcome.at)} · {outcome_line(outcome)}")
    last = offset + len(found.outcomes)
    shown = f"; {offset + 1} to {last} shown" if found.outcomes and len(found.outcomes) < found.total else ""
    click.echo(counted(found.total, "outcome") + shown, err=True)
