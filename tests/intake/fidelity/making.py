"""Files that LibreOffice makes of hand-written ones.

`python -m tests.intake.fidelity.making` makes them anew in `made/`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

MADE = Path(__file__).with_name("made")
SOURCES = {"policy.html": ("--infilter=HTML (StarWriter)",), "outline.fodt": ()}
FORMATS = {"docx": "docx:MS Word 2007 XML", "odt": "odt", "rtf": "rtf", "doc": "doc:MS Word 97"}
SECONDS = 60


def main() -> None:
    program = shutil.which("soffice")
    if program is None:
        sys.exit(
            "LibreOffice is not installed; install it with: apt-get install libreoffice-writer"
        )
    with tempfile.TemporaryDirectory() as home:
        start = [program, f"-env:UserInstallation=file://{home}", "--headless", "--norestore"]
        for source, options in SOURCES.items():
            for form in FORMATS.values():
                command = [*start, *options, "--convert-to", form, "--outdir", str(MADE)]
                subprocess.run([*command, str(MADE / source)], check=True, timeout=SECONDS)


if __name__ == "__main__":
    main()
