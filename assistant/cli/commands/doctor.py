"""`dateline doctor`: whether the archive is sound."""

from __future__ import annotations

import json

import click

from assistant.cli.place import service_of, settings_of
from assistant.service.blocking import wait_for


@click.command(short_help="Check that the archive is sound.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> int:
    """Check that the archive is sound: the database, both search indexes, and the feeds.

    The exit code is 4 when something is damaged, and 1 when only a feed fails.
    """
    from assistant.cli.show import say, wrapped
    from ingest.errors import EXIT_DAMAGED, EXIT_PARTIAL

    with service_of(settings_of(context), check=False) as service:
        findings = wait_for(service.examine())
    if as_json:
        click.echo(json.dumps([finding.model_dump() for finding in findings], indent=2))
    else:
        for finding in findings:
            mark = "✓" if finding.ok else "✗"
            line = wrapped(f"{finding.name}: {finding.detail}", first=f"{mark} ", then="  ")
            say(line, {"good" if finding.ok else "bad": [mark]})
    bad = [finding.name for finding in findings if not finding.ok]
    # A feed that fails is no damage.
    return EXIT_DAMAGED if any(not name.startswith("feed ") for name in bad) else EXIT_PARTIAL if bad else 0
