"""Dateline beside other ways to search the same articles with the same model, in one run: `make bench`.

    python -m tests.benchmarks.compared [--articles FOLDER_OR_FILE] [--count 300] [--questions 100] [--clients 8]

Every system does every step in a process of its own, in turns, and the whole process is measured: its time, that of
the processor, which hardly depends on what else the machine does, and its memory. The report is written to
docs/benchmarks.md, with its plots beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from ingest.embedding.minilm import model_folder
from ingest.sources.seen import SETTLED_SECONDS
from tests.benchmarks.compared.environments import python_of, versions
from tests.benchmarks.compared.material import Material, invented, read
from tests.benchmarks.compared.page import page

ROOT = Path(__file__).parents[3]
SYSTEMS = {"dateline": "Dateline", "langchain": "LangChain recipe", "llamaindex": "LlamaIndex"}
Figures = dict[str, dict[str, float]]


def main() -> None:
    options = _options()
    if options.articles:
        material = read(options.articles, options.count, options.questions)
    else:
        material = invented(options.count, options.questions)
    pythons = {"dateline": Path(sys.executable)}
    others = [name for name in options.systems if name != "dateline"]
    pythons |= {name: python for name in others if (python := python_of(name, options.environments))}
    told = {
        "material": f"{material.name}, {len(material.questions)} questions",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"load average {os.getloadavg()[0]:.0f}",
        "day": f"{datetime.now(UTC):%d %B %Y}".lstrip("0"),
        "command": f"python -m tests.benchmarks.compared {' '.join(sys.argv[1:])}".strip(),
        "clients": options.clients,
        "versions": {SYSTEMS[name]: versions(name, pythons[name]) for name in pythons if name != "dateline"},
        "missing": [SYSTEMS[name] for name in others if name not in pythons],
        "figures": {SYSTEMS[name]: found for name, found in _measured(material, pythons, options.clients).items()},
    }
    options.out.write_text(page(told), encoding="utf-8")
    result = options.out.with_suffix(".json")
    result.write_text(json.dumps(told))
    if options.plots and (python := python_of("plots", options.environments)):
        subprocess.run([str(python), "-m", "tests.benchmarks.compared.plots", str(result)], check=True, cwd=ROOT)
    result.unlink()
    print(options.out.read_text(encoding="utf-8"))


def _measured(material: Material, pythons: dict[str, Path], clients: int) -> dict[str, Figures]:
    """What each system took for each step."""
    found: dict[str, Figures] = {name: {} for name in pythons}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        material.write(home / "articles.jsonl")
        material.changed().write(home / "changed.jsonl")
        sleep(SETTLED_SECONDS)
        steps = {"ingest": "articles", "again": "articles", "changed": "changed", "cold": "", "warm": ""}
        for step, articles in steps.items():
            for name, python in pythons.items():
                (home / name).mkdir(exist_ok=True)
                order = {
                    "articles": str(home / f"{articles}.jsonl"),
                    "folder": str(home / name),
                    "model": str(model_folder()),
                    "questions": [asdict(one) for one in material.questions],
                    "clients": clients,
                }
                (home / "order.json").write_text(json.dumps(order))
                kind = "ingest" if articles else step
                found[name][step] = _run([str(python), "-m", f"{_PACKAGE}.{name}", kind, str(home / "order.json")])
                if name == "dateline" and not articles:
                    answering = [str(python), "-m", f"{_PACKAGE}.answers", kind, str(home / "order.json")]
                    found[name][f"{step} answer"] = _run(answering)
                print(f"{name}: {step} {found[name][step]}", flush=True)
        for name, figures in found.items():
            figures["disk"] = {"mb": _megabytes(home / name)}
    return found


_PACKAGE = "tests.benchmarks.compared.systems"


def _run(command: list[str]) -> dict[str, float]:
    """What a step found out, and what its process and the children of that took."""
    quiet = {**os.environ, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "true", "ANONYMIZED_TELEMETRY": "False"}
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as errors:
        began = perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=errors, env=quiet)
        _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{errors.read().decode()[-2000:]}")
        said.seek(0)
        found: dict[str, Any] = json.loads(said.read().splitlines()[-1])
    return {
        **found,
        "seconds": seconds,
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "peak_mb": used.ru_maxrss / 1024,
    }


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--articles", type=Path, help="a folder or file that Dateline can ingest; else some are invented"
    )
    parser.add_argument("--count", type=int, default=300, help="of articles")
    parser.add_argument("--questions", type=int, default=100, help="how many are asked")
    parser.add_argument("--clients", type=int, default=8, help="who ask at once")
    parser.add_argument("--systems", nargs="+", choices=[*SYSTEMS], default=[*SYSTEMS], help="beside Dateline")
    parser.add_argument(
        "--environments", type=Path, default=ROOT / ".venv" / "bench", help="where they are installed"
    )
    parser.add_argument(
        "--plots", action=argparse.BooleanOptionalAction, default=True, help="draw them, by matplotlib"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
