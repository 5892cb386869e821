"""Case audits: files that show the practice in use, of the files looked at, by team and by month."""

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from sos_tracker.measures.frames import Columns, frame
from sos_tracker.records.embedding import AuditGrade
from sos_tracker.records.periods import month_end, month_of

AUDITS_BY_TEAM: Columns = {
    # a row: the newest audit of one team, no more than twelve months old; rate NaN where no file was sampled
    "agency": "object", "team": "object", "audited_on": "datetime64[us]", "showing_use": "int64", "sampled": "int64",
    "rate": "float64", "grade": "object",
}  # fmt: skip
AUDITS_BY_MONTH: Columns = {
    # a row: all audits of one month; as_of its end, or the as-at date in a month not over by then
    "as_of": "datetime64[us]", "part_month": "bool", "audits": "int64", "showing_use": "int64", "sampled": "int64",
    "rate": "float64",
}  # fmt: skip
YEARS_COUNTED = 1


class TeamAudit(NamedTuple):
    agency: str
    team: str
    audited_on: date
    showing_use: int
    sampled: int
    grade: str

    @property
    def rate(self) -> float:
        return self.showing_use / self.sampled if self.sampled else np.nan


def audits_by(audits: pd.DataFrame, on: date) -> list[TeamAudit]:
    """Every audit by that day, oldest first."""
    columns = ("audited_on", "agency", "team", "files_sampled", "files_showing_use", "grade")
    found = [
        TeamAudit(agency, team, audited_on.date(), showing_use, sampled, grade)
        for audited_on, agency, team, sampled, showing_use, grade in zip(
            *(audits[name].tolist() for name in columns), strict=True
        )
    ]
    return sorted(
        (one for one in found if one.audited_on <= on), key=lambda one: (one.audited_on, one.agency, one.team)
    )


def is_recent(audit: TeamAudit, on: date) -> bool:
    """Whether it is no more than twelve months old: of 10 May 2018, from 11 May 2017 on."""
    return audit.audited_on > (pd.Timestamp(on) - pd.DateOffset(years=YEARS_COUNTED)).date()


def newest_audits(audits: pd.DataFrame, on: date) -> list[TeamAudit]:
    """Each team's newest audit, where it is recent; the smallest share of files first."""
    newest = {(one.agency, one.team): one for one in audits_by(audits, on)}
    recent = [one for one in newest.values() if is_recent(one, on)]
    return sorted(recent, key=lambda one: (not one.sampled, one.rate, -one.sampled, one.agency, one.team))


def audits_by_team(audits: pd.DataFrame, on: date) -> pd.DataFrame:
    """Each team's newest audit, the smallest share first: AUDITS_BY_TEAM."""
    return frame(
        AUDITS_BY_TEAM,
        [(one.agency, one.team, pd.Timestamp(one.audited_on), one.showing_use, one.sampled, one.rate, one.grade)
         for one in newest_audits(audits, on)],
    )  # fmt: skip


def audits_by_month(audits: pd.DataFrame, on: date) -> pd.DataFrame:
    """The audits of each month that had any, oldest first: AUDITS_BY_MONTH."""
    counted: dict[date, list[int]] = {}
    for one in audits_by(audits, on):
        row = counted.setdefault(month_of(one.audited_on), [0, 0, 0])
        for at, number in enumerate((1, one.showing_use, one.sampled)):
            row[at] += number
    rows = []
    for month, (number, showing_use, sampled) in counted.items():
        end = month_end(month)
        part = month == month_of(on) and on < end
        rate = showing_use / sampled if sampled else np.nan
        rows.append((pd.Timestamp(on if part else end), part, number, showing_use, sampled, rate))
    return frame(AUDITS_BY_MONTH, rows)


def by_grade(audits: list[TeamAudit]) -> dict[str, int]:
    """How many of these audits found each quality, best first; "" where none was given."""
    order = [*(grade.value for grade in AuditGrade), ""]
    numbers = {grade: sum(one.grade == grade for one in audits) for grade in order}
    return {grade: number for grade, number in numbers.items() if number}
