"""Two spellings of one agency or team made one, wherever they stand, and remembered for later files.

Where two records then mean the same thing it is decided as an import decides it: of two headcounts of one session the
one that says more of coming stands; a practice lead's post written twice alike is one holding, and holdings that
differ and start on one day are numbered; ratings alike are added up, and of two audits or answers the larger stands.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Table, select

from sos_tracker.records.bulk import MergeAgency, MergeTeam
from sos_tracker.records.embedding import CaseAudit, ScaleRating, SurveyAnswer
from sos_tracker.records.record import Record
from sos_tracker.records.recorded import RecordRefused
from sos_tracker.store.bulk_tables import name_spelling
from sos_tracker.store.dialects import among
from sos_tracker.store.embedding_tables import case_audit, scale_rating, survey_answer
from sos_tracker.store.fields import Fields, fields_of, words_of
from sos_tracker.store.planning import Step
from sos_tracker.store.tables import attendance, headcount, practice_lead_post, staff_member, training_session
from sos_tracker.store.writing import Writing, write_steps

_LONGEST = 300


def merge(work: Writing, change: MergeAgency | MergeTeam) -> list[str]:
    """Gives what was decided, in sentences. Raises RecordRefused."""
    if not 1 <= len(change.into.strip()) <= _LONGEST:
        raise RecordRefused("Give the name that is to stand, of at most 300 letters.", "into")
    if change.name == change.into:
        raise RecordRefused("Choose two spellings that differ.", "into")
    merging = _Merging(work, change)
    merging.rename(attendance)
    merging.rename(staff_member)
    merging.headcounts()
    merging.posts()
    merging.dated(scale_rating, ScaleRating, _added_up)
    merging.dated(case_audit, CaseAudit, partial(_larger, "files_sampled"))
    merging.dated(survey_answer, SurveyAnswer, partial(_larger, "answered"))
    if not merging.steps:
        what = "team" if isinstance(change, MergeTeam) else "agency"
        raise RecordRefused(f"No record names the {what} “{change.name}”.", "name")
    merging.remember()
    write_steps(work, merging.steps)
    return [*merging.notes, f"In later files “{change.name}” is read as “{change.into}”."]


class _Merging:
    def __init__(self, work: Writing, change: MergeAgency | MergeTeam) -> None:
        self.work, self.change = work, change
        self.steps: list[Step] = []
        self.notes: list[str] = []

    def rename(self, table: Table) -> None:
        """Records that name it, each of one person."""
        rows = self._rows(table, *self._named(table))
        references = self._references(row["session_id"] for row in rows if "session_id" in row)
        for row in rows:
            before = fields_of(table, row)
            after = self._renamed(before)
            key = references[row["session_id"]] if "session_id" in row else _place(after)
            self.steps.append(Step(table, row["id"], row["version"], key, before, after))

    def headcounts(self) -> None:
        """One headcount of each session: the larger of two, as they are two reports of the same people."""
        if isinstance(self.change, MergeTeam):
            return
        rows = self._rows(headcount, headcount.c.agency == self.change.name)
        sessions = [row["session_id"] for row in rows]
        here = among(self.work.connection, headcount.c.session_id, sessions)
        kept = {row["session_id"]: row for row in self._rows(headcount, headcount.c.agency == self.change.into, here)}
        references = self._references(sessions)
        fewer = []
        for row in rows:
            before, key = fields_of(headcount, row), f"{references[row['session_id']]} / {self.change.into}"
            other = kept.get(row["session_id"])
            if other is None:
                after = {**before, "agency": self.change.into}
                self.steps.append(Step(headcount, row["id"], row["version"], key, before, after))
                continue
            was = fields_of(headcount, other)
            self.steps.append(
                Step(headcount, row["id"], row["version"], f"{references[row['session_id']]} / {self.change.name}",
                     before, None)
            )  # fmt: skip
            fewer.append(min(before["attended"], was["attended"]))
            more, less = (before, was) if before["attended"] > was["attended"] else (was, before)
            becomes = {**was, "attended": more["attended"], "level": more["level"] or less["level"]}
            if becomes != was:
                self.steps.append(Step(headcount, other["id"], other["version"], key, was, becomes))
        if fewer:
            self.notes.append(
                f"{len(fewer):,} {'session has' if len(fewer) == 1 else 'sessions have'} a headcount under both names: "
                f"the larger stands and the other is withdrawn, {sum(fewer):,} people fewer."
            )

    def posts(self) -> None:
        """Holdings that are alike become one; others of one team that start on one day are numbered."""
        table = practice_lead_post
        rows = self._rows(table, *self._named(table))
        becoming = [self._renamed(fields_of(table, row)) for row in rows]
        teams = {_place(fields) for fields in becoming}
        moving = {row["id"] for row in rows}
        kept = [
            fields_of(table, row)
            for row in self._rows(table, table.c.agency.in_({fields["agency"] for fields in becoming}))
            if row["id"] not in moving and _place(row) in teams
        ]
        alike = 0
        for row, after in zip(rows, becoming, strict=True):
            before = fields_of(table, row)
            if any(_same_holding(after, other) for other in kept):
                self.steps.append(Step(table, row["id"], row["version"], _place(before), before, None))
                alike += 1
                continue
            taken = {other["holding"] for other in kept if _same_day(after, other)}
            after["holding"] = next(number for number in range(len(taken) + 1) if number not in taken)
            kept.append(after)
            self.steps.append(Step(table, row["id"], row["version"], _place(after), before, after))
        if alike:
            lines = "1 line of a post says" if alike == 1 else f"{alike:,} lines of posts say"
            self.notes.append(f"{lines} under both names the same: one of them stands and the other is withdrawn.")

    def dated(self, table: Table, kind: type[Record], joined: Callable[[Fields, Fields], Fields]) -> None:
        """Ratings, audits and answers; two that then are of one key become one, as ``joined`` says."""
        change = self.change
        if isinstance(change, MergeTeam) and "team" not in table.c:
            return
        rows = self._rows(table, *self._named(table))
        moving = {row["id"] for row in rows}
        into = change.agency if isinstance(change, MergeTeam) else change.into
        others = self._rows(table, table.c.agency == into) if rows else ()
        standing: dict[tuple[Any, ...], tuple[RowMapping, Fields]] = {
            _key_of(kind, fields_of(table, row)): (row, fields_of(table, row))
            for row in others
            if row["id"] not in moving
        }
        gone: list[RowMapping] = []
        for row in rows:
            becomes = self._renamed(fields_of(table, row))
            first, said = standing.setdefault(_key_of(kind, becomes), (row, becomes))
            if first is not row:
                gone.append(row)
                standing[_key_of(kind, becomes)] = (first, joined(said, becomes))
        for row, after in [*((row, None) for row in gone), *standing.values()]:
            before = fields_of(table, row)
            if after != before:
                key = words_of(kind.model_validate(after or before))
                self.steps.append(Step(table, row["id"], row["version"], key, before, after))
        if gone:
            one = f"1 {kind.kind} is" if len(gone) == 1 else f"{len(gone):,} {kind.kind}s are"
            self.notes.append(f"{one} there under both names: {_JOINED[kind]}.")

    def remember(self) -> None:
        """What the spelling means from now on; those remembered before that meant it, or were its teams', follow."""
        change, spelled = self.change, name_spelling
        agency = change.agency if isinstance(change, MergeTeam) else ""
        known = {(row["agency"], row["name"]): row for row in self._rows(spelled)}
        becoming = {where: dict(fields_of(spelled, row)) for where, row in known.items()}
        becoming.pop((agency, change.into), None)
        becoming[agency, change.name] = {"agency": agency, "name": change.name, "means": change.into}
        for where, fields in list(becoming.items()):
            if where[0] == agency and fields["means"] == change.name:
                fields["means"] = change.into
            if isinstance(change, MergeAgency) and where[0] == change.name:
                moved = {**becoming.pop(where), "agency": change.into}
                becoming.setdefault((change.into, where[1]), moved)
        self.steps += _steps_between(known, becoming)

    def _named(self, table: Table) -> list[ColumnElement[bool]]:
        change = self.change
        if isinstance(change, MergeTeam):
            return [table.c.agency == change.agency, table.c.team == change.name]
        return [table.c.agency == change.name]

    def _renamed(self, fields: Fields) -> Fields:
        """A team that goes by its agency's name follows it."""
        change = self.change
        if isinstance(change, MergeTeam):
            return {**fields, "team": change.into}
        renamed = {**fields, "agency": change.into}
        return renamed | {"team": change.into} if fields.get("team") == change.name else renamed

    def _rows(self, table: Table, *which: ColumnElement[bool]) -> Sequence[RowMapping]:
        query = select(table).where(table.c.programme_id == self.work.programme_id, *which).order_by(table.c.id)
        return self.work.connection.execute(query).mappings().all()

    def _references(self, sessions: Iterable[int]) -> dict[int, str]:
        of = training_session.c
        query = select(of.id, of.reference).where(among(self.work.connection, of.id, list(set(sessions))))
        return {row.id: row.reference for row in self.work.connection.execute(query)}


