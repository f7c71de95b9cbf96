"""Readers beside their peers: pages a second by format, how much was kept, and the parent's memory.

Mixed files of 20 pages on average. Each tool reads the same files in one process of its own, one
tool after the other; CPU seconds count, so that a busy machine says little. A tool that is too
slow for its time reads a sample: the first files of the same row, as many as the table says.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import tempfile
import time
from collections import Counter
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rapidfuzz.distance import LCSseq

from benchmarks.reading_files import FORMATS, Truth, make, real_words, truth
from benchmarks.reading_memory import print_growth
from benchmarks.reading_tools import TOOLS, Tool
from benchmarks.shared import machine, shared, table

FILES = 140
GROWTH = 20
SCORED = 5  # files of each format whose text is held against the truth
SECONDS = 25.0  # of CPU for one tool and format; what it has not read by then is not counted
ROUNDS = 7  # of each real file, the fastest counts
FIDELITY = ("words", "sentences", "headings", "cells", "numbers")


def main(files: int = FILES, growth: int = GROWTH) -> bool:
    words = real_words(shared())
    print(f"\nreaders on {files:,} generated files of 20 pages on average; {machine()}")
    rows: list[tuple[str, ...]] = [("format", "tool", "files", "pages/s", "ours x", *FIDELITY)]
    with tempfile.TemporaryDirectory() as scratch:
        made = make(Path(scratch), files, words)
        for kind in FORMATS:
            few = [pair for pair in made if pair[0].suffix == f".{kind}"]
            rows += _format_rows(kind, few, words)
        print(table(rows))
        print(
            "pages/s: for each CPU second of one process; ours x: how many times as fast our reader"
            " of the format is;\nfiles: how many were read, in "
            f"{SECONDS:.0f} CPU seconds at most; words: share of the truth's words in order;\n"
            "sentences: share found whole and in order; headings, cells: share found whole; "
            "numbers: share of list items\nwith the number they show (Word's and ODT's are "
            "automatic); gross whole: with header fields and references."
        )
        print_growth([path for path, _ in made], growth)
    return _print_real()


def _format_rows(kind: str, few: list[tuple[Path, int]], words: list[str]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    own = 0.0
    for name, package, _, formats in TOOLS:
        if kind not in formats:
            continue
        known = _version(package)
        told = _in_own_process(name, few, words) if known else {"error": "not installed"}
        if "error" in told:
            empty = [""] * (2 + len(FIDELITY))
            rows.append((kind, f"{name} {known}".strip(), f"{told['error']}"[:60], *empty))
            continue
        speed = float(str(told["speed"]))
        own = own or speed
        marks = (f"{told[each]:.3f}" for each in FIDELITY)
        read = f"{told['files']} of {len(few)}"
        rows.append((kind, f"{name} {known}", read, f"{speed:,.0f}", f"{own / speed:.1f}", *marks))
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
        is_told = here.poll(10 * SECONDS + 60)
        told = json.loads(here.recv()) if is_told else {"error": "took too long"}
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
    spent = 0.0
    for path, n in few:
        content = path.read_bytes()
        start = time.process_time()
        text = tool(path.name, content)
        spent += time.process_time() - start
        made = truth(n, words)
        pages, files = pages + made.pages, files + 1
        if len(texts) < SCORED:
            texts.append((text, made))
        if spent > SECONDS:
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
        shares["sentences"] += _in_order(made, folded)
        shares["headings"] += _found(made.headings(), folded)
        shares["cells"] += _found(made.cells(), folded)
        shares["numbers"] += _numbered(made, flat)
    return {name: shares[name] / len(texts) for name in FIDELITY}


def _in_order(made: Truth, folded: str) -> float:
    """The sentences that stand whole behind all that were found before them."""
    wanted = [each.text for each in made.pieces if each.kind in {"p", "li"}]
    at = found = 0
    for sentence in wanted:
        start = folded.find(" ".join(sentence.split()).casefold(), at)
        if start >= 0:
            at, found = start + 1, found + 1
    return found / len(wanted)


def _found(wanted: list[str], folded: str) -> float:
    return sum(" ".join(each.split()).casefold() in folded for each in wanted) / len(wanted)


def _numbered(made: Truth, flat: str) -> float:
    """The items that stand behind a number: any, as the lists count on in some formats."""
    items = [each.text for each in made.pieces if each.kind == "li"]
    found = sum(
        bool(re.search(rf"\d+[.)]?\s+{re.escape(' '.join(item.split()))}", flat)) for item in items
    )
    return found / len(items)


def _print_real() -> bool:
    """Our readers and the peers of the two figures on real files, file by file."""
    folder = shared() / "data" / "office-files"
    if not folder.is_dir():
        print(f"MISSING: {folder}: no reader was measured on real files")
        return False
    rows: list[tuple[str, ...]] = [("real files", "count", "tool", "CPU ms", "of ours")]
    tools = {name: make_tool for name, package, make_tool, _ in TOOLS if _version(package)}
    for kind, peer in (("docx", "python-docx"), ("pdf", "pypdfium2 raw")):
        once = {path.read_bytes(): path for path in sorted(folder.rglob(f"*.{kind}"))}
        few = [path for content, path in once.items() if len(content) > 100]  # no broken links
        spent = [
            sum(_fastest(tools[name](), path) for path in few) for name in ("gross reader", peer)
        ]
        for name, seconds in zip(("gross reader", peer), spent, strict=True):
            shown = f"{1000 * seconds:.1f}", f"{seconds / spent[0]:.2f}"
            rows.append((kind, str(len(few)), name, *shown))
    print("\n" + table(rows))
    return True


def _fastest(tool: Tool, path: Path) -> float:
    content = path.read_bytes()
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        tool(path.name, content)
        taken.append(time.process_time() - start)
    return min(taken)


if __name__ == "__main__":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=FILES, help="2000 for the figures of record")
    parser.add_argument("--growth", type=int, default=GROWTH, help="import so many, and four times")
    chosen = parser.parse_args()
    main(chosen.files, chosen.growth)
