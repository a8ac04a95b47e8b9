"""The faces of official papers that many offices have on their machines: 小標宋, 仿宋, 楷體."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

from exports.pdf.truetype import Font, NotUsableError, families

# By what name they go, the fullest first: a font of GB 2312 alone would have others' signs among its own.
TITLE = (
    "方正小标宋_GBK",
    "FZXiaoBiaoSong-B05",
    "方正小标宋简体",
    "FZXiaoBiaoSong-B05S",
    "小标宋",
    "华文中宋",
    "STZhongsong",
)
FANGSONG = (
    "仿宋",
    "FangSong",
    "方正仿宋_GBK",
    "FZFangSong-Z02",
    "华文仿宋",
    "STFangsong",
    "仿宋_GB2312",
    "FangSong_GB2312",
)
KAI = ("楷体", "KaiTi", "方正楷体_GBK", "FZKai-Z03", "华文楷体", "STKaiti", "楷体_GB2312", "KaiTi_GB2312")
SETTING = "TAIZHANG_FONTS"
"""An environment variable; ``bundled`` leaves the machine's fonts alone, so that papers are the same everywhere."""
_ENDINGS = {".ttf", ".ttc"}


def font(names: Sequence[str]) -> Font | None:
    """Return the first of the machine's fonts that may be embedded and goes by one of ``names``."""
    if os.environ.get(SETTING) == "bundled":
        return None
    for name in names:
        for path, index in _installed().get(name.casefold(), ()):
            try:
                found = Font(path, index)
                usable = found.embeddable and found.sound
            except (OSError, NotUsableError):
                continue
            if usable:
                return found
    return None


@cache
def _installed() -> dict[str, list[tuple[Path, int]]]:
    """Return the machine's fonts with outlines by each of their names."""
    found: dict[str, list[tuple[Path, int]]] = {}
    for path in sorted(_files()):
        try:
            for index, names in families(path):
                for name in names:
                    found.setdefault(name.casefold(), []).append((path, index))
        except NotUsableError:
            continue
    return found


def _files() -> Iterator[Path]:
    """Yield the files that may hold a wanted font.

    Windows knows the names of its fonts; to open all of them there could take seconds on an old disk.
    """
    if sys.platform == "win32":
        wanted = [name.casefold() for name in (*TITLE, *FANGSONG, *KAI)]
        yield from (path for name, path in _registered() if any(one in name.casefold() for one in wanted))
    else:
        own = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
        shared = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
        folders = [own / "fonts", Path.home() / ".fonts", *(Path(start, "fonts") for start in shared)]
        for place, _, names in chain.from_iterable(map(os.walk, folders)):
            yield from (Path(place, name) for name in names if Path(name).suffix.lower() in _ENDINGS)


if sys.platform == "win32":
    import winreg

    def _registered() -> Iterator[tuple[str, Path]]:
        """Yield the names of the fonts that Windows has for all users and for this one, with their files."""
        folder = Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts")
        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            try:
                with winreg.OpenKey(root, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts") as key:
                    for at in range(winreg.QueryInfoKey(key)[1]):
                        name, file, _ = winreg.EnumValue(key, at)
                        yield name, folder / str(file)  # a font of this user's has its whole path, which stays
            except OSError:
                continue
