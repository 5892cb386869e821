"""Training sessions by hand: added, corrected, withdrawn, with their registers; refused where wrong, and taken back."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sos_tracker.intake import Known
from sos_tracker.records.access import Actor, Role
from sos_tracker.records.people import PersonKeyer
from sos_tracker.records.programme import Programme
from sos_tracker.records.recorded import Add, Recorded, Revise, Withdraw
from sos_tracker.records.training import (
    Attendance,
    CourseLevel,
    Outcome,
    PartnerHeadcount,
    SessionStatus,
    TrainingSession,
)
from sos_tracker.store import Store
from sos_tracker.ui.forms import grid
from sos_tracker.ui.forms.delegate_lines import Lines, Usual
from tests.pages import reader
from tests.pages.reader import faults, opened
from tests.pages.recording import fill, press

CODE = "NEW"
SAM = Actor("Sam", Role.PROJECT_MANAGER, CODE)
FIVE = "1001\n1002\nann@example.org\n1004, Police, , Officer\n1005; Police; ; ; walk-in"


@pytest.fixture
def council(empty_programme: Store, keyer: PersonKeyer) -> Store:
    """A programme with one session, two delegates and a headcount."""
    session = TrainingSession(reference="TS1", level=CourseLevel.INTRODUCTION, starts_on=date(2018, 3, 5),
                              status=SessionStatus.DELIVERED, venue="Town Hall", places=20)  # fmt: skip
    people = [
        Attendance(session="TS1", person=keyer.keys(number, None), agency="Social Care", team="Duty", outcome=outcome)
        for number, outcome in (("2001", Outcome.ATTENDED), ("2002", Outcome.BOOKED))
    ]
    counted = PartnerHeadcount(session="TS1", agency="Police", attended=7)
    empty_programme.write(CODE, [Add(record) for record in (session, *people, counted)], SAM)
    return empty_programme


def words(page: AppTest) -> str:
    """As it is read: without the signs that keep Streamlit from reading Markdown."""
    return reader.words(page).replace("\u2060", "").replace("\\", "")


def kept(store: Store, kind: str, **narrow: Any) -> tuple[Recorded, ...]:
    return store.records(CODE, kind, **narrow)[0]


def only(store: Store, kind: str, **narrow: Any) -> Recorded:
    (found,) = kept(store, kind, **narrow)
    return found


def register(store: Store) -> str:
    """What the register's table is called among the forms."""
    rows = kept(store, "attendance")
    return f"register from {rows[0].number} {'-'.join(f'{one.number}.{one.version}' for one in rows)}"


def session_page(store: Store) -> AppTest:
    return opened("training_sessions", session=str(only(store, "session", reference="TS1").number))


def test_a_session_is_added_and_then_its_delegates_several_at_once(empty_programme: Store) -> None:
    page = opened("training_sessions")
    fill(page, "add session", reference="TS9", level="introduction", starts_on="5/3/2018", status="delivered",
         places="20", cost_pence="1,250.50")  # fmt: skip
    press(page, "add session")

    assert "Session TS9 is added" in words(page)
    session = only(empty_programme, "session").record
    assert session == TrainingSession(reference="TS9", level=CourseLevel.INTRODUCTION, starts_on=date(2018, 3, 5),
                                      status=SessionStatus.DELIVERED, places=20, cost_pence=125_050)  # fmt: skip
    assert "Nobody is on the register yet" in words(page)

    fill(page, "delegates", lines=FIVE.replace("1001", "1001, Social Care").replace("1002", "1002, Social Care")
         .replace("example.org", "example.org, Social Care"), outcome="attended")  # fmt: skip
    press(page, "add delegates")

    assert "5 delegates are added to the register of TS9." in words(page)
    outcomes = [vars(one.record)["outcome"] for one in kept(empty_programme, "attendance")]
    assert sorted(outcomes) == [Outcome.ATTENDED] * 4 + [Outcome.WALK_IN]
    assert "1001" not in words(page)
    assert "ann@example.org" not in words(page)
    assert empty_programme.verify() == ()


def test_a_refused_session_keeps_what_was_typed_and_says_what_is_wrong_beside_each_field(
    empty_programme: Store,
) -> None:
    page = opened("training_sessions")
    fill(page, "add session", starts_on="31/02/2018", places="twelve", cost_pence="a lot", venue="Town Hall")
    press(page, "add session")

    said = " ".join(each.value for each in page.error)
    assert "“31/02/2018” is not a date" in said
    assert "The number of places is not a whole number." in said
    assert "The reference is missing." in said
    assert "is not an amount of money" in said
    assert "Nothing was saved. Mend the reference, start date, number of places and cost" in said
    assert {"31/02/2018", "twelve", "a lot", "Town Hall"} <= {box.value for box in page.text_input}
    assert kept(empty_programme, "session") == ()


