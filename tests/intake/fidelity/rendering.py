"""The numbers that LibreOffice shows.

`python -m tests.intake.fidelity.rendering` keeps them anew.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.intake.fidelity import numbered
from tests.intake.fidelity.pieces import docx

RENDERED = Path(__file__).with_name("rendered.json")
SECONDS = 120
_BULLET = re.compile("^[•◦▪] ")
_ONLY_NUMBER = re.compile(r"^\(?[\dA-Za-z]{1,5}[.)]$")


def as_rendered(lines: tuple[str, ...] | list[str]) -> list[str]:
    """Lines as both can be compared: a cell a line, no bullets, no items without words."""
    cells = [cell for line in lines for cell in line.split(" | ")]
    shown = [_BULLET.sub("", " ".join(cell.split())) for cell in cells]
    return [line for line in shown if line and not _ONLY_NUMBER.match(line)]


def rendered_anew(program: str, folder: Path) -> dict[str, list[str]]:
    """Let LibreOffice write each numbered document as text, which holds the numbers it shows."""
    cases = [case for case in numbered.CASES if case.name not in numbered.NOT_RENDERED]
    for n, case in enumerate(cases):
        (folder / f"{n:03}.docx").write_bytes(docx(case))
    files = sorted(str(path) for path in folder.glob("*.docx"))
    home = f"-env:UserInstallation={folder.as_uri()}/home"
    command = [
        program,
        home,
        "--headless",
        "--norestore",
        "--convert-to",
        "txt:Text (encoded):UTF8",
    ]
    subprocess.run(
        [*command, "--outdir", str(folder), *files],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    texts = ((folder / f"{n:03}.txt").read_text("utf-8-sig") for n in range(len(cases)))
    return {
        case.name: as_rendered(text.split("\n")) for case, text in zip(cases, texts, strict=True)
    }


def main() -> None:
    program = shutil.which("soffice")
    if program is None:
        sys.exit(
            "LibreOffice is not installed; install it with: apt-get install libreoffice-writer"
        )
    with tempfile.TemporaryDirectory() as folder:
        found = rendered_anew(program, Path(folder))
    RENDERED.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
