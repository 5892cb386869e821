"""The page History: who changed what, searched and opened; a record's story; what moved a figure."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sos_tracker.actions import figure_moves
from sos_tracker.exports import csv_bytes
from sos_tracker.measures import catalogue
from sos_tracker.records.access import Access, Actor, NotAllowed, Role
from sos_tracker.records.changes import Batch, Change, Deed
from sos_tracker.records.embedding import AlignmentItem, CaseAudit, ScaleRating
from sos_tracker.records.recorded import Add, Recorded, Revise, Withdraw
from sos_tracker.records.training import Outcome
from sos_tracker.store import Store, tables
from sos_tracker.store.stories import Search
from sos_tracker.ui import history_tables, history_words
from tests.conftest import CODE
from tests.pages.reader import faults, opened, words

PAT = Actor("Pat <b>Manager</b>", Role.PROJECT_MANAGER, CODE)
ON = date(2018, 5, 10)
FLOODED = "The room was flooded & locked"


@pytest.fixture
def corrected(example: Store) -> Store:
    """The example, in which eleven people of one session turn out not to have come, and a session moves."""
    came, _ = example.records(CODE, "attendance", session="TS004", outcome=Outcome.ATTENDED, limit=11)
    save(example, *(revised(one, outcome=Outcome.NO_SHOW) for one in came), why="Register of the door")
    moved = the_session(example)
    save(example, revised(moved, starts_on=date(2018, 6, 1), ends_on=date(2018, 6, 2)), why=FLOODED)
    return example


def the_session(store: Store) -> Recorded:
    (found,), _ = store.records(CODE, "session", text="TS004")
    return found


def revised(one: Recorded, **fields: Any) -> Revise:
    becomes = type(one.record).model_validate({**dict(one.record), **fields})
    return Revise(one.number, one.version, becomes)


def save(store: Store, *writes: Revise | Withdraw, why: str = "") -> None:
    store.write(CODE, writes, PAT, reason=why)


def figure(store: Store, code: str) -> float | None:
    return next(one.value for one in catalogue.figures(store.frames(CODE, ON), ON) if one.code == code)


def tables_of(page: AppTest) -> str:
    return words(page).partition("<h2>Changes")[2]


@pytest.mark.usefixtures("corrected")
def test_the_page_says_who_when_what_before_after_and_why() -> None:
    page = opened("history")

    assert faults(page) == []
    said = tables_of(page)
    assert "Pat &lt;b&gt;Manager&lt;/b&gt;" in said
    assert "Start date: 13 December 2017 → 1 June 2018" in said
    assert "The room was flooded &amp; locked" in said
    assert "11 changes at once: 11 attendances revised." in said
    assert "543 attendances added" in said
    assert said.index("flooded") < said.index("11 changes at once") < said.index("543 attendances")


@pytest.mark.usefixtures("corrected")
@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ({"who": PAT.name}, "flooded", "543 attendances added"),
        ({"kind": "session"}, "flooded", "11 changes at once"),
        ({"deed": "added"}, "543 attendances added", "flooded"),
        ({"import": "1"}, "changes 1 to", "flooded"),
        ({"text": "FLOODED"}, "flooded", "11 changes at once"),
        ({"until": "2018-01-01"}, "No change fits this", "flooded"),
        ({"since": "2018-01-01"}, "flooded", "No change fits this"),
        ({"figure": "M1"}, "12 milestones added", "flooded"),
        ({"figure": "M1", "kind": "session"}, "flooded", "milestones added"),
    ],
)
def test_the_history_is_searched_by_its_address(asked: dict[str, str], there: str, not_there: str) -> None:
    page = opened("history", **asked)

    assert faults(page) == []
    said = tables_of(page)
    assert there.replace("changes 1 to", "Import 1") in said
    assert not_there not in said


@pytest.mark.usefixtures("corrected")
@pytest.mark.parametrize("nonsense", ["<script>", "1-x²", "-1", "99999999999999999999-99999999999999999999"])
def test_what_makes_no_sense_in_the_address_is_passed_over(nonsense: str) -> None:
    asked = ("who", "kind", "deed", "import", "since", "until", "figure", "save", "before", "record")
    page = opened("history", **dict.fromkeys(asked, nonsense))

    assert faults(page) == []
    assert "flooded" in tables_of(page)
    assert "<script>" not in words(page)


def test_the_fields_write_the_address(corrected: Store) -> None:
    page = opened("history")
    (kind,) = (each for each in page.selectbox if each.label == "Kind of record")
    kind.select("session")
    page.run()
    page.text_input[0].input("flooded")
    page.run()

    assert faults(page) == []
    assert {name: page.query_params[name] for name in ("kind", "text")} == {"kind": "session", "text": "flooded"}
    assert "11 changes at once" not in tables_of(page)


def test_a_save_of_many_is_opened_change_by_change(corrected: Store) -> None:
    many = corrected.saves(CODE, Search(deed=Deed.REVISED))[0][1]

    said = tables_of(opened("history", save=f"{many.first}-{many.last}"))

    assert said.count("What became of the place: Came as booked → Did not come") == 11
    assert "Back to every save" in said


@pytest.mark.usefixtures("corrected")
def test_an_import_is_opened_a_page_at_a_time() -> None:
    said = tables_of(opened("history", **{"import": "1"}))

    assert said.count('<th scope="row">') == 50
    assert "Older changes" in said
    assert "The newest changes" not in said


def test_a_record_tells_its_story_from_when_it_was_added(corrected: Store) -> None:
    kept = the_session(corrected)
    corrected.write(CODE, [Withdraw("session", kept.number, kept.version)], PAT, reason="Entered twice")

    said = words(opened("history", record=f"session {kept.number}")).partition("<h2>Changes")[0]

    assert "The story of this session: 3 changes" in said
    assert said.index("Added: ") < said.index("Revised: ") < said.index("Withdrawn: ")
    assert "As it was: " in said


def test_who_has_access_is_told_to_those_who_give_it_alone(corrected: Store) -> None:
    corrected.give_access(CODE, Access(email="jane@example.gov.uk", role=Role.DIRECTOR), PAT)
    number = corrected.found_changes(CODE, Search(kinds=("access",)))[0].record

    for asked in ({}, {"kind": "access"}, {"text": "jane"}, {"record": f"access {number}"}):
        assert "jane@example.gov.uk" not in words(opened("history", **asked))
    assert "jane@example.gov.uk" in words(opened("history", role=Role.ADMINISTRATOR.value))


def test_a_record_of_another_programme_tells_nothing(corrected: Store) -> None:
    said = words(opened("history", record="session 999999"))

    assert "The history does not tell of this record." in said


def test_a_figure_then_and_now_and_each_save_that_moved_it(corrected: Store) -> None:
    since = datetime.now(UTC) - timedelta(days=1)

    moved = figure_moves.moved_since(corrected, PAT, "T1", since, ON)

    assert moved.agrees
    assert moved.now.value == figure(corrected, "T1")
    assert moved.then.value is None
    assert [step.before.value for step in moved.steps[1:]] == [step.after.value for step in moved.steps[:-1]]
    assert next(step.after.value for step in moved.moving) == 285
    assert moved.steps[-1].after == moved.now


def test_the_figure_of_an_earlier_moment_is_what_was_shown_then(corrected: Store) -> None:
    """Every figure, after each save: as the frames of that moment had it, though much was changed since."""
    shown: dict[int, tuple[Any, ...]] = {}
    (milestone, *_), _ = corrected.records(CODE, "milestone")
    (entry, *_), _ = corrected.records(CODE, "ledger entry")
    gone = the_session(corrected)
    for write in (
        revised(milestone, achieved_on=date(2018, 5, 1)),
        Withdraw("ledger entry", entry.number, entry.version),
        Withdraw("session", gone.number, gone.version),
    ):
        shown[corrected.newest_change(CODE)] = catalogue.figures(corrected.frames(CODE, ON), ON)
        save(corrected, write)
    shown[corrected.newest_change(CODE)] = catalogue.figures(corrected.frames(CODE, ON), ON)
    corrected.undo(1, PAT)
    shown[corrected.newest_change(CODE)] = catalogue.figures(corrected.frames(CODE, ON), ON)

    played = corrected.frames_after(CODE, ON, list(shown))

    assert [catalogue.figures(frames, ON) for frames in played] == list(shown.values())


def test_many_saves_are_put_together_by_day(corrected: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure_moves, "MOST_STEPS", 2)

    moved = figure_moves.moved_since(corrected, PAT, "T1", datetime.now(UTC) - timedelta(days=1), ON)

    assert len(moved.steps) <= 2
    assert sum(len(step.saves) for step in moved.steps) == 4
    assert moved.steps[-1].after.value == moved.now.value


def test_only_who_may_record_is_told_what_moved_a_figure(corrected: Store, director: Actor) -> None:
    with pytest.raises(NotAllowed):
        figure_moves.moved_since(corrected, director, "T1", datetime.now(UTC), ON)


@pytest.mark.usefixtures("corrected")
def test_the_page_shows_what_moved_a_figure() -> None:
    page = opened("history", figure="T1", since="2018-01-01")

    assert faults(page) == []
    said = words(page)
    assert "What moved People trained (T1) since 1 January 2018" in said
    assert "As at 10 May 2018 it was not known then and is" in said
    assert "Saves that moved T1, oldest first" in said
    assert "does not add up" not in said


def test_a_history_that_was_doctored_is_not_told_as_if_it_added_up(corrected: Store) -> None:
    with corrected.engine.begin() as connection:
        connection.execute(tables.milestone.delete())

    assert "sos-tracker verify" in words(opened("history", figure="M1"))


@pytest.mark.usefixtures("corrected")
def test_a_figure_leads_those_who_may_record_to_its_history() -> None:
    assert "history?" in words(opened("overview"))
    assert "figure=T1" in words(opened("training"))
    assert "history?" not in words(opened("overview", role="director"))


def test_every_field_the_history_tells_of_has_a_name_people_read(corrected: Store) -> None:
    told = corrected.found_changes(CODE, Search(), limit=5_000)

    names = {name for change in told for name, _, _ in history_words.fields(change)}
    assert not {name for name in names if "_" in name or not name[:1].isupper()}


@pytest.mark.parametrize(
    ("name", "said", "shown"),
    [
        ("starts_on", "2018-05-10", "10\u00a0May\u00a02018"),
        ("cost_pence", 240000, "£2,400"),
        ("level", "introduction", "Introduction (2 days)"),
        ("outcome", "walk-in", "Came without booking"),
        ("entry_kind", "accrual", "Owed, not yet paid"),
        ("in_scope", True, "yes"),
        ("venue", "", "not given"),
        ("achieved_on", None, "not given"),
        ("profile", [["2017-11-01", 29100], ["2017-12-01", 29150]], "Nov 2017 £291; Dec 2017 £291.50"),
        ("trained_levels", ["introduction", "advanced"], "introduction or advanced course"),
        ("role", "project manager", "Project manager"),
        ("measure", "T1", "People trained (T1)"),
        ("target", 400.0, "400"),
        ("fte", 0.6, "0.6"),
        ("places", 1200, "1,200"),
    ],
)
def test_a_value_is_told_as_this_project_prints_it(name: str, said: Any, shown: str) -> None:
    assert history_words.value(name, said).replace("\u00a0", " ") == shown.replace("\u00a0", " ")


def test_a_target_that_is_a_share_is_told_as_one() -> None:
    at = datetime(2018, 5, 1, tzinfo=UTC)
    change = Change(1, at, "Pat", Deed.REVISED, "strategy target", "T3 / 2017-07-01 / 2018-12-31", {"target": 0.8},
                    {"target": 0.9}, "", None, "")  # fmt: skip

    assert history_words.fields(change) == [("Target", "80%", "90%")]


def test_the_history_is_taken_away_as_a_file(corrected: Store) -> None:
    frame = history_tables.frame(corrected.found_changes(CODE, Search(deed=Deed.REVISED)))

    text = csv_bytes(frame, history_tables.HEADINGS).decode("utf-8-sig")

    assert len(frame) == 12
    assert "Start date: 13\u00a0December\u00a02017" in text or "Start date: 13 December 2017" in text
    assert FLOODED in text


def test_a_correction_of_many_is_called_by_what_it_corrected() -> None:
    at = datetime(2018, 5, 1, tzinfo=UTC)
    named = history_words.batches(
        [
            Batch(4, CODE, at, "Pat", (), {}, {}, {}, title="Course level of TS004"),
            Batch(3, CODE, at, "Pat", (), {}, {}, {}),
        ]
    )

    assert history_words.why(4, "Wrong list", named) == "Correction 4: Course level of TS004: Wrong list"
    assert history_words.why(3, "", named) == "Import 3"
    assert history_words.why(None, "", named) == ""


def test_of_every_figure_it_is_said_what_it_is_counted_from(corrected: Store) -> None:
    assert set(figure_moves.COUNTED_FROM) == set(catalogue.CATALOGUE)
    evidence = (
        ScaleRating(rated_on=ON, agency="Care", score=6),
        CaseAudit(audited_on=ON, agency="Care", files_sampled=8, files_showing_use=6),
        AlignmentItem(reference="A1", title="Assessment form"),
    )
    corrected.write(CODE, [Add(record) for record in evidence], PAT)
    told = set(corrected.history_offers(CODE).kinds)
    assert {kind for kinds in figure_moves.COUNTED_FROM.values() for kind in kinds} <= told
