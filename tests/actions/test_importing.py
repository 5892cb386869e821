"""Bringing files in, as an action: who may, what is refused, and what a dry run does and does not do."""

from collections.abc import Callable
from datetime import date
from itertools import permutations

import pytest

from sos_tracker.actions import importing, programmes
from sos_tracker.actions.importing import ImportRefused, WrongPersonKey
from sos_tracker.intake import SourceFile
from sos_tracker.measures import catalogue
from sos_tracker.records.access import Actor, NotAllowed, Role
from sos_tracker.records.issues import Weight
from sos_tracker.records.people import PersonKeyer
from sos_tracker.records.programme import Programme
from sos_tracker.store import Store

ON = date(2018, 5, 10)
HEADINGS = "Session ref,Course,Start date,Delegate e-mail,Employee no.,Agency,Team,Job role,Status"


@pytest.fixture
def council(store: Store, project_manager: Actor, administrator: Actor) -> Store:
    """A store with one empty programme, in which the project manager stands."""
    programmes.add(store, administrator, Programme(code="CE-SOS", name="Signs of Safety", authority="A Council"))
    return store


def register(*rows: str, name: str = "register.csv") -> SourceFile:
    return SourceFile(name, "\n".join([HEADINGS, *rows]).encode())


def came(person: str, *, session: str = "S1", status: str = "Attended", email: str = "") -> str:
    return f"{session},Two Day Intro,06/11/2017,{email},{person},Care,North,Social worker,{status}"


def trained(store: Store) -> float | None:
    return catalogue.figures(store.frames("CE-SOS", ON), ON)[0].value


Importer = Callable[..., importing.Committed]


@pytest.fixture
def bring_in(council: Store, project_manager: Actor, keyer: PersonKeyer) -> Importer:
    """Previews and commits files in one go."""

    def run(*files: SourceFile, accept_questions: bool = False) -> importing.Committed:
        preview = importing.preview(council, project_manager, files, keyer)
        return importing.commit(council, project_manager, preview, accept_questions=accept_questions)

    return run


# Who may


@pytest.mark.parametrize("role", [Role.MEMBER, Role.DIRECTOR])
def test_whoever_only_reads_may_not_even_try(council: Store, keyer: PersonKeyer, role: Role) -> None:
    reader = Actor("A reader", role, "CE-SOS")

    with pytest.raises(NotAllowed, match=role.value):
        importing.preview(council, reader, [register(came("A1"))], keyer)
    with pytest.raises(NotAllowed):
        importing.undo(council, reader, 1)
    with pytest.raises(NotAllowed):
        importing.batches(council, reader)
    with pytest.raises(NotAllowed):
        programmes.add(council, reader, Programme(code="X", name="X", authority="X"))


def test_a_preview_made_by_one_who_may_is_not_committed_by_one_who_may_not(
    council: Store, project_manager: Actor, director: Actor, keyer: PersonKeyer
) -> None:
    preview = importing.preview(council, project_manager, [register(came("A1"))], keyer)

    with pytest.raises(NotAllowed):
        importing.commit(council, director, preview)
    assert trained(council) is None


def test_a_batch_of_another_programme_is_not_mine_to_undo(
    council: Store, bring_in: Importer, administrator: Actor
) -> None:
    batch = bring_in(register(came("A1"))).batch
    programmes.add(council, administrator, Programme(code="OTHER", name="Signs", authority="Another Council"))
    assert batch is not None

    with pytest.raises(NotAllowed, match="CE-SOS"):
        importing.undo(council, Actor("Neighbour", Role.PROJECT_MANAGER, "OTHER"), batch.number)
    assert trained(council) == 1


def test_two_programmes_in_one_store_do_not_see_each_other(
    council: Store, bring_in: Importer, administrator: Actor, keyer: PersonKeyer
) -> None:
    programmes.add(council, administrator, Programme(code="OTHER", name="Signs", authority="Another Council"))
    bring_in(register(came("A1"), came("A2")))

    neighbour = Actor("Neighbour", Role.PROJECT_MANAGER, "OTHER")
    preview = importing.preview(council, neighbour, [register(came("A1"))], keyer)
    importing.commit(council, neighbour, preview)

    assert preview.already_imported == ()
    assert preview.comparison.new["attendance"] == 1
    assert catalogue.figures(council.frames("OTHER", ON), ON)[0].value == 1
    assert trained(council) == 2


