"""The kinds of source that tell whether the practice has taken hold. A new heading is one more word here."""

from sos_tracker.intake.fields import AGENCY, TEAM, Kind, field_of

# fmt: off

SCALE = Kind(
    "implementation scale",
    (
        field_of("date", "date of the rating",
            "date of rating|rating date|date rated|rated on|date of score|score date|date scored|scored on|"
            "scale date|date|date of survey|survey date|date given|date submitted|submitted|submitted on|"
            "response date|date of response|completion time|completion date|date completed|completed on|timestamp|"
            "date of workshop|date of meeting|meeting date|when|as at|date of scaling|scaling date|assessment date|"
            "date of assessment"
        ),
        AGENCY,
        TEAM,
        field_of("level", "level of staff",
            "staff level|level of staff|level|staff level rated|level rated|tier|staff tier|role level|staff type|"
            "type of staff|staff role|role|job role|role group|staff grade|position|who is rated|practice of|"
            "level in organisation|organisational level|level of organisation|management level"
        ),
        field_of("respondents", "group that gave the rating",
            "respondent group|respondents|respondent|respondent type|type of respondent|rated by|scored by|given by|"
            "rating by|score by|group|audience|stakeholder|stakeholder group|rater|raters|rater group|completed by|"
            "answered by|perspective|voice|who rated|who scored|rating group|source|source of rating|viewpoint|"
            "respondent category|respondent role"
        ),
        field_of("score", "score, 0 to 10",
            "score|scale score|implementation score|scale rating|rating|implementation scale|scale|scaling score|"
            "score 0 10|score 0 to 10|rating 0 10|rating 0 to 10|score out of 10|rating out of 10|score 10|rating 10|"
            "0 10 score|0 10 rating|0 10 scale|0 to 10 score|scale 0 10|scale 0 to 10|scaling|scaling question|"
            "scaling question score|implementation scale score|implementation rating|practice score|sos score|"
            "signs of safety score|sos scale|sos rating|scale point|point on scale|where are we 0 10|score given|"
            "rating given|scaling 0 10|scaling question 0 10|implementation scale 0 10|score on scale"
        ),
        field_of("people", "number of people",
            "no of people|people|how many|how many people|no of staff|no of respondents|no of responses|responses|"
            "response count|count|no|n|frequency|ratings|no of ratings|no of scores|votes|no of votes|headcount|"
            "people giving score|no giving score|no giving this score|no who gave it|no rated|raters no|total people|"
            "staff no giving score|people rated|no of raters|respondents no|qty|people no|participants|"
            "no of participants"
        ),
    ),
    (("score",), ("date",), ("agency", "team")),
    gives_way=True,
)

AUDITS = Kind(
    "case audits",
    (
        field_of("date", "date of the audit",
            "audit date|date of audit|date audited|audited on|date|date of case audit|case audit date|date completed|"
            "completed on|date of review|audit completed|audit completed on|date of sample|sample date|when|as at"
        ),
        AGENCY,
        TEAM,
        field_of("sampled", "number of files sampled",
            "files sampled|no of files sampled|files audited|no of files audited|cases audited|no of cases audited|"
            "cases sampled|no of cases sampled|case files audited|case files sampled|no of files|files|no of cases|"
            "cases|case files|records audited|records sampled|files reviewed|cases reviewed|files looked at|"
            "cases looked at|files checked|files read|sample size|sample|no sampled|no audited|sampled|audited|"
            "total files|total cases|files in sample|cases in sample|no of case files|case records audited|audits|"
            "no of audits|audits completed|audits done|total audited|total sampled|files examined|cases examined|"
            "no of records"
        ),
        field_of("showing", "number of files that show the practice",
            "files showing use|no of files showing use|files showing practice|showing use|no showing use|"
            "cases showing use|files showing sos|files showing signs of safety|showing sos|showing practice|"
            "files with evidence|files with evidence of use|cases with evidence|cases with evidence of use|"
            "with evidence|with evidence of use|evidence of use|evidence found|files evidencing use|"
            "files evidencing sos|evidencing use|evidencing sos|evidenced|evident|practice evident|sos evident|"
            "use evident|use of sos evident|files using sos|files using practice|files using signs of safety|"
            "using sos|using practice|in use|practice in use|files in use|no in use|files where used|used|"
            "files with sos|files with signs of safety|sos used|practice used|cases showing practice|"
            "cases showing sos|cases using sos|showing practice in use|files showing practice in use|no evidenced|"
            "no evident|no with evidence|positive|demonstrating use|files demonstrating use|"
            "files demonstrating practice|records showing use|show use|files that show use|files that show practice|"
            "no of cases showing use|no of files with evidence"
        ),
        field_of("share", "share of files that show the practice",
            "% showing use|% files showing use|% of files showing use|% showing practice|% showing|% of files|"
            "% in use|% evident|% evidenced|% with evidence|% with evidence of use|% using sos|% using|% of cases|"
            "% cases showing use|% of cases showing use|showing use %|in use %|evidenced %|% showing sos|%|"
            "share showing use|share|% of files with evidence|% used|% of sample|% positive|% files"
        ),
        field_of("grade", "grade",
            "grade|audit grade|overall grade|quality grade|grade given|judgement|overall judgement|quality|"
            "quality of practice|quality rating|overall rating|rating|grading|overall quality|ofsted grade|"
            "audit rating|practice grade|overall|audit outcome|outcome|judgement grade|quality judgement|"
            "audit judgement|moderated grade"
        ),
    ),
    (("sampled",), ("showing", "share"), ("date",), ("agency", "team")),
    gives_way=True,
)

