"""Papers are printed in the program's own fonts, whatever else the machine has; no law is failed by a slow machine."""

from __future__ import annotations

import os

from hypothesis import settings

from exports.pdf.machine import SETTING

os.environ[SETTING] = "bundled"
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
