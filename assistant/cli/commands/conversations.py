"""`dateline conversations`: list, search, show, rename, delete and export conversations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.place import library_of, notes_of, settings_of
from assistant.cli.values import limit_option, usage_errors
from assistant.service.blocking import wait_for

if TYPE_CHECKING:
    from assistant.types import Conversation, ConversationList, ConversationSummary, ExportFormat, Turn

_FORMATS = ["markdown", "json", "csl", "bibtex"]


@click.group(short_help="List, search, show, rename, delete and export conversations.")
def conversations() -> None:
    """List, search, show, rename, delete and export conversations.

    `dateline ask --conversation ID` and `dateline chat --conversation ID` continue one.
    """


@conversations.command("list")
@click.option("--text", default="", metavar="WORDS", help="Only those with these words in name, question or answer.")
@limit_option
@click.option("--cursor", metavar="CURSOR", help="Continue a list: the cursor that its last page named.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def list_conversations(context: click.Context, *, text: str, limit: int, cursor: str | None, as_json: bool) -> None:
    """List conversations, the last asked first."""
    with library_of(settings_of(context)) as library:
        page = wait_for(library.conversations(text=text, limit=limit, cursor=cursor))
    if as_json:
        click.echo(page.model_dump_json(indent=2))
    else:
        _show_list(page)


def _show_list(page: ConversationList) -> None:
    from assistant.cli.show import say, wrapped
    from assistant.wording import counted

    for one in page.conversations:
        line = wrapped(_told(one), first=f"{one.id}  ", then=" " * (len(one.id) + 2))
        say(line, {"mark": [one.id]})
        if one.match:
            say(wrapped(one.match.text, first="    > ", then="    > "))
    more = f"; more with --cursor {page.next}" if page.next else ""
    click.echo(counted(page.total, "conversation") + more, err=True)


def _told(one: ConversationSummary) -> str:
    from assistant.wording import counted, minute
    from ingest.language.text import squeeze

    return f"{minute(one.updated)} · {squeeze(one.title)} · {counted(one.turns, 'question')}"


@conversations.command()
@click.argument("conversation_id", metavar="ID")
@click.option("--last", type=click.IntRange(1, 1000), metavar="N", help="Only the last N questions.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def show(context: click.Context, conversation_id: str, last: int | None, as_json: bool) -> None:
    """Show the questions and answers of a conversation."""
    with library_of(settings_of(context)) as library:
        found = wait_for(library.conversation(conversation_id, limit=last))
    if as_json:
        click.echo(found.model_dump_json(indent=2))
    else:
        _show(found)


def _show(conversation: Conversation) -> None:
    from assistant.cli.show import say, wrapped

    title = wrapped(conversation.title)
    say(title, {"heading": title.splitlines()})
    for turn in conversation.turns:
        _show_turn(turn)


def _show_turn(turn: Turn) -> None:
    from assistant.cli.answer_text import answer_lines
    from assistant.cli.show import say, say_line, wrapped
    from assistant.wording import became, minute

    asked = f" · {minute(turn.at)}" if turn.at else ""
    heading = wrapped(f"{turn.number}. {turn.question}{asked}")
    say("\n" + heading, {"heading": heading.splitlines()})
    for line in answer_lines(turn.answer):
        say_line(line)
    for change in turn.changes:
        said = wrapped(became(change), first=f"! [{change.number}] ", then="      ")
        say(said, {"doubt": said.splitlines()})


@conversations.command()
@click.argument("conversation_id", metavar="ID")
@click.argument("title", nargs=-1)
@click.pass_context
def rename(context: click.Context, conversation_id: str, title: tuple[str, ...]) -> None:
    """Rename a conversation. Without a title, it is called by its first question again."""
    from assistant.cli.show import say
    from assistant.types import Renaming

    with usage_errors():
        renaming = Renaming(title=" ".join(title))
    with notes_of(settings_of(context)) as notes:
        renamed = wait_for(notes.rename_conversation(conversation_id, renaming.title))
    say(f"{renamed.id}  {_told(renamed)}", {"mark": [renamed.id]})


@conversations.command()
@click.argument("conversation_ids", metavar="ID...", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Delete without asking.")
@click.pass_context
def delete(context: click.Context, conversation_ids: tuple[str, ...], yes: bool) -> None:
    """Delete conversations with all their questions and answers."""
    from assistant.cli.show import asks_person, say

    if not (yes or asks_person()):
        raise click.UsageError("not a terminal: pass --yes")
    settings, named = settings_of(context), tuple(dict.fromkeys(conversation_ids))
    with library_of(settings) as library:
        found = [wait_for(library.conversation(one, limit=1)) for one in named]
    for one in found:
        say(f"{one.id}  {one.title}", {"mark": [one.id]})
    if not yes:
        click.confirm("Delete for good?", abort=True)
    with notes_of(settings) as notes:
        for one in found:
            wait_for(notes.delete_conversation(one.id))
    click.echo("deleted", err=True)


@conversations.command()
@click.argument("conversation_id", metavar="ID")
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="markdown", show_default=True,
    help="The conversation as Markdown or JSON; what it cites as CSL-JSON or BibTeX.",
)  # fmt: skip
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Write it to a file instead of standard output.",
)  # fmt: skip
@click.option("--replace", is_flag=True, help="Overwrite the file if it exists.")
@click.pass_context
def export(
    context: click.Context, conversation_id: str, form: ExportFormat, output: Path | None, *, replace: bool
) -> None:
    """Export a conversation, or the references that it cites."""
    settings = settings_of(context)
    with library_of(settings) as library:
        document = wait_for(library.export_conversation(conversation_id, form))
    if output is None:
        from assistant.cli.show import asks_person
        from ingest.language.text import clean

        click.echo(clean(document) if asks_person() else document, nl=False)
    else:
        _write(output, document, settings.data, replace=replace)


def _write(output: Path, document: str, folder: Path, *, replace: bool) -> None:
    from ingest.database.engines.drafts import drafts

    with drafts(output, "part", folder=folder, replace=replace) as [draft]:
        draft.write_text(document, encoding="utf-8")
    click.echo(f"written to {output}", err=True)
