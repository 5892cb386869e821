"""The kinds of source, their fields, and the headings councils give them. A new heading is one more word here."""

from collections.abc import Mapping

from sos_tracker.intake.embedding_kinds import ALIGNMENT, AUDITS, SCALE, SURVEYS
from sos_tracker.intake.fields import AGENCY, TEAM, Kind, field_of

# fmt: off

_NUMBER = field_of("number", "employee number",
    "employee no|employee id|staff no|payroll no|personnel no|assignment no|employee ref|employee|staff id|"
    "emp id|emp no|payroll id|payroll ref|payroll|staff ref|staff reference|personnel id|esr no|"
    "esr assignment no|esr|person id|person no|employee code|worker id|worker no|staff code|learner id|"
    "delegate id|delegate ref|learner ref|attendee ref|"
    "participant ref|trainee id|learner no|delegate no|user id|hr no|hr id|pay no|pers no|unique id|unique staff no|"
    "post holder no|lead employee no|lead payroll no|lead staff no|practice lead employee no|"
    "practice lead payroll no|practice lead staff no|holder employee no|employee payroll no|sap no|sap id|"
    "oracle id|oracle no|ni no|individual id|participant id|attendee id|pin"
)
_EMAIL = field_of("email", "e-mail address",
    "email|email address|work email|work email address|delegate email|delegate email address|staff email|"
    "learner email|learner email address|employee email|employee email address|attendee email|"
    "attendee email address|participant email|participant email address|e mail address|contact email|"
    "user email|email id|business email|lead email|practice lead email|lead email address|corporate email|"
    "council email|office email|email work|mail"
)
_ROLE = field_of("role", "job role",
    "job role|job title|role|post|position|post title|position title|role title|job|job description|"
    "occupation|designation|post name|current role|grade role|position name|job name|profession"
)
_SESSION = field_of("session", "session reference",
    "session ref|session reference|session id|session code|session no|course ref|course id|course code|"
    "course reference|event id|event ref|event code|class ref|class id|event reference|event no|class code|"
    "class no|course no|session|training ref|training id|training session|run id|run ref|offering id|"
    "occurrence id|schedule id|course session|course run|cohort|cohort ref|session identifier|activity id|"
    "activity code|course instance|training session ref|booking session|training code|programme ref|"
    "workshop ref|workshop id|workshop code|class"
)
_COURSE = field_of("course", "course title",
    "course|course title|course name|training|training title|event name|event title|training course|"
    "programme|session title|session name|class title|class name|module|learning title|title|event|"
    "learning activity|course description|training event|training name|activity|activity name|workshop|"
    "workshop title|workshop name|programme title|programme name|activity title|course type|type of course|"
    "topic|subject|learning event|name of course"
)
_LEVEL = field_of("level", "course level", "course level|level|training level|level of course|level of training|tier")
_START = field_of("start", "start date",
    "start date|date of course|course date|session date|event date|date|from|start|course start date|"
    "session start date|class date|date from|start date time|training date|course start|event start date|"
    "date of session|date of training|date of event|class start date|begins|starts|first day|session start|"
    "date attended|attendance date|start day|event start|date held|delivery date|date delivered|day 1|"
    "day one|class start|commences|start date of course|date s|dates|commencing|held on|starts on|"
    "workshop date"
)
_END = field_of("end", "end date",
    "end date|to|end|finish|finish date|course end date|session end date|date to|last day|event end date|"
    "ends|course end|class end date|session end|until|day 2|date until|finishes|class end|end day|event end|"
    "completion date"
)
_VENUE = field_of("venue", "venue",
    "venue|location|place|room|training venue|venue name|course venue|site|where|held at|course location|"
    "delivery method"
)

