"""Runs a command, and turns what goes wrong into one line and an exit code."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import traceback

import click

from assistant.cli.show import wants_colour, wrapped
from ingest.errors import EXIT_DISK, EXIT_INTERRUPTED, EXIT_PARTIAL, EXIT_USAGE, DatelineError
from ingest.language.text import squeeze


def run(arguments: list[str]) -> int:
    """The exit code of a command; every error is one line on stderr, a traceback comes only with --debug."""
    from assistant.cli.main import dateline

    _forgive_narrow_encodings()
    if not " ".join(arguments).isprintable() and any("\udc80" <= sign <= "\udcff" for sign in " ".join(arguments)):
        return _say("an argument is not UTF-8", "rename the file, or type it again", EXIT_USAGE)
    try:
        code = dateline.main(args=arguments, prog_name="dateline", standalone_mode=False)
        if sys.stdout is not None:  # it may have been closed
            sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except (BrokenPipeError, click.exceptions.Exit) as exc:
        return _quiet(exc)
    except (KeyboardInterrupt, click.Abort):
        return _say("stopped", "", EXIT_INTERRUPTED)
    except Exception as exc:
        if "--debug" in arguments:
            traceback.print_exception(exc)
        return _explain(exc)


def _explain(exc: Exception) -> int:
    match exc:
        case DatelineError():
            return _say(exc.message, exc.hint, exc.exit_code)
        case OSError() if _is_full(exc):
            _discard_output()
            return _say("no room on the disk", "free some space there and for temporary files", EXIT_DISK)
        case click.exceptions.NoArgsIsHelpError():
            exc.show()
            return EXIT_USAGE
        case click.UsageError():
            command = exc.ctx.command_path if exc.ctx else "dateline"
            return _say(exc.format_message().rstrip("."), f"{command} --help shows how", EXIT_USAGE)
        case click.ClickException():
            return _say(exc.format_message(), "", EXIT_USAGE)
        case _:
            return _say(f"{type(exc).__name__}: {exc}", "run it again with --debug for the details", EXIT_PARTIAL)


def _is_full(exc: OSError) -> bool:
    from ingest.database.engines.disk import is_full

    return is_full(exc)


def _say(what: str, hint: str, code: int) -> int:
    line = wrapped(f"error: {what} - {hint}" if hint else f"error: {what}", then="  ", stream=sys.stderr)
    with contextlib.suppress(OSError):
        line = line if code != EXIT_INTERRUPTED else squeeze(what)
        click.echo(line.replace("error:", click.style("error:", fg="red"), 1), err=True, color=wants_colour())
    return code


def _quiet(exc: BaseException) -> int:
    """The reader of a pipe has gone: nothing can be told to it, and the interpreter must not try at its end."""
    if isinstance(exc, click.exceptions.Exit):
        return exc.exit_code
    _discard_output()
    return EXIT_PARTIAL


def _discard_output() -> None:
    """What could not be written must not be tried again when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _forgive_narrow_encodings() -> None:
    """A terminal that cannot show a curly quote shows a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
