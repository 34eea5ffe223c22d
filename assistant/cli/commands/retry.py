"""`dateline retry`: try again what failed."""

from __future__ import annotations

import click

from assistant.cli.place import library_of, service_of, settings_of
from assistant.service.blocking import wait_for


@click.command(short_help="Read again what failed.")
@click.option("--verbose", is_flag=True, help="Print each article as soon as it is stored.")
@click.option("--report", "in_full", is_flag=True, help="List the outcome of every page.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def retry(context: click.Context, verbose: bool, in_full: bool, as_json: bool) -> int:
    """Read again the files and links that failed, in whole or in part.

    `dateline outcomes --failed` lists them.
    """
    from assistant.cli.intake import follow

    settings = settings_of(context)
    with library_of(settings) as library:
        failed = wait_for(library.outcomes(status="failed", limit=1)).total
    if not as_json and not failed:
        click.echo("nothing has failed")
        return 0
    with service_of(settings) as service:
        return follow(service, service.retry, noun="page", as_json=as_json, verbose=verbose, in_full=in_full)