REGISTER = Kind(
    "training register",
    (
        field_of("outcome", "status or attendance",
            "attended|attendance|attendance status|attended yes no|attended y n|outcome|attendance outcome|"
            "attendance code|attendance result|attendance mark|attended or not|did they attend|attendance y n|"
            "attendance recorded|attendance type|delegate outcome|register mark|present|attend|result|status|"
            "delegate status|learner status|attendee status|participant status|completion status|participation|mark|"
            "register|training status|learning status|booking outcome|status code|state|booking status|"
            "registration status|enrolment status|place status|status of booking|booking state"
        ),
        field_of("booking", "booking status, beside the attendance",
            "booking status|registration status|enrolment status|place status|status of booking|booking state|status|"
            "delegate status|booked|booking|booked y n|booking type"
        ),
        field_of("walk_in", "walk-in", "walk in|walk in y n|walked in|is walk in|walkin|walk ins|unbooked"),
        _NUMBER,
        _EMAIL,
        _SESSION,
        _COURSE,
        _LEVEL,
        _START,
        _END,
        AGENCY,
        TEAM,
        _ROLE,
        _VENUE,
    ),
    (("outcome",), ("number", "email"), ("session", "start")),
    frozenset({"course", "level", "session"}),
)

SESSIONS = Kind(
    "training sessions",
    (
        field_of("session", "session reference",
            "session ref|session reference|session id|session code|session no|course ref|course id|"
            "course code|course reference|event id|event ref|event code|class ref|class id|event reference|"
            "event no|class code|class no|course no|session|training ref|training id|training session|run id|"
            "run ref|offering id|occurrence id|schedule id|course session|course run|cohort|cohort ref|"
            "session identifier|activity id|activity code|course instance|training session ref|"
            "booking session|training code|programme ref|workshop ref|workshop id|workshop code|class|ref|"
            "reference|id|code|no"
        ),
        _COURSE,
        _LEVEL,
        _START,
        _END,
        _VENUE,
        field_of("trainer", "trainer",
            "trainer|trainers|facilitator|facilitators|delivered by|tutor|lead trainer|trainer name|"
            "presenter|provider|instructor|trainer s|training provider|facilitated by|led by|course leader|"
            "speaker"
        ),
        field_of("places", "places",
            "places|capacity|max places|max no|maximum places|places available|max delegates|max|"
            "no of places|seats|total places|max capacity|class size|places offered|maximum|maximum no|"
            "spaces|size limit|max attendees|limit|places max"
        ),
        field_of("status", "session status",
            "status|session status|course status|event status|class status|state|delivery status|run status|"
            "delivered|outcome|ran|has run|did it run|held|took place"
        ),
        field_of("cost", "cost",
            "cost|total cost|session cost|course cost|price|fee|cost of session|cost of course|amount|"
            "trainer fee|training cost|delivery cost|event cost|costs|actual cost|fees|net cost"
        ),
        field_of("booked", "number booked",
            "booked|no booked|bookings|delegates booked|total booked|booked places|places booked|"
            "number of bookings|no of bookings|enrolled|registered|booked no"
        ),
        field_of("attended", "number attended",
            "attended|no attended|attendees|total attended|delegates attended|no of attendees|attendance|"
            "actual attendance|no attending|present|attended no"
        ),
        field_of("walk_ins", "walk-ins", "walk ins|walk in|no of walk ins|unbooked|walkins|of which walk ins"),
        field_of("rate", "attendance rate",
            "attendance rate|rate|% attended|attendance %|attended %|% attendance|percentage attended|"
            "attendance percentage|show rate|take up|take up %|% take up"
        ),
    ),
    (("course", "level"), ("start",)),
    frozenset({"cost", "end", "places", "status", "trainer", "venue"}),
)

HEADCOUNTS = Kind(
    "partner headcounts",
    (
        _SESSION,
        AGENCY,
        field_of("attended", "number attended",
            "no attended|number attended|headcount|head count|attended|attendees|no of attendees|no present|"
            "no attending|count|no|total attended|attendance|no of delegates|delegates|people|no of people|"
            "number of staff|no of staff|signed in|no signed in|sign ins|total|present|total attendees|"
            "how many|how many came|numbers|no of partners|staff attended|people attended|delegates attended|"
            "partner headcount|no of participants|participants|staff attending|qty|total no"
        ),
        field_of("booked", "number booked",
            "booked|no booked|expected|no expected|invited|places booked|bookings|no of bookings"
        ),
        field_of("rate", "attendance rate",
            "attendance rate|rate|% attended|attendance %|attended %|% attendance|percentage attended"
        ),
        _LEVEL,
        _COURSE,
        _START,
        _VENUE,
    ),
    (("session", "start"), ("agency",), ("attended",)),
)

