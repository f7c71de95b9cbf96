"""A compound file (OLE) of a few streams, as [MS-CFB] lays it out, for the tests of old Word."""

import struct

SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams):
    """Each stream fills at least the 4,096 bytes below which it would need a second table."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    sectors, chain, starts = [], [_FAT, _END], {}  # the table itself, then the directory
    for name, content in padded.items():
        pieces = [content[at : at + SECTOR] for at in range(0, len(content), SECTOR)]
        starts[name] = 2 + len(sectors)
        chain += [starts[name] + n + 1 for n in range(len(pieces) - 1)] + [_END]
        sectors += [piece.ljust(SECTOR, b"\0") for piece in pieces]
    table = struct.pack("<128I", *(chain + [_FREE] * (128 - len(chain))))
    names = list(padded)
    entries = [_entry("Root Entry", 5, child=1, start=_END)]
    for n, name in enumerate(names, 1):
        after = n + 1 if n < len(names) else _FREE
        entries.append(_entry(name, 2, right=after, start=starts[name], size=len(padded[name])))
    directory = b"".join(entries).ljust(SECTOR, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    return head + table + directory + b"".join(sectors)


def _entry(name, kind, *, right=_FREE, child=_FREE, start=0, size=0):
    label = name.encode("utf-16-le")
    entry = label.ljust(64, b"\0") + struct.pack("<HBB", len(label) + 2, kind, 1)
    entry += struct.pack("<3I", _FREE, right, child) + bytes(36)
    return entry + struct.pack("<IQ", start, size)
