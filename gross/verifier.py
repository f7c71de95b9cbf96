"""Check an export of GROSS's ledger. This one file needs Python 3.11 and nothing else.

    python verifier.py EXPORT [--head HEX] [--root HEX]

EXPORT is the whole ledger (one JSON object a line) or a proof of one decision (one JSON object).
`--head` is a seal that was kept earlier, `--root` a root of the Merkle tree that was kept.

An entry's seal is SHA-256 over b"gross-ledger-1\\0", the seal before it (32 zero bytes for the
first), and the entry as JSON with sorted keys, no spaces, UTF-8. The tree over those JSON bytes is
that of RFC 9162. A text is committed to by SHA-256 over b"gross-text-1\\0", 32 salt bytes and the
text. Exit status: 0 whole, 1 not, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

Entry = dict[str, Any]
GENESIS = bytes(32)


class Broken(Exception):
    """One sentence that says what does not fit."""


def check_chain(rows: Iterable[tuple[Entry, bytes]], head: str = "") -> tuple[int, bytes]:
    """Walk the chain from its start; give the number of entries and the newest seal."""
    previous, count, is_found = GENESIS, 0, not head
    for entry, sealed in rows:
        count += 1
        if entry.get("seq") != count:
            seq = entry.get("seq")
            raise Broken(f"Entry {count} is missing: entry {seq} stands in its place.")
        if sealed != _hash(b"gross-ledger-1\0" + previous + canonical(entry)):
            raise Broken(f"Entry {count} does not fit its seal: it or its seal was changed.")
        previous = sealed
        is_found = is_found or sealed.hex() == head.strip().lower()
    if not is_found:
        raise Broken(f"The kept head is not among the {count} entries: the ledger was cut short.")
    return count, previous


def check_decision(proof: dict[str, Any], root: str = "") -> int:
    """Check that each entry of a decision is in the tree; give the number of entries."""
    size, promised = int(proof["size"]), str(proof["root"]).lower()
    for each in proof["entries"]:
        entry = each["entry"]
        path = [bytes.fromhex(value) for value in each["path"]]
        if root_by_inclusion(_leaf(entry), int(entry["seq"]) - 1, size, path).hex() != promised:
            raise Broken(f"Entry {entry['seq']} is not in the ledger of root {promised}.")
        check_texts(entry, each["texts"])
    if root and root.strip().lower() != promised:
        _check_growth(proof["grew_from"], root.strip().lower(), size, promised)
    return len(proof["entries"])


def check_texts(entry: Entry, texts: Iterable[dict[str, str]]) -> None:
    """Each text must be the one that its entry commits to."""
    for text in texts:
        made = text_commitment(bytes.fromhex(text["salt"]), text["text"])
        if entry["detail"].get(f"{text['name']}_commitment") != made:
            seq = entry["seq"]
            raise Broken(f"The {text['name']} of entry {seq} is not the text that was recorded.")


def canonical(entry: Entry) -> bytes:
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def text_commitment(salt: bytes, text: str) -> str:
    return _hash(b"gross-text-1\0" + salt + text.encode()).hex()


def root_by_inclusion(found: bytes, place: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that a leaf and its path lead to (RFC 9162, 2.1.3.2)."""
    if not 0 <= place < size:
        raise Broken(f"Entry {place + 1} lies outside a ledger of {size}.")
    for sibling, is_left in _climb(place, size - 1, path):
        found = _node(sibling, found) if is_left else _node(found, sibling)
    return found


def roots_by_growth(
    earlier: int, size: int, root: bytes, path: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """The roots of the earlier and the later tree that a path leads to (RFC 9162, 2.1.4.2)."""
    if not 0 < earlier < size:
        raise Broken(f"A ledger of {size} did not grow from one of {earlier}.")
    steps = list(path) if earlier & (earlier - 1) else [root, *path]
    if not steps:
        raise Broken("The proof of growth is empty.")
    left, right = earlier - 1, size - 1
    while left & 1:
        left, right = left >> 1, right >> 1
    old = new = steps[0]
    for sibling, is_left in _climb(left, right, steps[1:]):
        old = _node(sibling, old) if is_left else old
        new = _node(sibling, new) if is_left else _node(new, sibling)
    return old, new


def _climb(left: int, right: int, path: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each sibling of the path, and whether it stands on the left."""
    for sibling in path:
        if right == 0:
            raise Broken("The proof is too long for a tree of this size.")
        is_left = bool(left & 1) or left == right
        yield sibling, is_left
        while is_left and left and not left & 1:
            left, right = left >> 1, right >> 1
        left, right = left >> 1, right >> 1
    if right != 0:
        raise Broken("The proof is too short for a tree of this size.")


def _check_growth(grew: Iterable[dict[str, Any]], kept: str, size: int, promised: str) -> None:
    for each in grew:
        if str(each["root"]).lower() != kept:
            continue
        path = [bytes.fromhex(value) for value in each["path"]]
        roots = roots_by_growth(int(each["size"]), size, bytes.fromhex(kept), path)
        if [root.hex() for root in roots] != [kept, promised]:
            break
        return
    raise Broken("The ledger did not grow from the kept root: its past was rewritten.")


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _leaf(entry: Entry) -> bytes:
    return _hash(b"\0" + canonical(entry))


def _node(left: bytes, right: bytes) -> bytes:
    return _hash(b"\1" + left + right)


def check_file(path: Path, head: str = "", root: str = "") -> str:
    """Check an export of either kind; give one sentence.

    Raises:
        Broken: it is no export, or does not fit.
    """
    with path.open("rb") as file:
        try:
            first = json.loads(file.readline() or b"{}")
        except ValueError as error:
            raise Broken(f"Line 1 of {path.name} is no ledger entry.") from error
        is_decision = isinstance(first, dict) and "entries" in first
        if (head and is_decision) or (root and not is_decision):
            raise Broken("A kept head goes with a whole ledger, a kept root with a decision.")
        if is_decision:
            return _decision(path, first, root)
        file.seek(0)
        count, newest = check_chain(_lines(file, path.name), head)
    return whole(count, newest)


def whole(count: int, newest: bytes) -> str:
    return f"The ledger is whole: {count:,} entries. Its head is {newest.hex()}."


def _decision(path: Path, proof: dict[str, Any], root: str) -> str:
    try:
        count = check_decision(proof, root)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Broken(f"{path.name} is no proof of a decision.") from error
    return f"The decision is in the ledger: {count:,} entries under the root {proof['root']}."


def _lines(file: Iterable[bytes], name: str) -> Iterator[tuple[Entry, bytes]]:
    for number, line in enumerate(file, start=1):
        try:
            row = json.loads(line)
            entry, sealed = dict(row["entry"]), bytes.fromhex(row["seal"])
        except (ValueError, TypeError, KeyError) as error:
            raise Broken(f"Line {number} of {name} is no ledger entry.") from error
        if "seq" not in entry:
            raise Broken(f"Line {number} of {name} is no ledger entry.")
        yield entry, sealed


def main() -> int:
    parser = argparse.ArgumentParser(description="Check an export of GROSS's ledger.")
    parser.add_argument("export", type=Path)
    parser.add_argument("--head", default="", help="a seal that was kept")
    parser.add_argument("--root", default="", help="a root of the Merkle tree that was kept")
    given = parser.parse_args()
    try:
        print(check_file(given.export, given.head, given.root))
    except (Broken, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