STAFF = Kind(
    "staff list",
    (
        _NUMBER,
        _EMAIL,
        AGENCY,
        TEAM,
        _ROLE,
        field_of("fte", "full-time equivalent",
            "fte|full time equivalent|wte|whole time equivalent|contract fte|fte value|contracted fte|"
            "fte wte|hours fte|working time|contracted wte"
        ),
        field_of("in_scope", "in scope",
            "in scope|scope|in scope y n|in scope of strategy|target group|to be trained|training required|"
            "in scope for training|priority|sos scope|eligible|in scope of training|required|"
            "in scope for sos|sos in scope|requires training|needs training|in scope yes no|within scope|"
            "included in scope|included|mandatory|training in scope|target staff|programme scope|"
            "in scope flag|scope flag|in target group|sos required"
        ),
        field_of("started", "start date",
            "start date|started|date started|date of joining|hire date|service start date|date joined|"
            "continuous service date|start|joined|employment start date|post start date|appointed|"
            "date appointed|contract start date|commencement date|started on|joining date|latest start date"
        ),
        field_of("left", "leaving date",
            "leaving date|leave date|left|date left|end date|termination date|leaver date|date of leaving|"
            "employment end date|contract end date|leaving|last day|last working day|left on|end|termination|"
            "leaver"
        ),
        field_of("leaver_status", "employment status",
            "employment status|employee status|staff status|assignment status|current status"
        ),
    ),
    (("number", "email"), ("agency", "team")),
    frozenset({"fte", "in_scope", "left", "role", "started", "team"}),
)

BUDGET = Kind(
    "budget book",
    (
        field_of("code", "budget code",
            "code|cost code|budget code|line|line code|ref|budget ref|cost centre|account code|line ref|"
            "detail code|line no|budget line code|gl code|subjective code|account|activity code|project code|"
            "budget line ref|reference|costcode|nominal code|subjective|objective|ledger code|cc|coding"
        ),
        field_of("title", "budget line",
            "budget line|description|title|budget heading|heading|name|line description|budget description|"
            "item|budget item|details|detail|expenditure|budget|purpose|cost heading|category|"
            "cost centre description|budget name|line title|spend heading|area of spend|type of expenditure|"
            "account description|expenditure heading|line name|narrative|budget head|area"
        ),
        field_of("approved", "approved budget",
            "approved budget|budget|approved|total budget|annual budget|approved total|full year budget|"
            "total approved|latest budget after virements|latest budget|original budget|current budget|"
            "revised budget|allocation|"
            "approved amount|budget total|budget approved|agreed budget|budget allocation|"
            "total allocation|full budget|budget amount|total for line|grant allocation|allocated"
        ),
        field_of("month", "month",
            "month|period|month of profile|profile month|date|month name|calendar month|month beginning|"
            "month starting"
        ),
        field_of("profile", "profile for the month",
            "profile|profiled budget|monthly profile|budget profile|month budget|profiled|profile amount|"
            "planned spend|phased budget|planned|budget for month|monthly budget|phasing|phased|amount|"
            "budget|value"
        ),
    ),
    (("code", "title"), ("approved", "months", "profile")),
    frozenset({"approved", "months", "profile"}),
)

