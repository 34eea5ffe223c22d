"""The reader and the checker trained together on layers that they share, with teachers or without, or one of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch
from torch import Tensor

from assistant.reading.training import losses
from assistant.reading.training.layers import FITS, Both, Network, fingerprint
from assistant.reading.training.loop import Steps, train
from assistant.reading.training.shelf import Batch

TAUGHT = 0.6  # what the teachers' word weighs
TEACHING = 0.19  # share of the time in which each teacher is trained
PRECISION = torch.bfloat16
Batches = Iterator[tuple[Batch, int]]


@dataclass(frozen=True)
class Plan:
    """How long and how fast, and where the weights go.

    rates  of the teachers, and of the two themselves
    """

    seconds: float
    rates: tuple[float, float]
    out: Path


def taught(both: Both, read: Batches, checked: Batches, plan: Plan) -> None:
    """First a teacher of each, all of whose layers are trained; then the two, which learn from them and the truth."""
    teachers = both.teachers()
    for teacher, loss, batches in zip(teachers, (losses.reader, losses.checker), (read, checked), strict=True):
        own = ((loss(teacher(batch.read, PRECISION), batch), size) for batch, size in batches)
        train(teacher, own, seconds=plan.seconds * TEACHING, rate=plan.rates[0])
        teacher.eval()
    steps = _both(both, zip(read, checked, strict=False), teachers)
    seconds = plan.seconds * (1 - 2 * TEACHING)
    train(both, steps, seconds=seconds, rate=plan.rates[1], save=partial(_save, both, plan.out))


def untaught(both: Both, read: Batches, checked: Batches, plan: Plan) -> None:
    """The two without teachers: twice as many steps in the same time."""
    steps = _both(both, zip(read, checked, strict=False))
    train(both, steps, seconds=plan.seconds, rate=plan.rates[1], save=partial(_save, both, plan.out))


def checker_alone(both: Both, checked: Batches, plan: Plan) -> None:
    """The layers that are the checker's own, above a reader that stays as it is."""
    both.reader.requires_grad_(False)
    steps = ((losses.checker(both.checker(batch.read, PRECISION), batch), size) for batch, size in checked)
    train(both, steps, seconds=plan.seconds, rate=plan.rates[1], save=partial(_save, both, plan.out))


def reader_alone(both: Both, read: Batches, plan: Plan) -> None:
    """The layers that are the reader's own, above those that the checker shares, which stay as they are."""
    both.keep_shared()
    steps = ((losses.reader(both.reader(batch.read, PRECISION), batch), size) for batch, size in read)
    train(both.reader, steps, seconds=plan.seconds, rate=plan.rates[1], save=partial(_save, both, plan.out))


def _both(
    both: Both,
    batches: Iterator[tuple[tuple[Batch, int], tuple[Batch, int]]],
    teachers: tuple[Network, Network] | None = None,
) -> Steps:
    for (read, one), (checked, two) in batches:
        found, judged = both.reader(read.read, PRECISION), both.checker(checked.read, PRECISION)
        loss = losses.reader(found, read) + losses.checker(judged, checked)
        if teachers:
            with torch.no_grad():
                says = teachers[0](read.read, PRECISION), teachers[1](checked.read, PRECISION)
            like = losses.like_reader(found, says[0], read) + losses.like_checker(judged, says[1], checked)
            loss = (1 - TAUGHT) * loss + TAUGHT * like
        yield loss, one + two


def _save(both: Both, out: Path) -> None:
    _write(out / "reader.pt", both.reader_own())
    _write(out / "checker.pt", {**both.checker_own(), FITS: fingerprint(both)})


def _write(file: Path, states: dict[str, Tensor]) -> None:
    """In half precision, at once and whole."""
    part = file.with_suffix(".part")
    torch.save({name: value if name == FITS else value.half().cpu() for name, value in states.items()}, part)
    os.replace(part, file)
