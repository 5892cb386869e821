"""Files to records: what they say, what is wrong with them, and what could not be read. Nothing is stored here."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sos_tracker.intake.assembly import assembled
from sos_tracker.intake.cells import shown
from sos_tracker.intake.columns import TableReader
from sos_tracker.intake.embedding_kinds import ALIGNMENT, AUDITS, SCALE, SURVEYS
from sos_tracker.intake.fields import Kind
from sos_tracker.intake.gathering import Gathering, Known
from sos_tracker.intake.guards import Refused
from sos_tracker.intake.headings import columns_as, recognised_cells
from sos_tracker.intake.kinds import (
    BUDGET,
    HEADCOUNTS,
    KIND_NAMED,
    KINDS,
    LEADS,
    LEDGER,
    MILESTONES,
    REGISTER,
    SESSIONS,
    STAFF,
    TARGETS,
)
from sos_tracker.intake.mapping import UnmappedTable, columns_of
from sos_tracker.intake.reading import read
from sos_tracker.intake.rows import data_rows
from sos_tracker.intake.sources.alignment import read_alignment
from sos_tracker.intake.sources.budget_book import read_budget
from sos_tracker.intake.sources.case_audits import read_audits
from sos_tracker.intake.sources.headcounts import read_headcounts
from sos_tracker.intake.sources.implementation_scale import read_scale
from sos_tracker.intake.sources.ledger import read_ledger
from sos_tracker.intake.sources.milestones import read_milestones
from sos_tracker.intake.sources.practice_leads import read_leads
from sos_tracker.intake.sources.register import read_register
from sos_tracker.intake.sources.sessions import read_sessions
from sos_tracker.intake.sources.staff import read_staff
from sos_tracker.intake.sources.surveys import read_surveys
from sos_tracker.intake.sources.targets import read_targets
from sos_tracker.intake.tables import Table, tables_of
from sos_tracker.intake.vocabulary import Vocabulary
from sos_tracker.records.changes import BatchFile
from sos_tracker.records.issues import Issue, Weight
from sos_tracker.records.people import PersonKeyer
from sos_tracker.records.record_set import RecordSet

__all__ = ["KINDS", "KIND_NAMED", "Kind", "Known", "Reading", "SourceFile", "UnmappedTable", "read_files"]

_READERS: dict[str, Callable[[TableReader, Gathering], None]] = {
    REGISTER.name: read_register, SESSIONS.name: read_sessions, HEADCOUNTS.name: read_headcounts,
    STAFF.name: read_staff, BUDGET.name: read_budget, LEDGER.name: read_ledger, LEADS.name: read_leads,
    MILESTONES.name: read_milestones, TARGETS.name: read_targets, SCALE.name: read_scale, AUDITS.name: read_audits,
    SURVEYS.name: read_surveys, ALIGNMENT.name: read_alignment,
}  # fmt: skip


@dataclass(frozen=True)
class SourceFile:
    name: str
    content: bytes


@dataclass(frozen=True)
class Reading:
    """What the files say. ``counts``: rows by what became of them; ``meanings_used``: word -> meaning given for it."""

    records: RecordSet = field(default_factory=RecordSet)
    issues: tuple[Issue, ...] = ()
    files: tuple[BatchFile, ...] = ()
    unmapped: tuple[UnmappedTable, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    meanings_used: Mapping[str, str] = field(default_factory=dict)

    @property
    def rejected(self) -> bool:
        """Something stands in the way: a cell, a table or a file could not be read."""
        return bool(self.unmapped) or any(issue.weight is Weight.REJECTED for issue in self.issues)

    @property
    def questions(self) -> tuple[Issue, ...]:
        return tuple(issue for issue in self.issues if issue.weight is Weight.QUESTION)


def read_files(
    files: Sequence[SourceFile],
    known: Known,
    keyer: PersonKeyer,
    *,
    progress: Callable[[str, float], None] | None = None,
    means: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Reading:
    """Everything the files say together, in any order. ``progress``: what is being done, and how far along (0-1)."""
    tell = progress or (lambda _sentence, _share: None)
    vocabulary = Vocabulary({**known.meanings, **(means or {})})
    gathering = Gathering(known, keyer, vocabulary, today or datetime.now(UTC).date())
    described: list[BatchFile] = []
    unmapped: list[UnmappedTable] = []
    seen: dict[bytes, str] = {}
    for number, file in enumerate(files):
        if file.content and (first := seen.setdefault(file.content, file.name)) != file.name:
            gathering.findings.issues.append(_same_file(file.name, first))
            continue
        tell(f"Reading {file.name}", number / (len(files) + 1))
        kinds, rows, without = _read_file(file, gathering)
        unmapped.extend(without)
        described.append(BatchFile(file.name, hashlib.sha256(file.content).hexdigest(), kinds, rows))
    tell("Matching people and checking", len(files) / (len(files) + 1))
    records = assembled(gathering)
    tell("Read", 1.0)
    return Reading(
        records, tuple(gathering.findings.issues), tuple(described), tuple(unmapped),
        dict(gathering.findings.counts), dict(vocabulary.used),
    )  # fmt: skip


def _read_file(file: SourceFile, gathering: Gathering) -> tuple[tuple[str, ...], int, list[UnmappedTable]]:
    """(the kinds found, data rows read, tables nobody could read): all else goes into ``gathering``."""
    findings = gathering.findings
    try:
        workbook = read(file.content)
    except Refused as refused:
        findings.issues.append(
            Issue(Weight.REJECTED, file.name, "", "", "", refused.problem, refused.remedy, "file that cannot be read")
        )
        return (), 0, []
    kinds: list[str] = []
    rows = ignored = 0
    unread: list[UnmappedTable] = []
    for sheet in workbook.sheets:
        for table in tables_of(file.name, sheet, tuple(gathering.known.mappings)):
            columns = columns_of(table, gathering.known.mappings)
            if columns is None:
                ignored += 1
                continue
            if isinstance(columns, UnmappedTable):
                unread.append(columns)
                continue
            reader = data_rows(table, columns, findings, gathering.today)
            _tell_of_loose_headings(reader)
            _tell_of_unread_columns(reader, table)
            _READERS[columns.kind.name](reader, gathering)
            kinds.append(columns.kind.name)
            if not len(reader):
                reader.about_table(
                    Weight.NOTE,
                    "The table has headings but no rows.",
                    "Nothing, if it is meant to be empty.",
                    "no rows",
                )
            rows += len(reader)
    if kinds:
        findings.issues.extend(_beside(table) for table in unread)
        unread = []
    elif not unread and not ignored:
        findings.issues.append(_no_table(file.name))
    findings.issues.extend(_not_understood(table) for table in unread)
    return tuple(dict.fromkeys(kinds)), rows, unread


def _tell_of_loose_headings(reader: TableReader) -> None:
    for name in reader.columns.loose:
        reader.about_table(
            Weight.NOTE, f"The column “{reader.heading(name)}” was read as {reader.columns.kind.words_for(name)}.",
            "Nothing, if that is right; else say what the column holds.", "heading read loosely",
        )  # fmt: skip


def _tell_of_unread_columns(reader: TableReader, table: Table) -> None:
    """A column nobody reads may be one that matters under another name."""
    read_ones = {*reader.columns.fields.values(), *reader.columns.months.values()}
    named = (shown(heading) for column, heading in enumerate(table.headings) if column not in read_ones)
    headings = [heading for heading in named if heading]
    if headings:
        reader.about_table(
            Weight.NOTE, f"Columns not read: {_some_headings(headings)}.",
            f"Nothing, if the {reader.columns.kind.name} is whole without them; else say what they hold.",
            "columns not read",
        )  # fmt: skip


def _same_file(name: str, first: str) -> Issue:
    return Issue(
        Weight.NOTE, name, "", "", "", f"This is the same file as {first}: it was read once.", "Nothing.", "same file"
    )


def _no_table(name: str) -> Issue:
    return Issue(
        Weight.REJECTED, name, "", "", "", "No table was found in this file.",
        "Check that it is the right file: a table has a row of headings with rows below it.",
        "file that cannot be read",
    )  # fmt: skip


def _not_understood(table: UnmappedTable) -> Issue:
    if _agencies_side_by_side(table):
        return Issue(
            Weight.REJECTED, table.file, table.sheet, "", _some_headings(table.headings),
            "This looks like partner headcounts with a column for each agency, which cannot be read.",
            "Give each session and agency a row of its own, under Session, Agency and Number attended.",
            "headings not understood",
        )  # fmt: skip
    return Issue(
        Weight.REJECTED, table.file, table.sheet, "", _some_headings(table.headings),
        _what_is_missing(table),
        "Say what each column holds, on the page Import files; it is remembered for these headings.",
        "headings not understood",
    )  # fmt: skip


def _beside(table: UnmappedTable) -> Issue:
    """A table that could not be read, in a file with others that could: asked about only where it may hold records."""
    weight = Weight.QUESTION if table.likely_kind else Weight.NOTE
    return Issue(
        weight, table.file, table.sheet, "", _some_headings(table.headings),
        _what_is_missing(table) + " It was left out.", "Accept that if it holds nothing to import.", "table left out",
    )  # fmt: skip


def _some_headings(headings: Sequence[str]) -> str:
    """The first few, long ones cut."""
    return ", ".join(heading if len(heading) <= 60 else f"{heading[:59]}…" for heading in headings[:8])


def _agencies_side_by_side(table: UnmappedTable) -> bool:
    """A session beside columns of small numbers whose headings are no listed ones: agencies, most likely."""
    fields = columns_as(HEADCOUNTS, table.headings).fields
    if not {"session", "start"} & set(fields) or "agency" in fields or "attended" in fields or not table.sample:
        return False
    counts = [
        column
        for column, heading in enumerate(table.headings)
        if column not in fields.values()
        and not recognised_cells([heading])
        and all(row[column] == "" or row[column].isdigit() for row in table.sample if column < len(row))
    ]
    return len(counts) >= 2


def _what_is_missing(table: UnmappedTable) -> str:
    if table.likely_kind and table.missing:
        return f"This looks like a {table.likely_kind}, but no column was recognised for: {'; '.join(table.missing)}."
    return "The headings of this table were not recognised."
