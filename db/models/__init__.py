"""The schema: one file per subject; importing this package makes every table known to the metadata."""

from db.models.assignment import Assignment, AssignmentUnit, ProgressEntry
from db.models.audit import AuditRow, Batch
from db.models.base import Base
from db.models.calendar import CalendarDay
from db.models.course import CourseStep, EntryDraft, Evidence
from db.models.document import DocumentRevision, SourceDocument, StoredFile
from db.models.exchange import Dispatch, DispatchRow, DispatchSheet, HeadingMapping, ReturnedFile
from db.models.payment import Payment, PaymentImport
from db.models.place import Place
from db.models.plan import Plan, PointDeadline, PointMark, PointUnit, Section, StandingUnit, WorkPoint
from db.models.posting import Posting, PostingObjection, PostingPhoto, PostingRun
from db.models.setting import Setting
from db.models.subsidy import PolicyDocument, PolicyPhone, PolicyVersion, SubsidyPolicy
from db.models.unit import Counterpart, Unit, UnitAlias, UnitContact, UnitReform
from db.models.vault import VaultKey

__all__ = [
    "Assignment",
    "AssignmentUnit",
    "AuditRow",
    "Base",
    "Batch",
    "CalendarDay",
    "Counterpart",
    "CourseStep",
    "Dispatch",
    "DispatchRow",
    "DispatchSheet",
    "DocumentRevision",
    "EntryDraft",
    "Evidence",
    "HeadingMapping",
    "Payment",
    "PaymentImport",
    "Place",
    "Plan",
    "PointDeadline",
    "PointMark",
    "PointUnit",
    "PolicyDocument",
    "PolicyPhone",
    "PolicyVersion",
    "Posting",
    "PostingObjection",
    "PostingPhoto",
    "PostingRun",
    "ProgressEntry",
    "ReturnedFile",
    "Section",
    "Setting",
    "SourceDocument",
    "StandingUnit",
    "StoredFile",
    "SubsidyPolicy",
    "Unit",
    "UnitAlias",
    "UnitContact",
    "UnitReform",
    "VaultKey",
    "WorkPoint",
]
