"""The example council's frames, reckoned from its files by plain pandas: a second opinion, with no code of intake."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from sos_tracker.measures.frames import (
    ATTENDANCES,
    BUDGET_LINES,
    HEADCOUNTS,
    MILESTONES,
    PEOPLE,
    POSTS,
    PROFILE,
    SESSIONS,
    SPENDING,
    STAFF,
    TARGETS,
    BudgetFrames,
    Columns,
    ProgrammeFrames,
    TrainingFrames,
    frame,
)
from sos_tracker.records.programme import Programme

FILES = Path(__file__).parents[2] / "data" / "example"
EXPECTED = FILES / "expected.json"
ON = date(2018, 5, 10)
PROGRAMME = Programme(code="CE-SOS", name="Signs of Safety", authority="Cheshire East Council")


def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(EXPECTED.read_text(encoding="utf-8"))
    return found


def example_frames(on: date = ON) -> ProgrammeFrames:
    sessions = _sessions(on)
    register = _register(sessions)
    came = register[register["outcome"].isin(["attended", "walk-in"]) & register["held"]]
    came = came[came["session_status"] != "cancelled"].sort_values("starts_on")
    trained = came[came["level"].isin(["introduction", "advanced"])].drop_duplicates("person")
    training = TrainingFrames(
        attendances=_counted(ATTENDANCES, register.assign(attendances=1), ["attendances", "register_rows"]),
        people=_counted(PEOPLE, trained.assign(level="trained", people=1), ["people"]),
        headcounts=_headcounts(sessions),
        sessions=_counted(SESSIONS, sessions.assign(sessions=1, cost_pence=0), ["sessions", "places", "cost_pence"]),
        **_staff(set(trained["person"])),
    )
    return ProgrammeFrames(
        PROGRAMME, training, _posts(came), _budget(on), _milestones(), _targets(), {}
    )  # fmt: skip


def _counted(columns: Columns, rows: pd.DataFrame, amounts: list[str]) -> pd.DataFrame:
    keys = [name for name in columns if name not in amounts]
    return _framed(columns, rows.groupby(keys, as_index=False, dropna=False)[amounts].sum())


def _framed(columns: Columns, rows: pd.DataFrame) -> pd.DataFrame:
    return frame(columns, rows[list(columns)].itertuples(index=False))


def _excel(name: str, sheet: str | int = 0, header: int = 0) -> pd.DataFrame:
    return pd.read_excel(FILES / name, sheet_name=sheet, header=header, engine="calamine")


def _dates(column: Iterable[Any]) -> pd.Series:
    """Spreadsheets mix real dates with "6 Apr 2018", "29/07/2017" and "02-Nov-17"."""
    return pd.Series(
        [pd.NaT if pd.isna(value) else pd.to_datetime(value, dayfirst=isinstance(value, str)) for value in column],
        dtype="datetime64[us]",
    )


def _months(dates: pd.Series) -> pd.Series:
    return dates.dt.to_period("M").dt.to_timestamp()


def _level(course: str) -> str:
    words = course.lower()
    if "trainer" in words:
        return "trainer course"
    if "briefing" in words:
        return "briefing"
    if "5" in words or "five" in words or "advanced" in words:
        return "advanced"
    if "2" in words or "two" in words or "intro" in words:
        return "introduction"
    return "practice-lead day" if "lead" in words else "e-learning"


def _outcome(status: str) -> str:
    words = status.strip().lower()
    if "walk" in words:
        return "walk-in"
    if words in {"dna", "d.n.a.", "no show", "did not attend", "n", "absent", "no-show"}:
        return "no-show"
    if words.startswith("canc") or words in {"c", "withdrawn"}:
        return "cancelled"
    return "attended" if words in {"a", "y", "attended", "present", "completed"} else "booked"


def _sessions(on: date) -> pd.DataFrame:
    rows = _excel("training_register.xlsx", "Sessions")
    starts_on = _dates(rows["From"])
    return pd.DataFrame(
        {
            "reference": rows["Ref"],
            "level": rows["Course"].map(_level),
            "status": rows["Status"].str.strip().str.lower(),
            "starts_on": starts_on,
            "month": _months(starts_on),
            "held": starts_on <= pd.Timestamp(on),
            "places": rows["Places"].fillna(0).astype(int),
        }
    )


def _register(sessions: pd.DataFrame) -> pd.DataFrame:
    rows = _excel("training_register.xlsx", "Register", header=3)
    rows = rows[rows["Session ref"].astype(str).str.startswith("TS")].copy()
    email = rows["Delegate e-mail"].str.strip().str.lower()
    number = rows["Employee no."].astype("string").str.strip().str.upper()
    of_email = number.groupby(email).first()
    person = number.fillna(email.map(of_email)).fillna(email)
    named = pd.DataFrame(
        {
            "reference": rows["Session ref"].str.strip(),
            "person": person,
            "agency": rows["Agency"].str.strip(),
            "outcome": rows["Status"].map(_outcome),
        }
    )
    once = named.groupby(["reference", "person"], as_index=False, sort=False).agg(
        agency=("agency", "first"), outcome=("outcome", "first"), register_rows=("outcome", "size")
    )
    return once.merge(sessions.rename(columns={"status": "session_status"}), on="reference", how="left")


def _headcounts(sessions: pd.DataFrame) -> pd.DataFrame:
    rows = _excel("partner_headcounts.xlsx").rename(
        columns={"Session": "reference", "Agency": "agency", "Number attended": "attended"}
    )
    rows = rows.merge(sessions, on="reference").assign(lines=1)
    return _counted(HEADCOUNTS, rows, ["attended", "lines"])


def _staff(trained: set[str]) -> dict[str, Any]:
    rows = pd.read_csv(FILES / "staff_in_post.csv", encoding="utf-8-sig")
    numbers = rows["EmployeeNo"].astype("string").str.strip().str.upper()
    emails = rows["Work e-mail"].str.strip().str.lower()
    counted = pd.DataFrame(
        {
            "agency": rows["Service"],
            "team": rows["Team"],
            "in_scope": rows["In scope"].str.strip().str.upper().isin(["Y", "YES"]),
            "staff": 1,
            "trained": (numbers.isin(trained) | emails.isin(trained)).astype(int),
        }
    ).loc[~numbers.fillna(emails).duplicated()]
    leavers = len(trained - set(numbers.dropna()) - set(emails.dropna()))
    return {
        "staff": _counted(STAFF, counted, ["staff", "trained"]),
        "trained_leavers": leavers,
        "staff_listed": True,
    }


def _posts(came: pd.DataFrame) -> pd.DataFrame:
    rows = _excel("practice_leads.xlsx")
    advanced = set(came.loc[came["level"] == "advanced", "person"])
    said = rows["5-day completed"].str.strip().str.lower()
    posts = pd.DataFrame(
        {
            "agency": rows["Agency"],
            "team": rows["Team"],
            "filled": rows["Practice lead"].str.strip().str.upper() != "VACANT",
            "starts_on": _dates(rows["Start"]),
            "ends_on": _dates(rows["End"]),
            "trained": said.map({"yes": True, "y": True, "no": False, "n": False}).astype("boolean"),
            "trained_by_register": rows["Employee no."].isin(advanced),
        }
    )
    return _framed(POSTS, posts)


def _budget(on: date) -> BudgetFrames:
    book = _excel("budget_book.xlsx", header=2)
    book = book[book["Code"].astype(str).str.startswith("SOS")]
    months = [name for name in book.columns if name not in {"Code", "Budget line", "Approved budget"}]
    lines = [(code, title, int(amount) * 100) for code, title, amount in zip(
        book["Code"], book["Budget line"], book["Approved budget"], strict=True)]  # fmt: skip
    profile = [
        (code, pd.to_datetime(month, format="%b-%y"), int(amount) * 100)
        for month in months
        for code, amount in zip(book["Code"], book[month], strict=True)
    ]
    ledger = pd.read_csv(FILES / "ledger_extract.csv", encoding="cp1252", dtype=str)
    posted = _dates(ledger["Posting date"])
    entries = pd.DataFrame(
        {
            "month": _months(posted),
            "line": ledger["Cost code"],
            "entry_kind": ledger["Type"].str.lower().map(lambda kind: "actual" if "actual" in kind else "commitment"),
            "later": posted > pd.Timestamp(on),
            "amount_pence": ledger.iloc[:, 5].map(_pence),
            "entries": 1,
        }
    )
    return BudgetFrames(
        frame(BUDGET_LINES, lines), frame(PROFILE, profile), _counted(SPENDING, entries, ["amount_pence", "entries"])
    )


def _pence(amount: str) -> int:
    bare = amount.replace("£", "").replace(",", "").strip()
    sign = -1 if bare.startswith(("(", "-")) else 1
    return sign * round(float(bare.strip("()-")) * 100)


def _milestones() -> pd.DataFrame:
    rows = _excel("milestone_plan.xlsx")
    plan = pd.DataFrame(
        {
            "reference": rows["Ref"],
            "title": rows["Milestone"],
            "domain": rows["Workstream"],
            "owner": rows["Owner"],
            "baseline_on": _dates(rows["Baseline date"]),
            "forecast_on": _dates(rows["Forecast date"]),
            "achieved_on": _dates(rows["Date achieved"]),
            "comment": rows["Comment"].fillna(""),
        }
    )
    return _framed(MILESTONES, plan)


def _targets() -> pd.DataFrame:
    codes = {"People trained": "T1", "Teams with a trained practice lead": "L1", "Spend to date": "B1"}
    rows = []
    for name, baseline, since, target, due, by, approved, reason in _excel("strategy_targets.xlsx").itertuples(
        index=False
    ):
        code, share = codes[name], str(target).endswith("%")
        amount = float(str(target).strip("%")) / 100 if share else float(target) * (100 if code == "B1" else 1)
        rows.append((code, name, share, float(baseline), since, amount, due, by, approved, reason, (), False))
    return frame(TARGETS, rows)
