"""Many records corrected at once: tried first, written as one batch with its reason, and taken back exactly."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, select

from sos_tracker.measures import catalogue
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.records.access import Actor, Role
from sos_tracker.records.bulk import (
    BulkChange,
    CorrectLevel,
    MergeAgency,
    MergeTeam,
    MoveSession,
    PlaceNamed,
    WithdrawSession,
)
from sos_tracker.records.changes import BatchFile, Difference
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.practice_leads import PracticeLeadPost
from sos_tracker.records.programme import Programme
from sos_tracker.records.record_set import RecordSet
from sos_tracker.records.recorded import RecordRefused
from sos_tracker.records.training import (
    Attendance,
    CourseLevel,
    Outcome,
    PartnerHeadcount,
    SessionStatus,
    StaffMember,
    TrainingSession,
)
from sos_tracker.store import MovedOn, Store
from sos_tracker.store.database import reading
from sos_tracker.store.tables import metadata

PAT = Actor("Pat Manager", Role.PROJECT_MANAGER, "CE")
FILE = BatchFile("register.xlsx", "0" * 64, ("training register",), 1)
ON = date(2018, 5, 10)
ANN, BEN, CAS, DEE = (PersonKeys(f"number-{name}", f"mail-{name}") for name in ("ann", "ben", "cas", "dee"))
CARE, SPELLED = "Children's Social Care", "CSC"


@pytest.fixture
def council(any_store: Store) -> Store:
    """Two sessions, and one agency and one team each under two spellings."""
    filled(any_store)
    return any_store


def filled(store: Store) -> None:
    store.add_programme(Programme(code="CE", name="Signs of Safety", authority="A council"), PAT)
    store.commit("CE", RecordSet(
        sessions=[session("TS1"), session("TS2", starts_on=date(2018, 2, 5), ends_on=date(2018, 2, 6))],
        attendances=[came(ANN), came(BEN, agency=SPELLED), came(CAS, "TS2", team="Duty Tm"),
                     came(DEE, "TS2", agency=SPELLED, team=SPELLED)],
        headcounts=[counted(7), counted(5, "TS1", SPELLED), counted(2, "TS2", SPELLED), counted(9, "TS1", "Police")],
        staff=[staff(ANN), staff(BEN, agency=SPELLED), staff(CAS, team="Duty Tm"), staff(DEE, agency=SPELLED)],
        posts=[post(), post(agency=SPELLED), post(agency=SPELLED, team="Locality"),
               post(team="Duty Tm", person=BEN, trained=False), post(agency="Police", team="Police", filled=False)],
    ), PAT, [FILE])  # fmt: skip


def session(reference: str, **fields: Any) -> TrainingSession:
    said = {"level": CourseLevel.INTRODUCTION, "starts_on": date(2018, 1, 8), "course": "Two days",
            "status": SessionStatus.DELIVERED, "inferred": True}  # fmt: skip
    return TrainingSession.model_validate({"reference": reference, **said, **fields})


def came(person: PersonKeys, reference: str = "TS1", **fields: Any) -> Attendance:
    said = {"agency": CARE, "team": "Duty", "outcome": Outcome.ATTENDED}
    return Attendance.model_validate({"session": reference, "person": person, **said, **fields})


def counted(
    attended: int, reference: str = "TS1", agency: str = CARE, level: CourseLevel | None = None
) -> PartnerHeadcount:
    return PartnerHeadcount(session=reference, agency=agency, attended=attended, level=level)


def staff(person: PersonKeys, **fields: Any) -> StaffMember:
    return StaffMember.model_validate({"person": person, "agency": CARE, "team": "Duty", "in_scope": True, **fields})


def post(**fields: Any) -> PracticeLeadPost:
    said = {
        "agency": CARE,
        "team": "Duty",
        "filled": True,
        "starts_on": date(2018, 1, 1),
        "trained": True,
        "person": ANN,
    }
    if fields.get("filled") is False:
        said |= {"starts_on": None, "trained": None, "person": None}
    return PracticeLeadPost.model_validate({**said, **fields})


def figures(frames: ProgrammeFrames) -> tuple[Any, ...]:
    return tuple(figure.as_json() for figure in catalogue.figures(frames, ON))


def dump(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Everything but the history, the batches and the counters."""
    left_out = {"change", "batch", "batch_file", "programme"}
    with reading(store.engine) as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name not in left_out
        }


