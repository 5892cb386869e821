"""Budget books, ledgers, practice leads, milestones, targets and staff lists, under other headings and with mess."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sos_tracker.intake import KIND_NAMED, KINDS, Known
from sos_tracker.intake.headings import columns_as, heading_keys
from sos_tracker.records.budget import EntryKind
from tests.intake.workbooks import csv, problems, read, xlsx

APRIL, MAY, JUNE = date(2018, 4, 1), date(2018, 5, 1), date(2018, 6, 1)


def lines(*rows):
    return read(xlsx({"Budget": rows}))


def test_a_budget_book_has_its_months_side_by_side_in_any_form():
    for months in (("Apr-18", "May 2018", "2018-06"), (APRIL, MAY, JUNE), ("Apr 18 (£)", "Profile May-18", "06/2018")):
        reading = lines(["Cost code", "Description", "Total budget", *months], ["S1", "Rooms", 30, 10, "£10", 10.0])
        (line,) = reading.records.budget_lines
        assert (line.code, line.title, line.approved_pence) == ("S1", "Rooms", 3000)
        assert line.profile == ((APRIL, 1000), (MAY, 1000), (JUNE, 1000))
        assert not reading.issues


def test_months_without_a_year_take_it_from_the_financial_year_above_them():
    reading = lines(
        ["Programme budget 2018/19"], ["Code", "Budget line", "Approved", "Apr", "Dec", "Jan", "Mar"],
        ["S1", "Rooms", 40, 10, 10, 10, 10],
    )  # fmt: skip
    assert [month for month, _ in reading.records.budget_lines[0].profile] == [
        APRIL, date(2018, 12, 1), date(2019, 1, 1), date(2019, 3, 1),
    ]  # fmt: skip


def test_a_budget_book_may_have_one_month_to_a_row():
    (line,) = lines(
        ["Budget code", "Month", "Profiled budget"], ["S1", "Apr 2018", "£10"], ["S1", "May-18", 20]
    ).records.budget_lines
    assert (line.approved_pence, line.profile) == (3000, ((APRIL, 1000), (MAY, 2000)))


def test_thousands_are_read_as_thousands_where_the_heading_says_so():
    (line,) = lines(["Code", "Budget line", "Budget (£000)", "Apr-18 £000"], ["S1", "Rooms", 3, 3]).records.budget_lines
    assert (line.approved_pence, line.profile) == (300000, ((APRIL, 300000),))


def test_an_unlabelled_grand_total_is_left_out():
    reading = lines(
        ["Code", "Budget line", "Approved", "Apr-18"], ["S1", "a", 10, 10], ["S2", "b", 20, 20], ["", "", 30, 30]
    )
    assert len(reading.records.budget_lines) == 2
    assert reading.counts["totals rows"] == 1
    assert not reading.issues


def test_parts_that_do_not_sum_to_their_total_are_asked_about():
    reading = lines(
        ["Code", "Budget line", "Approved", "Apr-18"], ["S1", "a", 10, 10], ["S2", "b", 20, 15], ["Total", "", 40, 25]
    )
    assert problems(reading) == [
        ("question", "C4", "totals that do not add up"), ("question", "C3", "parts that do not add up"),
    ]  # fmt: skip


LEDGER = "Transaction Date\tDetail Code\tVendor\tDescription\tDebit\tCredit\tDoc Type\tTrans No\n"


def test_debits_and_credits_are_one_amount():
    reading = read(
        csv(LEDGER + "03/04/2018\tS1\tACME\t=Training\t1,250.50\t\tInvoice\t1\n"
            "04/04/2018\tS1\tACME\tback\t\t353.49\tInvoice\t2\nTotal\t\t\t\t1250.50\t353.49\t\t\n")
    )  # fmt: skip
    assert [entry.amount_pence for entry in reading.records.ledger_entries] == [125050, -35349]
    assert reading.records.ledger_entries[0].narrative == "=Training"
    assert not reading.issues


def test_orders_are_commitments_and_a_type_nobody_knows_is_rejected_beside_known_ones():
    text = "Date,Supplier,Amount,Type\n03/04/2018,A,1,Invoice\n03/04/2018,A,2,PO\n03/04/2018,A,3,Zzz\n"
    reading = read(csv(text))
    assert [entry.entry_kind for entry in reading.records.ledger_entries] == [EntryKind.ACTUAL, EntryKind.COMMITMENT]
    assert problems(reading) == [("rejected", "D4", "unknown posting type")]


def test_accruals_credits_and_virements_are_read_for_what_they_are():
    reading = read(csv(
        "Date,Cost code,Ref,Supplier,Amount,Type\n03/04/2018,C1,R1,A,10,Accrual\n03/04/2018,C1,R2,A,2,Credit note\n"
        "03/04/2018,C1,R3,A,-3,Credit\n03/04/2018,C1,V1,,-5,Virement\n03/04/2018,C2,V1,,5,Virement\n"
    ))  # fmt: skip
    assert [(entry.entry_kind, entry.amount_pence) for entry in reading.records.ledger_entries] == [
        (EntryKind.ACCRUAL, 1000), (EntryKind.CREDIT, -200), (EntryKind.CREDIT, -300), (EntryKind.VIREMENT, -500),
        (EntryKind.VIREMENT, 500),
    ]  # fmt: skip
    assert not reading.issues


def test_half_a_virement_is_asked_about_and_one_without_a_reference_is_rejected():
    heading = "Date,Cost code,Ref,Supplier,Amount,Type\n"
    half = read(csv(heading + "03/04/2018,C1,V1,,-5,Virement\n03/04/2018,C1,R1,A,1,Invoice\n"))
    assert [issue.problem for issue in half.issues] == [
        "The entries of virement V1 come to -£5 and should come to nothing."
    ]
    nameless = read(csv(heading + "03/04/2018,C1,,,-5,Virement\n03/04/2018,C1,R1,A,1,Invoice\n"))
    assert ("rejected", "not valid") in [(kind, group) for kind, _, group in problems(nameless)]


def test_spending_and_commitments_may_stand_in_columns_of_their_own():
    text = "Trans Date,Cost Centre,Description,Actuals,Commitments\n03/04/2018,C1,x,100,\n03/04/2018,C1,po,0,50\n"
    entries = read(csv(text)).records.ledger_entries
    assert [(entry.entry_kind, entry.amount_pence) for entry in entries] == [
        (EntryKind.ACTUAL, 10000), (EntryKind.COMMITMENT, 5000),
    ]  # fmt: skip


def test_a_supplier_called_total_is_no_totals_row():
    reading = read(csv("Supplier,Date,Amount\nTotal Gas & Power,03/04/2018,10\nB,03/04/2018,20\nTotal,,30\n"))
    assert [entry.supplier for entry in reading.records.ledger_entries] == ["Total Gas & Power", "B"]


def test_a_payment_twenty_times_its_neighbours_is_asked_about():
    rows = "".join(f"0{day}/04/2018,S1,ACME,{100 + day}\n" for day in range(1, 10))
    reading = read(csv("Date,Cost code,Supplier,Amount\n" + rows + "10/04/2018,S1,ACME,10500\n"))
    assert problems(reading) == [("question", "D11", "unlike its neighbours")]


def test_an_amount_written_the_continental_way_is_refused():
    reading = read(csv("Date;Supplier;Amount\n03/04/2018;ACME;1.250,5\n"))
    assert problems(reading) == [("rejected", "C2", "unreadable money")]


LEADS = ["Service", "Team", "SoS Champion", "Payroll no", "Appointed", "Ceased", "Advanced training"]


def test_practice_leads_and_vacancies_are_read():
    reading = read(
        xlsx({"L": [
            LEADS,
            ["Help", "North", "Jane", 1, "3/9/18", "", "03/10/2018"], ["Help", "South", "Vacant", "", "", "", ""],
            ["Police", "", "Bob", "", date(2018, 9, 1), "", "in progress"], ["Help", "East", "", "", "", "", ""],
        ]})
    )  # fmt: skip
    assert [(post.team, post.filled, post.trained) for post in reading.records.posts] == [
        ("North", True, True), ("South", False, None), ("Police", True, False), ("East", False, None),
    ]  # fmt: skip
    assert not reading.issues


def test_two_holders_of_one_post_from_one_day_are_told_apart_whatever_their_order():
    first = ["Help", "North", "A", 1, "1/9/18", "", "Y"]
    second = ["Help", "North", "B", 2, "1/9/18", "1/12/18", "N"]
    one = read(xlsx({"L": [LEADS, first, second, first]})).records.posts
    other = read(xlsx({"L": [LEADS, second, first]})).records.posts
    assert {post.key: post for post in one} == {post.key: post for post in other}
    assert len(one) == 2


def test_a_post_that_ends_before_it_starts_is_rejected():
    reading = read(xlsx({"L": [LEADS, ["Help", "North", "A", 1, "1/9/18", "1/8/18", "Y"]]}))
    assert problems(reading) == [("rejected", "F2", "dates out of order")]


PLAN = ["No", "Theme", "Task", "Responsible", "Original date", "Revised date", "Completed", "RAG"]


def test_a_milestone_plan_is_read_under_other_headings():
    reading = read(xlsx({"P": [PLAN, [1, "Leadership", "Board", "PM", "1 Apr 2018", "TBC", "2 Apr 2018", "Green"]]}))
    (milestone,) = reading.records.milestones
    assert (milestone.reference, milestone.baseline_on, milestone.forecast_on, milestone.achieved_on) == (
        "1", APRIL, None, date(2018, 4, 2),
    )  # fmt: skip


def test_a_date_that_cannot_be_is_rejected_where_it_stands():
    reading = read(xlsx({"P": [PLAN, [1, "L", "Board", "PM", "11/31/2018", "", "", ""]]}))
    (issue,) = reading.issues
    assert (issue.sheet, issue.cell, issue.value) == ("P", "E2", "11/31/2018")


def test_a_year_typed_wrong_is_asked_about():
    reading = read(xlsx({"P": [PLAN, [1, "L", "Board", "PM", "1 Apr 2018", "01/04/2108", "", ""]]}))
    assert problems(reading) == [("question", "F2", "implausible date")]


def targets(*rows):
    headings = ["KPI", "Starting point", "As at", "Target", "By when", "Signed off by", "Date agreed"]
    return read(
        xlsx({"T": [headings, *([*row[:2], APRIL, row[2], "31 March 2020", "Board", "1/3/18"] for row in rows)]})
    )


def test_targets_are_known_by_the_words_of_their_measures():
    reading = targets(
        ["Number of staff trained", 0, "1,200"], ["Attendance rate", "70%", 0.85],
        ["% of staff in scope trained", 0, "90 %"],
        ["Teams with a champion", 0, "100%"], ["Spend to date", 0, "£165,000"], ["Milestones met on time", 0, "90%"],
    )  # fmt: skip
    assert {target.measure: (target.is_rate, target.target) for target in reading.records.targets} == {
        "T1": (False, 1200), "T4": (True, 0.85), "T3": (True, 0.9), "L1": (True, 1.0), "B1": (False, 16_500_000),
        "M1": (True, 0.9),
    }  # fmt: skip
    assert not reading.issues


def test_a_measure_called_total_spend_is_no_totals_row():
    assert [target.measure for target in targets(["Total spend", 0, 165000]).records.targets] == ["B1"]


def test_a_measure_nobody_knows_is_asked_about_and_may_be_given_a_code():
    assert [issue.word for issue in targets(["Happiness", 0, 10]).issues] == ["Happiness"]


@pytest.mark.parametrize(("baseline", "target"), [(73390, 420), (0, 0), ("0%", "120%")])
def test_an_absurd_target_is_asked_about(baseline, target):
    name = "Teams with a champion" if isinstance(target, str) else "People trained"
    assert [issue.group for issue in targets([name, baseline, target]).questions] == ["implausible target"]


def test_everybody_is_in_scope_where_no_column_says_who_is():
    reading = read(csv("Emp ID,Directorate,Team Name,Job Title\n1,Help,North,SW\n"))
    assert reading.records.staff[0].in_scope
    assert problems(reading) == [("note", "", "scope not given")]


def test_long_service_and_an_open_end_are_plausible_on_a_staff_list():
    reading = read(csv("Emp ID,Directorate,Team,Start date,End date,In scope\n1,Help,North,1/9/1985,31/12/4712,Y\n"))
    assert reading.records.staff[0].started_on == date(1985, 9, 1)
    assert reading.records.staff[0].left_on is None
    assert not reading.issues


def test_somebody_with_two_posts_counts_once():
    reading = read(csv("Emp ID,Directorate,Team,WTE,In scope\n1,Help,North,0.6,N\n1,Help,South,0.4,Y\n"))
    (member,) = reading.records.staff
    assert (member.fte, member.in_scope) == (1.0, True)


RATES = ["Ref", "Course", "Date", "Venue", "Booked", "Attended", "Walk-ins", "Attendance rate"]


@pytest.mark.parametrize(
    ("rate", "group"), [("92%", "walk-ins in a rate"), ("50%", "printed percentages"), ("83%", None)]
)
def test_a_printed_rate_must_follow_from_its_counts_without_walk_ins(rate, group):
    reading = read(xlsx({"S": [RATES, ["E1", "2 day", "3 Sep 2018", "Hall", 24, 22, 2, rate]]}))
    assert [issue.group for issue in reading.questions] == ([group] if group else [])


def test_headings_nobody_knows_are_asked_about_and_the_answer_is_remembered():
    file = xlsx({"S": [["Wer", "Was", "Was"], ["E-9", "Police", 5]]})
    (table,) = read(file).unmapped
    assert table.headings == ("Wer", "Was", "Was (2)")
    mapping = {"kind": "partner headcounts", "Wer": "session", "Was": "agency", "Was (2)": "attended"}

    reading = read(file, known=Known(mappings={table.fingerprint: mapping}))

    assert not reading.rejected
    assert [(line.agency, line.attended) for line in reading.records.headcounts] == [("Police", 5)]


def test_a_table_may_be_remembered_as_holding_nothing():
    file = xlsx({"S": [["Wer", "Was"], ["E-9", "Police"]]})
    (table,) = read(file).unmapped
    reading = read(file, known=Known(mappings={table.fingerprint: {"kind": ""}}))
    assert not reading.rejected
    assert not reading.unmapped


def test_a_table_that_lacks_a_needed_column_says_which():
    (table,) = read(xlsx({"S": [["Course ref", "Organisation", "Remarks"], ["E-9", "Police", "none"]]})).unmapped
    assert table.likely_kind == "partner headcounts"
    assert table.missing == ("number attended",)


def test_two_columns_of_one_heading_with_different_contents_are_asked_about():
    rows = [["Course ref", "Organisation", "No. present", "No. present"], ["E-9", "Police", 5, 7]]
    (table,) = read(xlsx({"S": rows})).unmapped
    assert table.missing == ("number attended",)
    rows[1][3] = 5
    assert len(read(xlsx({"S": rows})).records.headcounts) == 1


def test_a_sheet_of_remarks_beside_a_table_is_left_out_with_a_note():
    reading = read(xlsx({"S": [["Course ref", "Organisation", "No. present"], ["E-9", "Police", 5]],
                         "About": [["Made by", "Learning team"], ["On", "Monday"]]}))  # fmt: skip
    assert not reading.rejected
    assert not reading.questions


@pytest.mark.parametrize(
    ("heading", "field"),
    [("Delegate's Job Title / Role", "role"), ("Agency/Organisation", "agency"), ("Attendee Team:", "team"),
     ("E-mail address (work)", "email"), ("Date of course\n(dd/mm/yyyy)", "start"), ("EmployeeNo", "number"),
     ("SoS session ref", "session"), ("ATTENDED?", "outcome")],
)  # fmt: skip
def test_headings_are_known_whatever_stands_around_them(heading, field):
    assert columns_as(KIND_NAMED["training register"], [heading]).fields == {field: 0}


@given(st.lists(st.sampled_from(["A", "A (2)", "", "Column B", "B"]), max_size=8))
def test_no_two_headings_are_named_alike(headings):
    assert len(set(heading_keys(headings))) == len(headings)


CELLS = st.sampled_from(
    [
        "",
        "Total",
        "n/a",
        "-",
        "5",
        "-3.5",
        "3/4/2018",
        "£5",
        "1.250,5",
        "SoS 2 day",
        "100%",
        "Yes",
        "vacant",
        "=1",
        "x@y.z",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(KINDS), st.randoms(use_true_random=False), st.lists(st.lists(CELLS, max_size=12), max_size=8))
def test_no_table_of_any_kind_makes_it_crash(kind, random, rows):
    headings = [random.choice(field.aliases) for field in kind.fields if random.random() < 0.8]
    headings += random.sample(["", "Nov-17", "Dec", "Jan", "Feb", *headings], 3)

    reading = read(csv("\n".join(",".join(f'"{cell}"' for cell in row) for row in [headings, *rows])))

    assert all(issue.problem.endswith(".") and issue.remedy.endswith(".") and issue.group for issue in reading.issues)


def test_every_kind_names_what_it_needs_in_words():
    for kind in KINDS:
        names = {field.name for field in kind.fields} | {"months"}
        assert all(set(group) <= names for group in kind.needs)
        assert len({field.words for field in kind.fields}) == len(kind.fields)
