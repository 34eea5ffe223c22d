"""`dateline eval`: questions whose answer is known, and how good the answers are in figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.place import service_of, settings_of

if TYPE_CHECKING:
    from assistant.evaluation.figures import Figures


@click.command("eval", short_help="Measure answers to questions with known answers.")
@click.argument("questions", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE")
@click.option("--words", type=click.IntRange(1, 10_000), metavar="N", default=60, show_default=True,
              help="How many words at the start of an answer count.")  # fmt: skip
@click.option("--floors", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE",
              help="JSON file with the lowest value of each figure. The exit code is 1 if one is lower.")  # fmt: skip
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write the figures, a plot and every question to this HTML file.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_context
def evaluate(
    context: click.Context,
    *,
    questions: Path,
    words: int,
    floors: Path | None,
    report: Path | None,
    as_json: bool,
) -> int:
    """Ask questions whose answers are known, and measure the answers.

    FILE has one JSON object on each line, with these fields. Only the first is required.

    \b
      question    the question
      articles    addresses or ids of articles that answer it
      answers     accepted words
      answerable  false if it must be refused
      date        the day on which it is asked; later articles are left out
      filters     as in POST /ask
    """
    from assistant.cli.meter import meter
    from assistant.evaluation.asked import ask_all
    from assistant.evaluation.figures import curve, figures
    from assistant.evaluation.questions import read_questions
    from assistant.evaluation.report import write_report
    from ingest.types import Progress

    least = _floors(floors)
    asking = read_questions(questions)
    with service_of(settings_of(context)) as service, meter("question") as shown:
        asked = []
        for one in ask_all(service, asking, words=words):
            asked.append(one)
            shown.show(Progress(done=len(asked), total=len(asking)))
    measured = figures(asked)
    if report:
        write_report(report, questions.name, measured, curve(asked), asked)
    if as_json:
        click.echo(measured.model_dump_json(indent=2))
    else:
        for name, value in measured:
            click.echo(f"{name:20} {'–' if value is None else value}")
    below = _below(measured, least)
    for line in below:
        click.echo(line, err=True)
    return 1 if below else 0


def _floors(path: Path | None) -> dict[str, float]:
    """Raises UsageError for what is no file of floors, before any question is asked."""
    from assistant.evaluation.figures import Figures

    if path is None:
        return {}
    try:
        given = {str(name): float(value) for name, value in json.loads(path.read_bytes()).items()}
    except (ValueError, TypeError, AttributeError) as exc:
        raise click.UsageError(f'{path} is not JSON such as {{"hit_at_10": 0.9}}') from exc
    if unknown := sorted(given.keys() - Figures.model_fields.keys()):
        raise click.UsageError(
            f"{path}: there is no figure {unknown[0]}; the figures are {', '.join(Figures.model_fields)}"
        )
    return given


def _below(measured: Figures, floors: dict[str, float]) -> list[str]:
    """What fell short; a time is to be at most its floor, and a figure that no question gives falls short."""
    values = dict(measured)
    return [
        f"below the floor: {name} is {values[name]}, not {least}"
        for name, least in floors.items()
        if values[name] is None or (values[name] > least if name.endswith("_ms") else values[name] < least)
    ]
