"""The command line: its options, and how a command's outcome becomes words and an exit status."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from db.errors import Trouble
from desktop.commands import ABOUT, Context
from desktop.commands.wronguse import told
from desktop.script import Script, converter

VERSION = "0.1.0"
WITH_PROBLEMS, WRONG_USE = 1, 2


class Parser(argparse.ArgumentParser):
    """An argument parser that explains wrong use in our own language."""

    def error(self, message: str) -> NoReturn:
        """Print one sentence and the usage, and leave with status 2."""
        sys.stderr.write(f"命令寫得不對：{told(message)}。\n")
        self.print_usage(sys.stderr)
        sys.exit(WRONG_USE)


def default_database() -> Path:
    """Return where a clerk's database lies unless told otherwise: the documents folder."""
    from platformdirs import user_documents_path

    return user_documents_path() / "政務臺賬" / "臺賬.db"


def account() -> str:
    """Return who works here: the account's name, or a word for it where the system knows only its number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container's bare user id; a service account of Windows
        return "未署名"


def build_parser() -> Parser:
    """Return the parser with all commands."""
    parser = Parser(prog="taizhang", description="政務臺賬：不帶子命令時打開窗口。")
    parser.add_argument("--db", type=Path, metavar="PATH", help="數據庫文件；默認在「文檔/政務臺賬」裏")
    parser.add_argument("--lang", choices=[script.value for script in Script], help="提示文字的字形")
    parser.add_argument("--as", dest="operator", metavar="OPERATOR", default="", help="操作人姓名，記入操作記錄")
    parser.add_argument("--version", action="version", version=f"taizhang {VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for about in ABOUT:
        about.add_to(commands)
    return parser


def run(argv: Sequence[str]) -> int:
    """Run one command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a Chinese Windows console is GBK
    options = build_parser().parse_args(list(argv))
    if options.command is None:
        from desktop.app import run_window

        return run_window(options.db, lang=options.lang, operator=options.operator)
    convert = converter(Script(options.lang or Script.TRADITIONAL.value))
    context = Context(path=options.db or default_database(), operator=options.operator or account(), convert=convert)
    try:
        status: int = options.handler(context, options)
        sys.stdout.flush()
    except Trouble as trouble:
        sys.stderr.write(trouble.told(convert) + "\n")
        return WRONG_USE
    except BrokenPipeError:  # the reader, such as ``head``, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WITH_PROBLEMS
    except OSError as error:
        from desktop.errors import os_trouble

        sys.stderr.write(os_trouble(error).told(convert) + "\n")
        return WRONG_USE
    for late in context.late:
        sys.stderr.write(late.told(convert) + "\n")
    return max(status, WITH_PROBLEMS) if context.late else status
