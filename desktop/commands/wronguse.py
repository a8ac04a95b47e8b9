"""What argparse says of wrong use, in our own language."""

from __future__ import annotations

import re

_SENTENCES = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"the following arguments are required: (?P<what>.+)", "缺少 {what}"),
        (r"unrecognized arguments: (?P<what>.+)", "不認識 {what}"),
        (
            r"argument (?P<name>.+?): invalid choice: (?P<what>.+?) \(choose from (?P<some>.+)\)",
            "{name} 不能是 {what}，可用：{some}",
        ),
        (r"argument (?P<name>.+?): invalid int value: (?P<what>.+)", "{name} 應是整數，不能是 {what}"),
        (r"argument (?P<name>.+?): invalid \w+ value: (?P<what>.+)", "{name} 不能是 {what}"),
        (r"argument (?P<name>.+?): expected (?:one|at least one|\d+) arguments?", "{name} 後面缺少內容"),
        (r"argument (?P<name>.+?): ignored explicit argument (?P<what>.+)", "{name} 不帶內容，多寫了 {what}"),
        (r"argument (?P<name>.+?): not allowed with argument (?P<what>.+)", "{name} 不能與 {what} 同用"),
        (r"one of the arguments (?P<what>.+) is required", "缺少其中之一：{what}"),
        (r"ambiguous option: (?P<what>.+) could match (?P<some>.+)", "{what} 可以是 {some}，請寫全"),
    )
)


def told(message: str) -> str:
    """Return argparse's message as a sentence of ours; one that is new to us as it came."""
    for pattern, said in _SENTENCES:
        found = pattern.fullmatch(message)
        if found:
            return said.format(**found.groupdict())
    return message
