"""A sending as a folder: one workbook a unit, mail drafts, the register; complete, or not there."""

from exports.dispatch.folder import Dispatched, dispatch, write_again

__all__ = ["Dispatched", "dispatch", "write_again"]
