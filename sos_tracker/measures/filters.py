"""One part of a programme: one agency, one course level, or from one month on."""

from dataclasses import replace
from datetime import date

import pandas as pd

from sos_tracker.measures.frames import STAFF, EmbeddingFrames, ProgrammeFrames, TrainingFrames, frame
from sos_tracker.records.training import CourseLevel

_TRAINING = ("T1", "T2", "T3", "T4")
_BY_AGENCY = (*_TRAINING, "L1", "E1", "E2")


def filtered(
    frames: ProgrammeFrames,
    *,
    agency: str | None = None,
    level: str | None = None,
    first_month: date | None = None,
) -> ProgrammeFrames:
    """The same programme, narrowed; the frames given stay as they are.

    ``agency`` narrows attendances, people, headcounts, staff, practice-lead posts, scale ratings, case audits and
    survey answers. Sessions and alignment items belong to no agency and stay whole. How many of one agency's trained
    people have left is not kept: ``trained_leavers`` is then 0.
    ``level`` narrows attendances, people, headcounts and sessions, and takes the place of "trained": people trained
    then means people who came to a course at that level, and the programme's trained levels are that one level, so
    that figures, series and definitions speak of it. Who of the staff came to one level is not kept: no staff then.
    ``first_month`` leaves out training before that month and what has no date; people count from the month they were
    first trained. Staff and posts stay as on the as-at date; budget and milestones are never narrowed,
    nor is the training runway (B4), which sets money against people and is reckoned from ``whole``.

    Targets are approved for the whole programme: those a filter makes incomparable (T1-T4 for any; L1, E1 and E2
    for an agency) are dropped, and the figures have no target set.
    """
    if agency is None and level is None and first_month is None:
        return frames
    chosen = CourseLevel(level) if level is not None else None
    training = frames.training
    if agency is not None:
        training = _of_agency(training, agency)
    if chosen is not None:
        training = _at_level(training, chosen)
    if first_month is not None:
        training = _from_month(training, pd.Timestamp(first_month.replace(day=1)))
    programme = frames.programme.model_copy(update={"trained_levels": (chosen,)}) if chosen else frames.programme
    incomparable = _BY_AGENCY if agency is not None else _TRAINING
    return replace(
        frames,
        programme=programme,
        training=training,
        posts=frames.posts if agency is None else _where(frames.posts, "agency", agency),
        embedding=frames.embedding if agency is None else _evidence_of(frames.embedding, agency),
        targets=frames.targets[~frames.targets["measure"].isin(incomparable)].reset_index(drop=True),
        narrowed=frozenset(incomparable),
        whole=frames.whole or frames,
    )


def _of_agency(training: TrainingFrames, agency: str) -> TrainingFrames:
    return replace(
        training,
        attendances=_where(training.attendances, "agency", agency),
        people=_where(training.people, "agency", agency),
        headcounts=_where(training.headcounts, "agency", agency),
        staff=_where(training.staff, "agency", agency),
        trained_leavers=0,
    )


def _evidence_of(embedding: EmbeddingFrames, agency: str) -> EmbeddingFrames:
    return replace(
        embedding,
        scale=_where(embedding.scale, "agency", agency),
        audits=_where(embedding.audits, "agency", agency),
        surveys=_where(embedding.surveys, "agency", agency),
    )


def _at_level(training: TrainingFrames, level: CourseLevel) -> TrainingFrames:
    people = _where(training.people, "level", level.value)
    return replace(
        training,
        attendances=_where(training.attendances, "level", level.value),
        people=pd.concat([people, people.assign(level="trained").astype(people.dtypes)], ignore_index=True),
        headcounts=_where(training.headcounts, "level", level.value),
        sessions=_where(training.sessions, "level", level.value),
        staff=frame(STAFF),
        staff_listed=False,
        trained_leavers=0,
    )


def _from_month(training: TrainingFrames, first: pd.Timestamp) -> TrainingFrames:
    def since(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[(rows["month"] >= first).to_numpy()].reset_index(drop=True)

    return replace(
        training,
        attendances=since(training.attendances),
        people=since(training.people),
        headcounts=since(training.headcounts),
        sessions=since(training.sessions),
    )


def _where(rows: pd.DataFrame, column: str, value: str) -> pd.DataFrame:
    return rows[(rows[column] == value).to_numpy()].reset_index(drop=True)