@pytest.mark.usefixtures("council")
def test_a_session_that_ends_before_it_starts_is_refused_in_the_records_own_words() -> None:
    page = opened("training_sessions")
    fill(page, "add session", reference="TS2", starts_on="5/3/2018", ends_on="4/3/2018")
    press(page, "add session")
    assert "The session ends before it starts." in words(page)


@pytest.mark.usefixtures("council")
def test_a_reference_that_is_there_already_is_refused() -> None:
    page = opened("training_sessions")
    fill(page, "add session", reference="TS1")
    press(page, "add session")
    assert "There is a session with the reference TS1 already." in words(page)


def test_moving_a_session_asks_why_and_keeps_the_reason(council: Store) -> None:
    page = session_page(council)
    fill(page, "session ", starts_on="6/3/2018")
    press(page, "save session")
    assert "Say why: the start date of session TS1 changes." in words(page)
    assert only(council, "session").record == only(council, "session", reference="TS1").record

    fill(page, "session ", why="The trainer was ill")
    press(page, "save session")
    assert "Session TS1 is saved." in words(page)
    assert vars(only(council, "session").record)["starts_on"] == date(2018, 3, 6)
    assert council.changes(CODE, limit=1)[0].reason == "The trainer was ill"


def test_withdrawing_a_session_says_how_many_places_go_with_it(council: Store) -> None:
    page = session_page(council)
    assert "With it go 2 places on its register and 1 partner headcount" in words(page)
    fill(page, "withdraw session", why="It was entered twice")
    press(page, "withdraw session")
    assert "Tick the box" in words(page)

    fill(page, "withdraw session", sure=True)
    press(page, "withdraw session")
    assert "Session TS1 is withdrawn, and 2 places on its register and 1 partner headcount with it." in words(page)
    assert kept(council, "attendance") == ()

    press(page, "take back")
    assert len(kept(council, "attendance")) == 2
    assert vars(only(council, "headcount").record)["attended"] == 7
    assert council.verify() == ()


def test_lines_that_are_wrong_stay_in_the_box_and_the_others_are_added(council: Store) -> None:
    page = session_page(council)
    fill(page, "delegates", lines="2001, Social Care, Duty, , came\n2003, Social Care, Duty, , came\nnobody here")
    press(page, "add delegates")

    assert "1 delegate is added to the register of TS1." in words(page)
    assert "2 lines are to be mended. They are still in the box." in words(page)
    (box,) = page.text_area
    assert box.value == "2001, Social Care, Duty, , came\nnobody here"
    assert "This person is on the register already." in words(page)
    assert len(kept(council, "attendance")) == 3


def test_the_last_entry_is_taken_back_while_nothing_came_after_it(council: Store) -> None:
    before = kept(council, "attendance")
    page = session_page(council)
    fill(page, "delegates", lines="2003, Social Care, Duty, , came\n2004, Social Care, Duty, , came")
    press(page, "add delegates")
    press(page, "take back")
    assert "Taken back: 2 delegates are added" in words(page)
    assert kept(council, "attendance") == before
    assert "take back" not in [button.key for button in page.button]


def test_what_somebody_else_recorded_since_keeps_the_last_entry_where_it_is(council: Store) -> None:
    page = session_page(council)
    fill(page, "delegates", lines="2003, Social Care, Duty, , came")
    press(page, "add delegates")
    council.write(CODE, [Add(TrainingSession(reference="TS2"))], SAM)
    page.run()
    assert "take back" not in [button.key for button in page.button]


def test_a_delegate_is_found_by_number_and_corrected_without_being_shown(council: Store) -> None:
    page = session_page(council)
    fill(page, "find delegate", person=" 2002 ")
    press(page, "find delegate")
    booked = only(council, "attendance", outcome=Outcome.BOOKED)
    assert next(box for box in page.selectbox if box.label == "Delegate").value == booked.number
    assert "2002" not in words(page) + " ".join(str(box.value) for box in page.text_input)

    fill(page, f"delegate {booked.number}", outcome="no-show", team="Fostering")
    press(page, "save delegate")
    assert f"Place {booked.number} on the register of TS1 is corrected." in words(page)
    corrected = vars(council.record(CODE, "attendance", booked.number).record)
    assert (corrected["outcome"], corrected["team"]) == (Outcome.NO_SHOW, "Fostering")

    press(page, "take back")
    assert council.record(CODE, "attendance", booked.number).record == booked.record


def test_a_delegate_nobody_knows_is_said_not_to_be_there(council: Store) -> None:
    page = session_page(council)
    fill(page, "find delegate", person="ann@example.org")
    press(page, "find delegate")
    assert "Nobody on this register is known by that." in words(page)


