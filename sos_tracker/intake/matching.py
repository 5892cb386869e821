"""Register rows to attendances: who is the same person, which session is meant, and one attendance for each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sos_tracker.intake.columns import Draft
from sos_tracker.intake.gathering import Gathering, RegisterRow
from sos_tracker.records.issues import Weight
from sos_tracker.records.people import PeopleIndex, PersonKeys
from sos_tracker.records.training import CAME, Outcome

OUTCOME_ORDER = (Outcome.ATTENDED, Outcome.WALK_IN, Outcome.NO_SHOW, Outcome.CANCELLED, Outcome.BOOKED)
"""Where rows of one person in one session differ, the first of these wins: who came, came; a booking says least."""


def people_of(gathering: Gathering) -> PeopleIndex:
    """Everybody named in the files: the same whatever the order of files and rows."""
    index = PeopleIndex()
    index.learn({row.keys for row in gathering.register})
    index.learn({draft["person"] for draft, _ in gathering.staff})
    index.learn({draft["person"] for draft, _ in gathering.posts if draft["person"] is not None})
    return index


def note_ambiguous(gathering: Gathering, index: PeopleIndex) -> None:
    """Tells of e-mail addresses that stand beside more than one employee number."""
    ambiguous = index.ambiguous()
    if not ambiguous:
        return
    told: set[str] = set()
    alone = {row.keys.email for row in gathering.register if row.keys.reference is None}
    for row in gathering.register:
        email = row.keys.email
        if email in ambiguous and email not in told:
            told.add(email)
            row.place.issue(
                Weight.QUESTION if email in alone else Weight.NOTE, "email",
                "This e-mail address stands beside more than one employee number.",
                "Check which number is right; rows with the address alone go to the first of them.",
                "e-mail of several people",
            )  # fmt: skip


def completed(keys: PersonKeys, index: PeopleIndex) -> PersonKeys:
    """The row's keys with the number that another row gives for the same e-mail, where exactly one is given."""
    if keys.reference is not None or keys.email is None:
        return keys
    numbers = index.numbers_of.get(keys.email, set())
    return PersonKeys(next(iter(numbers)), keys.email) if len(numbers) == 1 else keys


def attendances(gathering: Gathering, index: PeopleIndex) -> list[Draft]:
    """One draft for each person in each session; rows that say it again are counted, and conflicts asked about."""
    identity = {keys: index.identity(keys) for keys in {row.keys for row in gathering.register}}
    groups: dict[tuple[str, PersonKeys], list[RegisterRow]] = defaultdict(list)
    for row in gathering.register:
        groups[row.session, identity[row.keys]].append(row)
    full = {keys: completed(keys, index) for keys in identity}
    drafts: list[Draft] = []
    repeated = 0
    for (session, _), rows in groups.items():
        chosen, person, said = rows[0], full[rows[0].keys], 1
        if len(rows) > 1:
            repeated += len(rows) - 1
            chosen, person, said = _chosen(rows), _joined(full[row.keys] for row in rows), _most_in_one_table(rows)
        drafts.append((
            {
                "session": session, "person": person,
                "agency": chosen.agency, "team": chosen.team, "job_role": chosen.role, "outcome": chosen.outcome,
                "register_rows": said,
            },
            chosen.place,
        ))  # fmt: skip
    gathering.findings.counts["repeated rows"] += repeated
    return drafts


def _most_in_one_table(rows: Sequence[RegisterRow]) -> int:
    """How many rows of one register say it: two registers that overlap do not make a row twice."""
    return max(Counter(id(row.reader) for row in rows).values())


def _joined(keys: Iterable[PersonKeys]) -> PersonKeys:
    keys = list(keys)
    return PersonKeys(
        min((key.reference for key in keys if key.reference), default=None),
        min((key.email for key in keys if key.email), default=None),
    )


def _chosen(rows: Sequence[RegisterRow]) -> RegisterRow:
    """The row that wins, by OUTCOME_ORDER, then by what it says most of; asks where one came and did not come."""
    best = min(
        rows,
        key=lambda row: (
            OUTCOME_ORDER.index(row.outcome),
            not row.agency,
            not row.team,
            row.agency,
            row.team,
            row.role,
        ),
    )
    outcomes = {row.outcome for row in rows}
    if outcomes & set(CAME) and outcomes & {Outcome.NO_SHOW, Outcome.CANCELLED}:
        said = " and ".join(sorted(outcome.value for outcome in outcomes))
        best.place.issue(
            Weight.NOTE, "outcome",
            f"Rows of the same person and session say {said}; it was read as {best.outcome.value}.",
            "Mend the row that is wrong, if it is that one.", "conflicting rows",
        )  # fmt: skip
    return best


def fill_agencies(gathering: Gathering, drafts: Sequence[Draft], index: PeopleIndex) -> None:
    """An attendance without an agency takes it from the staff list, its team, or the person's other rows."""
    lacking = [draft for draft, _ in drafts if not draft["agency"]]
    if not lacking:
        return
    by_person: dict[PersonKeys, tuple[str, str]] = {}
    for draft, _ in (*drafts, *gathering.staff):
        if draft["agency"]:
            by_person[index.identity(draft["person"])] = (draft["agency"], draft["team"])
    by_team = _agency_of_team(gathering, drafts)
    unknown = 0
    for draft in lacking:
        agency, team = by_person.get(index.identity(draft["person"]), ("", ""))
        draft["agency"] = by_team.get(draft["team"].casefold(), "") or agency or NOT_STATED
        draft["team"] = draft["team"] or (team if draft["agency"] == agency else "")
        unknown += draft["agency"] == NOT_STATED
    if unknown:
        first = next(place for draft, place in drafts if draft["agency"] == NOT_STATED)
        first.reader.about_table(
            Weight.NOTE, f"{unknown:,} people's agency is not stated, here or on a staff list in these files.",
            "Import it together with the staff list, or add the agency.", "no agency",
        )  # fmt: skip


NOT_STATED = "Not stated"


def _agency_of_team(gathering: Gathering, drafts: Sequence[Draft]) -> Mapping[str, str]:
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for agency, team in gathering.known.teams:
        seen[team.casefold()][agency] += 1
    for draft, _ in (*drafts, *gathering.staff, *gathering.posts):
        if draft["agency"] and draft["team"]:
            seen[draft["team"].casefold()][draft["agency"]] += 1
    return {team: next(iter(agencies)) for team, agencies in seen.items() if team and len(agencies) == 1}
