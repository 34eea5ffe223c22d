"""A running service whose chat model's provider fails in every way that a fault server knows.

    python -m tests.evals.faults FAULT_LLM.py [--deadline SECONDS] [--only MODE …]

FAULT_LLM.py defines `FaultLLM` (a context with `base_url` and `default`) and `MODES`. For every mode the same
question is asked at /ask and at /ask/stream. A row is sound where the stream has one terminal event and both answers
come before the deadline and a little, say what the table below foresees, and leave the service healthy. In the end
the service's log must hold no key and no traceback.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from ingest.archive.lock import read_owner

KEY = "sk-of-nobody-9876543210"
QUESTION = "What did the central bank do to rates?"
ARTICLE = "# Bank acts\n\n*Ledger, 3 June 2026*\n\nThe central bank raised rates to 4.5%.\n"
GRACE = 20.0  # seconds beside the deadline for everything that is not the model, on a busy machine
FORESEEN = {
    "accepts no more requests": "http_429 http_429_long",
    "refused the key": "http_401",
    "knows no such model": "http_404_model",
    "too long for the chat model": "http_400_context",
    "provider failed": "http_500 http_503 http_529 html_502",
    "did not answer in time": "hang slow_first_byte stall_mid slow_drip",
    "cannot be reached": "close_now rst",
    "refused the request": "redirect",
    "cannot be understood": "html_200 empty_200 bad_json",
    "empty answer": "no_tokens",
    "not complete": "length content_filter no_finish",
    "cut off": "cut_mid clean_eof error_event bad_chunk not_utf8 infinite huge_chunk",
}
# A prompt that is repeated says that there is no answer; an event inside a sentence cuts it in pieces.
WITHOUT_THE_FIGURE = frozenset({"echo", "sse_inject"})
_NOTICE = {mode: words for words, modes in FORESEEN.items() for mode in modes.split()}


@dataclass(frozen=True)
class Row:
    mode: str
    seconds: float
    notice: str
    wrong: tuple[str, ...]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool", type=Path)
    parser.add_argument("--deadline", type=float, default=5.0)
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    tool = load(options.tool)
    rows, log = measure(tool, options.only or tool.MODES, options.deadline)
    for row in rows:
        print(f"{row.mode:16} {row.seconds:5.1f} s  {row.notice[:90]}  {'; '.join(row.wrong)}")
    unsound = [row for row in rows if row.wrong]
    told = [words for words in (KEY, "Traceback") if words in log]
    print(f"{len(rows)} modes, {len(unsound)} unsound; in the log: {', '.join(told) or 'no key, no traceback'}")
    return 1 if unsound or told else 0


def load(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("fault_llm", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(tool: Any, modes: Sequence[str], deadline: float) -> tuple[list[Row], str]:
    """A row for each mode, and what the service logged."""
    with tempfile.TemporaryDirectory() as folder, _provider(tool) as provider:
        log = Path(folder) / "log"
        with _service(Path(folder), provider.base_url, deadline, log) as client:
            rows = []
            for mode in modes:
                provider.default = mode
                rows.append(_row(client, mode, deadline))
        return rows, log.read_text()


def _row(client: httpx.Client, mode: str, deadline: float) -> Row:
    began = time.monotonic()
    whole = client.post("/ask", json={"question": QUESTION, "remember": False})
    between = time.monotonic()
    events = list(_events(client))
    ended = time.monotonic()
    ends = [event for event in events if event["event"] in ("done", "error")]
    answers = [whole.json(), *(event["answer"] for event in ends if event["event"] == "done")]
    wrong = list(_wrong(mode, answers))
    if whole.status_code != 200:
        wrong.append(f"/ask gives {whole.status_code}")
    if len(ends) != 1 or events[-1] is not ends[0]:
        wrong.append(f"{len(ends)} terminal events")
    if max(between - began, ended - between) > deadline + GRACE:
        wrong.append("too late")
    if client.get("/health").status_code != 200:
        wrong.append("not healthy after it")
    return Row(mode, ended - began, answers[0].get("notice", ""), tuple(wrong))


def _wrong(mode: str, answers: Sequence[dict[str, Any]]) -> Iterator[str]:
    for answer in answers:
        if mode not in WITHOUT_THE_FIGURE and "4.5%" not in answer.get("text", ""):
            yield f"no answer: {answer.get('text', answer)!r}"
        if _NOTICE.get(mode, "") not in answer.get("notice", ""):
            yield f"says {answer.get('notice')!r}"
        shown = json.dumps(answer)
        if KEY in shown or "evil.invalid" in shown or "\\u001b" in shown or "GHOST" in shown:
            yield "lets something out"


def _events(client: httpx.Client) -> Iterator[dict[str, Any]]:
    with client.stream("POST", "/ask/stream", json={"question": QUESTION, "remember": False}) as response:
        for line in response.iter_lines():
            if line.startswith("data:"):
                yield json.loads(line[5:])


@contextmanager
def _provider(tool: Any) -> Iterator[Any]:
    """The fault server; what it leaves open is closed, that no other test is blamed for it."""
    with tool.FaultLLM() as provider:
        yield provider
    provider.server.close()
    provider.loop.close()


@contextmanager
def _service(folder: Path, base_url: str, deadline: float, log: Path) -> Iterator[httpx.Client]:
    """A service over one article, in a process of its own that writes its log to a file."""
    data, article = folder / "archive", folder / "bank.md"
    article.write_text(ARTICLE)
    command = [sys.executable, "-m", "assistant", "--data", str(data)]
    subprocess.run([*command, "ingest", str(article)], check=True, capture_output=True)
    model = {"MODEL": "openai:faulty", "MODEL_BASE_URL": base_url, "MODEL_API_KEY": KEY}
    named = {f"DATELINE_{name}": value for name, value in {**model, "MODEL_DEADLINE": str(deadline)}.items()}
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, "serve", "--port", "0"], env={**os.environ, **named}, stdout=out, stderr=out
        )
        try:
            while not ((owner := read_owner(data)) and owner.url):
                time.sleep(0.05)
            with httpx.Client(base_url=owner.url, trust_env=False, timeout=120) as client:
                while client.get("/ready").status_code != 200:
                    time.sleep(0.05)
                yield client
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    raise SystemExit(main())
