"""The pages of the window, in the order of the navigation."""

from __future__ import annotations

from desktop.pages.page import Page


def page_types() -> list[type[Page]]:
    """Return the pages; imported here so that the window can show before they load."""
    from desktop.pages.entry import EntryPage
    from desktop.pages.exchange import ExchangePage
    from desktop.pages.ledger import LedgerPage
    from desktop.pages.overview import OverviewPage
    from desktop.pages.plans import PlansPage
    from desktop.pages.settings import SettingsPage
    from desktop.pages.subsidies import SubsidiesPage
    from desktop.pages.units import UnitsPage

    return [OverviewPage, PlansPage, LedgerPage, EntryPage, ExchangePage, SubsidiesPage, UnitsPage, SettingsPage]
