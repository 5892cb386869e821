"""The figures that follow from the truth of an invented council, reckoned in plain Python."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.councils.council import Booking, Council, Person, Post

TRAINED = ("introduction", "advanced")
CAME = ("attended", "walk-in")


def expected(council: Council) -> dict[str, Any]:
    """Every number the app is asked for, from the truth alone."""
    return {
        **_training(council),
        **_staff(council),
        **_leads(council),
        **_budget(council),
        **_milestones(council),
        "targets": {"T1": council.people_target},
    }


def _held(council: Council) -> Iterator[Booking]:
    for booking in council.bookings:
        if booking.session.status == "delivered" and booking.session.start <= council.as_at:
            yield booking


def first_trained(council: Council) -> dict[Person, date]:
    found: dict[Person, date] = {}
    for booking in _held(council):
        if booking.outcome in CAME and booking.session.level in TRAINED:
            found[booking.person] = min(found.get(booking.person, date.max), booking.session.start)
    return found


def _training(council: Council) -> dict[str, Any]:
    first = first_trained(council)
    headcount = sum(line.attended for line in council.headcounts if line.session.level in TRAINED)
    everybody = sum(line.attended for line in council.headcounts)
    came = sum(booking.outcome in CAME for booking in _held(council))
    outcomes = Counter(booking.outcome for booking in _held(council))
    of_all = Counter(booking.outcome for booking in council.bookings)
    return {
        "T1": {"value": len(first) + headcount, "named": len(first), "headcount": headcount,
               "by_month": dict(Counter(f"{day:%Y-%m}" for day in first.values())),
               "by_agency": dict(Counter(person.agency_when_trained for person in first))},
        "T2": {"value": came + everybody, "named": came, "headcount": everybody},
        "T4": {"value": outcomes["attended"],
               "denominator": outcomes["attended"] + outcomes["no-show"] + outcomes["cancelled"],
               "no_shows": of_all["no-show"], "cancellations": of_all["cancelled"], "walk_ins": of_all["walk-in"]},
    }  # fmt: skip


def _staff(council: Council) -> dict[str, Any]:
    on, first = council.as_at, first_trained(council)
    in_post = {
        person for person in council.people
        if person.listed and (not person.left or person.left > on) and (not person.started or person.started <= on)
    }  # fmt: skip
    in_scope = {person for person in in_post if person.in_scope}
    return {
        "T3": {"value": len(in_scope & set(first)), "denominator": len(in_scope), "leavers": len(set(first) - in_post)}
    }


def _leads(council: Council) -> dict[str, Any]:
    on = council.as_at
    teams: dict[str, list[Post]] = defaultdict(list)
    for post in council.posts:
        active = not post.vacant and (not post.start or post.start <= on) and (not post.end or post.end > on)
        teams[f"{post.agency} / {post.team}"] += [post] if active else []
    covered = [team for team, posts in teams.items() if any(post.trained for post in posts)]
    vacant = sorted(team for team, posts in teams.items() if not posts)
    return {
        "L1": {"value": len(covered), "denominator": len(teams), "vacant": len(vacant), "vacant_list": vacant,
               "untrained": len(teams) - len(covered) - len(vacant)}
    }  # fmt: skip


def _budget(council: Council) -> dict[str, Any]:
    posted = [posting for posting in council.postings if posting.on <= council.as_at]
    paid = [posting for posting in posted if posting.kind == "actual"]
    by_year: Counter[str] = Counter()
    by_line: Counter[str] = Counter()
    for posting in paid:
        year = posting.on.year - (posting.on.month < 4)
        by_year[f"{year}/{(year + 1) % 100:02d}"] += posting.pence
        by_line[posting.line] += posting.pence
    profile = sum(
        pence for line in council.lines for at, pence in line.profile.items() if at <= council.as_at.replace(day=1)
    )
    return {
        "B1": {"value": sum(posting.pence for posting in paid),
               "denominator": sum(line.approved for line in council.lines),
               "target_to_date": profile, "by_financial_year": dict(by_year), "by_line": dict(by_line)},
        "B2": {"value": sum(posting.pence for posting in posted if posting.kind == "commitment")},
    }  # fmt: skip


def _milestones(council: Council) -> dict[str, Any]:
    due = [one for one in council.milestones if one.baseline <= council.as_at]
    done = [one for one in due if one.achieved and one.achieved <= council.as_at]
    slips = [((one.achieved or one.forecast or one.baseline) - one.baseline).days for one in council.milestones]
    return {
        "M1": {"value": len(done), "denominator": len(due)},
        "M2": {"value": len(due) - len(done)},
        "M3": {"slipped_over_30_days": sum(slip > 30 for slip in slips)},
    }
