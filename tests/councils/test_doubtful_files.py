"""Files that can be read two ways, or say what cannot be: told or asked about, never guessed at."""

from pathlib import Path
from typing import Any

import pytest

from tests.councils.door import CODE, Cli, asked, figures, imported, rejected, stored_rows
from tests.councils.writing import Rows, text, workbook, write

REGISTER = ["Session ref", "Course", "Start date", "E-mail", "Agency", "Status"]


def register(*rows: tuple[str, str]) -> bytes:
    """A register of one two-day course: (person, status) on each row."""
    said = [["S1", "SoS 2 day intro", "05/03/2018", f"{who}@a.example", "Care", status] for who, status in rows]
    return text([REGISTER, *said])


def csv(tmp_path: Path, rows: Rows, name: str = "file.csv") -> tuple[Path, ...]:
    return write(tmp_path / "files", {name: text(rows)})


def groups(answer: dict[str, Any]) -> set[str]:
    return {issue["group"] for issue in rejected(answer)}


def trained(cli: Cli) -> Any:
    return figures(cli, "2018-06-30")["T1"]["value"]


def test_the_letter_a_beside_p_is_not_taken_for_attended(cli: Cli, tmp_path: Path, database: Path) -> None:
    files = write(tmp_path, {"register.csv": register(("a", "P"), ("b", "P"), ("c", "A"))})
    before = stored_rows(database)

    refused = rejected(imported(cli, files, exit_code=1))
    assert [issue["value"] for issue in refused] == ["A"]
    assert stored_rows(database) == before

    imported(cli, files, ["A=no-show"])
    assert trained(cli) == 2


def test_the_letter_a_beside_attended_is_attended(cli: Cli, tmp_path: Path) -> None:
    imported(cli, write(tmp_path, {"register.csv": register(("a", "A"), ("b", "Attended"), ("c", "DNA"))}))

    assert trained(cli) == 2


def test_the_letter_c_where_nobody_attended_is_not_taken_for_cancelled(cli: Cli, tmp_path: Path) -> None:
    files = write(tmp_path, {"register.csv": register(("a", "C"), ("b", "C"), ("c", "DNA"))})

    assert groups(imported(cli, files, exit_code=1)) == {"unknown status"}

    imported(cli, files, ["C=attended"])
    assert trained(cli) == 2


def test_w_beside_withdrawn_is_asked_about(cli: Cli, tmp_path: Path) -> None:
    files = write(tmp_path, {"register.csv": register(("a", "Attended"), ("b", "W"), ("c", "Withdrawn"))})

    assert [issue["value"] for issue in rejected(imported(cli, files, exit_code=1))] == ["W"]


def test_partner_counts_as_a_matrix_are_read_or_refused_in_a_sentence_and_never_guessed(
    cli: Cli, tmp_path: Path
) -> None:
    rows = [
        ["Session ref", "Date", "Police", "Health", "Schools"],
        ["S1", "05/03/2018", 4, 0, 7],
        ["S2", "06/03/2018", 1, 2, 3],
    ]

    (issue,) = rejected(imported(cli, csv(tmp_path, rows), exit_code=1))

    assert "agency" in issue["problem"] or "headings" in issue["problem"]


def test_a_register_whose_status_column_is_not_known_is_never_a_staff_list(cli: Cli, tmp_path: Path) -> None:
    rows = [["Course code", "Date attended", "Email", "Organisation", "Job title", "Zz"],
            ["S1", "05/03/2018", "a@a.example", "Care", "Social worker", "Q"]]  # fmt: skip

    assert groups(imported(cli, csv(tmp_path, rows), exit_code=1)) == {"headings not understood"}


def test_a_register_by_class_and_date_without_references_tells_the_courses_from_the_classes(
    cli: Cli, tmp_path: Path
) -> None:
    rows = [["Employee Number", "Class", "Class Date", "Completion Status", "Business Unit"],
            [1, "SoS 2 day intro", "05/03/2018", "Completed", "Care"],
            [1, "SoS half-day briefing", "05/04/2018", "Completed", "Care"],
            [2, "SoS 2 day intro", "07/05/2018", "Completed", "Care"]]  # fmt: skip
    imported(cli, csv(tmp_path, rows))

    found = figures(cli, "2018-06-30")
    assert (found["T1"]["value"], found["T2"]["value"]) == (2, 3)


