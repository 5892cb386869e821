"""Has the practice taken hold: the middle score on the scale, case files that show it, and what was aligned with it."""

from collections.abc import Sequence
from datetime import date

from sos_tracker.measures import scale_ratings
from sos_tracker.measures.alignment import items_on
from sos_tracker.measures.case_audits import TeamAudit, audits_by, by_grade, is_recent, newest_audits
from sos_tracker.measures.frames import ProgrammeFrames
from sos_tracker.measures.published import NOTHING_YET, left_out, publish, some, strategy_goal, unknown
from sos_tracker.measures.scale_ratings import SMALLEST_RATED, Spread, UnitSpread, rated_units, spread_of
from sos_tracker.records.embedding import TOP_SCORE, AlignmentStage, AuditGrade
from sos_tracker.records.figures import Confidence, Figure, Note, Unit, Working
from sos_tracker.records.labels import ALIGNMENT_STAGE, AUDIT_GRADE, RESPONDENTS, UNKNOWN, count_of, score, unit_name
from sos_tracker.records.money import percent
from sos_tracker.records.periods import day

TRAINING_ALONE = "On the method's own scale training alone scores 0."
_RECORD = f"{NOTHING_YET}: record {{}} on the page Practice evidence, or import them."
SMALLEST_AUDITED = 5
"""Fewer files than this and one file would decide which team is named lowest or highest."""


def implementation_scale(frames: ProgrammeFrames, on: date) -> Figure:
    """E1: the median of the scores given in the newest round, with their spread; reported by those who gave them."""
    scale, goal = frames.embedding.scale, strategy_goal(frames, "E1", on)
    given = scale_ratings.newest_round(scale, on)
    if given.empty:
        why = f"{_RECORD.format('scale ratings')} {TRAINING_ALONE}"
        return unknown(frames, "E1", on, why, goal=goal, row="score given by a person")
    spread, units = spread_of(given["score"], given["people"]), rated_units(scale, on)
    rounds = scale_ratings.scale_by_round(scale, on)
    compared = [unit for unit in units if unit.spread.people >= SMALLEST_RATED]
    worst, best = _furthest(compared)
    return publish(
        frames, "E1", on,
        value=spread.median,
        says=_middle(spread, f"{rounds['month'].iloc[-1]:%B %Y}"),
        notes=[_given(spread, len(units)), _ends(worst, best)],
        goal=goal,
        confidence=Confidence.SELF_REPORTED,
        working=Working(
            spread.people,
            "a score given by a person in the newest round",
            left_out(("scores given in earlier rounds", int(rounds["people"].sum()) - spread.people)),
        ),
        parts={
            "people": spread.people,
            "units": len(units),
            **{name: getattr(spread, name) for name in ("lower", "upper", "lowest", "highest")},
            "worst": _medians(worst),
            "best": _medians(best),
            "by_respondents": _by_respondents(frames, on),
            "by_round": {
                f"{month:%Y-%m}": median for month, median in zip(rounds["month"], rounds["median"], strict=True)
            },
        },
    )  # fmt: skip


def files_showing_use(frames: ProgrammeFrames, on: date) -> Figure:
    """E2: files that show the practice, of those sampled in each team's newest audit of the last twelve months."""
    audits, goal = audits_by(frames.embedding.audits, on), strategy_goal(frames, "E2", on)
    newest = newest_audits(frames.embedding.audits, on)
    if not newest:
        why = _all_old(audits[-1].audited_on) if audits else _RECORD.format("case audits")
        return unknown(frames, "E2", on, why, goal=goal, row="case file")
    sampled, value = sum(one.sampled for one in newest), sum(one.showing_use for one in newest)
    teams = count_of(len(newest), Unit.TEAMS)
    compared = [one for one in newest if one.sampled >= SMALLEST_AUDITED]
    older = sum(one.sampled for one in audits if not is_recent(one, on))
    return publish(
        frames, "E2", on,
        value=value,
        denominator=sampled,
        says=f"{value:,} of {count_of(sampled, Unit.FILES)} looked at ({percent(value, sampled)}) "
        f"{'shows' if value == 1 else 'show'} the practice in use, by the newest audit of {teams} to {day(on)}"
        if sampled
        else f"No case file has been looked at in the audits of {teams} to {day(on)}, so there is no share to give yet",
        notes=[_audit_ends(compared)],
        goal=goal,
        working=Working(
            sampled,
            "a case file looked at",
            left_out(
                ("files looked at in earlier audits of the same team",
                 sum(one.sampled for one in audits) - older - sampled),
                ("files looked at in audits more than twelve months old", older),
            ),
        ),
        parts={
            "audits": len(newest),
            "grades": {_grade(grade): number for grade, number in by_grade(newest).items()},
            "audits_by_team": {
                unit_name(one.agency, one.team): f"{one.showing_use} of {one.sampled}" for one in newest
            },
        },
    )  # fmt: skip


