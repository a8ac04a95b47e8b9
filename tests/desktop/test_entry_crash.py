"""What is typed on the page 填報 outlives the program, even one that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from db import entrydrafts
from db.database import open_database
from tests.sample_year import copy_to

CRASH = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop.app import make_application, open_desk
from desktop.window import MainWindow
from desktop.words import Words
from desktop.pages.entry import EntryPage
app = make_application()
desk = open_desk(Path(sys.argv[1]), Words(), operator="測試員")
window = MainWindow(desk)
window.show()
page = window.go_to(EntryPage)
def watch():
    if page.card is None:
        return
    if not page.form.dirty():
        page.form.texts["text"].insertPlainText("寫到一半，斷電了")
    elif page.card.draft is not None and desk.jobs.idle():
        print(page.card.code, flush=True)
timer = QTimer()
timer.timeout.connect(watch)
timer.start(20)
app.exec()
"""


def test_what_was_typed_survives_a_killed_program(tmp_path: Path) -> None:
    path = copy_to(tmp_path / "臺賬.db")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", CRASH, str(path)], stdout=subprocess.PIPE, cwd=root, env=environment
    ) as running:
        assert running.stdout is not None
        typed = running.stdout.readline().decode("utf-8").strip()
        running.send_signal(signal.SIGKILL)
    assert typed
    database = open_database(path)
    with database.reading() as session:
        (draft,) = entrydrafts.listed(session)
    database.release()
    assert (draft.code, draft.content["text"]) == (typed, "寫到一半，斷電了")
