"""The frames of tables that most programmes leave empty: one look says which have rows, and only those are read."""

from collections.abc import Collection, Iterable, Mapping
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
class Seldom:
    """What is asked of a table that most programmes leave empty; ``none``: the answer where it is."""

    table: Table
    columns: Columns
    question: Select[Any]
    none: pd.DataFrame

    @classmethod
    def of(cls, table: Table, columns: Columns, question: Select[Any]) -> "Seldom":
        return cls(table, columns, question, frame_of(columns, ()))


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

    def frame(self, seldom: Seldom) -> pd.DataFrame:
        """The rows the question finds; it is not asked where the table has none."""
        if seldom.table.name not in self.there:
            return seldom.none.copy(deep=False)
        return frame_of(seldom.columns, self.connection.execute(seldom.question, self.asked).all())

    def embedding(self) -> EmbeddingFrames:
        return EmbeddingFrames(
            scale=self.frame(_SCALE),
            audits=self.frame(_AUDITS),
            surveys=self.frame(_SURVEYS),
            alignment=self.frame(_ALIGNMENT),
        )

    def domains(self) -> tuple[ProgrammeDomain, ...]:
        """The programme's own in their order, else the four of Signs of Safety."""
        if programme_domain.name not in self.there:
            return FOUR_DOMAINS
        rows = self.connection.execute(_DOMAINS, self.asked)
        return tuple(ProgrammeDomain.model_validate(row._asdict()) for row in rows)


def _records(table: Table, columns: Iterable[str], *order: str, words: Collection[str] = ()) -> Select[Any]:
    """The records of a programme; one of ``words`` that is not given is ""."""
    told: list[ColumnElement[Any]] = [
        known(table.c[name]).label(name) if name in words else table.c[name] for name in columns
    ]
    return select(*told).where(table.c.programme_id == _HERE).order_by(*(table.c[name] for name in (*order, "id")))


def _by_then(table: Table, columns: Columns, day: str, *, words: Collection[str] = ()) -> Seldom:
    """Those dated on or before the as-at date, oldest first."""
    return Seldom.of(table, columns, _records(table, columns, day, words=words).where(table.c[day] <= _ON))


_SCALE = _by_then(scale_rating, SCALE_RATINGS, "rated_on", words={"staff_level"})
_AUDITS = _by_then(case_audit, CASE_AUDITS, "audited_on", words={"grade"})
_SURVEYS = _by_then(survey_answer, SURVEY_ANSWERS, "closed_on")
_ALIGNMENT = Seldom.of(
    alignment_item, ALIGNMENT_ITEMS, _records(alignment_item, ALIGNMENT_ITEMS, "reference", words={"item_kind"})
)
_DOMAINS = _records(programme_domain, ProgrammeDomain.model_fields, "place", "name")
OUTTURNS = _by_then(outturn_forecast, OUTTURN_FORECASTS, "made_on")
STATUSES = _by_then(status_override, OVERRIDES, "made_on")
NOTES = _by_then(annotation, ANNOTATIONS, "noted_on")
