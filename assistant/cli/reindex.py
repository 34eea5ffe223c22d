"""`dateline reindex`: look at the remembered sources again, or make the indexes anew."""

from __future__ import annotations

import click

from assistant.cli.place import desk_of, settings_of


@click.command()
@click.option(
    "--full", is_flag=True, help="Make words and vectors anew from the texts; needed after a change of model."
)
@click.option("--verbose", is_flag=True, help="Print each article as soon as it is safe.")
@click.option("--report", "in_full", is_flag=True, help="List the outcome of every page.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def reindex(context: click.Context, full: bool, verbose: bool, in_full: bool, as_json: bool) -> int:
    """Take in what is new or changed in the files, folders and links given before, and finish what is pending."""
    from assistant.cli.intake import follow

    with desk_of(settings_of(context), check=not full) as desk:
        return follow(
            lambda emit, stop: desk.reindex(full=full, emit=emit, stop=stop),
            noun="passages" if full else "pages",
            as_json=as_json,
            verbose=verbose,
            in_full=in_full,
        )
