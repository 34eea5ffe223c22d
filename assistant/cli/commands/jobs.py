"""`dateline jobs`: the ingest jobs of the service, listed, followed and steered."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, Any, get_args

import click

from assistant.cli.place import library_of, notes_of, settings_of
from assistant.cli.values import limit_option, offset_option
from assistant.service.blocking import wait_for
from ingest.errors import EXIT_PARTIAL
from ingest.status import JobState

if TYPE_CHECKING:
    from assistant.cli.show import Style, Styles
    from assistant.service.library import Library
    from assistant.service.protocol import Service
    from assistant.settings import Settings
    from assistant.types.jobs import Job, JobList

_LOOK_SECONDS = 0.5
_LISTED = 20  # failed pages of a job
_LOOKS: dict[str, Style] = {"done": "good", "failed": "bad", "cancelled": "doubt"}


@click.group(short_help="List, follow, cancel and retry ingest jobs.")
def jobs() -> None:
    """List, follow, cancel, retry and forget ingest jobs.

    Jobs are started with POST /jobs and run in the service. They can also be changed while no service is running; the
    next one runs those that wait.
    """


@jobs.command("list")
@click.option("--state", type=click.Choice(get_args(JobState)), help="Only jobs in this state.")
@limit_option
@offset_option
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def list_jobs(context: click.Context, *, state: JobState | None, limit: int, offset: int, as_json: bool) -> None:
    """List jobs, latest first. Of the finished ones, only the last 200 are kept."""
    with library_of(settings_of(context)) as library:
        found = wait_for(library.jobs(state, limit=limit, offset=offset))
    if as_json:
        click.echo(found.model_dump_json(indent=2))
    else:
        _show_list(found, offset)


def _show_list(found: JobList, offset: int) -> None:
    from assistant.cli.show import say, say_total, wrapped

    for job in found.jobs:
        line = wrapped(_line(job), first=f"{job.id}  ", then=" " * (len(job.id) + 2))
        say(line, {"mark": [job.id], **_look(job)})
    say_total("job", found.total, listed=len(found.jobs), offset=offset)


@jobs.command()
@click.argument("job_id", metavar="ID")
@click.option("--follow", is_flag=True, help="Show its progress until it finishes.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def show(context: click.Context, job_id: str, *, follow: bool, as_json: bool) -> int:
    """Show a job, its progress, and which of its pages failed.

    With --follow, the exit code is 1 if the job or one of its pages failed, or if it was cancelled.
    """
    settings = settings_of(context)
    with library_of(settings) as library:
        job = _followed(library, settings, job_id) if follow else wait_for(library.job(job_id))
    if as_json:
        click.echo(job.model_dump_json(indent=2))
    else:
        _show(job)
    went_well = job.state == "done" and not job.counts.get("failed")
    return EXIT_PARTIAL if follow and not went_well else 0


def _followed(library: Library, settings: Settings, job_id: str) -> Job:
    """The job once it is over; or as it is, where nobody runs it, and when somebody interrupts."""
    from assistant.cli.interrupt import Interrupt
    from assistant.cli.meter import meter
    from assistant.service.owner import is_served
    from ingest.archive.home import home_of

    home = home_of(settings)
    with meter("page") as bar, Interrupt() as interrupt:
        while not (job := wait_for(library.job(job_id))).is_over and not interrupt.asked():
            if not is_served(home):
                click.echo("note: no service is running; the job waits for dateline serve", err=True)
                break
            if job.progress:
                bar.show(job.progress)
            time.sleep(_LOOK_SECONDS)
    return job


@jobs.command()
@click.argument("job_ids", metavar="ID...", nargs=-1, required=True)
@click.pass_context
def cancel(context: click.Context, job_ids: tuple[str, ...]) -> None:
    """Cancel jobs. One that runs ends at the next article, and what it has ingested stays."""
    _each(settings_of(context), job_ids, lambda notes, job_id: notes.cancel_job(job_id))


@jobs.command()
@click.argument("job_ids", metavar="ID...", nargs=-1, required=True)
@click.pass_context
def retry(context: click.Context, job_ids: tuple[str, ...]) -> None:
    """Run finished jobs again, whether they went well or not."""
    from assistant.service.owner import is_served
    from ingest.archive.home import home_of

    settings = settings_of(context)
    _each(settings, job_ids, lambda notes, job_id: notes.retry_job(job_id))
    if not is_served(home_of(settings)):
        click.echo("note: no service is running; they wait for dateline serve", err=True)


@jobs.command()
@click.argument("job_ids", metavar="ID...", nargs=-1, required=True)
@click.pass_context
def forget(context: click.Context, job_ids: tuple[str, ...]) -> None:
    """Forget jobs; one that has not finished is cancelled first. What they have ingested stays."""
    _each(settings_of(context), job_ids, lambda notes, job_id: notes.forget_job(job_id))
    click.echo("forgotten; what they ingested stays", err=True)


def _each(
    settings: Settings,
    job_ids: tuple[str, ...],
    change: Callable[[Library | Service, str], Coroutine[Any, Any, Job | None]],
) -> None:
    """Change jobs, once all of them are known to exist, and print those that are left."""
    from assistant.cli.show import say

    with library_of(settings) as library:
        for job_id in job_ids:
            wait_for(library.job(job_id))
    with notes_of(settings) as notes:
        for job_id in dict.fromkeys(job_ids):
            if job := wait_for(change(notes, job_id)):
                say(f"{job.id}  {_line(job)}", {"mark": [job.id], **_look(job)})


def _look(job: Job) -> Styles:
    return {_LOOKS[job.state]: [job.state]} if job.state in _LOOKS else {}


def _line(job: Job) -> str:
    from assistant.wording import minute
    from ingest.language.text import squeeze

    counts = [_counts(job)] if job.counts else []
    return " · ".join([job.state, f"{job.does} {squeeze(job.of)}".strip(), *counts, f"created {minute(job.created)}"])


def _counts(job: Job) -> str:
    from assistant.wording import tallied

    return ", ".join(tallied(count, status) for status, count in job.counts.items() if count) or "no pages"


def _show(job: Job) -> None:
    from assistant.cli.intake import outcome_line
    from assistant.cli.show import say, wrapped

    for line in _told(job):
        say(wrapped(line, then="  "), _look(job))
    if job.error:
        say(wrapped(f"{job.error.message} - {job.error.hint}", first="✗ ", then="  "), {"bad": ["✗"]})
    for outcome in job.failures[:_LISTED]:
        say(wrapped(outcome_line(outcome), first="  ", then="    "), {"bad": ["failed"]})
    if len(job.failures) > _LISTED:
        click.echo("  and more; dateline outcomes --failed lists them")


def _told(job: Job) -> Iterator[str]:
    from assistant.cli.meter import progressed
    from assistant.wording import counted, minute

    yield f"{job.id}  {_line(job)}"
    moments = (("started", job.started), ("finished", job.finished))
    if said := [f"{name} {minute(at)}" for name, at in moments if at]:
        yield " · ".join([*said, *([counted(job.attempts, "attempt")] if job.attempts > 1 else [])])
    if job.progress and not job.is_over:
        yield " · ".join(filter(None, [progressed(job.progress, "page"), job.progress.place]))
