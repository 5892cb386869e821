"""Everything gathered, put together: people matched, spellings settled, sessions named, records made."""

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from operator import attrgetter
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from sos_tracker.intake.columns import Draft
from sos_tracker.intake.gathering import Gathering, Spellings, spelling_key
from sos_tracker.intake.matching import attendances, completed, fill_agencies, note_ambiguous, people_of
from sos_tracker.intake.ratings import added_up
from sos_tracker.intake.sessions_named import check_days_to_come, reject_unknown_courses, sessions_of, settle_references
from sos_tracker.records.budget import BudgetLine, LedgerEntry
from sos_tracker.records.embedding import AlignmentItem, CaseAudit, ScaleRating, SurveyAnswer
from sos_tracker.records.issues import Issue, Weight
from sos_tracker.records.milestones import Milestone
from sos_tracker.records.people import PeopleIndex
from sos_tracker.records.practice_leads import PracticeLeadPost
from sos_tracker.records.record import Record
from sos_tracker.records.record_set import RecordSet
from sos_tracker.records.sentences import sentence
from sos_tracker.records.targets import StrategyTarget
from sos_tracker.records.training import Attendance, PartnerHeadcount, StaffMember, TrainingSession

Made = TypeVar("Made", bound=Record)

_ATTENDANCES, _SESSIONS = TypeAdapter(list[Attendance]), TypeAdapter(list[TrainingSession])
_HEADCOUNTS, _STAFF = TypeAdapter(list[PartnerHeadcount]), TypeAdapter(list[StaffMember])
_POSTS, _LINES = TypeAdapter(list[PracticeLeadPost]), TypeAdapter(list[BudgetLine])
_ENTRIES, _MILESTONES = TypeAdapter(list[LedgerEntry]), TypeAdapter(list[Milestone])
_TARGETS, _RATINGS = TypeAdapter(list[StrategyTarget]), TypeAdapter(list[ScaleRating])
_AUDITS, _ANSWERS = TypeAdapter(list[CaseAudit]), TypeAdapter(list[SurveyAnswer])
_ITEMS = TypeAdapter(list[AlignmentItem])


def assembled(gathering: Gathering) -> RecordSet:
    """The records of one import, each once; what is wrong with any of them is added to the findings."""
    _use_merged_names(gathering)
    settle_references(gathering)
    reject_unknown_courses(gathering)
    check_days_to_come(gathering)
    index = people_of(gathering)
    note_ambiguous(gathering, index)
    attended = attendances(gathering, index)
    fill_agencies(gathering, attended, index)
    sessions = sessions_of(gathering)
    headcounts = _headcounts(gathering)
    staff = _staff(gathering, index)
    for draft, _ in gathering.posts:
        if draft["person"] is not None:
            draft["person"] = completed(draft["person"], index)
    told = (gathering.ratings, gathering.audits, _of_agencies(gathering))
    _settle_spellings(gathering, attended, headcounts, staff, *told)
    _settle_codes(gathering)
    return RecordSet(
        sessions=_made(_SESSIONS, sessions),
        attendances=_made(_ATTENDANCES, attended, each_once=True),
        headcounts=_made(_HEADCOUNTS, headcounts),
        staff=_made(_STAFF, staff),
        posts=_made(_POSTS, gathering.posts),
        budget_lines=_made(_LINES, gathering.budget_lines),
        ledger_entries=_made(_ENTRIES, gathering.ledger),
        milestones=_made(_MILESTONES, gathering.milestones),
        targets=_made(_TARGETS, gathering.targets),
        ratings=_made(_RATINGS, added_up(gathering.ratings)),
        audits=_made(_AUDITS, gathering.audits),
        survey_answers=_made(_ANSWERS, gathering.survey_answers),
        alignment_items=_made(_ITEMS, gathering.alignment_items),
    )


def _of_agencies(gathering: Gathering) -> list[Draft]:
    """The answers of agencies; those of the whole programme name none."""
    return [(draft, place) for draft, place in gathering.survey_answers if draft["agency"]]


def _use_merged_names(gathering: Gathering) -> None:
    """Agencies and teams by the names their spellings were merged into; posts, ratings and audits were read so."""
    names = gathering.merged_names
    if not names:
        return
    for row in gathering.register:
        row.agency, row.team = names.of(row.agency, row.team)
    for draft, _ in gathering.staff:
        draft["agency"], draft["team"] = names.of(draft["agency"], draft["team"])
    for draft, _ in gathering.survey_answers:
        draft["agency"], _team = names.of(draft["agency"], "")
    for draft, _ in gathering.headcounts:
        draft["written"] = draft["agency"]
        draft["agency"], _team = names.of(draft["written"], "")


def _headcounts(gathering: Gathering) -> list[Draft]:
    """Lines of the same session and agency are asked about, but for those under names that were merged."""
    names = ("session", "agency", "attended", "level")
    drafts = _larger_of_merged(gathering.headcounts) if gathering.merged_names else gathering.headcounts
    return [({name: draft[name] for name in names}, place) for draft, place in drafts]


