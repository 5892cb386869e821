"""How a figure stands besides its target to date: in the end, by its first target, by what a person says, how fresh."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

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
    given = frames.override_rows.get(figure.code, ())
    return replace(
        aged(frames, figure, on),
        revision=revision(frames, figure.code, on, reckon) if figure.value is not None else None,
        given=given_on(given, on),
        given_forecast=given_on(given, on, of_forecast=True),
    )


def given_on(overrides: Iterable[Sequence[Any]], on: date, *, of_forecast: bool = False) -> GivenStatus | None:
    """The status a person gave that is in force on that day, the newest of several; None where none is, or is any more.

    ``overrides``: one figure's rows of OVERRIDES, oldest first.
    """
    found: GivenStatus | None = None
    for _, forecast, rating, reason, made_by, made_on, expires_on in overrides:
        given = GivenStatus(Rating(rating), reason, made_by, made_on.date(), expires_on.date())
        in_force = forecast == of_forecast and given.made_on <= on <= given.expires_on
        if in_force and (found is None or given.made_on >= found.made_on):
            found = given
    return found


def notes_to(frames: ProgrammeFrames, code: str) -> list[tuple[date, str, str]]:
    """The notes to one figure, oldest first: the day each is about, its sentence, and who wrote it."""
    found = frames.annotations[(frames.annotations["measure"] == code).to_numpy()]
    columns = (found[name].tolist() for name in ("noted_on", "sentence", "written_by"))
    return [(noted_on.date(), sentence, by) for noted_on, sentence, by in zip(*columns, strict=True)]
