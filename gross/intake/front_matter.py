"""Front matter: the labelled values that a Markdown file carries above its text."""

from __future__ import annotations

import re

_FENCES = {
    "---": re.compile(r"^([A-Za-z][\w .-]*?)\s*:\s*(.*)$"),
    "+++": re.compile(r"^([A-Za-z][\w.-]*)\s*=\s*(.*)$"),
}
_ITEM = re.compile(r"^\s*-\s+(.*)$")
MAX_LINES = 200


def split_front_matter(text: str) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Give the number of lines that front matter takes (0: none), and its pairs in order.

    YAML between "---" and TOML between "+++" are read as flat `name: value` lines; a list under a
    name becomes one value joined by "; ". Nothing is evaluated.
    """
    lines = text.split("\n", MAX_LINES + 1)
    pair = _FENCES.get(lines[0].strip())
    if pair is None:
        return 0, ()
    fence = lines[0].strip()
    closing = next((n for n, line in enumerate(lines[1:MAX_LINES], 1) if line.strip() == fence), 0)
    pairs = _pairs(lines[1:closing], pair)
    return (closing + 1, pairs) if pairs else (0, ())


def _pairs(lines: list[str], pattern: re.Pattern[str]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for line in lines:
        match, item = pattern.match(line), _ITEM.match(line)
        if match:
            found.append((match[1].replace("_", " "), _bare(match[2])))
        elif item and found:
            name, value = found[-1]
            found[-1] = (name, "; ".join(filter(None, (value, _bare(item[1])))))
    return tuple(found)


def _bare(value: str) -> str:
    return value.strip().strip("\"'").strip()
