"""Who has access, as tables people read: people, groups, those who had access, and what each role may do."""

from collections.abc import Sequence
from datetime import datetime

from sos_tracker.charts.chart import Column, Table
from sos_tracker.records.access import AccessHeld, GroupAccess, Permission, Role, permissions_of
from sos_tracker.records.periods import day
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.session import ROLE_NAMES

_TURNED_AWAY = "Somebody else has come with this address and was turned away. If they are right, give it again."


def finding(held: Sequence[AccessHeld]) -> str:
    """How many people have access, in a line."""
    there = [one for one in held if not one.removed]
    if not there:
        return "Nobody has been given access yet"
    administrators = sum(one.access.role is Role.ADMINISTRATOR for one in there)
    if len(there) == 1:
        return f"1 person has access, as {ROLE_NAMES[there[0].access.role].lower()}"
    which = {0: "none of them an administrator", 1: "one of them an administrator"}
    return (
        f"{len(there):,} people have access, {which.get(administrators, f'{administrators:,} of them administrators')}"
    )


def people(held: Sequence[AccessHeld]) -> str:
    """Everybody who has access now."""
    rows = [
        (one.access.email, ROLE_NAMES[one.access.role], one.given_by, _on(one.given_at), _seen(one))
        for one in held
        if not one.removed
    ]
    if not rows:
        return "<p>Nobody has been given access yet. Give it to the first person below.</p>"
    return _table("People who have access", ("Person", "Role", "Given by", "Given on", "Last seen"), rows)


def removed(held: Sequence[AccessHeld]) -> str:
    """Everybody who had access and has none now, through a group either; "" where there is nobody."""
    rows = [(one.access.email, ROLE_NAMES[one.access.role], _on(one.last_seen)) for one in held if one.removed]
    return _table("People whose access was taken away", ("Person", "Was", "Last seen"), rows) if rows else ""


def groups(given: Sequence[GroupAccess]) -> str:
    """Every group that brings a role."""
    rows = [(one.group, ROLE_NAMES[one.role]) for one in given]
    if not rows:
        return "<p>No group has been given a role yet.</p>"
    return _table("Groups that bring a role", ("Group", "Role of everybody in it"), rows)


def roles() -> str:
    """What each role may do, from the one place where that is decided."""
    rows = [
        (may.value.capitalize(), *("yes" if may in permissions_of(role) else "no" for role in Role))
        for may in Permission
    ]
    return _table("What each role may do", ("May", *(ROLE_NAMES[role] for role in Role)), rows)


def _seen(one: AccessHeld) -> str:
    return f"{_on(one.last_seen)}. {_TURNED_AWAY}" if one.other_account else _on(one.last_seen)


def _on(moment: datetime | None) -> str:
    return day(moment).replace(" ", "\u00a0") if moment else "not yet"


def _table(caption: str, headings: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
    table = html_table(Table(caption, tuple(Column(heading) for heading in headings), tuple(rows)))
    return f'<div class="sos-people">{table}</div>'
