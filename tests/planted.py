"""A programme with things planted in it that members must never be told: a name in every text that could hold one, an
e-mail address in every place that keeps one, and counts of 3 in every way that a count of 3 comes about.

Numbers are large and unlike each other, so that one that is seen where it should not be is known at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sos_tracker.actions import publication
from sos_tracker.records.access import Access, Actor, GroupAccess, Role
from sos_tracker.records.budget import BudgetLine, EntryKind, LedgerEntry
from sos_tracker.records.changes import BatchFile
from sos_tracker.records.milestones import Milestone
from sos_tracker.records.people import PersonKeyer
from sos_tracker.records.practice_leads import PracticeLeadPost
from sos_tracker.records.programme import Programme
from sos_tracker.records.record_set import RecordSet
from sos_tracker.records.targets import StrategyTarget
from sos_tracker.records.training import (
    Attendance,
    CourseLevel,
    Outcome,
    PartnerHeadcount,
    SessionStatus,
    StaffMember,
    TrainingSession,
)
from sos_tracker.store import Store

CODE, BESIDE = "PLANT-SOS", "OTHER-SOS"
NAME = "Quillfeather"
ADDRESS = f"zebedee.{NAME}@council.example.gov.uk".lower()
MANAGER = Actor(f"Zebedee {NAME} actor ({ADDRESS})", Role.ADMINISTRATOR, CODE)
AS_AT = date(2018, 5, 31)
SMALL_AGENCY = "Harbour Police"
STAFF, UNTRAINED = 2400, 3
"""Of 2,400 staff in scope 3 are not trained: neither 3 nor 2,397 may be told."""

MONTHS = {date(2017, 11, 14): 1131, date(2017, 12, 12): 3, date(2018, 1, 16): 469, date(2018, 2, 13): 791,
          date(2018, 4, 17): 3}  # fmt: skip
"""People newly trained on each day: 3 of them in a month of their own, and 3 of the small agency in another."""

OTHERS = 300
"""Trained and not on the staff list: they came with the last large month."""

AGAIN = 50
"""Of those of January, who came to another course that month."""

HIDDEN = (2397, 2697, 1603, 1131, 2744)
"""Numbers that would tell of 3 by subtraction from what is told: of 2,400 staff those trained; of 2,700 people trained
those who were named, in the end and in January; the total of November, before the month with 3; and of 2,747 places
booked those taken up."""


@dataclass(frozen=True)
class Planted:
    """What the planting left: the programme's one edition, and the address of a link to it."""

    edition: int
    token: str


def named(where: str) -> str:
    """The planted name, marked with where it was planted."""
    return f"Zebedee {NAME} {where}"


def plant(store: Store, keyer: PersonKeyer) -> Planted:
    """Writes the programme, another one beside it that the member has nothing to do with, an edition and a link."""
    for code, authority in ((CODE, "Harbour Council"), (BESIDE, named("authority elsewhere"))):
        programme = Programme(code=code, name="Signs of Safety", authority=authority, usual_as_at=AS_AT)
        store.add_programme(programme, MANAGER)
    files = (BatchFile(f"{named('file')}.xlsx", "0" * 64, ("register",), 1),)
    records = RecordSet(
        sessions=tuple(_sessions()), attendances=tuple(_attendances(keyer)), headcounts=tuple(_headcounts()),
        staff=tuple(_staff(keyer)), posts=tuple(_posts(keyer)), **_plans(),
    )  # fmt: skip
    meanings = {named("word"): "attended"}
    store.commit(CODE, records, MANAGER, files, reason=named("import reason"), meanings=meanings)
    store.give_access(CODE, Access(email=ADDRESS, role=Role.ADMINISTRATOR), MANAGER, reason=named("access reason"))
    store.give_group_access(CODE, GroupAccess(group=named("group"), role=Role.DIRECTOR), MANAGER)
    publication.publish(store, MANAGER, AS_AT, meeting_on=date(2018, 6, 7), reason=named("edition reason"))
    shared = publication.share(store, MANAGER, 1, 30, reason=named("link reason"))
    return Planted(1, shared.token)


