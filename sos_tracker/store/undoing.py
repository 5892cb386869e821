"""Takes a batch back: each record as it was before, but for those edited or relied on since: they are kept and told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Column, RowMapping, Table, delete, exists, insert, select, update

from sos_tracker.records.changes import Deed
from sos_tracker.records.embedding import CaseAudit, ScaleRating, SurveyAnswer
from sos_tracker.records.practice_leads import PracticeLeadPost
from sos_tracker.store import tables
from sos_tracker.store.batches import numbered_in
from sos_tracker.store.bulk_tables import name_spelling
from sos_tracker.store.chunks import in_chunks
from sos_tracker.store.embedding_tables import alignment_item, case_audit, scale_rating, survey_answer
from sos_tracker.store.fields import fields_of, typed
from sos_tracker.store.history import Written, record_words
from sos_tracker.store.recording_tables import forecast_move
from sos_tracker.store.writing import Writing

# whoever is referred to goes after whoever refers to it
_ORDER = [
    tables.attendance, tables.headcount, tables.staff_member, tables.practice_lead_post, tables.person_email,
    tables.training_session, tables.person, tables.budget_line, tables.ledger_entry, forecast_move, tables.milestone,
    tables.strategy_target, tables.rating_rule, name_spelling, scale_rating, case_audit, survey_answer, alignment_item,
]  # fmt: skip
_REFERRED_BY = {
    tables.training_session: [(tables.attendance, "session_id"), (tables.headcount, "session_id")],
    tables.person: [
        (tables.attendance, "person_id"),
        (tables.staff_member, "person_id"),
        (tables.practice_lead_post, "person_id"),
        (tables.person_email, "person_id"),
    ],
    tables.milestone: [(forecast_move, "milestone_id")],
}
_KEYS = {
    tables.practice_lead_post: PracticeLeadPost.key_fields, scale_rating: ScaleRating.key_fields,
    case_audit: CaseAudit.key_fields, survey_answer: SurveyAnswer.key_fields,
}  # fmt: skip
"""What a batch may withdraw, and is known by in tables without a constraint."""


@dataclass
class _Story:
    """What one batch did to one record: its state before the first deed, None where there was no record."""

    record_id: int
    key: str
    last_version: int
    gone: bool
    before: dict[str, Any] | None
    first_version: int


def undo_batch(writing: Writing, batch_id: int) -> tuple[Counter[str], list[str]]:
    """Restores what the batch changed; gives how many records of each kind, and in words those it kept."""
    stories = _stories(writing, batch_id)
    taken_back: Counter[str] = Counter()
    kept: list[str] = []
    restored: list[tuple[Table, _Story]] = []
    for table in _ORDER:
        restored += [(table, story) for story in stories.get(table.name, []) if story.gone]
    for table, story in reversed(restored):
        missing = _put_back(writing, table, story)
        if missing:
            kept.append(f"{record_words(table.name)} {story.key}: {missing}")
        else:
            taken_back[record_words(table.name)] += 1
    standing = _milestones_that_stay(writing, stories)
    for table in _ORDER:
        here = [story for story in stories.get(table.name, []) if not story.gone]
        rows = _rows(writing, table, [story.record_id for story in here])
        if table is forecast_move:  # told with the milestone, whose forecast stays where it is
            here = [
                story for story in here if (row := rows.get(story.record_id)) and row["milestone_id"] not in standing
            ]
        untouched = [story for story in here if _untouched(rows.get(story.record_id), story)]
        edited = [story for story in here if story not in untouched] if len(untouched) < len(here) else []
        kept += [
            f"{record_words(table.name)} {story.key}: {'edited' if story.record_id in rows else 'withdrawn'} since"
            for story in edited
        ]
        added = [story for story in untouched if story.before is None]
        relied_on = _relied_on(writing, table, added, batch_id)
        kept += [
            f"{record_words(table.name)} {story.key}: later records rely on it"
            for story in added
            if story.record_id in relied_on and table is not tables.person
        ]
        removable = [story for story in added if story.record_id not in relied_on]
        _remove(writing, table, removable, rows)
        revised = [story for story in untouched if story.before is not None]
        for story in revised:
            _set_back(writing, table, story, rows[story.record_id])
        if table is not tables.person_email:
            taken_back[record_words(table.name)] += len(removable) + len(revised)
    return +taken_back, kept


def _milestones_that_stay(writing: Writing, stories: Mapping[str, Sequence[_Story]]) -> set[int]:
    """Milestones edited since: the moves of their forecasts stay with them."""
    theirs = stories.get(str(tables.milestone.name), ())
    rows = _rows(writing, tables.milestone, [story.record_id for story in theirs])
    return {story.record_id for story in theirs if not _untouched(rows.get(story.record_id), story)}


def _stories(writing: Writing, batch_id: int) -> dict[str, list[_Story]]:
    mine = (tables.change.c.programme_id == writing.programme_id, numbered_in(writing.connection, batch_id))
    query = select(tables.change).where(*mine).order_by(tables.change.c.number)
    found: dict[tuple[str, int], _Story] = {}
    for row in writing.connection.execute(query):
        story = found.get((row.table_name, row.record_id))
        if story is None:
            first = row.record_version - (0 if row.deed == Deed.WITHDRAWN else 1)
            before = orjson.loads(row.before) if row.before else None
            story = _Story(row.record_id, row.key, 0, gone=False, before=before, first_version=first)
            found[row.table_name, row.record_id] = story
        elif story.before is not None and row.before:
            story.before = {**orjson.loads(row.before), **story.before}
        story.last_version, story.gone = row.record_version, row.deed == Deed.WITHDRAWN
    by_table: dict[str, list[_Story]] = {}
    for (table_name, _), story in found.items():
        if story.gone and story.before is None:
            continue  # came and went within the batch
        by_table.setdefault(table_name, []).append(story)
    return by_table


def _untouched(row: RowMapping | None, story: _Story) -> bool:
    return row is not None and row["version"] == story.last_version


def _rows(writing: Writing, table: Table, numbers: Sequence[int]) -> dict[int, RowMapping]:
    found: dict[int, RowMapping] = {}
    for chunk in in_chunks(numbers):
        found.update((row["id"], row) for row in writing.connection.execute(
            select(table).where(table.c.id.in_(chunk))).mappings())  # fmt: skip
    return found


def _relied_on(writing: Writing, table: Table, stories: Sequence[_Story], batch_id: int) -> set[int]:
    relied_on: set[int] = set()
    for referring, column in _REFERRED_BY.get(table, []):
        for chunk in in_chunks([story.record_id for story in stories]):
            query = select(referring.c[column]).where(referring.c[column].in_(chunk)).distinct()
            if referring is tables.person_email:
                query = query.where(referring.c.batch_id.is_distinct_from(batch_id))
            relied_on.update(writing.connection.scalars(query))
    return relied_on


def _remove(writing: Writing, table: Table, stories: Sequence[_Story], rows: Mapping[int, RowMapping]) -> None:
    if table is tables.person:  # their e-mails were added with them, and told in the same change
        for chunk in in_chunks([story.record_id for story in stories]):
            email = tables.person_email
            writing.connection.execute(delete(email).where(email.c.person_id.in_(chunk)))
    for chunk in in_chunks([story.record_id for story in stories]):
        writing.connection.execute(delete(table).where(table.c.id.in_(chunk)))
    for story in stories:
        was = fields_of(table, rows[story.record_id])
        writing.touch(table, story.record_id, was)
        writing.changes.append(
            Written(str(table.name), story.record_id, story.last_version, Deed.UNDONE, story.key, was, None)
        )


def _set_back(writing: Writing, table: Table, story: _Story, row: RowMapping) -> None:
    before = typed(table, story.before or {})
    now = {name: row[name] for name in before}
    writing.connection.execute(
        update(table).where(table.c.id == story.record_id).values(**before, version=story.first_version)
    )
    was = fields_of(table, row)
    writing.touch(table, story.record_id, was, {**was, **before})
    writing.changes.append(
        Written(str(table.name), story.record_id, story.first_version, Deed.UNDONE, story.key, now, before)
    )


def _put_back(writing: Writing, table: Table, story: _Story) -> str:
    """Puts a withdrawn record back, or says why it cannot be: what it belongs to is gone, or another took its place."""
    before = typed(table, story.before or {}) | {"version": story.first_version}
    for referred, referring in _REFERRED_BY.items():
        for column in (column for of, column in referring if of is table and before.get(column) is not None):
            if not _rows(writing, referred, [before[column]]):
                return f"its {record_words(referred.name)} was withdrawn since"
    if table is tables.person_email:  # the history does not hold the key: another row of the same does
        same = table.c.id == (story.before or {})["same_as"]
        before["email_key"] = writing.connection.scalar(select(table.c.email_key).where(same))
        if before["email_key"] is None:
            return "forgotten since"
    if _recorded_again(writing, table, before):
        return "recorded again since"
    writing.connection.execute(insert(table).values(id=story.record_id, programme_id=writing.programme_id, **before))
    writing.touch(table, story.record_id, before)
    writing.changes.append(
        Written(str(table.name), story.record_id, story.first_version, Deed.UNDONE, story.key, None, before)
    )
    return ""


def _recorded_again(writing: Writing, table: Table, before: Mapping[str, Any]) -> bool:
    """Another took its place: asked of the tables that have no constraint on their key."""
    if table not in _KEYS:
        return False
    of: Mapping[str, Column[Any]] = dict(table.c.items())
    same = [of[name].is_not_distinct_from(before[name]) for name in _KEYS[table]]
    here = of["programme_id"] == writing.programme_id
    return bool(writing.connection.scalar(select(exists().where(here, *same))))
