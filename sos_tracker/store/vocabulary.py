"""What a programme's files have taught: its agencies and teams, and what words and columns were said to mean."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from sos_tracker.records.changes import Deed
from sos_tracker.store import tables
from sos_tracker.store.bulk_tables import name_spelling
from sos_tracker.store.embedding_tables import case_audit, scale_rating, survey_answer
from sos_tracker.store.history import Written
from sos_tracker.store.writing import Writing, reserve_ids


def known_words(connection: Connection, number: int) -> dict[str, Any]:
    """Agencies, teams, sessions (reference -> date), budget lines, meanings of words, mappings of columns, and
    what merged spellings mean (agency or "", spelling -> the name)."""

    def distinct(table: Any, *columns: Any) -> set[Any]:
        query = select(*columns).where(table.c.programme_id == number).distinct()
        return {tuple(row) if len(columns) > 1 else row[0] for row in connection.execute(query)}

    staff, posts, sessions = tables.staff_member, tables.practice_lead_post, tables.training_session
    teams = distinct(staff, staff.c.agency, staff.c.team) | distinct(posts, posts.c.agency, posts.c.team)
    rated = distinct(scale_rating, scale_rating.c.agency, scale_rating.c.team)
    rated |= distinct(case_audit, case_audit.c.agency, case_audit.c.team)
    agencies = {agency for agency, _ in teams | rated} | (distinct(survey_answer, survey_answer.c.agency) - {""})
    teams |= {(agency, team) for agency, team in rated if team}
    agencies |= distinct(tables.attendance_count, tables.attendance_count.c.agency)
    agencies |= distinct(tables.headcount, tables.headcount.c.agency)
    of_sessions = select(sessions.c.reference, sessions.c.starts_on).where(sessions.c.programme_id == number)
    word, mapping = tables.word_meaning, tables.column_mapping
    meanings = select(word.c.word, word.c.meaning).where(word.c.programme_id == number)
    mappings = select(mapping.c.fingerprint, mapping.c.mapping).where(mapping.c.programme_id == number)
    spelled = name_spelling.c
    spellings = select(spelled.agency, spelled.name, spelled.means).where(spelled.programme_id == number)
    return {
        "agencies": tuple(sorted(agencies)),
        "teams": tuple(sorted(teams)),
        "sessions": {row.reference: row.starts_on for row in connection.execute(of_sessions)},
        "budget_lines": tuple(sorted(distinct(tables.budget_line, tables.budget_line.c.code))),
        "meanings": {row.word: row.meaning for row in connection.execute(meanings)},
        "spellings": {(row.agency, row.name): row.means for row in connection.execute(spellings)},
        "mappings": {row.fingerprint: row.mapping for row in connection.execute(mappings)},
    }


def remember(work: Writing, meanings: Mapping[str, str], mappings: Mapping[str, Mapping[str, str]]) -> None:
    """Keeps what words and columns mean; a meaning given before is replaced."""
    for table, column, said, pairs in (
        (tables.word_meaning, "word", "meaning", meanings),
        (tables.column_mapping, "fingerprint", "mapping", mappings),
    ):
        for key, value in pairs.items():
            query = select(table).where(table.c.programme_id == work.programme_id, table.c[column] == key)
            row = work.connection.execute(query).mappings().first()
            kept = value if isinstance(value, str) else dict(value)
            if row is None:
                number = reserve_ids(work.connection, table, 1)[0]
                work.connection.execute(
                    insert(table).values(id=number, programme_id=work.programme_id, **{column: key, said: kept})
                )
                change = Written(str(table.name), number, 1, Deed.ADDED, key, None, {column: key, said: kept})
            elif row[said] != kept:
                work.connection.execute(update(table).where(table.c.id == row["id"]).values(**{said: kept}))
                change = Written(str(table.name), row["id"], 1, Deed.REVISED, key, {said: row[said]}, {said: kept})
            else:
                continue
            work.changes.append(change)
