"""Train the reader and the checker: `python -m assistant.reading.training --data FOLDER --out FOLDER --minutes N`.

Processes of their own make examples without end, while this one trains on them, on a GPU where there is one. The
weights are then in the folder, as `reader.pt` and `checker.pt`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import torch

from assistant.reading.training.examples import CHECKED, READ
from assistant.reading.training.layers import Both, packaged
from assistant.reading.training.shelf import Shelf
from assistant.reading.training.together import Plan, checker_alone, reader_alone, taught, untaught

SEED = 7
GPU_PIECES, CPU_PIECES = 48_000, 4_000  # word pieces a step, of each of the two


def main() -> None:
    options = _options()
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    working = [_maker(options, number) for number in range(options.processes)]
    try:
        _train(options)
    finally:
        for one in working:
            one.terminate()


def _train(options: argparse.Namespace) -> None:
    device = torch.device(options.device)
    both = Both()
    if options.packaged:
        both.begin(*packaged())
    both.to(device)
    plan = Plan(60 * options.minutes, tuple(options.rates), options.out)
    read, checked = (_shelf(options, name, device).batches() for name in (READ, CHECKED))
    if options.checker_alone:
        checker_alone(both, checked, plan)
    elif options.reader_alone:
        reader_alone(both, read, plan)
    else:
        (untaught if options.untaught else taught)(both, read, checked, plan)


def _shelf(options: argparse.Namespace, name: str, device: torch.device) -> Shelf:
    most = options.pieces or (GPU_PIECES if device.type == "cuda" else CPU_PIECES)
    return Shelf(options.out, name, device, most=most, seed=options.seed)


def _maker(options: argparse.Namespace, number: int) -> subprocess.Popen[bytes]:
    """A process that writes examples until it is ended: of claims and of questions by turns, or of claims."""
    command = [sys.executable, "-m", "assistant.reading.training.examples"]
    told = ["--data", options.data, "--out", options.out, "--seed", 1000 * number + options.seed, "--files", 9999]
    wanted = options.checker_alone or (number % 2 == 0 and not options.reader_alone)
    claims = ["--claims"] if wanted else []
    # Each has one processor to itself, without threads of its own.
    own = {**os.environ, "RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
    return subprocess.Popen([*command, *map(str, told), *claims], env=own)  # noqa: S603


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("trained"), help="folder of examples and weights")
    parser.add_argument("--minutes", type=float, default=240)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--untaught", action="store_true", help="without teachers")
    alone = parser.add_mutually_exclusive_group()
    alone.add_argument("--checker-alone", action="store_true", help="above the reader as it stands")
    alone.add_argument("--reader-alone", action="store_true", help="above the layers that it shares, as they stand")
    parser.add_argument("--packaged", action="store_true", help="go on from the weights in the package")
    parser.add_argument(
        "--processes", type=int, default=max(2, (os.cpu_count() or 2) - 2), help="that make examples; at least 2"
    )
    parser.add_argument("--pieces", type=int, help="word pieces a step, of each of the two")
    parser.add_argument("--rates", type=float, nargs=2, default=(2e-4, 4.5e-4), help="of the teachers, of the two")
    parser.add_argument("--seed", type=int, default=SEED)
    return parser.parse_args()


if __name__ == "__main__":
    main()
