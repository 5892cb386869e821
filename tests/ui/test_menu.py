"""Who finds which page in the menu."""

from pathlib import Path

import pytest

from sos_tracker.measures.catalogue import CATALOGUE
from sos_tracker.records.access import Actor, Permission, Role
from sos_tracker.ui import menu, rows_behind


def addresses(role: Role) -> list[str]:
    return [page.address for page in menu.pages_for(Actor("Somebody", role))]


def test_a_committee_member_finds_the_summary_and_nothing_else() -> None:
    assert addresses(Role.MEMBER) == ["progress_summary", "published_papers"]


def test_a_director_finds_progress_and_not_importing() -> None:
    found = addresses(Role.DIRECTOR)

    assert "training" in found
    assert "import_files" not in found


def test_the_project_manager_finds_importing_and_not_who_has_access() -> None:
    found = addresses(Role.PROJECT_MANAGER)

    assert {"import_files", "publication"} <= set(found)
    assert "people" not in found


def test_an_administrator_finds_every_page() -> None:
    assert addresses(Role.ADMINISTRATOR) == [page.address for page in menu.MENU]


@pytest.mark.parametrize(
    ("role", "first"),
    [(Role.MEMBER, "progress_summary"), (Role.DIRECTOR, "overview"), (Role.PROJECT_MANAGER, "overview")],
)
def test_each_reader_lands_on_a_page_of_theirs(role: Role, first: str) -> None:
    assert menu.landing_for(Actor("Somebody", role)).address == first


def test_every_page_file_is_in_the_menu_and_asks_for_the_permission_the_menu_says() -> None:
    files = {path.resolve() for path in Path(menu.MENU[0].file).parents[1].glob("*/*.py")}

    assert {page.file.resolve() for page in menu.MENU} == files - {menu.SIGN_IN.resolve()}
    for page in menu.MENU:
        gate = f"current_actor(Permission.{page.permission.name})"
        assert gate in page.file.read_text(encoding="utf-8"), page.path


def test_addresses_are_unique_and_sections_are_audiences() -> None:
    assert len({page.address for page in menu.MENU}) == len(menu.MENU)
    assert {page.section for page in menu.MENU} == {"Summary", "Progress", "Record", "Reporting", "Administration"}
    assert all(isinstance(page.permission, Permission) for page in menu.MENU)


def test_every_figure_leads_to_rows_its_page_has() -> None:
    assert set(rows_behind.FIRST) == set(CATALOGUE)
