"""Papers a policy rests on (文件依據) in one text: parted, joined again, their numbers checked for form.

The text stays as it was entered: a number is looked for in it, never put into another form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

_OPEN, _CLOSE = "〔\\[［(（【﹝〖", "〕\\]］)）】﹞〗"
_WORD = r"[㐀-鿿×Ｘ]{1,14}"
_YEAR = rf"[{_OPEN}]\s?(?:19|20)\d\d\s?年?[{_CLOSE}]"
NUMBER = re.compile(rf"{_WORD}\s?{_YEAR}\s?(?:第\s?)?\d{{1,5}}\s?[号號]?")
_DECREE = re.compile(
    rf"{_WORD}(?:令|公告)\s?[{_OPEN}]?\s?(?:(?:19|20)\d\d\s?年?)?\s?[{_CLOSE}]?\s?第?\s?\d{{1,5}}\s?[号號]"
)
_RIGHT = re.compile(rf"{_WORD}〔(?:19|20)\d\d〕[1-9]\d{{0,4}}[号號]")
# Where the words of a number begin when a title runs into it: 關於…的通知湘財農〔2022〕16號.
_BEFORE = re.compile(
    r".*(?:通知|意见|意見|决定|決定|办法|辦法|方案|规定|規定|细则|細則|公告|批复|批復|文件|依据|依據|和|及)"
)
_LONGEST = 80
_MARKED = re.compile(r"^\s*(?:[（(]\s*)?")
_FIRM = re.compile(r"[；;\n]+")
_SOFT = re.compile(r"[、，,\s]+")
_PAIRS = {"《": "》", "（": "）", "(": ")", "“": "”", "「": "」", "〈": "〉"}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its title as entered, and its number where one was found. A title may contain the number."""

    title: str
    doc_no: str

    @property
    def text(self) -> str:
        """Return the paper as it is printed."""
        if not self.doc_no or self.doc_no in self.title:
            return self.title
        return f"{self.title}（{self.doc_no}）" if self.title else self.doc_no


def joined(papers: Sequence[Paper]) -> str:
    """Return papers as one text, each on a line of its own."""
    return "\n".join(paper.text for paper in papers)


def parted(text: str) -> list[Paper]:
    """Return the papers in a text as it was typed or stands in a cell."""
    return [_paper(piece) for piece in _pieces(text)]


def number_in(text: str) -> str:
    """Return the first document number in a text as it stands there, empty without one."""
    found = NUMBER.search(text) or _DECREE.search(text)
    if found is None:
        return ""
    number = found[0].strip()
    word = re.match(_WORD, number)
    cut = _BEFORE.match(word[0]) if word else None
    return number[cut.end() :] if cut and word and cut.end() < len(word[0]) else number


def _paper(piece: str) -> Paper:
    number = number_in(piece)
    if not number or len(number) > _LONGEST:
        return Paper(piece, "")
    if number == piece:
        return Paper("", number)
    for bare in (piece.removesuffix(f"（{number}）"),):
        if bare != piece and number not in bare:
            return Paper(bare, number)
    return Paper(piece, number)


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts: at line ends and semicolons, at 、 only between whole papers, never inside brackets."""
    waiting = ""
    for line in _cut(text, _FIRM):
        if waiting and _is_number(line):
            waiting += line if line[0] in "（(" else f"（{line}）"
            continue
        if waiting:
            yield from _softly(waiting)
        waiting = line
    if waiting:
        yield from _softly(waiting)


def _is_number(line: str) -> bool:
    """Tell whether a line holds nothing but a number in round brackets: it belongs to the title above."""
    return line[0] in "（(" and line[-1] in "）)" and number_in(line) == line[1:-1].strip()


def _softly(line: str) -> Iterator[str]:
    """Part a line at 、 or a space where what stands before and after is a paper by itself."""
    held = ""
    parts = list(_signed(line, _SOFT))
    for (part, sign), (following, _sign) in zip(parts, [*parts[1:], ("", "")], strict=True):
        held += part
        if _whole(held) and not following.startswith(("號", "号")):  # 財農〔2022〕16 號 is one number
            yield held
            held = ""
        else:
            held += sign
    if held.strip():
        yield held.strip()


def _whole(text: str) -> bool:
    return bool(number_in(text)) or text.rstrip().endswith("》")


def _cut(text: str, at: re.Pattern[str]) -> Iterator[str]:
    for part, _sign in _signed(text, at):
        if part.strip():
            yield part.strip()


def _signed(text: str, at: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text with the sign behind each; signs inside brackets that are closed do not count."""
    closed = _closed(text)
    start = 0
    for sign in at.finditer(text):
        if not any(first < sign.start() < last for first, last in closed):
            yield text[start : sign.start()], sign[0]
            start = sign.end()
    yield text[start:], ""


def _closed(text: str) -> list[tuple[int, int]]:
    found, open_at = [], []
    for place, sign in enumerate(text):
        if sign in _PAIRS:
            open_at.append((place, _PAIRS[sign]))
        elif open_at and sign == open_at[-1][1]:
            found.append((open_at.pop()[0], place))
    return found


def doubts(paper: Paper, *, today: date) -> list[str]:
    """Return what is not as it should be in a paper's number, as sentences; an empty list where all is well."""
    number = paper.doc_no
    if not number:
        return [f"「{_short(paper.title)}」沒有文號，請核對。"]
    if _RIGHT.fullmatch(number) or (_DECREE.fullmatch(number) and not NUMBER.fullmatch(number)):
        return _of_year(number, today)
    told = []
    if not re.search(r"〔(?:19|20)\d\d〕", number):
        told.append(f"「{number}」的年份應放在六角括號〔〕裏，不帶「年」字。")
    if "第" in number:
        told.append(f"「{number}」的序號前不用「第」。")
    if number[-1] not in "号號":
        told.append(f"「{number}」末尾缺「號」。")
    if re.search(r"[^\d]0\d*\s?[号號]?$", number):
        told.append(f"「{number}」的序號前不用補 0。")
    if re.search(r"\s", number):
        told.append(f"「{number}」中間有空格。")
    return [*(told or [f"「{number}」不像通常的文號，請核對。"]), *_of_year(number, today)]


def _of_year(number: str, today: date) -> list[str]:
    year = re.search(r"(?:19|20)\d\d", number)
    return [f"「{number}」的年份還沒有到，請核對。"] if year and int(year[0]) > today.year else []


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


_SHOWN = 30
