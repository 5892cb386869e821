"""The summary shows members' figures to whoever looks, on days members may choose, and names nobody."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from sos_tracker.actions import importing, programme_charts
from sos_tracker.intake import SourceFile
from sos_tracker.records.access import Actor, Role
from sos_tracker.records.people import PersonKeyer
from sos_tracker.records.programme import Programme
from sos_tracker.store import Store
from sos_tracker.ui import cached
from tests.pages.reader import faults, opened, words

PLANTED = "Wilhelmina Quark"
FILES = {
    "register.csv": "Employee no,Date,Course,Agency,Status,Trainer\n"
    + "".join(f"E{number},0{month}/04/2018,Introduction,Early Help,Attended,{PLANTED}\n" for number, month in
              ((1, 3), (2, 3), (3, 4))),
    "staff.csv": "Employee no,Agency,Team,In scope\n" + "".join(f"E{n},Early Help,North,Y\n" for n in range(1, 41)),
    "leads.csv": "Agency,Team,Practice lead,Trained\n"
    + "".join(f"Early Help,Team {n},{PLANTED if n else ''},{'Y' if n > 2 else 'N'}\n" for n in range(9)),
    "milestones.csv": "Milestone,Owner,Baseline date,Comment\n" + f"Board meets,{PLANTED},01/02/2018,{PLANTED} ill\n",
    "targets.csv": "Measure,Target,Due date,Baseline,Baseline date,Approved by,Approved on,Reason\n"
    f"People trained,40,31/12/2018,0,01/01/2018,{PLANTED},01/01/2018,{PLANTED} asked\n",
    "ledger.csv": "Posting date,Cost code,Supplier,Narrative,Type,Amount\n"
    f"03/04/2018,S1,{PLANTED},{PLANTED},Actual,90\n",
}  # fmt: skip


@pytest.fixture
def tiny(database: Callable[..., Store], keyer: PersonKeyer) -> Iterator[Store]:
    """Three people trained of forty staff, and a name in every field that takes one."""
    store, actor = database(), Actor(PLANTED, Role.ADMINISTRATOR, "TINY")
    programme = Programme(code="TINY", name="Signs of Safety", authority="A council", usual_as_at=date(2018, 5, 10))
    store.add_programme(programme, actor)
    files = tuple(SourceFile(name, content.encode()) for name, content in FILES.items())
    preview = importing.preview(store, actor, files, keyer)
    importing.commit(store, actor, preview, accept_questions=True)
    yield store
    store.close()


def everything_sent(page: AppTest) -> str:
    """All that the run sent to the browser, charts included."""
    return " ".join(str(element.proto) for element in (*page.main, *page.sidebar))


@pytest.mark.parametrize("role", [Role.MEMBER, Role.PROJECT_MANAGER])
@pytest.mark.usefixtures("tiny")
def test_small_numbers_are_said_in_words_and_nobody_is_named_to_whoever_looks(role: Role) -> None:
    page = opened("progress_summary", role=role.value, programme="TINY")

    said, sent = words(page), everything_sent(page)
    assert faults(page) == []
    assert "Fewer than 5 people have been trained (T1). The target is" in said
    assert "Fewer than 5 of 40 staff who need the training have had it (T3)." in said
    assert "<td>fewer than 5</td><td>40</td>" in said
    assert "People trained: fewer than 5" in sent
    assert "There is no line to draw" in sent
    assert PLANTED not in sent
    text = re.sub(r"<style.*?</style>|<[^>]+>", " ", said)
    assert (
        re.findall(r"\b(?:2|3|37)\b[^)]{0,30}", text.replace("0 of 3 rated figures are on track, 3 behind", "")) == []
    )


@pytest.mark.usefixtures("example")
def test_members_choose_among_days_between_which_nobody_can_reckon_a_few() -> None:
    page = opened("progress_summary", role="member")

    offered = page.selectbox(key="as_at").options
    assert offered == ["10 May 2018", "30 April 2018", "31 January 2018", "30 November 2017"]
    page.selectbox(key="as_at").select(date(2018, 1, 31)).run()
    assert faults(page) == []
    assert page.query_params["as_at"] == "2018-01-31"
    assert "162 people have been trained (T1)." in words(page)


@pytest.mark.parametrize("asked", ["2018-03-31", "2018-05-09", "2017-01-01", "2030-01-01"])
@pytest.mark.usefixtures("example")
def test_another_day_in_a_members_address_gives_way_to_the_newest(asked: str) -> None:
    page = opened("progress_summary", role="member", as_at=asked)

    assert faults(page) == []
    assert "As at 10 May 2018." in words(page)
    assert page.selectbox(key="as_at").value == date(2018, 5, 10)


@pytest.mark.usefixtures("example")
def test_a_director_keeps_the_calendar_and_is_told_which_day_members_see() -> None:
    page = opened("progress_summary", role="director", as_at="2018-03-31")

    said = words(page)
    assert page.date_input(key="as_at").value == date(2018, 3, 31)
    assert "As at 31 January 2018." in said
    assert "You chose 31 March 2018, and this page shows 31 January 2018." in said
    assert "162 people have been trained (T1)." in said


@pytest.mark.usefixtures("example")
def test_the_example_shows_all_its_figures() -> None:
    said = words(opened("progress_summary", role="member"))

    for number in (
        "285 people",
        "189 of 335 staff",
        "448 of 508 places",
        "14 of 20 teams",
        "£41,951",
        "5 of 8 milestones",
    ):
        assert number in said, number
    assert "fewer than 5" not in said
    assert "538" in said


@pytest.mark.usefixtures("example")
def test_the_chart_of_an_earlier_day_ends_on_that_day() -> None:
    cut = cached.cut("CE-SOS", date(2018, 1, 31))

    chart = cached.member_chart(cut, programme_charts.trained_against_target)

    assert chart.title.startswith("162 people trained")
    assert [row[0] for row in chart.table.rows] == ["Nov 2017", "Dec 2017", "Jan 2018"]
    assert [row[3] for row in chart.table.rows] == ["50", "98", "162"]
