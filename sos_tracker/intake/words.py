"""The words councils write for what became of a booking, a session or a posting. A new word is one more here."""

from collections.abc import Mapping

from sos_tracker.records.budget import EntryKind
from sos_tracker.records.training import Outcome, SessionStatus


def listed_words(words: Mapping[str, str]) -> dict[str, str]:
    return {word: meaning for meaning, listed in words.items() for word in listed.split("|")}


# fmt: off
OUTCOMES = listed_words({
    Outcome.ATTENDED: (
        "a|att|attended|attend|attends|present|p|y|yes|true|completed|complete|came|here|in attendance|attendance|"
        "attended in full|attended full|full|fully attended|full attendance|attended fully|attended completed|"
        "completed attended|"
        "passed|attended all|attended both days|✓|✔"
    ),
    Outcome.NO_SHOW: (
        "dna|d n a|no show|noshow|no shows|ns|did not attend|didn t attend|didnt attend|did not show|not attended|"
        "absent|n|no|false|fta|failed to attend|fail to attend|did not arrive|not present|non attendance|"
        "non attender|non attended|nonattendance|unauthorised absence|authorised absence|did not turn up|"
        "no attendance|booked did not attend|✗|✘"
    ),
    Outcome.BOOKED: (
        "b|bk|bkd|booked|confirmed|enrolled|registered|place confirmed|booking confirmed|place booked|"
        "enrolment confirmed|reserved|scheduled|accepted"
    ),
    Outcome.CANCELLED: (
        "c|canc|cancelled|canceled|cancel|cancellation|cancelled by delegate|cancelled by learner|"
        "cancelled by manager|withdrawn|withdrew|withdraw|w d|wd|late cancellation|late cancel|cancelled late|"
        "cancelled in time|cancelled in advance|booking cancelled|cancelled booking|place cancelled|unenrolled|"
        "un enrolled|declined"
    ),
    Outcome.WALK_IN: (
        "w|wi|w i|walk in|walkin|walked in|walk ins|attended walk in|walk in attended|attended walked in|"
        "attended not booked|not booked attended|attended unbooked|unbooked|attended without booking|turned up|"
        "on the day|walk up|drop in|attended on the day"
    ),
})
SESSION_STATUSES = listed_words({
    SessionStatus.PLANNED: (
        "planned|scheduled|upcoming|open|confirmed|future|booked|to run|to be delivered|arranged|provisional|live|"
        "forthcoming|not started|booking open|open for booking|places available|full|fully booked"
    ),
    SessionStatus.DELIVERED: (
        "delivered|yes|y|true|completed|complete|ran|run|held|done|closed|finished|taken place|took place|d|"
        "has run|past"
    ),
    SessionStatus.CANCELLED: (
        "cancelled|canceled|canc|withdrawn|c|cancelled by trainer|did not run|not run|abandoned|x|"
        "cancelled by council"
    ),
})
ENTRY_KINDS = listed_words({
    EntryKind.ACTUAL: (
        "actual|actuals|act|invoice|inv|paid|payment|journal|jnl|jn|spend|expenditure|a|posted|"
        "actual spend|recharge|salary|salaries|payroll|invoiced|spent|receipt"
    ),
    EntryKind.COMMITMENT: (
        "commitment|commitments|committed|com|comm|po|purchase order|order|open order|po commitment|c|open po|"
        "on order|outstanding order|encumbrance|purchase order commitment|po raised|ordered"
    ),
    EntryKind.ACCRUAL: "accrual|accruals|accrued|accr|goods received not invoiced|grni|manual accrual|year end accrual",
    EntryKind.CREDIT: "credit|credits|credit note|credit memo|cr|crn|refund|refunded",
    EntryKind.VIREMENT: "virement|virements|vire|budget virement|budget transfer|transfer of budget",
})
VACANT = frozenset(listed_words({
    "vacant": (
        "currently vacant|empty|n a|nil|no lead|no practice lead|none|none in post|not appointed|not filled|"
        "not yet appointed|post vacant|recruiting|tba|tbc|to be appointed|to be confirmed|to be recruited|unfilled|"
        "vacancy|vacant|vacant post"
    ),
}))
# fmt: on
