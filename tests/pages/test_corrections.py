"""Correcting many records on the page: the figures first, then with a reason, then taken back."""

from datetime import date

from streamlit.testing.v1 import AppTest

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.bulk import MoveSession, WithdrawSession
from sos_tracker.records.training import TrainingSession
from sos_tracker.store import Store
from tests.conftest import CODE
from tests.pages.reader import faults, opened, words

PAT = Actor("Pat Manager", Role.PROJECT_MANAGER, CODE)
ON = date(2018, 5, 10)
CONSTABULARY = "Cheshire Constabulary"


def page(which: str, **asked: str) -> AppTest:
    found = opened("corrections", **asked)
    found.radio(key="correction which").set_value(which).run()
    return found


def field(page: AppTest, name: str):  # type: ignore[no-untyped-def]  # whichever kind of widget it is
    """The widget of this form and field, whichever round the form is in."""
    widgets = (*page.text_input, *page.selectbox)
    return next(each for each in widgets if each.key and each.key.rpartition(" ")[0] == name)


def pressed(page: AppTest, name: str) -> AppTest:
    page.button(key=f"correction {name}").click().run()
    assert faults(page) == []
    return page


def a_session(store: Store) -> TrainingSession:
    found, _ = store.records(CODE, "session", level="introduction", status="delivered", until=ON)
    session = found[-1].record
    assert isinstance(session, TrainingSession)
    return session


def withdrawing(store: Store) -> AppTest:
    found = page("withdraw")
    field(found, "correction withdraw reference").set_value(a_session(store).reference)
    return pressed(found, "show")


def test_a_session_is_withdrawn_once_its_figures_were_seen_and_a_reason_given(example: Store) -> None:
    reference = a_session(example).reference
    found = withdrawing(example)
    assert f"Session {reference} withdrawn with its register" in words(found)
    assert "Figures as at 10 May 2018, before and after" in words(found)
    assert "People trained" in words(found)

    found = pressed(found, "make")
    assert "Say why" in words(found)
    assert example.batches(CODE)[0].title == ""

    field(found, "correction decision why").input("Never ran")
    found = pressed(found, "make")
    assert "and can be taken back below" in words(found)
    assert "Corrections, newest first" in words(found)
    assert "Never ran" in words(found)
    assert example.records(CODE, "session", text=reference)[1] == 0

    field(found, "correction taken back which").set_value(str(example.batches(CODE)[0].number))
    found = pressed(found, "undo")
    assert "is taken back" in words(found)
    assert example.records(CODE, "session", text=reference)[1] == 1


def test_a_date_that_is_none_is_said_beside_its_field(example: Store) -> None:
    found = page("move")
    field(found, "correction move reference").set_value(a_session(example).reference)
    field(found, "correction move starts_on").input("31/02/2018")
    found = pressed(found, "show")
    assert "What this would change" not in words(found)
    assert found.error
    assert field(found, "correction move starts_on").value == "31/02/2018"

    field(found, "correction move starts_on").input("02/07/2018")
    found = pressed(found, "show")
    assert "moved to 2 July 2018" in words(found)
    found = pressed(found, "leave")
    assert "Nothing was changed." in words(found)


def test_what_is_not_chosen_is_asked_for(example: Store) -> None:
    for which, said in (
        ("withdraw", "Choose the session."),
        ("agency", "Choose the spelling."),
        ("level", "Give the first of the days."),
    ):
        found = pressed(page(which), "show")
        assert said in words(found), which
    assert len(example.batches(CODE)) == 1


def test_spellings_are_merged_and_the_same_one_twice_is_refused(example: Store) -> None:
    found = page("agency")
    for name in ("name", "into"):
        field(found, f"correction agency {name}").set_value(CONSTABULARY)
    found = pressed(found, "show")
    assert "Choose two spellings that differ." in words(found)

    field(found, "correction agency into").set_value("Children's Social Care")
    found = pressed(found, "show")
    assert "No figure as at 10 May 2018 changes." in words(found)
    assert "In later files “Cheshire Constabulary” is read as" in words(found)
    field(found, "correction decision why").input("One agency")
    pressed(found, "make")
    assert CONSTABULARY not in {place.agency for place in example.places_named(CODE)}


def test_the_teams_of_one_agency_are_offered_to_merge(example: Store) -> None:
    found = page("team")
    field(found, "correction team agency").set_value("Children's Social Care").run()
    form = "correction team Children's Social Care"
    first, second = (option.partition(" (")[0] for option in field(found, f"{form} name").options[:2])
    field(found, f"{form} name").set_value(first)
    field(found, f"{form} into").set_value(second)
    found = pressed(found, "show")
    assert f"Team “{first}” of Children&#x27;s Social Care merged into “{second}”" in words(found)


def test_a_course_is_put_at_its_right_level(example: Store) -> None:
    session = a_session(example)
    found = page("level")
    field(found, "correction level course").set_value(session.course)
    field(found, "correction level since").input(f"{session.starts_on:%d/%m/%Y}")
    field(found, "correction level until").input(f"{session.starts_on:%d/%m/%Y}")
    field(found, "correction level level").set_value("briefing")
    found = pressed(found, "show")
    assert "corrected to Briefing (half a day)" in words(found)


def test_a_preview_gone_stale_is_reckoned_again(example: Store) -> None:
    found = withdrawing(example)
    example.bulk(CODE, MoveSession(a_session(example).reference, date(2018, 7, 2)), PAT, reason="Moved")
    found.run()
    assert "The records have changed since. This is what it would do now." in words(found)

    example.bulk(CODE, WithdrawSession(example.batches(CODE)[0].title.split()[1]), PAT, reason="Never ran")
    found.run()
    assert "There is no session with the reference" in words(found)
    assert faults(found) == []


def test_the_list_of_imports_tells_of_corrections_in_their_own_words(example: Store) -> None:
    batch = example.bulk(CODE, MoveSession(a_session(example).reference, date(2018, 7, 2)), PAT, reason="Moved")
    found = opened("import_files")
    assert batch.title in words(found)
    assert faults(found) == []


def test_an_empty_programme_says_there_is_nothing_to_correct(empty_programme: Store) -> None:
    for which in ("move", "withdraw", "agency", "team", "level"):
        found = page(which)
        assert faults(found) == []
        assert any(said in words(found) for said in ("recorded yet", "to merge")), which
    assert empty_programme.batches("NEW") == ()
