"""What an import would change: the records of a RecordSet beside those the store keeps. Writes nothing.

The dry run and the import itself both plan here, so that one does what the other said.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, select

from sos_tracker.records.changes import Comparison, Difference
from sos_tracker.records.embedding import AlignmentItem, AlignmentStage, ScaleRating
from sos_tracker.records.milestones import Milestone
from sos_tracker.records.people import PersonKeys
from sos_tracker.records.practice_leads import PracticeLeadPost
from sos_tracker.records.record import Record
from sos_tracker.records.record_set import RecordSet
from sos_tracker.records.targets import StrategyTarget
from sos_tracker.records.training import Attendance, Outcome, PartnerHeadcount, SessionStatus, TrainingSession
from sos_tracker.store import tables
from sos_tracker.store.chunks import in_chunks
from sos_tracker.store.embedding_tables import alignment_item, case_audit, scale_rating, survey_answer
from sos_tracker.store.fields import Fields, fields_of, plain_values, words_of
from sos_tracker.store.people import PeoplePlan, plan_people

_OUTCOMES = {outcome: outcome.value for outcome in Outcome}  # an enum's own ``value`` is slow to read


@dataclass(slots=True)
class Step:
    """One record to add (``before`` None), revise, or withdraw (``after`` None). New ids are negative until written."""

    table: Table
    record_id: int
    version: int
    key: str
    before: Fields | None
    after: Fields | None


@dataclass
class Plan:
    people: PeoplePlan = field(default_factory=PeoplePlan)
    steps: list[Step] = field(default_factory=list)
    new: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    withdrawn: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)
    session_facts: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    leaving: int = 0
    staff_before: int = 0
    held: list[Difference] = field(default_factory=list)

    def comparison(self) -> Comparison:
        return Comparison(
            new=dict(self.new),
            changed=dict(self.changed),
            same=dict(self.same),
            withdrawn=dict(self.withdrawn),
            differences=tuple(self.differences),
            merged=len(self.people.merged),
            recognised=len(self.people.recognised),
            leaving=self.leaving,
            staff_before=self.staff_before,
            held=tuple(self.held),
        )


@dataclass(frozen=True)
class _Kept:
    """A record as the store has it."""

    id: int
    version: int
    fields: Fields


def rows_people(records: RecordSet) -> Iterable[PersonKeys]:
    """The person keys of every row that names a person."""
    for attendance in records.attendances:
        yield attendance.person
    for member in records.staff:
        yield member.person
    for post in records.posts:
        if post.person is not None:
            yield post.person


def plan_import(connection: Connection, programme_id: int, records: RecordSet) -> Plan:
    """Plans people first, then sessions, then everything that refers to them."""
    plan = Plan(people=plan_people(connection, programme_id, rows_people(records)))
    planner = _Planner(connection, programme_id, plan)
    sessions = planner.sessions(records)
    planner.attendances(records.attendances, sessions)
    planner.headcounts(records.headcounts, sessions)
    planner.staff(records)
    planner.posts(records.posts)
    planner.milestones(records.milestones)
    planner.targets(records.targets)
    planner.ratings(records.ratings)
    planner.plain(tables.budget_line, records.budget_lines)
    planner.plain(tables.ledger_entry, records.ledger_entries)
    planner.plain(case_audit, records.audits)
    planner.plain(survey_answer, records.survey_answers)
    planner.alignment(records.alignment_items)
    return plan


class _Planner:
    """Carries the connection, programme and growing plan through the kinds of record."""

    def __init__(self, connection: Connection, programme_id: int, plan: Plan) -> None:
        self.connection, self.programme_id, self.plan = connection, programme_id, plan
        self.merged = plan.people.merged

    def sessions(self, records: RecordSet) -> dict[str, int]:
        """Plans the sessions, and a bare one for each reference nothing else tells of; gives ids by reference."""
        said = {session.reference: session for session in records.sessions}
        named = {a.session for a in records.attendances} | {h.session for h in records.headcounts}
        for reference in sorted(named - said.keys()):
            said[reference] = TrainingSession(reference=reference, inferred=True)
        table = tables.training_session
        kept = {
            (row["reference"],): _Kept(row["id"], row["version"], fields_of(table, row))
            for chunk in in_chunks(said.keys())
            for row in self._rows(table, table.c.reference.in_(chunk))
        }
        ids: dict[str, int] = {}
        for reference, session in said.items():
            before = kept.get((reference,))
            after = plain_values(session)
            if before is not None:
                after = _session_merged(before.fields, after)
            ids[reference] = number = self._step(table, TrainingSession.kind, reference, before, after)
            self.plan.session_facts[number] = (after["starts_on"], after["level"], after["status"])
        return ids

    def attendances(self, rows: Sequence[Attendance], sessions: Mapping[str, int]) -> None:
        table, people = tables.attendance, self.plan.people.ids
        kept: dict[tuple[int, int], _Kept] = {}
        known = [number for number in {sessions[row.session] for row in rows} if number > 0]
        columns = [table.c.id, table.c.version, table.c.session_id, table.c.person_id, table.c.agency, table.c.team,
                   table.c.job_role, table.c.outcome, table.c.register_rows]  # fmt: skip
        for chunk in in_chunks(known):
            query = select(*columns).where(table.c.session_id.in_(chunk))
            for id_, version, session_id, person_id, agency, team, job_role, outcome, said in self.connection.execute(
                query
            ):
                person_id = self.merged.get(person_id, person_id)
                kept[session_id, person_id] = _Kept(
                    id_,
                    version,
                    {
                        "session_id": session_id,
                        "person_id": person_id,
                        "agency": agency,
                        "team": team,
                        "job_role": job_role,
                        "outcome": outcome,
                        "register_rows": said,
                    },
                )
        nothing = {"team": "", "job_role": ""}
        for row in rows:
            session_id, person_id = sessions[row.session], people[row.person]
            before = kept.get((session_id, person_id))
            was = before.fields if before is not None else nothing
            after = {
                "session_id": session_id,
                "person_id": person_id,
                "agency": row.agency,
                "team": row.team or was["team"],
                "job_role": row.job_role or was["job_role"],
                "outcome": _OUTCOMES[row.outcome],
                "register_rows": row.register_rows,
            }
            self._step(table, Attendance.kind, row.session, before, after)

    def headcounts(self, rows: Sequence[PartnerHeadcount], sessions: Mapping[str, int]) -> None:
        table = tables.headcount
        known = [number for number in {sessions[row.session] for row in rows} if number > 0]
        kept = {
            (row["session_id"], row["agency"]): _Kept(row["id"], row["version"], fields_of(table, row))
            for chunk in in_chunks(known)
            for row in self._rows(table, table.c.session_id.in_(chunk))
        }
        for row in rows:
            session_id = sessions[row.session]
            before = kept.get((session_id, row.agency))
            level = row.level.value if row.level else (before.fields["level"] if before else None)
            after = {"session_id": session_id, "agency": row.agency, "attended": row.attended, "level": level}
            self._step(table, PartnerHeadcount.kind, f"{row.session} / {row.agency}", before, after)

    def staff(self, records: RecordSet) -> None:
        """The staff list is the whole list: whoever is not on it is no longer listed."""
        if not records.staff:
            return
        table, kind = tables.staff_member, records.staff[0].kind
        kept: dict[int, _Kept] = {}
        for row in self._rows(table):
            fields = fields_of(table, row)
            fields["person_id"] = self.merged.get(fields["person_id"], fields["person_id"])
            kept.setdefault(fields["person_id"], _Kept(row["id"], row["version"], fields))
        self.plan.staff_before = sum(member.fields["listed"] for member in kept.values())
        for member in records.staff:
            person_id = self.plan.people.ids[member.person]
            before = kept.pop(person_id, None)
            after = plain_values(member) | {"person_id": person_id, "listed": True}
            for name in ("team", "job_role", "fte", "started_on", "left_on"):
                if before is not None and after[name] in (None, ""):
                    after[name] = before.fields[name]
            self._step(table, kind, f"{member.agency} / {member.team}", before, after)
        for gone in kept.values():
            if gone.fields["listed"]:
                self.plan.leaving += 1
                key = f"{gone.fields['agency']} / {gone.fields['team']}"
                self._add(Step(table, gone.id, gone.version, key, gone.fields, {**gone.fields, "listed": False}))

    def posts(self, rows: Sequence[PracticeLeadPost]) -> None:
        """A list that names a team names all holdings of its post: holdings it leaves out are withdrawn."""
        table = tables.practice_lead_post
        if not rows:
            return
        teams = {(row.agency, row.team) for row in rows}
        kept: dict[tuple[Any, ...], _Kept] = {}
        for row in self._rows(table):
            if (row["agency"], row["team"]) in teams:
                fields = fields_of(table, row)
                fields["person_id"] = self.merged.get(fields["person_id"], fields["person_id"])
                kept[row["agency"], row["team"], row["starts_on"], row["holding"]] = _Kept(
                    row["id"], row["version"], fields
                )
        for post in rows:
            after = plain_values(post)
            after["person_id"] = self.plan.people.ids[post.person] if post.person is not None else None
            self._step(table, post.kind, f"{post.agency} / {post.team}", kept.pop(post.key, None), after)
        for gone in kept.values():
            self.plan.withdrawn[PracticeLeadPost.kind] += 1
            key = f"{gone.fields['agency']} / {gone.fields['team']}"
            self._add(Step(table, gone.id, gone.version, key, gone.fields, None))

    def milestones(self, rows: Sequence[Milestone]) -> None:
        """What the plan says now holds, but for the baseline, which stays as it was first stored."""
        kept = self._by_key(tables.milestone, rows)
        for milestone in rows:
            before, after = kept.get(milestone.key), plain_values(milestone)
            if before is not None:
                self._hold(milestone, before, after, ["baseline_on"])
            self._step(tables.milestone, milestone.kind, words_of(milestone), before, after)

    def targets(self, rows: Sequence[StrategyTarget]) -> None:
        """What the list says now holds, but for issued versions: neither they nor a point of theirs is touched."""
        kept = self._by_key(tables.strategy_target, rows)
        issued = {
            (target.fields["measure"], target.fields["approved_on"])
            for target in kept.values()
            if target.fields["issued"]
        }
        for target in rows:
            before, after = kept.get(target.key), plain_values(target)
            if before is not None:
                after |= {"issued": before.fields["issued"], "points": after["points"] or before.fields["points"]}
            if (target.measure, target.approved_on) in issued:
                if before is None:
                    said = ("due_on", "", target.due_on.isoformat())
                    self.plan.held.append(Difference(target.kind, words_of(target), (said,)))
                    continue
                self._hold(target, before, after, list(after))
            self._step(tables.strategy_target, target.kind, words_of(target), before, after)

    def ratings(self, rows: Sequence[ScaleRating]) -> None:
        """A file that has ratings of a team, day, level and group has all: scores it leaves out are withdrawn."""
        asked = {row.key[:-1] for row in rows}
        kept = {key: one for key, one in self._by_key(scale_rating, rows).items() if key[:-1] in asked}
        for rating in rows:
            self._step(scale_rating, rating.kind, words_of(rating), kept.pop(rating.key, None), plain_values(rating))
        for gone in kept.values():
            self.plan.withdrawn[ScaleRating.kind] += 1
            words = words_of(ScaleRating.model_validate(gone.fields))
            self._add(Step(scale_rating, gone.id, gone.version, words, gone.fields, None))

    def alignment(self, rows: Sequence[AlignmentItem]) -> None:
        """What the list says now holds, but an earlier stage it no longer dates keeps its day where that follows."""
        kept = self._by_key(alignment_item, rows)
        for item in rows:
            before, after = kept.get(item.key), plain_values(item)
            if before is not None:
                after = _stages_kept(before.fields, after)
            self._step(alignment_item, item.kind, words_of(item), before, after)

    def _hold(self, record: Record, before: _Kept, after: Fields, names: Sequence[str]) -> None:
        """Keeps these fields as they are, and notes where the file says other."""
        differing = [name for name in names if after[name] != before.fields[name]]
        if differing:
            said = tuple((name, _said(before.fields[name]), _said(after[name])) for name in differing)
            self.plan.held.append(Difference(record.kind, words_of(record), said))
            after |= {name: before.fields[name] for name in differing}

    def _by_key(self, table: Table, rows: Sequence[Record]) -> dict[tuple[Any, ...], _Kept]:
        """The records kept, by their key; none where there is nothing to lay beside them."""
        if not rows:
            return {}
        names = rows[0].key_fields
        return {
            tuple(row[name] for name in names): _Kept(row["id"], row["version"], fields_of(table, row))
            for row in self._rows(table)
        }

    def plain(self, table: Table, rows: Sequence[Record]) -> None:
        """Records that refer to nothing else: what the file says now is what holds."""
        kept = self._by_key(table, rows)
        for record in rows:
            self._step(table, record.kind, words_of(record), kept.get(record.key), plain_values(record))

    def _rows(self, table: Table, *where: Any) -> Iterable[RowMapping]:
        query = select(table).where(table.c.programme_id == self.programme_id, *where).order_by(table.c.id)
        return self.connection.execute(query).mappings()

    def _step(self, table: Table, kind: str, key: str, before: _Kept | None, after: Fields) -> int:
        """Counts the record as new, changed or the same; gives its id, negative where it is new."""
        if before is None:
            self.plan.new[kind] += 1
            return self._add(Step(table, -1 - len(self.plan.steps), 0, key, None, after))
        if before.fields == after:
            self.plan.same[kind] += 1
            return before.id
        self.plan.changed[kind] += 1
        self.plan.differences.append(Difference(kind, key, _differences(before.fields, after)))
        return self._add(Step(table, before.id, before.version, key, before.fields, after))

    def _add(self, step: Step) -> int:
        self.plan.steps.append(step)
        return step.record_id


_HELD_SINCE_LISTED = {SessionStatus.PLANNED.value, SessionStatus.DELIVERED.value}


def _session_merged(before: Fields, after: Fields) -> Fields:
    """A register never overrules a list of sessions, and a blank never overrules anything.

    But where the rows of a register show that people came, a list that still says "planned" is behind.
    """
    fills_gaps_only = after["inferred"] and not before["inferred"]
    merged = {
        name: was if after[name] in (None, "") or (fills_gaps_only and was not in (None, "")) else after[name]
        for name, was in before.items()
    }
    if (before["inferred"] or after["inferred"]) and {before["status"], after["status"]} == _HELD_SINCE_LISTED:
        merged["status"] = SessionStatus.DELIVERED.value
    merged["inferred"] = before["inferred"] and after["inferred"]
    return merged


def _stages_kept(before: Fields, after: Fields) -> Fields:
    stages = [f"{stage.value}_on" for stage in AlignmentStage]
    merged = after | {name: before[name] for name in stages if after[name] is None}
    days = [merged[name] for name in stages if merged[name] is not None]
    return merged if days == sorted(days) else after


def _differences(before: Fields, after: Fields) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (name.removesuffix("_id"), _said(before[name]), _said(value))
        for name, value in after.items()
        if before[name] != value
    )


def _said(value: Any) -> str:
    return "" if value is None else str(value)
