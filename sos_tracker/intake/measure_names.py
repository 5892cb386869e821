"""Which figure a strategy's measure means, told from its name. A name that fits none is asked about."""

import re

from sos_tracker.intake.course_levels import plain


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_STAFF = "(staff|workforce|practitioners?|(social )?workers|employees|colleagues)"
_LEAD = "(practice leads?|practice leaders?|(practice )?champions?|lead practitioners?)"
_TASKS = "(milestones?|actions?|tasks?|deliverables?)"

_MEASURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "L1",
        _any(
            rf"(teams?|agenc\w+|services?|units?|areas?)\b.*{_LEAD}",
            rf"{_LEAD}.*(cover|in place|in post|in (each|every|all)|(each|every|per) (team|agency))",
            rf"^(number of |no of )?(trained )?{_LEAD}( trained)?$",
            "lead coverage",
        ),
    ),
    ("B3", _any("outturn", "forecast spend")),
    ("B2", _any(r"\bcommitments\b", "committed (spend|budget|money|funds?|to date)", "^committed$")),
    ("B1", _any(r"(?<!time )\bspen[dt]\b", "expenditure", "(budget|grant|fund) used", "actuals? to date")),
    ("M3", _any(r"\bslip", "days late", f"{_TASKS}.*delay")),
    ("M2", _any(f"{_TASKS}.*(overdue|late|missed)", f"overdue {_TASKS}")),
    (
        "M1",
        _any(f"{_TASKS}.*(achieved|met|completed?|delivered|done|reached|on time)", "^(key )?milestones$"),
    ),
    (
        "T4",
        _any(
            "attendance rate", "rate of attendance", "attendance %", "% attendance", "booked and (came|attended)",
            "show rate", "take up rate", "(of|%) (those |people |staff |places )?booked", "booked .*(attended|came)",
        ),
    ),
    ("T2", _any("attendances", "(training )?places (taken|attended|filled)", "delegate days")),
    (
        "T3",
        _any(
            rf"{_STAFF} (who are )?in (scope|post)",
            "in scope",
            rf"(%|proportion|share)( of)?( the| all| our| eligible)* {_STAFF}",
            rf"^{_STAFF} coverage$",
        ),
    ),
    (
        "T1",
        _any(
            "(people|persons|individuals|delegates|learners|professionals).*train",
            rf"{_STAFF}.*trained",
            rf"trained (people|{_STAFF})",
            "(no|number|total)( of)? .*trained",
            "^trained( to date)?$",
            "headcount trained",
        ),
    ),
    ("E1", _any("implementation scale", "scale (ratings?|scores?)", "(median|middle) (scale )?score")),
    ("E2", _any("(case )?(files?|audits?) .*(show|use|using)", "^(collaborative )?case (file )?audits?$")),
    ("E3", _any("(forms|policies|procedures|documents).*(aligned|live)", "organisational alignment")),
)  # fmt: skip
_CODE = re.compile(r"^[A-Z]\d{1,2}$")


def code_of(name: str) -> str | None:
    """The figure's code a measure's name means (T1, L1 ...), None where it is none the tracker knows."""
    if _CODE.match(name.strip().upper()):
        return name.strip().upper()
    words = re.sub(r"\b(percentage|per cent|percent|proportion)\b", "%", plain(name))
    return next((code for code, pattern in _MEASURES if pattern.search(words)), None)