def test_a_delegate_is_withdrawn_from_the_register(council: Store) -> None:
    page = press(session_page(council), "withdraw delegate")
    assert "is withdrawn from the register of TS1" in words(page)
    assert len(kept(council, "attendance")) == 1


def test_a_partner_headcount_is_added_corrected_and_withdrawn(council: Store) -> None:
    page = session_page(council)
    fill(page, "add headcount", agency="police", attended="9")
    press(page, "add headcount")
    assert "There is a headcount of Police at TS1 already." in words(page)

    fill(page, "add headcount", agency="Probation")
    press(page, "add headcount")
    assert "Probation: 9 people at TS1 are recorded." in words(page)

    number = only(council, "headcount", agency="Police").number
    next(box for box in page.selectbox if box.label.startswith("Headcount")).set_value(number).run()
    fill(page, f"headcount {number}", attended="8")
    press(page, "save headcount")
    assert vars(council.record(CODE, "headcount", number).record)["attended"] == 8

    next(box for box in page.selectbox if box.label.startswith("Headcount")).set_value(number).run()
    press(page, "withdraw headcount")
    assert [vars(one.record)["agency"] for one in kept(council, "headcount")] == ["Probation"]


def test_a_save_over_somebody_elses_is_decided_field_by_field(council: Store) -> None:
    page = session_page(council)
    seen = only(council, "session")
    theirs = seen.record.model_copy(update={"venue": "Library", "trainer": "Jo"})
    council.write(CODE, [Revise(seen.number, seen.version, theirs)], SAM)
    fill(page, "session ", venue="Annexe", places="25")
    press(page, "save session")

    said = words(page)
    assert "Session TS1 was changed by Sam since you opened it." in said
    assert "As you saw it" in said
    assert kept(council, "session")[0].record == theirs

    press(page, "conflict save")
    assert "Choose one of the two." in words(page)
    fill(page, "conflict", **{"0 venue": "mine"})
    press(page, "conflict save")
    assert "Session TS1 is saved." in words(page)
    stands = vars(only(council, "session").record)
    assert (stands["venue"], stands["trainer"], stands["places"]) == ("Annexe", "Jo", 25)


def test_a_session_withdrawn_meanwhile_may_be_added_again(council: Store) -> None:
    page = session_page(council)
    seen = only(council, "attendance", outcome=Outcome.BOOKED)
    next(box for box in page.selectbox if box.label == "Delegate").set_value(seen.number).run()
    council.write(CODE, [Withdraw("attendance", seen.number, seen.version)], SAM)
    fill(page, f"delegate {seen.number}", outcome="attended")
    press(page, "save delegate")
    assert "was withdrawn by Sam since you opened it" in words(page)

    fill(page, "conflict", **{"0 whole": "mine"})
    press(page, "conflict save")
    assert len(kept(council, "attendance", outcome=Outcome.ATTENDED)) == 2


def test_a_session_withdrawn_while_it_is_open_is_said_to_be_and_what_was_typed_is_asked_about(council: Store) -> None:
    page = session_page(council)
    seen = only(council, "session")
    council.write(CODE, [Withdraw("session", seen.number, seen.version)], SAM)
    fill(page, "delegates", lines="2003, Social Care, Duty, , came\n2004, Social Care, Duty, , came")
    press(page, "add delegates")
    assert [each.value for each in page.warning] == [
        "Somebody has withdrawn this session since you opened it. It is shown as you saw it."
    ]
    assert "There is no session with the reference TS1." in words(page)

    fill(page, "session ", venue="Annexe")
    press(page, "save session")
    assert "Session TS1 was withdrawn by Sam since you opened it." in words(page)
    fill(page, "conflict", **{"0 whole": "mine"})
    press(page, "conflict save")
    assert vars(only(council, "session").record)["venue"] == "Annexe"


def test_every_cell_of_the_table_is_checked_again_and_the_refused_are_listed(council: Store) -> None:
    page = session_page(council)
    page.checkbox(key="show grid").check().run()
    key = f"{register(council)} grid 0"
    page.session_state[key] = {"edited_rows": {0: {"Outcome": "frobbed", "Team": "Fostering"}, 1: {"Agency": ""}},
                               "added_rows": [], "deleted_rows": []}  # fmt: skip
    press(page, f"{register(council)} save 0")
    said = words(page)
    assert "2 cells could not be saved." in said
    assert "“frobbed” is not an outcome the tracker knows." in said
    assert "The agency is empty." in said
    assert {vars(one.record)["team"] for one in kept(council, "attendance")} == {"Duty"}


def test_a_table_with_right_cells_becomes_revisions_of_those_rows_alone(council: Store) -> None:
    rows = kept(council, "attendance")
    columns = (grid.GridColumn("team", "Team", read=str), grid.GridColumn("agency", "Agency"))
    edited = grid.frame_of(rows, columns).assign(Team=["Fostering", "Duty"], Agency="Police")
    writes, refused = grid.checked(rows, edited, columns)
    assert refused == []
    assert [(write.number, vars(write.record)["team"]) for write in writes] == [(rows[0].number, "Fostering")]


