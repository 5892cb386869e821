"""Dates in words; months, quarters and financial years (1 April to 31 March). Only this file names quarters."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


def day(on: date) -> str:
    """``10 May 2018``."""
    return f"{on.day} {on:%B %Y}"


def month_name(first: date) -> str:
    """``Nov 2017``."""
    return f"{first:%b %Y}"


def month_of(on: date) -> date:
    return on.replace(day=1)


def month_end(on: date) -> date:
    return on.replace(day=monthrange(on.year, on.month)[1])


def next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def months_on(first: date, number: int) -> date:
    """The first day of the month so many months on; back where the number is below zero."""
    month = first.year * 12 + first.month - 1 + number
    return date(month // 12, month % 12 + 1, 1)


def months(first: date, last: date) -> list[date]:
    """The first day of each month from the month of ``first`` to the month of ``last``."""
    found, month = [], month_of(first)
    while month <= last:
        found.append(month)
        month = next_month(month)
    return found


def financial_year(on: date) -> str:
    """``2017/18``."""
    start = on.year if on.month >= 4 else on.year - 1
    return f"{start}/{(start + 1) % 100:02d}"


def quarter(on: date) -> str:
    """``Quarter 1 (April to June 2018)``: quarters of the financial year, with their months beside them."""
    number = (on.month - 4) % 12 // 3 + 1
    first = date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
    last = date(first.year, first.month + 2, 1)
    return f"Quarter {number} ({first:%B} to {last:%B %Y})"


@dataclass(frozen=True)
class ReportingPeriod:
    """From one day to another, both included; ``first_day`` None is from the beginning."""

    last_day: date
    first_day: date | None = None

    def __str__(self) -> str:
        return f"{day(self.first_day)} to {day(self.last_day)}" if self.first_day else f"to {day(self.last_day)}"