def test_a_code_is_one_programme(council: Store, administrator: Actor) -> None:
    with pytest.raises(programmes.ProgrammeExists, match="CE-SOS"):
        programmes.add(council, administrator, Programme(code="ce-sos", name="Signs", authority="A Council"))


# The dry run and the commit


def test_a_preview_stores_nothing(council: Store, project_manager: Actor, keyer: PersonKeyer) -> None:
    before = council.revision("CE-SOS")

    preview = importing.preview(council, project_manager, [register(came("A1"), came("A2"))], keyer)

    assert preview.comparison.new == {"session": 1, "attendance": 2} | {
        kind: 0 for kind in preview.comparison.new if kind not in ("session", "attendance")
    }
    assert preview.may_be_stored
    assert council.revision("CE-SOS") == before
    assert importing.batches(council, project_manager) == ()


def test_what_was_previewed_is_what_is_stored(
    council: Store, project_manager: Actor, keyer: PersonKeyer, bring_in: Importer
) -> None:
    preview = importing.preview(council, project_manager, [register(came("A1"), came("A2"))], keyer)

    done = importing.commit(council, project_manager, preview, reason="First register")

    assert done.batch is not None
    assert done.batch.new == preview.comparison.new
    assert done.batch.actor == project_manager.name
    assert [batch.number for batch in importing.batches(council, project_manager)] == [done.batch.number]


def test_a_preview_gone_stale_is_compared_again(council: Store, project_manager: Actor, keyer: PersonKeyer) -> None:
    file = register(came("A1"))
    first = importing.preview(council, project_manager, [file], keyer)
    second = importing.preview(council, project_manager, [file], keyer)
    importing.commit(council, project_manager, first)

    late = importing.commit(council, project_manager, second)

    assert late.batch is None
    assert late.comparison.nothing_to_do


def test_a_stale_preview_asks_what_it_could_not_ask_before(
    council: Store, project_manager: Actor, keyer: PersonKeyer
) -> None:
    def staff(numbers: range) -> SourceFile:
        rows = [f"S{number},s{number}@council.example,Care,North,Social worker,1,Y" for number in numbers]
        head = "EmployeeNo,Work e-mail,Service,Team,Role,FTE,In scope"
        return SourceFile("staff.csv", "\n".join([head, *rows]).encode())

    part = importing.preview(council, project_manager, [staff(range(10))], keyer)
    whole = importing.preview(council, project_manager, [staff(range(60))], keyer)
    importing.commit(council, project_manager, whole)

    with pytest.raises(ImportRefused, match="questions") as refused:
        importing.commit(council, project_manager, part)

    (question,) = refused.value.issues
    assert question.file == "staff.csv"
    assert "50 of 60" in question.problem


def test_the_same_file_twice_makes_one_batch(
    council: Store, project_manager: Actor, keyer: PersonKeyer, bring_in: Importer
) -> None:
    file = register(came("A1"))
    bring_in(file)

    again = importing.preview(council, project_manager, [file], keyer)
    done = importing.commit(council, project_manager, again)

    assert [known.name for known in again.already_imported] == ["register.csv"]
    assert done.batch is None
    assert len(importing.batches(council, project_manager)) == 1


def test_a_file_whose_batch_was_undone_is_not_called_imported(
    council: Store, project_manager: Actor, keyer: PersonKeyer, bring_in: Importer
) -> None:
    file = register(came("A1"))
    batch = bring_in(file).batch
    assert batch is not None
    importing.undo(council, project_manager, batch.number)

    assert importing.preview(council, project_manager, [file], keyer).already_imported == ()
    assert bring_in(file).batch is not None
    assert trained(council) == 1


def test_nothing_is_stored_while_one_cell_is_rejected(
    council: Store, project_manager: Actor, keyer: PersonKeyer
) -> None:
    preview = importing.preview(council, project_manager, [register(came("A1"), came("A2", status="Perhaps"))], keyer)

    with pytest.raises(ImportRefused) as refused:
        importing.commit(council, project_manager, preview, accept_questions=True)

    assert {issue.weight for issue in refused.value.issues} == {Weight.REJECTED}
    assert "Perhaps" in {issue.word for issue in refused.value.issues}
    assert trained(council) is None


