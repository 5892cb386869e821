"""Practice leads: which teams and partner agencies have a trained one in post."""

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sos_tracker.measures.frames import Columns, ProgrammeFrames, frame
from sos_tracker.measures.months import month_axis
from sos_tracker.measures.published import NOTHING_YET, left_out, publish, strategy_goal, unknown
from sos_tracker.records.figures import Figure, Note, Working
from sos_tracker.records.money import percent
from sos_tracker.records.periods import day

TRAINED, UNTRAINED, VACANT = STATES = ("trained lead", "lead not yet trained", "vacant")

COVERAGE: Columns = {
    # a row: one team; since: when the state began, NaT where the list does not say
    "agency": "object", "team": "object", "state": "object", "since": "datetime64[us]",
}  # fmt: skip
COVERAGE_BY_AGENCY: Columns = {"agency": "object", "covered": "int64", "teams": "int64", "rate": "float64"}
COVERAGE_BY_MONTH: Columns = {"as_of": "datetime64[us]", "covered": "int64", "teams": "int64", "rate": "float64"}


def teams_with_trained_lead(frames: ProgrammeFrames, on: date) -> Figure:
    """L1: teams and partner agencies on the list with an active, trained practice lead, of all on the list."""
    goal = strategy_goal(frames, "L1", on)
    if frames.posts.empty:
        why = f"{NOTHING_YET}: import the list of practice leads."
        return unknown(frames, "L1", on, why, goal=goal, row="team or partner agency")
    teams = _states(frames.posts, on)
    names = {state: [f"{agency} / {team}" for agency, team, found, _ in teams if found == state] for state in STATES}
    covered, untrained, vacant = (len(names[state]) for state in STATES)
    return publish(
        frames, "L1", on,
        value=covered,
        denominator=len(teams),
        says=f"{covered:,} of {len(teams):,} teams and partner agencies ({percent(covered, len(teams))}) "
        f"{'has' if covered == 1 else 'have'} a trained practice lead on {day(on)}",
        notes=[_without(untrained, vacant)],
        goal=goal,
        working=Working(
            len(teams),
            "a team or partner agency on the list",
            left_out(
                ("earlier, later and further holders of a post that count no team again",
                 len(frames.posts) - len(teams)),
            ),
        ),
        parts={
            "untrained": untrained,
            "vacant": vacant,
            "vacant_list": names[VACANT],
            "untrained_list": names[UNTRAINED],
        },
    )  # fmt: skip


def coverage(posts: pd.DataFrame, on: date) -> pd.DataFrame:
    """The state of each team's post on that day, vacant posts first: COVERAGE.

    A holder is active from the day the post starts to the day before it ends. The best of several counts.
    """
    return frame(COVERAGE, _states(posts, on))


def coverage_by_agency(posts: pd.DataFrame, on: date) -> pd.DataFrame:
    """Teams with a trained lead of each agency, the least covered first: COVERAGE_BY_AGENCY."""
    found: dict[str, list[bool]] = {}
    for agency, _, state, _ in _states(posts, on):
        found.setdefault(agency, []).append(state == TRAINED)
    rows = [(agency, sum(teams), len(teams), sum(teams) / len(teams)) for agency, teams in found.items()]
    return frame(COVERAGE_BY_AGENCY, sorted(rows, key=lambda row: (row[3], row[0])))


def trained_leads_by_agency(posts: pd.DataFrame, on: date) -> dict[str, int]:
    """How many trained practice leads each agency has in post on that day; agencies without one are left out."""
    ready = posts["agency"][_active(posts, on) & _trained(posts)]
    return {str(agency): int(leads) for agency, leads in ready.value_counts().items()}


def coverage_by_month(posts: pd.DataFrame, on: date) -> pd.DataFrame:
    """Teams with a trained lead at the end of each month, and on ``on`` in the last: COVERAGE_BY_MONTH.

    The list does not say when a lead was trained: a lead trained by now counts from the day the post was taken up.
    """
    if posts.empty:
        return frame(COVERAGE_BY_MONTH)
    names = list(zip(posts["agency"].tolist(), posts["team"].tolist(), strict=True))
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    team, teams, trained = np.array([places[name] for name in names]), len(places), _trained(posts)
    ends = [end.date() for end in month_axis([posts["starts_on"]], on)["as_of"]] or [on]
    covered = [len(np.unique(team[_active(posts, end) & trained])) for end in ends]
    rows = [(pd.Timestamp(end), number, teams, number / teams) for end, number in zip(ends, covered, strict=True)]
    return frame(COVERAGE_BY_MONTH, rows)


def _active(posts: pd.DataFrame, on: date) -> npt.NDArray[np.bool_]:
    """Whether each line is a holder in post on that day."""
    starts, ends, today = posts["starts_on"].to_numpy(), posts["ends_on"].to_numpy(), np.datetime64(on)
    active = posts["filled"].to_numpy() & (np.isnat(starts) | (starts <= today)) & (np.isnat(ends) | (ends > today))
    return np.asarray(active, dtype=np.bool_)


def _trained(posts: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Whether each holder is trained: the list decides; where it is silent, the register."""
    said, by_register = posts["trained"], posts["trained_by_register"].to_numpy(dtype=np.bool_)
    return np.where(said.isna().to_numpy(), by_register, said.to_numpy(dtype=np.bool_, na_value=False))


def _states(posts: pd.DataFrame, on: date) -> list[tuple[str, str, str, Any]]:
    """(agency, team, state, since) of each team, vacant first, by name: pandas is slow on a few dozen rows."""
    found: dict[tuple[str, str], tuple[int, Any]] = {}
    vacant_since = _vacant_since(posts, on)
    for agency, team, start, active, trained in zip(
        posts["agency"].tolist(),
        posts["team"].tolist(),
        posts["starts_on"].tolist(),
        _active(posts, on).tolist(),
        _trained(posts).tolist(),
        strict=True,
    ):
        state = 2 if not active else 0 if trained else 1
        since = vacant_since.get((agency, team), pd.NaT) if state == 2 else start
        best = found.get((agency, team))
        if best is None or state < best[0] or (state == best[0] and since < best[1]):
            found[agency, team] = (state, since)
    rows = sorted(found.items(), key=lambda team: (-team[1][0], team[0]))
    return [(agency, team, STATES[state], since) for (agency, team), (state, since) in rows]


def _vacant_since(posts: pd.DataFrame, on: date) -> dict[tuple[str, str], Any]:
    """For each team, the last day by then on which a holder left, or on which the list says the vacancy began."""
    found: dict[tuple[str, str], Any] = {}
    today = pd.Timestamp(on)
    columns = (posts[name].tolist() for name in ("agency", "team", "filled", "starts_on", "ends_on"))
    for agency, team, filled, starts_on, ends_on in zip(*columns, strict=True):
        began = ends_on if filled else starts_on
        if began <= today:  # NaT is never
            before = found.get((agency, team))
            found[agency, team] = began if before is None else max(before, began)
    return found


def _without(untrained: int, vacant: int) -> Note:
    """The untrained are people; the vacant posts would give their number away, and stand in the same note."""
    parts = []
    if vacant:
        parts.append(f"{vacant:,} {'has' if vacant == 1 else 'have'} no practice lead")
    if untrained:
        parts.append(f"{untrained:,} {'has' if untrained == 1 else 'have'} one who is not yet trained")
    return Note(f"{' and '.join(parts)}." if parts else "", (untrained,))
