"""``taizhang vault``, and how other commands come by the password."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from db import backup, vault
from desktop.commands import passwords
from tests.db.vaults import CHEAP, PASSWORD, traces
from tests.desktop.cli.conftest import Run

OTHER = "另一句也好記的話"
NUMBER = "430102199001011234"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """No cost of the password, and none in the environment."""
    monkeypatch.setattr(vault, "COST", CHEAP)
    for name in (passwords.PASSWORD, passwords.NEW_PASSWORD, passwords.RECOVERY_KEY):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is typed at the terminal, in this order."""
    answers: list[str] = []
    monkeypatch.setattr(passwords, "at_terminal", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: answers.pop(0))
    return answers


def recovery_key(printed: str) -> str:
    found = re.search(r"(?:[0-9A-Z]{5}-){6}[0-9A-Z]{5}", printed)
    assert found is not None
    return found[0]


@pytest.fixture
def key(run: Run, path: Path, typed: list[str]) -> str:
    """A database with a password; its recovery key."""
    typed += [PASSWORD, PASSWORD]
    done = run(path, "vault", "set")
    assert (done.status, done.err) == (0, "")
    return recovery_key(done.out)


def test_the_status_tells_whether_there_is_a_password(run: Run, path: Path, typed: list[str]) -> None:
    assert run(path, "vault", "status", "--json").json == {"state": "absent", "since": None, "plain_backups": []}
    assert "沒有設置密碼" in run(path, "vault", "status").out
    typed += [PASSWORD, PASSWORD]
    done = run(path, "vault", "set", lang="zh_Hans")
    assert "设置密码" in done.out
    assert "恢复密钥" in done.out
    assert run(path, "vault", "status", "--json").json["state"] == "locked"


def test_two_different_passwords_set_none(run: Run, path: Path, typed: list[str]) -> None:
    typed += [PASSWORD, OTHER]
    done = run(path, "vault", "set")
    assert (done.status, done.out) == (2, "")
    assert "不一樣" in done.err
    assert run(path, "vault", "status", "--json").json["state"] == "absent"


def test_nobody_to_ask_is_told_and_changes_nothing(run: Run, path: Path) -> None:
    done = run(path, "vault", "set")
    assert done.status == 2
    assert "TAIZHANG_PASSWORD" in done.err


def test_a_password_from_the_environment_is_enough(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAIZHANG_PASSWORD", PASSWORD)
    assert run(path, "vault", "set").status == 0
    assert "密碼正確" in run(path, "vault", "test").out
    monkeypatch.setenv("TAIZHANG_NEW_PASSWORD", OTHER)
    assert run(path, "vault", "change").status == 0
    wrong = run(path, "vault", "test")
    assert (wrong.status, wrong.out) == (2, "")
    assert "密碼不對" in wrong.err
    assert run(path, "vault", "set").status == 2


def test_change_and_recover_ask_for_what_they_need(run: Run, path: Path, typed: list[str], key: str) -> None:
    typed += [PASSWORD, OTHER, OTHER]
    assert run(path, "vault", "change").status == 0
    typed += [PASSWORD]
    assert "密碼不對" in run(path, "vault", "change").err
    typed += [key[:-1] + ("1" if key[-1] != "1" else "2")]
    assert "第 7 組" in run(path, "vault", "recover").err
    typed += [key.lower(), PASSWORD, PASSWORD]
    assert run(path, "vault", "recover").status == 0
    typed += [PASSWORD]
    fresh = recovery_key(run(path, "vault", "renew").out)
    assert fresh != key
    typed += [key]
    assert "已經更換" in run(path, "vault", "recover").err
    assert typed == []


def test_evidence_is_written_with_the_password_and_refused_without(
    run: Run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    task = next(iter(run(path, "ledger", "list", "--json").json.values()))[0]["code"]
    proof = tmp_path / "外來" / "花名冊.txt"
    proof.parent.mkdir()
    proof.write_text(f"張三 {NUMBER}", encoding="utf-8")
    added = run(path, "progress", "add", task, "--period", "2022-06", "--percent", 10, "--attach", proof)
    assert added.status == 0, added.err
    proof.unlink()
    monkeypatch.setattr(passwords, "at_terminal", lambda: False)
    done = run(path, "progress", "evidence", task, "--out", tmp_path / "出")
    assert done.status == 2
    assert "TAIZHANG_PASSWORD" in done.err
    assert traces(tmp_path, [NUMBER]) == []
    monkeypatch.setenv("TAIZHANG_PASSWORD", PASSWORD)
    assert run(path, "progress", "evidence", task, "--out", tmp_path / "出").status == 0
    assert traces(tmp_path, [NUMBER]) == [f"花名冊.txt: {NUMBER}"]


def test_plain_backups_are_told_and_deleted_on_demand(run: Run, path: Path, typed: list[str]) -> None:
    run(path, "backup")
    typed += [PASSWORD, PASSWORD]
    assert "1 個舊備份" in run(path, "vault", "set").out
    assert len(run(path, "vault", "status", "--json").json["plain_backups"]) == 1
    assert "1 個舊備份" in run(path, "vault", "clean").out
    assert "已刪除未加密的舊備份 1 個" in run(path, "vault", "clean", "--backups").out
    assert run(path, "vault", "status", "--json").json["plain_backups"] == []
    assert backup.snapshots(backup.folder_of(path), path.stem) != []
    assert run(path, "check").status == 0
