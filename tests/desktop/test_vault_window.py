"""The password through the real window: set, the recovery key, locked, skipped, forgotten."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox
from sqlalchemy import select

from db import backup, units, vault
from db.models import Unit
from db.vault import VaultState
from desktop.desk import Desk
from desktop.dialogs.unlock import UnlockDialog
from desktop.evidence import Opener
from desktop.locking import lock
from desktop.pages.settings import SettingsPage
from desktop.pages.settings_vault import VaultPane
from desktop.script import Script
from desktop.widgets.passwordform import PasswordForm
from desktop.window import MainWindow
from tests.db import worlds
from tests.db.vaults import CHEAP, PASSWORD, traces, with_password

Settle = Callable[[], None]
OTHER = "另一句也好記的話"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "COST", CHEAP)


@pytest.fixture
def pane(window: MainWindow, settle: Settle) -> VaultPane:
    window.show_security()
    settle()
    return window.go_to(SettingsPage).vault


def fill(form: PasswordForm, **texts: str) -> None:
    for key, text in texts.items():
        form.fields[key].setText(text)
    form.accept_button.click()


def set_it(pane: VaultPane, settle: Settle) -> str:
    fill(pane.forms["set"], new=PASSWORD, again=PASSWORD)
    settle()
    return pane.key.key.text().replace("\n", "-")


def shown_forms(pane: VaultPane) -> list[str]:
    return [name for name, form in pane.forms.items() if form.isVisible()]


def asked() -> UnlockDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, UnlockDialog)
    return found


def test_a_password_is_set_and_the_recovery_key_shown_once(
    pane: VaultPane, window: MainWindow, desk: Desk, settle: Settle
) -> None:
    assert shown_forms(pane) == ["set"]
    assert window.lock_button.text() == "未設密碼"
    key = set_it(pane, settle)
    assert vault.state(desk.database) is VaultState.UNLOCKED
    assert window.lock_button.text() == "已解鎖"
    assert not window.notice.button.isVisible()  # no undo is offered
    assert pane.key.isVisible()
    assert shown_forms(pane) == []
    pane.key.kept_button.click()
    assert not pane.key.isVisible()
    assert pane.key.key.text() == ""
    vault.recover(desk.database, recovery_key=key, password=OTHER)


def test_the_cursor_follows_from_the_lock_to_the_first_field_to_the_key_to_be_printed(
    window: MainWindow, settle: Settle
) -> None:
    window.lock_button.click()
    settle()
    pane = window.go_to(SettingsPage).vault
    assert window.focusWidget() is pane.forms["set"].fields["new"]
    set_it(pane, settle)
    assert window.focusWidget() is pane.key.print_button
    pane.key.kept_button.click()
    assert window.focusWidget() is pane.lock_button


def test_the_recovery_key_is_printed_from_memory(
    pane: VaultPane, window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    key = set_it(pane, settle)
    pane.key.print_button.click()
    settle()
    assert window.shown() is window.preview
    text = PdfReader(BytesIO(window.preview._content)).pages[0].extract_text()
    assert set(key.split("-")) <= set(text.replace("\n", "-").split("-"))
    assert traces(tmp_path, [key, *key.split("-")[:2]]) == []


def test_what_is_refused_is_said_in_place_and_what_was_typed_stays(pane: VaultPane, desk: Desk, settle: Settle) -> None:
    form = pane.forms["set"]
    fill(form, new="短", again="")
    assert "沒填" in form.error.text()
    fill(form, new="短", again="長")
    assert "不一樣" in form.error.text()
    fill(form, new="短", again="短")
    settle()
    assert "至少 8 個字符" in form.error.text()
    assert form.fields["new"].text() == "短"
    assert vault.state(desk.database) is VaultState.ABSENT


def test_passwords_are_hidden_until_asked_for(pane: VaultPane) -> None:
    form, key = pane.forms["recover"], pane.forms["recover"].fields["key"]
    assert key.echoMode() is QLineEdit.EchoMode.Normal  # it is on paper anyway, and long
    assert form.fields["new"].echoMode() is QLineEdit.EchoMode.Password
    form.show_box.setChecked(True)
    assert form.fields["new"].echoMode() is QLineEdit.EchoMode.Normal
    form.clear()
    assert form.fields["new"].echoMode() is QLineEdit.EchoMode.Password


def test_lock_and_unlock_from_the_status_bar(window: MainWindow, desk: Desk, settle: Settle) -> None:
    window.lock_button.click()
    settle()
    assert window.go_to(SettingsPage).tabs.currentWidget() is window.go_to(SettingsPage).vault
    set_it(window.go_to(SettingsPage).vault, settle)
    window.lock_button.click()
    settle()
    assert window.lock_button.text() == "已鎖定"
    assert desk.database.keyring is None
    window.lock_button.click()
    dialog = asked()
    fill(dialog.form, old=OTHER)
    settle()
    assert "密碼不對" in dialog.form.error.text()
    assert dialog.isVisible()
    fill(dialog.form, old=PASSWORD)
    settle()
    assert window.lock_button.text() == "已解鎖"
    assert vault.state(desk.database) is VaultState.UNLOCKED


def test_the_opening_asks_only_where_there_is_a_password(
    window: MainWindow, desk: Desk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.lock_button.ask_at_opening()
    settle()
    assert QApplication.activeModalWidget() is None
    with_password(desk.database)
    vault.lock(desk.database)
    window.lock_button.ask_at_opening()
    settle()
    dialog = asked()
    assert dialog.isVisible()
    left: list[int] = []
    dialog.finished.connect(left.append)
    dialog.form.leave_button.click()
    settle()
    assert left == [QDialog.DialogCode.Rejected.value]
    assert window.lock_button.text() == "已鎖定"


def test_a_forgotten_password_is_set_anew_with_the_recovery_key(window: MainWindow, desk: Desk, settle: Settle) -> None:
    key = with_password(desk.database)
    vault.lock(desk.database)
    window.ask_password()
    asked().forgotten_button.click()
    settle()
    pane = window.go_to(SettingsPage).vault
    assert shown_forms(pane) == ["recover"]
    fill(pane.forms["recover"], key=key[:-1] + ("1" if key[-1] != "1" else "2"), new=OTHER, again=OTHER)
    settle()
    assert "第 7 組" in pane.forms["recover"].error.text()
    fill(pane.forms["recover"], key=key.lower())
    settle()
    assert window.lock_button.text() == "已解鎖"
    assert pane.forms["recover"].fields["new"].text() == ""
    vault.unlock(desk.database, password=OTHER)


def test_another_password_and_another_recovery_key(pane: VaultPane, desk: Desk, settle: Settle) -> None:
    old = set_it(pane, settle)
    pane.key.kept_button.click()
    pane.change_button.click()
    fill(pane.forms["change"], old=PASSWORD, new=OTHER, again=OTHER)
    settle()
    assert shown_forms(pane) == []
    pane.renew_button.click()
    fill(pane.forms["renew"], old=OTHER)
    settle()
    new = pane.key.key.text().replace("\n", "-")
    assert new != old
    vault.refuse_wrong_key(desk.database, recovery_key=new)
    assert [one.text() for one in (pane.head,)] == ["已設置密碼，現在已解鎖"]


def test_contacts_turn_with_the_lock(window: MainWindow, desk: Desk, settle: Settle) -> None:
    from desktop.pages.units import UnitsPage

    with_password(desk.database)
    with desk.database.reading() as session:
        unit = session.scalars(select(Unit.id).where(Unit.name == "縣財政局")).one()
    units.set_contacts(desk.database, unit=unit, contacts=[{"name": "張三", "telephone": "13900001234"}])
    page = window.go_to(UnitsPage)
    settle()
    page.choose(unit)
    settle()
    assert page.card.people.people()[0].telephone == "13900001234"
    lock(desk)
    settle()
    assert page.card.people.people()[0].telephone == "139****1234"


def test_plain_backups_are_offered_for_removal(
    pane: VaultPane, desk: Desk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.stored(desk.database)
    plain = backup.snapshot(desk.database.path, reason="manual")
    set_it(pane, settle)
    assert pane.clean_button.isVisible()
    assert "1 個舊備份" in pane.rest.text()
    monkeypatch.setattr(VaultPane, "_agreed", lambda *_: True)
    pane.clean_button.click()
    settle()
    settle()
    assert not pane.clean_button.isVisible()
    assert not plain.exists()
    newest = backup.snapshots(plain.parent, desk.database.path.stem)[-1]
    assert not backup.holds_plain(newest.path)


def test_opened_evidence_goes_with_the_lock(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from db.evidence import Attachment

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    gone = tmp_path / "temp" / "taizhang-999999999-abc" / "x"
    gone.mkdir(parents=True)
    (gone / "花名冊.txt").write_text("430102199001011234", encoding="utf-8")
    with_password(desk.database)
    opener = Opener(desk)
    path = opener.write(Attachment("名冊.txt", b"430102199001011235"))
    assert path.read_bytes() == b"430102199001011235"
    assert traces(tmp_path / "temp", ["430102199001011234"]) == []  # what a crash had left
    lock(desk)
    assert traces(tmp_path / "temp", ["430102199001011235"]) == []


def test_a_restored_backup_of_the_same_vault_stays_unlocked(window: MainWindow, desk: Desk, settle: Settle) -> None:
    with_password(desk.database)
    kept = backup.snapshot(desk.database.path, reason="manual")
    desk.restore(window, kept, lambda _path: None)
    settle()
    assert vault.state(desk.database) is VaultState.UNLOCKED
    assert window.lock_button.text() == "已解鎖"


def test_a_restored_backup_from_before_the_password_is_without(window: MainWindow, desk: Desk, settle: Settle) -> None:
    kept = backup.snapshot(desk.database.path, reason="manual")
    with_password(desk.database)
    desk.restore(window, kept, lambda _path: None)
    settle()
    assert vault.state(desk.database) is VaultState.ABSENT
    assert window.lock_button.text() == "未設密碼"


def test_the_tab_speaks_either_script(pane: VaultPane, desk: Desk, settle: Settle) -> None:
    set_it(pane, settle)
    desk.words.switch(Script.SIMPLIFIED)
    assert pane.head.text() == "已设置密码，现在已解锁"
    assert pane.key.print_button.text() == "打印恢复密钥…"


def test_agreeing_is_a_question_with_a_way_back(
    pane: VaultPane, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_it(pane, settle)
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: 0)
    assert not pane._agreed(2)


def test_what_is_locked_away_offers_to_unlock(window: MainWindow, desk: Desk, settle: Settle) -> None:
    with_password(desk.database)
    vault.lock(desk.database)
    desk.troubled.emit(vault.locked("「花名冊.txt」"))
    assert "花名冊" in window.notice.label.text()
    window.notice.button.click()
    fill(asked().form, old=PASSWORD)
    settle()
    assert vault.state(desk.database) is VaultState.UNLOCKED
