"""What is measured: our readers and their peers, each as a function from bytes to text.

Each peer does what its documents show for "give me the text": its own words, tables included where
it reads them. What that leaves out is said beside it.
"""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from benchmarks.reading_files import FORMATS
from gross.intake import READERS, read

Tool = Callable[[str, bytes], str]


def ours(name: str, content: bytes) -> str:
    """The format's reader alone: text, headings, numbers, tables, page edges, notes, links."""
    draft = READERS[Path(name).suffix](name, content)
    return draft.text or "\n".join(block.shown for block in draft.blocks)


def ours_whole(name: str, content: bytes) -> str:
    """What an import does: header fields and references are found and offsets counted, too."""
    return read(name, content).text


def python_docx(_name: str, content: bytes) -> str:
    """Paragraphs and tables of the body in order; no numbers, page edges, notes, text boxes."""
    document = importlib.import_module("docx").Document(io.BytesIO(content))
    shown = [
        each.text
        if hasattr(each, "text")
        else "\n".join(" | ".join(cell.text for cell in row.cells) for row in each.rows)
        for each in document.iter_inner_content()
    ]
    return "\n".join(shown)


def mammoth(_name: str, content: bytes) -> str:
    made = importlib.import_module("mammoth").convert_to_html(io.BytesIO(content)).value
    return re.sub(r"<[^>]+>", " ", made)


def markitdown() -> Tool:
    tool = importlib.import_module("markitdown").MarkItDown()

    def tell(name: str, content: bytes) -> str:
        extension = Path(name).suffix
        return str(tool.convert_stream(io.BytesIO(content), file_extension=extension).text_content)

    return tell


def pypdf(_name: str, content: bytes) -> str:
    pages = importlib.import_module("pypdf").PdfReader(io.BytesIO(content)).pages
    return "\n".join(page.extract_text() for page in pages)


def pdfplumber(_name: str, content: bytes) -> str:
    with importlib.import_module("pdfplumber").open(io.BytesIO(content)) as file:
        return "\n".join(page.extract_text() or "" for page in file.pages)


def raw_pdfium(_name: str, content: bytes) -> str:
    """Each page's characters as they come: no paragraphs, tables, columns or running edges."""
    document = pypdfium2.PdfDocument(content)
    texts = []
    for page in document:
        text_page = page.get_textpage()
        texts.append(text_page.get_text_bounded())
        text_page.close()
        page.close()
    document.close()
    return "\n".join(texts)


def kreuzberg() -> Tool:
    library = importlib.import_module("kreuzberg")
    kinds = {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pdf": "application/pdf",
        "html": "text/html",
        "md": "text/markdown",
        "txt": "text/plain",
        "rtf": "application/rtf",
        "odt": "application/vnd.oasis.opendocument.text",
    }

    def tell(name: str, content: bytes) -> str:
        found = library.extract_bytes_sync(content, kinds[name.rpartition(".")[2]])
        return str(found.content)

    return tell


# name, the package to ask for, how to make the tool, the formats that it reads
TOOLS: tuple[tuple[str, str, Callable[[], Tool], tuple[str, ...]], ...] = (
    ("gross reader", "gross", lambda: ours, FORMATS),
    ("gross whole", "gross", lambda: ours_whole, FORMATS),
    ("python-docx", "python-docx", lambda: python_docx, ("docx",)),
    ("mammoth", "mammoth", lambda: mammoth, ("docx",)),
    ("pypdfium2 raw", "pypdfium2", lambda: raw_pdfium, ("pdf",)),
    ("pypdf", "pypdf", lambda: pypdf, ("pdf",)),
    ("pdfplumber", "pdfplumber", lambda: pdfplumber, ("pdf",)),
    ("markitdown", "markitdown", markitdown, ("docx", "html", "md", "txt")),
    ("kreuzberg", "kreuzberg", kreuzberg, FORMATS),
)
