"""The page 設置."""

from __future__ import annotations

from desktop.pages.page import Page


class SettingsPage(Page):
    """The page 設置."""

    name = "設置"
    icon = "mdi6.cog"