LEDGER = Kind(
    "ledger",
    (
        field_of("date", "posting date",
            "posting date|date posted|transaction date|payment date|date|posted|post date|date paid|"
            "paid date|invoice date|gl date|trans date|effective date|document date|date of payment|"
            "ledger date|accounting date|posted on|voucher date|journal date|pay date|tax date|entry date|"
            "updated|value date|clearing date|date of transaction|doc date|txn date|order date"
        ),
        field_of("code", "cost code",
            "cost code|budget code|line|budget line|detail code|cost centre|code|account code|gl code|"
            "nominal code|line code|account|cost centre code|nominal|subjective code|costcode|ledger code|"
            "activity code|project code|budget ref|costc|cc|budget line code|coding|expense code|subjective"
        ),
        field_of("supplier", "supplier",
            "supplier|supplier name|vendor|vendor name|payee|payee name|beneficiary|merchant name|creditor|"
            "merchant|paid to|supplier id t|supplier payee|company|beneficiary name|name of supplier|"
            "creditor name|supplier id|vendor supplier|provider|customer supplier|contractor|name|"
            "supplier vendor"
        ),
        field_of("narrative", "narrative",
            "narrative|description|purpose of spend|details|purpose|transaction description|expenditure type|"
            "expense type|text|line description|detail|item text|comment|memo|reason|purpose of expenditure|"
            "item description|particulars|transaction narrative|long description|summary|notes|"
            "line narrative|transaction details|what for|posting text|journal description|cipfsubs|"
            "expense area|spend description|subjective description|expenses type|detailed expenses type|"
            "expense area|service area categorisation"
        ),
        field_of("type", "actual or commitment",
            "type|entry type|transaction type|posting type|actual commitment|actual or commitment|status|"
            "trans type|act com|record type|actual committed|amount type|balance type|source|entry|kind|"
            "ledger type|doc type|document type|payment status|txn type"
        ),
        field_of("amount", "amount",
            "net amount|amount|value|net value|net|amount net|amount exc vat|amount excl vat|"
            "transaction amount|amount paid|payment amount|posting amount|spend|total|total amount|net cost|"
            "line amount|invoice amount|amount gbp|net total|cost|line value|amt|net invoice amount|"
            "gross amount|gross|net amt|amount ex vat|payment value|value net|actual amount|sum|"
            "amount excluding vat|base amount|home amount|gross value|actual|actuals|actual spend|actual to date|"
            "spend to date|amount spent|amount gbp inc vat"
        ),
        field_of("committed", "amount committed",
            "commitments|commitment|committed|committed amount|commitment amount|commitment value|"
            "outstanding commitments|open commitments|orders outstanding|on order|"
            "amount committed|outstanding commitment|outstanding order value|order value|po value|value of order|"
            "open order value|amount on order|outstanding value|value outstanding|outstanding amount|"
            "amount outstanding|committed value"
        ),
        field_of("debit", "debit", "debit|debits|dr|debit amount|amount dr|debit value|dr amount"),
        field_of("credit", "credit", "credit|credits|cr|credit amount|amount cr|credit value|cr amount"),
        field_of("reference", "transaction number",
            "transaction no|transaction number|trans no|transno|reference|ref|transaction ref|"
            "transaction reference|transaction id|invoice no|document no|voucher no|journal no|payment ref|"
            "payment reference|doc no|invoice ref|doc ref|trans ref|payment no|txn no|internal reference|"
            "internal ref|voucher|document ref|journal ref|unique ref|entry no|order no|po no|reference no|"
            "ref no|invoice reference|trans id|posting ref|document reference|txn ref"
        ),
        field_of("sequence", "sequence number",
            "seq no|sequence no|sequence|seq|line no|distribution line|dist line no|distribution line no|"
            "item no|line item"
        ),
    ),
    (("date",), ("amount", "committed", "debit", "credit"), ("supplier", "narrative", "code")),
)

LEADS = Kind(
    "practice leads",
    (
        AGENCY,
        TEAM,
        field_of("lead", "practice lead",
            "practice lead|lead|lead name|practice lead name|name of practice lead|name of lead|champion|"
            "post holder|postholder|holder|champion name|practice champion|sos lead|lead practitioner|"
            "practice leader|sos practice lead|name of champion|sos champion|nominated lead|designated lead|"
            "named lead|name|holder name|post holder name|postholder name|current lead|current holder|"
            "lead in post|practice lead s name"
        ),
        _NUMBER,
        _EMAIL,
        field_of("start", "start",
            "start|start date|from|appointed|date appointed|date started|appointed on|started|in post from|"
            "date from|appointment date|in role from|effective from|start in role|lead from|"
            "date of appointment|took up post|in post since|since|role start date|started on|started in role|"
            "lead since|date in post|role start"
        ),
        field_of("end", "end",
            "end|end date|to|ceased|date ended|until|in post to|left|date to|date ceased|stepped down|ended|"
            "in role until|effective to|in post until|left role|lead to|lead until|role end date|ended on|"
            "left post|finish|date left|stood down|stepped down on|role end|finished"
        ),
        field_of("trained", "advanced course completed",
            "5 day completed|advanced completed|trained|5 day complete|advanced course completed|"
            "advanced trained|5 day course completed|5 day training completed|completed 5 day|"
            "advanced training completed|completed advanced|5 day trained|training complete|advanced course|"
            "five day completed|advanced complete|5 day|five day|is trained|training completed|5 day course|"
            "5 day advanced|5 day training|advanced training|completed training|completed 5 day course|"
            "completed advanced course|advanced|done 5 day|done advanced|trained y n|"
            "advanced course attended|attended 5 day|attended advanced|5 day attended|5 days completed|"
            "5 day done|advanced done|5 day advanced completed|five day course completed|fully trained|"
            "5 day programme completed|five day advanced completed|five day complete"
        ),
    ),
    (("agency", "team"), ("lead", "trained"), ("start", "trained", "end")),
)

