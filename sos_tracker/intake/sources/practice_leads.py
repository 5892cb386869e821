"""The list of practice leads: who holds the post in each team, since when, and whether they are trained."""

from collections import defaultdict
from datetime import date, datetime
from functools import partial

from sos_tracker.intake.cells import Fault, Raw, optional_text, parse_date, text
from sos_tracker.intake.columns import Draft, Place, TableReader
from sos_tracker.intake.course_levels import plain
from sos_tracker.intake.gathering import Gathering
from sos_tracker.intake.sources.register import people
from sos_tracker.intake.vocabulary import Vocabulary, is_vacant

_NOT_YET = frozenset({
    "booked", "in progress", "underway", "started", "planned", "partial", "part completed", "to do", "to complete",
    "pending", "due", "scheduled",
})  # fmt: skip


def read_leads(reader: TableReader, gathering: Gathering) -> None:
    agencies, teams = reader.texts("agency", optional_text), reader.texts("team", optional_text)
    leads = reader.texts("lead")
    keys = people(reader, gathering)
    starts, ends = reader.dates("start"), reader.dates("end")
    trained = reader.convert("trained", partial(_trained, gathering.vocabulary))
    agency_of = {team: agency for agency, team in gathering.known.teams}
    drafts: list[Draft] = []
    for row in range(len(reader)):
        if row in reader.bad:
            continue
        team = teams[row]
        agency = agencies[row] or agency_of.get(team, "") or gathering.merged_names.agency_of(team) or team
        if not agency:
            reader.reject_field(
                row,
                "agency" if reader.has("agency") else "team",
                "This row names no team and no agency.",
                "Add the team and its agency.",
                "no agency",
            )
            continue
        start, end = starts[row], ends[row]
        if start and end and end < start:
            reader.reject_field(
                row, "end", "The post ends before it starts.", "Mend the start or the end date.", "dates out of order"
            )
            continue
        agency, team = gathering.merged_names.of(agency, team or agency)
        filled = not is_vacant(leads[row]) and bool(optional_text(leads[row]) or keys[row] or start)
        draft = {
            "agency": agency,
            "team": team,
            "filled": filled,
            "starts_on": start if filled else None,
            "ends_on": end if filled else None,
            "trained": trained[row] if filled else None,
            "person": keys[row] if filled else None,
        }
        drafts.append((draft, Place(reader, row)))
    gathering.posts.extend(_told_apart(drafts))


def _trained(vocabulary: Vocabulary, raw: Raw) -> bool | Fault | None:
    """Yes or no; a date is the day the course was completed."""
    if isinstance(raw, date | datetime):
        return True
    if plain(text(raw)) in _NOT_YET:
        return False
    said = vocabulary.yes_no(raw)
    if isinstance(said, Fault) and isinstance(parse_date(raw), date):
        return True
    return said


def _told_apart(drafts: list[Draft]) -> list[Draft]:
    """Holdings of one team that start on one day are numbered; a row written twice is one holding."""
    alike: dict[tuple[object, ...], dict[tuple[object, ...], Draft]] = defaultdict(dict)
    for draft, place in drafts:
        post = (draft["agency"].casefold(), draft["team"].casefold(), draft["starts_on"])
        alike[post].setdefault(tuple(draft.values()), (draft, place))
    found: list[Draft] = []
    for holdings in alike.values():
        ordered = sorted(
            holdings.values(),
            key=lambda drafted: (
                not drafted[0]["filled"],
                drafted[0]["ends_on"] or date.max,
                str(drafted[0]["person"]),
            ),
        )
        found.extend(({**draft, "holding": number}, place) for number, (draft, place) in enumerate(ordered))
    return found
