"""Finished files are searched for private data before they get their names, and strangers' files before publishing."""

from exports.privacy.clean import PrivateDataFound, require_clean, write_clean, write_clean_bytes
from exports.privacy.finding import Finding, Place
from exports.privacy.scan import scan_bytes, scan_file
from exports.privacy.sought import MOST_FINDINGS, Sought

__all__ = [
    "MOST_FINDINGS",
    "Finding",
    "Place",
    "PrivateDataFound",
    "Sought",
    "require_clean",
    "scan_bytes",
    "scan_file",
    "write_clean",
    "write_clean_bytes",
]
