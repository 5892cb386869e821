"""Registers, session lists and headcounts: people matched, sessions named, outcomes read, whatever the headings."""

import io
from datetime import date

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sos_tracker.intake import Known, SourceFile
from sos_tracker.records.people import PeopleIndex, PersonKeys
from sos_tracker.records.training import CourseLevel, Outcome, SessionStatus
from tests.intake.workbooks import KEYER, csv, problems, read, xlsx

HEADINGS = [
    "Class ID",
    "Learner email",
    "Payroll Number",
    "Directorate",
    "Unit",
    "Attended?",
    "Event name",
    "Event date",
]
SESSIONS = [
    ["Ref", "Course", "From", "To", "Places", "Status", "Cost (£)"],
    ["E-101", "SoS Foundation (2 days)", date(2018, 9, 3), date(2018, 9, 4), 20, "Delivered", "£2,400"],
]


def row(
    session="E-101", email="a@n.example", number="100", status="Y", course="SoS Foundation (2 days)", day="3 Sep 2018"
):
    return [session, email, number, "Children's Services", "Duty", status, course, day]


def register(*rows, **sheets):
    return xlsx({"Export": [HEADINGS, *rows], **sheets})


def outcomes(reading):
    return [attendance.outcome for attendance in reading.records.attendances]


def test_a_table_is_found_under_titles_and_above_remarks():
    reading = read(
        xlsx({
            "Export": [
                ["Northshire County Council"], ["Run 03/05/2019", "", "", "by LMS"], [], HEADINGS, row(),
                [], HEADINGS, row(email="b@n.example", number="101"), ["Grand total", 2], ["* includes agency staff"],
            ]
        })
    )  # fmt: skip
    assert len(reading.records.attendances) == 2
    assert reading.counts["totals rows"] == 1
    assert reading.counts["repeated heading rows"] == 1
    assert {group for _, _, group in problems(reading)} == {"remark rows"}


def test_hidden_sheets_are_ignored():
    reading = read(xlsx({"Old": [HEADINGS, row()], "Now": [HEADINGS, row("E-102")]}, hidden=["Old"]))
    assert [attendance.session for attendance in reading.records.attendances] == ["E-102"]


def test_two_tables_of_one_sheet_are_both_read_one_below_the_other():
    reading = read(
        register(row(), [], ["Partners who signed in"], ["Session", "Agency", "No. present"], ["E-101", "Police", 5])
    )
    assert len(reading.records.attendances) == 1
    assert [line.attended for line in reading.records.headcounts] == [5]


def test_two_tables_of_one_sheet_are_both_read_side_by_side():
    reading = read(
        xlsx(
            {
                "S": [
                    ["Session", "Agency", "No. present", "", "Code", "Budget line", "Approved", "Nov-17"],
                    ["E-101", "Police", 5, "", "S1", "Rooms", 10, 10],
                    ["E-102", "Police", 6, "", "", "", "", ""],
                ]
            }
        )
    )
    assert len(reading.records.headcounts) == 2
    assert len(reading.records.budget_lines) == 1


def test_headings_may_stand_below_their_rows():
    reading = read(csv("TS1,Police,5\nTS2,Police,6\nTS3,Police,7\nSession,Agency,Number attended\n"))
    assert [line.attended for line in reading.records.headcounts] == [5, 6, 7]


def test_a_cell_merged_downwards_holds_for_each_of_its_rows():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([["Session", "Agency", "Present"], ["", "Police", 5], ["", "Health", 6]]):
            sheet.write_row(number, 0, cells)
        sheet.merge_range("A2:A3", "TS1")
    reading = read(SourceFile("merged.xlsx", made.getvalue()))
    assert [(line.session, line.agency) for line in reading.records.headcounts] == [
        ("TS1", "Police"),
        ("TS1", "Health"),
    ]


def test_one_person_is_known_by_number_else_email_whatever_case_and_spaces():
    reading = read(register(row(), row(email=" A@N.example ", number=""), row(email="", number=" 100 ")))
    (attendance,) = reading.records.attendances
    assert attendance.register_rows == 3
    assert attendance.person == KEYER.keys("100", "a@n.example")
    assert reading.counts["repeated rows"] == 2


def test_a_number_missing_in_the_register_is_completed_from_the_staff_list():
    staff = csv("Emp ID,Email,Directorate,Team,In scope\n100,a@n.example,Children's Services,Duty,Y\n", "staff.csv")
    for files in ((register(row(number="")), staff), (staff, register(row(number="")))):
        (attendance,) = read(*files).records.attendances
        assert attendance.person == KEYER.keys("100", "a@n.example")


def test_a_row_that_names_nobody_is_rejected_with_its_place():
    reading = read(register(row(), row(email="n/a", number="-")))
    assert problems(reading) == [("rejected", "C3", "nobody named")]


