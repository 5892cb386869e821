"""How a figure stands besides its target to date: in the end, by its first target, by what a person says, how fresh."""

from dataclasses import replace
from datetime import date

import pandas as pd

from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.measures.freshness import aged
from sos_tracker.measures.revision import Reckon, revision
from sos_tracker.records.figures import Figure, GivenStatus, Rating


def with_standing(frames: ProgrammeFrames, figure: Figure, on: date, reckon: Reckon) -> Figure:
    """The figure as it is published. ``reckon`` reckons the same figure from other frames, on other days.

    A person's status is of the whole programme, and so is the story of its target: neither is said of a part.
    """
    if figure.code in frames.narrowed:
        return figure
    return replace(
        aged(frames, figure, on),
        revision=revision(frames, figure.code, on, reckon) if figure.value is not None else None,
        given=given_on(frames.overrides, figure.code, on),
        given_forecast=given_on(frames.overrides, figure.code, on, of_forecast=True),
    )


def given_on(overrides: pd.DataFrame, code: str, on: date, *, of_forecast: bool = False) -> GivenStatus | None:
    """The status a person gave that is in force on that day, the newest of several; None where none is, or is any more.

    ``overrides``: OVERRIDES, oldest first.
    """
    today = pd.Timestamp(on)
    in_force = overrides[
        (
            (overrides["measure"] == code)
            & (overrides["of_forecast"] == of_forecast)
            & (overrides["made_on"] <= today)
            & (overrides["expires_on"] >= today)
        ).to_numpy()
    ]
    if in_force.empty:
        return None
    newest = in_force.sort_values("made_on", kind="stable").iloc[-1]
    return GivenStatus(
        Rating(newest["rating"]), str(newest["reason"]), str(newest["made_by"]),
        newest["made_on"].date(), newest["expires_on"].date(),
    )  # fmt: skip


def notes_to(frames: ProgrammeFrames, code: str) -> list[tuple[date, str, str]]:
    """The notes to one figure, oldest first: the day each is about, its sentence, and who wrote it."""
    found = frames.annotations[(frames.annotations["measure"] == code).to_numpy()]
    columns = (found[name].tolist() for name in ("noted_on", "sentence", "written_by"))
    return [(noted_on.date(), sentence, by) for noted_on, sentence, by in zip(*columns, strict=True)]
