"""Practice-lead posts by hand: a lead comes, is trained, leaves; nobody is shown by number or e-mail."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.people import PersonKeyer
from sos_tracker.records.practice_leads import PracticeLeadPost
from sos_tracker.records.recorded import Add, Recorded, Revise
from sos_tracker.store import Store
from tests.pages.reader import opened
from tests.pages.recording import fill, press, said

CODE = "NEW"
SAM = Actor("Sam", Role.PROJECT_MANAGER, CODE)


@pytest.fixture
def council(empty_programme: Store, keyer: PersonKeyer) -> Store:
    """A programme with one team, whose lead is in post and not yet trained."""
    post = PracticeLeadPost(agency="Social Care", team="Duty", filled=True, starts_on=date(2018, 1, 8), trained=False,
                            person=keyer.keys("2001", None))  # fmt: skip
    empty_programme.write(CODE, [Add(post)], SAM)
    return empty_programme


def kept(store: Store) -> tuple[Recorded, ...]:
    return store.records(CODE, PracticeLeadPost.kind)[0]


def posts(store: Store) -> list[PracticeLeadPost]:
    return [one.record for one in kept(store) if isinstance(one.record, PracticeLeadPost)]


def page_of(store: Store) -> AppTest:
    return opened("practice_lead_posts", post=str(kept(store)[0].number))


def test_a_lead_is_added_by_employee_number_which_is_keyed_and_never_shown(
    empty_programme: Store, keyer: PersonKeyer
) -> None:
    page = opened("practice_lead_posts")
    fill(page, "add post", agency="Police", team="North", starts_on="8/1/2018", trained="yes", person="7321")
    press(page, "add post")

    (post,) = posts(empty_programme)
    assert (post.filled, post.trained) == (True, True)
    assert post.person == keyer.keys("7321", None)
    assert "North, Police: lead from 8 January 2018 is added." in said(page)
    assert "7321" not in said(page)
    assert "7321" not in {box.value for box in page.text_input}


def test_a_vacancy_is_added_without_a_lead(empty_programme: Store) -> None:
    page = opened("practice_lead_posts")
    fill(page, "add post", filled="no", agency="Police", team="North", person="7321")
    press(page, "add post")
    assert "A vacant post has no lead" in said(page)

    press(fill(page, "add post", person=""), "add post")
    assert [post.filled for post in posts(empty_programme)] == [False]


@pytest.mark.usefixtures("empty_programme")
def test_a_post_that_cannot_be_read_is_refused_and_stays_as_typed() -> None:
    page = opened("practice_lead_posts")
    fill(page, "add post", team="North", starts_on="31/2/2018", person="not@an")
    press(page, "add post")

    assert "The agency is missing." in said(page)
    assert "“31/2/2018” is not a date" in said(page)
    assert "An e-mail address looks like" in said(page)
    assert {"North", "31/2/2018"} <= {box.value for box in page.text_input}


def test_a_lead_is_trained_now(council: Store) -> None:
    page = page_of(council)
    press(fill(page, "post ", trained="yes"), "save post")

    (post,) = posts(council)
    assert post.trained is True
    assert post.person is not None


def test_a_lead_who_left_leaves_a_vacancy_and_it_is_said_why_where_a_date_changes(council: Store) -> None:
    page = page_of(council)
    press(fill(page, "leave post", ends_on="1/1/2018"), "leave post")
    assert "The post ends before it starts." in said(page)

    press(fill(page, "leave post", ends_on="1/5/2018"), "leave post")
    left, vacant = sorted(posts(council), key=lambda post: not post.filled)
    assert left.ends_on == vacant.starts_on == date(2018, 5, 1)
    assert not vacant.filled
    assert "The lead of Duty left on 1 May 2018." in said(page)
    assert council.verify() == ()


def test_moving_the_start_of_a_post_asks_why(council: Store) -> None:
    page = page_of(council)
    press(fill(page, "post ", starts_on="9/1/2018"), "save post")
    assert "Say why: the start date of practice-lead post" in said(page)

    press(fill(page, "post ", why="The list was wrong"), "save post")
    assert posts(council)[0].starts_on == date(2018, 1, 9)


def test_two_who_correct_one_post_are_shown_both(council: Store) -> None:
    page = page_of(council)
    fill(page, "post ", team="Duty team")
    one = kept(council)[0]
    council.write(CODE, [Revise(one.number, one.version, one.record.model_copy(update={"team": "Front door"}))], SAM)
    press(page, "save post")

    assert "Somebody saved before you" in said(page)
    press(fill(page, "conflict", **{"0 team": "theirs"}), "conflict save")
    assert posts(council)[0].team == "Front door"


def test_a_line_is_withdrawn_and_can_be_taken_back(council: Store) -> None:
    page = page_of(council)
    press(fill(page, "withdraw post", why="Twice on the list", sure=True), "withdraw post")
    assert posts(council) == []

    press(page, "take back")
    assert [post.team for post in posts(council)] == ["Duty"]
