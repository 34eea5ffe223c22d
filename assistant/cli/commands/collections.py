"""`dateline collections`: name sets of articles that a question can be limited to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from assistant.cli.outlet_names import complete_outlet, require_outlets
from assistant.cli.place import library_of, notes_of, settings_of
from assistant.cli.values import Command, usage_errors
from assistant.service.blocking import wait_for

if TYPE_CHECKING:
    from assistant.types import Collection, Member


def _members(command: Command) -> Command:
    """Adds --article, --source, --feed and --outlet."""
    for kind, metavar, complete, what in (
        ("outlet", "NAME", complete_outlet, "Everything written by an outlet, now and later"),
        ("feed", "ADDRESS", None, "Everything that a feed has brought and will bring"),
        ("source", "SOURCE", None, "Everything read from a file, folder or link, now and later"),
        ("article", "ID", None, "An article"),
    ):
        helped = f"{what}. May be repeated."
        option = click.option(f"--{kind}", multiple=True, metavar=metavar, shell_complete=complete, help=helped)
        command = option(command)
    return command


@click.group(short_help="Name sets of articles; ask --in NAME searches one.")
def collections() -> None:
    """Name sets of articles, sources, feeds and outlets.

    `dateline ask --in NAME` and `search --in NAME` search only one; `articles list --in NAME` lists its articles.
    """


@collections.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def list_collections(context: click.Context, as_json: bool) -> None:
    """List the collections with their members."""
    from assistant.cli.show import say_each

    with library_of(settings_of(context)) as library:
        found = wait_for(library.collections())
    say_each(found, "collection", _show_members, as_json=as_json)


def _show_members(one: Collection) -> None:
    from assistant.cli.show import say

    _show(one)
    for member in one.members:
        say(f"  {member.kind} {member.value}")


def _show(one: Collection) -> None:
    from assistant.cli.show import say
    from assistant.wording import counted

    say(f"{one.name} · {counted(one.articles, 'article')}", {"heading": [one.name]})


@collections.command(short_help="Put articles, sources, feeds or outlets into a collection.")
@click.argument("name")
@_members
@click.pass_context
def add(context: click.Context, /, name: str, **members: tuple[str, ...]) -> None:
    """Put articles, sources, feeds or outlets into a collection. A new name creates one."""
    require_outlets(settings_of(context), members["outlet"])
    _change(context, name, add=_named(members))


@collections.command(short_help="Take members out, or forget a collection.")
@click.argument("name")
@_members
@click.pass_context
def remove(context: click.Context, /, name: str, **members: tuple[str, ...]) -> None:
    """Take members out of a collection. Without any, forget the collection. Its articles stay in the archive."""
    if named := _named(members):
        _change(context, name, remove=named)
        return
    with notes_of(settings_of(context)) as notes:
        wait_for(notes.remove_collection(name))
    click.echo("forgotten; its articles stay", err=True)


def _named(members: Mapping[str, tuple[str, ...]]) -> tuple[Member, ...]:
    from assistant.types import Member
    from ingest.source_kind import absolute

    with usage_errors():
        return tuple(
            Member.model_validate({"kind": kind, "value": absolute(one) if kind == "source" else one})
            for kind, values in members.items()
            for one in values
        )


def _change(context: click.Context, name: str, **members: tuple[Member, ...]) -> None:
    from assistant.types import CollectionChange

    with usage_errors():
        request = CollectionChange(name=name, **members)
    with notes_of(settings_of(context)) as notes:
        _show(wait_for(notes.change_collection(request)))
