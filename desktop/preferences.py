"""What one person's window remembers between starts: script, type size and operator; no data of the office."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from desktop.script import Script

SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


def default_path() -> Path:
    """Return where the preferences of the account lie."""
    from platformdirs import user_config_path

    return user_config_path("taizhang", appauthor=False) / "preferences.json"


@dataclass(slots=True)
class Preferences:
    """The remembered values. ``path`` is where :meth:`save` writes them, None for nowhere."""

    script: Script = Script.TRADITIONAL
    scale: float = 1.0
    operator: str = ""
    layouts: dict[str, Any] = field(default_factory=dict)
    path: Path | None = field(default=None, compare=False)

    def save(self) -> None:
        """Write the values; raise a ``Trouble`` where that is not possible, leaving the old file."""
        from exports.safewrite import safe_write_bytes

        if self.path is None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        values = {key: value for key, value in asdict(self).items() if key != "path"}
        safe_write_bytes(self.path, (json.dumps(values, indent=1) + "\n").encode("ascii"))


def load(path: Path) -> Preferences:
    """Return the preferences kept at ``path``; the default ones where there are none.

    A file that cannot be understood is set aside under another name, and a value that is not offered (any more)
    falls back to its default: how the window looks must never keep it from opening.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        return Preferences(path=path)
    except (ValueError, RecursionError):
        kept = None
    if not isinstance(kept, dict):
        with suppress(OSError):  # a folder that cannot be written: saving will say so
            path.replace(path.with_name(f"{path.name}.broken"))
        return Preferences(path=path)
    layouts = kept.get("layouts")
    return Preferences(
        _script(kept.get("script")),
        _scale(kept.get("scale")),
        _operator(kept.get("operator")),
        layouts if isinstance(layouts, dict) else {},
        path,
    )


def _script(value: object) -> Script:
    return next((script for script in Script if script.value == value), Script.TRADITIONAL)


def _scale(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        return 1.0
    return min(SCALES, key=lambda scale: abs(scale - value))


def _operator(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
