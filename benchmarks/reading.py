"""Readers beside their peers: pages a second by format, how much was kept, and the parent's memory.

2,000 mixed files of 20 pages on average. Each tool reads the same files in one process of its own,
one after the other; ours once more behind its guarded process, as an import has it.
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
import multiprocessing
import os
import re
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pypdfium2
from rapidfuzz.distance import LCSseq

from benchmarks.reading_files import FORMATS, Truth, make, real_words, truth
from benchmarks.shared import machine, shared, table
from gross.intake import read
from gross.intake.child import ReaderProcess

FILES = 140
GROWTH = (100, 500, 2_000)
SCORED = 5  # files of each format whose text is held against the truth
SECONDS = 90.0  # for one tool and format; what it has not read by then is not counted

Tool = Callable[[str, bytes], str]


def ours(name: str, content: bytes) -> str:
    return read(name, content).text


def python_docx(_name: str, content: bytes) -> str:
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
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


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
    ("gross", "gross", lambda: ours, FORMATS),
    ("python-docx", "python-docx", lambda: python_docx, ("docx",)),
    ("mammoth", "mammoth", lambda: mammoth, ("docx",)),
    ("pypdfium2 raw", "pypdfium2", lambda: raw_pdfium, ("pdf",)),
    ("pypdf", "pypdf", lambda: pypdf, ("pdf",)),
    ("pdfplumber", "pdfplumber", lambda: pdfplumber, ("pdf",)),
    ("markitdown", "markitdown", markitdown, ("docx", "html", "md", "txt")),
    ("kreuzberg", "kreuzberg", kreuzberg, FORMATS),
)


def main(files: int = FILES, growth: tuple[int, ...] = ()) -> bool:
    words = real_words(shared())
    print(f"\nreaders on {files} generated files of 20 pages on average; {machine()}")
    rows: list[tuple[str, ...]] = [
        ("format", "tool", "files", "pages/s", "ours x", "words", "headings", "cells", "numbers")
    ]
    with tempfile.TemporaryDirectory() as scratch:
        made = make(Path(scratch), files, words)
        for kind in FORMATS:
            few = [pair for pair in made[:files] if pair[0].suffix == f".{kind}"]
            rows += _format_rows(kind, few, words)
        print(table(rows))
        print(
            "pages/s of one process; ours x: how many times as fast ours is; words: share of the "
            "truth's words in order;\nheadings, cells: share found whole; numbers: share of list "
            "items with the number they show (Word's and ODT's are automatic)."
        )
        _print_growth(made, growth)
    return True


def _format_rows(kind: str, few: list[tuple[Path, int]], words: list[str]) -> list[tuple[str, ...]]:
    rows = []
    own = 0.0
    for name, package, _, formats in TOOLS:
        if kind not in formats:
            continue
        known = _version(package)
        if not known:
            rows.append((kind, name, "not installed", *[""] * 6))
            continue
        told = _in_own_process(name, few, words)
        if "error" in told:
            rows.append((kind, f"{name} {known}", f"failed: {told['error'][:60]}", *[""] * 6))
            continue
        own = own or float(told["speed"])
        marks = (f"{told[each]:.3f}" for each in ("words", "headings", "cells", "numbers"))
        speed = float(told["speed"])
        rows.append(
            (
                kind,
                f"{name} {known}",
                str(told["files"]),
                f"{speed:,.0f}",
                f"{own / speed:.1f}",
                *marks,
            )
        )
    return rows


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _in_own_process(name: str, few: list[tuple[Path, int]], words: list[str]) -> dict[str, object]:
    """One tool on one format: a peer's memory and crashes are its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(there, name, few, words))
    process.start()
    there.close()
    try:
        told = json.loads(here.recv()) if here.poll(SECONDS + 60) else {"error": "took too long"}
    except EOFError:
        told = {"error": "crashed"}
    process.kill()
    process.join()
    return dict(told)


def _measure(there: object, name: str, few: list[tuple[Path, int]], words: list[str]) -> None:
    make_tool = next(each for tool, _, each, _ in TOOLS if tool == name)
    try:
        told = _told(make_tool(), few, words)
    except Exception as error:  # a peer may raise anything; it is printed
        told = {"error": f"{type(error).__name__}: {error}"}
    there.send(json.dumps(told))  # type: ignore[attr-defined]


def _told(tool: Tool, few: list[tuple[Path, int]], words: list[str]) -> dict[str, object]:
    tool(few[0][0].name, few[0][0].read_bytes())  # what it loads at first is not counted
    pages = files = 0
    texts: list[tuple[str, Truth]] = []
    began, spent = time.perf_counter(), 0.0
    for path, n in few:
        content = path.read_bytes()
        start = time.perf_counter()
        text = tool(path.name, content)
        spent += time.perf_counter() - start
        made = truth(n, words)
        pages, files = pages + made.pages, files + 1
        if len(texts) < SCORED:
            texts.append((text, made))
        if time.perf_counter() - began > SECONDS:
            break
    return {"files": files, "speed": pages / spent, **_fidelity(texts)}


def _fidelity(texts: list[tuple[str, Truth]]) -> dict[str, float]:
    shares: Counter[str] = Counter()
    for text, made in texts:
        flat = " ".join(re.sub(r"[*_\\|#>]", " ", text).split())
        folded = flat.casefold()
        wanted = made.words()
        shares["words"] += LCSseq.similarity(
            [word.casefold() for word in wanted], folded.split()
        ) / len(wanted)
        shares["headings"] += _found(made.headings(), folded)
        shares["cells"] += _found(made.cells(), folded)
        shares["numbers"] += _numbered(made, flat)
    return {name: shares[name] / len(texts) for name in ("words", "headings", "cells", "numbers")}


def _found(wanted: list[str], folded: str) -> float:
    return sum(" ".join(each.split()).casefold() in folded for each in wanted) / len(wanted)


def _numbered(made: Truth, flat: str) -> float:
    """The items that stand behind a number: any, as the lists count on in some formats."""
    items = [each.text for each in made.pieces if each.kind == "li"]
    found = sum(
        bool(re.search(rf"\d+[.)]?\s+{re.escape(' '.join(item.split()))}", flat)) for item in items
    )
    return found / len(items)


def _print_growth(made: list[tuple[Path, int]], growth: tuple[int, ...]) -> None:
    """The parent's peak memory behind the guarded process, each count in a process of its own."""
    if not growth:
        return
    rows: list[tuple[str, ...]] = [("files", "parent's peak MB", "seconds")]
    context = multiprocessing.get_context("spawn")
    for count in growth:
        here, there = context.Pipe(duplex=False)
        paths = [made[n % len(made)][0] for n in range(count)]  # again and again from the first
        process = context.Process(target=_guarded, args=(there, paths))
        process.start()
        peak, seconds = here.recv()
        process.join()
        rows.append((f"{count:,}", str(peak), f"{seconds:.0f}"))
    print(table(rows))


def _guarded(there: object, paths: list[Path]) -> None:
    began = time.perf_counter()
    with ReaderProcess() as reader:
        for path in paths:
            reader.read(path.name, path.read_bytes())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    there.send((peak, time.perf_counter() - began))  # type: ignore[attr-defined]


if __name__ == "__main__":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=FILES, help="2000 for the figures of record")
    parser.add_argument("--growth", type=int, default=0, help="the parent's memory up to so many")
    chosen = parser.parse_args()
    main(chosen.files, tuple(n for n in GROWTH if n <= chosen.growth))
