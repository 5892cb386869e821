"""Ratings, case audits, survey waves and alignment items, under other headings and with mess."""

from datetime import date, datetime

import pytest

from sos_tracker.intake import Known
from sos_tracker.intake.headings import recognise
from sos_tracker.records.embedding import (
    AlignmentKind,
    AlignmentStage,
    Audience,
    AuditGrade,
    Respondents,
    ScaleRating,
    StaffLevel,
)
from tests.intake.workbooks import csv, problems, read, xlsx

MAY = date(2018, 5, 10)


def sheet(*rows, title="Sheet1", name="file.xlsx", known=None, **means):
    return read(xlsx({title: rows}, name), known=known, **means)


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ("Date|Agency|Team|Staff level|Respondent group|Score|Number of people", "implementation scale"),
        ("Date rated|Service|Unit|Role|Rated by|Score (0-10)|Responses", "implementation scale"),
        ("Completion time|Email|Team name|Your role|Scaling question: 0 to 10", "implementation scale"),
        ("When|Directorate|Signs of Safety score|How many", "implementation scale"),
        ("Audit date|Agency|Team|Files sampled|Files showing use|Grade", "case audits"),
        ("Date of audit|Team|Cases audited|% showing use|Overall judgement", "case audits"),
        ("Date|Service area|Team|No. of case files|With evidence of use|Percentage|Quality of practice", "case audits"),
        ("Closed on|Audience|Question|Invited|Answered|Agreed|Response rate", "survey answers"),
        ("Wave|Respondent group|Statement|Surveys sent|Responses|% agree or strongly agree", "survey answers"),
        ("Survey date|Question|Number asked|Number returned|Positive (%)|Return rate", "survey answers"),
        ("Ref|Item|Type|Stage|Stage date|Owner|Due", "alignment items"),
        ("No.|Document|Category|Identified|Drafted|Approved|Live|Reviewed|Lead officer", "alignment items"),
        ("Form or policy|Status|Date of status|Domain|Target live date", "alignment items"),
        # what was there before stays what it was
        ("Ref|Workstream|Milestone|Owner|Baseline date|Forecast date|Status", "milestone plan"),
        ("Ref|Title|Owner|Due date|Stage|Comments", "milestone plan"),
        ("Code|Description|Approved|Category", "budget book"),
        ("Session ref|Date|Agency|People|Rating", "partner headcounts"),
        ("Document date|Document no|Description|Type|Amount|Status", "ledger"),
        ("Employee no|Team|Job title|Grade|Start date", "staff list"),
        ("Course|Date|Venue|Trainer|Status|Evaluation score", "training sessions"),
        ("Measure|Baseline|Target|Due|Approved on|Owner", "strategy targets"),
    ],
)
def test_each_kind_is_known_by_headings_of_its_own(headings, kind):
    found, _ = recognise(headings.split("|"))
    assert found is not None
    assert found.kind.name == kind


# The implementation scale


def test_a_row_a_rating_and_a_row_a_score_come_to_the_same():
    each = [["10/05/2018", "Social Care", "Duty", "Social workers", "staff", score] for score in (6, "7/10", 6, 7.0, 6)]
    by_row = sheet(["Implementation scale, May"], [], ["Date", "Agency", "Team", "Level", "Rated by", "Score"], *each)
    counted = sheet(
        ["Date rated", "Service", "Team", "Role", "Respondent group", "Score out of 10", "No. of people"],
        [MAY, "Social Care", "Duty", "practitioner", "", "6", 3],
        [MAY, "Social Care", "Duty", "practitioner", "", "7 out of 10", 2],
        ["Total", "", "", "", "", "", 5],
    )
    said = {"rated_on": MAY, "agency": "Social Care", "team": "Duty", "staff_level": StaffLevel.PRACTITIONER}
    assert by_row.records.ratings == [
        ScaleRating(**said, score=6, people=3), ScaleRating(**said, score=7, people=2),
    ]  # fmt: skip
    assert counted.records.ratings == by_row.records.ratings
    assert not counted.issues
    assert counted.counts["totals rows"] == 1


