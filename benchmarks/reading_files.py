"""Mixed files with known words: the same each time, in the words of real policies.

A file's truth is what was put in: its words in order, its headings, table cells and list numbers.
"""

from __future__ import annotations

import html
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import docx
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

WORDS_A_PAGE = 350
FORMATS = ("docx", "pdf", "html", "md", "txt", "rtf", "odt")
_NS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)
_NUMBERS = (
    '<office:automatic-styles><text:list-style style:name="L1"><text:list-level-style-number '
    'text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>'
    "</office:automatic-styles>"
)


@dataclass(frozen=True)
class Piece:
    """kind: "h1", "h2", "p", "li" (numbered) or "row"."""

    kind: str
    text: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Truth:
    pages: int
    pieces: list[Piece] = field(default_factory=list)

    def words(self) -> list[str]:
        return " ".join(each.text or " ".join(each.cells) for each in self.pieces).split()

    def headings(self) -> list[str]:
        return [each.text for each in self.pieces if each.kind in {"h1", "h2"}]

    def cells(self) -> list[str]:
        return [cell for each in self.pieces for cell in each.cells]


def real_words(shared: Path) -> list[str]:
    """The words of real policies; a few of our own where the shared data is not there."""
    paths = sorted((shared / "data" / "hipaa-forks" / "docs").rglob("*.md"))[:40]
    text = " ".join(path.read_text(errors="replace") for path in paths)
    text = text or "Staff wash their hands before each patient and after each procedure. " * 50
    return [word for word in text.split() if word.isascii() and word.replace("-", "").isalnum()]


def truth(n: int, words: list[str]) -> Truth:
    """A policy of 4 to 36 pages, 20 on average, the same for the same `n`."""
    chance = random.Random(n)  # noqa: S311 -- the same file each time
    pages = chance.randint(4, 36)
    pieces: list[Piece] = []
    left = pages * WORDS_A_PAGE

    def some(least: int, most: int) -> str:
        at = chance.randrange(len(words) - most)
        return " ".join(words[at : at + chance.randint(least, most)])

    while left > 0:
        made = [Piece("h1", some(2, 5).title())]
        for _ in range(2):
            made += [Piece("h2", some(2, 5).title()), Piece("p", some(60, 120) + ".")]
            made += [Piece("p", some(30, 80) + ".")]
            made += [Piece("li", some(8, 20) + ".") for _ in range(4)]
        made += [
            Piece("row", cells=(some(1, 3), some(2, 6), str(chance.randint(1, 999))))
            for _ in range(6)
        ]
        left -= sum(len((each.text or " ".join(each.cells)).split()) for each in made)
        pieces += made
    return Truth(pages, pieces)


def as_docx(told: Truth) -> bytes:
    document = docx.Document()
    table = None
    for each in told.pieces:
        if each.kind == "row":
            table = table or document.add_table(rows=0, cols=3)
            for cell, words in zip(table.add_row().cells, each.cells, strict=True):
                cell.text = words
            continue
        table = None
        if each.kind in {"h1", "h2"}:
            document.add_heading(each.text, int(each.kind[1]))
        else:
            style = "List Number" if each.kind == "li" else None
            document.add_paragraph(each.text, style=style)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_pdf(told: Truth) -> bytes:
    styles = getSampleStyleSheet()
    flow: list[object] = []
    items, rows = 0, []
    per_page = max(1, len(told.pieces) // told.pages)
    for counts, each in enumerate(told.pieces, 1):
        if rows and each.kind != "row":
            flow.append(Table(rows, style=TableStyle([("GRID", (0, 0), (-1, -1), 1, "black")])))
            rows = []
        items = items + 1 if each.kind == "li" else 0
        if each.kind == "row":
            rows.append(list(each.cells))
        elif each.kind in {"h1", "h2"}:
            flow.append(Paragraph(each.text, styles[f"Heading{each.kind[1]}"]))
        else:
            number = f"{items}. " if each.kind == "li" else ""
            flow.append(Paragraph(number + each.text, styles["BodyText"]))
        if counts % per_page == 0 and not rows:
            flow.append(PageBreak())
    if rows:
        flow.append(Table(rows, style=TableStyle([("GRID", (0, 0), (-1, -1), 1, "black")])))
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=letter, invariant=1).build(flow)
    return buffer.getvalue()


