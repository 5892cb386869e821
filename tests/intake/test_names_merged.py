"""Files that still have a spelling which was merged are read by the name it was merged into."""

from datetime import date

from sos_tracker.intake import Known
from sos_tracker.records.issues import Weight
from tests.intake.workbooks import csv, read

CARE = "Children's Social Care"
KNOWN = Known(
    agencies=(CARE, "Police"),
    teams=((CARE, "Duty"), (CARE, CARE)),
    spellings={("", "CSC"): CARE, (CARE, "Duty Tm"): "Duty"},
)


def test_a_register_and_a_staff_list_are_read_by_the_names_of_now() -> None:
    reading = read(
        csv("Session ID,Course,Start date,Payroll no,Agency,Team,Status\n"
            "TS1,Introduction,01/03/2018,100,csc,Duty Tm,Attended\n"
            "TS1,Introduction,01/03/2018,101,Police,Duty Tm,Attended\n"
            "TS1,Introduction,01/03/2018,102,,Duty tm,Attended\n", "register.csv"),
        csv("Payroll no,Agency,Team,In scope\n100,CSC,Duty Tm,Yes\n103,CSC,CSC,Yes\n", "staff.csv"),
        known=KNOWN,
    )  # fmt: skip
    named = [(row.agency, row.team) for row in reading.records.attendances]
    assert named == [(CARE, "Duty"), ("Police", "Duty Tm"), (CARE, "Duty")]
    assert [(row.agency, row.team) for row in reading.records.staff] == [(CARE, "Duty"), (CARE, CARE)]
    assert not [issue for issue in reading.issues if issue.group == "nearly the same spelling"]


def test_headcounts_and_practice_leads_are_read_by_the_names_of_now() -> None:
    reading = read(
        csv("Session,Agency,Number attended\nTS1,CSC,4\n", "headcounts.csv"),
        csv("Agency,Team,Practice lead,Start date\n"
            "CSC,Duty Tm,A person,01/03/2018\n"
            f"{CARE},Duty,Another,01/03/2018\n"
            ",Duty Tm,Vacant,\n"
            "CSC,,Vacant,\n", "leads.csv"),
        known=KNOWN,
    )  # fmt: skip
    assert [row.agency for row in reading.records.headcounts] == [CARE]
    assert sorted((post.team, post.starts_on, post.holding) for post in reading.records.posts if post.filled) == [
        ("Duty", date(2018, 3, 1), 0)
    ]
    assert sorted((post.agency, post.team) for post in reading.records.posts if not post.filled) == [
        (CARE, CARE), (CARE, "Duty"),
    ]  # fmt: skip


def test_of_two_headcounts_under_merged_names_the_larger_stands_and_it_is_noted() -> None:
    lines = f"Session,Agency,Number attended\nTS1,CSC,4\nTS1,{CARE},6\nTS2,CSC,3\nTS2,{CARE},3\nTS3,CSC,1\n"
    reading = read(csv(lines, "headcounts.csv"), known=KNOWN)
    counted = [(row.session, row.agency, row.attended) for row in reading.records.headcounts]
    assert counted == [("TS1", CARE, 6), ("TS2", CARE, 3), ("TS3", CARE, 1)]
    assert [issue.cell for issue in reading.issues if issue.group == "merged names"] == ["B2", "B5"]
    assert not [issue for issue in reading.issues if issue.weight is Weight.REJECTED]


def test_two_headcounts_under_one_name_are_still_asked_about() -> None:
    lines = "Session,Agency,Number attended\nTS1,CSC,4\nTS1,CSC,6\n"
    reading = read(csv(lines, "headcounts.csv"), known=KNOWN)
    assert [issue.group for issue in reading.issues if issue.weight is Weight.REJECTED] == ["given twice"]


def test_without_merged_spellings_names_are_read_as_they_stand() -> None:
    reading = read(csv("Session,Agency,Number attended\nTS1,CSC,4\n", "headcounts.csv"), known=Known(agencies=(CARE,)))
    assert [row.agency for row in reading.records.headcounts] == ["CSC"]
