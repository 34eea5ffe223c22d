"""How long commands take to start, as multiples of starting Python, in one run.

    python tests/benchmarks/cli_start.py --data ARCHIVE [--runs 7]

The archive should hold some hundred articles, and no service should run on it. The least of the runs counts: time on
the clock, and time of the processors, which other programs disturb less. The last line is what the model and the
indexes cost: how many times a list `doctor` takes, which opens them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

COMMANDS = [
    ["--help"],
    ["-V"],
    ["search", "--help"],
    ["articles", "list"],
    ["outlets"],
    ["sources", "list"],
    ["outcomes"],
    ["feeds", "list"],
    ["search", "ferry"],
    ["ask", "When did the ferry strike end?"],
    ["doctor"],
]
Seconds = tuple[float, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    python = _least([sys.executable, "-c", "pass"], options.runs)
    print(f"{'python -c pass':40} {python[0]:5.2f} s  {python[1]:5.2f} s of processor")
    command = [sys.executable, "-m", "assistant", "--data", str(options.data)]
    taken = {}
    for arguments in COMMANDS:
        name = " ".join(arguments)
        clock, processor = taken[name] = _least([*command, *arguments], options.runs)
        print(
            f"{'dateline ' + name:40} {clock:5.2f} s  {processor:5.2f} s of processor  {processor / python[1]:5.0f} x"
        )
    ratio = taken["doctor"][1] / taken["articles list"][1]
    print(f"{'doctor / articles list':40} {ratio:5.1f}")


def _least(command: list[str], runs: int) -> Seconds:
    clocks, processors = zip(*(_timed(command) for _ in range(runs)), strict=True)
    return min(clocks), min(processors)


def _timed(command: list[str]) -> Seconds:
    began, before = time.perf_counter(), os.times()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - began, used


if __name__ == "__main__":
    main()