def as_html(told: Truth) -> bytes:
    tags = {"h1": "h1", "h2": "h2", "p": "p", "li": "li"}
    made = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in each.cells) + "</tr>"
        if each.kind == "row"
        else f"<{tags[each.kind]}>{html.escape(each.text)}</{tags[each.kind]}>"
        for each in told.pieces
    )
    made = _around(made, "li", "<ol>", "</ol>")
    return f"<html><body>{_around(made, 'tr', '<table>', '</table>')}</body></html>".encode()


def _around(made: str, tag: str, opens: str, closes: str) -> str:
    """Put a list or table around each run of its items or rows."""
    made = made.replace(f"<{tag}>", f"{opens}<{tag}>").replace(f"</{tag}>", f"</{tag}>{closes}")
    return made.replace(f"{closes}{opens}", "")


def as_md(told: Truth) -> bytes:
    lines: list[str] = []
    before = ""
    for each in told.pieces:
        if each.kind == "row":
            if before != "row":
                lines += ["", "| A | B | C |", "|---|---|---|"]
            lines.append(f"| {' | '.join(each.cells)} |")
        else:
            marks = {"h1": "# ", "h2": "## ", "p": "", "li": "1. "}
            lines += ["", marks[each.kind] + each.text]
        before = each.kind
    return "\n".join(lines).encode()


def as_txt(told: Truth) -> bytes:
    lines = []
    items = 0
    for each in told.pieces:
        items = items + 1 if each.kind == "li" else 0
        text = each.text.upper() if each.kind == "h1" else each.text or " | ".join(each.cells)
        lines.append(f"{items}. {text}" if items else text)
    return "\n\n".join(lines).encode()


def as_rtf(told: Truth) -> bytes:
    made = [r"{\rtf1\ansi\ansicpg1252{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2 heading 2;}}"]
    items = 0
    for each in told.pieces:
        items = items + 1 if each.kind == "li" else 0
        if each.kind == "row":
            cells = "".join(f"\\intbl {cell}\\cell " for cell in each.cells)
            ends = r"\cellx3000\cellx6000\cellx9000"
            made.append(f"\\trowd{ends}\\pard{cells}\\row")
        elif each.kind in {"h1", "h2"}:
            made.append(f"\\pard\\s{each.kind[1]} {each.text}\\par")
        elif each.kind == "li":
            made.append(f"\\pard\\ls1{{\\listtext\t{items}.\t}}{each.text}\\par")
        else:
            made.append(f"\\pard {each.text}\\par")
    return "\n".join([*made, "}"]).encode("cp1252")


def as_odt(told: Truth) -> bytes:
    pieces = []
    for each in told.pieces:
        text = html.escape(each.text)
        if each.kind == "row":
            cells = "".join(
                f"<table:table-cell><text:p>{html.escape(cell)}</text:p></table:table-cell>"
                for cell in each.cells
            )
            pieces.append(f"<table:table-row>{cells}</table:table-row>")
        elif each.kind == "li":
            pieces.append(f"<text:list-item><text:p>{text}</text:p></text:list-item>")
        elif each.kind == "p":
            pieces.append(f"<text:p>{text}</text:p>")
        else:
            level = each.kind[1]
            pieces.append(f'<text:h text:outline-level="{level}">{text}</text:h>')
    body = _around(
        "".join(pieces), "text:list-item", '<text:list text:style-name="L1">', "</text:list>"
    )
    body = _around(body, "table:table-row", "<table:table>", "</table:table>")
    content = (
        f"<office:document-content {_NS}>{_NUMBERS}<office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.text"/></manifest:manifest>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


MAKERS: dict[str, Callable[[Truth], bytes]] = {
    "docx": as_docx,
    "pdf": as_pdf,
    "html": as_html,
    "md": as_md,
    "txt": as_txt,
    "rtf": as_rtf,
    "odt": as_odt,
}


def make(folder: Path, count: int, words: list[str]) -> list[tuple[Path, int]]:
    """Write `count` files, each format in turn; give each with the number of its truth."""
    made = []
    for n in range(count):
        kind = FORMATS[n % len(FORMATS)]
        path = folder / f"{n:05}.{kind}"
        path.write_bytes(MAKERS[kind](truth(n, words)))
        made.append((path, n))
    return made
