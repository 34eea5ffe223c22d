"""What the networks are trained to lessen: against the truth, and against what a teacher says."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional

from assistant.reading.training.shelf import Batch

AMONG, WORDS = 0.5, 3.0  # weights of the second loss of the reader, and of the first of the checker
SOFT = 2.0  # what the teacher's logits are divided by
NEVER = -1e4


def reader(logits: Tensor, of: Batch) -> Tensor:
    """Of start and end in each window, both at the first word piece where it does not answer; and of the window
    that answers among those of one question, so that windows can be compared (Clark and Gardner 2018).
    """
    each = _here(logits, of)
    spans = functional.cross_entropy(each[:, :, 0], of.one) + functional.cross_entropy(each[:, :, 1], of.two)
    right = of.one > 0
    lost = (_among(logits, of).logsumexp(1) - _found(logits, of)) * right
    return spans / 2 + AMONG * lost.sum() / right.sum().clamp(min=1)


def like_reader(logits: Tensor, taught: Tensor, of: Batch) -> Tensor:
    """The same against what another says, softened (Hinton et al. 2015)."""
    each, other = _here(logits, of) / SOFT, _here(taught, of) / SOFT
    start, end = (functional.cross_entropy(each[:, :, part], other[:, :, part].softmax(1)) for part in (0, 1))
    among = functional.cross_entropy(_among(logits, of), _among(taught, of).softmax(1))
    return SOFT**2 * (start + end) / 2 + AMONG * among


def checker(logits: Tensor, of: Batch) -> Tensor:
    """Of each word piece of a claim, whether it is not supported; and of the whole, whether it is."""
    return _words(logits, of, of.wrong, of.one.float()) + _whole(logits, of.two.float())


def like_checker(logits: Tensor, taught: Tensor, of: Batch) -> Tensor:
    """The same against what another says."""
    return _words(logits, of, taught[:, :, 0].sigmoid(), of.one.float()) + _whole(logits, taught[:, 0, 1].sigmoid())


def _words(logits: Tensor, of: Batch, wrong: Tensor, judged: Tensor) -> Tensor:
    each = functional.binary_cross_entropy_with_logits(logits[:, :, 0], wrong, reduction="none") * of.claim
    rows = each.sum(1) / of.claim.sum(1).clamp(min=1)
    return WORDS * (rows * judged).sum() / judged.sum().clamp(min=1)


def _whole(logits: Tensor, supported: Tensor) -> Tensor:
    return functional.binary_cross_entropy_with_logits(logits[:, 0, 1], supported)


def _here(logits: Tensor, of: Batch) -> Tensor:
    """The logits of the text and of "not here"."""
    here = of.allowed.clone()
    here[:, 0] = True
    return logits.masked_fill(~here[:, :, None], NEVER)


def _found(logits: Tensor, of: Batch) -> Tensor:
    """By how much it is likelier that the answer is in the window than that it is not."""
    return logits.masked_fill(~of.allowed[:, :, None], NEVER).logsumexp(1).sum(-1) - logits[:, 0].sum(-1)


def _among(logits: Tensor, of: Batch) -> Tensor:
    """The same for each window, of all windows of its question."""
    found = _found(logits, of)
    same = of.group[:, None] == of.group[None, :]
    return found[None, :].expand(len(found), -1).masked_fill(~same, NEVER)
