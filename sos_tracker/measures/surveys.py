"""Surveys of staff and of families: of those who answered each question, how many agreed, wave by wave."""

from datetime import date

import numpy as np
import pandas as pd

from sos_tracker.measures.frames import Columns, frame
from sos_tracker.records.embedding import Audience

SURVEY_WAVES: Columns = {
    # a row: one question in one wave. rate: agreed, of those who answered; response_rate: answered, of those asked;
    # change: of the rate since the wave before that asked it, in shares of 1. NaN where there is nothing to divide by
    "closed_on": "datetime64[us]", "agency": "object", "question": "object", "invited": "int64", "answered": "int64",
    "favourable": "int64", "response_rate": "float64", "rate": "float64", "before_rate": "float64",
    "before_on": "datetime64[us]", "change": "float64", "is_newest": "bool",
}  # fmt: skip
FEW_ANSWERED = 0.30
"""A smaller share of answers than this may not speak for those asked."""


def survey_waves(surveys: pd.DataFrame, audience: Audience, on: date) -> pd.DataFrame:
    """Every question of every wave of one audience by that day, the newest wave first: SURVEY_WAVES.

    ``is_newest``: the question's own newest wave. Questions stand by agency (the whole programme first) and by name.
    """
    of = (surveys["audience"] == audience.value).to_numpy() & (surveys["closed_on"] <= pd.Timestamp(on)).to_numpy()
    known = surveys[of].sort_values(["agency", "question", "closed_on"], kind="stable")
    columns = ("closed_on", "agency", "question", "invited", "answered", "favourable")
    rows: list[list[object]] = []
    before: tuple[str, str, float, pd.Timestamp] | None = None
    for closed_on, agency, question, invited, answered, favourable in zip(
        *(known[name].tolist() for name in columns), strict=True
    ):
        rate = favourable / answered if answered else np.nan
        response_rate = answered / invited if invited else np.nan
        before_rate, before_on = before[2:] if before and before[:2] == (agency, question) else (np.nan, pd.NaT)
        if before and before[:2] == (agency, question):
            rows[-1][-1] = False
        rows.append([closed_on, agency, question, invited, answered, favourable, response_rate, rate, before_rate,
                     before_on, rate - before_rate, True])  # fmt: skip
        before = (agency, question, rate, closed_on)
    return frame(SURVEY_WAVES, rows).sort_values("closed_on", ascending=False, kind="stable", ignore_index=True)


def newest_answers(surveys: pd.DataFrame, audience: Audience, on: date) -> pd.DataFrame:
    """Each question in the newest wave that asked it, the smallest share agreeing first: SURVEY_WAVES."""
    waves = survey_waves(surveys, audience, on)
    return waves[waves["is_newest"].to_numpy()].sort_values("rate", kind="stable", ignore_index=True)
