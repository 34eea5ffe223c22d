"""The loop by which networks are trained: AdamW, a rate that falls to nothing by the clock."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn

WARM = 150  # steps in which a rate rises to its height
SAVED = 60  # seconds between two writings of the weights
SAID = 100  # steps between two lines on the screen
Steps = Iterator[tuple[Tensor, int]]


def train(
    model: nn.Module, steps: Steps, *, seconds: float, rate: float, save: Callable[[], None] = lambda: None
) -> None:
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
        if time.monotonic() - saved > SAVED:
            save()
            saved = time.monotonic()
    save()


def _say(step: int, seen: int, seconds: float, loss: Tensor) -> None:
    if not loss.isfinite():
        raise ArithmeticError(f"the loss at step {step} is no number: try lower --rates")
    print(f"step {step}, {seen} examples, {seconds:.0f} s, loss {loss.item():.4f}", flush=True)