def test_a_score_off_the_scale_or_between_its_points_is_refused_in_a_sentence():
    reading = sheet(
        ["Date", "Team", "Score"], [MAY, "Duty", 11], [MAY, "Duty", -1], [MAY, "Duty", 6.3], [MAY, "Duty", "good"],
        [MAY, "Duty", datetime(2018, 10, 7)], [MAY, "Duty", "60%"], [MAY, "Duty", "6.5"],
    )  # fmt: skip
    assert problems(reading) == [("rejected", f"C{row}", "not a score") for row in range(2, 8)]
    told = [issue.problem for issue in reading.issues]
    assert told[0] == "11 is outside the scale, which goes from 0 to 10."
    assert "a mean hides how far apart the scores are" in told[2]
    assert "a spreadsheet makes one of 7/10" in told[4]
    assert [rating.score for rating in reading.records.ratings] == [6.5]


def test_levels_and_groups_in_other_words_and_one_nobody_knows_is_asked_about():
    rows = [
        [MAY, "Duty", "Senior Leadership Team", "Parents & carers", 5], [MAY, "Duty", "All levels", "Consultants", 4],
        [MAY, "Duty", "Team leaders", "self-rating", 3],
    ]  # fmt: skip
    reading = sheet(["Date", "Team", "Staff level", "Respondents", "Score"], *rows)
    assert problems(reading) == [("rejected", "C4", "unknown level of staff")]
    assert reading.issues[0].word == "Team leaders"
    assert [(one.staff_level, one.respondents) for one in reading.records.ratings] == [
        (StaffLevel.SENIOR_LEADER, Respondents.FAMILIES), (None, Respondents.TRAINERS),
    ]  # fmt: skip
    meant = sheet(
        ["Date", "Team", "Staff level", "Respondents", "Score"], *rows, **{"Team leaders": "supervisor"}
    ).records.ratings
    assert meant[2].staff_level is StaffLevel.SUPERVISOR


def test_totals_averages_and_teams_without_their_agency_are_read_for_what_they_are():
    known = Known(agencies=("Social Care",), teams=(("Social Care", "Duty"),))
    reading = sheet(
        ["Date", "Agency", "Team", "Score", "People"], [MAY, "", "Duty", 6, 4], [MAY, "social care", "Duty", 7, 2],
        [MAY, "Social Care", "All teams", 5, 9],
        [MAY, "Social Care", "Total", "", 15], ["Average", "", "", 6.33, ""],
        known=known,
    )  # fmt: skip
    assert [(one.agency, one.team, one.people) for one in reading.records.ratings] == [
        ("Social Care", "Duty", 4), ("Social Care", "Duty", 2), ("Social Care", "", 9),
    ]  # fmt: skip
    assert not reading.issues


def test_a_rating_without_a_score_is_noted_and_one_still_to_come_asked_about():
    reading = sheet(
        ["Date", "Team", "Score", "People"], [MAY, "Duty", "", 2], [date(2019, 12, 1), "Duty", 5, 1],
        [MAY, "Duty", 5, ""], [MAY, "Duty", 4, 0], [None, "Duty", 4, 1],
    )  # fmt: skip
    assert sorted(problems(reading)) == [
        ("note", "C2", "no number given"), ("note", "D5", "no number given"),
        ("question", "A3", "implausible date"), ("rejected", "A6", "no date"), ("rejected", "D4", "no number given"),
    ]  # fmt: skip


# Case audits


def test_audits_have_their_number_or_a_percentage_from_which_it_follows():
    reading = sheet(
        ["Audit date", "Agency", "Team", "Files sampled", "Files showing use", "% showing use", "Grade"],
        [MAY, "Social Care", "Duty", 20, 12, "60%", "Good"],
        [MAY, "Social Care", "Court", 30, "", "63%", "RI"],
        [MAY, "Social Care", "Care", 8, 2, 0.25, ""],
    )
    assert [(one.files_sampled, one.files_showing_use, one.grade) for one in reading.records.audits] == [
        (20, 12, AuditGrade.GOOD), (30, 19, AuditGrade.REQUIRES_IMPROVEMENT), (8, 2, None),
    ]  # fmt: skip
    assert not reading.issues


def test_a_percentage_that_does_not_follow_is_asked_about_and_never_turned_into_a_number_by_guess():
    headings = ["Date", "Team", "Cases audited", "With evidence of use", "Percentage", "Judgement"]
    reading = sheet(
        headings, [MAY, "A", 20, 12, "70%", "Good"], [MAY, "B", 20, "", "63%", "Good"], [MAY, "C", 300, "", "50%", ""],
        [MAY, "D", 20, 21, "", ""], [MAY, "E", 20, 5, "", "Adequate"],
    )  # fmt: skip
    assert sorted(problems(reading)) == [
        ("question", "E2", "printed percentages"), ("rejected", "A5", "not valid"),
        ("rejected", "D3", "no number given"), ("rejected", "D4", "no number given"),
        ("rejected", "F6", "unknown grade"),
    ]  # fmt: skip
    told = {issue.cell: issue.problem for issue in reading.issues}
    assert told["D3"] == "63.0% of 20 is no whole number."
    assert told["D4"] == "50.0% of 300 may be 149 to 151."
    assert told["E2"] == "The percentage does not follow from its counts: 12 of 20 is 60%."


