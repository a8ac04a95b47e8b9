"""Write, search, only then put in place: a file with private data in it never stands under its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from db.errors import Trouble
from exports.privacy.finding import Finding
from exports.privacy.scan import scan_bytes, scan_file
from exports.safewrite import safe_write, safe_write_bytes

_TOLD = 3


class PrivateDataFound(Trouble):
    """A finished file has private data in it and was not kept; ``findings`` are all of them."""

    def __init__(self, name: str, findings: Sequence[Finding]) -> None:
        super().__init__(
            "「{name}」裏有不能公開的信息 {count} 處，沒有保存。請改掉後重新製作。", name=name, count=len(findings)
        )
        self.findings = tuple(findings)

    def __str__(self) -> str:
        return self.told(str)

    def told(self, convert: Callable[[str], str]) -> str:
        """Return the sentence and the first places."""
        places = [finding.told(convert) for finding in self.findings[:_TOLD]]
        more = [convert("……")] if len(self.findings) > _TOLD else []
        return super().told(convert) + "\n" + "\n".join([*places, *more])


def require_clean(
    file: Path | bytes,
    *,
    name: str = "",
    allowed: Iterable[str] = (),
    secrets: Iterable[str] = (),
    pictures: bool = False,
) -> None:
    """Raise :class:`PrivateDataFound` where anything private is in a file; its words are those of ``scan_file``.

    ``name`` is what the file will be called, and needed where only its content is there. What cannot be searched is
    refused too, as ``UnreadableInput``.
    """
    if isinstance(file, bytes):
        findings = scan_bytes(file, name, allowed=allowed, secrets=secrets, pictures=pictures)
    else:
        findings = scan_file(file, name=name, allowed=allowed, secrets=secrets, pictures=pictures)
    if findings:
        raise PrivateDataFound(name or findings[0].file, findings)


def write_clean(
    target: Path,
    write: Callable[[Path], object],
    *,
    allowed: Iterable[str] = (),
    secrets: Iterable[str] = (),
    pictures: bool = False,
) -> Path:
    """Write a file as ``safe_write`` does, but put it in its place only where nothing private is in it."""

    def searched(draft: Path) -> None:
        write(draft)
        require_clean(draft, name=target.name, allowed=allowed, secrets=secrets, pictures=pictures)

    return safe_write(target, searched)


def write_clean_bytes(
    target: Path,
    content: bytes,
    *,
    allowed: Iterable[str] = (),
    secrets: Iterable[str] = (),
    pictures: bool = False,
) -> Path:
    """Write a finished content where nothing private is in it; else nothing of it ever comes on the disk."""
    require_clean(content, name=target.name, allowed=allowed, secrets=secrets, pictures=pictures)
    return safe_write_bytes(target, content)
