"""Very many rows at once: kept out of Python's search for garbage, which stops every thread while it looks at them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsearched(*, kept: bool) -> Iterator[None]:
    """Search nothing while rows are made, and never these rows where they are ``kept``: they hold no circles.

    A hundred thousand rows took a third of a second each time, a dozen times while they were read.
    """
    gc.disable()
    try:
        yield
    finally:
        if kept:
            gc.freeze()
        gc.enable()
