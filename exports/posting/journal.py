"""The journal of a run (製作記錄): what is finished so far, so that a run that was killed is taken up again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exports.posting.make import digest

NAME = "公示製作記錄（未完成）.jsonl"


@dataclass(frozen=True, slots=True)
class Finished:
    """A posting whose files were written: the fingerprint of its content, its files with their SHA-256."""

    content: str
    files: Mapping[str, str]

    def stands(self, folder: Path, content: str) -> bool:
        """Tell whether these files are there unchanged and would come out the same."""
        return (
            content == self.content
            and bool(self.files)
            and all(_is(folder / name, sha256) for name, sha256 in self.files.items())
        )


def _is(path: Path, sha256: str) -> bool:
    try:
        return digest(path.read_bytes()) == sha256
    except OSError:
        return False


class Journal:
    """Lines of JSON in the folder of the run, each written before the next posting counts as made."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def read(self, period: str) -> dict[str, Finished]:
        """Return what an earlier run of a period has finished, by key, but for what it was writing when it ended."""
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return {}
        found = {}
        for line in lines:
            told = _parsed(line)
            if told is not None and told.get("period") == period:
                found[str(told["key"])] = Finished(str(told["content"]), dict(told["files"]))
        return found

    def add(self, period: str, key: str, finished: Finished) -> None:
        """Note that a posting is finished."""
        told = {"period": period, "key": key, "content": finished.content, "files": dict(finished.files)}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(told, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Take the journal away: the register knows all that is in it."""
        self._path.unlink(missing_ok=True)


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    whole = isinstance(told, dict) and {"period", "key", "content", "files"} <= told.keys()
    return told if whole and isinstance(told["files"], dict) else None
