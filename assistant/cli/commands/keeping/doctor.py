"""`dateline doctor`: whether the archive is sound."""

from __future__ import annotations

import click

from assistant.cli.place import require_archive, service_of, settings_of
from assistant.service.blocking import wait_for


@click.command(short_help="Check that the archive is sound.")
@click.option("--deep", is_flag=True, help="Compare every text, record and embedding with its digest.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def doctor(context: click.Context, deep: bool, as_json: bool) -> int:
    """Check that the archive is sound: the database, both search indexes, and the feeds.

    It changes nothing; `dateline repair` mends what is damaged.

    The exit code is 4 when something is damaged, and 1 when something is only unfinished or a feed fails.
    """
    from assistant.cli.show import say, say_json, wrapped
    from ingest.errors import EXIT_DAMAGED, EXIT_PARTIAL

    settings = settings_of(context)
    require_archive(settings)
    with service_of(settings, check=False) as service:
        findings = wait_for(service.examine(deep=deep))
    if as_json:
        say_json(findings)
    else:
        for finding in findings:
            mark = "✓" if finding.ok else "✗"
            line = wrapped(f"{finding.name}: {finding.detail}", first=f"{mark} ", then="  ")
            say(line, {"good" if finding.ok else "bad": [mark]})
    if any(finding.damage for finding in findings):
        return EXIT_DAMAGED
    return 0 if all(finding.ok for finding in findings) else EXIT_PARTIAL
