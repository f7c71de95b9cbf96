"""Word's XML in pieces, for documents that are written by hand and open in any word processor."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from tests.intake.makers import zipped

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": OFFICE,
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True, slots=True)
class Case:
    """A document and the truth about it, written by hand.

    `lines`: the text in reading order. `parts`: a part's name to its kind and its XML, with ids r0,
    r1, ... in their order. `outside`: addresses with ids x0, x1, ... `asides`: kind, text, and the
    line in whose span or at whose edge it stands. `links`: words and target. `kinds`: of passages.
    """

    name: str
    body: str
    lines: tuple[str, ...]
    parts: dict[str, tuple[str, str]] = field(default_factory=dict)
    outside: tuple[str, ...] = ()
    asides: tuple[tuple[str, str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    kinds: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    raw: dict[str, str] = field(default_factory=dict)


def docx(case: Case) -> bytes:
    """The document of a case, as a file."""
    related = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{name}"/>'
        for n, (name, (kind, _)) in enumerate(case.parts.items())
    )
    related += "".join(
        f'<Relationship Id="x{n}" Type="{OFFICE}/hyperlink" Target="{address}" '
        'TargetMode="External"/>'
        for n, address in enumerate(case.outside)
    )
    types = "".join(
        f'<Override PartName="/word/{name}" ContentType="{_MAIN}.{kind}+xml"/>'
        for name, (kind, _) in case.parts.items()
        if name.endswith(".xml") and not name.startswith("..")
    )
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
        f"{types}</Types>",
        "_rels/.rels": f'{relations}<Relationship Id="r" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"{relations}{related}</Relationships>",
        "word/document.xml": f"<w:document {NAMES}><w:body>{case.body}</w:body></w:document>",
    }
    inside = {posixpath.normpath(f"word/{name}"): xml for name, (_, xml) in case.parts.items()}
    return zipped({**files, **inside, **case.raw})


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def r(text: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{t(text)}</w:r>"


def para(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; one that is no XML is taken as text."""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def styled(style: str, *runs: str, properties: str = "") -> str:
    return para(*runs, properties=f'<w:pStyle w:val="{style}"/>{properties}')


def cell(*content: str, properties: str = "") -> str:
    inside = "".join(each if each.startswith("<") else para(each) for each in content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or para('')}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    inside = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inside}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def inserted(*inside: str) -> str:
    return f'<w:ins w:id="90" w:author="x">{"".join(inside)}</w:ins>'


def deleted(text: str) -> str:
    run = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:del w:id="91" w:author="x">{run}</w:del>'


def control(inside: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def mark(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def code(instruction: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'


def complex_field(instruction: str, *result: str) -> str:
    inside = "".join(run if run.startswith("<") else r(run) for run in result)
    return f"{mark('begin')}{code(instruction)}{mark('separate')}{inside}{mark('end')}"


def styles(*each: str) -> tuple[str, str]:
    return "styles", f"<w:styles {NAMES}>{''.join(each)}</w:styles>"


def style(style_id: str, inside: str = "", name: str = "", kind: str = "paragraph") -> str:
    name = f'<w:name w:val="{name or style_id}"/>'
    return f'<w:style w:type="{kind}" w:styleId="{style_id}">{name}{inside}</w:style>'


HEADINGS = tuple(
    style(f"H{n}", f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr>', f"heading {n}")
    for n in (1, 2, 3)
)


def level(depth: int, text: str, form: str = "decimal", extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{number}">{kind}{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, *overrides: str) -> str:
    inside = f'<w:abstractNumId w:val="{of}"/>{"".join(overrides)}'
    return f'<w:num w:numId="{number}">{inside}</w:num>'


def starts_at(depth: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def numbering(*each: str) -> tuple[str, str]:
    return "numbering", f"<w:numbering {NAMES}>{''.join(each)}</w:numbering>"


def lists(*levels: str) -> dict[str, tuple[str, str]]:
    """The usual case: one list, number 1, of these levels."""
    return {"numbering.xml": numbering(abstract(0, *levels), num(1, 0))}


def in_list(depth: int = 0, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def item(text: str, depth: int = 0, number: int = 1) -> str:
    return para(*([text] if text else []), properties=in_list(depth, number))
