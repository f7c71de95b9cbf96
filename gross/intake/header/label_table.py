"""The labels that policy headers use: each pattern says which field its value is for."""

from __future__ import annotations

_DOC = (
    r"(?:policy(?:\s*(?:and|&|/)\s*procedure)?|procedure|document|doc\.?|guideline|protocol|sop"
    r"|directive|order\s*set|form|pol\.|p\s*&\s*p)"
)
_NO = r"(?:no\b\.?|nu(?:m|rn)ber|num\b\.?|nbr\b\.?|#)"
_DATE = r"(?:\s*date(?:s|\(s\))?)?"
_DATES = r"(?:dates?(?:\(s\))?\s*)?"
_BEGUN = (
    r"(?:originated|origination|orig\b\.?|original|adopted|adoption|formulated|created|creation"
    r"|origin|written|initiated|inception|developed)"
)
_REVISED = (
    r"(?:rev\b\.?|revised|revisions?|amended|updated|modified|lastmod|review(?:ed)?\s*&\s*revised)"
)
_REVIEWED = (
    r"(?:reviewed(?:\s*/\s*(?:approved|revised|no\s*revisions?|revision|reaffirmed))?"
    r"|reviewed\s*,?\s*no\s*changes?|rev['’]?w?['’]?d|rvw['’]?d\.?|reaffirmed"
    r"|review\s*/\s*revis(?:ion|ed)|revis(?:ed|ion)\s*/\s*review(?:ed)?"
    r"|reviewed\s*(?:and|&|or)\s*revised)"
)

