"""Papers are printed in the program's own fonts, whatever else the machine of the tests has."""

from __future__ import annotations

import os

from exports.pdf.machine import SETTING

os.environ[SETTING] = "bundled"
