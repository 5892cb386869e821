"""What moved a figure since a moment: its value then and now, and after each save between that may have moved it."""

COUNTED_FROM: dict[str, tuple[str, ...]] = {
    "T1": ("attendance", "headcount", "programme", "session"),
    "T2": ("attendance", "headcount", "session"),
    "T3": ("attendance", "programme", "session", "staff member"),
    "T4": ("attendance", "session"),
    "L1": ("attendance", "practice-lead post", "session"),
    "B1": ("budget line", "ledger entry"),
    "B2": ("budget line", "ledger entry"),
    "B3": ("budget line", "ledger entry"),
    "M1": ("milestone",),
    "M2": ("milestone",),
    "M3": ("milestone",),
}
"""The kinds of record each figure, and what it is a part of, is reckoned from."""
