"""The page 要點."""

from __future__ import annotations

from desktop.pages.page import Page


class PlansPage(Page):
    """The page 要點."""

    name = "要點"
    icon = "mdi6.file-document-outline"
