"""Setting a programme up: tolerances measure by measure, its notice, and the day its figures are usually shown for."""

from dataclasses import replace
from datetime import date

from sos_tracker.actions.recording import ReasonNeeded
from sos_tracker.measures.rating import DEFAULT_RULES
from sos_tracker.records.access import Actor, Permission
from sos_tracker.records.figures import Direction, RatingRule
from sos_tracker.records.recorded import RecordRefused
from sos_tracker.store import Store
from sos_tracker.store.setting_up import SetUpSince

LONGEST_NOTICE = 300


def set_tolerances(
    store: Store, actor: Actor, measure: str, seen: RatingRule | None, *, on_track_within: float,
    slightly_behind_within: float, data_months: int, data_owner: str, reason: str,
) -> None:  # fmt: skip
    """How one measure is rated, from now on and on every day shown. Raises NotAllowed, ReasonNeeded, RecordRefused.

    Tolerances as in RatingRule; ``seen`` is the council's own rule as it was read, None where it had none.
    """
    actor.require(Permission.RECORD)
    if measure not in DEFAULT_RULES:
        raise RecordRefused(f"There is no figure with the code {measure}.", "measure")
    most = 366.0 if measure == "M3" else 1.0
    for field, value in (("on_track_within", on_track_within), ("slightly_behind_within", slightly_behind_within)):
        if not 0 <= value <= most:
            said = "from 0 to 366 days" if most > 1 else "from 0% to 100%"
            raise RecordRefused(f"A tolerance is {said}.", field)
    if slightly_behind_within < on_track_within:
        raise RecordRefused("Slightly behind reaches at least as far as on track.", "slightly_behind_within")
    if not 0 <= data_months <= 24:
        raise RecordRefused("Months without a record are from 0, which is never, to 24.", "data_months")
    if not reason.strip():
        raise ReasonNeeded("Say why: a status that readers know may change by it.")
    rule = replace(
        DEFAULT_RULES[measure], on_track_within=on_track_within, slightly_behind_within=slightly_behind_within,
        data_months=data_months, data_owner=" ".join(data_owner.split()),
    )  # fmt: skip
    try:
        store.set_rating_rule(actor.programme, rule, actor, seen=seen, reason=reason.strip())
    except SetUpSince as since:
        raise RecordRefused(str(since), "") from None


def set_programme(
    store: Store, actor: Actor, *, notice: str, usual_as_at: date | None, reason: str
) -> None:  # fmt: skip
    """The notice shown with every figure, and the usual as-at date (None is today).

    Raises NotAllowed, ReasonNeeded, RecordRefused.
    """
    actor.require(Permission.RECORD)
    words = " ".join(notice.split())
    if len(words) > LONGEST_NOTICE:
        raise RecordRefused(f"A notice has at most {LONGEST_NOTICE} characters: this has {len(words)}.", "notice")
    if not reason.strip():
        raise ReasonNeeded("Say why: it changes what every reader is shown.")
    store.set_up_programme(actor.programme, actor, notice=words, usual_as_at=usual_as_at, reason=reason.strip())


def is_in_days(measure: str) -> bool:
    """Whether the tolerances of a measure are days, and not percentages."""
    rule = DEFAULT_RULES[measure]
    return rule.direction is Direction.LOWER and rule.slightly_behind_within > 1
