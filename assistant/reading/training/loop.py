"""The loop by which the reader and the checker are trained: AdamW, a rate that falls to nothing by the clock."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn

SAVED = 200  # steps between two writings of the weights
Batch = TypeVar("Batch")


def train(
    model: nn.Module,
    batches: Iterator[tuple[Batch, int]],
    loss_of: Callable[[Batch], Tensor],
    *,
    out: Path,
    minutes: float,
    rate: float,
    warm: int,
) -> None:
    """Train until the time is over, saving now and then; a batch comes with the number of its examples.

    warm  steps in which the rate rises to its height
    """
    trained = [one for one in model.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=rate, weight_decay=0.01)
    began, seen, mean = time.monotonic(), 0, 0.0
    model.train()
    for step, (batch, size) in enumerate(batches, 1):
        share = (time.monotonic() - began) / (60 * minutes)
        for one in optimizer.param_groups:
            one["lr"] = rate * min(1, step / warm) * max(0.02, 1 - share)
        optimizer.zero_grad()
        loss = loss_of(batch)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        seen, mean = seen + size, mean + (loss.item() - mean) / min(step, 100)
        if step % 25 == 0:
            print(f"{step} {seen} examples {time.monotonic() - began:.0f} s loss {mean:.3f}", flush=True)
        if step % SAVED == 0 or share >= 1:
            _save(model, out)
        if share >= 1:
            return


def _save(model: nn.Module, file: Path) -> None:
    beside = file.with_suffix(".part")
    torch.save(model.state_dict(), beside)
    os.replace(beside, file)
