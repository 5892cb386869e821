"""The example programme's frames, as measures make them, and the charts drawn from them."""

from datetime import date, timedelta
from typing import Any

import pandas as pd

from sos_tracker.charts import budget, milestones, practice_leads, training
from sos_tracker.charts.chart import Chart
from sos_tracker.records.figures import Figure, Rating, Unit, Working
from sos_tracker.records.periods import month_end, next_month
from tests.charts.evidence import evidence_charts

AS_AT = date(2018, 5, 10)
FIRST, LAST = date(2017, 11, 1), date(2018, 12, 31)


def figure(value: float | None = 285, **fields: Any) -> Figure:
    """T1 of the example, or any figure like it."""
    whole: dict[str, Any] = {
        "code": "T1", "title": "People trained", "unit": Unit.PEOPLE, "as_at": AS_AT,
        "sentence": "There is no figure yet.", "rating": Rating.ON_TRACK, "rating_reason": "", "definition": "",
        "working": Working(0, "people"), "target_to_date": 176.19, "target_final": 400, "due_on": LAST,
    }  # fmt: skip
    return Figure(**(whole | fields | {"value": value}))


def month_ends(last: date = AS_AT) -> list[date]:
    ends, month = [], FIRST
    while month <= last:
        ends.append(min(month_end(month), last))
        month = next_month(month)
    return ends


def trained_frame() -> pd.DataFrame:
    ends = month_ends()
    named, headcount = [50, 92, 140, 194, 225, 247, 247], [0, 6, 11, 20, 29, 38, 38]
    return pd.DataFrame({
        "month": pd.to_datetime([end.replace(day=1) for end in ends]), "as_of": pd.to_datetime(ends), "named": named,
        "headcount": headcount, "trained": [a + b for a, b in zip(named, headcount, strict=True)],
        "part_month": [end == AS_AT for end in ends],
    })  # fmt: skip


def target_frame(final: float = 400, last: date = AS_AT) -> pd.DataFrame:
    days = (LAST - date(2017, 11, 6)).days
    rows = [(end, final * (end - date(2017, 11, 6)).days / days) for end in month_ends(last)]
    return pd.DataFrame(rows, columns=["as_of", "target"]).assign(as_of=lambda frame: pd.to_datetime(frame["as_of"]))


def agencies_frame() -> pd.DataFrame:
    rows = [
        ("Children's Social Care", 125, 0), ("Early Help and Prevention", 115, 0), ("Cheshire Constabulary", 0, 23),
        ("Schools and colleges", 0, 15), ("Legal Services", 7, 0), ("East Cheshire NHS Trust", 0, 0),
        ("Voluntary, community and faith sector", 0, 0),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["agency", "named", "headcount"])
    return frame.assign(people=frame["named"] + frame["headcount"])


def outcomes_frame() -> pd.DataFrame:
    rows = [
        ("briefing", 120, 108, 9, 3, 4, 0.9), ("introduction", 284, 252, 22, 10, 6, 252 / 284),
        ("advanced", 88, 76, 10, 2, 2, 76 / 88), ("practice-lead day", 16, 12, 3, 1, 0, 0.75),
        ("trainer course", 0, 0, 0, 0, 0, None),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["level", "booked", "came", "no_shows", "cancelled", "walk_ins", "rate"])


TEAMS = [
    ("Children's Social Care", "Duty and Assessment"), ("Children's Social Care", "Child in Need and Child Protection"),
    ("Children's Social Care", "Cared for Children"), ("Children's Social Care", "Fostering"),
    ("Children's Social Care", "Adoption Counts"), ("Children's Social Care", "Children with Disabilities"),
    ("Children's Social Care", "Safeguarding and Review"), ("Children's Social Care", "Care Leavers"),
    ("Early Help and Prevention", "Family Service North"), ("Early Help and Prevention", "Family Service South"),
    ("Early Help and Prevention", "Youth Support"), ("Early Help and Prevention", "Domestic Abuse Hub"),
    ("Early Help and Prevention", "Prevention and Parenting"), ("Early Help and Prevention", "Youth Justice"),
    ("Legal Services", "Legal Services"), ("Cheshire Constabulary", "Cheshire Constabulary"),
    ("East Cheshire NHS Trust", "Community Nursing"), ("East Cheshire NHS Trust", "Midwifery"),
    ("Schools and colleges", "Schools and colleges"),
    ("Voluntary, community and faith sector", "Voluntary, community and faith sector"),
]  # fmt: skip


