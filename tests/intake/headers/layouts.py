"""The hand-labelled header layouts: their files, made on the spot, and their truths.

`tuned.txt` was looked at while the parser was tuned; `kept.txt` was written beside it and left
alone until it was measured. A layout is its name, "[format order]", its lines, "--", its truth.
Word: "| a | b |" is a table's row, "# " a title, "^ " and "_ " page header and footer. PDF: "22@"
is a size, " || " parts two columns, "_ " is a footer. "..." is where the policy's text stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from gross.intake import read
from gross.intake.types import Reading
from tests.intake.makers import W, p, pdf, word

HERE = Path(__file__).parent
ORDERS = {"mdy": False, "dmy": True, "-": None}
TEXT = "To keep patients safe while they are with us, every day and every night."
LISTS = ("reviewed", "revised")


@dataclass(frozen=True, slots=True)
class Layout:
    name: str
    format: str
    day_first: bool | None
    lines: tuple[str, ...]
    truth: tuple[str, ...]


def layouts(half: str) -> Iterator[Layout]:
    text = (HERE / f"{half}.txt").read_text()
    for piece in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        head, _, rest = piece.partition("\n")
        # A front matter's own dashes stand before the last line of "--".
        lines, _, truth = rest.rpartition("\n--\n")
        name, written, order = re.fullmatch(r"(.+) \[(\w+) (\S+)\]", head).groups()
        yield Layout(
            name,
            written,
            ORDERS[order],
            tuple(lines.split("\n")),
            tuple(line for line in truth.strip().split("\n") if line),
        )


def reading_of(layout: Layout) -> Reading:
    make, extension = MAKERS[layout.format]
    return read(f"x.{extension}", make(layout.lines), day_first=layout.day_first)


def _text(lines: tuple[str, ...]) -> bytes:
    return ("\n".join(lines) + f"\n\nPURPOSE\n\n{TEXT}\n").encode()


def _markdown(lines: tuple[str, ...]) -> bytes:
    return ("\n".join(lines) + f"\n\n## Purpose\n\n{TEXT}\n").encode()


def _html(lines: tuple[str, ...]) -> bytes:
    body = "\n".join(lines)
    return f"<html><body>{body}<h2>Purpose</h2><p>{TEXT}</p></body></html>".encode()


def _docx(lines: tuple[str, ...]) -> bytes:
    parts: dict[str, str] = {}
    body, rows, has_text = "", "", False
    for line in (*lines, ""):
        if line.startswith("| "):
            rows += f"<w:tr>{''.join(_cell(cell) for cell in line.strip('| ').split(' | '))}</w:tr>"
            continue
        body += f"<w:tbl>{rows}</w:tbl>" if rows else ""
        rows = ""
        if line == "...":
            body, has_text = body + _body(), True
        elif line.startswith("# "):
            body += p(escape(line[2:]), '<w:pStyle w:val="Title"/>')
        elif line.startswith(("^ ", "_ ")):
            name = "header" if line[0] == "^" else "footer"
            tag = "hdr" if line[0] == "^" else "ftr"
            parts[f"{name}1"] = f"<w:{tag} {W}>{p(escape(line[2:]))}</w:{tag}>"
        elif line:
            body += p(escape(line))
    styles = f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/>'
    parts["styles"] = f"{styles}</w:style></w:styles>"
    return word(body if has_text else body + _body(), **parts)


def _cell(words: str) -> str:
    return f"<w:tc>{p(escape(words.strip()))}</w:tc>"


def _body() -> str:
    return p("PURPOSE") + "".join(p(f"{n}. {TEXT} It is rule {n} of all.") for n in range(1, 70))


def _pdf(lines: tuple[str, ...]) -> bytes:
    pages = []
    for page in range(3):
        drawn, height = [], 740.0
        for line in lines if page == 0 else ():
            size, words = re.fullmatch(r"(?:(\d+)@)?(.*)", line).groups()
            if not line.startswith("_ "):
                for n, part in enumerate(words.split(" || ")):
                    drawn.append((72 + 250 * n, height, float(size or 11), part.strip()))
                height -= 26
        drawn.append(
            (72, height - 20, 13.0, "PURPOSE" if page == 0 else "RULES " + "ABC"[page] * 4)
        )
        drawn += [(72, height - 50 - 16 * n, 11.0, f"{TEXT} ({page}.{n})") for n in range(12)]
        foot = [line[2:] for line in lines if line.startswith("_ ")]
        drawn += [(72, 40, 9.0, re.sub(r"Page 1", f"Page {page + 1}", words)) for words in foot]
        pages.append(drawn)
    return pdf(pages)


MAKERS = {
    "text": (_text, "txt"),
    "md": (_markdown, "md"),
    "html": (_html, "html"),
    "docx": (_docx, "docx"),
    "pdf": (_pdf, "pdf"),
}


def told(layout: Layout) -> set[tuple[str, str]]:
    """The truth as (field, value); each date of a list counts."""
    values = set()
    for line in layout.truth:
        name, _, value = line.partition(": ")
        if name in LISTS:
            values |= {(name, each.strip()) for each in value.split(",")}
        elif name == "approval":
            who, office, date = (part.strip() for part in f"{value} ".split("|"))
            values.add((name, f"{who}|{office}|{date}"))
        elif name != "note":
            values.add((name, value))
    return values


def understood(reading: Reading) -> set[tuple[str, str]]:
    """What was read, as (field, value); an ambiguous date carries "?"."""
    fields = (
        *("title", "number", "kind", "owner", "area", "applies_to", "originated", "effective"),
        *("reviewed", "revised", "next_review", "expires", "site_implementation", "version"),
        "supersedes",
    )
    values = {
        (name, each.value + "?" * each.is_ambiguous)
        for name in fields
        for each in reading.found.get(name, ())
    }
    return values | {
        ("approval", f"{each.who}|{each.office}|{each.date}") for each in reading.approvals
    }
