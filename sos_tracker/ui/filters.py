"""The filters of a page, kept in the address: agency, course level and period, read once into a Narrowing."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.records import periods
from sos_tracker.records.labels import level_name
from sos_tracker.records.training import CourseLevel
from sos_tracker.ui import address
from sos_tracker.ui.cached import Narrowing

LABELS = {"agency": "Agency", "level": "Course level", "from": "From"}
_EVERYTHING = {"agency": "All agencies", "level": "All levels", "from": "The beginning"}


def choices(frames: ProgrammeFrames, on: date) -> dict[str, dict[str, str]]:
    """What each filter can be set to: the value kept in the address -> the words shown."""
    training = frames.training
    agencies = {
        *training.attendances["agency"], *training.headcounts["agency"], *training.staff["agency"],
        *frames.posts["agency"], *frames.embedding.scale["agency"], *frames.embedding.audits["agency"],
    }  # fmt: skip
    levels = {*training.attendances["level"], *training.headcounts["level"], *training.sessions["level"]}
    starts = [
        series.min()
        for series in (training.sessions["month"], frames.budget.spending["month"], frames.budget.profile["month"])
        if len(series.dropna())
    ]
    months = periods.months(min(starts).date(), on) if starts else []
    return {
        "agency": {name: name for name in sorted(filter(None, agencies), key=str.casefold)},
        "level": {level.value: level_name(level.value) for level in CourseLevel if level.value in levels},
        "from": {f"{month:%Y-%m}": periods.month_name(month) for month in months},
    }


def chosen(offered: Mapping[str, Mapping[str, str]], which: Sequence[str]) -> Narrowing:
    """The filters in the address, of those the page offers; a value this programme does not have is taken out."""
    values = dict.fromkeys(LABELS, "")
    for name in which:
        values[name] = address.read(name)
        if values[name] and values[name] not in offered[name]:
            address.write(name, "")
            values[name] = ""
    first = date.fromisoformat(f"{values['from']}-01") if values["from"] else None
    return Narrowing(values["agency"] or None, values["level"] or None, first)


def show(offered: Mapping[str, Mapping[str, str]], which: Sequence[str]) -> None:
    """The page's filters in one row. What is chosen goes to the address first, and the run reads it there."""
    if not any(offered[name] for name in which):
        return
    for column, name in zip(st.columns(len(which)), which, strict=True):
        words = {"": _EVERYTHING[name], **offered[name]}
        st.session_state[f"filter {name}"] = address.read(name)
        column.selectbox(
            LABELS[name],
            list(words),
            format_func=words.__getitem__,
            key=f"filter {name}",
            on_change=_keep,
            args=(name,),
        )


def _keep(name: str) -> None:
    address.write(name, st.session_state[f"filter {name}"])


def sentence(part: Narrowing) -> str:
    """What a narrowed page shows, in words; "" for the whole programme."""
    if part.is_whole:
        return ""
    pieces = [
        *([part.agency] if part.agency else []),
        *([f"{level_name(part.level)} courses"] if part.level else []),
        *([f"from {periods.month_name(part.first_month)}"] if part.first_month else []),
    ]
    return (
        f"Filtered: {', '.join(pieces)}. The strategy's targets are for the whole programme, "
        "so a filtered figure is not rated against them."
    )
