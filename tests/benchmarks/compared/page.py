"""The report of a comparison, as a page of Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.benchmarks.compared.environments import NOT_COMPARED

# What a row is called, the step and figure that it shows, its unit, and whether less of it is better; None: no ratio.
ROWS: Sequence[tuple[str, str, str, str, bool | None]] = (
    ("ingest", "ingest", "seconds", "s", True),
    ("ingest, processor", "ingest", "cpu_seconds", "s", True),
    ("passages", "ingest", "passages", "", None),
    ("ingest again", "again", "seconds", "s", True),
    ("ingest again, processor", "again", "cpu_seconds", "s", True),
    ("ingest with one article changed", "changed", "seconds", "s", True),
    ("ingest with one article changed, processor", "changed", "cpu_seconds", "s", True),
    ("cold question", "cold", "seconds", "s", True),
    ("cold question, processor", "cold", "cpu_seconds", "s", True),
    ("cold question, whole answer", "cold answer", "seconds", "s", None),
    ("cold question, whole answer, processor", "cold answer", "cpu_seconds", "s", None),
    ("warm question, median", "warm", "p50_ms", "ms", True),
    ("warm question, 95th percentile", "warm", "p95_ms", "ms", True),
    ("warm question, processor", "warm", "cpu_ms", "ms", True),
    ("whole answer, median", "warm answer", "p50_ms", "ms", None),
    ("whole answer, 95th percentile", "warm answer", "p95_ms", "ms", None),
    ("whole answer, processor", "warm answer", "cpu_ms", "ms", None),
    ("questions at once", "warm", "questions_a_second", "/s", False),
    ("whole answers at once", "warm answer", "questions_a_second", "/s", None),
    ("article among the first five", "warm", "found", "", None),
    ("memory, ingest", "ingest", "peak_mb", "MB", True),
    ("memory, asking", "warm", "peak_mb", "MB", True),
    ("disk", "disk", "mb", "MB", True),
)
DESCRIBED = {
    "LangChain recipe": """\
The LangChain recipe splits texts into pieces of 1,000 characters that overlap by 200, embeds them with
HuggingFaceEmbeddings and adds them to Chroma. It does all of this in every run.""",
    "LlamaIndex": """\
LlamaIndex runs its ingestion pipeline into Chroma, with a document store that recognises unchanged articles and with
passages of 256 tokens, the most that the model reads.""",
}
_SMALL = 10  # below which a figure is shown with decimals


def page(told: dict[str, Any]) -> str:
    figures: dict[str, Any] = told["figures"]
    ours, *others = figures
    head = ["", ours, *(cell for other in others for cell in (other, "ratio"))]
    lines = ["| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    for name, step, figure, unit, less in ROWS:
        values = {system: found.get(step, {}).get(figure) for system, found in figures.items()}
        cells = [_shown(values[ours], unit)]
        for other in others:
            cells += [_shown(values[other], unit), _ratio(values[ours], values[other], less=less)]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    packages = "\n".join(f"- {system}: {listed}" for system, listed in told["versions"].items())
    return _PAGE.format(
        **{name: told[name] for name in ("material", "machine", "day", "command", "clients")},
        table="\n".join(lines),
        packages=packages,
        described="\n\n".join(DESCRIBED[system] for system in others),
        left_out=" ".join([*(f"{name} could not be installed here." for name in told["missing"]), NOT_COMPARED]),
    )


def _shown(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    number = f"{value:,.2f}" if abs(value) < _SMALL and not float(value).is_integer() else f"{value:,.0f}"
    return f"{number} {unit}".strip()


def _ratio(ours: float | None, theirs: float | None, *, less: bool | None) -> str:
    """How many times as good Dateline's figure is."""
    if less is None or not ours or not theirs:
        return ""
    ratio = theirs / ours if less else ours / theirs
    return f"{ratio:,.0f}×" if ratio >= _SMALL else f"{ratio:.2g}×"


_PAGE = """\
# Benchmarks

`make bench` writes this page. It measures Dateline beside other ways to search the same articles with the same
embedding model, in one run. `make bench OPTIONS="--articles FOLDER_OR_FILE --count 1000"` uses your own articles.

{day} · {material} · {machine}

{table}

A ratio says how many times as good Dateline's figure is. Times are by the clock, and in the rows *processor* those of
all cores together, which depend less on what else the machine does. Each step runs in a process of its own, and
starting it counts: *cold question* is a program that starts, opens the archive and searches once. A *question* is a
search for the nearest passages, which is all that the others do without a chat model. For a *whole answer* Dateline
searches, reads, selects sentences with citations and checks them. In the rows *at once*, {clients} clients ask at the
same time.

![Processor seconds for ingesting](benchmarks-ingest.svg)

![Milliseconds for a warm question](benchmarks-ask.svg)

## What was compared

{packages}

{described}

{left_out}

```
{command}
```
"""
