"""Old Word (.doc): LibreOffice, where it is installed, makes it DOCX, which is then read."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from gross.domain.errors import Refused
from gross.intake import docx
from gross.intake.blocks import Draft

SECONDS = 18  # below the reader's own limit, so that the sentence is this file's


def read(filename: str, content: bytes) -> Draft:
    """Read a .doc.

    Raises:
        Refused: LibreOffice is not installed, or could not convert the file.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise Refused(f"{filename} cannot be read here: open it in Word and save it as .docx.")
    with tempfile.TemporaryDirectory(prefix="gross-doc-") as folder:
        converted = _converted(program, Path(folder), filename, content)
    draft = docx.read(filename, converted)
    sentence = f"{filename} was converted from old Word; hold its numbering against the original."
    return replace(draft, warnings=(*draft.warnings, sentence))


def _converted(program: str, folder: Path, filename: str, content: bytes) -> bytes:
    source = folder / "in.doc"
    source.write_bytes(content)
    command = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={folder.as_uri()}/home",
    ]
    command += ["--convert-to", "docx", "--outdir", str(folder), str(source)]
    try:
        # The name is ours and the program was looked up: nothing from outside is in the command.
        subprocess.run(command, timeout=SECONDS, check=True, capture_output=True)  # noqa: S603
        return (folder / "in.docx").read_bytes()
    except (subprocess.SubprocessError, OSError) as error:
        raise Refused(
            f"{filename} could not be converted; open it in Word and save it as .docx."
        ) from error
