"""What stands beside and around paragraphs: tables, controls, boxes, notes, page edges."""

from __future__ import annotations

from tests.intake.fidelity.pieces import (
    HEADINGS,
    NAMES,
    OFFICE,
    PACKAGE,
    Case,
    cell,
    complex_field,
    control,
    para,
    r,
    row,
    styled,
    styles,
    table,
)

_BOX = "<w:txbxContent>{}</w:txbxContent>"
_SHAPE = "<wps:wsp><wps:txbx>{}</wps:txbx></wps:wsp>"
_DRAWN = (
    '<w:drawing><wp:inline><a:graphic><a:graphicData uri="x">{}</a:graphicData></a:graphic>'
    "</wp:inline></w:drawing>"
)
_VML = "<w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict>"
_POINT = "<dgm:pt><dgm:t><a:p>{}</a:p></dgm:t></dgm:pt>"
_POINTS = (
    "<a:r><a:t>Assess</a:t></a:r>",
    "",
    "<a:r><a:t>Call for </a:t></a:r><a:r><a:t>help</a:t></a:r>",
)
_DRAWN_POINTS = "".join(map(_POINT.format, _POINTS))
_ASKS = '<w:rStyle w:val="PlaceholderText"/>'
_PROMPT = "<w:showingPlcHdr/>"
_BOUND = (
    '<w:dataBinding w:prefixMappings="xmlns:n=\'urn:x\'" w:xpath="/n:policy[1]/n:{}[1]" '
    'w:storeItemID="{{A-1}}"/>'
)
_STORE = {
    "../customXml/item1.xml": (
        "customXml",
        '<policy xmlns="urn:x"><number>NUR-231</number></policy>',
    )
}
_STORE_RAW = {
    "customXml/_rels/item1.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="p" Type="{OFFICE}/customXmlProps" Target="itemProps1.xml"/>'
    "</Relationships>",
    "customXml/itemProps1.xml": '<ds:datastoreItem ds:itemID="{A-1}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>',
    "customXml/item1.xml": '<policy xmlns="urn:x"><number>NUR-231</number><area/></policy>',
}


def _notes(kind: str, *texts: str) -> tuple[str, str]:
    separators = f'<w:{kind} w:type="separator" w:id="0">{para("---")}</w:{kind}>'
    inside = "".join(
        f'<w:{kind} w:id="{n}">{para(f"<w:r><w:{kind}Ref/></w:r>", r(text))}</w:{kind}>'
        for n, text in enumerate(texts, 2)
    )
    return f"{kind}s", f"<w:{kind}s {NAMES}>{separators}{inside}</w:{kind}s>"


