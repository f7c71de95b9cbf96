"""Files that hold files: a ZIP in a delivery, a mail with attachments. What is in them is listed.

A ZIP or mail is opened inside a delivery, and one more inside that; deeper ones are named and left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from gross.actions.deliveries import Candidate, shown, why_not
from gross.domain.errors import Refused
from gross.intake import MAX_BYTES, archive, guarded
from gross.intake.child import ReaderProcess

MAX_FILES = 20_000  # of one delivery, all containers together
MAX_DEPTH = 2


@dataclass(slots=True)
class _Opener:
    """Opens containers in turn: the last one is held, as its files are asked for next."""

    reader: ReaderProcess
    left: int  # files that the delivery may still hold
    last: Candidate | None = None
    content: bytes = b""
    entries: tuple[archive.Entry, ...] = ()

    def mail(self, candidate: Candidate) -> bytes:
        self._hold(candidate)
        return self.content

    def zip(self, candidate: Candidate) -> tuple[archive.Entry, ...]:
        self._hold(candidate)
        if not self.entries:
            self.entries = tuple(archive.entries(self.content, candidate.filename))
        return self.entries

    def _hold(self, candidate: Candidate) -> None:
        if self.last is not candidate:
            content = candidate.load()  # which may hold another in between
            self.last, self.content, self.entries = candidate, content, ()


def unpacked(
    candidates: Iterable[Candidate], reader: ReaderProcess, *, depth: int = 0
) -> Iterator[Candidate]:
    """List the candidates, and after each container what it holds; `reader` takes mails apart.

    `depth` is how many containers they lie in already. A ZIP is replaced by its files; a mail has
    words of its own and stays, with its attachments behind it.
    """
    yield from _unpacked(candidates, _Opener(reader, MAX_FILES), depth)


def _unpacked(candidates: Iterable[Candidate], opener: _Opener, depth: int) -> Iterator[Candidate]:
    for each in candidates:
        kind = each.source.casefold()
        if each.refusal or not kind.endswith((".zip", ".eml")):
            yield each
        elif kind.endswith(".zip"):
            yield from _of_zip(each, opener, depth)
        else:
            yield each
            yield from _of_mail(each, opener, depth)


def _of_zip(outer: Candidate, opener: _Opener, depth: int) -> Iterator[Candidate]:
    if depth >= MAX_DEPTH:
        why = f"{outer.filename} is a ZIP inside a ZIP inside another; unpack it, and import that."
        yield replace(outer, refusal=why)
        return
    try:
        found = opener.zip(outer)
    except Refused as refused:
        yield replace(outer, refusal=str(refused))
        return
    if not found:
        yield replace(outer, refusal=f"{outer.filename} holds no files.")
    inside = [
        _inner(
            outer,
            entry.name.replace("\\", "/"),
            partial(_zipped, opener, outer, n),
            entry.size_bytes,
        )
        for n, entry in enumerate(found)
    ]
    yield from _within(outer, inside, opener, depth)


def _zipped(opener: _Opener, outer: Candidate, n: int) -> bytes:
    return opener.zip(outer)[n].open()


def _of_mail(mail: Candidate, opener: _Opener, depth: int) -> Iterator[Candidate]:
    try:
        names = guarded.attached(opener.reader, mail.filename, opener.mail(mail))
    except Refused:
        return  # the mail itself is read later, and says so
    inside = [
        _inner(mail, name, partial(_attached, opener, mail, n)) for n, name in enumerate(names)
    ]
    if depth >= MAX_DEPTH:
        why = "{} came with a mail inside a ZIP inside another; save it, and import it."
        yield from (replace(each, refusal=why.format(each.filename)) for each in inside)
    else:
        yield from _within(mail, inside, opener, depth)


def _attached(opener: _Opener, mail: Candidate, n: int) -> bytes:
    return guarded.attachment(opener.reader, mail.filename, opener.mail(mail), at=n)


def _within(
    outer: Candidate, inside: list[Candidate], opener: _Opener, depth: int
) -> Iterator[Candidate]:
    opener.left -= len(inside)
    if opener.left < 0:
        why = f"{outer.filename} is left out: the delivery holds more than {MAX_FILES:,} files."
        yield replace(outer, source=f"{outer.source}/…", refusal=why)
        return
    yield from _unpacked(sorted(inside, key=lambda each: each.source), opener, depth + 1)


def _inner(outer: Candidate, name: str, load: partial[bytes], size: int = 0) -> Candidate:
    refusal = why_not(name)
    if not refusal and size > MAX_BYTES:
        refusal = f"{shown(name).rpartition('/')[2]} is larger than 50 MB; split it."
    return Candidate(f"{outer.source}/{shown(name)}", load, refusal)