def test_an_email_beside_two_numbers_is_told_of():
    reading = read(register(row(number="100"), row("E-102", number="101")))
    assert ("note", "B2", "e-mail of several people") in problems(reading)


def test_who_came_and_did_not_come_to_one_session_came_and_it_is_told():
    reading = read(register(row(status="DNA"), row(status="Present")))
    assert outcomes(reading) == [Outcome.ATTENDED]
    assert problems(reading) == [("note", "F3", "conflicting rows")]


def test_a_booking_and_its_attendance_are_one_attendance_and_no_question():
    reading = read(register(row(status="Booked"), row(status="Attended")))
    assert outcomes(reading) == [Outcome.ATTENDED]
    assert not reading.issues


def test_an_unknown_status_is_rejected_and_never_guessed():
    reading = read(register(row(status="Dropped out")))
    (issue,) = reading.issues
    assert (issue.cell, issue.group, issue.word) == ("F2", "unknown status", "Dropped out")
    assert not reading.records.attendances


def test_a_meaning_given_to_a_word_mends_it():
    for reading in (
        read(register(row(status="Dropped out")), **{"dropped out": "cancelled"}),
        read(register(row(status="Dropped out")), known=Known(meanings={"dropped out": "cancelled"})),
    ):
        assert outcomes(reading) == [Outcome.CANCELLED]
        assert reading.meanings_used == {"dropped out": "cancelled"}


def test_rows_may_be_left_out_by_the_meaning_given():
    reading = read(register(row(), row(course="Fire safety", session="F1")), **{"fire safety": "leave out"})
    assert not reading.rejected
    assert [attendance.session for attendance in reading.records.attendances] == ["E-101"]
    assert reading.counts["left out on request"] == 1


def test_an_empty_status_may_be_given_a_meaning():
    assert read(register(row(status=""))).rejected
    assert outcomes(read(register(row(status="")), blank="booked")) == [Outcome.BOOKED]


def test_a_booking_column_beside_the_attendance_tells_walk_ins_and_cancellations():
    headings = ["Course ref", "Course", "Staff number", "Service", "Booked", "Attended"]
    said = [("Y", "Y"), ("Y", "N"), ("N", "Y"), ("Cancelled", "N"), ("Y", "")]
    rows = [["E1", "2 day", number, "Help", booked, came] for number, (booked, came) in enumerate(said, start=1)]
    assert outcomes(read(xlsx({"R": [headings, *rows]}))) == [
        Outcome.ATTENDED, Outcome.NO_SHOW, Outcome.WALK_IN, Outcome.CANCELLED, Outcome.BOOKED,
    ]  # fmt: skip


def test_a_session_named_by_the_register_alone_is_inferred():
    (session,) = read(register(row(), row(number="101", email="", status="N"))).records.sessions
    assert session.inferred
    assert (session.level, session.starts_on, session.status) == (
        CourseLevel.INTRODUCTION, date(2018, 9, 3), SessionStatus.DELIVERED,
    )  # fmt: skip


def test_a_session_everybody_cancelled_is_cancelled_and_one_only_booked_is_planned():
    reading = read(register(row(status="Withdrawn"), row("E-102", status="Enrolled")))
    assert [session.status for session in reading.records.sessions] == [SessionStatus.CANCELLED, SessionStatus.PLANNED]


def test_the_list_of_sessions_is_believed_before_the_register():
    reading = read(register(row("e-101", course="SOS-2D"), Sessions=SESSIONS))
    (session,) = reading.records.sessions
    assert not session.inferred
    assert (session.reference, session.course) == ("E-101", "SoS Foundation (2 days)")
    assert reading.records.attendances[0].session == "E-101"
    assert not reading.issues


def test_a_register_far_from_the_sessions_date_is_asked_about():
    reading = read(register(row(day="3 Oct 2018"), Sessions=SESSIONS))
    assert problems(reading) == [("question", "H2", "dates that disagree")]


def test_who_came_to_a_cancelled_session_is_asked_about():
    cancelled = [SESSIONS[0], [*SESSIONS[1][:5], "Cancelled", 0]]
    assert problems(read(register(row(), Sessions=cancelled))) == [("question", "F2", "came to what was not held")]


def test_who_came_on_a_day_still_to_come_is_asked_about():
    assert problems(read(register(row(day="3 Sep 2020")))) == [("question", "H2", "came to what was not held")]


def test_a_code_with_dates_weeks_apart_is_a_course_and_each_date_a_session():
    reading = read(register(row(), row(email="b@n.example", number="101", day="3 Nov 2018")))
    assert {session.reference for session in reading.records.sessions} == {"E-101 2018-09-03", "E-101 2018-11-03"}
    assert problems(reading) == [("question", "A2", "one code for several dates")]


