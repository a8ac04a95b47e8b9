"""Very many rows at once: kept out of Python's search for garbage, which stops every thread while it looks at them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsearched() -> Iterator[None]:
    """Search nothing while the rows are made, and never these rows: they hold no circles.

    A hundred thousand rows took a third of a second each time, a dozen times while they were read.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
