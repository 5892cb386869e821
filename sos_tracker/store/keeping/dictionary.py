"""The data dictionary of an export: every table and column in words. A column nobody wrote of is told by its name."""

from collections.abc import Iterator

from sqlalchemy import Column, Table

from sos_tracker.store.keeping.kept import kind_of

HEADINGS = ("table", "column", "kind", "may be blank", "part of the key", "refers to", "what it is")

_TABLES = {
    "programme": "A programme: an authority, and the rules its figures are reckoned by.",
    "setting": "What belongs to the database as a whole.",
    "batch": "An import, or a correction of many records at once.",
    "batch_file": "A file of an import.",
    "change": "The history: one row for each record written, each hashed over the one before. Never altered.",
    "word_meaning": "What a word in a file was said to mean.",
    "column_mapping": "How the columns under one row of headings were said to be read.",
    "name_spelling": "What a merged spelling of an agency or team means in later files.",
    "rating_rule": "How one measure is rated.",
    "person": "Somebody who was trained or is on the staff list. No names: a code of the employee number at most.",
    "person_email": "A code of an e-mail address somebody is known by.",
    "training_session": "A training session.",
    "attendance": "One person's place on one session.",
    "headcount": "People of one agency who came to one session, reported without names.",
    "staff_member": "A line of the staff list.",
    "practice_lead_post": "A holding, or vacancy, of one team's practice-lead post.",
    "budget_line": "A line of the approved budget.",
    "ledger_entry": "A posting in the ledger.",
    "milestone": "A milestone of the plan.",
    "strategy_target": "An approved version of one measure's target.",
    "forecast_move": "A move of a milestone's forecast date, by form or import.",
    "outturn_forecast": "What somebody expected to be spent in the end, on one budget line or in all.",
    "scale_rating": "How many people of one group gave one team one score on the implementation scale.",
    "case_audit": "An audit of one team's files.",
    "survey_answer": "One question of one wave of a survey.",
    "alignment_item": "A form, policy or other thing made to fit the practice.",
    "programme_domain": "A domain the council's programme is grouped in.",
    "status_override": "A status a person gives a measure instead of the one reckoned.",
    "annotation": "A dated sentence to a measure.",
    "access": "Who may see the programme, and in which role.",
    "group_access": "The role of everybody in a group of the identity provider.",
    "edition": "A paper as it was published.",
    "edition_file": "A file of a published paper.",
}
_COLUMNS = {
    "id": "the row's own number, never given to another",
    "programme_id": "the programme it belongs to",
    "version": "how many times it has been written",
    "batch_id": "the import or correction that last wrote it",
    "batch.title": "what a correction did; blank of an import",
    "name_spelling.agency": "the agency whose team it is; blank of an agency",
    "programme.code": "the code it is asked for by",
    "programme.trained_levels": "the course levels that make a person trained",
    "programme.notice": "a sentence shown with every figure",
    "programme.usual_as_at": "the date figures are shown for unless another is chosen",
    "programme.public_papers": "whether anybody may read its published papers",
    "programme.revision": "how many writes there were",
    "programme.change_number": "the number of the newest change in its history",
    "programme.change_hash": "the hash of the newest change in its history",
    "change.number": "its place in the programme's history",
    "change.deed": "added, revised, withdrawn or undone",
    "change.table_name": "the table of the record written",
    "change.record_id": "the number of the record written",
    "change.record_version": "the version it had afterwards",
    "change.key": "the record in words",
    "change.before": "the fields that differ, as they were",
    "change.after": "the fields that differ, as they became",
    "change.hash": "SHA-256 over the link before and this one",
    "recorded_at": "when",
    "actor": "who",
    "reason": "why",
    "person.reference_key": "the employee number, turned into a code with the person key",
    "person_email.email_key": "the e-mail address, turned into a code with the person key",
    "rating_rule.data_months": "whole months without a record after which there are no recent data; 0 is never",
    "rating_rule.data_owner": "who sees to the records; blank for the project manager",
    "attendance.outcome": "booked, attended, no-show, cancelled or walk-in",
    "attendance.register_rows": "how many rows of the register said it",
    "attendance.held_on": "the session's first day, repeated here",
    "attendance.level": "the session's level, repeated here",
    "attendance.session_status": "the session's status, repeated here",
    "headcount.level": "the level, where it is not the session's",
    "training_session.inferred": "known from a register alone, not from a list of sessions",
    "staff_member.listed": "on the newest staff list",
    "staff_member.fte": "full-time equivalent",
    "staff_member.in_scope": "whether the strategy wants them trained",
    "staff_member.trained_on": "the first day at a course that counts as trained, repeated here",
    "practice_lead_post.holding": "which of several holdings that began on one day",
    "budget_line.profile": "pence planned for each month",
    "ledger_entry.entry_kind": "actual, commitment, accrual, credit or virement",
    "ledger_entry.occurrence": "which of several postings alike in everything",
    "milestone.baseline_on": "the first agreed date, which does not move",
    "strategy_target.is_rate": "the target is a share (0 to 1) and not a number",
    "strategy_target.points": "where the way to the target bends: day and value",
    "strategy_target.issued": "published as it stands: only a newer version supersedes it",
    "forecast_move.forecast_from": "the forecast before; blank where there was none",
    "forecast_move.forecast_to": "the forecast after; blank where there is none",
    "forecast_move.deferred": "a decision redirected the resources",
    "forecast_move.decision_reference": "the reference of that decision",
    "outturn_forecast.line": "the budget line's code; blank for the whole programme",
    "scale_rating.team": "the team; blank for the whole agency",
    "scale_rating.staff_level": "whose practice is rated; blank for every level",
    "scale_rating.respondents": "who gave the rating",
    "scale_rating.score": "0 (there has been training) to 10, by half points",
    "scale_rating.people": "how many gave this score",
    "case_audit.team": "the team; blank for the whole agency",
    "case_audit.files_showing_use": "of the files sampled, those that show the practice in use",
    "case_audit.grade": "the quality of practice found, in the words of inspections",
    "survey_answer.closed_on": "the last day of the wave",
    "survey_answer.agency": "the agency; blank for the whole programme",
    "survey_answer.invited": "how many were asked",
    "survey_answer.favourable": "of those who answered, how many agreed",
    "alignment_item.item_kind": "form, policy, meeting format and the like",
    "alignment_item.due_on": "when it is planned to be live",
    "programme_domain.measures": "the codes of the figures that tell of it",
    "programme_domain.place": "its place among the domains",
    "status_override.of_forecast": "it is the forecast's status, not the one now",
    "status_override.expires_on": "the last day it holds",
    "edition.figures": "every figure as it was published",
    "sha256": "the hash it is known by",
}


def dictionary_rows(tables: list[Table]) -> Iterator[tuple[str, ...]]:
    """For each table a row of its own, and one for each column, in the order of ``HEADINGS``."""
    for table in tables:
        yield table.name, "", "", "", "", "", _TABLES.get(table.name, f"{table.name.replace('_', ' ')}.")
        for column in table.columns:
            refers_to = ", ".join(sorted(f"{key.column.table.name}.{key.column.name}" for key in column.foreign_keys))
            key = "yes" if column.primary_key else "no"
            blank = "yes" if column.nullable else "no"
            yield table.name, str(column.name), kind_of(column), blank, key, refers_to, _said(table, column)


def _said(table: Table, column: Column[object]) -> str:
    name = str(column.name)
    known = _COLUMNS.get(f"{table.name}.{name}", _COLUMNS.get(name))
    if known is not None:
        return known
    if name.endswith("_pence"):
        return f"{name.removesuffix('_pence').replace('_', ' ')}, in pence"
    if name.endswith("_id"):
        return f"the {name.removesuffix('_id').replace('_', ' ')} it belongs to"
    return name.replace("_", " ")
