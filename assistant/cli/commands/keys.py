"""`dateline keys`: keys for others who use the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.cli.place import library_of, notes_of, settings_of
from assistant.service.blocking import wait_for

if TYPE_CHECKING:
    from ingest.key import Key, Scope


@click.group(short_help="Create, list and revoke keys for the service.")
def keys() -> None:
    """Create, list and revoke keys that let others use the service.

    The commands on this machine need no key.
    """


@keys.command()
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice(["read", "write", "admin"]),
    default="read",
    show_default=True,
    help="read: ask, search and read articles; write: also ingest and remove them; admin: everything.",
)
@click.option("--days", type=click.IntRange(1, 36_500), metavar="N", help="Expire after this many days.")
@click.option(
    "--per-minute",
    type=click.IntRange(1, 1_000_000),
    metavar="N",
    help="Requests per minute, instead of the service's own limit.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def create(
    context: click.Context, *, name: str, scope: Scope, days: int | None, per_minute: int | None, as_json: bool
) -> None:
    """Create a key and print its secret, which is shown this once. NAME says who or what will use it."""
    from assistant.types import KeyRequest
    from ingest.language.text import squeeze

    if not squeeze(name) or len(name) > 100:
        raise click.UsageError("a key's name has 1 to 100 characters")
    request = KeyRequest(name=name, scope=scope, days=days, per_minute=per_minute)
    with notes_of(settings_of(context)) as notes:
        made = wait_for(notes.create_key(request))
    if as_json:
        click.echo(made.model_dump_json(indent=2))
        return
    click.echo(made.secret)
    click.echo(f"key {made.key.id}; send it as Authorization: Bearer, it is not shown again", err=True)


@keys.command("list")
@click.option("--all", "everything", is_flag=True, help="Also list revoked and expired keys.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def list_keys(context: click.Context, *, everything: bool, as_json: bool) -> None:
    """List the keys, without their secrets."""
    from assistant.cli.show import say, say_each

    with library_of(settings_of(context)) as library:
        found = [one for one in wait_for(library.keys()) if everything or not _over(one)]
    say_each(found, "key", lambda one: say(_line(one), {"faint": [one.id]}), as_json=as_json)


@keys.command()
@click.argument("key_id", metavar="ID")
@click.pass_context
def revoke(context: click.Context, key_id: str) -> None:
    """Revoke a key. A running service refuses it from now on."""
    with notes_of(settings_of(context)) as notes:
        revoked = wait_for(notes.revoke_key(key_id))
    click.echo(f"revoked {revoked.name}", err=True)


def _over(key: Key) -> bool:
    from ingest.database.store import now

    return key.revoked is not None or (key.expires is not None and key.expires <= now())


def _line(key: Key) -> str:
    from assistant.wording import minute
    from ingest.language.text import squeeze

    parts = [f"{key.id}  {squeeze(key.name)}", key.scope, f"created {minute(key.created)}"]
    parts += [f"used {minute(key.used)}" if key.used else "never used"]
    parts += [f"{key.per_minute:,} per minute"] if key.per_minute else []
    parts += [f"expires {minute(key.expires)}"] if key.expires else []
    parts += [f"revoked {minute(key.revoked)}"] if key.revoked else []
    return " · ".join(parts)
