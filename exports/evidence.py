"""Evidence leaves the house again (佐證材料): written under names that every system takes, never over each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from db.evidence import Attachment
from exports.safewrite import safe_write_bytes

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_LONGEST = 80  # characters of a name; three bytes each in UTF-8, and some file systems take 255 bytes


def plain_name(name: str) -> str:
    """Return a file name without what Windows or a USB stick refuses; the extension stays."""
    cleaned = _FORBIDDEN.sub("_", name).strip(". ")
    if not cleaned or _DEVICES.match(cleaned):
        cleaned = f"_{cleaned}"
    path = Path(cleaned)
    suffix = path.suffix[:12]
    return cleaned[: len(cleaned) - len(path.suffix)][: _LONGEST - len(suffix)].rstrip(". ") + suffix


def write_all(folder: Path, files: Sequence[Attachment]) -> list[Path]:
    """Write files to a folder and return their paths; a name that is taken gets a number."""
    written = []
    for file in files:
        name = Path(plain_name(file.name))
        target, number = folder / name, 2
        while target.exists():
            target = folder / f"{name.stem}({number}){name.suffix}"
            number += 1
        written.append(safe_write_bytes(target, file.content))
    return written