def _larger_of_merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Of two names of one agency in one session the one with the larger number stands, as when they were merged."""
    most: dict[tuple[str, str], Draft] = {}
    for draft, place in drafts:
        first = most.setdefault((draft["session"], spelling_key(draft["agency"])), (draft, place))
        if draft["attended"] > first[0]["attended"]:
            most[draft["session"], spelling_key(draft["agency"])] = (draft, place)
    kept: list[Draft] = []
    for draft, place in drafts:
        larger, _ = most[draft["session"], spelling_key(draft["agency"])]
        if spelling_key(larger["written"]) == spelling_key(draft["written"]):
            kept.append((draft, place))
            continue
        place.issue(
            Weight.NOTE, "agency",
            f"“{draft['written']}” and “{larger['written']}” were merged: of their numbers the larger is counted.",
            "Nothing, if they are one agency.", "merged names",
        )  # fmt: skip
    return kept


def _staff(gathering: Gathering, index: PeopleIndex) -> list[Draft]:
    """One draft for each person: somebody with two posts is in scope if either is, and counts once."""
    found: dict[Any, Draft] = {}
    twice = 0
    for draft, place in gathering.staff:
        person = index.identity(draft["person"])
        draft["person"] = completed(draft["person"], index)
        if person not in found:
            found[person] = (draft, place)
            continue
        first, _ = found[person]
        if first == draft:
            continue
        twice += 1
        first["in_scope"] = first["in_scope"] or draft["in_scope"]
        if first["fte"] is not None and draft["fte"] is not None:
            first["fte"] = min(2.0, round(first["fte"] + draft["fte"], 4))
        first["left_on"] = max(first["left_on"], draft["left_on"]) if first["left_on"] and draft["left_on"] else None
    if twice:
        gathering.staff[0][1].reader.about_table(
            Weight.NOTE, f"{twice:,} rows name somebody who is on the list already, in another post: they count once.",
            "Nothing, if these people hold two posts.", "two posts",
        )  # fmt: skip
    return list(found.values())


def _settle_codes(gathering: Gathering) -> None:
    """One spelling for each budget code, the budget book's where it has one: "zx01" in the ledger is its ZX01."""
    book = tuple(draft["code"] for draft, _ in gathering.budget_lines)
    codes = Spellings((*book, *gathering.known.budget_lines))
    codes.see(book)
    codes.see(draft["line"] for draft, _ in gathering.ledger)
    chosen = codes.chosen()
    for draft, _ in gathering.budget_lines:
        draft["code"] = chosen[draft["code"]]
    alike: Counter[tuple[object, ...]] = Counter()
    for draft, place in gathering.ledger:
        draft["line"] = chosen[draft["line"]]
        key = (id(place.reader), *(draft[name] for name in LedgerEntry.key_fields if name != "occurrence"))
        draft["occurrence"] = alike[key]
        alike[key] += 1


def _settle_spellings(gathering: Gathering, *registers: Sequence[Draft]) -> None:
    """One spelling for each agency, and for each team of an agency."""
    drafts = [draft for drafted in (*registers, gathering.posts) for draft, _ in drafted]
    agencies = Spellings(gathering.known.agencies)
    agencies.see(draft["agency"] for draft in drafts)
    chosen = agencies.chosen()
    _tell_of_near_spellings(gathering, set(chosen.values()) | set(gathering.known.agencies), set(chosen.values()))
    teams = Spellings(tuple(team for _, team in gathering.known.teams))
    teams.see(draft["team"] for draft in drafts if "team" in draft)
    team_as = teams.chosen()
    for draft in drafts:
        draft["agency"] = chosen[draft["agency"]]
        if "team" in draft:
            draft["team"] = team_as[draft["team"]]


_NEARLY_THE_SAME = 0.92


def _tell_of_near_spellings(gathering: Gathering, names: set[str], written: set[str]) -> None:
    """Two names of agencies that differ by a letter or two may be one; they are never joined by guess."""
    keys = {name: spelling_key(name) for name in names}
    for first, second in combinations(sorted(names), 2):
        if not {first, second} & written or keys[first] == keys[second]:
            continue
        unlike = set(keys[first].split()) ^ set(keys[second].split())
        if any(character.isdigit() for character in "".join(unlike)):
            continue
        if SequenceMatcher(None, keys[first], keys[second]).ratio() >= _NEARLY_THE_SAME:
            gathering.findings.issues.append(
                Issue(
                    Weight.NOTE, "", "", "", second, f"“{first}” and “{second}” are counted as two agencies.",
                    "Spell them alike if they are one.", "nearly the same spelling",
                )
            )  # fmt: skip


def _made(adapter: TypeAdapter[list[Made]], drafts: Iterable[Draft], *, each_once: bool = False) -> list[Made]:
    """Records of valid drafts; each other one is told of in a sentence, at its place. Of one key the first stands.

    ``each_once``: the drafts are known to be of different keys.
    """
    drafts = list(drafts)
    try:
        records = adapter.validate_python([draft for draft, _ in drafts])
        kept = drafts
    except ValidationError as wrong:
        bad = set()
        for fault in wrong.errors():
            number = int(fault["loc"][0])
            name = str(fault["loc"][1]) if len(fault["loc"]) > 1 else ""
            bad.add(number)
            drafts[number][1].issue(
                Weight.REJECTED, name, sentence(fault), "Mend the cell, or take the row out.", "not valid"
            )
        kept = [drafted for number, drafted in enumerate(drafts) if number not in bad]
        records = adapter.validate_python([draft for draft, _ in kept])
    if each_once:
        return records
    found: dict[Any, Made] = {}
    key = attrgetter(*records[0].key_fields) if records else None
    for record, (_, place) in zip(records, kept, strict=True):
        first = found.setdefault(key(record) if key else None, record)
        if first is not record and first != record:
            place.issue(
                Weight.REJECTED, "", f"This {record.kind} is given twice, with different particulars.",
                "Keep the row that is right.", "given twice",
            )  # fmt: skip
    return list(found.values())
