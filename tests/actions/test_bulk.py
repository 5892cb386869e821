"""Correcting many records at once through the door: figures before and after, a reason, and nothing stale."""

from datetime import date

import pytest

from sos_tracker.actions import bulk, importing
from sos_tracker.actions.bulk import PreviewMoved
from sos_tracker.actions.recording import ReasonNeeded
from sos_tracker.intake import SourceFile
from sos_tracker.measures import catalogue
from sos_tracker.records.access import Actor, NotAllowed
from sos_tracker.records.bulk import BulkChange, CorrectLevel, MergeAgency, MoveSession, WithdrawSession
from sos_tracker.records.figures import Figure
from sos_tracker.records.people import PersonKeyer
from sos_tracker.records.training import CourseLevel, TrainingSession
from sos_tracker.store import Store
from tests.conftest import CODE

ON = date(2018, 5, 10)


def figures(store: Store) -> dict[str, Figure]:
    return {figure.code: figure for figure in catalogue.figures(store.frames(CODE, ON), ON)}


def an_introduction(store: Store) -> TrainingSession:
    found, _ = store.records(CODE, "session", level="introduction", status="delivered", until=ON)
    session = found[0].record
    assert isinstance(session, TrainingSession)
    return session


def agencies(store: Store) -> list[str]:
    return sorted({place.agency for place in store.places_named(CODE)})


@pytest.mark.parametrize("which", ["withdraw", "move", "merge", "level"])
def test_the_figures_shown_are_the_figures_before_and_after_it(
    example_store: Store, project_manager: Actor, which: str
) -> None:
    session = an_introduction(example_store)
    assert session.starts_on is not None
    changes: dict[str, BulkChange] = {
        "withdraw": WithdrawSession(session.reference),
        "move": MoveSession(session.reference, date(2018, 7, 2)),
        "merge": MergeAgency(*agencies(example_store)[:2]),
        "level": CorrectLevel(session.course, session.starts_on, session.starts_on, CourseLevel.BRIEFING),
    }
    was = figures(example_store)

    shown = bulk.preview(example_store, project_manager, changes[which], ON)
    assert {before.code: before for before, _ in shown.figures} == was
    assert figures(example_store) == was

    batch = bulk.carry_out(example_store, project_manager, shown, reason="Found by audit")
    assert figures(example_store) == {after.code: after for _, after in shown.figures}
    assert {before.code for before, _ in shown.moved} == {
        code for code, figure in figures(example_store).items() if figure.sentence != was[code].sentence
    }
    assert shown.moved or which == "merge"  # the agency of a record is no part of a headline figure
    assert bulk.corrections(example_store, project_manager) == (batch,)

    importing.undo(example_store, project_manager, batch.number)
    assert figures(example_store) == was


def test_nothing_is_corrected_without_a_reason(example_store: Store, project_manager: Actor) -> None:
    shown = bulk.preview(example_store, project_manager, WithdrawSession(an_introduction(example_store).reference), ON)
    with pytest.raises(ReasonNeeded, match="Say why"):
        bulk.carry_out(example_store, project_manager, shown, reason="  ")
    assert bulk.corrections(example_store, project_manager) == ()


def test_directors_correct_nothing(example_store: Store, director: Actor, project_manager: Actor) -> None:
    change = WithdrawSession(an_introduction(example_store).reference)
    shown = bulk.preview(example_store, project_manager, change, ON)
    for deed in (
        lambda: bulk.preview(example_store, director, change, ON),
        lambda: bulk.carry_out(example_store, director, shown, reason="Never ran"),
        lambda: bulk.corrections(example_store, director),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_what_would_do_something_else_by_now_is_shown_again_and_not_done(
    example_store: Store, project_manager: Actor
) -> None:
    reference = an_introduction(example_store).reference
    change = WithdrawSession(reference)
    shown = bulk.preview(example_store, project_manager, change, ON)
    (someone, *_), _ = example_store.records(CODE, "attendance", session=reference)
    example_store.bulk(
        CODE, MergeAgency(someone.record.agency, "Another agency"),  # type: ignore[attr-defined]  # an attendance
        project_manager, reason="Renamed",
    )  # fmt: skip
    example_store.bulk(CODE, MoveSession(reference, date(2018, 7, 2)), project_manager, reason="Moved")

    with pytest.raises(PreviewMoved) as moved:
        bulk.carry_out(example_store, project_manager, shown, reason="Never ran")

    assert moved.value.preview.figures != shown.figures
    assert example_store.records(CODE, "session", text=reference)[1] == 1
    bulk.carry_out(example_store, project_manager, moved.value.preview, reason="Never ran")
    assert example_store.records(CODE, "session", text=reference)[1] == 0


def test_what_would_still_do_the_same_is_done(example_store: Store, project_manager: Actor) -> None:
    change = WithdrawSession(an_introduction(example_store).reference)
    shown = bulk.preview(example_store, project_manager, change, ON)
    example_store.remember_mapping(CODE, "0" * 64, {"kind": ""}, project_manager)
    assert bulk.carry_out(example_store, project_manager, shown, reason="Never ran").withdrawn["session"] == 1


def test_the_old_files_imported_again_do_not_undo_a_merge(
    example_store: Store, project_manager: Actor, example_files: tuple[SourceFile, ...], keyer: PersonKeyer
) -> None:
    police = next(agency for agency in agencies(example_store) if "constabulary" in agency.casefold())
    shown = bulk.preview(example_store, project_manager, MergeAgency(police, "The constabulary"), ON)
    bulk.carry_out(example_store, project_manager, shown, reason="Its name now")
    was = figures(example_store)

    again = importing.preview(example_store, project_manager, example_files, keyer)
    assert again.comparison.nothing_to_do
    assert figures(example_store) == was
    assert police not in agencies(example_store)
