"""Processes that work for this one, and do not run its main module again: a script needs no guard against that."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from types import ModuleType
from typing import Any

_LAUNCHING = threading.Lock()
_SECONDS_TO_BEGIN = 120.0


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    with _LAUNCHING:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes started in it leave Ctrl-C to this one, from their first moment."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def forking(preloaded: Sequence[str]) -> ForkServerContext | SpawnContext:
    """A context whose processes are forked from one without threads that has imported these modules.

    They spawn where the folder for temporary files has too long a path for a socket.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(list(preloaded))
    try:
        with _without_main(), _uninterrupted():
            forkserver.ensure_running()
    except OSError:
        return spawning()
    return context


def spawning() -> SpawnContext:
    """A context whose processes each load what they need, which takes longer."""
    return get_context("spawn")


class WorkerEnded(Exception):
    """The process of a worker was ended, by its work or from outside."""


class Worker:
    """A process that is given one thing after another, and answers.

    Each has a pipe of its own: a process that is killed can leave a shared one locked. Through it come, in turn, that
    the process is ready and an answer.

    begin, given  called with these in the process, for what answers from then on
    asked         how often it was
    """

    def __init__(
        self, context: ForkServerContext | SpawnContext, begin: Callable[..., Callable[[Any], Any]], *given: Any
    ) -> None:
        self.asked = 0
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, begin, given), daemon=True)
        try:
            with _without_main(), _uninterrupted():
                self._process.start()
        except (EOFError, OSError) as exc:  # what forks the processes was killed
            raise WorkerEnded from exc
        finally:
            theirs.close()

    @property
    def lives(self) -> bool:
        return self._process.is_alive()

    def ask(self, given: Any, *, seconds: float | None = None) -> Any:
        """The answer, or what was raised instead of one.

        Raises WorkerEnded, and TimeoutError where it takes longer than so many seconds, which ends the process.
        """
        self.asked += 1
        try:
            if not self._pipe.poll(_SECONDS_TO_BEGIN):
                raise EOFError
            self._pipe.recv()
            self._pipe.send(given)  # its time begins
            answer = self._pipe.recv() if self._pipe.poll(seconds) else None
        except (EOFError, OSError) as exc:
            self.end()
            raise WorkerEnded from exc
        if answer is None:
            self.end()
            raise TimeoutError
        if isinstance(answer, Exception):
            raise answer
        return answer

    def end(self) -> None:
        """Kill it, whatever it is doing."""
        self._process.kill()
        self._process.join()


def _work(pipe: Connection, begin: Callable[..., Callable[[Any], Any]], given: Sequence[Any]) -> None:
    """Runs in the process, until it is ended or nobody reads the answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answer = begin(*given)
    with contextlib.suppress(EOFError, OSError, MemoryError):  # the other end sees that the pipe is closed
        while True:
            pipe.send(None)
            pipe.send(_answered(answer, pipe.recv()))


def _answered(answer: Callable[[Any], Any], given: Any) -> Any:
    try:
        return answer(given)
    except Exception as exc:
        return exc
