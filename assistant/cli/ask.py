"""`dateline ask`: a question, its answer, and the passages it rests on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from assistant.cli.filters import filter_of, filter_options, order_option
from assistant.cli.place import desk_of, settings_of

if TYPE_CHECKING:
    from assistant.types import SearchOrder


@click.command()
@click.argument("question", nargs=-1, required=True)
@click.option("--conversation", metavar="ID", help="Go on with the conversation that an answer named.")
@filter_options
@click.option("--all", "everything", is_flag=True, help="Search all, also where the question names outlets or times.")
@order_option
@click.option("--strict", is_flag=True, help="Leave out what the articles support only in part.")
@click.option("--top-k", type=int, metavar="N", help="How many articles may answer.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON, as POST /ask gives it.")
@click.pass_context
def ask(
    context: click.Context,
    *,
    question: tuple[str, ...],
    conversation: str | None,
    outlets: tuple[str, ...],
    since: date | None,
    until: date | None,
    everything: bool,
    order: SearchOrder | None,
    strict: bool,
    top_k: int | None,
    as_json: bool,
) -> None:
    """Ask the articles a question."""
    from assistant.cli.requests import ask_request

    filters = filter_of(outlets, since, until)
    request = ask_request(
        " ".join(question),
        conversation_id=conversation,
        filters=filters,
        read_filters=not everything,
        order=order,
        policy="strict" if strict else None,
        top_k=top_k,
    )
    with desk_of(settings_of(context)) as desk:
        answer = desk.ask(request)
        is_empty = answer.receipt is not None and not desk.readiness().articles
    if as_json:
        click.echo(answer.model_dump_json(indent=2))
        return
    from assistant.cli.answer_text import answer_lines
    from assistant.cli.show import say

    if is_empty:
        raise _nothing_to_ask()
    for line in answer_lines(answer):
        say(line)


def _nothing_to_ask() -> Exception:
    from ingest.errors import NotFound

    return NotFound("the archive holds no articles yet", "take some in with: dateline ingest PATH")
