"""Money in words: whole pence inside, pounds outside; and the one way this project rounds."""

from decimal import ROUND_HALF_UP, Decimal


def round_half_up(value: float | Decimal, digits: int = 0) -> Decimal:
    """Rounds 0.5 away from zero, as people do on paper (Python's ``round`` goes to the even neighbour)."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def pounds(pence: int) -> str:
    """``£165,000``; ``£41,951.21`` where there are pence; ``-£52.60`` below zero."""
    sign, whole = ("-" if pence < 0 else ""), abs(pence)
    return f"{sign}£{whole // 100:,}" + (f".{whole % 100:02d}" if whole % 100 else "")


def whole_pounds(pence: int) -> str:
    """``£41,951``: to the nearest pound, for sentences and charts."""
    amount = int(round_half_up(Decimal(pence) / 100))
    return f"{'-' if amount < 0 else ''}£{abs(amount):,}"


def percent(part: float, whole: float) -> str:
    """The share in words: rounded half up, but never onto 0 % or 100 % unless exact. ``whole`` must not be 0."""
    if whole == 0:
        raise ZeroDivisionError("0 of 0 has no percentage: say that none are due yet.")
    share = Decimal(str(part)) / Decimal(str(whole)) * 100
    shown = int(round_half_up(share))
    if shown == 0 and share > 0:
        return "less than 1%"
    if shown == 100 and share < 100:
        shown = 99
    return f"{shown:,}%"
