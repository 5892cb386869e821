"""What only shows when a file is laid beside the records already stored: told, asked or refused before anything is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sos_tracker.intake.embedding_kinds import SCALE
from sos_tracker.intake.fields import Kind
from sos_tracker.intake.kinds import LEADS, MILESTONES, STAFF, TARGETS
from sos_tracker.records.changes import BatchFile, Comparison, Difference
from sos_tracker.records.embedding import ScaleRating
from sos_tracker.records.issues import Issue, Weight
from sos_tracker.records.milestones import Milestone
from sos_tracker.records.money import percent
from sos_tracker.records.periods import day
from sos_tracker.records.practice_leads import PracticeLeadPost
from sos_tracker.records.targets import StrategyTarget

_FEW_LEAVERS = 5
_USUAL_SHARE_LEAVING = 0.20


def against_the_store(comparison: Comparison, files: Sequence[BatchFile]) -> tuple[Issue, ...]:
    """A part list taken for the whole, a baseline or target that is said to move, people merged."""
    told = _Told(tuple(files))
    return (
        *_leaving(comparison, told),
        *_baselines_moved(comparison.held, told),
        *_issued_targets(comparison.held, told),
        *_targets_edited(comparison.differences, told),
        *_withdrawn(comparison, told),
        *_merged(comparison, told),
    )


@dataclass(frozen=True)
class _Told:
    """Issues about whole files: no cell of theirs is wrong by itself."""

    files: tuple[BatchFile, ...]

    def issue(self, weight: Weight, kind: Kind | None, value: str, problem: str, remedy: str, group: str) -> Issue:
        names = [file.name for file in self.files if kind is not None and kind.name in file.kinds]
        return Issue(weight, ", ".join(names), "", "", value, problem, remedy, group)


def _leaving(comparison: Comparison, told: _Told) -> Iterator[Issue]:
    gone, before = comparison.leaving, comparison.staff_before
    if not gone:
        return
    problem = f"{gone:,} of {before:,} staff on the earlier list are not on this one and will count as having left."
    if gone > _FEW_LEAVERS and gone > before * _USUAL_SHARE_LEAVING:
        problem += f" That is {percent(gone, before)}: is this only a part of the staff list?"
        remedy = "If it is a part, import the whole list instead. If so many did leave, accept it."
        yield told.issue(Weight.QUESTION, STAFF, f"{gone:,}", problem, remedy, "staff leaving")
    else:
        yield told.issue(Weight.NOTE, STAFF, f"{gone:,}", problem, "Nothing, if they have left.", "staff leaving")


def _baselines_moved(held: Sequence[Difference], told: _Told) -> Iterator[Issue]:
    for difference, _, *dates in _fields(held, Milestone.kind):
        before, after = (day(date.fromisoformat(said)) for said in dates)
        problem = (
            f"Milestone {difference.key} has the baseline {before}, and this file says {after}. "
            f"A baseline does not move, as slips are counted against it: {before} is kept."
        )
        remedy = (
            "Give the new date as the forecast. If the baseline was wrong from the start, withdraw the milestone and "
            "add it again."
        )
        yield told.issue(Weight.NOTE, MILESTONES, after, problem, remedy, "baseline moved")


def _issued_targets(held: Sequence[Difference], told: _Told) -> Iterator[Issue]:
    for difference in held:
        if difference.kind == StrategyTarget.kind:
            problem = f"The target {difference.key} is issued and stays as it is: this file says otherwise."
            remedy = "A new version needs a row of its own, with a later date on which it was approved."
            yield told.issue(Weight.NOTE, TARGETS, difference.key, problem, remedy, "target issued")


def _targets_edited(differences: Sequence[Difference], told: _Told) -> Iterator[Issue]:
    said = {"target": "target", "baseline": "baseline", "baseline_on": "baseline date"}
    for difference, name, before, after in _fields(differences, StrategyTarget.kind):
        if name in said:
            problem = (
                f"The {said[name]} of {difference.key} was {before}; this file says {after}, approved on the same day."
            )
            remedy = (
                "A new target needs a row of its own with the date it was approved. Accept it only if the earlier "
                "figure was a mistake."
            )
            yield told.issue(Weight.QUESTION, TARGETS, after, problem, remedy, "target edited")


def _withdrawn(comparison: Comparison, told: _Told) -> Iterator[Issue]:
    gone = comparison.withdrawn.get(PracticeLeadPost.kind, 0)
    if gone:
        problem = (
            f"{gone:,} {'line' if gone == 1 else 'lines'} of practice-lead posts stored earlier "
            f"{'is' if gone == 1 else 'are'} not on this list and will be withdrawn."
        )
        yield told.issue(Weight.NOTE, LEADS, f"{gone:,}", problem, "Nothing, if the list is right.", "posts withdrawn")
    scores = comparison.withdrawn.get(ScaleRating.kind, 0)
    if scores:
        problem = (
            f"{scores:,} {'score' if scores == 1 else 'scores'} stored earlier for a day, team and group in this file "
            f"{'is' if scores == 1 else 'are'} not in it and will be withdrawn."
        )
        remedy = "Nothing, if the file has all ratings of that day, team and group."
        yield told.issue(Weight.NOTE, SCALE, f"{scores:,}", problem, remedy, "scores withdrawn")


def _merged(comparison: Comparison, told: _Told) -> Iterator[Issue]:
    count = comparison.merged
    if count:
        problem = (
            f"{count:,} {'person' if count == 1 else 'people'} known by e-mail alone can now be matched to an employee "
            "number, and will count once."
        )
        yield told.issue(Weight.NOTE, None, f"{count:,}", problem, "Nothing needs doing.", "people matched")


def _fields(differences: Sequence[Difference], kind: str) -> Iterator[tuple[Difference, str, str, str]]:
    for difference in differences:
        if difference.kind == kind:
            for name, before, after in difference.fields:
                yield difference, name, before, after
