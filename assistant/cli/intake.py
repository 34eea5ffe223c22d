"""What the commands that ingest have in common: progress, stopping, the report and the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from assistant.cli.interrupt import Interrupt
from assistant.cli.meter import meter
from assistant.cli.show import Line, Style, say_line, wrapped
from assistant.service.blocking import begin, each
from assistant.service.errors import error_of
from assistant.types import Failed, Finished, Outcome, PageDone, Progress, Progressed, Report
from assistant.wording import counted, tallied
from ingest.errors import EXIT_INTERRUPTED, EXIT_PARTIAL
from ingest.language.text import squeeze

if TYPE_CHECKING:
    from assistant.service.protocol import Ingesting, Service

LOOKS: dict[str, Style] = {"failed": "bad", "skipped": "doubt", "dropped": "doubt"}
_LISTED = 20  # outcomes of one kind; thousands would bury the counts


def follow(
    service: Service,
    run: Callable[[], Ingesting],
    *,
    noun: str,
    as_json: bool,
    verbose: bool,
    in_full: bool = False,
) -> int:
    """Do a run, show how it goes and what came of it, `in_full` of every page; returns the exit code."""
    last, report = Progress(done=0, total=None), Report()

    def stop() -> None:
        click.echo("stopping after this article … (press again to stop at once)", err=True)
        begin(service.stop())

    with meter(noun) as bar, Interrupt(stop):
        for event in each(run):
            match event:
                case Progressed():
                    last = event.progress
                    bar.show(last)
                case PageDone(outcome=outcome) if verbose and outcome.status in ("added", "updated", "copy"):
                    click.echo(f"{outcome.status} {outcome.article_id} {squeeze(outcome.title)}", err=as_json)
                case Failed():
                    raise error_of(event)
                case Finished():
                    report = event.report
    if as_json:
        click.echo(report.model_dump_json(indent=2))
    else:
        for line in report_lines(report, in_full=in_full):
            say_line(line)
    if report.interrupted:
        click.echo(_stopped(last), err=True)
    if report.passages_waiting:
        click.echo(_waiting(report), err=True)
    return _exit_code(report)


def report_lines(report: Report, *, in_full: bool = False) -> Iterator[Line]:
    """The counts, then every outcome that somebody should look at, with its reason; `in_full` every outcome."""
    speed = f"{counted(report.passages_embedded, 'passage')} embedded in {report.seconds:.1f} s"
    if report.outcomes:
        counts = [tallied(count, status) for status, count in report.counts.items() if count or status != "dropped"]
        yield Line(f"{', '.join(counts)} · {speed}")
    else:
        yield Line(speed)
    listed: Counter[str] = Counter()
    for outcome in report.outcomes:
        if in_full or outcome.status in ("updated", "dropped", "skipped", "failed"):
            listed[outcome.status] += 1
            if in_full or listed[outcome.status] <= _LISTED:
                text = wrapped(outcome_line(outcome), first="  ", then="    ")
                yield Line(text, {LOOKS[outcome.status]: [outcome.status]} if outcome.status in LOOKS else {})
    for status, count in listed.items():
        if count > _LISTED and not in_full:
            yield Line(f"  and {count - _LISTED:,} more {status}; dateline outcomes --status {status} lists them")


def outcome_line(outcome: Outcome) -> str:
    """What became of a page, where it was found, and why."""
    reason = squeeze(outcome.reason) or ("no reason given" if outcome.status in ("skipped", "failed") else "")
    return ": ".join(filter(None, [outcome.status, _place(outcome), reason]))


def _place(outcome: Outcome) -> str:
    title = f" “{squeeze(outcome.title)}”" if outcome.title else ""
    return squeeze(f"{outcome.source} {outcome.item}") + title


def _stopped(last: Progress) -> str:
    if last.total == last.done:
        return f"stopped: {last.done:,} done"
    left = "" if last.total is None else f", {last.total - last.done:,} left"
    return f"stopped: {last.done:,} done{left}; run it again to continue"


def _waiting(report: Report) -> str:
    """What becomes of the passages that are not embedded yet."""
    waiting = counted(report.passages_waiting, "passage")
    if report.interrupted:
        return f"{waiting} can be found by words only; dateline reindex embeds what is left"
    return f"{waiting} can be found by words only so far; the service embeds them in the background"


def _exit_code(report: Report) -> int:
    if report.interrupted:
        return EXIT_INTERRUPTED
    return EXIT_PARTIAL if report.counts["failed"] else 0
