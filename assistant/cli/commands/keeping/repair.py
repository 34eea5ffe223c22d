"""`dateline repair`: repair a damaged archive."""

from __future__ import annotations

import click

from assistant.cli.place import settings_of


@click.command(short_help="Repair a damaged archive.")
@click.option("--json", "as_json", is_flag=True, help="Print what was mended and what is lost as JSON.")
@click.pass_context
def repair(context: click.Context, as_json: bool) -> int:
    """Repair a damaged archive from its database, and say exactly what is lost where that is not enough.

    A lost manifest and the search indexes are rebuilt. A text that has changed on the disk is removed, and the
    article is shown in its last intact version. No file with readable rows is deleted. The exit code is 1 when
    something is lost. Stop a running service first.
    """
    from assistant.cli.show import say, wrapped
    from ingest.archive.home import home_of
    from ingest.archive.repair import repair as repaired
    from ingest.embedding.embedder import load_embedder
    from ingest.errors import EXIT_PARTIAL

    settings = settings_of(context)
    done = repaired(home_of(settings), load_embedder(settings), lambda step: click.echo(f"{step} …", err=True))
    if as_json:
        click.echo(done.model_dump_json(indent=2))
    else:
        for each in done.mended:
            say(wrapped(each, first="✓ mended: ", then="  "), {"good": ["✓ mended:"]})
        for each in done.lost:
            say(wrapped(each, first="✗ lost: ", then="  "), {"bad": ["✗ lost:"]})
        if not (done.mended or done.lost):
            click.echo("nothing was damaged")
    return EXIT_PARTIAL if done.lost else 0
