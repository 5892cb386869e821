"""The rules a programme's figures are reckoned by: each change is one transaction with its change row."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, insert, select, update

from sos_tracker.records.access import Actor
from sos_tracker.records.changes import Deed
from sos_tracker.records.figures import RatingRule
from sos_tracker.store import tables
from sos_tracker.store.database import writing
from sos_tracker.store.history import Written, moment, record_changes
from sos_tracker.store.programmes import locked_programme
from sos_tracker.store.writing import reserve_ids


class SetUpSince(ValueError):
    """Somebody changed it since it was read."""


class SettingUp:
    """``seen`` is what the writer read. Writes raise SetUpSince where it is not so any more, and UnknownProgramme."""

    engine: Engine

    def set_rating_rule(
        self,
        code: str,
        rule: RatingRule,
        actor: Actor,
        *,
        seen: RatingRule | None,
        reason: str,
        now: datetime | None = None,
    ) -> None:
        """How one measure is rated from now on; ``seen`` None is that it had no rule of its own."""
        rating_rule = tables.rating_rule
        becomes = _columns(rule)
        with writing(self.engine) as connection:
            number = locked_programme(connection, code).id
            here = (rating_rule.c.programme_id == number, rating_rule.c.measure == rule.measure)
            row = connection.execute(select(rating_rule).where(*here)).mappings().first()
            was = {name: row[name] for name in becomes} if row else None
            if was != (_columns(seen) if seen else None):
                raise SetUpSince(
                    f"Somebody changed how {rule.measure} is rated while you had it open. Nothing was saved: look at "
                    "it as it is now."
                )
            if row is None or was is None:
                record_id = reserve_ids(connection, rating_rule, 1)[0]
                values = {"id": record_id, "programme_id": number, "version": 1, **becomes}
                connection.execute(insert(rating_rule).values(values))
                change = Written("rating_rule", record_id, 1, Deed.ADDED, rule.measure, None, becomes)
            else:
                before, after = _differing(was, becomes)
                if not after:
                    return
                version = row["version"] + 1
                connection.execute(
                    update(rating_rule).where(rating_rule.c.id == row["id"]).values(**after, version=version)
                )
                change = Written("rating_rule", row["id"], version, Deed.REVISED, rule.measure, before, after)
            record_changes(connection, number, [change], actor=actor.name, reason=reason, batch_id=None,
                           now=moment(now))  # fmt: skip

    def set_up_programme(
        self,
        code: str,
        actor: Actor,
        *,
        notice: str,
        usual_as_at: date | None,
        reason: str,
        now: datetime | None = None,
    ) -> None:
        """The sentence shown with every figure, and the day figures are shown for until another is chosen."""
        with writing(self.engine) as connection:
            row = locked_programme(connection, code)
            was = {"notice": row.notice, "usual_as_at": row.usual_as_at}
            before, after = _differing(was, {"notice": notice, "usual_as_at": usual_as_at})
            if not after:
                return
            connection.execute(update(tables.programme).where(tables.programme.c.id == row.id).values(**after))
            change = Written("programme", row.id, 1, Deed.REVISED, row.code, before, after)
            record_changes(connection, row.id, [change], actor=actor.name, reason=reason, batch_id=None,
                           now=moment(now))  # fmt: skip


def _columns(rule: RatingRule) -> dict[str, Any]:
    return {**vars(rule), "direction": rule.direction.value}


def _differing(was: Mapping[str, Any], becomes: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    changed = [name for name, value in becomes.items() if was[name] != value]
    return {name: was[name] for name in changed}, {name: becomes[name] for name in changed}
