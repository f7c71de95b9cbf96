"""What a Word file holds besides its text: its title, its comments, and what is not read."""

from __future__ import annotations

from collections.abc import Iterator

from gross.intake.docx.names import ID, W
from gross.intake.docx.parts import Parts
from gross.intake.xml import child

_UNREAD = {
    "aFChunk": "another document inside it (altChunk)",
    "subDocument": "a part that is kept in another file",
    "oleObject": "an embedded object",
    "package": "an embedded file",
    "chart": "a chart",
}


def title_of(parts: Parts) -> str:
    """What the file's properties call it."""
    title = child(parts.tree(parts.properties), "title") if parts.properties else None
    return (title.text or "") if title is not None else ""


def comments_of(parts: Parts) -> dict[str, str]:
    """The comments by their ids, each on one line."""
    root = parts.first("comments")
    return {
        each.get(ID, ""): " ".join(
            "".join(text.text or "" for text in line.iter(W + "t")) for line in each.iter(W + "p")
        )
        for each in (root if root is not None else ())
    }


def unread(parts: Parts) -> Iterator[str]:
    """A sentence for each kind of thing in the file that no reader opens."""
    kinds = {each.kind for each in parts.of(parts.main).values()}
    for kind, what in _UNREAD.items():
        if kind in kinds:
            yield f"{parts.filename} holds {what}, which was not read; look at the original."
