"""The plots of a comparison, from its figures: `python -m tests.benchmarks.compared.plots FIGURES.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

OURS, THEIRS = "#b3541e", "#8d9299"


def main() -> None:
    result = Path(sys.argv[1])
    figures: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))["figures"]
    ingest = {"first": "ingest", "again": "again", "one changed": "changed"}
    found = {
        name: {system: told[step]["cpu_seconds"] for system, told in figures.items()} for name, step in ingest.items()
    }
    draw(found, "processor seconds", result.with_name(f"{result.stem}-ingest.svg"))
    asked = {"median": "p50_ms", "95%": "p95_ms", "processor": "cpu_ms"}
    found = {
        name: {system: told["warm"][figure] for system, told in figures.items()} for name, figure in asked.items()
    }
    draw(found, "milliseconds for a search", result.with_name(f"{result.stem}-ask.svg"))


def draw(groups: dict[str, dict[str, float]], unit: str, path: Path) -> None:
    """Bars for each system in each group, on a logarithmic scale."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "bench"
    from matplotlib import pyplot as plt

    fig, axes = plt.subplots(figsize=(7, 3))
    rows = [(group, system, value) for group, values in groups.items() for system, value in values.items()]
    first = next(iter(next(iter(groups.values()))))
    places = range(len(rows))
    bars = axes.barh(
        list(places), [row[2] for row in rows], color=[OURS if row[1] == first else THEIRS for row in rows]
    )
    axes.bar_label(bars, [f"{row[2]:,.3g}" for row in rows], padding=3)
    axes.set_yticks(list(places), [f"{group} · {system}" for group, system, _ in rows])
    axes.set_xscale("log")
    axes.set_xlabel(unit)
    axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(x=0.15)
    fig.tight_layout()
    fig.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main()