def _refers(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def _edge(kind: str, *content: str) -> tuple[str, str]:
    tag = "hdr" if kind == "header" else "ftr"
    inside = "".join(each if each.startswith("<") else para(each) for each in content)
    return kind, f"<w:{tag} {NAMES}>{inside}</w:{tag}>"


def _section(*references: str, extra: str = "") -> str:
    inside = "".join(
        f'<w:{kind}Reference w:type="{page}" r:id="{part}"/>'
        for kind, page, part in (each.split() for each in references)
    )
    return f"<w:sectPr>{inside}{extra}</w:sectPr>"


CASES = (
    Case(
        "a table row by row",
        table(row("Score", "Action"), row("45", "Alarm on")),
        ("Score | Action", "45 | Alarm on"),
        kinds=("row", "row"),
    ),
    Case(
        "cells merged down and across",
        table(
            row(cell("Unit", properties='<w:vMerge w:val="restart"/>'), "Day", "Night"),
            row(cell("not shown", properties="<w:vMerge/>"), "2", "1"),
            row(cell("All", properties='<w:gridSpan w:val="2"/>'), "3"),
        ),
        ("Unit | Day | Night", "| 2 | 1", "All | 3"),
    ),
    Case(
        "cells merged across as old Word does",
        table(
            row(
                cell("Unit", properties='<w:hMerge w:val="restart"/>'),
                cell("", properties="<w:hMerge/>"),
                "x",
            )
        ),
        ("Unit |  | x",),
    ),
    Case(
        "a table in a cell follows its row",
        table(row(cell(para("a"), table(row("x", "y"), row("1", "2")), para("after")), "b")),
        ("a after | b", "x | y", "1 | 2"),
    ),
    Case(
        "a table in a table in a table",
        table(row(cell(para("a"), table(row(cell(para("b"), table(row("c", "d"))), "e"))), "f")),
        ("a | f", "b | e", "c | d"),
    ),
    Case(
        "a table of one cell is a frame",
        table(row(cell(para("Framed."), table(row("x", "y")), para("Still framed.")))),
        ("Framed.", "x | y", "Still framed."),
        kinds=("paragraph", "row", "paragraph"),
    ),
    Case(
        "several paragraphs in a cell",
        table(row(cell(para("Wash."), para("Dry.")), "Nurse")),
        ("Wash. Dry. | Nurse",),
    ),
    Case(
        "controls around paragraphs, rows, cells and words",
        control(para("Block."))
        + table(control(row("a", control(cell("b")))), row("c", cell(para("d ", control(r("e"))))))
        + para("In ", control(r("line")), "."),
        ("Block.", "a | b", "c | d e", "In line."),
    ),
    Case(
        "a control that shows its prompt holds no text",
        para("Owner: ", control(r("Click here to enter text.", _ASKS), _PROMPT))
        + control(para(r("Choose an item.", _ASKS)), _PROMPT)
        + table(
            row("Date", control(cell(para(r("Enter a date.", _ASKS))), _PROMPT)), row("x", "y")
        ),
        ("Owner:", "Date |", "x | y"),
    ),
    Case(
        "a filled control whose switch was forgotten",
        para("Owner: ", control(r("Nursing"), _PROMPT)),
        ("Owner: Nursing",),
    ),
    Case(
        "check boxes and choices",
        para(
            control(r("☒"), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'),
            " Policy ",
            control(r("☐"), '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>'),
            " Form",
        )
        + para(
            "Kind: ",
            control(
                r("Procedure"),
                '<w:dropDownList><w:listItem w:displayText="Policy"'
                ' w:value="1"/><w:listItem w:displayText="Procedure" w:value="2"/>'
                "</w:dropDownList>",
            ),
        ),
        ("☒ Policy ☐ Form", "Kind: Procedure"),
    ),
    Case(
        "a control in a control",
        control(para("Outer ", control(r("inner"))) + control(para("Second."))),
        ("Outer inner", "Second."),
    ),
    Case(
        "a control that is bound to data shows the data",
        para("Number: ", control(r("old"), f"<w:text/>{_BOUND.format('number')}"))
        + para(
            "Again: ", control(r("prompt", _ASKS), f"{_PROMPT}<w:text/>{_BOUND.format('number')}")
        )
        + para("Area: ", control(r("ICU"), f"<w:text/>{_BOUND.format('area')}"))
        + para("Day: ", control(r("4 May"), f"<w:date/>{_BOUND.format('number')}")),
        ("Number: NUR-231", "Again: NUR-231", "Area: ICU", "Day: 4 May"),
        _STORE,
        raw=_STORE_RAW,
    ),
    Case(
        "a drawn text box",
        para("Before.", f"<w:r>{_DRAWN.format(_SHAPE.format(_BOX.format(para('In it.'))))}</w:r>")
        + para("After."),
        ("Before.", "In it.", "After."),
    ),
    Case(
        "a text box of old Word",
        para("Before.", f"<w:r>{_VML.format(_BOX.format(para('In it.') + para('Too.')))}</w:r>")
        + para("After."),
        ("Before.", "In it.", "Too.", "After."),
    ),
    Case(
        "a text box for new and old Word is read once",
        para(
            "Before.",
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
            + _DRAWN.format(_SHAPE.format(_BOX.format(para("In it."))))
            + "</mc:Choice><mc:Fallback>"
            + _VML.format(_BOX.format(para("In it.")))
            + "</mc:Fallback></mc:AlternateContent></w:r>",
        ),
        ("Before.", "In it."),
    ),
    Case(
        "a table in a text box",
        para(f"<w:r>{_VML.format(_BOX.format(table(row('a', 'b')) + para('c')))}</w:r>", "Text."),
        ("Text.", "a | b", "c"),
    ),
    Case(
        "two boxes in one group",
        para(
            "<w:r>"
            + _DRAWN.format("".join(_SHAPE.format(_BOX.format(para(n))) for n in ("One.", "Two.")))
            + "</w:r>"
        ),
        ("One.", "Two."),
    ),
    Case(
        "a diagram's words",
        para(
            "Flow:",
            '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="x">'
            '<dgm:relIds r:dm="r0"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
        ),
        ("Flow:", "Assess", "Call for help"),
        {
            "diagrams/data1.xml": (
                "diagramData",
                f"<dgm:dataModel {NAMES}><dgm:ptLst>{_DRAWN_POINTS}</dgm:ptLst></dgm:dataModel>",
            )
        },
    ),
    Case(
        "footnotes in the order of their marks",
        para("Weigh daily.", _refers("footnote", 3)) + para("Record it.", _refers("footnote", 2)),
        ("Weigh daily.", "Record it.", "Not on Sundays.", "In the chart."),
        {"footnotes.xml": _notes("footnote", "In the chart.", "Not on Sundays.")},
    ),
    Case(
        "endnotes after footnotes, and a note of a table",
        para("Weigh daily.", _refers("endnote", 2))
        + table(row("a", cell(para("b", _refers("footnote", 2))))),
        ("Weigh daily.", "a | b", "Foot.", "End."),
        {"footnotes.xml": _notes("footnote", "Foot."), "endnotes.xml": _notes("endnote", "End.")},
    ),
    Case(
        "a header and a footer",
        para("Body.") + _section("header default r0", "footer default r1"),
        ("Mercy Hospital | NUR-231", "Body.", "Printed copies are not controlled."),
        {
            "header1.xml": _edge("header", table(row("Mercy Hospital", "NUR-231"))),
            "footer1.xml": _edge(
                "footer",
                "Printed copies are not controlled.",
                para("Page ", complex_field("PAGE", "1")),
            ),
        },
        kinds=("header", "paragraph", "header"),
    ),
    Case(
        "a first page of its own",
        para("Body.") + _section("header default r0", "header first r1", extra="<w:titlePg/>"),
        ("First page", "Other pages", "Body."),
        {
            "header1.xml": _edge("header", "Other pages"),
            "header2.xml": _edge("header", "First page"),
        },
    ),
    Case(
        "a first page and even pages that are no longer shown",
        para("Body.") + _section("header default r0", "header first r1", "header even r2"),
        ("Shown", "Body."),
        {
            "header1.xml": _edge("header", "Shown"),
            "header2.xml": _edge("header", "Stale first, NUR-100"),
            "header3.xml": _edge("header", "Stale even"),
        },
    ),
    Case(
        "even pages",
        para("Body.") + _section("header default r0", "header even r1"),
        ("Odd", "Even", "Body."),
        {
            "header1.xml": _edge("header", "Odd"),
            "header2.xml": _edge("header", "Even"),
            "settings.xml": (
                "settings",
                f"<w:settings {NAMES}><w:evenAndOddHeaders/></w:settings>",
            ),
        },
    ),
    Case(
        "sections with headers of their own, and one that inherits",
        para("One.", properties=_section("header default r1"))
        + para("Two.", properties=_section("header default r0"))
        + para("Three.")
        + _section(),
        ("Section one", "Section two", "One.", "Two.", "Three."),
        {
            "header1.xml": _edge("header", "Section two"),
            "header2.xml": _edge("header", "Section one"),
        },
    ),
    Case(
        "another document taken in is warned of",
        para("Before.") + '<w:altChunk r:id="r0"/>' + para("After."),
        ("Before.", "After."),
        {"chunk.html": ("aFChunk", "<p>In it.</p>")},
        warnings=("another document inside it (altChunk)",),
    ),
    Case(
        "an embedded object is warned of",
        para(
            "Doses:",
            '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="r0"/></w:object></w:r>',
        ),
        ("Doses:",),
        {"embeddings/book.bin": ("oleObject", "x")},
        warnings=("an embedded object",),
    ),
    Case(
        "text around tables and headings keeps its order",
        styled("H1", "Doses")
        + para("As ordered:")
        + table(row("Drug", "mg"), row("A", "5"))
        + para("Then record.")
        + styled("H2", "Children")
        + table(row("Drug", "mg"), row("A", "1")),
        (
            "Doses",
            "As ordered:",
            "Drug | mg",
            "A | 5",
            "Then record.",
            "Children",
            "Drug | mg",
            "A | 1",
        ),
        {"styles.xml": styles(*HEADINGS)},
        kinds=("heading", "paragraph", "row", "row", "paragraph", "heading", "row", "row"),
    ),
)