SURVEYS = Kind(
    "survey answers",
    (
        field_of("closed", "last day of the survey",
            "closed on|date closed|closing date|close date|closed|survey closed|survey closed on|wave closed|"
            "last day|end date|survey end date|survey date|date of survey|wave date|date of wave|date|survey end|"
            "wave end|completed on|date completed|as at|fieldwork end|ended|ended on"
        ),
        field_of("wave", "wave", "wave|survey wave|survey|round|survey round|period|month|survey period|survey month"),
        field_of("audience", "audience: staff or families",
            "audience|survey audience|respondent group|respondents|respondent|respondent type|asked of|survey of|"
            "group|survey group|survey type|type of survey|who was asked|who|surveyed|population|target group|type|"
            "stakeholder|stakeholder group|survey name|survey title|survey"
        ),
        AGENCY,
        field_of("question", "question",
            "question|survey question|question text|statement|question asked|survey statement|question wording|"
            "questions|statements|survey item|q|question or statement|statement asked|what we asked|we asked"
        ),
        field_of("invited", "number asked",
            "invited|no invited|asked|no asked|no of people asked|people asked|people invited|staff invited|"
            "families invited|sent|no sent|surveys sent|sent out|sent to|no sent out|surveys sent out|surveys issued|"
            "issued|no issued|distributed|no distributed|forms sent|questionnaires sent|eligible|no eligible|"
            "no surveyed|people surveyed|population size|no in population|total invited|total asked|total sent|"
            "no of people invited|no of invitations|invitations|invitations sent|offered|no offered|sample|"
            "sample size"
        ),
        field_of("answered", "number who answered",
            "answered|no answered|no who answered|responses|no of responses|no responses|responded|no responded|"
            "no who responded|respondents|no of respondents|returned|no returned|surveys returned|replies|"
            "no of replies|replied|completed|no completed|surveys completed|total responses|answers|no of answers|"
            "received|base|n|responses received|forms returned|questionnaires returned|people answering|"
            "people who answered|response count|completed responses|total respondents|total answered"
        ),
        field_of("agreed", "number who agreed",
            "agreed|no agreed|no who agreed|agree|no agreeing|agreeing|agreed or strongly agreed|"
            "agree or strongly agree|strongly agree or agree|agree strongly agree|strongly agree agree|"
            "agree and strongly agree|agreed and strongly agreed|favourable|no favourable|favourable responses|"
            "favourable answers|positive|no positive|positive responses|positive answers|said yes|yes|no saying yes|"
            "no who said yes|people who agreed|in agreement|no in agreement|total agree|total agreed"
        ),
        field_of("share", "share who agreed",
            "% agreed|% agree|% agreeing|% who agreed|% agreed or strongly agreed|% agree or strongly agree|"
            "% strongly agree or agree|% favourable|% positive|% positive responses|% favourable responses|% yes|"
            "% saying yes|agreed %|agree %|positive %|favourable %|% in agreement|agreement %|% agreement|"
            "agreement rate|share agreed|share who agreed|% agree and strongly agree|yes %|%|score %|"
            "% of respondents agreeing|% agree strongly agree"
        ),
        field_of("rate", "response rate",
            "response rate|response rate %|% response rate|% response|% responded|response %|return rate|% returned|"
            "% responding|rate of response|completion rate|% answered|% completed"
        ),
    ),
    (("question",), ("answered",), ("agreed", "share"), ("invited",), ("closed", "wave")),
    gives_way=True,
)