def test_a_register_with_job_roles_is_never_partner_headcounts(cli: Cli, tmp_path: Path) -> None:
    rows = [["Zz", "Training event", "Date delivered", "Agency/organisation", "Job role", "Attendance (A/DNA/C)"],
            ["Q", "SoS 2 day intro", "05/03/2018", "Care", "Social worker", "A"]]  # fmt: skip

    assert groups(imported(cli, csv(tmp_path, rows), exit_code=1)) == {"headings not understood"}


@pytest.mark.parametrize("said", ["400 people by Dec 2018", "£165k", "as many as possible", "95-100%", "1.250,50"])
def test_a_target_that_is_no_number_is_refused(cli: Cli, tmp_path: Path, said: str) -> None:
    rows = [["Measure", "Baseline", "Baseline date", "Target", "Due"],
            ["People trained", 0, "01/04/2017", said, "31/12/2018"]]  # fmt: skip

    (issue,) = rejected(imported(cli, csv(tmp_path, rows), exit_code=1))

    assert (issue["cell"], issue["value"]) == ("D2", said)


def test_a_target_given_in_brackets_or_with_spaces_is_a_number(cli: Cli, tmp_path: Path) -> None:
    rows = [["Measure", "Baseline", "Baseline date", "Target", "Due"],
            ["People trained", "-", "01/04/2017", " 1,200 ", "31/12/2018"],
            ["Practice leads in every team", "0%", "01/04/2017", "100 %", "31/12/2018"]]  # fmt: skip
    imported(cli, csv(tmp_path, rows))

    found = figures(cli, "2018-06-30")
    assert (found["T1"]["target_final"], found["L1"]["target_final"]) == (1200, 1)


def test_not_delivered_is_asked_about_planned_or_cancelled(cli: Cli, tmp_path: Path) -> None:
    rows = [["Session", "Course", "Start", "Finish", "Max delegates", "Delivered?"],
            ["S1", "2 day intro", "05/03/2018", "06/03/2018", 20, "Yes"],
            ["S2", "2 day intro", "05/04/2018", "06/04/2018", 20, "No"]]  # fmt: skip
    files = csv(tmp_path, rows)

    (issue,) = rejected(imported(cli, files, exit_code=1))
    assert (issue["cell"], issue["value"]) == ("F3", "No")

    assert imported(cli, files, ["No=cancelled"])["new"]["session"] == 2


def test_a_meaning_for_sessions_does_not_spoil_yes_and_no_elsewhere(cli: Cli, tmp_path: Path) -> None:
    sessions = [["Session", "Course", "Start", "Delivered?"], ["S1", "2 day intro", "05/03/2018", "No"]]
    staff = [["Email", "Service", "In scope"], ["a@a.example", "Care", "No"], ["b@a.example", "Care", "Yes"]]
    files = write(tmp_path, {"sessions.csv": text([[*row, "x"] for row in sessions]), "staff.csv": text(staff)})

    imported(cli, files, ["No=planned"])

    assert figures(cli, "2018-06-30")["T3"]["denominator"] == 1


def test_every_day_that_is_no_day_is_listed_at_once(cli: Cli, tmp_path: Path) -> None:
    days = ["29/02/2018", "31/04/2018", "04/13/2018", "next Tuesday", "05/03/18"]
    rows = [REGISTER, *(["S1", "2 day intro", day, f"p{day[:2]}@a.example", "Care", "Attended"] for day in days)]

    refused = rejected(imported(cli, csv(tmp_path, rows), exit_code=1))

    assert [issue["cell"] for issue in refused] == ["C2", "C3", "C4", "C5"]
    assert {issue["group"] for issue in refused} == {"unreadable date"}


def test_two_status_columns_that_disagree_are_asked_about(cli: Cli, tmp_path: Path) -> None:
    rows = [[*REGISTER, "Status"], ["S1", "2 day intro", "05/03/2018", "a@a.example", "Care", "Booked", "Attended"]]

    assert imported(cli, csv(tmp_path, rows), exit_code=1)["issues"]


def test_a_total_that_does_not_add_up_is_asked_about(cli: Cli, tmp_path: Path) -> None:
    rows = [["Session ref", "Agency", "Number attended"], ["S1", "Police", 4], ["S2", "Police", 6], ["Total", "", 12]]

    assert asked(imported(cli, csv(tmp_path, rows), exit_code=1)) == ["totals that do not add up"]


def test_a_csv_cut_off_inside_a_quotation_is_refused(cli: Cli, tmp_path: Path) -> None:
    files = write(tmp_path, {"file.csv": register(("a", "Attended"), ("b", "Attended")) + b'S1,"2 day'})

    assert rejected(imported(cli, files, exit_code=1))


