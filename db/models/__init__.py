"""The schema: one file per subject; importing this package makes every table known to the metadata."""

from db.models.assignment import Assignment, AssignmentUnit, ProgressEntry
from db.models.audit import AuditRow, Batch
from db.models.base import Base
from db.models.course import CourseStep, EntryDraft, Evidence
from db.models.document import DocumentRevision, SourceDocument, StoredFile
from db.models.exchange import Dispatch, DispatchRow, DispatchSheet, HeadingMapping, ReturnedFile
from db.models.plan import Plan, PointDeadline, PointMark, PointUnit, Section, StandingUnit, WorkPoint
from db.models.setting import Setting
from db.models.unit import Counterpart, Unit, UnitAlias, UnitContact, UnitReform

__all__ = [
    "Assignment",
    "AssignmentUnit",
    "AuditRow",
    "Base",
    "Batch",
    "Counterpart",
    "CourseStep",
    "Dispatch",
    "DispatchRow",
    "DispatchSheet",
    "DocumentRevision",
    "EntryDraft",
    "Evidence",
    "HeadingMapping",
    "Plan",
    "PointDeadline",
    "PointMark",
    "PointUnit",
    "ProgressEntry",
    "ReturnedFile",
    "Section",
    "Setting",
    "SourceDocument",
    "StandingUnit",
    "StoredFile",
    "Unit",
    "UnitAlias",
    "UnitContact",
    "UnitReform",
    "WorkPoint",
]
