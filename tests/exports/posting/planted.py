"""Private numbers planted wherever a payment sheet has a place for them, and the search for them afterwards."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.db import villages
from tests.exports.payments.sheets import account

HEAD = (
    "序號",
    "姓名",
    "組別",
    "身份證號碼",
    "一卡通賬號",
    "電話",
    "住址",
    "面積(畝)",
    "補貼標準",
    "補貼金額(元)",
    "備注",
)
NAMES = ("王建國", "李秀英", "張偉", "王建國", "阿依古麗·買買提", "陳桂蘭")


def telephone(number: int) -> str:
    """Return a made-up mobile number."""
    return f"139{number * 7907 % 10**8:08d}"


@dataclass
class Planted:
    """All private numbers that went into sheets."""

    numbers: set[str] = field(default_factory=set)

    def person(self, number: int) -> tuple[str, str, str]:
        """Return identity number, account and telephone of a person, and remember them."""
        born = f"19{50 + number % 40:02d}{1 + number % 12:02d}{1 + number % 28:02d}"
        found = (villages.identity(number, born=born), account(number), telephone(number))
        self.numbers.update(found)
        return found

    def sheet(self, path: Path, town: str, village: str, first: int, *, rows: int = 6, hostile: bool = True) -> Path:
        """Write a village's sheet; ``hostile`` plants numbers in notes, groups, hidden parts and properties too."""
        book = Workbook()
        page = book.worksheets[0]
        page.title = "發放表"
        page.append([f"{town}{village}2022年耕地地力保護補貼發放清冊"])
        page.append(list(HEAD))
        for number in range(rows):
            identity, card, mobile = self.person(first + number)
            area = 2 + number
            note = f"代領人證件{identity}，卡{card}" if hostile and number % 3 == 0 else "上年結轉"
            line = (number + 1, NAMES[number % 6], f"第{number % 3 + 1}組", identity, card, mobile)
            page.append([*line, f"{village}{number + 1}組{number + 3}號", area, "105元/畝", area * 105, note])
        if hostile:
            self._hide(book, page, first)
        book.save(path)
        return path

    def _hide(self, book: Workbook, page: Worksheet, first: int) -> None:
        identity, card, mobile = self.person(first + 900)
        page["B3"].comment = Comment(f"身份證 {identity}", f"經辦 {mobile}")
        page.column_dimensions["N"].hidden = True
        page["N3"] = identity
        page.row_dimensions[40].hidden = True
        page["A40"] = f"備用卡 {card}"
        hidden = book.create_sheet("底冊")
        hidden.sheet_state = "hidden"
        hidden.append([identity, card, mobile])
        book.properties.creator = identity
        book.properties.title = f"花名冊 {card}"
        book.properties.description = mobile
        header = page.oddHeader
        assert header is not None
        assert header.center is not None
        header.center.text = f"聯繫 {mobile}"


def left_in(paths: list[Path], numbers: set[str]) -> Iterator[str]:
    """Yield where any of the numbers stands: in bytes, in what a PDF shows, in parts of a workbook, in names."""
    wanted = {number.encode() for number in numbers}
    for path in paths:
        content = path.read_bytes()
        if _holds(path.name.encode(), wanted) or _holds(content, wanted) or _holds(content.replace(b"\0", b""), wanted):
            yield path.name
        elif path.suffix == ".pdf" and _holds(_shown(content).encode(), wanted):
            yield f"{path.name}（文字）"
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                if any(_holds(package.read(name), wanted) for name in package.namelist()):
                    yield f"{path.name}（內部）"


def _holds(content: bytes, wanted: set[bytes]) -> bool:
    """Tell whether a number stands anywhere in a run of digits; thousands of them are looked for at once."""
    lengths = {len(number) for number in wanted}
    return any(
        run[at : at + length] in wanted
        for run in re.findall(rb"[0-9X]{%d,}" % min(lengths), content)
        for length in lengths
        for at in range(len(run) - length + 1)
    )


def _shown(content: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    told = "".join(document.get_metadata_dict().values())
    document.close()
    return re.sub(r"\s", "", text + told)