def named(store: Store) -> list[tuple[str, str, int]]:
    return [(place.agency, place.team, place.records) for place in store.places_named("CE")]


CORRECTIONS: list[BulkChange] = [
    WithdrawSession("TS1"),
    MoveSession("TS2", date(2018, 6, 4)),
    MoveSession("TS1", date(2017, 12, 4), date(2017, 12, 5)),
    MergeAgency(SPELLED, CARE),
    MergeAgency(CARE, SPELLED),
    MergeAgency("Police", "Cheshire Police"),
    MergeTeam(CARE, "Duty Tm", "Duty"),
    CorrectLevel("Two days", date(2018, 2, 1), date(2018, 2, 28), CourseLevel.ADVANCED),
]


@pytest.mark.parametrize("change", CORRECTIONS, ids=lambda change: type(change).__name__)
def test_what_was_tried_is_what_is_written_and_undo_takes_all_of_it_back(council: Store, change: BulkChange) -> None:
    before, history = dump(council), council.changes("CE")
    was = figures(council.frames("CE", ON))

    trial = council.try_bulk("CE", change, ON)

    assert (dump(council), council.changes("CE")) == (before, history)
    assert figures(trial.before) == was

    batch = council.bulk("CE", change, PAT, reason="Found by audit", revision=trial.outcome.revision)

    assert figures(council.frames("CE", ON)) == figures(trial.after)
    assert (batch.changed, batch.withdrawn) == (trial.outcome.changed, trial.outcome.withdrawn)
    assert council.batches("CE")[0] == batch
    assert (batch.files, batch.title, batch.reason) == ((), change.words, "Found by audit")
    assert {made.reason for made in council.changes("CE", batch=batch.number)} == {"Found by audit"}
    assert council.verify() == ()

    report = council.undo(batch.number, PAT)

    assert report.kept == ()
    assert dump(council) == before
    assert council.verify() == ()
    assert figures(council.frames("CE", ON)) == was


def test_a_withdrawn_session_takes_its_register_and_headcounts_along(council: Store) -> None:
    outcome = council.try_bulk("CE", WithdrawSession("TS1"), ON).outcome
    assert outcome.withdrawn == {"session": 1, "attendance": 2, "headcount": 3}
    assert outcome.changed == {}
    assert outcome.records == 6
    assert Difference("session", "TS1", ()) in outcome.examples


def test_a_moved_session_lasts_as_long_as_before_and_an_old_register_does_not_move_it_back(council: Store) -> None:
    council.bulk("CE", MoveSession("TS2", date(2018, 3, 1)), PAT, reason="Wrong date")
    (moved,), _ = council.records("CE", "session", text="TS2")
    assert (moved.record.starts_on, moved.record.ends_on) == (date(2018, 3, 1), date(2018, 3, 2))  # type: ignore[attr-defined]  # a session

    again = RecordSet(sessions=[session("TS2", starts_on=date(2018, 2, 5), ends_on=date(2018, 2, 6))])
    assert council.compare("CE", again).nothing_to_do


def test_moving_people_who_came_to_a_day_to_come_is_told(council: Store) -> None:
    notes = council.try_bulk("CE", MoveSession("TS1", date(2100, 1, 1)), ON).outcome.notes
    assert "2 places are in its register, and counted on the new date with it." in notes
    assert notes[0] == "23 people are recorded as having come, and the new date is still to come."


