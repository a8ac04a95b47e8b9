"""Opening what was found: the page that shows it, with the thing itself chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.terms import HitKind

if TYPE_CHECKING:
    from db.find import Hit
    from desktop.window import MainWindow


def open_hit(window: MainWindow, hit: Hit) -> None:
    """Go to the page of a hit and show it there; stay where the page shown does not let go of its draft."""
    from desktop.pages.ledger import LedgerPage
    from desktop.pages.plans import PlansPage
    from desktop.pages.subsidies import SubsidiesPage
    from desktop.pages.subsidies_policies import PolicyTab
    from desktop.pages.units import UnitsPage

    if hit.task is not None:
        ledger = window.go_to(LedgerPage)
        if window.shown() is ledger:
            ledger.show_assignment(hit.task)
    elif hit.plan is not None:
        plans = window.go_to(PlansPage)
        if window.shown() is plans:
            plans.show_what(hit.plan, point=hit.row_id if hit.kind is HitKind.POINT else None)
    elif hit.kind is HitKind.UNIT:
        units = window.go_to(UnitsPage)
        if window.shown() is units:
            units.choose(hit.row_id)
    elif hit.kind is HitKind.POLICY:
        subsidies = window.go_to(SubsidiesPage)
        if window.shown() is subsidies:
            subsidies.show_tab(PolicyTab).choose(hit.row_id)
