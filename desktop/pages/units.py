"""The page 單位."""

from __future__ import annotations

from desktop.pages.page import Page


class UnitsPage(Page):
    """The page 單位."""

    name = "單位"
    icon = "mdi6.office-building"
