"""`dateline ask`: a question, its answer, and the passages it rests on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from assistant.cli.briefly import briefly
from assistant.cli.filters import filter_of, filter_options, order_option
from assistant.cli.place import service_of, settings_of
from assistant.cli.stdin import text_of
from assistant.service.blocking import wait_for

if TYPE_CHECKING:
    from assistant.types import Answer, SearchOrder


@click.command(short_help="Ask the articles a question.")
@click.argument("question", nargs=-1, required=True)
@click.option("--conversation", metavar="ID", help="Continue the conversation with this ID, or start one.")
@filter_options
@click.option(
    "--all", "everything", is_flag=True, help="Search everything, even if the question names outlets or times."
)
@order_option
@click.option("--strict", is_flag=True, help="Leave out sentences that the articles support only in part.")
@click.option("--top-k", type=int, metavar="N", help="How many articles the answer may use (1 to 50).")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON, as POST /ask returns it.")
@click.pass_context
def ask(
    context: click.Context,
    *,
    question: tuple[str, ...],
    conversation: str | None,
    outlets: tuple[str, ...],
    since: date | None,
    until: date | None,
    collection: str | None,
    everything: bool,
    order: SearchOrder | None,
    strict: bool,
    top_k: int | None,
    as_json: bool,
) -> int:
    """Ask the articles a question. A single dash reads it from standard input.

    The exit code is 0 if the question was answered, in full or in part, 8 if only the nearest sentences are shown,
    and 7 if the archive holds nothing near.
    """
    from assistant.cli.outlet_names import require_outlets
    from assistant.cli.requests import ask_request
    from ingest.errors import EXIT_NEAREST, EXIT_REFUSED

    context.with_resource(briefly())
    request = ask_request(
        text_of(question),
        conversation_id=conversation,
        filters=filter_of(outlets, since, until, collection),
        read_filters=not everything,
        order=order,
        policy="strict" if strict else None,
        top_k=top_k,
    )
    settings = settings_of(context)
    require_outlets(settings, outlets)
    with service_of(settings) as service:
        answer = wait_for(service.ask(request))
        is_empty = answer.receipt is not None and not wait_for(service.readiness()).articles
        if as_json:
            click.echo(answer.model_dump_json(indent=2))
        elif not is_empty:
            _show(answer)
    if is_empty:
        raise _nothing_to_ask()
    return {"refused": EXIT_REFUSED, "nearest": EXIT_NEAREST}.get(answer.outcome, 0)


def _show(answer: Answer) -> None:
    from assistant.cli.answer_text import answer_lines
    from assistant.cli.show import say_line

    for line in answer_lines(answer):
        say_line(line)


def _nothing_to_ask() -> Exception:
    from ingest.errors import NotFound

    return NotFound("the archive holds no articles yet", "ingest some with: dateline ingest PATH")
