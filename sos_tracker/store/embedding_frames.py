"""The frames of tables that most programmes leave empty: one look says which have rows, and only those are read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Date, Integer, Select, Table, bindparam, exists, select

from sos_tracker.measures.frames import (
    ALIGNMENT_ITEMS,
    ANNOTATIONS,
    CASE_AUDITS,
    OUTTURN_FORECASTS,
    OVERRIDES,
    SCALE_RATINGS,
    SURVEY_ANSWERS,
    Columns,
    EmbeddingFrames,
)
from sos_tracker.records.embedding import FOUR_DOMAINS, ProgrammeDomain
from sos_tracker.store.columns import frame_of
from sos_tracker.store.counting.keeping import known
from sos_tracker.store.embedding_tables import (
    alignment_item,
    annotation,
    case_audit,
    programme_domain,
    scale_rating,
    status_override,
    survey_answer,
)
from sos_tracker.store.recording_tables import forecast_move, outturn_forecast
from sos_tracker.store.tables import staff_member

_HERE = bindparam("programme_id", type_=Integer)
_ON = bindparam("on", type_=Date)
_LOOKED_AT = (
    staff_member, forecast_move, outturn_forecast, scale_rating, case_audit, survey_answer, alignment_item,
    programme_domain, status_override, annotation,
)  # fmt: skip
_THERE = select(*(exists().where(table.c.programme_id == _HERE).label(table.name) for table in _LOOKED_AT))


@dataclass(frozen=True)
class Reading:
    """One programme on one day, and which of its tables have rows at all."""

    connection: Connection
    asked: Mapping[str, Any]
    there: Collection[str]

    @classmethod
    def of(cls, connection: Connection, programme_id: int, on: date) -> "Reading":
        found = connection.execute(_THERE, {"programme_id": programme_id}).mappings().one()
        there = {name for name, has_rows in found.items() if has_rows}
        return cls(connection, {"programme_id": programme_id, "on": on}, there)

    def frame(self, columns: Columns, table: Table, question: Select[Any]) -> pd.DataFrame:
        """The rows the question finds; it is not asked where the table has none."""
        if table.name not in self.there:
            return frame_of(columns, ())
        return frame_of(columns, self.connection.execute(question, self.asked).all())

    def embedding(self) -> EmbeddingFrames:
        return EmbeddingFrames(
            scale=self.frame(SCALE_RATINGS, scale_rating, _SCALE),
            audits=self.frame(CASE_AUDITS, case_audit, _AUDITS),
            surveys=self.frame(SURVEY_ANSWERS, survey_answer, _SURVEYS),
            alignment=self.frame(ALIGNMENT_ITEMS, alignment_item, _ALIGNMENT),
        )

    def domains(self) -> tuple[ProgrammeDomain, ...]:
        if programme_domain.name not in self.there:
            return FOUR_DOMAINS
        rows = self.connection.execute(_DOMAINS, self.asked)
        return tuple(ProgrammeDomain(name=row.name, about=row.about, measures=row.measures, place=row.place)
                     for row in rows)  # fmt: skip

    def outturns(self) -> pd.DataFrame:
        return self.frame(OUTTURN_FORECASTS, outturn_forecast, _OUTTURNS)

    def overrides(self) -> pd.DataFrame:
        return self.frame(OVERRIDES, status_override, _OVERRIDES)

    def annotations(self) -> pd.DataFrame:
        return self.frame(ANNOTATIONS, annotation, _ANNOTATIONS)


def _records(table: Table, columns: Columns, *order: str) -> Select[Any]:
    """The records of a programme; a word that is not given is ""."""
    told: list[ColumnElement[Any]] = [
        known(table.c[name]).label(name) if kind == "object" and table.c[name].nullable else table.c[name]
        for name, kind in columns.items()
    ]
    return select(*told).where(table.c.programme_id == _HERE).order_by(*(table.c[name] for name in (*order, "id")))


def _by_then(table: Table, columns: Columns, day: str) -> Select[Any]:
    """The same, dated on or before the as-at date, oldest first."""
    return _records(table, columns, day).where(table.c[day] <= _ON)


_OUTTURNS = _by_then(outturn_forecast, OUTTURN_FORECASTS, "made_on")
_SCALE = _by_then(scale_rating, SCALE_RATINGS, "rated_on")
_AUDITS = _by_then(case_audit, CASE_AUDITS, "audited_on")
_SURVEYS = _by_then(survey_answer, SURVEY_ANSWERS, "closed_on")
_ALIGNMENT = _records(alignment_item, ALIGNMENT_ITEMS, "reference")
_DOMAINS = _records(programme_domain, dict.fromkeys(ProgrammeDomain.model_fields, ""), "place", "name")
_OVERRIDES = _by_then(status_override, OVERRIDES, "made_on")
_ANNOTATIONS = _by_then(annotation, ANNOTATIONS, "noted_on")
