"""The command line: `dateline`, or `python -m assistant`."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

from assistant.quiet import silence_telemetry


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process with its exit code."""
    silence_telemetry()
    from assistant.cli.run import run
    from ingest.errors import EXIT_INTERRUPTED

    code = run(list(sys.argv[1:] if arguments is None else arguments))
    if code == EXIT_INTERRUPTED:  # at once: a second signal would find the interpreter ending, and change the code
        with contextlib.suppress(OSError, AttributeError):
            sys.stdout.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
