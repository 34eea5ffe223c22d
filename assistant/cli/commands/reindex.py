"""`dateline reindex`: read the remembered sources again, or rebuild the indexes."""

from __future__ import annotations

import click

from assistant.cli.place import service_of, settings_of


@click.command(short_help="Read the sources again, or rebuild the indexes.")
@click.option(
    "--full",
    is_flag=True,
    help="Rebuild both search indexes from the stored texts; needed after a change of the embedding model.",
)
@click.option("--verbose", is_flag=True, help="Print each article as soon as it is stored.")
@click.option("--report", "in_full", is_flag=True, help="List the outcome of every page.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def reindex(context: click.Context, full: bool, verbose: bool, in_full: bool, as_json: bool) -> int:
    """Read the remembered sources again and ingest what is new or changed.

    Also finishes what an interrupted run left. `dateline sources list` shows the sources.
    """
    from assistant.cli.intake import follow

    with service_of(settings_of(context), check=not full) as service:
        return follow(
            service,
            lambda: service.reindex(full=full),
            noun="passage" if full else "page",
            as_json=as_json,
            verbose=verbose,
            in_full=in_full,
        )
