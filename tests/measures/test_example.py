"""The example council's files come to the published totals."""

import pytest

from sos_tracker.measures.catalogue import CATALOGUE, figures
from sos_tracker.records.figures import Figure
from tests.measures.example import ON, example_frames, expected


@pytest.fixture(scope="module")
def reckoned() -> dict[str, Figure]:
    return {figure.code: figure for figure in figures(example_frames(), ON)}


def test_every_figure_of_the_catalogue_is_reckoned_in_its_order(reckoned: dict[str, Figure]) -> None:
    assert list(reckoned) == list(CATALOGUE)
    not_in_its_files = {"E1", "E2", "E3"}
    assert {code for code, figure in reckoned.items() if figure.value is None} == not_in_its_files


def test_285_people_are_trained_247_of_them_by_name(reckoned: dict[str, Figure]) -> None:
    training, figure = expected()["training"], reckoned["T1"]

    assert (figure.value, figure.parts["named"], figure.parts["headcount"]) == (285, 247, 38)
    assert figure.parts["by_month"] == training["first_trained_by_month"]
    assert figure.parts["by_agency"] == training["people_by_agency"]
    assert figure.parts["headcount_by_agency"] == training["headcount_trained_by_agency"]
    assert (figure.target_to_date, figure.target_final) == (176, 400)


def test_attendances_count_every_place_taken_up(reckoned: dict[str, Figure]) -> None:
    training, register, parts = expected()["training"], expected()["register"], reckoned["T2"].parts

    assert reckoned["T2"].value == training["attendances_total"]
    assert parts == {
        "named": training["attendances_named"],
        "headcount": training["attendances_headcount"],
        "register_rows": register["rows"],
        "repeated_rows": register["duplicate_rows"],
        "bookings": register["distinct_named_bookings"],
        "sessions": training["sessions"],
        "delivered": training["delivered"],
        "cancelled": training["cancelled"],
        "planned": training["planned"],
    }


def test_staff_trained_and_booked_and_came(reckoned: dict[str, Figure]) -> None:
    training, staff, places = expected()["training"], reckoned["T3"], reckoned["T4"]

    assert (staff.value, staff.denominator) == (training["trained_and_in_scope_in_post"], training["in_scope_in_post"])
    assert staff.parts["leavers"] == training["trained_leavers"]
    assert (places.value, places.denominator) == (training["booked_and_came"], training["booked_on_delivered"])
    assert {name: places.parts[name] for name in ("no_shows", "cancellations", "walk_ins")} == {
        name: training[name] for name in ("no_shows", "cancellations", "walk_ins")
    }


def test_practice_leads(reckoned: dict[str, Figure]) -> None:
    leads, figure = expected()["practice_leads"], reckoned["L1"]

    assert (figure.value, figure.denominator) == (leads["with_active_trained_lead"], leads["teams_and_agencies"])
    assert (figure.parts["untrained"], figure.parts["vacant"]) == (leads["active_but_untrained"], leads["vacant"])
    assert figure.parts["vacant_list"] == leads["vacant_list"]


def test_budget(reckoned: dict[str, Figure]) -> None:
    budget, spent = expected()["budget"], reckoned["B1"]

    assert (spent.value, spent.denominator) == (budget["actual_to_date_pence"], budget["approved_pence"])
    assert (spent.target_to_date, spent.target_final) == (budget["profile_to_date_pence"], 16_500_000)
    assert spent.parts == {
        "by_financial_year": budget["actual_by_financial_year"],
        "by_line": budget["actual_by_line"],
    }
    assert reckoned["B2"].value == budget["commitments_pence"]
    assert reckoned["B3"].value == 4_195_121 + 642_359 + 16_500_000 - 6_792_100


def test_milestones(reckoned: dict[str, Figure]) -> None:
    plan, achieved = expected()["milestones"], reckoned["M1"]

    assert (achieved.value, achieved.denominator) == (plan["achieved_of_due"], plan["due_by_as_at"])
    assert (achieved.parts["total"], achieved.parts["achieved"]) == (plan["total"], plan["achieved"])
    assert reckoned["M2"].value == plan["overdue"] == len(reckoned["M2"].parts["overdue_list"])
    assert reckoned["M3"].parts["slipped_over_30_days"] == plan["slipped_over_30_days"]