def test_without_a_reference_a_session_is_its_date_and_level():
    headings = ["Training", "Date", "E-mail", "Service", "Outcome"]
    reading = read(
        xlsx(
            {
                "R": [
                    headings,
                    ["SoS 2-day", "3 Sep 2018", "a@n.example", "Help", "A"],
                    ["Two day intro", "03/09/2018", "b@n.example", "Help", "A"],
                ]
            }
        )
    )
    assert {attendance.session for attendance in reading.records.attendances} == {"2018-09-03 introduction"}


def test_without_a_reference_the_session_listed_for_that_day_and_level_is_meant():
    headings = ["Training", "Date", "E-mail", "Service", "Outcome"]
    reading = read(xlsx({"R": [headings, ["SoS 2-day", "3 Sep 2018", "a@n.example", "Help", "A"]], "S": SESSIONS}))
    assert [attendance.session for attendance in reading.records.attendances] == ["E-101"]


def test_a_course_nobody_knows_is_asked_about_unless_its_session_is_listed():
    strange = row(course="SoS in practice")
    assert [issue.word for issue in read(register(strange)).issues] == ["SoS in practice"]
    assert not read(register(strange, Sessions=SESSIONS)).rejected


def test_a_headcount_of_a_session_not_yet_known_names_it_and_no_more():
    headcount = xlsx({"S": [["Course ref", "Organisation", "No. present"], ["E-9", "Police", "Nil"]]})
    (session,) = read(headcount).records.sessions
    assert (session.reference, session.status, session.inferred) == ("E-9", None, True)
    assert not read(headcount, known=Known(sessions={"E-9": date(2018, 9, 3)})).records.sessions


def test_a_headcount_without_a_number_is_not_zero():
    reading = read(xlsx({"S": [["Course ref", "Organisation", "No. present"], ["E-9", "Police", ""]]}))
    assert not reading.records.headcounts
    assert problems(reading) == [("note", "C2", "no number given")]


def test_names_are_spelt_as_known_and_joined_only_where_it_is_safe():
    rows = [row(), row("E-102"), row("E-103")]
    rows[1][3], rows[2][3] = "CHILDREN’S  services", "Childrens Services"
    reading = read(register(*rows), known=Known(agencies=("Children's Services",)))
    assert {attendance.agency for attendance in reading.records.attendances} == {"Children's Services"}


def test_nearly_the_same_names_are_told_of_and_not_joined():
    rows = [row(), row("E-102")]
    rows[1][3] = "Children's Servces"
    reading = read(register(*rows))
    assert len({attendance.agency for attendance in reading.records.attendances}) == 2
    assert [issue.group for issue in reading.issues] == ["nearly the same spelling"]


def test_text_that_begins_like_a_formula_stays_text():
    rows = row()
    rows[4] = "=HYPERLINK(1)"
    assert read(register(rows)).records.attendances[0].team == "=HYPERLINK(1)"


def test_an_agency_missing_from_the_register_comes_from_the_staff_list():
    staff = csv("Emp ID,Directorate,Team,In scope\n100,Help,North,Y\n", "staff.csv")
    headings = ["Course ref", "Course", "Staff number", "Attendance"]
    reading = read(xlsx({"R": [headings, ["E1", "2 day", 100, "Y"], ["E1", "2 day", 999, "Y"]]}), staff)
    assert [attendance.agency for attendance in reading.records.attendances] == ["Help", "Not stated"]


def test_the_same_file_twice_is_read_once():
    first, second = register(row()), register(row())
    (attendance,) = read(first, type(first)("copy.xlsx", first.content), second).records.attendances
    assert attendance.register_rows == 1


PEOPLE = st.lists(
    st.builds(
        PersonKeys, st.sampled_from(["n1", "n2", "n3", None]), st.sampled_from(["e1", "e2", "e3"])
    ), min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=200)
@given(PEOPLE, st.randoms())
def test_who_is_the_same_person_does_not_depend_on_the_order_of_rows(people, random):
    shuffled = list(people)
    random.shuffle(shuffled)
    one, other = PeopleIndex(), PeopleIndex()
    one.learn(people)
    other.learn(shuffled)
    assert [one.identity(keys) for keys in people] == [other.identity(keys) for keys in people]


STATUSES = st.sampled_from(["A", "DNA", "Booked", "Walk-in"])
ROWS = st.lists(st.tuples(st.sampled_from("123"), st.sampled_from(["", "a", "b"]), STATUSES), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(ROWS, st.randoms())
def test_the_order_of_rows_makes_no_difference_to_the_attendances(people, random):
    def attendances(entries):
        lines = [
            f"E1,2 day,{number},{email and email + '@n.example'},Help,{status}" for number, email, status in entries
        ]
        text = "\n".join(["Session ref,Course,Employee no,E-mail,Agency,Status", *lines])
        return sorted(map(repr, read(csv(text)).records.attendances))

    shuffled = list(people)
    random.shuffle(shuffled)
    found = attendances(people)
    assert len(found) == len({number for number, _, _ in people})
    assert attendances(shuffled) == found
