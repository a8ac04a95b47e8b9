"""A program that is killed in the middle of an import leaves the state before it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from db import backup, check
from db.database import open_database
from tests.db import worlds

ROOT = Path(__file__).parents[2]
KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.orm import Session
from db.database import open_database
from tests.db import worlds

database = open_database(Path(sys.argv[1]), operator="被打斷")
moment, left = sys.argv[2], [int(sys.argv[3])]

@event.listens_for(Session, moment)
def die(*_):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)

worlds.stored(database)
print("not killed")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize(("moment", "time"), [("after_flush", 2), ("after_flush", 5), ("before_commit", 1)])
def test_a_kill_in_the_middle_of_an_import_leaves_the_old_state(path: Path, moment: str, time: int) -> None:
    database = open_database(path)
    before = worlds.state(database)
    database.release()
    command = [sys.executable, "-c", KILLED, str(path), moment, str(time)]
    died = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode("utf-8")
    database = open_database(path)
    assert worlds.state(database) == before
    assert check.problems(database) == []
    assert [one.reason for one in backup.snapshots(backup.folder_of(path), path.stem)] == ["import"]
    worlds.stored(database)  # and the import can be done again
    database.release()
