"""The rows behind each figure: where they come from and what their columns are called. ``drill_down`` shows them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from sos_tracker.measures.alignment import alignment_states
from sos_tracker.measures.budget import spend_by_line
from sos_tracker.measures.milestones import milestone_states
from sos_tracker.measures.practice_leads import coverage
from sos_tracker.records.budget import SPENT, EntryKind
from sos_tracker.records.training import Outcome
from sos_tracker.store.rows import Rows
from sos_tracker.ui import cached
from sos_tracker.ui.view import View

_ATTENDANCE = {
    "held_on": "Held on", "session": "Session", "course": "Course", "level": "Level", "agency": "Agency",
    "team": "Team", "job_role": "Job role", "outcome": "Outcome", "session_status": "Session was",
    "why": "Counted, or why not", "register_rows": "Register rows", "batch": "Import",
}  # fmt: skip
_FIRST_TRAINED = {
    "held_on": "First trained on", "session": "Session", "level": "Level", "agency": "Agency", "team": "Team",
    "job_role": "Job role",
}  # fmt: skip
_STAFF = {
    "agency": "Agency", "team": "Team", "job_role": "Job role", "trained": "Trained",
    "first_trained_on": "First trained on",
}  # fmt: skip
_HEADCOUNT = {
    "held_on": "Held on", "session": "Session", "level": "Level", "agency": "Agency", "attended": "People who came",
    "why": "Counted, or why not", "batch": "Import",
}  # fmt: skip
_LEDGER = {
    "posted_on": "Posted on", "line": "Line", "supplier": "Supplier", "narrative": "For", "entry_kind": "Kind",
    "amount_pence": "Amount", "reference": "Reference", "batch": "Import",
}  # fmt: skip
_LEADS = {"agency": "Agency", "team": "Team", "state": "Practice lead", "since": "Since"}
_MILESTONES = {
    "reference": "Milestone", "title": "What", "domain": "Workstream", "owner": "Owner", "baseline_on": "First agreed",
    "forecast_on": "Forecast", "achieved_on": "Achieved", "state": "State", "slip_days": "Days late",
    "moves": "Times moved",
    "comment": "Comment",
}  # fmt: skip
_SESSION = {
    "starts_on": "Starts on", "session": "Session", "course": "Course", "level": "Level", "status": "Session was",
    "venue": "Venue", "places": "Places", "cost_pence": "Cost", "batch": "Import",
}  # fmt: skip
_LINES = {
    "code": "Line", "title": "For", "approved_pence": "Approved", "profile_pence": "Profile to date",
    "actual_pence": "Spent", "variance_pence": "Over or under the profile", "commitment_pence": "Committed",
}  # fmt: skip


_RATINGS = {
    "rated_on": "Rated on", "agency": "Agency", "team": "Team", "staff_level": "Staff level",
    "respondents": "Who gave the score", "score": "Score", "people": "People who gave it",
}  # fmt: skip
_AUDITS = {
    "audited_on": "Audited on", "agency": "Agency", "team": "Team", "files_sampled": "Files looked at",
    "files_showing_use": "Files showing use", "grade": "Quality found",
}  # fmt: skip
_ANSWERS = {
    "closed_on": "Wave closed on", "audience": "Who was asked", "agency": "Agency", "question": "Question",
    "invited": "Asked", "answered": "Answered", "favourable": "Agree",
}  # fmt: skip
_ITEMS = {
    "reference": "Item", "title": "What", "item_kind": "Kind", "domain": "Domain", "owner": "Owner", "stage": "Stage",
    "since": "Since", "due_on": "Due to be live", "late": "Past that date and not live",
}  # fmt: skip
FIRST = {
    "T1": "trained", "T2": "attendances", "T3": "staff", "T4": "places", "L1": "leads", "B1": "paid",
    "E1": "ratings", "E2": "audits", "E3": "items",
    "B2": "committed", "B3": "lines", "B4": "ledger", "M1": "milestones", "M2": "milestones", "M3": "milestones",
}  # fmt: skip
"""The rows a figure's own link leads to: code -> key of a source."""