def _sessions() -> Iterator[TrainingSession]:
    for number, held_on in enumerate([*MONTHS, date(2018, 5, 15), date(2018, 1, 30)]):
        yield TrainingSession(
            reference=f"S{number}", level=CourseLevel.INTRODUCTION, course=named("course"), starts_on=held_on,
            status=SessionStatus.DELIVERED, venue=named("venue"), trainer=named("trainer"), places=1500,
        )  # fmt: skip


def _attendances(keyer: PersonKeyer) -> Iterator[Attendance]:
    person = 0
    for number, people in enumerate(MONTHS.values()):
        extra = OTHERS if people == 791 else 0
        for _ in range(people + extra):
            person += 1
            small = number == 4
            how = Outcome.WALK_IN if small else Outcome.ATTENDED
            yield _attendance(keyer, f"S{number}", person, how, SMALL_AGENCY if small else "Care")
    for person in range(1200, 1200 + AGAIN):
        yield _attendance(keyer, "S6", person, Outcome.ATTENDED, "Care")
    for missing in range(3):
        yield _attendance(keyer, "S5", 90_000 + missing, Outcome.NO_SHOW, "Care")


def _attendance(keyer: PersonKeyer, session: str, person: int, how: Outcome, agency: str) -> Attendance:
    address = ADDRESS if person == 1 else f"{person}.{ADDRESS}"
    return Attendance(
        session=session, person=keyer.keys(f"N{person}", address), agency=agency, team=named("team"),
        job_role=named("job role"), outcome=how,
    )  # fmt: skip


def _headcounts() -> Iterator[PartnerHeadcount]:
    yield PartnerHeadcount(session="S2", agency="Lighthouse Trust", attended=3)
    yield PartnerHeadcount(session="S2", agency="Ferry Trust", attended=410, level=CourseLevel.BRIEFING)


def _staff(keyer: PersonKeyer) -> Iterator[StaffMember]:
    for person in [*range(1, STAFF - UNTRAINED + 1), *range(80_000, 80_000 + UNTRAINED)]:
        yield StaffMember(
            person=keyer.keys(f"N{person}", None), agency="Care", team=named("staff team"), in_scope=True,
            job_role=named("staff role"), started_on=date(2015, 1, 5),
        )  # fmt: skip


def _posts(keyer: PersonKeyer) -> Iterator[PracticeLeadPost]:
    """Ten teams; of the seven that have a lead, those of three are not trained."""
    for number in range(10):
        filled = number < 7
        yield PracticeLeadPost(
            agency="Care", team=f"{named('lead team')} {number}", filled=filled, starts_on=date(2018, 1, 8),
            trained=number < 4 if filled else None, person=keyer.keys(f"N{number + 1}", None) if filled else None,
        )  # fmt: skip


def _plans() -> dict[str, Sequence[object]]:
    lines = [BudgetLine(code="L1", title=named("budget line"), approved_pence=90_000_00,
                        profile=((date(2018, 1, 1), 40_000_00),))]  # fmt: skip
    entries = [
        LedgerEntry(posted_on=date(2018, 1, 20), line="L1", supplier=named("supplier"), narrative=named("narrative"),
                    reference=named("ledger reference"), entry_kind=kind, amount_pence=amount)
        for kind, amount in ((EntryKind.ACTUAL, 38_000_00), (EntryKind.COMMITMENT, 9_000_00))
    ]  # fmt: skip
    milestones = [
        Milestone(reference=f"M{number} {NAME}", title=named("milestone"), domain=named("workstream"),
                  owner=named("owner"), comment=named("comment"), baseline_on=date(2018, 2, number + 1),
                  achieved_on=date(2018, 2, number + 1) if number < 8 else None)
        for number in range(12)
    ]  # fmt: skip
    targets = [
        StrategyTarget(measure=measure, name=named("target"), is_rate=is_rate, baseline_on=date(2017, 10, 1),
                       target=target, due_on=date(2018, 12, 31), approved_by=named("approver"),
                       approved_on=date(2017, 9, 29), reason=named("target reason"))
        for measure, target, is_rate in (("T1", 8000, False), ("T3", 1, True), ("L1", 1, True))
    ]  # fmt: skip
    return {"budget_lines": lines, "ledger_entries": entries, "milestones": milestones, "targets": targets}
