"""``taizhang backup``, ``restore`` and ``check``: keeping the clerk's file safe."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from db.errors import DatabaseDamaged
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json


def backup(context: Context, options: Namespace) -> int:
    """Write a verified snapshot."""
    from db.backup import snapshot

    if options.list:
        return _list(context)
    with context.database(writable=False) as database:
        folder = options.dir or database.backup_folder()
        path = snapshot(database.path, reason="manual", folder=folder)
    context.say("備份已寫入並通過檢查：{path}", path=path)
    return 0


def _list(context: Context) -> int:
    """List the snapshots, the newest first, and what is in each."""
    from db.backup import contents
    from desktop.pages.settings_backups import copies

    with context.database(writable=False) as database:
        _folder, found = copies(database)
    for copy in found:
        try:
            inside = contents(copy.path)
        except DatabaseDamaged as trouble:
            context.table([(copy.at, context.convert(copy.reason), copy.path, trouble.told(context.convert))])
            continue
        told = context.convert("計劃 {plans}　任務 {tasks}　進展 {entries}").format(
            plans=inside.plans, tasks=inside.tasks, entries=inside.entries
        )
        context.table(
            [(copy.at, context.convert(copy.reason), copy.path, told, context.stored(inside.last_title or ""))]
        )
    return 0


def restore(context: Context, options: Namespace) -> int:
    """Put a snapshot in the place of the database; what was there is kept."""
    from db.database import restore_database

    context.path.parent.mkdir(parents=True, exist_ok=True)
    kept = restore_database(options.file, context.path)
    context.say("已用「{name}」恢復。", name=options.file.name)
    if kept is not None:
        context.say("恢復前的數據庫保存在：{path}", path=kept)
    return 0


def check(context: Context, options: Namespace) -> int:
    """Verify the file and the chain of the audit trail."""
    from db.check import problems

    try:
        with context.database(writable=False) as database:
            found = [context.stored(line) for line in problems(database)]
    except DatabaseDamaged as trouble:  # to find this is what the command is for
        found = [trouble.told(context.convert)]
    if options.json:
        print_json({"ok": not found, "problems": found})
    else:
        for line in found:
            print(line)
        if not found:
            context.say("檢查通過：數據庫完整，操作記錄沒有改動。")
    return 1 if found else 0


ABOUT = (
    About(
        "backup",
        "備份數據庫",
        backup,
        (
            argument("dir", nargs="?", type=Path, metavar="DIR", help="寫到這個文件夾；默認按設置"),
            argument("--list", action="store_true", help="列出已有的備份和其中的內容"),
        ),
    ),
    About("restore", "用備份恢復", restore, (argument("file", type=Path, metavar="FILE"),)),
    About("check", "檢查數據庫", check, (argument("--json", action="store_true", help="輸出 JSON"),)),
)