@dataclass(frozen=True)
class Source:
    """The rows behind one figure. ``key`` names it in the address; ``fetch`` takes ``limit``, ``offset`` and whichever
    of month, team and line ``narrowed_by`` lists."""

    key: str
    title: str
    headings: Mapping[str, str]
    fetch: Callable[..., Rows]
    narrowed_by: tuple[str, ...] = ()


def training(view: View) -> tuple[Source, ...]:
    store, agency, level = cached.store(), view.part.agency, view.part.level
    attendances = partial(store.attendance_rows, view.code, view.on, agency=agency, level=level)
    staff = partial(store.staff_rows, view.code, view.on, agency=agency)
    first = partial(store.first_trained_rows, view.code, view.on, agency=agency)
    headcounts = partial(store.headcount_rows, view.code, view.on, agency=agency, level=level, counted=None)
    sessions = partial(store.session_rows, view.code, view.on, level=level)
    any_level = " at any level that counts" if level else ""
    month, both, team = ("month",), ("month", "team"), ("team",)
    return (
        Source("trained", f"People trained{any_level}, named in registers (T1)", _FIRST_TRAINED, first, month),
        Source("headcounts", "Partner agencies’ counts (T1, T2)", _HEADCOUNT, headcounts, month),
        Source("attendances", "Attendances, named in registers (T2)", _ATTENDANCE,
               partial(attendances, came=True), both),
        Source("staff", "Staff in scope and in post, trained (T3)", _STAFF, partial(staff, trained=True), team),
        Source("untrained", "Staff in scope and in post, not yet trained (T3)", _STAFF,
               partial(staff, trained=False), team),
        Source("out-of-scope", "Staff in post, not in scope (left out of T3)", _STAFF,
               partial(staff, in_scope=False), team),
        Source("places", "Every place, and what became of it (T4)", _ATTENDANCE, attendances, both),
        Source("no-shows", "Places where the person did not come (T4)", _ATTENDANCE,
               partial(attendances, outcome=Outcome.NO_SHOW), both),
        Source("walk-ins", "People who came without booking (left out of T4)", _ATTENDANCE,
               partial(attendances, outcome=Outcome.WALK_IN), both),
        Source("sessions", "Sessions", _SESSION, sessions, month),
    )  # fmt: skip


def practice_leads(view: View) -> tuple[Source, ...]:
    teams = coverage(view.frames.posts, view.on)
    return (Source("leads", "Every team and partner agency (L1)", _LEADS, _from(teams)),)


def budget(view: View) -> tuple[Source, ...]:
    rows = partial(cached.store().ledger_rows, view.code, view.on)
    both = ("month", "line")
    return (
        Source("paid", "Money spent (B1)", _LEDGER, partial(rows, entry_kind=SPENT), both),
        Source("committed", "Money committed (B2)", _LEDGER, partial(rows, entry_kind=EntryKind.COMMITMENT), both),
        Source("ledger", "Every entry of the ledger to date (B1 to B4)", _LEDGER, rows, both),
        Source("later", "Entries after this date (left out)", _LEDGER, partial(rows, later=True), both),
        Source("lines", "Budget lines (B1, B3)", _LINES, _from(spend_by_line(view.frames.budget, view.on))),
    )


def milestones(view: View) -> tuple[Source, ...]:
    states = milestone_states(view.frames.milestones, view.on, view.frames.moves)
    return (Source("milestones", "Every milestone (M1, M2, M3)", _MILESTONES, _from(states)),)


def embedding(view: View) -> tuple[Source, ...]:
    found = view.frames.embedding
    return (
        Source("ratings", "Scores on the implementation scale, every round (E1)", _RATINGS,
               _from(found.scale.sort_values("rated_on", ascending=False, kind="stable"))),
        Source("audits", "Every case audit (E2)", _AUDITS,
               _from(found.audits.sort_values("audited_on", ascending=False, kind="stable"))),
        Source("items", "Every item to align (E3)", _ITEMS, _from(alignment_states(found.alignment, view.on))),
        Source("answers", "Survey answers, every wave", _ANSWERS,
               _from(found.surveys.sort_values("closed_on", ascending=False, kind="stable"))),
    )  # fmt: skip


def _from(frame: pd.DataFrame) -> Callable[..., Rows]:
    def fetch(*, limit: int, offset: int = 0) -> Rows:
        return Rows(frame.iloc[offset : offset + limit], len(frame))

    return fetch
