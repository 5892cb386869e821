"""What one cell says: dates, money, counts, shares, words. A value, None for an empty cell, or a Fault in plain words.

Nothing is guessed: dates are read day first, as councils in the United Kingdom write them, and an amount whose
thousands and decimals could be taken either way is refused.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Raw = Any
"""A cell as the reader gives it: str, float, int, bool, date, datetime, time, timedelta; "" where it is empty."""

ABSENT_WORDS = frozenset({
    "-", "–", "—", ".", "/", "\\", "n/a", "na", "n.a.", "n.a", "nil", "none", "null", "tbc", "tba", "tbd", "unknown",
    "not applicable", "not known", "not available", "not yet available", "to be confirmed", "to be agreed", "#n/a",
})  # fmt: skip
"""Words that say "nothing here" in a cell that may be empty."""


@dataclass(frozen=True)
class Fault:
    """Why a cell could not be read, and what to do about it. ``word``: a meaning given to it would mend it."""

    problem: str
    remedy: str
    group: str
    word: str = ""


_LONGEST_SHOWN = 200


def shown(raw: Raw) -> str:
    """The cell as its reader sees it."""
    if isinstance(raw, datetime):
        return f"{raw:%d/%m/%Y}" if raw.time() == time() else f"{raw:%d/%m/%Y %H:%M}"
    if isinstance(raw, date):
        return f"{raw:%d/%m/%Y}"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    words = str(raw).strip()
    return words if len(words) <= _LONGEST_SHOWN else f"{words[: _LONGEST_SHOWN - 1]}…"


def text(raw: Raw) -> str:
    """Text with its spaces folded and typographic apostrophes made plain; whole numbers without ".0"."""
    if not isinstance(raw, str):
        return shown(raw)
    return " ".join(raw.split()).replace("’", "'").replace("‘", "'").replace("\u200b", "")


def optional_text(raw: Raw) -> str:
    """Text, or "" where the cell says there is nothing."""
    words = text(raw)
    return "" if words.casefold() in ABSENT_WORDS else words


def absent(raw: Raw) -> bool:
    return isinstance(raw, str) and (not (words := raw.strip()) or words.casefold() in ABSENT_WORDS)


# Dates

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAY = re.compile(r"^(mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(day|sday|nesday|rsday|urday)?[\s,.]+", re.I)
_TIME = re.compile(
    r"[\sT,]+(?:at\s+)?\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$", re.I
)
_DAY_FIRST = re.compile(r"^(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})$")
_YEAR_FIRST = re.compile(r"^(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})$")
_DAY_MONTH_NAME = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s\-/.]*([A-Za-z]{3,9})\.?[\s\-/.,]*(\d{4}|\d{2})$")
_MONTH_NAME_DAY = re.compile(r"^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$")
_EIGHT_DIGITS = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050  # 1 January 2000 to 31 December 2099
_SERIAL_ZERO = date(1899, 12, 30)
_DATE_REMEDY = "Write the date as day/month/year, such as 06/11/2017."


def _unreadable_date(raw: Raw, why: str = "") -> Fault:
    return Fault(why or f"“{shown(raw)}” is not a date this can read.", _DATE_REMEDY, "unreadable date")


def parse_date(raw: Raw) -> date | Fault | None:
    """The day a cell names; None where it is empty."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, bool | time | timedelta):
        return _unreadable_date(raw)
    if isinstance(raw, int | float):
        return _date_from_number(raw)
    if absent(raw):
        return None
    return _date_from_text(raw)


def _date_from_number(number: float) -> date | Fault:
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return _SERIAL_ZERO + timedelta(days=int(number))
    if float(number).is_integer() and (parts := _EIGHT_DIGITS.match(str(int(number)))):
        return _from_parts(number, *(int(part) for part in parts.groups()))
    return _unreadable_date(number, f"{shown(number)} is a number, not a date.")


