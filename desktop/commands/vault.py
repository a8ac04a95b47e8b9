"""``taizhang vault``: the password that private data are encrypted with."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from desktop.commands import passwords
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json
from desktop.commands.passwords import NEW_PASSWORD, PASSWORD, RECOVERY_KEY

if TYPE_CHECKING:
    from db.vault import NewPassword

_OLD_PROMPT = "現在的密碼（輸入時不顯示）："


def status(context: Context, options: Namespace) -> int:
    """Tell whether a password was set, and what is still plain although it was."""
    from db import vault
    from db.vaultrest import rest

    with context.database(writable=False) as database:
        state, left = vault.state(database), rest(database)
        with database.reading() as session:
            since = vault.changed_since(session)
    if options.json:
        backups = [str(path) for path in left.backups]
        print_json({"state": state.value, "since": since and since.isoformat(), "plain_backups": backups})
        return 0
    if since is None:
        context.say("沒有設置密碼：身份證號、賬號和個人手機號碼只保留掩碼，收到的原件不加密。")
        return 0
    context.say("已設置密碼（{since}）：個人信息和原件加密保存。", since=f"{since:%Y-%m-%d %H:%M}")
    _tell_backups(context, len(left.backups))
    return 0


def set_first(context: Context, _options: Namespace) -> int:
    """Set the first password and print the recovery key."""
    from db import vault
    from db.vaultrest import rest

    with context.database() as database:
        vault.refuse_second(database)
        made = vault.set_password(database, password=passwords.new(PASSWORD, context.convert))
        context.tell(made.changes)
        _tell_key(context, made)
        _tell_backups(context, len(rest(database).backups))
    return 0


def change(context: Context, _options: Namespace) -> int:
    """Set another password."""
    from db import vault

    with context.database() as database:
        old = passwords.given(PASSWORD, _OLD_PROMPT, context.convert)
        vault.unlock(database, password=old)  # told before a new one is typed
        new = passwords.new(NEW_PASSWORD, context.convert)
        context.tell(vault.change_password(database, old=old, new=new))
    return 0


def recover(context: Context, _options: Namespace) -> int:
    """Set another password with the recovery key."""
    from db import vault

    with context.database() as database:
        key = passwords.given(RECOVERY_KEY, "恢復密鑰（輸入時不顯示）：", context.convert)
        vault.refuse_wrong_key(database, recovery_key=key)
        new = passwords.new(NEW_PASSWORD, context.convert)
        context.tell(vault.recover(database, recovery_key=key, password=new))
    return 0


def renew(context: Context, _options: Namespace) -> int:
    """Make another recovery key and print it."""
    from db import vault

    with context.database() as database:
        password = passwords.given(PASSWORD, _OLD_PROMPT, context.convert)
        made = vault.renew_recovery_key(database, password=password)
        context.tell(made.changes)
        _tell_key(context, made)
    return 0


def test(context: Context, _options: Namespace) -> int:
    """Tell whether a password is the right one."""
    from db import vault

    with context.database(writable=False) as database:
        vault.unlock(database, password=passwords.given(PASSWORD, _OLD_PROMPT, context.convert))
    context.say("密碼正確。")
    return 0


def clean(context: Context, options: Namespace) -> int:
    """Wipe what is left of plain data off the file; delete plain backups where asked to."""
    from db.vaultrest import remove_backups, rest

    with context.database() as database:
        database.wipe()
        context.say("數據庫文件已重寫，刪除和加密前的內容不再留在其中。")
        backups = rest(database).backups
        if options.backups and backups:
            new = remove_backups(database, backups)
            context.say("新備份已寫入並通過檢查：{path}", path=new)
            context.say("已刪除未加密的舊備份 {n} 個。複製到別處的備份請自行刪除。", n=len(backups))
        else:
            _tell_backups(context, len(backups))
    return 0


def _tell_key(context: Context, made: NewPassword) -> None:
    context.say("恢復密鑰（只顯示這一次，請抄下或打印，與電腦分開保管；忘記密碼時用它重設）：")
    print(f"  {made.recovery_key}")
    if made.residue is not None:
        print(made.residue.told(context.convert))
        context.say("加密前的內容可能還留在數據庫文件裏，請在問題解決後運行 taizhang vault clean。")


def _tell_backups(context: Context, count: int) -> None:
    if count:
        context.say("有 {n} 個舊備份裏的原件沒有加密。要刪除它們，請運行 taizhang vault clean --backups。", n=count)


ABOUT = (
    About(
        "vault",
        "密碼和加密保存",
        parts=(
            About("status", "是否設置了密碼", status, (argument("--json", action="store_true", help="輸出 JSON"),)),
            About("set", "設置密碼，並顯示恢復密鑰", set_first),
            About("change", "修改密碼", change),
            About("recover", "忘記密碼時，用恢復密鑰重設", recover),
            About("renew", "更換恢復密鑰", renew),
            About("test", "檢查密碼是否正確", test),
            About(
                "clean",
                "清除加密前留下的內容",
                clean,
                (argument("--backups", action="store_true", help="一併刪除未加密的舊備份"),),
            ),
        ),
    ),
)
