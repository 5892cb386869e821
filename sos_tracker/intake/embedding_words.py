"""The words councils write for levels of staff, respondents, grades, audiences, items and stages.

What may mean two things ("team leader", "adequate", "complete") is not listed: it is asked about.
"""

from collections.abc import Mapping
from enum import StrEnum

from sos_tracker.intake.words import listed_words
from sos_tracker.records.embedding import (
    AlignmentKind,
    AlignmentStage,
    Audience,
    AuditGrade,
    Respondents,
    StaffLevel,
)

# fmt: off
EVERY = "every"
"""What words for no one level mean."""
EMBEDDING_WORDS: Mapping[type[StrEnum], tuple[Mapping[str, str], str]] = {
    StaffLevel: (listed_words({
        EVERY: (
            "all|all levels|all staff|every level|any|any level|mixed|whole team|whole service|everyone|everybody|"
            "all roles"
        ),
        StaffLevel.PRACTITIONER: (
            "practitioner|practitioners|social worker|social workers|social work practitioner|front line|frontline|"
            "front line staff|frontline staff|front line practitioner|front line practitioners|frontline practitioner|"
            "frontline practitioners|frontline worker|frontline workers|caseworker|caseworkers|"
            "case worker|case workers|family support worker|family support workers|worker|workers|practice|"
            "qualified social workers|sw|sws|prac"
        ),
        StaffLevel.SUPERVISOR: (
            "supervisor|supervisors|practice supervisor|practice supervisors|supervising social worker|"
            "supervision level|first line supervisor|first line supervisors|supervisory"
        ),
        StaffLevel.MANAGER: (
            "manager|managers|team manager|team managers|service manager|service managers|middle manager|"
            "middle managers|middle management|first line manager|first line managers|operational manager|"
            "operational managers|management|practice manager|practice managers|unit manager|mgr|mgrs|tm|tms"
        ),
        StaffLevel.SENIOR_LEADER: (
            "senior leader|senior leaders|senior leadership|senior leadership team|slt|smt|senior management team|"
            "senior management|leadership|leadership team|director|directors|assistant director|assistant directors|"
            "head of service|heads of service|executive|executives|senior manager|senior managers|dcs|leaders|leader"
        ),
    }), "level of staff"),
    Respondents: (listed_words({
        Respondents.STAFF: (
            "staff|worker|workers|practitioner|practitioners|social worker|social workers|employee|employees|team|"
            "team members|self|self rating|self rated|self assessment|own staff|staff member|staff members|workforce|"
            "frontline staff|the team|staff survey|teams"
        ),
        Respondents.PRACTICE_LEADS: (
            "practice lead|practice leads|pl|pls|practice leader|practice leaders|champion|champions|practice champion|"
            "practice champions|sos lead|sos leads|lead practitioner|lead practitioners"
        ),
        Respondents.LEADERS: (
            "leader|leaders|leadership|senior leader|senior leaders|senior leadership team|slt|smt|manager|managers|"
            "senior manager|senior managers|management|director|directors|leadership team|team managers|team manager"
        ),
        Respondents.PARTNERS: (
            "partner|partners|partner agency|partner agencies|partner organisation|partner organisations|partner staff|"
            "agencies|multi agency|multi agency partners|multi agency partner|external partners|other agencies|"
            "partner professionals|other professionals"
        ),
        Respondents.FAMILIES: (
            "family|families|parent|parents|carer|carers|parents and carers|parents carers|parent carer|parent carers|"
            "parents or carers|children and families|children|young people|children and young people|service users|"
            "service user|family members|families and children|parents & carers"
        ),
        Respondents.TRAINERS: (
            "trainer|trainers|consultant|consultants|trainers and consultants|trainer consultant|trainers consultants|"
            "trainer and consultant|external consultant|external consultants|external trainer|external trainers|"
            "sos consultant|sos consultants|sos trainer|licensed trainer|licensed trainers|licensed consultant|"
            "in house trainer|in house trainers|consultant trainer|consultant trainers|trainers & consultants"
        ),
    }), "group of respondents"),
    AuditGrade: (listed_words({
        AuditGrade.OUTSTANDING: "outstanding|o|outst|os",
        AuditGrade.GOOD: "good|g",
        AuditGrade.REQUIRES_IMPROVEMENT: (
            "requires improvement|ri|r i|req improvement|requires improvement to be good|needs improvement|"
            "require improvement|requiring improvement|requires improvements"
        ),
        AuditGrade.INADEQUATE: "inadequate|i|inad|inadeq",
    }), "grade"),
    Audience: (listed_words({
        Audience.STAFF: (
            "staff|staff survey|survey of staff|worker|workers|practitioner|practitioners|social worker|social workers|"
            "employee|employees|workforce|employee survey|workforce survey|staff members|practitioner survey|"
            "all staff|colleagues"
        ),
        Audience.FAMILIES: (
            "family|families|family survey|families survey|survey of families|parent|parents|carer|carers|"
            "parents and carers|parents carers|parent carer|parent carers|parent survey|parents survey|children|"
            "children and families|young people|children and young people|service users|service user|family feedback|"
            "family members|parents & carers|parent carer survey|parents and carers survey"
        ),
    }), "audience"),
    AlignmentKind: (listed_words({
        AlignmentKind.FORM: (
            "form|forms|template|templates|proforma|pro forma|assessment form|referral form|plan template|record form|"
            "form template|forms and templates|paperwork"
        ),
        AlignmentKind.POLICY: "policy|policies|policy document|policy documents",
        AlignmentKind.PROCEDURE: "procedure|procedures|process|processes|procedure document|operating procedure|sop",
        AlignmentKind.GUIDANCE: (
            "guidance|guide|guides|practice guidance|guideline|guidelines|practice guide|guidance note|guidance notes|"
            "practice note|staff guidance|handbook|manual"
        ),
        AlignmentKind.MEETING_FORMAT: (
            "meeting format|meeting|meetings|meeting formats|conference format|conference|case conference|agenda|"
            "meeting agenda|meeting template|meeting structure|conference agenda|format of meeting"
        ),
        AlignmentKind.SUPERVISION_FORMAT: (
            "supervision format|supervision|supervision template|supervision form|supervision record|"
            "supervision formats|group supervision|supervision agenda|format of supervision|supervision structure"
        ),
        AlignmentKind.AUDIT_TOOL: (
            "audit tool|audit|audit tools|audit form|audit template|qa tool|quality assurance tool|audit framework|"
            "case audit tool|quality assurance|qa"
        ),
        AlignmentKind.SYSTEM_CHANGE: (
            "system change|system|systems|it|ict|it system|ict system|system changes|it change|ict change|case system|"
            "case management system|recording system|case recording system|change to system|change to a system|"
            "liquidlogic|mosaic|eclipse|system configuration|system workflow|software"
        ),
    }), "kind of item"),
    AlignmentStage: (listed_words({
        AlignmentStage.IDENTIFIED: (
            "identified|not started|listed|logged|raised|scoped|to be drafted|not yet started|to do|to start|"
            "identified only|1 identified|stage 1"
        ),
        AlignmentStage.DRAFTED: (
            "drafted|draft|in draft|drafting|first draft|being drafted|draft complete|draft completed|draft ready|"
            "draft stage|out for consultation|in consultation|consultation|2 drafted|stage 2"
        ),
        AlignmentStage.APPROVED: (
            "approved|agreed|signed off|sign off|ratified|approved not live|approved not yet live|authorised|"
            "awaiting launch|3 approved|stage 3"
        ),
        AlignmentStage.LIVE: (
            "live|in use|implemented|launched|published|rolled out|gone live|went live|now live|in place|in operation|"
            "operational|issued|4 live|stage 4"
        ),
        AlignmentStage.REVIEWED: (
            "reviewed|review complete|review completed|review done|live and reviewed|5 reviewed|stage 5"
        ),
    }), "stage"),
}
# fmt: on
