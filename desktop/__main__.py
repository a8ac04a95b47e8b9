"""The command ``taizhang``: without a subcommand the window, with one the command line."""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Run and return the exit status: 0 done, 1 done with problems, 2 wrong use or unreadable input."""
    from desktop.cli import run

    return run(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # a packed program is its own interpreter: its worker processes begin here
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
