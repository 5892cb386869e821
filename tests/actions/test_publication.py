"""Publishing and sharing: what is frozen stays frozen, each step asks who does it, and refusals say what to do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sos_tracker.actions import publication
from sos_tracker.actions.publication import PublicationRefused
from sos_tracker.records.access import Actor, NotAllowed, Role
from sos_tracker.records.editions import EditionState, PaperFormat, token_hash
from sos_tracker.records.programme import Programme
from sos_tracker.records.record_set import RecordSet
from sos_tracker.records.training import CourseLevel, PartnerHeadcount, SessionStatus, TrainingSession
from sos_tracker.store import Store
from tests.conftest import CODE

ON = date(2018, 5, 10)
NOW = datetime(2018, 5, 11, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


_SESSION = TrainingSession(
    reference="LATE", level=CourseLevel.INTRODUCTION, starts_on=date(2018, 5, 9), status=SessionStatus.DELIVERED
)
LATE_SESSION = RecordSet(
    sessions=(_SESSION,), headcounts=(PartnerHeadcount(session="LATE", agency="Cheshire Police", attended=90),)
)


def published(store: Store, actor: Actor, on: date = ON, meeting_on: date | None = ON) -> bytes:
    edition = publication.publish(store, actor, on, meeting_on=meeting_on, now=NOW)
    file = edition.file(PaperFormat.HTML)
    assert file is not None
    return store.edition_file(CODE, edition.number, file.name).content


def test_the_summary_is_frozen_with_every_figure_of_the_day(example_store: Store, project_manager: Actor) -> None:
    content = published(example_store, project_manager).decode()

    frozen = example_store.edition_figures(CODE, 1)
    figures = {figure["code"]: figure for figure in frozen["figures"]}
    assert figures["T1"]["value"] == 285
    assert {figure["as_at"] for figure in figures.values()} == {"2018-05-10"}
    assert "T1 · edition 1" in content
    for sentence in (*frozen["going_well"], *frozen["not_going_well"], *frozen["unrated"]):
        assert sentence in content
    assert example_store.verify() == ()


def test_an_edition_stays_to_the_byte_when_the_figures_change(example_store: Store, project_manager: Actor) -> None:
    before = published(example_store, project_manager)
    example_store.commit(CODE, LATE_SESSION, project_manager, ())
    after = published(example_store, project_manager, meeting_on=None)

    first, second = (example_store.edition_figures(CODE, each)["figures"][0]["value"] for each in (1, 2))
    assert second > first == 285
    assert after != before
    assert example_store.edition_file(CODE, 1, "ce-sos-2018-05-10-edition-1.html").content == before
    assert example_store.verify() == ()


def test_publishing_again_for_the_meeting_replaces_the_edition(example_store: Store, project_manager: Actor) -> None:
    published(example_store, project_manager)
    published(example_store, project_manager)

    assert [edition.state for edition in publication.editions(example_store, project_manager)] == [
        EditionState.PUBLISHED,
        EditionState.SUPERSEDED,
    ]


def test_an_edition_names_no_member_of_staff(example_store: Store) -> None:
    pat = Actor("Pat Planted (pat.planted@council.gov.uk)", Role.PROJECT_MANAGER, CODE)

    content = published(example_store, pat)

    assert b"Planted" not in content
    assert b"planted" not in content


def test_a_proposal_is_what_is_then_frozen(example_store: Store, project_manager: Actor) -> None:
    proposal = publication.propose(example_store, project_manager, ON, TODAY)
    published(example_store, project_manager)

    frozen = {each["code"]: each["value"] for each in example_store.edition_figures(CODE, 1)["figures"]}
    assert {figure.code: figure.value for figure in proposal.figures} == frozen
    assert proposal.number == 1
    assert {figure.code for figure in proposal.unknown} == {"E1", "E2", "E3"}  # of practice the example has no evidence


def test_a_proposal_says_which_figures_are_not_known(store: Store, project_manager: Actor) -> None:
    store.add_programme(Programme(code=CODE, name="Signs of Safety", authority="A council"), project_manager)
    store.commit(CODE, LATE_SESSION, project_manager, ())

    proposal = publication.propose(store, project_manager, ON, TODAY)

    unknown = {figure.code for figure in proposal.unknown}
    assert {"T3", "B1", "L1"} <= unknown
    assert "T1" not in unknown


def test_two_editions_of_neighbouring_days_do_not_give_a_small_number_away(
    example_store: Store, project_manager: Actor
) -> None:
    published(example_store, project_manager)
    trained = {}
    for days in range(1, 12):
        on = ON - timedelta(days=days)
        proposal = publication.propose(example_store, project_manager, on, TODAY)
        trained[on] = next(figure.value for figure in proposal.figures if figure.code == "T1")

    assert not [on for on, value in trained.items() if value is not None and 0 < abs(285 - value) < 5]


@pytest.mark.parametrize(
    ("on", "meeting_on", "why"),
    [
        (date(2018, 5, 12), None, "12 May 2018 is still to come"),
        (ON, date(2018, 5, 9), "the meeting on 9 May 2018 is before 10 May 2018"),
    ],
)
def test_what_makes_no_sense_is_not_published(
    example_store: Store, project_manager: Actor, on: date, meeting_on: date | None, why: str
) -> None:
    with pytest.raises(PublicationRefused, match=why):
        publication.publish(example_store, project_manager, on, meeting_on=meeting_on, now=NOW)
    assert example_store.editions(CODE) == ()


def test_the_same_proposal_is_published_once(example_store: Store, project_manager: Actor) -> None:
    publication.publish(example_store, project_manager, ON, number=1, now=NOW)

    with pytest.raises(PublicationRefused, match="Look at it, and publish again"):
        publication.publish(example_store, project_manager, ON, number=1, now=NOW)


def test_a_programme_without_figures_has_nothing_to_publish(store: Store, project_manager: Actor) -> None:
    store.add_programme(Programme(code=CODE, name="Signs of Safety", authority="A council"), project_manager)

    assert publication.propose(store, project_manager, ON, TODAY).is_empty
    with pytest.raises(PublicationRefused, match="Import the programme's files"):
        publication.publish(store, project_manager, ON, now=NOW)


def test_a_link_opens_its_edition_by_the_secret_that_is_told_once(example_store: Store, project_manager: Actor) -> None:
    published(example_store, project_manager)

    made = publication.share(example_store, project_manager, 1, 7, now=NOW)

    assert len(made.token) >= 43
    assert made.token != publication.share(example_store, project_manager, 1, 7, now=NOW).token
    shared = example_store.shared(token_hash(made.token), now=NOW)
    assert shared is not None
    assert shared.number == 1
    publication.revoke(example_store, project_manager, made.link.number, now=NOW)
    assert example_store.shared(token_hash(made.token), now=NOW) is None


@pytest.mark.parametrize("days", [0, 91, -1])
def test_a_link_lasts_from_one_to_ninety_days(example_store: Store, project_manager: Actor, days: int) -> None:
    published(example_store, project_manager)

    with pytest.raises(PublicationRefused, match="from 1 to 90 days"):
        publication.share(example_store, project_manager, 1, days, now=NOW)


def test_an_edition_or_link_that_is_not_there_is_refused_in_words(store: Store, project_manager: Actor) -> None:
    store.add_programme(Programme(code=CODE, name="Signs of Safety", authority="A council"), project_manager)

    with pytest.raises(PublicationRefused, match="no edition 4"):
        publication.share(store, project_manager, 4, 7)
    with pytest.raises(PublicationRefused, match="no share link 4"):
        publication.revoke(store, project_manager, 4)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.DIRECTOR])
def test_only_those_who_may_publish_do_anything_here(example_store: Store, role: Role) -> None:
    somebody = Actor("Somebody", role, CODE)
    deeds = [
        lambda: publication.propose(example_store, somebody, ON, TODAY),
        lambda: publication.publish(example_store, somebody, ON, now=NOW),
        lambda: publication.set_public(example_store, somebody, public=True),
        lambda: publication.share(example_store, somebody, 1, 7),
        lambda: publication.share_links(example_store, somebody),
        lambda: publication.revoke(example_store, somebody, 1),
    ]

    for deed in deeds:
        with pytest.raises(NotAllowed, match="may not publish papers"):
            deed()
    assert publication.editions(example_store, somebody) == ()