def items_live(frames: ProgrammeFrames, on: date) -> Figure:
    """E3: alignment items live on the day, reviewed ones included, of all identified by then."""
    goal = strategy_goal(frames, "E3", on)
    items = list(items_on(frames.embedding.alignment, on))
    known = len(frames.embedding.alignment)
    if not known:
        why = _RECORD.format("the forms, policies and formats to align")
        return unknown(frames, "E3", on, why, goal=goal, row="item to align")
    live, late = sum(item.is_live for item in items), [item.title for item in items if item.late]
    stages = {ALIGNMENT_STAGE[stage]: sum(item.stage is stage for item in items) for stage in AlignmentStage}
    are = "is" if len(late) == 1 else "are"
    return publish(
        frames, "E3", on,
        value=live,
        denominator=len(items),
        says=f"{live:,} of {count_of(len(items), Unit.ITEMS)} to align ({percent(live, len(items))}) "
        f"{'is' if live == 1 else 'are'} live on {day(on)}"
        if items
        else f"No form, policy or format to align was known on {day(on)}",
        notes=[Note(f"{count_of(len(late), Unit.ITEMS)} {are} past the date due and not live: {some(late)}.")]
        if late
        else (),
        goal=goal,
        working=Working(len(items), "an item to align", left_out(("items identified later", known - len(items)))),
        parts={"by_stage": stages if items else {}, "late_list": late},
    )  # fmt: skip


def _middle(spread: Spread, month: str) -> str:
    middle = f"{score(spread.median)} out of {TOP_SCORE}"
    if spread.people == 1:
        return f"The only score given in the round of {month} is {middle}"
    if spread.lowest == spread.highest:
        return f"In the round of {month} every score is {middle}"
    half = f"the middle half of the scores lies from {score(spread.lower)} to {score(spread.upper)}"
    if spread.lower == spread.upper:
        half = "at least half of the scores are the same"
    return f"In the round of {month} {half}, and the middle score is {middle}"


def _given(spread: Spread, units: int) -> Note:
    """How many gave a score and how far apart the outermost are: single people's scores, so it counts people."""
    gave = f"{count_of(spread.people, Unit.PEOPLE)} gave a score, of {count_of(units, Unit.TEAMS)}"
    apart = "" if spread.lowest == spread.highest else \
        f": {score(spread.lowest)} was the lowest and {score(spread.highest)} the highest"  # fmt: skip
    return Note(f"{gave}{apart}.", (spread.people,))


def _furthest(units: Sequence[UnitSpread]) -> tuple[list[UnitSpread], list[UnitSpread]]:
    """All that share the lowest and all that share the highest median; none where all are alike or there is but one."""
    medians = [unit.spread.median for unit in units]
    if len(set(medians)) < 2:
        return [], []
    return [one for one in units if one.spread.median == min(medians)], [
        one for one in units if one.spread.median == max(medians)
    ]


def _ends(worst: Sequence[UnitSpread], best: Sequence[UnitSpread]) -> Note:
    if not worst or not best:
        return Note("")
    low, high = (some(unit_name(one.agency, one.team) for one in units) for units in (worst, best))
    scores = score(worst[0].spread.median), score(best[0].spread.median)
    return Note(f"The lowest middle score is {scores[0]}, in {low}. The highest is {scores[1]}, in {high}.")


def _medians(units: Sequence[UnitSpread]) -> dict[str, float]:
    return {unit_name(one.agency, one.team): one.spread.median for one in units}


def _by_respondents(frames: ProgrammeFrames, on: date) -> dict[str, float]:
    groups = scale_ratings.scale_by_respondents(frames.embedding.scale, on)
    names = {group.value: words for group, words in RESPONDENTS.items()}
    return {names.get(group, UNKNOWN): median for group, median in zip(groups["group"], groups["median"], strict=True)}


def _all_old(newest_on: date) -> str:
    return (
        f"No case audit is less than twelve months old: the newest was on {day(newest_on)}. "
        "Record newer ones on the page Practice evidence, or import them."
    )


def _audit_ends(audits: Sequence[TeamAudit]) -> Note:
    """The teams with the smallest and the largest share; in shares, because a few files may tell of one family."""
    if len({one.rate for one in audits}) < 2:
        return Note("")
    low, high = audits[0].rate, audits[-1].rate
    lowest, highest = (
        some(unit_name(one.agency, one.team) for one in audits if one.rate == rate) for rate in (low, high)
    )
    return Note(f"The lowest share is {percent(low, 1)}, in {lowest}. The highest is {percent(high, 1)}, in {highest}.")


def _grade(grade: str) -> str:
    return AUDIT_GRADE[AuditGrade(grade)] if grade else "No grade given"
