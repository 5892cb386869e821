"""The menu: every page, the section it stands in, and the permission it takes. Written here and nowhere else."""

from dataclasses import dataclass
from pathlib import Path

from sos_tracker.records.access import Actor, Permission

_PAGES = Path(__file__).resolve().parents[2] / "pages"


@dataclass(frozen=True)
class MenuPage:
    """One page: its file under ``pages/``, whose stem is its address, and what one must be allowed to open it."""

    path: str
    title: str
    permission: Permission

    @property
    def section(self) -> str:
        return self.path.partition("/")[0].capitalize()

    @property
    def address(self) -> str:
        return Path(self.path).stem

    @property
    def file(self) -> Path:
        return _PAGES / self.path


MENU = (
    MenuPage("summary/progress_summary.py", "Progress summary", Permission.READ_SUMMARY),
    MenuPage("summary/published_papers.py", "Published papers", Permission.READ_SUMMARY),
    MenuPage("progress/overview.py", "Overview", Permission.READ_PROGRESS),
    MenuPage("progress/training.py", "Training", Permission.READ_PROGRESS),
    MenuPage("progress/practice_leads.py", "Practice leads", Permission.READ_PROGRESS),
    MenuPage("progress/budget.py", "Budget", Permission.READ_PROGRESS),
    MenuPage("progress/milestones.py", "Milestones", Permission.READ_PROGRESS),
    MenuPage("progress/embedding.py", "Has it taken hold", Permission.READ_PROGRESS),
    MenuPage("progress/what_if.py", "What if", Permission.READ_PROGRESS),
    MenuPage("record/import_files.py", "Import files", Permission.RECORD),
    MenuPage("record/training_sessions.py", "Training sessions", Permission.RECORD),
    MenuPage("record/practice_lead_posts.py", "Practice-lead posts", Permission.RECORD),
    MenuPage("record/spending.py", "Spending", Permission.RECORD),
    MenuPage("record/milestone_dates.py", "Milestone dates", Permission.RECORD),
    MenuPage("record/strategy_targets.py", "Strategy targets", Permission.RECORD),
    MenuPage("record/practice_evidence.py", "Practice evidence", Permission.RECORD),
    MenuPage("record/status_and_notes.py", "Status and notes", Permission.RECORD),
    MenuPage("record/corrections.py", "Corrections", Permission.RECORD),
    MenuPage("reporting/publication.py", "Publish and share", Permission.PUBLISH),
    MenuPage("administration/history.py", "History", Permission.RECORD),
    MenuPage("administration/programme_setup.py", "Programme setup", Permission.RECORD),
    MenuPage("administration/people.py", "People", Permission.ADMINISTER),
)
SIGN_IN = _PAGES / "account" / "sign_in.py"
"""The one page outside the menu: for whoever is not signed in, who sees no other."""
_LANDINGS = ("overview", "progress_summary")


def pages_for(actor: Actor) -> tuple[MenuPage, ...]:
    """The pages the actor may open, in menu order."""
    return tuple(page for page in MENU if actor.may(page.permission))


def landing_for(actor: Actor) -> MenuPage:
    """The page the actor sees first."""
    allowed = {page.address: page for page in pages_for(actor)}
    return next(allowed[address] for address in _LANDINGS if address in allowed)


def page_at(address: str) -> MenuPage:
    return next(page for page in MENU if page.address == address)