# Surveys


def test_a_wave_by_its_day_or_month_with_agreement_as_a_number_or_a_share():
    reading = read(csv(
        "Wave,Survey group,Statement,Surveys sent,Responses,% agree or strongly agree,Response rate\n"
        '"Wave 2 (May 2018)",Parents and carers,I was listened to,200,80,75%,40%\n'
        "31/05/2018,staff,I know the practice,100,50,64,55%\n"
    ))  # fmt: skip
    first, second = reading.records.survey_answers
    assert (first.closed_on, first.audience, first.favourable) == (date(2018, 5, 31), Audience.FAMILIES, 60)
    assert (second.closed_on, second.audience, second.favourable) == (date(2018, 5, 31), Audience.STAFF, 32)
    assert problems(reading) == [("question", "G3", "printed percentages")]


def test_who_was_asked_is_told_by_the_title_or_asked_about():
    rows = [["Date", "Question", "Asked", "Answered", "Agreed"], [MAY, "I was listened to", 20, 10, 8]]
    by_title = sheet(["Family feedback survey, May 2018"], [], *rows)
    assert [answer.audience for answer in by_title.records.survey_answers] == [Audience.FAMILIES]
    assert problems(by_title) == [("note", "", "audience by title")]
    untold = sheet(*rows)
    assert problems(untold) == [("rejected", "", "no audience")]
    assert not untold.records.survey_answers


def test_more_answers_than_were_asked_are_refused_and_a_wave_without_a_day_too():
    reading = sheet(
        ["Wave", "Audience", "Agency", "Question", "Asked", "Answered", "Agreed"],
        ["May 2018", "staff", "All agencies", "Q1", 10, 12, 8], ["Wave 3", "staff", "", "Q1", 10, 8, 8],
        ["June 2018", "staff", "Police", "Q1", 10, 8, 8],
    )  # fmt: skip
    assert sorted(problems(reading)) == [("rejected", "A2", "not valid"), ("rejected", "A3", "no date")]
    assert [(one.agency, one.closed_on.day) for one in reading.records.survey_answers] == [("Police", 30)]


# Alignment


def test_items_have_their_stage_with_its_day_or_a_column_for_each_stage():
    one = sheet(
        ["Ref", "Item", "Type", "Stage", "Date of stage", "Owner", "Due"],
        ["A1", "Case conference minutes", "Template", "In use", MAY, "J. Smith", "01/06/2018"],
        ["A2", "Supervision policy", "policy", "to do", "", "", ""],
    )
    first, second = one.records.alignment_items
    assert (first.item_kind, first.live_on, first.due_on) == (AlignmentKind.FORM, MAY, date(2018, 6, 1))
    assert [getattr(second, f"{stage.value}_on") for stage in AlignmentStage] == [None] * 5
    assert not one.issues
    wide = sheet(
        ["No.", "Document", "Kind", "Identified", "Drafted", "Approved", "Live", "Reviewed", "Domain"],
        ["7", "Referral form", "form", "01/10/2017", "01/12/2017", MAY, "", "", "Alignment"],
        ["8", "Audit tool", "QA tool", "01/10/2017", "01/09/2017", "", "", "", ""],
    )
    (item,) = wide.records.alignment_items
    assert (item.reference, item.drafted_on, item.approved_on, item.live_on) == ("7", date(2017, 12, 1), MAY, None)
    assert [(issue.problem, issue.weight) for issue in wide.issues] == [
        ("The item reaches a stage before the one that comes first.", "rejected")
    ]


def test_a_stage_without_its_day_or_in_a_word_nobody_knows_is_refused():
    reading = sheet(
        ["Item", "Kind", "Stage", "Since"], ["Minutes", "form", "Live", ""], ["Letters", "form", "Complete", MAY],
        ["Plans", "leaflet", "Draft", MAY],
    )  # fmt: skip
    assert problems(reading) == [
        ("rejected", "B4", "unknown kind of item"), ("rejected", "C3", "unknown stage"), ("rejected", "C2", "no date"),
    ]  # fmt: skip