def _date_from_text(raw: str) -> date | Fault:
    words = " ".join(raw.split()).strip("'\" ,;")
    words = _TIME.sub("", _WEEKDAY.sub("", words)).strip()
    if parts := _DAY_FIRST.match(words):
        day, month, year = parts.groups()
        return _from_parts(raw, _full_year(year), int(month), int(day))
    if parts := _YEAR_FIRST.match(words) or _EIGHT_DIGITS.match(words):
        return _from_parts(raw, *(int(part) for part in parts.groups()))
    if parts := _DAY_MONTH_NAME.match(words):
        day, name, year = parts.groups()
    elif parts := _MONTH_NAME_DAY.match(words):
        name, day, year = parts.groups()
    elif re.fullmatch(r"\d{5}(\.\d+)?", words):
        return _date_from_number(float(words))
    elif parse_month(raw) is not None:
        return _unreadable_date(raw, f"“{shown(raw)}” names a month but no day.")
    else:
        return _unreadable_date(raw)
    month_number = _MONTHS.get(name.casefold())
    if month_number is None:
        return _unreadable_date(raw, f"“{name}” in “{shown(raw)}” is not the name of a month.")
    return _from_parts(raw, _full_year(year), month_number, int(day))


def _full_year(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return 2000 + int(year) if int(year) < 70 else 1900 + int(year)


def _from_parts(raw: Raw, year: int, month: int, day: int) -> date | Fault:
    try:
        return date(year, month, day)
    except ValueError:
        pass
    if month > 12:
        why = f"“{shown(raw)}” is not a date: dates are read day first, and there is no month {month}."
    else:
        why = f"“{shown(raw)}” is not a date: that month has no day {day}."
    return _unreadable_date(raw, why)


_SPAN = re.compile(
    r"^(?P<first>.*?\d.*?)\s*(?:-|–|—|to|and|&|until|,)\s*(?P<last>\d{1,2}(?:st|nd|rd|th)?[\s/.\-]+(?:\d{1,2}|[A-Za-z]{3,9})[\s/.\-]+\d{2,4})$",
    re.I,
)


def parse_span(raw: Raw) -> tuple[date, date] | None:
    """The first and last day of a cell that names both ("6-7 Nov 2017", "06/11/2017 to 07/11/2017"), else None."""
    if not isinstance(raw, str) or not (parts := _SPAN.match(" ".join(raw.split()))):
        return None
    last = _date_from_text(parts["last"])
    first = _date_from_text(parts["first"])
    if isinstance(first, Fault) and (tail := re.match(r"\d{1,2}(?:st|nd|rd|th)?([\s/.\-].*)", parts["last"])):
        words = parts["first"].strip()
        rest = tail[1] if re.fullmatch(r"(?:[A-Za-z]+\s+)?\d{1,2}(?:st|nd|rd|th)?", words) else " " + parts["last"][-4:]
        first = _date_from_text(words + rest)
    if isinstance(first, Fault) or isinstance(last, Fault) or not first <= last <= first + timedelta(days=92):
        return None
    return first, last


def parse_first_day(raw: Raw) -> date | Fault | None:
    """The day a cell names, or the first of two."""
    found = parse_date(raw)
    span = parse_span(raw) if isinstance(found, Fault) else None
    return span[0] if span else found


# Months, as the headings of a budget book name them

_MONTH_NAME_YEAR = re.compile(r"^([A-Za-z]{3,9})\.?[\s\-/'’.,]*(\d{4}|\d{2})$")
_YEAR_MONTH = re.compile(r"^(\d{4})[\-/.](\d{1,2})$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})[\-/.](\d{4})$")


def parse_month(raw: Raw) -> date | None:
    """The first day of the month a heading or cell names, None where it names none."""
    if isinstance(raw, datetime | date):
        return date(raw.year, raw.month, 1)
    if not isinstance(raw, str):
        if isinstance(raw, int | float) and not isinstance(raw, bool) and _FIRST_SERIAL <= raw <= _LAST_SERIAL:
            return (_SERIAL_ZERO + timedelta(days=int(raw))).replace(day=1)
        return None
    words = " ".join(raw.split())
    if parts := _MONTH_NAME_YEAR.match(words):
        month, year = _MONTHS.get(parts[1].casefold(), 0), _full_year(parts[2])
    elif parts := _YEAR_MONTH.match(words):
        month, year = int(parts[2]), int(parts[1])
    elif parts := _MONTH_YEAR.match(words):
        month, year = int(parts[1]), int(parts[2])
    else:
        whole = _DAY_FIRST.match(words) or _YEAR_FIRST.match(words) or _DAY_MONTH_NAME.match(words)
        day = _date_from_text(words) if whole else None
        return day.replace(day=1) if isinstance(day, date) else None
    return date(year, month, 1) if 1 <= month <= 12 and 1990 <= year <= 2100 else None


def bare_month(raw: Raw) -> int | None:
    """The number of a month named without its year ("Nov", "November")."""
    return _MONTHS.get(raw.strip().rstrip(".").casefold()) if isinstance(raw, str) else None


# Money

_POUND = re.compile(r"Â£|Ł|�|¬£|£|GBP|\u009c|\u00a3", re.I)
_AMOUNT = re.compile(r"^(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d+))?$")
_CONTINENTAL = re.compile(r"^\d{1,3}(?:\.\d{3})*,\d{1,2}$|^\d{1,3}(?:\.\d{3}){2,}$|^\d+,\d{1,2}$")
_MONEY_REMEDY = "Write the amount in pounds and pence, such as 1,250.50; (353.49) or -353.49 for a credit."
_NIL_WORDS = frozenset({"-", "–", "—", "nil", "none", "£-", "£ -", "free", "no cost", "no charge"})


def _unreadable_money(raw: Raw, why: str = "") -> Fault:
    return Fault(why or f"“{shown(raw)}” is not an amount of money this can read.", _MONEY_REMEDY, "unreadable money")


def parse_money(raw: Raw, per_unit: int = 100) -> int | Fault | None:
    """Whole pence; None where the cell is empty or says n/a, 0 where it says nil. ``per_unit``: pence in one of
    the column's units (100 for pounds, 100,000 where the heading says £000)."""
    if isinstance(raw, str):
        amount = _amount_from_text(raw)
    elif isinstance(raw, int | float) and not isinstance(raw, bool):
        amount = Decimal(str(raw))
    else:
        return _unreadable_money(raw)
    if not isinstance(amount, Decimal):
        return amount
    if not amount.is_finite() or abs(amount) * per_unit > 10**13:
        return _unreadable_money(raw, f"“{shown(raw)}” is too large to be an amount of this programme.")
    return int((amount * per_unit).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _amount_from_text(raw: str) -> Decimal | Fault | None:
    words = " ".join(raw.split()).casefold()
    if words in _NIL_WORDS:
        return Decimal(0)
    if absent(words):
        return None
    words = _POUND.sub("", words).replace("−", "-").replace("–", "-").replace(" ", "")
    negative = False
    if words.startswith("(") and words.endswith(")"):
        negative, words = True, words[1:-1]
    if words.endswith("cr"):
        negative, words = True, words[:-2]
    elif words.endswith("dr"):
        words = words[:-2]
    if words[:1] in {"-", "+"} or words[-1:] == "-":
        if negative and "-" in words:
            return _unreadable_money(raw, f"“{shown(raw)}” has two signs: it is not clear whether it is a credit.")
        negative, words = (
            negative or "-" in (words[:1], words[-1:]),
            words.strip("-+") if words.count("-") <= 1 else words,
        )
    found = _AMOUNT.match(words)
    if not words or not found or words == ".":
        if _CONTINENTAL.match(words):
            return _unreadable_money(
                raw, f"“{shown(raw)}” has its comma and point the continental way: it is not clear what is meant."
            )
        if re.fullmatch(r"[\d.,]+(k|m|bn|million|thousand)", words):
            return _unreadable_money(raw, f"“{shown(raw)}” is shortened: write the amount in full.")
        return _unreadable_money(raw)
    if found[1] and len(found[1]) == 3 and "," not in words and len(words) <= 7 and not words.startswith("0."):
        return _unreadable_money(raw, f"“{shown(raw)}” could be thousands or a fraction of a pound.")
    amount = Decimal(words.replace(",", ""))
    return -amount if negative else amount


# Counts, numbers, shares, yes and no


def parse_count(raw: Raw) -> int | Fault | None:
    """A whole number of people or places; None where the cell is empty, 0 where it says nil."""
    remedy = "Write a whole number, 0 or more."
    fault = Fault(f"“{shown(raw)}” is not a whole number.", remedy, "unreadable number")
    if isinstance(raw, bool | date | time | timedelta):
        return fault
    if isinstance(raw, str):
        words = raw.strip().casefold()
        if words in {"nil", "none", "-", "–"}:
            return 0
        if absent(words):
            return None
        if not re.fullmatch(r"-?(\d{1,3}(,\d{3})+|\d+)(\.0+)?", words):
            return fault
        raw = float(words.replace(",", ""))
    if not float(raw).is_integer():
        return fault
    if raw < 0:
        return Fault(f"{int(raw)} is below zero.", remedy, "unreadable number")
    return int(raw) if raw <= 100_000 else Fault(f"{int(raw):,} is more than 100,000.", remedy, "unreadable number")


@dataclass(frozen=True)
class Quantity:
    """A number, and whether the cell said it is per cent (then ``value`` is a share: 1.0 is 100 %) or pounds."""

    value: float
    is_percent: bool = False
    is_money: bool = False


def parse_quantity(raw: Raw) -> Quantity | Fault | None:
    """A number that may be a count, a percentage or an amount in pounds."""
    if isinstance(raw, bool | date | time | timedelta):
        return Fault(
            f"“{shown(raw)}” is not a number.", "Write a number, or a percentage such as 85%.", "unreadable number"
        )
    if isinstance(raw, int | float):
        return Quantity(float(raw))
    if absent(raw):
        return None
    words = " ".join(raw.split()).casefold()
    if percent := re.fullmatch(r"(-?\d+(?:\.\d+)?)\s*(?:%|per ?cent|percent)", words):
        return Quantity(float(Decimal(percent[1]) / 100), is_percent=True)
    is_money = bool(_POUND.search(words))
    amount = _amount_from_text(words)
    if isinstance(amount, Decimal):
        return Quantity(float(amount), is_money=is_money)
    return amount or Fault(
        f"“{shown(raw)}” is not a number.", "Write a number, or a percentage such as 85%.", "unreadable number"
    )


def parse_fte(raw: Raw) -> float | Fault | None:
    """Full-time equivalent, 0 to 2; "60%" is 0.6."""
    quantity = parse_quantity(raw)
    if not isinstance(quantity, Quantity):
        return quantity
    if 0 <= quantity.value <= 2 and not quantity.is_money:
        return quantity.value
    return Fault(
        f"“{shown(raw)}” is not a full-time equivalent.",
        "Write the share of full time, such as 1.0 or 0.6 (not hours).",
        "unreadable number",
    )


_YES = frozenset({
    "yes", "y", "true", "t", "1", "1.0", "✓", "✔", "x", "in", "completed", "complete", "done", "attended", "trained",
    "achieved", "passed", "in scope",
})  # fmt: skip
_NO = frozenset({
    "no", "n", "false", "f", "0", "0.0", "✗", "✘", "out", "incomplete", "not yet", "out of scope", "not in scope",
    "not completed", "not trained",
})  # fmt: skip


_QUALIFIED = re.compile(r"^(?P<word>yes|y|no|n|not yet)\s*[-–—,:;(]\s*(?P<rest>.+)$")
"""Yes with the date or month it was done; no, whatever the reason."""


def parse_yes_no(raw: Raw) -> bool | Fault | None:
    """True or False; None where the cell is empty."""
    if isinstance(raw, bool):
        return raw
    words = text(raw).casefold()
    if words in _YES:
        return True
    if words in _NO:
        return False
    if absent(words):
        return None
    if qualified := _QUALIFIED.match(words):
        if qualified["word"] in _NO:
            return False
        when = qualified["rest"].rstrip(") ")
        if when in _YES or parse_month(when) or isinstance(parse_date(when), date):
            return True
    return Fault(f"“{shown(raw)}” is neither yes nor no.", "Write Yes or No.", "unknown yes or no", word=text(raw))


_JUNK_PEOPLE = frozenset({
    "0", "00", "000", "0000", "x", "xx", "xxx", "anon", "anonymous", "vacant", "agency", "temp",
    "external", "visitor", "guest",
})  # fmt: skip


def employee_number(raw: Raw) -> str | None:
    """The employee number, "4107" for 4107.0 and for 004107; None for an empty cell or a word that names nobody.

    Zeros before a number of digits alone say nothing: spreadsheets drop them from one file and keep them in another.
    """
    words = "".join(text(raw).split())
    whole = words.removesuffix(".0")
    words = whole.lstrip("0") or whole if whole.isdecimal() else words
    return None if absent(words) or words.casefold() in _JUNK_PEOPLE else words


_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")
"""An address that needs no mending, as most are."""


def email_address(raw: Raw) -> str | Fault | None:
    """An e-mail address; None for an empty cell or a word that names nobody."""
    if isinstance(raw, str) and _PLAIN_ADDRESS.fullmatch(raw):
        return raw
    words = text(raw).strip(" <>;,'\"").removeprefix("mailto:")
    if absent(words) or words.casefold() in _JUNK_PEOPLE:
        return None
    if words.count("@") == 1 and " " not in words and not words.startswith("@") and not words.endswith("@"):
        return words
    return Fault(
        f"“{shown(raw)}” is not an e-mail address.", "Mend the address, or leave the cell empty.", "unreadable e-mail"
    )
