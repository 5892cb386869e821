"""Records of every kind, gathered from one import."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sos_tracker.records.budget import BudgetLine, LedgerEntry
from sos_tracker.records.embedding import AlignmentItem, CaseAudit, ScaleRating, SurveyAnswer
from sos_tracker.records.milestones import Milestone
from sos_tracker.records.practice_leads import PracticeLeadPost
from sos_tracker.records.record import Record
from sos_tracker.records.targets import StrategyTarget
from sos_tracker.records.training import Attendance, PartnerHeadcount, StaffMember, TrainingSession


@dataclass(frozen=True)
class RecordSet:
    """What one import says, each record once. Staff records, where there are any, are the whole list."""

    sessions: Sequence[TrainingSession] = ()
    attendances: Sequence[Attendance] = ()
    headcounts: Sequence[PartnerHeadcount] = ()
    staff: Sequence[StaffMember] = ()
    posts: Sequence[PracticeLeadPost] = ()
    budget_lines: Sequence[BudgetLine] = ()
    ledger_entries: Sequence[LedgerEntry] = ()
    milestones: Sequence[Milestone] = ()
    targets: Sequence[StrategyTarget] = ()
    ratings: Sequence[ScaleRating] = ()
    audits: Sequence[CaseAudit] = ()
    survey_answers: Sequence[SurveyAnswer] = ()
    alignment_items: Sequence[AlignmentItem] = ()

    def __iter__(self) -> Iterator[Record]:
        for records in vars(self).values():
            yield from records

    def __len__(self) -> int:
        return sum(len(records) for records in vars(self).values())
