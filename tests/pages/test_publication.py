"""Publishing and sharing on the page: what is frozen is shown first, a link's address once, and members read it."""

import re
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from sos_tracker.actions import publication
from sos_tracker.records.access import Actor, Role
from sos_tracker.records.editions import EditionState, token_hash
from sos_tracker.store import Store
from tests.pages.reader import faults, opened, words

CODE = "CE-SOS"
PAT = Actor("Pat Planted (pat@council.gov.uk)", Role.PROJECT_MANAGER, CODE)
ON = date(2018, 5, 10)


def keyed(widgets: object, name: str):  # type: ignore[no-untyped-def]  # whichever kind of widget it is
    """The widget of this name, whichever round the page is in."""
    return next(one for one in widgets if re.fullmatch(rf"{name} \d+", one.key))  # type: ignore[attr-defined]  # as above


def pressed(page: AppTest, name: str) -> AppTest:
    page.button(key=name).click().run()
    assert faults(page) == []
    return page


def test_what_will_be_frozen_is_shown_and_then_frozen(example: Store) -> None:
    page = opened("publication")
    assert "What edition 1 will say" in words(page)
    assert "No edition has been published yet." in words(page)

    keyed(page.date_input, "meeting").set_value(date(2018, 5, 17))
    keyed(page.text_input, "publish reason").input("For the committee")
    keyed(page.checkbox, "publish sure").check()
    page = pressed(page, "publish")

    assert "Edition 1 is published, with the figures as at 10 May 2018." in words(page)
    (edition,) = example.editions(CODE)
    assert (edition.as_at, edition.meeting_on, edition.reason) == (ON, date(2018, 5, 17), "For the committee")
    assert "What edition 2 will say" in words(page)


def test_nothing_is_published_before_it_is_said_to_have_been_read(example: Store) -> None:
    page = pressed(opened("publication"), "publish")

    assert "Nothing was published." in words(page)
    assert example.editions(CODE) == ()


def test_a_meeting_before_the_figures_is_refused_on_the_page(example: Store) -> None:
    page = opened("publication")
    keyed(page.date_input, "meeting").set_value(date(2018, 5, 1))
    keyed(page.checkbox, "publish sure").check()

    assert "is before 10 May 2018" in words(pressed(page, "publish"))
    assert example.editions(CODE) == ()


def test_the_papers_are_opened_and_closed(example: Store) -> None:
    page = opened("publication")
    assert "Only people who have access to this programme may read" in words(page)

    page = pressed(page, "open reading")
    assert example.programme(CODE).public_papers
    assert "Anybody who can reach this site may read every published edition" in words(page)

    page = pressed(page, "open reading")
    assert not example.programme(CODE).public_papers


def test_the_address_of_a_link_is_shown_once(example: Store) -> None:
    publication.publish(example, PAT, ON)
    page = opened("publication")
    keyed(page.number_input, "share days").set_value(30)
    page = pressed(page, "share")

    (address,) = [block.value for block in page.code]
    found = example.shared(token_hash(address.rpartition("/shared/")[2]))
    assert found is not None
    assert found.number == 1
    (link,) = example.share_links(CODE)
    assert link.expires_at - link.made_at == timedelta(days=30)

    page.run()
    assert not page.code
    assert address not in words(page)


def test_a_link_is_revoked(example: Store) -> None:
    publication.publish(example, PAT, ON)
    made = publication.share(example, PAT, 1, 7)

    page = pressed(opened("publication"), "revoke")

    assert example.shared(token_hash(made.token)) is None
    assert "revoked on" in words(page)
    assert "its address leads nowhere from now on" in words(page)


def test_members_find_the_editions_and_not_who_published_them(example: Store) -> None:
    for _ in range(2):
        publication.publish(example, PAT, ON, meeting_on=ON)

    page = opened("published_papers", role="member")

    assert faults(page) == []
    said = words(page)
    assert "2 published papers, the newest with figures as at 10 May 2018" in said
    assert 'href="/papers/CE-SOS/2"' in said
    assert "replaced by edition 2" in said
    assert "Planted" not in said
    assert {edition.state for edition in example.editions(CODE)} == {EditionState.PUBLISHED, EditionState.SUPERSEDED}


@pytest.mark.parametrize("role", ["project manager", "administrator"])
def test_who_published_is_told_to_those_who_publish(example: Store, role: str) -> None:
    publication.publish(example, PAT, ON)

    assert "Pat Planted" in words(opened("publication", role=role))


def test_hostile_names_stand_as_text(example: Store) -> None:
    hostile = Actor("<script>alert(1)</script>", Role.PROJECT_MANAGER, CODE)
    publication.publish(example, hostile, ON, reason="<img src=x>")
    publication.share(example, hostile, 1, 7, reason="<img src=x>")

    said = words(opened("publication"))

    assert "<script>" not in said
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in said
