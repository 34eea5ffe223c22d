"""`dateline retry`: another look at what failed."""

from __future__ import annotations

import click

from assistant.cli.place import desk_of, settings_of


@click.command()
@click.option("--verbose", is_flag=True, help="Print each article as soon as it is safe.")
@click.option("--report", "in_full", is_flag=True, help="List the outcome of every page.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def retry(context: click.Context, verbose: bool, in_full: bool, as_json: bool) -> int:
    """Look once more at the files and links of which something has failed."""
    from assistant.cli.intake import follow

    with desk_of(settings_of(context)) as desk:
        if not as_json and not desk.outcomes(status="failed", limit=1).total:
            click.echo("nothing has failed")
            return 0
        return follow(
            lambda emit, stop: desk.retry(emit=emit, stop=stop),
            noun="pages",
            as_json=as_json,
            verbose=verbose,
            in_full=in_full,
        )