def teams_frame(teams: list[tuple[str, str]] | None = None) -> pd.DataFrame:
    rows = [
        (agency, team, 8 + 5 * (at % 6), min(8 + 5 * (at % 6), (at * 7) % 29))
        for at, (agency, team) in enumerate(teams or TEAMS)
    ]
    frame = pd.DataFrame(rows, columns=["agency", "team", "staff", "trained"])
    return frame.assign(rate=frame["trained"] / frame["staff"])


def leads_frame() -> pd.DataFrame:
    rows = [
        ("Children's Social Care", 7, 8), ("Early Help and Prevention", 5, 6), ("Legal Services", 0, 1),
        ("Cheshire Constabulary", 1, 1), ("East Cheshire NHS Trust", 1, 2), ("Schools and colleges", 0, 1),
        ("Voluntary, community and faith sector", 0, 1),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["agency", "covered", "teams"])
    return frame.assign(rate=frame["covered"] / frame["teams"])


def leads_months_frame() -> pd.DataFrame:
    covered = [0, 3, 7, 9, 11, 13, 14]
    frame = pd.DataFrame({"as_of": pd.to_datetime(month_ends()), "covered": covered, "teams": 20})
    return frame.assign(rate=frame["covered"] / 20)


def spending_frame() -> pd.DataFrame:
    ends = month_ends()
    actual = [231000, 512300, 604411, 702280, 917500, 812630, 415000]
    total = [sum(actual[: at + 1]) for at in range(len(actual))]
    return pd.DataFrame({
        "month": pd.to_datetime([end.replace(day=1) for end in ends]), "as_of": pd.to_datetime(ends),
        "actual_pence": actual, "cumulative_actual_pence": total,
        "cumulative_profile_pence": [970300 * (at + 1) for at in range(7)],
        "part_month": [end == AS_AT for end in ends],
    })  # fmt: skip


