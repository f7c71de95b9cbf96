"""Write the documents' generated pages, and take their pictures from a running demonstration."""

from __future__ import annotations

import sys
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent))

from docs.generated import PAGES  # noqa: E402
from docs.pictures import take_all  # noqa: E402

if __name__ == "__main__":
    for name, write in PAGES.items():
        (DOCS / name).write_text(write())
    take_all(DOCS / "pictures")
