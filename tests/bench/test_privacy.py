"""How long the search of a finished posting takes, beside making it and beside bare reading."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from pypdfium2 import PdfDocument

from exports.privacy import scan_bytes
from tests.bench.villages import PER_VILLAGE, TITLES, cells, print_village

pytestmark = pytest.mark.bench
ROUNDS = 8
MOST_OF_PRINTING, MOST_OF_READING, MOST_OF_TEXT = 1.5, 0.6, 3.0
SECRETS = [str(430124198001010000 + at) for at in range(2 * PER_VILLAGE)]


def best(work: Callable[[], object]) -> float:
    """Return the shortest time of several, in milliseconds of the processor."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        times.append((time.process_time() - began) * 1000)
    return min(times)


def text_of(content: bytes) -> int:
    document = PdfDocument(content)
    length = sum(len(page.get_textpage().get_text_range()) for page in document)
    document.close()
    return length


def test_a_posting_is_searched_about_as_fast_as_it_is_printed(tmp_path: Path) -> None:
    making = best(lambda: print_village(str(tmp_path), 3))
    content = (tmp_path / "003.pdf").read_bytes()
    assert scan_bytes(content, "003.pdf", secrets=SECRETS) == []
    searching = best(lambda: scan_bytes(content, "003.pdf", secrets=SECRETS))
    reading = best(lambda: text_of(content))
    print(f"made {making:.1f} ms, text {reading:.1f} ms, searched {searching:.1f} ms")
    assert searching < making * MOST_OF_PRINTING
    assert searching < reading * MOST_OF_TEXT


def test_a_workbook_is_searched_faster_than_it_is_read() -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(TITLES)
    for number in range(PER_VILLAGE):
        sheet.append(cells(number))
    content = BytesIO()
    made.save(content)
    reading = best(lambda: load_workbook(BytesIO(content.getvalue())))
    assert scan_bytes(content.getvalue(), "003.xlsx", secrets=SECRETS) == []
    searching = best(lambda: scan_bytes(content.getvalue(), "003.xlsx", secrets=SECRETS))
    print(f"read {reading:.1f} ms, searched {searching:.1f} ms")
    assert searching < reading * MOST_OF_READING