# One row a label: field, pattern of the words (a space may be lost). The longest match wins.
TABLE = (
    (
        "number",
        rf"(?:{_DOC}|locator|identification|control|file|index)\s*(?:{_NO}|id\b|identifier|code)",
    ),
    ("number", rf"{_DOC}?\s*(?:reference|ref\b\.?)(?:\s*{_NO})?|policystat\s*id"),
    ("number", r"nu(?:m|rn)ber|no\.|#"),
    ("policy", _DOC),  # its number or its title, or both
    (
        "title",
        (
            rf"(?:title|name)\s*of\s*(?:the\s*)?{_DOC}|title\s*/\s*description|{_DOC}?\s*title"
            rf"|{_DOC}\s*name|subject|topic|subject\s*/\s*title"
        ),
    ),
    ("owner", rf"(?:(?:{_DOC}|process|content|executive|business)\s*)?owners?(?:\s*\(?title\)?)?"),
    ("owner", r"(?:title\s*of\s*)?responsible(?:\s*(?:party|person|department|office|executive))?"),
    ("owner", r"responsible\s*(?:officer|director|manager|leader|owner)|(?:document\s*)?custodian"),
    ("owner", r"(?:executive\s*)?sponsor|responsibility\s*of"),
    ("author", r"prepared\s*by|compiled\s*by|written\s*by|originator|issued\s*by|content\s*expert"),
    ("author", r"(?:policy\s*|document\s*)?(?:lead\s*)?authors?(?:\(s\))?|contact(?:\s*person)?"),
    ("kind", rf"(?:{_DOC}\s*)?type|{_DOC}\s*kind|type\s*of\s*document"),
    (
        "area",
        (
            rf"(?:{_DOC}\s*)?(?:functional\s*|clinical\s*)?(?:area|depart(?:m|rn)ent|dept\b\.?|division|unit)"
            r"(?:s|\(s\))?|originating\s*(?:depart(?:m|rn)ent|dept\.?|area)|service(?:\s*line)?"
        ),
    ),
    ("section", r"(?:manual|section|chapter|volume)(?:s|\(s\))?"),
    ("category", rf"(?:{_DOC}\s*)?(?:sub)?category"),
    (
        "applies_to",
        r"appl(?:ies|icable)\s*to|applicability|facilit(?:y|ies)|(?:target\s*)?audience",
    ),
    (
        "applies_to",
        r"applicable\s*(?:sites?|facilities|entities|areas?|departments?|campus(?:es)?)",
    ),
    (
        "applies_to",
        r"(?:entit(?:y|ies)|departments?)\s*affected|affected\s*(?:departments?|areas?)",
    ),
    ("scope", r"scope"),
    ("version", rf"version(?:\s*{_NO})?|ver\.|revision\s*{_NO}|rev\b\.?\s*(?:no\b\.?|#)"),
    ("version", r"(?:issue|edition)\s*no\.?"),
    (
        "supersedes",
        (
            rf"(?:supersedes|supercedes|supers\.|replaces|rescinds|cancels)"
            rf"(?:\s*(?:{_DOC}|{_NO}|versions?|dated))*(?:\s*\([^)]{{1,40}}\))?"
        ),
    ),
    ("supersedes", r"rescissions?|superseded\s*(?:documents?|polic(?:y|ies))"),
    (
        "approved_by",
        (
            r"(?:approved|appr['’]?d\.?|ratified|authorized|authorised|endorsed|adopted)\s*by"
            r"|approving\s*(?:body|authority|committee|official)"
        ),
    ),
    (
        "approved_by",
        r"approvals?|(?:approval\s*)?signatures?(?:\s*of\s*approval)?|signed(?:\s*by)?",
    ),
    ("approved_by", r"(?:final\s*)?approver(?:\(?s\)?)?|authorized\s*signature"),
    ("reviewed_by", r"reviewed\s*by|revised\s*by|committee\s*review"),
    ("name", r"name"),
    ("keywords", r"key\s*words"),
    ("pages", r"(?:no\.?|number)\s*of\s*pages|pages?"),
    ("status", r"status"),
    (
        "other",
        (
            r"review\s*(?:cycle|frequency|period|interval)|education\s*completed|distribution|notations?"
            r"|summary(?:\s*of\s*changes[\w\s]{0,30})?|policy\s*impacts?|consultation(?:\s*undertaken)?"
            r"|date\s*of\s*completion\s*of\s*equality\s*impact\s*assessment|see\s*also|retention"
            r"|last\s*saved|printed(?:\s*on)?|print\s*date|downloaded|references?|responsibility"
            r"|effective\s*areas?"
        ),
    ),
    ("memo_to", r"to"),
    ("memo_from", r"from"),
    ("memo_re", r"re|regarding"),
    ("originated", rf"{_DATES}(?:of\s*)?(?:{_BEGUN}|established|implemented){_DATE}"),
    ("originated", r"original(?:ly)?\s*(?:effective|issued?|approv(?:ed|al))(?:\s*date)?"),
    (
        "originated",
        r"first\s*(?:issued|effective|approved)|initial\s*(?:approval|effective)\s*date",
    ),
    ("effective", rf"{_DATES}(?:effective|eff\b\.?)(?:\s*(?:from|as\s*of))?{_DATE}"),
    ("effective", r"in\s*(?:force|effect)\s*(?:from|since)|date\s*(?:in|of)\s*effect"),
    ("effective", rf"(?:policy\s*)?valid\s*from{_DATE}"),
    ("issued", rf"(?:date\s*(?:of\s*)?)?issued?{_DATE}"),
    ("issued", r"(?:date\s*)?published|publication\s*date"),
    ("site_implementation", r"(?:site\s*)?implementation\s*date|site\s*go[-\s]?live(?:\s*date)?"),
    ("last_reviewed", rf"{_DATES}(?:(?:last|most\s*recent)\s*)?{_REVIEWED}{_DATE}"),
    ("last_reviewed", r"(?:date\s*(?:of\s*)?)?last\s*review(?:ed)?(?:\s*(?:date|on))?"),
    ("last_reviewed", r"review\s*history|dates?\s*of\s*reviews?|annual\s*reviews?"),
    ("review_date", r"review\s*date(?:s|\(s\))?"),
    (
        "last_revised",
        (
            rf"{_DATES}(?:of\s*)?(?:(?:last|most\s*recent|current)\s*)?{_REVISED}{_DATE}"
            r"(?:\s*history)?"
        ),
    ),
    ("approved", rf"(?:date\s*(?:of\s*)?|last\s*|system\s*)*(?:approved|approval|ratified){_DATE}"),
    (
        "next_review",
        (
            rf"(?:date\s*(?:of\s*|for\s*)?)?next\s*(?:author\s*|scheduled\s*|due\s*)?review(?:\s*due)?"
            rf"{_DATE}"
        ),
    ),
    (
        "next_review",
        r"next\s*review\s*date\s*after[\w\s]{0,30}|next\s*(?:revision|renewal)(?:\s*date)?",
    ),
    (
        "next_review",
        r"(?:date\s*)?review\s*due(?:\s*(?:date|by))?|(?:date\s*)?due\s*(?:date\s*)?for\s*review",
    ),
    (
        "next_review",
        r"review\s*(?:by|before|no\s*later\s*than)|renewal\s*date|scheduled\s*review(?:\s*date)?",
    ),
    ("next_review", r"recertification(?:\s*date)?|to\s*be\s*reviewed(?:\s*(?:by|before))?"),
    ("expires", rf"(?:date\s*of\s*)?(?:expir(?:y|ation|es)|exp\.|sunset)(?:\s*on)?{_DATE}"),
    ("expires", rf"(?:policy\s*)?valid\s*(?:to|until|through){_DATE}"),
    ("date", r"dated?"),
)
