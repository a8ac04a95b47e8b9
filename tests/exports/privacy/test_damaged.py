"""Files damaged anywhere: searched or refused in a sentence, never a traceback, and in good time."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.errors import UnreadableInput
from exports.privacy import scan_bytes
from tests.exports.privacy.plants import book, document, saved
from tests.exports.privacy.test_pdfs import PLANTS, drawn

FILES = (saved(book()[0]), document("甲村"), drawn(PLANTS["note"][0]), "<p>甲村<b>1</b>".encode())


@settings(max_examples=80)
@given(
    content=st.sampled_from(FILES),
    cut=st.floats(0.1, 1),
    changes=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255), st.integers(0, 40)), max_size=5),
)
def test_damage_is_told_in_a_sentence(content: bytes, cut: float, changes: list[tuple[float, int, int]]) -> None:
    damaged = bytearray(content[: max(1, int(len(content) * cut))])
    for place, value, gone in changes:
        at = int(len(damaged) * place)
        damaged[at : at + gone] = bytes([value])
    with suppress(UnreadableInput):
        scan_bytes(bytes(damaged), "公示")


def test_a_package_that_unpacks_without_end_is_refused() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    with pytest.raises(UnreadableInput, match="大得不正常"):
        scan_bytes(content.getvalue(), "公示.xlsx")


def test_a_stream_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import zlib

    packed = zlib.compress(b"<?xml " + b" " * 5_000)
    one = b"\n99 0 obj\n<</Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    monkeypatch.setattr("exports.privacy.pdfstreams._MOST", 1_000)
    with pytest.raises(UnreadableInput, match="大得不正常"):
        scan_bytes(drawn(PLANTS["note"][0]) + one, "公示.pdf")
