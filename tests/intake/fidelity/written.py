"""What stands in a paragraph: fields, links, breaks, hyphens, symbols, formulas."""

from __future__ import annotations

from tests.intake.fidelity.pieces import (
    HEADINGS,
    Case,
    cell,
    code,
    complex_field,
    mark,
    para,
    r,
    row,
    style,
    styled,
    styles,
    table,
)

_DOWN = '<w:checkBox><w:default w:val="0"/>{}</w:checkBox>'
_LIST = (
    '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Day"/><w:listEntry w:val="Night"/>'
    "</w:ddList>"
)
_SYMBOL = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
_CONTENTS = {
    "styles.xml": styles(*HEADINGS, style("T1", name="toc 1"), style("T0", name="TOC Heading"))
}

CASES = (
    Case(
        "a field shows its result and not its instruction",
        para("Page ", complex_field("PAGE", "4"), " of ", complex_field("NUMPAGES", "9"), " pages"),
        ("Page 4 of 9 pages",),
    ),
    Case(
        "a simple field",
        para("Owner: ", f'<w:fldSimple w:instr=" DOCPROPERTY Owner ">{r("Nursing")}</w:fldSimple>'),
        ("Owner: Nursing",),
    ),
    Case(
        "a field inside another field's instruction",
        para(
            mark("begin"),
            code("IF"),
            complex_field("DOCPROPERTY Draft", "yes"),
            code('= "yes" "DRAFT" ""'),
            mark("separate"),
            r("DRAFT"),
            mark("end"),
            r(" Falls"),
        ),
        ("DRAFT Falls",),
    ),
    Case(
        "a field inside another field's result",
        para(complex_field("QUOTE", "See ", complex_field("REF x", "section 4"), " first.")),
        ("See section 4 first.",),
    ),
    Case(
        "a field that never ends is text",
        para(mark("begin"), code("REF x"), r("Still read."), mark("separate"), r(" All of it.")),
        ("Still read. All of it.",),
    ),
    Case(
        "a field over two paragraphs",
        para(mark("begin"), code("QUOTE x"), mark("separate"), r("One."))
        + para(r("Two."), mark("end"), r(" Three.")),
        ("One.", "Two. Three."),
    ),
    Case(
        "form fields of old Word",
        para(
            mark("begin", f"<w:ffData>{_DOWN.format('')}</w:ffData>"),
            code("FORMCHECKBOX"),
            mark("end"),
            r(" Adult "),
            mark("begin", f"<w:ffData>{_DOWN.format('<w:checked/>')}</w:ffData>"),
            code("FORMCHECKBOX"),
            mark("separate"),
            mark("end"),
            r(" Child"),
        )
        + para(
            mark("begin", f"<w:ffData>{_LIST}</w:ffData>"),
            code("FORMDROPDOWN"),
            mark("end"),
            r(" shift"),
        ),
        ("☐ Adult ☒ Child", "Night shift"),
    ),
    Case(
        "a table of contents is marked",
        styled("T0", "Contents")
        + styled(
            "T1",
            mark("begin"),
            code('TOC \\o "1-3"'),
            mark("separate"),
            r("Purpose"),
            "<w:r><w:tab/></w:r>",
            r("1"),
        )
        + styled("T1", r("Procedure"), "<w:r><w:tab/></w:r>", r("2"))
        + para(mark("end"))
        + styled("H1", "Purpose")
        + para("To keep patients safe."),
        ("Contents", "Purpose 1", "Procedure 2", "Purpose", "To keep patients safe."),
        _CONTENTS,
        kinds=("header", "header", "header", "heading", "paragraph"),
    ),
    Case(
        "a table of contents without its styles is marked",
        para(mark("begin"), code("TOC"), mark("separate"), r("Purpose 1"))
        + para("Procedure 2")
        + para(mark("end"), r("Begins here."))
        + styled("H1", "Purpose")
        + para("To keep patients safe."),
        ("Purpose 1", "Procedure 2", "Begins here.", "Purpose", "To keep patients safe."),
        _CONTENTS,
        kinds=("header", "header", "paragraph", "heading", "paragraph"),
    ),
    Case(
        "a link with its target",
        para("See ", f'<w:hyperlink r:id="x0">{r("the ")}{r("manual")}</w:hyperlink>', "."),
        ("See the manual.",),
        outside=("https://example.org/manual",),
        links=(("the manual", "https://example.org/manual"),),
    ),
    Case(
        "a link to a place in the document, and one with both",
        para(
            f'<w:hyperlink w:anchor="s4">{r("section 4")}</w:hyperlink>',
            " and ",
            f'<w:hyperlink r:id="x0" w:anchor="p2">{r("page 2")}</w:hyperlink>',
        ),
        ("section 4 and page 2",),
        outside=("other.docx",),
        links=(("section 4", "#s4"), ("page 2", "other.docx#p2")),
    ),
    Case(
        "a link that is a field",
        para(
            "See ",
            complex_field('HYPERLINK "https://example.org/a b" \\o "tip"', "IC-014"),
            " and ",
            complex_field('HYPERLINK \\l "top"', "above"),
            ".",
        ),
        ("See IC-014 and above.",),
        links=(("IC-014", "https://example.org/a b"), ("above", "#top")),
    ),
    Case(
        "a link in a table cell",
        table(row("Form", cell(para("Use ", f'<w:hyperlink r:id="x0">{r("F-12")}</w:hyperlink>')))),
        ("Form | Use F-12",),
        outside=("https://example.org/f12",),
        links=(("F-12", "https://example.org/f12"),),
    ),
    Case(
        "tabs and breaks part words",
        para(
            "<w:r><w:t>Dose</w:t><w:tab/><w:t>5 mg</w:t><w:br/><w:t>twice</w:t>"
            '<w:br w:type="page"/><w:t>daily</w:t><w:cr/><w:t>at</w:t><w:ptab/><w:t>8</w:t></w:r>'
        ),
        ("Dose 5 mg twice daily at 8",),
    ),
    Case(
        "soft hyphens vanish and hard ones stay",
        para(
            "<w:r><w:t>anti</w:t><w:softHyphen/><w:t>coagulation, IC</w:t><w:noBreakHyphen/>"
            "<w:t>014</w:t></w:r>"
        ),
        ("anticoagulation, IC-014",),
    ),
    Case(
        "spaces are kept where runs meet",
        para("Wash ", r("hands", "<w:b/>"), " now", ", ", "please", "."),
        ("Wash hands now, please.",),
    ),
    Case(
        "symbols of the symbol fonts",
        para(
            "Fever ",
            _SYMBOL.format("Symbol", "F0B3"),
            " 38.5 ",
            _SYMBOL.format("Symbol", "F0B0"),
            "C; 5 ",
            _SYMBOL.format("Symbol", "F06D"),
            "g ",
            _SYMBOL.format("Wingdings", "F0E0"),
            " call",
        ),
        ("Fever ≥ 38.5 °C; 5 μg → call",),
    ),
    Case(
        "boxes of the symbol fonts",
        para(
            _SYMBOL.format("Wingdings", "F0FE"),
            " Yes ",
            _SYMBOL.format("Wingdings", "F06F"),
            " No ",
            _SYMBOL.format("Wingdings 2", "F052"),
            " Both",
        ),
        ("☑ Yes □ No ☑ Both",),
    ),
    Case(
        "private characters in text of a symbol font",
        para(r("\uf0a3", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), " 40 kg"),
        ("≤ 40 kg",),
    ),
    Case(
        "a formula shows its letters",
        para("BMI ", "<m:oMath><m:r><m:t>= kg/m²</m:t></m:r></m:oMath>"),
        ("BMI = kg/m²",),
    ),
    Case(
        "ruby shows its base",
        para(
            "<w:r><w:ruby><w:rt><w:r><w:t>above</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>base</w:t>"
            "</w:r></w:rubyBase></w:ruby></w:r>"
        ),
        ("base",),
    ),
    Case(
        "a drop cap is the first letter of its paragraph",
        para("E", properties='<w:framePr w:dropCap="drop" w:lines="2"/>')
        + para("very patient is weighed."),
        ("Every patient is weighed.",),
    ),
    Case(
        "smart tags and directions are looked through",
        para(
            '<w:smartTag w:element="place"><w:r><w:t>Boston</w:t></w:r></w:smartTag>',
            '<w:bdo w:val="ltr"><w:r><w:t> office</w:t></w:r></w:bdo>',
        ),
        ("Boston office",),
    ),
    Case(
        "headings by style, by outline level and by a style's base",
        styled("H1", "Purpose")
        + para("Text.")
        + styled("Ours", "Scope")
        + para("By itself", properties='<w:outlineLvl w:val="1"/>')
        + para("More."),
        ("Purpose", "Text.", "Scope", "By itself", "More."),
        {"styles.xml": styles(*HEADINGS, style("Ours", '<w:basedOn w:val="H2"/>'))},
        kinds=("heading", "paragraph", "heading", "heading", "paragraph"),
    ),
)
