"""Tracked changes, moved text, comments and hidden text: accepted, or kept aside at their place."""

from __future__ import annotations

from tests.intake.fidelity.pieces import (
    NAMES,
    Case,
    cell,
    deleted,
    inserted,
    mark,
    para,
    r,
    row,
    style,
    styled,
    styles,
    table,
)

_COMMENTS = {
    "comments.xml": (
        "comments",
        (
            f'<w:comments {NAMES}><w:comment w:id="0">{para("Who says so?")}</w:comment>'
            f'<w:comment w:id="1">{para("See the law.")}{para("And the date.")}</w:comment>'
            "</w:comments>"
        ),
    )
}
_REFERENCE = '<w:r><w:commentReference w:id="{}"/></w:r>'
_GONE = '<w:rPr><w:del w:id="7"/></w:rPr>'

CASES = (
    Case(
        "an insertion is text and a deletion is aside",
        para("Keep for ", deleted("five"), inserted(r("six")), " years."),
        ("Keep for six years.",),
        asides=(("deleted", "five", "Keep for six years."),),
    ),
    Case(
        "a deletion over several runs is one aside",
        para("Call ", deleted("the "), deleted("charge "), deleted("nurse "), "at once."),
        ("Call at once.",),
        asides=(("deleted", "the charge nurse", "Call at once."),),
    ),
    Case(
        "a deletion inside an insertion",
        para("Dose: ", inserted(r("5"), deleted("50")), " mg."),
        ("Dose: 5 mg.",),
        asides=(("deleted", "50", "Dose: 5 mg."),),
    ),
    Case(
        "a deleted paragraph",
        para("First.") + para(deleted("Ask the board."), properties=_GONE) + para("Second."),
        ("First.", "Second."),
        asides=(("deleted", "Ask the board.", "Second."),),
    ),
    Case(
        "a deleted end of a paragraph joins two",
        para("Wash hands ", properties=_GONE) + para("before and after."),
        ("Wash hands before and after.",),
    ),
    Case(
        "a deleted last paragraph",
        para("First.") + para(deleted("Last."), properties=_GONE),
        ("First.",),
        asides=(("deleted", "Last.", "First."),),
    ),
    Case(
        "a deleted row",
        table(
            row("Alarm", "on"),
            row(
                cell(para(deleted("Rails"))),
                cell(para(deleted("down"))),
                properties='<w:del w:id="3"/>',
            ),
            row("Bed", "low"),
        ),
        ("Alarm | on", "Bed | low"),
        asides=(("deleted", "Rails down", "Bed | low"),),
    ),
    Case(
        "an inserted row",
        table(row("Alarm", "on"), row("Bed", "low", properties='<w:ins w:id="3"/>')),
        ("Alarm | on", "Bed | low"),
    ),
    Case(
        "a deletion in a cell",
        table(row(cell(para("Keep")), cell(para(deleted("2"), inserted(r("3")), " days")))),
        ("Keep | 3 days",),
        asides=(("deleted", "2", "Keep | 3 days"),),
    ),
    Case(
        "moved text stands where it went",
        para("<w:moveFrom>" + r("Call first.") + "</w:moveFrom>", r("Then wait."))
        + para("<w:moveTo>" + r("Call first.") + "</w:moveTo>"),
        ("Then wait.", "Call first."),
    ),
    Case(
        "a moved paragraph stands where it went",
        para(
            "<w:moveFrom>" + r("Away.") + "</w:moveFrom>",
            properties='<w:rPr><w:moveFrom w:id="1"/></w:rPr>',
        )
        + para("Stays.")
        + para("<w:moveTo>" + r("Away.") + "</w:moveTo>"),
        ("Stays.", "Away."),
    ),
    Case(
        "a field that was moved away opens nothing",
        para(
            "<w:moveFrom>" + mark("begin") + r("x") + mark("end") + "</w:moveFrom>",
            r("Still read."),
        ),
        ("Still read.",),
    ),
    Case(
        "comments",
        para("Sign twice.", _REFERENCE.format(0)) + para("Then file.", _REFERENCE.format(1)),
        ("Sign twice.", "Then file."),
        _COMMENTS,
        asides=(
            ("comment", "Who says so?", "Sign twice."),
            ("comment", "See the law. And the date.", "Then file."),
        ),
    ),
    Case(
        "a comment on a table cell",
        table(row(cell(para("Rails")), cell(para("up", _REFERENCE.format(0))))),
        ("Rails | up",),
        _COMMENTS,
        asides=(("comment", "Who says so?", "Rails | up"),),
    ),
    Case(
        "hidden text",
        para("Seen. ", r("Not for nurses. ", "<w:vanish/>"), "Seen too."),
        ("Seen. Seen too.",),
        asides=(("hidden", "Not for nurses.", "Seen. Seen too."),),
    ),
    Case(
        "a switch that says it is off hides nothing",
        para(r("Seen.", '<w:vanish w:val="0"/>')),
        ("Seen.",),
    ),
    Case(
        "text hidden by its styles, and shown again",
        para(
            "Seen ",
            r("not this ", '<w:rStyle w:val="Ghost"/>'),
            r("but this.", '<w:rStyle w:val="Ghost"/><w:vanish w:val="0"/>'),
        )
        + styled("Dark", "Nobody reads this.")
        + para("End."),
        ("Seen but this.", "End."),
        {
            "styles.xml": styles(
                style("Ghost", "<w:rPr><w:vanish/></w:rPr>", kind="character"),
                style("Dark", "<w:rPr><w:vanish/></w:rPr>"),
            )
        },
        asides=(
            ("hidden", "not this", "Seen but this."),
            ("hidden", "Nobody reads this.", "End."),
        ),
    ),
    Case(
        "old formatting in a tracked change hides nothing",
        para(r("Seen.", '<w:rPrChange w:id="1"><w:rPr><w:vanish/></w:rPr></w:rPrChange>')),
        ("Seen.",),
    ),
)
