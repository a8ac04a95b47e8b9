"""Many postings at once: two processes beside this one, or this one alone where no others can be started."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context

from exports.posting.make import Order, Outcome, make

PROCESSES = 2
_AHEAD = 3  # orders waiting for each process, so that none stands idle and few are in memory
_WORTH_IT = 8  # orders below which starting processes takes longer than it saves


def carry_out(orders: Iterable[Order], *, processes: int | None = None) -> Generator[Outcome, None, None]:
    """Yield the outcome of each order, in the order in which they are done.

    Processes are begun anew (spawn), as a packed program needs it; where one cannot be started or dies, what is left
    is done in this process.
    """
    count = min(PROCESSES, os.cpu_count() or 1) if processes is None else processes
    left = iter(orders)
    first = list(islice(left, _WORTH_IT))
    every = chain(first, left)
    if count < 2 or (processes is None and len(first) < _WORTH_IT):  # noqa: PLR2004 - one process is this one
        yield from map(make, every)
        return
    waiting: dict[Future[Outcome], Order] = {}
    try:
        yield from _in_processes(every, count, waiting)
    except (BrokenProcessPool, OSError):
        yield from map(make, chain(list(waiting.values()), every))


def _in_processes(orders: Iterator[Order], count: int, waiting: dict[Future[Outcome], Order]) -> Iterator[Outcome]:
    """Yield outcomes; ``waiting`` holds what was taken from ``orders`` and has no outcome yet."""
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"))
    try:
        for order in orders:
            placeholder: Future[Outcome] = Future()
            waiting[placeholder] = order  # until it is taken, so that it is not lost
            future = pool.submit(make, order)
            waiting[future] = waiting.pop(placeholder)
            if len(waiting) >= count * _AHEAD:
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)
    finally:
        pool.shutdown(cancel_futures=True)


def _done(waiting: dict[Future[Outcome], Order]) -> Iterator[Outcome]:
    """Wait for the next outcome; yield all that are there."""
    finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in finished:
        outcome = future.result()
        del waiting[future]
        yield outcome