def lines_frame() -> pd.DataFrame:
    rows = [
        ("SOS01", "External training and consultancy", 7590000, 3124800, 1711004, 120000),
        ("SOS02", "Lead Practitioner post", 4455000, 1834000, 1152680, 0),
        ("SOS03", "In-house trainer development", 1320000, 543200, 354013, 210000),
        ("SOS04", "Materials and licences", 990000, 407400, 366394, 92359),
        ("SOS05", "Venues and catering", 825000, 339500, 169717, 40000),
        ("SOS06", "Forms and case-management changes", 825000, 339500, 255464, 180000),
        ("SOS07", "Evaluation and audit", 495000, 203700, 185849, 0),
    ]
    columns = ["code", "title", "approved_pence", "profile_pence", "actual_pence", "commitment_pence"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(
        variance_pence=frame["actual_pence"] - frame["profile_pence"],
        spent_rate=frame["actual_pence"] / frame["approved_pence"],
    )


def milestones_frame() -> pd.DataFrame:
    plan = [
        ("M01", "Strategy agreed by the programme board", "Leadership", "2017-07-29", "2017-11-06", "2017-11-06"),
        ("M02", "Lead Practitioner in post", "Leadership", "2017-11-06", "2017-11-20", "2017-11-20"),
        ("M03", "External training for senior leaders starts", "Learning", "2017-11-06", "2017-11-06", "2017-11-06"),
        ("M04", "First cohort of practice leads trained", "Learning", "2018-02-04", "2018-02-18", "2018-02-18"),
        ("M05", "Case recording forms aligned", "Organisational alignment", "2018-04-25", "2018-08-23", None),
        ("M06", "In-house trainers trained", "Learning", "2018-05-25", "2018-05-25", None),
        ("M07", "Policies and procedures rewritten", "Organisational alignment", "2018-07-24", "2018-07-24", None),
        ("M08", "Quality assurance framework adopted", "Meaningful measures", "2018-09-02", "2018-10-02", None),
        ("M09", "First collaborative case audit reported", "Meaningful measures", "2018-04-05", "2018-04-05", None),
        ("M10", "Members' e-learning offered", "Leadership", "2018-05-05", "2018-05-12", None),
        ("M11", "Supervision policy rewritten", "Organisational alignment", "2018-03-06", "2018-03-06", "2018-03-12"),
        ("M12", "Every team has a trained practice lead", "Learning", "2018-07-04", "2018-09-02", None),
    ]
    columns = ["reference", "title", "domain", "baseline_on", "forecast_on", "achieved_on"]
    frame = pd.DataFrame(plan, columns=columns)
    for column in columns[3:]:
        frame[column] = pd.to_datetime(frame[column])
    later = frame["achieved_on"].fillna(frame["forecast_on"])
    return frame.assign(
        owner="Project manager", state="as given", comment="", slip_days=(later - frame["baseline_on"]).dt.days,
        moves=[2 if reference == "M12" else 0 for reference in frame["reference"]],
    )  # fmt: skip


def path_frame() -> pd.DataFrame:
    """The forecasts of M12, in the order they came."""
    days = {"moved_on": ["NaT", "2018-02-05", "2018-04-16"], "forecast_on": ["2018-07-04", "2018-08-01", "2018-09-02"]}
    frame = pd.DataFrame({name: pd.to_datetime(said) for name, said in days.items()})
    return frame.assign(
        days=[float("nan"), 28.0, 32.0], slip_days=[0, 28, 60], reason=["", "Leads left", "The course was full"],
        approved_by=["", "Programme board", "Programme board"], decision_reference="", deferred=False,
    )  # fmt: skip


def domains_frame() -> pd.DataFrame:
    rows = [("Leadership", 3, 3, 2, 1), ("Learning", 4, 2, 2, 0), ("Organisational alignment", 3, 2, 1, 1),
            ("Meaningful measures", 2, 1, 0, 1)]  # fmt: skip
    return pd.DataFrame(rows, columns=["domain", "total", "due", "achieved", "overdue"])


def lead_figure() -> Figure:
    return figure(
        14, code="L1", unit=Unit.TEAMS, denominator=20, rate=0.7, target_to_date=0.673, target_final=1,
        target_is_rate=True, due_on=date(2018, 8, 8),
    )  # fmt: skip


def all_charts() -> list[Chart]:
    """One chart of every function, with the example programme's figures."""
    spent = figure(4195121, code="B1", unit=Unit.PENCE, target_to_date=6792100, target_final=16500000,
                   due_on=date(2019, 3, 1))  # fmt: skip
    ends = {
        "worst_team": {"team": "A", "trained": 10, "staff": 24},
        "best_team": {"team": "B", "trained": 17, "staff": 23},
    }
    covered = figure(189, code="T3", unit=Unit.STAFF, denominator=335, rate=189 / 335, parts=ends)
    leads = target_frame(1).assign(target=lambda frame: (frame["target"] * 1.4).clip(upper=1))
    return [
        training.trained_against_target(figure(), trained_frame(), target_frame()),
        training.trained_by_agency(agencies_frame(), AS_AT),
        training.outcomes_by_level(outcomes_frame(), AS_AT),
        training.coverage_by_team(teams_frame(), covered),
        practice_leads.leads_by_agency(leads_frame(), lead_figure()),
        practice_leads.leads_over_time(leads_months_frame(), leads, lead_figure()),
        budget.spend_against_profile(spent, spending_frame()),
        budget.spend_by_line(lines_frame(), AS_AT),
        milestones.milestone_dates(milestones_frame(), AS_AT),
        milestones.achieved_by_domain(domains_frame(), AS_AT),
        milestones.forecast_moves(path_frame(), milestones_frame().iloc[11], AS_AT),
        *evidence_charts(),
    ]


def days_after(count: int) -> date:
    return AS_AT + timedelta(days=count)
