"""The README, the script of its commands and the build server's entry say the same."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCRIPT = (ROOT / "run.sh").read_text(encoding="utf-8")


def told_without_a_command() -> str:
    done = subprocess.run(["sh", str(ROOT / "run.sh")], capture_output=True, check=False, cwd="/")
    assert done.returncode == 2
    return done.stderr.decode("utf-8")


def test_usage_names_every_command_and_no_other() -> None:
    offered = set(re.findall(r"^  ([a-z]+) ", told_without_a_command(), re.MULTILINE))
    assert offered == set(re.findall(r"^([a-z]+)\)", SCRIPT, re.MULTILINE))
    assert {"start", "test"} <= offered


def test_readme_names_every_command_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^sh run\.sh ([a-z]+)", readme, re.MULTILINE)) == set(
        re.findall(r"^([a-z]+)\)", SCRIPT, re.MULTILINE)
    )


def test_build_server_runs_the_second_command() -> None:
    entry = ROOT / ".ci" / "run"
    assert entry.stat().st_mode & 0o111
    assert "sh run.sh test" in entry.read_text(encoding="utf-8")
