"""Coverage-guided fuzzing of the parsers: what is no Refused is a finding, and becomes a test.

`python -m benchmarks.fuzz docx 60` fuzzes one parser for that many minutes; `make fuzz` all three.
The corpus is the demonstration's library; findings and corpus lie in benchmarks/fuzzed/.
"""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed: see benchmarks/README.md for the group bench.")

with atheris.instrument_imports(include=["gross.intake", "gross.domain"]):
    from gross.domain.errors import Refused
    from gross.domain.passage import PassageKind
    from gross.intake import read, reading_of
    from gross.intake.blocks import Block, Draft
    from gross.intake.clean import clean_draft

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "fuzzed"
MOST_BYTES = 20_000
SLOW_SECONDS = 5  # one input may take no longer
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_PARTS = ("document", "styles", "numbering", "header", "footnotes")
_CUT = b"\n<!--part-->\n"


def fuzz_docx(content: bytes) -> None:
    """The parts of a Word file as plain XML, packed here: a ZIP's sums would stop every change."""
    parts = content.split(_CUT)[: len(_PARTS)]
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for n, name in enumerate(_PARTS[1:])
    )
    main = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS.format(main))
        archive.writestr("word/_rels/document.xml.rels", _RELS.format(related))
        for name, part in zip(_PARTS, parts, strict=False):
            archive.writestr(f"word/{name}.xml", part)
    _hold(lambda: read("a.docx", buffer.getvalue()))


def fuzz_html(content: bytes) -> None:
    _hold(lambda: read("a.html", content or b" "))


def fuzz_header(content: bytes) -> None:
    """Lines become blocks; tabs part the cells of a row."""
    text = content.decode("utf-8", "replace")
    blocks = tuple(
        Block(PassageKind.ROW, cells=tuple(line.split("\t")), table=1)
        if "\t" in line
        else Block(PassageKind.PARAGRAPH, line)
        for line in text.split("\n")
    )
    _hold(lambda: reading_of("a.txt", clean_draft(Draft(blocks)), day_first=None))


def _hold(made: Callable[[], object]) -> None:
    """A reading whose offsets hold, or a refusal; and soon."""
    began = time.monotonic()
    try:
        reading = made()
    except Refused:
        reading = None
    if time.monotonic() - began > SLOW_SECONDS:
        raise RuntimeError("took too long")
    at = 0
    for passage in reading.passages if reading is not None else ():
        if not at <= passage.start < passage.end <= len(reading.text):
            raise RuntimeError("a passage lies outside the text, or over another")
        at = passage.end


def seeds_docx() -> Iterator[bytes]:
    for path in sorted((ROOT / "demo").rglob("*.docx")):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            found = [
                next((name for name in names if name.startswith(f"word/{part}")), "")
                for part in _PARTS
            ]
            yield _CUT.join(archive.read(name) if name else b"" for name in found)
    paragraph = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    )
    yield f'<w:document xmlns:w="{_W}"><w:body>{paragraph}</w:body></w:document>'.encode()


def seeds_html() -> Iterator[bytes]:
    for path in sorted((ROOT / "demo").rglob("*.htm*")):
        yield path.read_bytes()


def seeds_header() -> Iterator[bytes]:
    for path in sorted((ROOT / "demo").rglob("*.*")):
        if path.suffix in {".docx", ".html", ".md", ".txt", ".rtf"}:
            reading = read(path.name, path.read_bytes())
            yield reading.text[:3_000].replace(" | ", "\t").encode()


PARSERS: dict[
    str, tuple[Callable[[bytes], None], Callable[[], Iterator[bytes]], tuple[str, ...]]
] = {
    "docx": (
        fuzz_docx,
        seeds_docx,
        ("w:p", "w:tbl", "w:numPr", "w:ins", "w:del", "w:sdt", "w:txbxContent", "w:fldChar", "w:t"),
    ),
    "html": (fuzz_html, seeds_html, ("<table>", "<tr>", "<td>", "<dl>", "<li>", "<h1>", "hidden")),
    "header": (
        fuzz_header,
        seeds_header,
        ("Policy Number:", "Effective Date:", "03/12/2016", "IC-014", "Supersedes", "Owner:", "\t"),
    ),
}


def main() -> None:
    name, minutes = sys.argv[1], float(sys.argv[2])
    fuzz, seeds, told = PARSERS[name]
    corpus, found = FOLDER / name, FOLDER / f"{name}-found"
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(exist_ok=True)
    for n, seed in enumerate(seeds()):
        (corpus / f"seed-{n:03}").write_bytes(seed)
    dictionary = FOLDER / f"{name}.dict"
    shown = (each.replace("\t", "\\x09") for each in told)
    dictionary.write_text("".join(f'"{each}"\n' for each in shown))
    options = [
        sys.argv[0],
        f"-max_total_time={int(minutes * 60)}",
        f"-max_len={MOST_BYTES * 5}",
        "-timeout=30",
        "-rss_limit_mb=2048",
        f"-dict={dictionary}",
        f"-artifact_prefix={found}/",
        "-print_final_stats=1",
        "-verbosity=1",
        str(corpus),
    ]
    atheris.Setup(options, fuzz)
    atheris.Fuzz()


def all_of_them(minutes: float) -> int:
    """Each parser in a process of its own, as the fuzzer ends its process."""
    codes = [
        subprocess.run(
            [sys.executable, "-m", "benchmarks.fuzz", name, str(minutes)], check=False
        ).returncode
        for name in PARSERS
    ]
    return max(codes)


if __name__ == "__main__":
    if sys.argv[1] == "all":
        sys.exit(all_of_them(float(sys.argv[2])))
    main()
