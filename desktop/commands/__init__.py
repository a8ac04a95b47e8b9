"""The subcommands, one file per noun; each only asks an operation and tells its outcome."""

from desktop.commands import (
    assign,
    calendar,
    course,
    keeping,
    ledger,
    office,
    payments,
    places,
    plan,
    postings,
    privacy,
    progress,
    search,
    subsidy,
    units,
    upward,
    vault,
)
from desktop.commands.about import About
from desktop.commands.context import Context

ABOUT: tuple[About, ...] = (
    *plan.ABOUT,
    *units.ABOUT,
    *assign.ABOUT,
    *ledger.ABOUT,
    *progress.ABOUT,
    *course.ABOUT,
    *office.ABOUT,
    *search.ABOUT,
    *upward.ABOUT,
    *calendar.ABOUT,
    *postings.ABOUT,
    *keeping.ABOUT,
    *vault.ABOUT,
    *places.ABOUT,
    *payments.ABOUT,
    *privacy.ABOUT,
    *subsidy.ABOUT,
)

__all__ = ["ABOUT", "Context"]
