"""Recording by hand: sessions and registers, posts, spending, milestones and targets, with a reason where one is owed.

Records are read from the store; what may be written, and when it must be explained, is decided here.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import TypeAdapter, ValidationError

from sos_tracker.actions.importing import require_person_key
from sos_tracker.records.access import Actor, EmailAddress, Permission
from sos_tracker.records.budget import LedgerEntry, OutturnForecast
from sos_tracker.records.embedding import AlignmentItem, AlignmentStage, CaseAudit, ScaleRating, SurveyAnswer
from sos_tracker.records.judgements import Annotation, StatusOverride
from sos_tracker.records.milestones import ForecastMove, Milestone
from sos_tracker.records.people import PersonKeyer, PersonKeys
from sos_tracker.records.periods import day
from sos_tracker.records.practice_leads import PracticeLeadPost
from sos_tracker.records.record import Record
from sos_tracker.records.recorded import Add, Recorded, RecordRefused, Revise, UnknownRecord, Withdraw, Write
from sos_tracker.records.sentences import field_words
from sos_tracker.records.targets import StrategyTarget
from sos_tracker.records.training import Attendance, PartnerHeadcount, TrainingSession
from sos_tracker.store import Store

_EMAIL = TypeAdapter(EmailAddress)
_DATED: Mapping[str, tuple[str, ...]] = {
    TrainingSession.kind: ("starts_on", "ends_on"),
    Milestone.kind: ("forecast_on", "achieved_on"),
    PracticeLeadPost.kind: ("starts_on", "ends_on"),
    StrategyTarget.kind: ("target", "due_on", "baseline", "baseline_on", "points", "is_rate", "approved_on"),
    LedgerEntry.kind: ("posted_on", "amount_pence"),
    OutturnForecast.kind: ("made_on", "forecast_pence"),
    ScaleRating.kind: ("rated_on",),
    CaseAudit.kind: ("audited_on",),
    SurveyAnswer.kind: ("closed_on",),
    AlignmentItem.kind: ("due_on", *(f"{stage.value}_on" for stage in AlignmentStage)),
    StatusOverride.kind: ("rating", "made_on", "expires_on"),
    Annotation.kind: ("noted_on",),
}
"""What is a promise or a posting: when one of these changes, it is said why."""
_COUNTED_FROM: Mapping[str, str] = {
    TrainingSession.kind: "starts_on", Milestone.kind: "baseline_on", PracticeLeadPost.kind: "starts_on",
    StrategyTarget.kind: "baseline_on", LedgerEntry.kind: "posted_on", OutturnForecast.kind: "made_on",
    ScaleRating.kind: "rated_on", CaseAudit.kind: "audited_on", SurveyAnswer.kind: "closed_on",
    StatusOverride.kind: "made_on", Annotation.kind: "noted_on",
}  # fmt: skip
"""The day from which a record is counted; a kind without one always is."""


class ReasonNeeded(ValueError):
    """What changes is dated or published, and nothing says why. ``place``: which of the writes, counted from 0."""

    def __init__(self, sentence: str, place: int = 0) -> None:
        super().__init__(sentence)
        self.sentence, self.place = sentence, place


def record(store: Store, actor: Actor, writes: Sequence[Write], *, reason: str = "") -> tuple[Recorded, ...]:
    """Adds, revises and withdraws records of the actor's programme, all or nothing.

    Raises NotAllowed; ReasonNeeded; StaleRecord where somebody saved one of them since; RecordRefused (DuplicateRecord,
    FixedRecord) with the field it stands beside; UnknownRecord.
    """
    actor.require(Permission.RECORD)
    _refuse_issuing(store, actor.programme, writes)
    _refuse_unfounded(writes)
    if not reason.strip():
        _refuse_unexplained(store, actor.programme, writes)
    return store.write(actor.programme, writes, actor, reason=reason.strip())


def move_milestone(
    store: Store, actor: Actor, number: int, version: int, *, forecast_on: date | None, moved_on: date, reason: str,
    approved_by: str = "", decision_reference: str = "", deferred: bool = False,
) -> Recorded:  # fmt: skip
    """Gives a milestone a new forecast, and keeps the move with who approved it. Raises as ``record`` does.

    ``deferred`` needs the reference of the decision that redirected resources: pydantic's ValidationError without it.
    """
    actor.require(Permission.RECORD)
    kept = store.record(actor.programme, Milestone.kind, number)
    milestone = _milestone(kept.record)
    move = ForecastMove(
        milestone=milestone.reference, forecast_from=milestone.forecast_on, forecast_to=forecast_on, moved_on=moved_on,
        reason=reason, approved_by=approved_by, decision_reference=decision_reference, deferred=deferred,
    )  # fmt: skip
    moved = Revise(number, version, milestone.model_copy(update={"forecast_on": forecast_on}))
    moves = [Add(move)] if forecast_on != milestone.forecast_on or version != kept.version else []
    return record(store, actor, [moved, *moves], reason=reason)[0]


def issue_target(
    store: Store, actor: Actor, number: int, version: int, *, approved_by: str, approved_on: date, reason: str
) -> tuple[Recorded, ...]:
    """Issues a target as it stands, with every point of the same version; from then on only a newer one supersedes it.

    Raises ReasonNeeded, RecordRefused where no approver is named, and as ``record`` does.
    """
    actor.require(Permission.RECORD)
    if not approved_by.strip():
        raise RecordRefused("Say who approved the target.", "approved_by")
    if not reason.strip():
        raise ReasonNeeded("Say why the target is set as it is: it is published with it.")
    target = store.record(actor.programme, StrategyTarget.kind, number)
    found = vars(target.record)
    same, _ = store.records(
        actor.programme, StrategyTarget.kind, limit=1000, measure=found["measure"], approved_on=found["approved_on"]
    )
    issued = {"approved_by": approved_by, "approved_on": approved_on, "reason": reason, "issued": True}
    writes = [
        Revise(one.number, version if one.number == number else one.version, _with(one.record, issued))
        for one in sorted(same, key=lambda one: one.number != number)
    ]
    return store.write(actor.programme, writes, actor, reason=reason.strip())


def person_keys(
    store: Store, actor: Actor, keyer: PersonKeyer, employee_number: str | None, email: str | None
) -> PersonKeys:
    """The codes a person typed by hand is known by, as an import makes them.

    Raises RecordRefused beside the field that is wrong, WrongPersonKey, NotAllowed.
    """
    actor.require(Permission.RECORD)
    if not (employee_number or "").strip() and not (email or "").strip():
        raise RecordRefused("Give the person's employee number or e-mail.", "person")
    if email and email.strip():
        try:
            _EMAIL.validate_python(email)
        except ValidationError:
            raise RecordRefused("An e-mail address looks like jane.smith@council.gov.uk.", "person") from None
    require_person_key(store, actor, keyer)
    return keyer.keys(employee_number, email)


def _refuse_issuing(store: Store, code: str, writes: Sequence[Write]) -> None:
    """Raises RecordRefused where a draft would become issued; one that is issued already is the store's to refuse."""
    for place, write in enumerate(writes):
        if isinstance(write, Withdraw) or not isinstance(write.record, StrategyTarget) or not write.record.issued:
            continue
        kept = _kept(store, code, [write]).get((write.kind, write.number)) if isinstance(write, Revise) else None
        if kept is None or not vars(kept.record)["issued"]:
            raise RecordRefused("A target is issued by itself, with who approved it, when and why.", "issued", place)


