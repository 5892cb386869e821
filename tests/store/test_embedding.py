"""What tells whether the practice has taken hold, and what people say beside figures: kept, cut at a day, undone."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sos_tracker.measures import frames as shapes
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.records.access import Actor, Role
from sos_tracker.records.budget import OutturnForecast
from sos_tracker.records.bulk import MergeAgency
from sos_tracker.records.changes import BatchFile
from sos_tracker.records.embedding import (
    FOUR_DOMAINS,
    AlignmentItem,
    AlignmentKind,
    Audience,
    AuditGrade,
    CaseAudit,
    ProgrammeDomain,
    Respondents,
    ScaleRating,
    StaffLevel,
    SurveyAnswer,
)
from sos_tracker.records.figures import Rating
from sos_tracker.records.judgements import Annotation, StatusOverride
from sos_tracker.records.programme import Programme
from sos_tracker.records.record import Record
from sos_tracker.records.record_set import RecordSet
from sos_tracker.records.recorded import Add, DuplicateRecord, Revise, StaleRecord, Withdraw
from sos_tracker.store import Store
from sos_tracker.store.keeping.export_folder import ExportFolder

PAT, SAM = (Actor(name, Role.PROJECT_MANAGER, "CE") for name in ("Pat Manager", "Sam Manager"))
ON, LATER = date(2018, 5, 10), date(2018, 5, 11)
FILE = BatchFile("scale.xlsx", "0" * 64, ("implementation scale",), 1)


def rating(score: float = 5.5, on: date = ON, people: int = 3, level: StaffLevel | None = None) -> ScaleRating:
    return ScaleRating(rated_on=on, agency="Social Care", team="Duty", staff_level=level, score=score, people=people)


def audit(on: date = ON, showing: int = 12) -> CaseAudit:
    return CaseAudit(
        audited_on=on, agency="Social Care", team="Duty", files_sampled=20, files_showing_use=showing,
        grade=AuditGrade.GOOD,
    )  # fmt: skip


def answer(on: date = ON, favourable: int = 60) -> SurveyAnswer:
    return SurveyAnswer(
        closed_on=on, audience=Audience.FAMILIES, question="I was listened to", invited=200, answered=80,
        favourable=favourable,
    )  # fmt: skip


ITEM = AlignmentItem(
    reference="A1", title="Case conference minutes", item_kind=AlignmentKind.FORM, due_on=date(2018, 9, 1),
    identified_on=date(2017, 10, 1), live_on=LATER,
)  # fmt: skip
DOMAIN = ProgrammeDomain(name="Child’s voice", about="Children are heard.", measures=("T1", "E1"), place=2)
OVERRIDE = StatusOverride(
    measure="T1", rating=Rating.SLIGHTLY_BEHIND, reason="Two courses count from June", made_by="Pat Manager",
    made_on=ON, expires_on=date(2018, 8, 1),
)  # fmt: skip
NOTE = Annotation(measure="T1", noted_on=ON, sentence="Trainer illness: two courses moved", written_by="Pat Manager")
RECORDS: list[Record] = [
    rating(), rating(level=StaffLevel.MANAGER), audit(), answer(), ITEM, DOMAIN, OVERRIDE, NOTE,
]  # fmt: skip


@pytest.fixture
def council(any_store: Store) -> Store:
    any_store.add_programme(Programme(code="CE", name="Signs of Safety", authority="A council"), PAT)
    return any_store


def added(store: Store, *records: Record) -> None:
    store.write("CE", [Add(record) for record in records], PAT)


def imported(store: Store, **records: list[Record]) -> int:
    batch = store.commit("CE", RecordSet(**records), PAT, [FILE])
    assert batch is not None
    return batch.number


def kept(store: Store, kind: type[Record]) -> list[Record]:
    return [one.record for one in store.records("CE", kind.kind)[0]]


def every_frame(found: ProgrammeFrames) -> dict[str, pd.DataFrame]:
    embedding = found.embedding
    return {
        "SCALE_RATINGS": embedding.scale, "CASE_AUDITS": embedding.audits, "SURVEY_ANSWERS": embedding.surveys,
        "ALIGNMENT_ITEMS": embedding.alignment, "OVERRIDES": found.overrides, "ANNOTATIONS": found.annotations,
        "OUTTURN_FORECASTS": found.budget.outturns,
    }  # fmt: skip


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.kind)
def test_each_is_kept_as_it_was_typed_once_and_by_whoever_saw_it_last(council: Store, record: Record) -> None:
    added(council, record)
    (seen,), _ = council.records("CE", record.kind)
    assert seen.record == record
    with pytest.raises(DuplicateRecord) as refused:
        added(council, record)
    assert refused.value.field in type(record).model_fields
    council.write("CE", [Withdraw(record.kind, seen.number, seen.version)], SAM)
    with pytest.raises(StaleRecord, match="was withdrawn by Sam Manager"):
        council.write("CE", [Revise(seen.number, seen.version, record)], PAT)
    added(council, record)
    assert kept(council, type(record)) == [record]
    assert council.verify() == ()


def test_the_second_of_two_saves_is_told_what_the_first_made_of_it(council: Store) -> None:
    added(council, DOMAIN)
    (seen,), _ = council.records("CE", "domain")
    council.write("CE", [Revise(seen.number, seen.version, DOMAIN.model_copy(update={"measures": ("E2",)}))], SAM)
    with pytest.raises(StaleRecord) as refused:
        council.write("CE", [Revise(seen.number, seen.version, DOMAIN.model_copy(update={"place": 3}))], PAT)
    told = {field.field: (field.seen, field.theirs, field.mine) for field in refused.value.conflicts[0].fields}
    assert told["measures"] == (("T1", "E1"), ("E2",), ("T1", "E1"))


def test_frames_hold_what_was_known_by_the_day_and_items_whatever_their_dates(council: Store) -> None:
    outturns = [OutturnForecast(line="", made_on=on, forecast_pence=pence) for on, pence in ((ON, 90), (LATER, 95))]
    added(council, rating(), rating(8, LATER), audit(), audit(LATER), answer(), answer(LATER), ITEM, OVERRIDE,
          OVERRIDE.model_copy(update={"made_on": LATER}), NOTE, NOTE.model_copy(update={"noted_on": LATER}),
          *outturns)  # fmt: skip
    for on, rows in ((date(2018, 5, 9), 0), (ON, 1), (LATER, 2)):
        for name, frame in every_frame(council.frames("CE", on)).items():
            columns: shapes.Columns = getattr(shapes, name)
            assert {column: str(kind) for column, kind in frame.dtypes.items()} == dict(columns)
            assert len(frame) == (1 if name == "ALIGNMENT_ITEMS" else rows), name
    found = council.frames("CE", ON)
    row = found.embedding.scale.iloc[0]
    assert (row["staff_level"], row["respondents"], row["score"], row["people"]) == ("", Respondents.STAFF, 5.5, 3)
    assert found.overrides.iloc[0]["rating"] == Rating.SLIGHTLY_BEHIND
    assert found.budget.outturns.iloc[0]["forecast_pence"] == 90


def test_the_domains_are_the_four_until_the_council_has_its_own_in_their_order(council: Store) -> None:
    assert council.frames("CE", ON).domains == FOUR_DOMAINS
    first = DOMAIN.model_copy(update={"name": "Permanence", "place": 1, "measures": ()})
    added(council, DOMAIN, first)
    assert council.frames("CE", ON).domains == (first, DOMAIN)


def test_another_programme_sees_nothing_of_it(council: Store) -> None:
    council.add_programme(Programme(code="LE", name="Signs of Safety", authority="Another"), PAT)
    added(council, *RECORDS)
    other = council.frames("LE", LATER)
    assert all(frame.empty for frame in every_frame(other).values())
    assert other.domains == FOUR_DOMAINS


def test_a_file_again_changes_nothing_and_a_newer_one_is_undone_to_the_letter(council: Store) -> None:
    first = {"ratings": [rating(4, people=2), rating(6)], "audits": [audit()], "survey_answers": [answer()],
             "alignment_items": [ITEM]}  # fmt: skip
    imported(council, **first)
    assert council.commit("CE", RecordSet(**first), PAT, [FILE]) is None
    before = [kept(council, kind) for kind in (ScaleRating, CaseAudit, SurveyAnswer, AlignmentItem)]
    batch = imported(council, ratings=[rating(6, people=5)], audits=[audit(showing=15)],
                     survey_answers=[answer(favourable=70)],
                     alignment_items=[ITEM.model_copy(update={"reviewed_on": LATER})])  # fmt: skip
    assert kept(council, ScaleRating) == [rating(6, people=5)]  # whoever scored 4 scores 6 now
    report = council.undo(batch, SAM)
    assert report.kept == ()
    assert [kept(council, kind) for kind in (ScaleRating, CaseAudit, SurveyAnswer, AlignmentItem)] == before
    assert council.verify() == ()


def test_ratings_of_another_day_or_group_are_left_as_they_are(council: Store) -> None:
    imported(council, ratings=[rating(4), rating(5, LATER), rating(5, level=StaffLevel.MANAGER)])
    comparison = council.compare("CE", RecordSet(ratings=[rating(6)]))
    assert (comparison.new, comparison.withdrawn) == ({"scale rating": 1}, {"scale rating": 1})


def test_an_export_brought_back_gives_the_same_records_and_frames(council: Store, tmp_path: Path) -> None:
    added(council, *RECORDS)
    council.export(tmp_path / "out")
    fresh = Store.open(f"sqlite:///{(tmp_path / 'fresh.db').as_posix()}")
    fresh.bring_back(ExportFolder(tmp_path / "out"))
    for kind in {type(record) for record in RECORDS}:
        assert fresh.records("CE", kind.kind) == council.records("CE", kind.kind)
    one, other = council.frames("CE", LATER), fresh.frames("CE", LATER)
    assert all(frame.equals(every_frame(other)[name]) for name, frame in every_frame(one).items())
    assert one.domains == other.domains
    fresh.close()


def test_the_frames_of_an_earlier_day_of_the_history_are_those_of_then(council: Store) -> None:
    added(council, rating(4), DOMAIN)
    then = council.changes("CE")[0].number
    added(council, rating(9), audit())
    (found,) = council.frames_after("CE", LATER, [then])
    assert list(found.embedding.scale["score"]) == [4]
    assert found.domains == (DOMAIN,)
    assert found.embedding.audits.empty


def test_a_merged_agency_is_one_in_ratings_audits_and_answers_and_taken_apart_by_undoing(council: Store) -> None:
    other = {"agency": "CSC"}
    imported(
        council,
        ratings=[rating(4), rating(4, people=2).model_copy(update=other), rating(6).model_copy(update=other)],
        audits=[audit(), audit(showing=9).model_copy(update={**other, "files_sampled": 30})],
        survey_answers=[answer().model_copy(update=other)],
    )
    kinds = (ScaleRating, CaseAudit, SurveyAnswer)
    before = [sorted(kept(council, kind), key=repr) for kind in kinds]
    batch = council.bulk("CE", MergeAgency("CSC", "Social Care"), PAT, reason="One agency")
    ratings, audits, answers = (sorted(kept(council, kind), key=lambda one: repr(one.key)) for kind in kinds)
    assert ratings == [rating(4, people=5), rating(6)]
    assert audits == [audit(showing=9).model_copy(update={"files_sampled": 30})]
    assert answers == [answer().model_copy(update={"agency": "Social Care"})]
    assert council.verify() == ()
    council.undo(batch.number, PAT)
    assert [sorted(kept(council, kind), key=repr) for kind in kinds] == before
    assert council.verify() == ()
