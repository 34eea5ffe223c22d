"""The command line: `dateline`, or `python -m assistant`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from assistant.quiet import silence_telemetry


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process with its exit code."""
    silence_telemetry()
    from assistant.cli.run import run

    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


if __name__ == "__main__":
    main()