def _refuse_unfounded(writes: Sequence[Write]) -> None:
    """Raises RecordRefused for a date moved by nobody, and a forecast of the outturn that rests on nothing."""
    for place, write in enumerate(writes):
        record = None if isinstance(write, Withdraw) else write.record
        if isinstance(record, ForecastMove) and record.forecast_from is not None and not record.approved_by:
            raise RecordRefused("Say who approved the new date.", "approved_by", place)
        if isinstance(record, OutturnForecast) and not record.reason:
            raise RecordRefused("Say why this is expected.", "reason", place)


def _refuse_unexplained(store: Store, code: str, writes: Sequence[Write]) -> None:
    """Raises ReasonNeeded where a write changes what is dated or published; a stale write is left to the store."""
    published = max((edition.as_at for edition in store.editions(code)), default=None)
    kept, sessions = _kept(store, code, writes), dict[str, date | None]()
    for place, write in enumerate(writes):
        if isinstance(write, Add):
            continue
        now = kept.get((write.kind, write.number))
        if now is None or now.version != write.version:
            continue
        becomes = write.record if isinstance(write, Revise) else None
        if becomes == now.record:
            continue
        dated = _dated_fact(now.record, becomes)
        if dated:
            deed = "changes" if becomes else "is withdrawn with its record"
            raise ReasonNeeded(f"Say why: the {field_words(dated)} of {_named(now.record)} {deed}.", place)
        if published is not None and _is_counted(store, code, now.record, published, sessions):
            said = f"Say why: {_named(now.record)} is counted in the paper published with figures to {day(published)}."
            raise ReasonNeeded(said, place)


def _kept(store: Store, code: str, writes: Sequence[Write]) -> dict[tuple[str, int], Recorded]:
    """The records to be revised or withdrawn, as they are now."""
    named = [(write.kind, write.number) for write in writes if not isinstance(write, Add)]
    return store.records_numbered(code, named)


def _dated_fact(was: Record, becomes: Record | None) -> str:
    """The first dated field that is given and changes; "" where there is none."""
    for name in _DATED.get(was.kind, ()):
        before = getattr(was, name)
        if before not in (None, ()) and (becomes is None or getattr(becomes, name) != before):
            return name
    return ""


def _is_counted(store: Store, code: str, kept: Record, published: date, sessions: dict[str, date | None]) -> bool:
    """Whether the figures to that day count the record; one without a date of its own is counted always."""
    if isinstance(kept, Attendance | PartnerHeadcount):
        if kept.session not in sessions:
            found, _ = store.records(code, TrainingSession.kind, reference=kept.session)
            session = found[0].record if found else None
            sessions[kept.session] = session.starts_on if isinstance(session, TrainingSession) else None
        held = sessions[kept.session]
        return held is not None and held <= published
    if kept.kind not in _COUNTED_FROM:
        return True
    since: date | None = getattr(kept, _COUNTED_FROM[kept.kind])
    return since <= published if since is not None else kept.kind == PracticeLeadPost.kind


def _named(kept: Record) -> str:
    """``session TS1``, ``ledger entry 1 February 2018, SOS01, Training Ltd``: no keys of people."""
    said = [day(part) if isinstance(part, date) else part for part in kept.key if part and isinstance(part, str | date)]
    return f"{kept.kind} {', '.join(said[:3])}".strip()


def _milestone(kept: Record) -> Milestone:
    if not isinstance(kept, Milestone):
        raise UnknownRecord("This is no milestone.")
    return kept


def _with(kept: Record, fields: Mapping[str, object]) -> Record:
    """The record with other fields, checked as a new one is."""
    return type(kept).model_validate({**vars(kept), **fields})