def test_a_merged_agency_is_one_wherever_it_stood(council: Store) -> None:
    council.bulk("CE", MergeAgency(SPELLED, CARE), PAT, reason="One agency")
    assert {place.agency for place in council.places_named("CE")} == {CARE, "Police"}
    assert (CARE, CARE, 1) in named(council)  # the team that went by its agency's name followed it
    posts, total = council.records("CE", "practice-lead post", agency=CARE)
    assert total == 3
    assert {post.record.team for post in posts} == {"Duty", "Duty Tm", "Locality"}  # type: ignore[attr-defined]  # posts


def test_of_two_headcounts_of_one_session_the_larger_stands_and_it_is_said(council: Store) -> None:
    outcome = council.try_bulk("CE", MergeAgency(CARE, SPELLED), ON).outcome
    assert outcome.withdrawn["headcount"] == 1
    assert (
        "1 session has a headcount under both names: the larger stands and the other is withdrawn, 5 people fewer."
        in outcome.notes
    )

    council.bulk("CE", MergeAgency(CARE, SPELLED), PAT, reason="One agency")
    (kept,), total = council.records("CE", "headcount", session="TS1", agency=SPELLED)
    assert (kept.record.attended, total) == (7, 1)  # type: ignore[attr-defined]  # a headcount


def test_holdings_of_one_post_that_differ_are_numbered_and_those_alike_are_one(council: Store) -> None:
    outcome = council.try_bulk("CE", MergeAgency(SPELLED, CARE), ON).outcome
    assert outcome.withdrawn["practice-lead post"] == 1
    assert any("1 line of a post says under both names the same" in note for note in outcome.notes)

    council.bulk("CE", MergeTeam(CARE, "Duty Tm", "Duty"), PAT, reason="One team")
    posts, _ = council.records("CE", "practice-lead post", agency=CARE, team="Duty")
    assert sorted(post.record.holding for post in posts) == [0, 1]  # type: ignore[attr-defined]  # posts


def test_what_spellings_mean_follows_later_merges(council: Store) -> None:
    council.bulk("CE", MergeTeam(CARE, "Duty Tm", "Duty"), PAT, reason="One team")
    council.bulk("CE", MergeAgency(SPELLED, CARE), PAT, reason="One agency")
    council.bulk("CE", MergeAgency(CARE, "Children's Services"), PAT, reason="Renamed")
    services = "Children's Services"
    assert council.known("CE")["spellings"] == {
        ("", SPELLED): services, ("", CARE): services, (services, "Duty Tm"): "Duty",
    }  # fmt: skip

    council.bulk("CE", MergeAgency(services, CARE), PAT, reason="Named back")
    assert council.known("CE")["spellings"] == {
        ("", SPELLED): CARE, ("", services): CARE, (CARE, "Duty Tm"): "Duty",
    }  # fmt: skip
    assert council.verify() == ()


def test_a_course_s_level_is_corrected_for_the_days_given_with_the_headcounts_that_repeat_it(council: Store) -> None:
    council.commit("CE", RecordSet(headcounts=[
        counted(4, "TS2", "Police", CourseLevel.INTRODUCTION), counted(3, "TS2", "Health", CourseLevel.BRIEFING),
    ]), PAT, [FILE])  # fmt: skip
    february = CorrectLevel("Two days", date(2018, 2, 1), date(2018, 2, 28), CourseLevel.ADVANCED)
    outcome = council.try_bulk("CE", february, ON).outcome
    assert outcome.changed == {"session": 1, "headcount": 1}
    assert "1 partner headcount says a level of its own, and keeps it." in outcome.notes
    assert Difference("session", "TS2", (("level", "introduction", "advanced"),)) in outcome.examples


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        (WithdrawSession("TS9"), "reference", "There is no session with the reference TS9."),
        (MoveSession("TS1", date(2018, 1, 8)), "starts_on", "is recorded on 8 January 2018 already"),
        (MoveSession("TS1", date(2018, 3, 2), date(2018, 3, 1)), "ends_on", "ends before it starts"),
        (MergeAgency("Nobody", CARE), "name", "No record names the agency “Nobody”."),
        (MergeAgency(CARE, CARE), "into", "that differ"),
        (MergeAgency(CARE, " "), "into", "Give the name that is to stand"),
        (MergeTeam("Police", "Duty", "Locality"), "name", "No record names the team “Duty”."),
        (CorrectLevel("Two days", ON, date(2018, 5, 1), CourseLevel.ADVANCED), "until", "before the first"),
        (CorrectLevel("Three days", date(2018, 1, 1), ON, CourseLevel.ADVANCED), "since", "No session of this course"),
        (CorrectLevel("Two days", date(2018, 1, 1), ON, CourseLevel.INTRODUCTION), "level", "already"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)
