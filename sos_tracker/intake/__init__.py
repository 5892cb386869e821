"""Floor 2: file bytes to records and issues. It knows no store and guesses nothing."""

from sos_tracker.intake.importing import KIND_NAMED, KINDS, Kind, Known, Reading, SourceFile, UnmappedTable, read_files

__all__ = ["KINDS", "KIND_NAMED", "Kind", "Known", "Reading", "SourceFile", "UnmappedTable", "read_files"]
