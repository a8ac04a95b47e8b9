"""The page 臺賬."""

from __future__ import annotations

from desktop.pages.page import Page


class LedgerPage(Page):
    """The page 臺賬."""

    name = "臺賬"
    icon = "mdi6.table"
