"""A tamper-evident chain of entries: each seal covers the entry and the seal before it.

Seal: SHA-256 over `b"gross-ledger-1\\0" + previous_seal + canonical(entry)`, 32 bytes.
The prefix keeps a seal from ever being mistaken for another hash (RFC 6962, section 2.1,
separates leaves from nodes for the same reason).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

GENESIS = bytes(32)
_SEAL = b"gross-ledger-1\0"
_TEXT = b"gross-text-1\0"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `at`: UTC, ISO 8601, whole seconds. `actor`: "person:7", "clock".

    `detail` holds nothing that a person may ask to have erased: free text enters as a commitment.
    """

    seq: int
    at: str
    actor: str
    verb: str
    subject: str
    detail: dict[str, str]


def canonical(entry: Entry) -> bytes:
    """One byte string per entry: JSON, sorted keys, no spaces, UTF-8."""
    return json.dumps(
        asdict(entry), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def seal(previous: bytes, entry: Entry) -> bytes:
    return hashlib.sha256(_SEAL + previous + canonical(entry)).digest()


def commitment(salt: bytes, text: str) -> str:
    """Commit to a text that may be erased later: hexadecimal SHA-256 over prefix, salt and text.

    `salt` is 32 random bytes; without it a short text could be found by trying.
    """
    return hashlib.sha256(_TEXT + salt + text.encode()).hexdigest()


def first_break(rows: Iterable[tuple[Entry, bytes]]) -> int | None:
    """Give the `seq` of the first entry with a wrong number or seal; None for a whole chain."""
    previous = GENESIS
    for expected, (entry, sealed) in enumerate(rows, start=1):
        if entry.seq != expected or seal(previous, entry) != sealed:
            return expected
        previous = sealed
    return None
