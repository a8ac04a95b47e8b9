"""The sheet with the recovery key says the key, whose it is and what to do with it, and every sign is on it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from db import recovery
from db.settings import Office
from exports.pdf.recovery import print_recovery


@pytest.mark.parametrize(("script", "word"), [("zh_Hans", "恢复密钥"), ("zh_Hant", "恢復密鑰")])
def test_the_key_stands_on_the_sheet(script: str, word: str) -> None:
    key = recovery.new_key()
    office = Office(office_name="清江縣人民政府辦公室", output_script=script)
    printed = print_recovery(key, office=office, database="臺賬.db", on=date(2022, 6, 1))
    pages = PdfReader(BytesIO(printed.content)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    assert printed.missing == ()
    assert set(key.split("-")) <= set(text.replace("\n", "-").split("-"))
    assert word in text
    assert "2022年6月1日" in text
    assert "臺賬.db" in text
    assert "清江縣人民政府辦公室" in text