def test_what_cannot_be_is_refused_beside_its_field(council: Store, change: BulkChange, field: str, said: str) -> None:
    before = dump(council)
    with pytest.raises(RecordRefused, match=said) as refusal:
        council.bulk("CE", change, PAT, reason="Found by audit")
    assert refusal.value.field == field
    assert dump(council) == before
    assert len(council.batches("CE")) == 1


def test_a_correction_tried_before_somebody_else_wrote_is_not_made(council: Store) -> None:
    trial = council.try_bulk("CE", WithdrawSession("TS1"), ON)
    council.bulk("CE", MergeAgency("Police", "Cheshire Police"), PAT, reason="Renamed")
    with pytest.raises(MovedOn):
        council.bulk("CE", WithdrawSession("TS1"), PAT, reason="Never ran", revision=trial.outcome.revision)
    assert council.records("CE", "session")[1] == 2


def test_undo_keeps_what_was_corrected_again_since(council: Store) -> None:
    first = council.bulk("CE", MoveSession("TS1", date(2018, 3, 1)), PAT, reason="Wrong date")
    council.bulk("CE", MoveSession("TS1", date(2018, 3, 8)), PAT, reason="Wrong again")
    assert council.undo(first.number, PAT).kept == ("session TS1: edited since",)


def test_every_agency_and_team_named_is_listed_with_how_many_records_name_it(council: Store) -> None:
    assert PlaceNamed(CARE, "Duty Tm", 3) in council.places_named("CE")
    assert PlaceNamed("Police", "", 1) in council.places_named("CE")
    assert council.courses("CE") == ("Two days",)


NAMES = st.sampled_from([CARE, SPELLED, "Police", "Health"])
TEAMS = st.sampled_from(["Duty", "Duty Tm", "Locality", CARE])
MERGES = st.one_of(
    st.builds(MergeAgency, NAMES, NAMES), st.builds(MergeTeam, NAMES, TEAMS, TEAMS)
)  # fmt: skip


@given(changes=st.lists(MERGES, min_size=1, max_size=4))
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
def test_merges_undone_newest_first_leave_everything_as_it_was(changes: list[BulkChange]) -> None:
    store = Store.open("sqlite://")
    store.migrate()
    filled(store)
    states, batches = [dump(store)], []
    for change in changes:
        try:
            batch = store.bulk("CE", change, PAT, reason="Two spellings")
        except RecordRefused:
            continue
        batches.append(batch.number)
        states.append(dump(store))
    assert store.verify() == ()
    for number in reversed(batches):
        assert dump(store) == states.pop()
        assert store.undo(number, PAT).kept == ()
    assert dump(store) == states.pop()
    assert store.verify() == ()
    store.close()


def test_trying_leaves_nothing_behind_and_ends_its_transaction(council: Store) -> None:
    commits: list[str] = []
    engine: Engine = council.engine
    event.listen(engine, "commit", lambda _: commits.append("commit"))
    council.try_bulk("CE", MergeAgency(SPELLED, CARE), ON)
    assert commits == []
    council.bulk("CE", MergeAgency(SPELLED, CARE), PAT, reason="One agency")
    assert commits == ["commit"]