MILESTONES = Kind(
    "milestone plan",
    (
        field_of("reference", "reference",
            "ref|no|id|reference|milestone ref|milestone no|milestone id|number|task id|action no|action ref|"
            "action id|task no|code|item|item no|#|deliverable ref|deliverable id|task ref|milestone code|"
            "unique id|milestone reference|key|m no|wbs|line no"
        ),
        field_of("domain", "workstream",
            "workstream|domain|theme|work stream|work package|strand|area|project|priority|pillar|objective|"
            "category|programme area|section|stream|work area|intention|outcome area|phase|priority area|"
            "work strand"
        ),
        field_of("title", "milestone",
            "milestone|task|action|deliverable|milestone title|milestone description|milestone name|"
            "description|task name|activity|key milestone|title|action required|what|milestone deliverable|"
            "key deliverable|milestone task|action description|deliverable name|key task|name|"
            "task description|key action|step|output|product"
        ),
        field_of("owner", "owner",
            "owner|lead|responsible|responsible officer|lead officer|action owner|who|responsibility|"
            "milestone owner|owned by|assigned to|accountable|task owner|lead person|responsible person|"
            "responsible lead|accountable officer|by whom|assignee|sro|senior responsible owner|named lead"
        ),
        field_of("baseline", "baseline date",
            "baseline date|baseline|original date|planned date|planned|original due date|"
            "original target date|planned completion|baseline due date|original deadline|"
            "planned completion date|baseline finish|original planned date|plan date|planned finish|"
            "target date|due date|deadline|due|by when|original plan|planned end date|baseline end|"
            "baseline end date|original completion date|original|agreed date|planned for|"
            "baseline completion date|planned delivery date|original forecast|target completion date|"
            "target completion|date due|original baseline|originally planned|approved date|"
            "first planned date|original finish"
        ),
        field_of("forecast", "forecast date",
            "forecast date|forecast|expected date|revised date|expected|revised|current date|"
            "current forecast|revised due date|latest forecast|revised target date|forecast completion|"
            "expected completion|current|revised deadline|estimated date|latest estimate|latest date|"
            "forecast completion date|expected completion date|revised completion date|current forecast date|"
            "projected date|anticipated date|forecast finish|revised forecast|current due date|"
            "current target date|latest forecast date|estimated completion|expected finish|now expected|"
            "new date|current plan|now due|expected delivery|projected|anticipated|latest|"
            "current expected date|revised plan date"
        ),
        field_of("achieved", "date achieved",
            "date achieved|achieved|actual date|actual|completed|done|date completed|completion date|"
            "achieved on|actual completion|date done|completed on|actual finish|actual completion date|"
            "completed date|achieved date|date met|finished|date of completion|complete date|delivered|"
            "date delivered|met on|done on|date complete|actual delivery date|actual end date|closed date|"
            "date closed|delivered on"
        ),
        field_of("comment", "comment",
            "comment|comments|notes|note|rag|commentary|status|progress|update|progress update|"
            "latest position|rag comment|status comment|narrative|progress comment|remarks|issues|"
            "latest update|rag status|progress notes|position"
        ),
    ),
    (("title",), ("baseline",)),
    frozenset({"achieved", "forecast", "owner", "reference"}),
)

