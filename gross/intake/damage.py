"""What the bytes of a PDF say when its engine says otherwise, or nothing."""

from __future__ import annotations

import re

_ENCRYPT = re.compile(rb"/Encrypt\b\s*(?:\d+\s+\d+\s+R|<<)")
_EMBEDDED = re.compile(rb"/EFF\s*/(?!Identity\b)\w+")


def is_locked(content: bytes) -> bool:
    """Say whether a PDF that no engine opens names an encryption; then that may be all it is."""
    return bool(_ENCRYPT.search(content))


def locks_attachments(content: bytes) -> bool:
    """Say whether the files in a PDF are locked, though its pages are not."""
    return is_locked(content) and bool(_EMBEDDED.search(content))


def is_cut(content: bytes) -> bool:
    """Say whether a PDF lacks its end: an engine that repairs it may give blank pages."""
    return b"%%EOF" not in content