def _steps_between(
    known: dict[tuple[str, str], RowMapping], becoming: dict[tuple[str, str], Fields]
) -> list[Step]:  # fmt: skip
    """Withdraws, revises and adds spellings, so that those known become these."""
    steps = []
    for where, row in known.items():
        before = fields_of(name_spelling, row)
        after = becoming.get(where)
        if after != before:
            steps.append(Step(name_spelling, row["id"], row["version"], _spelled(before), before, after))
    new = [fields for where, fields in becoming.items() if where not in known]
    steps += [Step(name_spelling, -1 - at, 0, _spelled(fields), None, fields) for at, fields in enumerate(new)]
    return steps


_JOINED: Mapping[type[Record], str] = {
    ScaleRating: "the people who gave it are added up",
    CaseAudit: "the one with more files stands and the other is withdrawn",
    SurveyAnswer: "the one with more answers stands and the other is withdrawn",
}


def _key_of(kind: type[Record], fields: Fields) -> tuple[Any, ...]:
    return tuple(fields[name] for name in kind.key_fields)


def _added_up(one: Fields, other: Fields) -> Fields:
    return {**one, "people": one["people"] + other["people"]}


def _larger(name: str, one: Fields, other: Fields) -> Fields:
    return other if other[name] > one[name] else one


def _same_day(one: Fields, other: Fields) -> bool:
    return all(one[name] == other[name] for name in ("agency", "team", "starts_on"))


def _same_holding(one: Fields, other: Fields) -> bool:
    return all(one[name] == other[name] for name in one if name != "holding")


def _place(fields: Any) -> str:
    return f"{fields['agency']} / {fields['team']}"


def _spelled(fields: Fields) -> str:
    return f"{fields['agency']} / {fields['name']}" if fields["agency"] else str(fields["name"])