@pytest.mark.usefixtures("council")
def test_sessions_are_found_by_text_level_and_month() -> None:
    page = opened("training_sessions")
    assert "TS1" in words(page)
    page.text_input(key="sessions text").set_value("library").run()
    assert "No session is like that." in words(page)
    page.text_input(key="sessions text").set_value("town").run()
    page.selectbox(key="sessions month").set_value("2018-03").run()
    page.selectbox(key="sessions level").set_value("introduction").run()
    assert faults(page) == []
    assert "Sessions 1 to 1 of 1" in words(page)

    press(page, "open session")
    assert "<h1>Training session TS1</h1>" in words(page)
    press(page, "back")
    assert "Sessions 1 to 1 of 1" in words(page)


@pytest.mark.parametrize("number", ["999", "-1", "x", "9" * 30])
@pytest.mark.usefixtures("council")
def test_a_session_that_is_not_there_gives_way_to_the_list(number: str) -> None:
    page = opened("training_sessions", session=number)
    assert faults(page) == []
    assert "Find a session" in words(page)


def test_a_save_to_be_decided_on_is_not_asked_about_in_another_programme(council: Store) -> None:
    council.add_programme(Programme(code="OTHER", name="Signs of Safety", authority="Another council"), SAM)
    page = session_page(council)
    seen = only(council, "session")
    theirs = seen.record.model_copy(update={"venue": "Library"})
    council.write(CODE, [Revise(seen.number, seen.version, theirs)], SAM)
    fill(page, "session ", venue="Annexe")
    press(page, "save session")
    assert "Somebody saved before you" in words(page)

    page.query_params["programme"] = "OTHER"
    page.run()
    assert faults(page) == []
    assert "No training session has been recorded yet" in words(page)
    assert "Somebody saved before you" not in words(page)


# lines


def lines(pasted: str, keyer: PersonKeyer, **usual: Any) -> Lines:
    known = Known(agencies=("Police", "Social Care"), teams=(("Social Care", "Fostering"),))
    return Lines(pasted, Usual("TS1", **usual), keyer, known)


def test_columns_of_a_spreadsheet_may_come_in_any_order_under_their_headings(keyer: PersonKeyer) -> None:
    read = lines("Status\tE-mail\tService\tEmployee No\nDNA\tann@x.org\tpolice\t007", keyer)
    (delegate,) = read.delegates
    assert delegate.attendance == Attendance(session="TS1", person=keyer.keys("7", "ann@x.org"), agency="Police",
                                             outcome=Outcome.NO_SHOW)  # fmt: skip
    assert read.heading == 1


def test_a_short_line_may_end_with_its_outcome(keyer: PersonKeyer) -> None:
    (delegate,) = lines("1001; came", keyer, agency="Police").delegates
    assert delegate.attendance.outcome is Outcome.ATTENDED
    assert delegate.attendance.team == ""


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("; Police; ; ; came", "The line names nobody."),
        ("ann@; Police; ; ; came", "The e-mail address is not one."),
        ("1001; ; ; ; came", "No agency is given."),
        ("1001; Polise; ; ; came", "“Polise” is no agency of this programme yet."),
        ("1001; Social Care; Fostring; ; came", "“Fostring” is no team of this programme yet."),
        ("1001; Police; ; ; zz", "“zz” is not an outcome the tracker knows."),
        ("1001; Police", "What became of the place is not said."),
        ("1001" + "x" * 3000, "The line is longer than 2,000 characters."),
        ("Jane Smith; Police; ; ; came", "An employee number has no spaces."),
    ],
)
def test_a_line_that_cannot_be_a_delegate_is_refused_in_a_sentence(keyer: PersonKeyer, line: str, why: str) -> None:
    read = lines(line, keyer)
    assert read.delegates == []
    assert read.refused[0].sentence.startswith(why)


def test_the_same_person_twice_is_refused_the_second_time(keyer: PersonKeyer) -> None:
    read = lines("1001; Police; ; ; came\n\n 1001 ; Police; ; ; DNA", keyer)
    assert [delegate.number for delegate in read.delegates] == [1]
    assert [(one.number, one.sentence) for one in read.refused] == [(3, "This is the same person as line 1.")]
    assert read.left()[0] == " 1001 ; Police; ; ; DNA"


def test_agencies_that_are_new_are_taken_when_they_are_said_to_be_right(keyer: PersonKeyer) -> None:
    (delegate,) = lines("1001; Fire Service; ; ; came", keyer, new_names=True).delegates
    assert delegate.attendance.agency == "Fire Service"
