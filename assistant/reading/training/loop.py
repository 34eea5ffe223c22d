"""The loop by which networks are trained: AdamW, a rate that falls to nothing by the clock."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn

WARM = 150  # steps in which a rate rises to its height
KEPT = 0.999  # of the mean of the weights at each step
SAVED = 60  # seconds between two writings of the weights
SAID = 100  # steps between two lines on the screen
Steps = Iterator[tuple[Tensor, int]]


@dataclass(frozen=True)
class Saving:
    """`mean` follows the weights while they are trained; both are written by `write`."""

    mean: nn.Module
    write: Callable[[], None]


def train(model: nn.Module, steps: Steps, *, seconds: float, rate: float, saving: Saving | None = None) -> None:
    """Train until the time is over; a step comes as its loss and the number of its examples.

    Raises ArithmeticError where the loss is no number any more.
    """
    trained = [one for one in model.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=rate, weight_decay=0.01)
    model.train()
    began = saved = time.monotonic()
    seen, mean = 0, torch.zeros(())
    for step in itertools.count(1):
        share = (time.monotonic() - began) / max(seconds, 1e-9)
        if share >= 1:
            break
        for one in optimizer.param_groups:
            one["lr"] = rate * min(1, step / WARM) * max(0.01, 1 - share)
        loss, size = next(steps)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        seen += size
        mean = loss.detach() if step == 1 else mean + 0.02 * (loss.detach() - mean)
        if step % SAID == 0:
            _say(step, seen, time.monotonic() - began, mean)
        if saving:
            _follow(saving.mean, model, min(KEPT, step / (step + 10)))
            if time.monotonic() - saved > SAVED:
                saving.write()
                saved = time.monotonic()
    if saving:
        saving.write()


def _say(step: int, seen: int, seconds: float, loss: Tensor) -> None:
    if not loss.isfinite():
        raise ArithmeticError(f"the loss at step {step} is no number: try lower --rates")
    print(f"step {step}, {seen} examples, {seconds:.0f} s, loss {loss.item():.4f}", flush=True)


@torch.no_grad()
def _follow(mean: nn.Module, model: nn.Module, kept: float) -> None:
    both = zip(mean.parameters(), model.parameters(), strict=True)
    for slow, own in ((slow, own) for slow, own in both if own.requires_grad):
        slow.lerp_(own, 1 - kept)
