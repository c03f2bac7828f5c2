"""Work on several processors: a function of ours run in processes of its own, results in the order of what was asked.

The processes are plain children that read tasks from their standard input: unlike `multiprocessing` nothing of the calling program
is run again in them, and they end with it, however it ends.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pickle
import queue
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO, TypeVar, cast

from graph.errors import WorkerError

Task = TypeVar("Task")
Result = TypeVar("Result")

AHEAD = 2
"""Tasks for each process that are asked before the result of the first is needed."""


def processors() -> int:
    """How many processors this process may use."""
    with contextlib.suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def mapped(function: Callable[[Task], Result], tasks: Iterable[Task], *, processes: int) -> Iterator[Result]:
    """The results of a function at the top of a module, in order; at most `AHEAD` tasks a process are held.

    Raises what the function raises, and WorkerError where a process was ended from outside.
    """
    name = f"{function.__module__}:{function.__qualname__}"
    idle: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()
    children = [_child(name) for _ in range(processes)]
    for child in children:
        idle.put(child)

    def run(task: Task) -> Result:
        child = idle.get()
        try:
            return cast("Result", _asked(child, task))
        finally:
            idle.put(child)

    try:
        with ThreadPoolExecutor(processes) as threads:
            waiting: deque[Future[Result]] = deque()
            try:
                for task in tasks:
                    waiting.append(threads.submit(run, task))
                    if len(waiting) >= AHEAD * processes:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()
    finally:
        for child in children:
            _end(child)


def _child(name: str) -> subprocess.Popen[bytes]:
    # The path of the parent, so that a child finds the same packages wherever it is started from.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(  # noqa: S603 - this program itself
        [sys.executable, "-m", "graph.workers", name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )


def _asked(child: subprocess.Popen[bytes], task: object) -> object:
    try:
        to, back = cast("BinaryIO", child.stdin), cast("BinaryIO", child.stdout)
        pickle.dump(task, to, pickle.HIGHEST_PROTOCOL)
        to.flush()
        done, result = pickle.load(back)  # noqa: S301 - from a child of ours
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        raise WorkerError("a process that worked for this load ended early; run it again") from error
    if done:
        return result
    raise result


def _end(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        cast("BinaryIO", child.stdin).close()
    try:
        child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    cast("BinaryIO", child.stdout).close()


def serve(name: str, tasks: BinaryIO, results: BinaryIO) -> None:
    """What a child does: read a task, answer it, until there is none."""
    module, _, function = name.partition(":")
    work = getattr(importlib.import_module(module), function)
    while True:
        try:
            task = pickle.load(tasks)  # noqa: S301 - from our parent
        except EOFError:
            return
        try:
            answer = (True, work(task))
        except Exception as error:  # noqa: BLE001 - it is raised again where the work was asked for
            answer = (False, error)
        pickle.dump(answer, results, pickle.HIGHEST_PROTOCOL)
        results.flush()


def _main() -> None:
    # What the work prints must not get between the results.
    results = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    # Work makes many records and hardly a cycle: looking for some took a fifth of its time.
    gc.set_threshold(200_000, 20, 50)
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        serve(sys.argv[1], sys.stdin.buffer, results)


if __name__ == "__main__":
    _main()
