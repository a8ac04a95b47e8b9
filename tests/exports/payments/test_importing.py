"""Payment sheets the whole way: from a file to payments, with every doubt told at its cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import paymentlist, payments, vault
from db.database import Database
from db.errors import Cancelled, PrivateLocked, Refused, UnreadableInput
from db.models import AuditRow, Payment, PaymentImport
from db.paymentlist import PaymentFilter
from db.undo import undo
from exports.payments import importing, persons
from tests.db.vaults import CHEAP
from tests.db.villages import identity
from tests.exports.payments.sheets import HEAD, ROWS, TITLE, TOTAL, account, county, line, one, shown, told, write

PASSWORD = "測試用 correct horse 42"


def rows_of(database: Database) -> list[paymentlist.PaymentLine]:
    with database.reading() as session:
        return paymentlist.page(session, PaymentFilter())


def test_a_sheet_is_taken_as_its_title_says(database: Database, tmp_path: Path) -> None:
    policy = county(database)
    preview = shown(database, one(tmp_path / "石橋.xlsx", *ROWS, TOTAL, ("製表人：某某", None, "審核：某某")))
    sheet = preview.sheets[0]
    assert told(preview) == []
    assert (sheet.total.rows, sheet.total.amount_fen, sheet.totals.own) == (3, 217875, 217875)
    changes = importing.apply(database, shown=preview)
    first = rows_of(database)[0]
    assert (first.town, first.village, first.policy, first.period) == ("石橋鎮", "石橋村", policy, "2022")
    assert (first.name, first.quantity, first.unit, first.standard) == ("王建國", "5", "畝", "105元/畝")
    assert (first.amount_fen, first.source_row) == (52500, 3)
    assert first.identity_mask == f"43*************{identity(1)[-3:]}"
    assert changes.title.startswith("導入發放表「石橋.xlsx」：3 行、2,178.75 元")


def test_an_import_is_one_audit_row_and_undo_switches_it(database: Database, tmp_path: Path) -> None:
    county(database)
    changes = importing.apply(database, shown=shown(database, one(tmp_path / "a.xlsx", *ROWS)))
    with database.reading() as session:
        assert session.query(AuditRow).filter(AuditRow.batch_id == changes.batch).count() == 1
        assert paymentlist.count(session, PaymentFilter()) == (3, 217875)
    back = undo(database, batch=changes.batch or 0)
    with database.reading() as session:
        assert paymentlist.count(session, PaymentFilter()) == (0, 0)
        assert session.query(Payment).count() == 3
    undo(database, batch=back.batch or 0)
    assert len(rows_of(database)) == 3


def test_the_same_file_is_refused_until_it_is_withdrawn(database: Database, tmp_path: Path) -> None:
    county(database)
    path = one(tmp_path / "a.xlsx", *ROWS)
    importing.apply(database, shown=shown(database, path))
    again = shown(database, path)
    assert again.files[0].known is not None
    assert again.files[0].known[0] == 1
    with pytest.raises(Refused, match="沒有重複導入"):
        importing.apply(database, shown=again)
    payments.withdraw(database, import_id=1)
    importing.apply(database, shown=shown(database, path))
    assert len(rows_of(database)) == 3
    with pytest.raises(Refused):
        payments.restore(database, import_id=1)


def test_no_order_of_undoing_makes_a_sheet_count_twice(database: Database, tmp_path: Path) -> None:
    county(database)
    path = one(tmp_path / "a.xlsx", *ROWS)
    first = importing.apply(database, shown=shown(database, path))
    back = undo(database, batch=first.batch or 0)
    importing.apply(database, shown=shown(database, path))
    redone = undo(database, batch=back.batch or 0)
    assert len(rows_of(database)) == 3
    assert len(redone.notes) == 1
    taken = payments.withdraw(database, import_id=2)
    importing.apply(database, shown=shown(database, path))
    assert len(undo(database, batch=taken.batch or 0).notes) == 1
    assert len(rows_of(database)) == 3


def test_a_sheet_imported_anew_is_not_doubled_by_redo(database: Database, tmp_path: Path) -> None:
    county(database)
    path = one(tmp_path / "a.xlsx", *ROWS)
    first = importing.apply(database, shown=shown(database, path))
    back = undo(database, batch=first.batch or 0)
    importing.apply(database, shown=shown(database, path))
    assert len(undo(database, batch=back.batch or 0).notes) == 1
    assert len(rows_of(database)) == 3
    withdrawn = payments.withdraw(database, import_id=2)
    importing.apply(database, shown=shown(database, path))
    undo(database, batch=withdrawn.batch or 0)
    assert len(rows_of(database)) == 3


def test_cancelling_leaves_nothing(database: Database, tmp_path: Path) -> None:
    county(database)
    preview = shown(database, one(tmp_path / "a.xlsx", *ROWS))

    def stop(_done: int, _total: int) -> None:
        raise Cancelled("已取消，沒有改動任何數據。")

    with pytest.raises(Cancelled):
        importing.apply(database, shown=preview, progress=stop)
    with database.reading() as session:
        assert session.query(Payment).count() == session.query(PaymentImport).count() == 0


def test_a_file_that_changed_after_its_preview_is_refused(database: Database, tmp_path: Path) -> None:
    county(database)
    path = one(tmp_path / "a.xlsx", *ROWS)
    preview = shown(database, path)
    one(path, *ROWS, line(4, "趙六"))
    with pytest.raises(Refused, match="預覽之後改動過"):
        importing.apply(database, shown=preview)


def test_problems_are_told_by_cell_and_only_the_unreadable_is_left_out(database: Database, tmp_path: Path) -> None:
    county(database)
    wrong_digit = identity(6)[:-1] + ("1" if identity(6)[-1] != "1" else "2")
    path = one(
        tmp_path / "a.xlsx",
        line(1),  # row 3
        line(2, ""),
        line(3, "無金額", amount=None),
        line(4, "零頭", amount="10.005"),
        line(5, "文字", amount="未發"),
        line(6, "校驗位", identity=wrong_digit),
        line(7, "改壞", identity=430626196203050000.0, account=6217000000000012345.0),
        line(8, "改壞二", identity="430626196203051000"),
        line(9, "不符", area=2, amount=500),
        line(10, "重複", identity=identity(1)),
        line(11, "附注", note=f"代領人身份證{identity(99)}"),
        line(12, "舊號", identity="430626700305022"),
    )
    preview = shown(database, path)
    assert told(preview) == [
        ("no_name", "B4"),
        ("no_amount", "G5"),
        ("part_fen", "G6"),
        ("bad_amount", "G7"),
        ("identity_digit", "C8"),
        ("identity_spoilt", "C9"),
        ("account_spoilt", "D9"),
        ("identity_spoilt", "C10"),
        ("product", "G11"),
        ("twice", "C12"),
        ("two_names", "B12"),
        ("private_text", "H13"),
    ]
    assert preview.left_out == 4
    importing.apply(database, shown=preview)
    assert len(rows_of(database)) == 8
    everything = repr(preview.sheets[0].findings.told) + repr(rows_of(database))
    assert not any(number in everything for number in (identity(1), identity(99), wrong_digit, account(1)))


def test_totals_are_held_against_rows_and_never_stored(database: Database, tmp_path: Path) -> None:
    county(database)
    head = ("村", "姓名", "補貼金額（元）")
    rows = [
        ("石橋村", "甲", 100),
        ("", "乙", 50),
        ("小計", None, 150),
        ("大石橋村", "丙", 70),
        ("小  計", None, 80),
        ("合計", None, 230),
    ]
    preview = shown(database, one(tmp_path / "a.xlsx", *rows, title="2022年耕地地力保護補貼", head=head))
    assert told(preview) == [("village_above", "A4"), ("total", "C7"), ("total", "C8")]
    sheet = preview.sheets[0]
    assert sheet.total.amount_fen == 22000
    assert sheet.totals.own == 23000
    assert {preview.names[place]: fen for place, fen in sheet.totals.by_place.items()} == {
        "石橋鎮石橋村": 15000,
        "石橋鎮大石橋村": 8000,
    }


def test_ten_thousands_two_rows_of_heading_and_a_page_break(database: Database, tmp_path: Path) -> None:
    county(database)
    rows = [
        ("石橋村2022年第一季度耕地地力保護補貼發放表", None, None, None, "單位：萬元"),
        ("序號", "戶主姓名", "補貼資金", None, None),
        (None, None, "面積（畝）", "標準（元/畝）", "金額"),
        (1, "甲", 100, 105, 1.05),
        ("序號", "戶主姓名", "面積（畝）", "標準（元/畝）", "金額"),
        (2, "乙", 20, 105, 0.21),
    ]
    preview = shown(database, write(tmp_path / "a.xlsx", {"Sheet1": rows}))
    assert preview.sheets[0].money == "萬元"
    assert told(preview) == []
    importing.apply(database, shown=preview)
    first = rows_of(database)[0]
    assert (first.amount_fen, first.quantity, first.standard, first.period) == (1_050_000, "100", "105元/畝", "2022-Q1")


def test_a_sheet_a_village(database: Database, tmp_path: Path) -> None:
    county(database)
    rows = [("姓名", "金額"), ("甲", 10), ("合計", 10)]
    path = write(tmp_path / "2022年耕地地力保護補貼.xlsx", {"石橋村": rows, "河東村": rows, "說明": [("填表說明",)]})
    preview = shown(database, path)
    importing.apply(database, shown=preview)
    assert [row.village for row in rows_of(database)] == ["石橋村", "河東村"]


def test_an_unknown_or_doubtful_village_is_asked_and_may_be_answered(database: Database, tmp_path: Path) -> None:
    county(database)
    head = ("村", "姓名", "金額")
    path = one(tmp_path / "a.xlsx", ("新華村", "甲", 1), ("小河村", "乙", 2), title="2022年耕地地力保護補貼", head=head)
    preview = shown(database, path)
    assert dict(preview.sheets[0].questions) == {("village", "", "新華村"): 1, ("village", "", "小河村"): 1}
    assert preview.rows == 0
    village = next(number for number, name in preview.names.items() if name == "安定鎮新華村")
    answered = shown(database, path, places={"新華村": village, "小河村": village})
    importing.apply(database, shown=answered)
    assert {row.town for row in rows_of(database)} == {"安定鎮"}


def test_simplified_headings_and_the_clerks_choices(database: Database, tmp_path: Path) -> None:
    policy = county(database)
    head = ("户主姓名", "身份证号", "补贴金额(万元)", "发放日期", "备注")
    path = one(tmp_path / "a.xlsx", ("王建国", identity(1), "0.0525", "2022年6月30日", None), title="花名册", head=head)
    first = shown(database, path)
    assert first.sheets[0].questions[("village", "", "")] == 1
    place = next(number for number, name in first.names.items() if name == "石橋鎮石橋村")
    importing.apply(database, shown=shown(database, path, policy=policy, period="2022", village=place))
    row = rows_of(database)[0]
    assert (row.amount_fen, str(row.paid_on)) == (52500, "2022-06-30")


def test_columns_that_the_clerk_settled_are_remembered(database: Database, tmp_path: Path) -> None:
    county(database)
    head = ("姓名", "到手", "金額")
    path = one(tmp_path / "a.xlsx", ("甲", 8, 10), head=head)
    importing.apply(
        database, shown=shown(database, path, columns={("a.xlsx", "發放表"): {0: "name", 1: "amount", 2: ""}})
    )
    assert rows_of(database)[0].amount_fen == 800
    later = shown(database, one(tmp_path / "b.xlsx", ("乙", 9, 10), head=head))
    assert later.amount_fen == 900


def test_what_is_remembered_of_columns_holds_no_telephone(database: Database, tmp_path: Path) -> None:
    county(database)
    sheet, rows = f"表{identity(6)}", [(TITLE,), ("姓名", "到手", "備注13800138000"), ("甲", 8, 10)]
    chosen = {("a.xlsx", sheet): {0: "name", 1: "amount", 2: ""}}
    importing.apply(database, shown=shown(database, write(tmp_path / "a.xlsx", {sheet: rows}), columns=chosen))
    assert shown(database, write(tmp_path / "b.xlsx", {sheet: [*rows, ("乙", 9, 10)]})).amount_fen == 1700
    content = b"".join(path.read_bytes() for path in database.path.parent.glob("*.db*"))
    assert not any(number in content for number in (identity(6).encode(), b"13800138000"))


def test_persons_are_found_between_files_with_a_password(database: Database, tmp_path: Path) -> None:
    county(database)
    vault.set_password(database, password=PASSWORD, kdf=CHEAP)
    importing.apply(database, shown=shown(database, one(tmp_path / "a.xlsx", *ROWS)))
    title = TITLE.replace("石橋村", "大石橋村")
    other = one(tmp_path / "b.xlsx", line(1, "王建国"), line(2, "李秀瑛"), title=title)
    assert told(shown(database, other)) == [("stored", "C3"), ("stored", "C4"), ("two_names", "B4")]


def test_private_sides_are_sealed_and_open_again(database: Database, tmp_path: Path) -> None:
    county(database)
    vault.set_password(database, password=PASSWORD, kdf=CHEAP)
    head = (*HEAD, "聯繫電話", "家庭住址")
    importing.apply(
        database, shown=shown(database, one(tmp_path / "a.xlsx", (*ROWS[0], "13800001234", "石橋村一組8號"), head=head))
    )
    with database.reading() as session:
        row = session.query(Payment).one()
        assert row.sealed is not None
        assert persons.opened(row.sealed, vault.keyring(database)) == {
            "identity": identity(1),
            "account": account(1),
            "telephone": "13800001234",
            "address": "石橋村一組8號",
        }
        assert session.query(PaymentImport).one().sealed


def test_a_locked_vault_is_asked_to_be_opened(database: Database, tmp_path: Path) -> None:
    county(database)
    vault.set_password(database, password=PASSWORD, kdf=CHEAP)
    vault.lock(database)
    with pytest.raises(PrivateLocked):
        shown(database, one(tmp_path / "a.xlsx", *ROWS))


def test_nothing_private_lies_in_the_clear(database: Database, tmp_path: Path) -> None:
    county(database)
    vault.set_password(database, password=PASSWORD, kdf=CHEAP)
    rows = [line(number, note=f"電話13800{number:06d}") for number in range(1, 60)]
    rows[3] = line(4, name=f"王{identity(4)}", area=identity(4))
    path = write(tmp_path / f"王建國{identity(5)}.xlsx", {f"表{identity(6)}": [(TITLE,), HEAD, *rows]})
    importing.apply(database, shown=shown(database, path))
    payments.correct(database, payment=1, values={"amount_fen": 60000}, reason="核實面積")
    folder = database.path.parent
    written = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".xlsx"]
    assert any(path.name.endswith("-wal") for path in written)
    for path in written:
        content = path.read_bytes()
        for number in range(1, 60):
            for private in (identity(number), account(number), f"13800{number:06d}"):
                assert private.encode() not in content, path.name


@pytest.mark.parametrize("kind", ["csv", "gbk", "tsv"])
def test_texts_with_separators(database: Database, tmp_path: Path, kind: str) -> None:
    county(database)
    mark = "\t" if kind == "tsv" else ","
    lines = [TITLE, mark.join(["姓名", "身份證號", "金額"]), mark.join(["王建國", f'="{identity(1)}"', "525.5"])]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), encoding="gb18030" if kind == "gbk" else "utf-8-sig")
    importing.apply(database, shown=shown(database, path))
    assert (rows_of(database)[0].amount_fen, rows_of(database)[0].identity_mask[:2]) == (52550, "43")


def test_files_that_cannot_be_read_are_refused_in_a_sentence(database: Database, tmp_path: Path) -> None:
    county(database)
    (tmp_path / "empty.xlsx").write_bytes(b"")
    (tmp_path / "text.xlsx").write_text("不是表格", encoding="utf-8")
    one(tmp_path / "cut.xlsx", *ROWS)
    (tmp_path / "cut.xlsx").write_bytes((tmp_path / "cut.xlsx").read_bytes()[:-400])
    write(tmp_path / "other.xlsx", {"Sheet1": [("會議通知",), ("時間", "地點")]})
    for name in ("empty.xlsx", "text.xlsx", "cut.xlsx", "other.xlsx", "none.xlsx"):
        with pytest.raises(UnreadableInput):
            shown(database, tmp_path / name)