TARGETS = Kind(
    "strategy targets",
    (
        field_of("measure", "measure",
            "measure|indicator|measure name|indicator name|kpi|metric|performance indicator|"
            "performance measure|what we measure|success measure|measure indicator|description|"
            "outcome measure|measure of success|name|figure|key performance indicator|objective|"
            "headline measure|target measure|measure description|indicator description|what will be measured|"
            "pi|code|measure code"
        ),
        field_of("baseline", "baseline",
            "baseline|baseline value|starting point|baseline figure|starting value|baseline position|"
            "start value|starting position|start|baseline no|from|starting figure|start position"
        ),
        field_of("baseline_on", "baseline date",
            "baseline date|date of baseline|baseline as at|baseline on|baseline at|start date|starting date|"
            "as at|baseline taken|from date|baseline measured on|baseline month|date baselined|measured on"
        ),
        field_of("target", "target",
            "target|target value|goal|target figure|final target|target no|ambition|target level|aim|"
            "end target|agreed target|target for strategy|to|target to reach|target set|strategy target"
        ),
        field_of("due", "due",
            "due|by when|due date|target date|deadline|by|date due|to be achieved by|due by|target due|"
            "achieve by|target deadline|end date|by date|due on|target due date|when|target by|when by|"
            "to be met by|date to achieve|target end date|completion date|reach by|to reach by|date"
        ),
        field_of("approved_by", "approved by",
            "approved by|agreed by|set by|approver|approving body|signed off by|decision by|owner|agreed at|"
            "approval body|decided by|authorised by|sign off by|sign off"
        ),
        field_of("approved_on", "approved on",
            "approved on|date approved|approval date|agreed on|date agreed|date of approval|approved date|"
            "approved|set on|decision date|agreed date|date set|signed off on|sign off date|date of decision|"
            "agreed|decided on"
        ),
        field_of("reason", "reason",
            "reason|rationale|source|reason for target|notes|comment|why|basis|comments|justification|"
            "reason for change|note|reason why"
        ),
        field_of("unit", "unit", "unit|units|unit of measure|type|measure type|measured in|unit type|format"),
        field_of("result", "result",
            "result|actual|current|latest|performance|current value|latest result|actual to date|"
            "current position|outturn|latest value|current performance|achieved|actual result|"
            "latest position|progress|position"
        ),
    ),
    (("measure",), ("target",), ("due",)),
)
# fmt: on

KINDS: tuple[Kind, ...] = (
    REGISTER, SESSIONS, HEADCOUNTS, STAFF, BUDGET, LEDGER, LEADS, MILESTONES, TARGETS, SCALE, AUDITS, SURVEYS,
    ALIGNMENT,
)  # fmt: skip
_OF_PLANS = frozenset({
    "milestone", "milestone title", "key milestone", "task", "action", "deliverable", "baseline", "baseline date",
    "forecast", "forecast date", "original date", "revised date", "date achieved", "amount", "net amount", "budget",
    "approved budget", "supplier", "target value", "measure", "indicator",
})  # fmt: skip
_OF_TRAINING = frozenset({
    "session ref", "session id", "session code", "course ref", "course id", "course code", "event id", "event ref",
    "event code", "class id", "class ref", "session date", "course date", "event date", "class date",
    "date attended", "attendance date", "date of course", "date of session", "date of event", "course title",
    "course name", "event title", "event name", "class title", "booking status", "attendance", "attendance status",
})  # fmt: skip
NEVER_BESIDE: Mapping[str, frozenset[str]] = {
    HEADCOUNTS.name: frozenset({"job role", "job title", "post title", "employee no", "staff no", "payroll no"}),
    STAFF.name: _OF_TRAINING,
    SCALE.name: _OF_TRAINING,
    AUDITS.name: _OF_TRAINING,
    SURVEYS.name: _OF_TRAINING,
    ALIGNMENT.name: _OF_TRAINING | _OF_PLANS,
}
"""Headings that never stand in a table of a kind: a register whose status column is not known is no staff list."""
KIND_NAMED: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