ALIGNMENT = Kind(
    "alignment items",
    (
        field_of("reference", "reference",
            "item ref|item no|item id|item reference|alignment ref|alignment no|document ref|document no|form ref|"
            "form no|policy ref|policy no|reference|ref|id|no|code|number|#|key|unique id|ref no|reference no"
        ),
        field_of("title", "item",
            "item|item title|item name|alignment item|item to align|item to be aligned|document|document title|"
            "document name|form or policy|policy or form|form policy|form|policy|policy name|form name|policy title|"
            "form title|procedure|policy procedure|policy or procedure|policies and procedures|template|"
            "template name|document or form|form or document|document or system|what is aligned|"
            "what is to be aligned|what|title|name|description|item description|tool|product"
        ),
        field_of("kind", "kind of item",
            "kind|type|item type|item kind|kind of item|type of item|document type|type of document|kind of document|"
            "category|item category|document category|class|form type|format"
        ),
        field_of("stage", "stage",
            "stage|current stage|stage reached|alignment stage|stage of alignment|item stage|document stage|"
            "stage of development|development stage|alignment status|item status|document status|status of item|"
            "approval status|policy status|status|current status|progress|state"
        ),
        field_of("stage_on", "date of the stage",
            "stage date|date of stage|stage reached on|date stage reached|date reached|reached on|stage since|"
            "date of current stage|current stage date|status date|date of status|since|as at|stage as at|date|"
            "date of change|date changed|date updated|updated|last updated|on|in stage since|date entered stage"
        ),
        field_of("identified", "date identified",
            "identified|date identified|identified on|identified date|raised|date raised|logged|date logged|"
            "listed on|stage 1 identified|1 identified|added on|date added"
        ),
        field_of("drafted", "date drafted",
            "drafted|date drafted|drafted on|drafted date|draft|draft date|date of draft|first draft|draft completed|"
            "draft complete|in draft|draft ready|first draft date|2 drafted|stage 2 drafted"
        ),
        field_of("approved", "date approved",
            "approved|date approved|approved on|approved date|approval date|date of approval|signed off|"
            "sign off date|date signed off|signed off on|agreed|date agreed|agreed on|ratified|date ratified|"
            "3 approved|stage 3 approved"
        ),
        field_of("live", "date live",
            "live|date live|live on|live date|went live|date went live|go live|go live date|date of go live|"
            "live from|launched|launch date|date launched|in use|in use from|in use since|date in use|published|"
            "date published|implemented|date implemented|implementation date|rolled out|roll out date|date issued|"
            "live since|4 live|stage 4 live"
        ),
        field_of("reviewed", "date reviewed",
            "reviewed|date reviewed|reviewed on|reviewed date|last reviewed|review completed|review done|"
            "date of review|review complete|5 reviewed|stage 5 reviewed"
        ),
        field_of("domain", "domain",
            "domain|workstream|work stream|theme|strand|area|area of work|priority|pillar|objective|intention|"
            "work area|programme area|section|project"
        ),
        field_of("owner", "owner",
            "owner|item owner|document owner|policy owner|lead|lead officer|responsible|responsible officer|"
            "responsible person|author|lead author|responsibility|owned by|assigned to|who|by whom|named lead|"
            "accountable|accountable officer"
        ),
        field_of("due", "due to be live",
            "due|due date|date due|due on|due live|due to be live|due to go live|planned live|planned live date|"
            "planned go live|planned go live date|target live date|target go live date|target date|target|deadline|"
            "by when|planned date|planned for|live by|planned|expected live|expected go live|planned completion|"
            "target completion"
        ),
    ),
    (("title",), ("stage", "drafted", "approved", "live", "reviewed")),
    says=tuple(map(frozenset, (
        {"alignment"}, {"aligned"}, {"align"}, {"drafted"}, {"draft", "live"}, {"draft", "approved"},
        {"approved", "live"},
        {"document"}, {"documents"}, {"policy"}, {"policies"}, {"form"}, {"forms"}, {"procedure"}, {"procedures"},
        {"template"}, {"go", "live"}, {"item", "stage"}, {"type", "stage"}, {"kind", "stage"}, {"item", "live"},
    ))),
    gives_way=True,
)
# fmt: on