def test_a_meaning_given_lets_the_word_in_and_is_remembered(
    council: Store, project_manager: Actor, keyer: PersonKeyer
) -> None:
    file = register(came("A1", status="Perhaps"))
    preview = importing.preview(council, project_manager, [file], keyer, means={"Perhaps": "attended"})
    importing.commit(council, project_manager, preview)

    later = importing.preview(council, project_manager, [register(came("A2", status="PERHAPS"))], keyer)

    assert later.may_be_stored
    assert trained(council) == 1


def test_columns_said_once_are_remembered_for_that_heading_row(
    council: Store, project_manager: Actor, keyer: PersonKeyer
) -> None:
    def odd(person: str) -> SourceFile:
        rows = "Wot,Wen,Hoo,Wer,Didthey\nTwo Day Intro,06/11/2017," + person + ",Care,Attended\n"
        return SourceFile("odd.csv", rows.encode())

    first = importing.preview(council, project_manager, [odd("A1")], keyer)
    (table,) = first.reading.unmapped
    mapping = {"Wot": "course", "Wen": "start", "Hoo": "number", "Wer": "agency", "Didthey": "outcome"}
    with pytest.raises(ImportRefused) as refused:
        importing.commit(council, project_manager, first)
    importing.remember_mapping(council, project_manager, table, "training register", mapping)

    later = importing.preview(council, project_manager, [odd("A2")], keyer)

    assert refused.value.unmapped == (table,)
    assert later.may_be_stored
    assert later.comparison.new["attendance"] == 1


def test_people_known_by_e_mail_become_one_when_the_number_is_told(
    council: Store, project_manager: Actor, keyer: PersonKeyer, bring_in: Importer
) -> None:
    bring_in(register(came("", email="ann@council.example")))
    later = register(came("A1", session="S2", email="Ann@Council.example "), came("A1", session="S3"), name="later.csv")

    bring_in(later)

    assert trained(council) == 1


def test_another_secret_is_refused_before_anybody_is_counted_twice(
    council: Store, project_manager: Actor, bring_in: Importer
) -> None:
    bring_in(register(came("A1")))

    with pytest.raises(WrongPersonKey, match="SOS_TRACKER_PERSON_KEY"):
        importing.preview(council, project_manager, [register(came("A1"))], PersonKeyer(b"another secret entirely"))


def test_progress_is_told_in_words(council: Store, project_manager: Actor, keyer: PersonKeyer) -> None:
    told: list[tuple[str, int, int]] = []

    importing.preview(council, project_manager, [register(came("A1"))], keyer, progress=lambda *step: told.append(step))

    assert told[0][0] == "Reading register.csv"
    assert all(0 <= done <= of for _, done, of in told)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


# Order


SOME_ORDERS = list(permutations(range(8)))[::7001]  # 6 of the 40,320


@pytest.mark.parametrize("order", SOME_ORDERS, ids=str)
def test_the_eight_files_one_by_one_in_any_order_come_to_the_same_figures(
    council: Store,
    bring_in: Importer,
    example_store: Store,
    example_files: tuple[SourceFile, ...],
    order: tuple[int, ...],
) -> None:
    together = [figure.as_json() for figure in catalogue.figures(example_store.frames("CE-SOS", ON), ON)]

    for place in order:
        bring_in(example_files[place])

    one_by_one = [figure.as_json() for figure in catalogue.figures(council.frames("CE-SOS", ON), ON)]
    assert one_by_one == together


# What stays as it is


def test_a_file_that_moves_a_baseline_is_taken_without_it_and_the_reader_is_told(
    council: Store, project_manager: Actor, keyer: PersonKeyer, bring_in: Importer
) -> None:
    def plan(baseline: str, owner: str) -> SourceFile:
        heading = "Ref,Milestone,Workstream,Owner,Baseline date,Forecast date"
        return SourceFile("plan.csv", f"{heading}\nM1,Forms aligned,Learning,{owner},{baseline},01/08/2018\n".encode())

    bring_in(plan("01/04/2018", "Jo"))
    preview = importing.preview(council, project_manager, [plan("01/05/2018", "Kim")], keyer)
    (told,) = [issue for issue in preview.issues if issue.group == "baseline moved"]
    assert told.weight is Weight.NOTE
    assert "1 April 2018 is kept" in told.problem
    importing.commit(council, project_manager, preview)
    milestones = council.frames("CE-SOS", ON).milestones
    assert (milestones["owner"][0], milestones["baseline_on"][0].date()) == ("Kim", date(2018, 4, 1))
