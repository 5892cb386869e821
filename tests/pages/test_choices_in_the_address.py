"""What a reader chooses is kept in the address, and the address alone shows another reader the same."""

from datetime import date

import pytest

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.programme import Programme
from sos_tracker.store import Store
from tests.pages.reader import faults, opened, words

pytestmark = pytest.mark.usefixtures("example")


def test_a_date_in_the_address_is_the_date_of_every_figure() -> None:
    page = opened("training", as_at="2018-01-31")

    assert "As at 31 January 2018." in words(page)
    assert "<h1>162 people trained" in words(page)


def test_choosing_a_date_writes_it_to_the_address() -> None:
    page = opened("training")

    page.date_input(key="as_at").set_value(date(2018, 2, 28)).run()

    assert page.query_params["as_at"] == "2018-02-28"
    assert "As at 28 February 2018." in words(page)


@pytest.mark.parametrize("asked", ["yesterday", "0001-01-01", "2018-13-40"])
def test_a_date_nobody_can_read_gives_way_to_the_usual_one(asked: str) -> None:
    page = opened("overview", as_at=asked)

    assert faults(page) == []
    assert "As at 10 May 2018." in words(page)


def test_an_agency_in_the_address_narrows_the_figures_and_says_so() -> None:
    page = opened("training", agency="Legal Services")

    said = words(page)
    assert "Filtered: Legal Services." in said
    assert "<h1>7 people trained" in said


def test_a_filter_chosen_is_written_and_taken_out_again() -> None:
    page = opened("training")

    page.selectbox(key="filter level").select("advanced").run()
    assert page.query_params["level"] == "advanced"

    page.selectbox(key="filter level").select("").run()
    assert "level" not in page.query_params


def test_a_filter_follows_the_reader_to_the_next_page() -> None:
    page = opened("training", agency="Legal Services")

    page.query_params.clear()
    page.switch_page("../../pages/progress/practice_leads.py").run()

    assert page.query_params["agency"] == "Legal Services"
    assert "Filtered: Legal Services." in words(page)


def test_an_agency_this_programme_does_not_have_is_taken_out_of_the_address() -> None:
    page = opened("training", agency="<script>")

    assert faults(page) == []
    assert "agency" not in page.query_params
    assert "Filtered" not in words(page)


def test_the_rows_behind_a_figure_are_named_in_the_address() -> None:
    page = opened("training", rows="no-shows", month="2018-03")

    said = words(page)
    assert "Places where the person did not come (T4), Mar 2018: rows 1 to" in said
    assert "not counted: booked and did not come" in said


def test_the_last_page_of_rows_is_reached_by_its_number() -> None:
    page = opened("training", rows="trained")

    page.number_input[0].set_value(10).run()

    assert "rows 226 to 247 of 247" in words(page)


def test_the_rows_paid_add_up_to_the_ledger() -> None:
    assert "Money spent (B1): rows 1 to 25 of " in words(opened("budget"))


def test_a_programme_in_the_address_is_the_one_shown(example: Store) -> None:
    example.add_programme(
        Programme(code="SECOND", name="Signs of Safety", authority="Second Council", notice="Only for <i>trying</i>."),
        Actor("Administrator", Role.ADMINISTRATOR),
    )

    said = words(opened("overview", programme="SECOND"))

    assert "Second Council" in said
    assert "Only for &lt;i&gt;trying&lt;/i&gt;." in said


def test_choosing_another_programme_leaves_the_first_ones_filters_behind(example: Store) -> None:
    example.add_programme(
        Programme(code="SECOND", name="Signs of Safety", authority="Second Council"),
        Actor("Administrator", Role.ADMINISTRATOR),
    )
    page = opened("training", agency="Legal Services")

    page.selectbox(key="programme").select("SECOND").run()

    assert page.query_params["programme"] == "SECOND"
    assert "agency" not in page.query_params


def test_trying_as_a_committee_member_takes_the_other_pages_away() -> None:
    page = opened("overview")

    page.selectbox(key="role").select(Role.MEMBER).run()

    assert page.query_params["role"] == "member"
    assert "What is going well" in words(page)