def test_headings_without_rows_store_nothing(cli: Cli, tmp_path: Path, database: Path) -> None:
    before = stored_rows(database)
    done = cli("import", *csv(tmp_path, [REGISTER, ["", "", "", "", "", ""]]), "--programme", CODE)

    assert "Traceback" not in done.output
    assert stored_rows(database)["attendance"] == before["attendance"] == 0


def test_a_workbook_that_counts_days_from_1904_gives_the_same_days(cli: Cli, tmp_path: Path) -> None:
    import io
    from datetime import date

    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "date_1904": True}) as book:
        sheet, as_date = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, REGISTER)
        sheet.write_row(1, 0, ["S1", "2 day intro", "", "a@a.example", "Care", "Attended"])
        sheet.write_datetime(1, 2, date(2018, 3, 5), as_date)
    imported(cli, write(tmp_path, {"mac.xlsx": made.getvalue()}))

    assert figures(cli, "2018-06-30")["T1"]["parts"]["by_month"] == {"2018-03": 1}


def test_the_same_person_by_number_here_and_by_e_mail_there_is_one(cli: Cli, tmp_path: Path) -> None:
    first = [["Session ref", "Course", "Start date", "Staff number", "Agency", "Status"],
             ["S1", "2 day intro", "05/03/2018", "007", "Care", "Attended"]]  # fmt: skip
    second = [REGISTER, ["S2", "5 day advanced", "05/04/2018", "A@a.example", "Care", "Attended"]]
    staff = [["Staff number", "E-mail", "Service", "In scope"], [7, "a@A.example", "Care", "Y"]]
    files = {"one.csv": text(first), "two.csv": text(second), "staff.xlsx": workbook({"S": staff})}
    for file in write(tmp_path, files):
        imported(cli, [file])

    found = figures(cli, "2018-06-30")
    assert (found["T1"]["value"], found["T3"]["value"], found["T3"]["denominator"]) == (1, 1, 1)


def test_open_orders_are_commitments_and_never_spending(cli: Cli, tmp_path: Path) -> None:
    orders = [["Order date", "PO number", "Cost code", "Supplier", "Outstanding order value (£)"],
              ["01/05/2018", "PO1", "A1", "Hall hire", "1,250.50"]]  # fmt: skip
    paid = [["Date", "Cost code", "Supplier", "Amount"], ["01/05/2018", "a1", "Hall hire", "100.00"]]
    imported(cli, write(tmp_path, {"orders.csv": text(orders), "paid.csv": text(paid)}))

    found = figures(cli, "2018-06-30")
    assert (found["B1"]["value"], found["B2"]["value"]) == (100_00, 1250_50)


def test_actual_and_committed_side_by_side_are_both_read(cli: Cli, tmp_path: Path) -> None:
    rows = [["Date", "Cost code", "Supplier", "Actual", "Committed"], ["01/05/2018", "A1", "Hall", "100.00", "0.00"],
            ["02/05/2018", "A1", "Hall", "", "50.25"], ["03/05/2018", "A1", "Hall", "(20.00)", "5.00"]]  # fmt: skip
    imported(cli, csv(tmp_path, rows))

    found = figures(cli, "2018-06-30")
    assert (found["B1"]["value"], found["B2"]["value"]) == (80_00, 55_25)


def test_a_milestone_said_to_be_complete_without_a_date_is_pointed_out(cli: Cli, tmp_path: Path) -> None:
    rows = [["Ref", "Milestone", "Owner", "Baseline date", "Date achieved", "Status"],
            ["1", "Strategy agreed", "PM", "01/03/2018", "", "Complete"]]  # fmt: skip

    answer = imported(cli, csv(tmp_path, rows))

    assert "complete without a date" in {issue["group"] for issue in answer["issues"]}


def test_yes_with_a_month_behind_it_is_yes(cli: Cli, tmp_path: Path) -> None:
    rows = [["Agency", "Team", "Practice lead", "Start", "End", "5-day completed"],
            ["Care", "North", "Post holder", "01/03/2018", "", "Yes - Mar 18"],
            ["Care", "South", "Post holder", "01/03/2018", "", "No (booked)"],
            ["Care", "East", "TBC", "", "", ""], ["Care", "West", "-", "", "", ""]]  # fmt: skip
    imported(cli, csv(tmp_path, rows))

    found = figures(cli, "2018-06-30")["L1"]
    assert (found["value"], found["denominator"], found["parts"]["vacant"]) == (1, 4, 2)
